"""Markdown of resources as safe HTML.

Only an allow list of elements comes out. Formulas between dollar signs pass through untouched by Markdown, in
elements marked ``data-math``, which the page's script sets with KaTeX.
"""

from collections.abc import Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "div": {"data-math"},
    "ol": {"start"},
    "span": {"data-math"},
}
SCHEMES = {"http", "https", "mailto"}
HIGHEST_HEADING = 2
"""The page's own title is the first."""
LOWEST_HEADING = 6
LONGEST_FORMULA = 2000


def prose(text: str) -> Markup:
    """*text* as HTML that may stand in a page whoever wrote it."""
    html = nh3.clean(
        _MARKDOWN.render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(html)  # noqa: S704 -- nh3 has left nothing but the allow list


def _inline_formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Take ``$…$`` and ``$$…$$``; a dollar sign before a space or after a digit's price is a dollar sign."""
    start = state.pos
    if state.src[start] != "$":
        return False
    mark = "$$" if state.src.startswith("$$", start) else "$"
    end = _closing(state.src, start + len(mark), state.posMax, mark)
    if end is None:
        return False
    if not silent:
        token = state.push("formula", "span", 0)
        token.content = state.src[start : end + len(mark)]
    state.pos = end + len(mark)
    return True


def _closing(source: str, start: int, most: int, mark: str) -> int | None:
    """Where the formula that begins at *start* ends, or None if none begins there."""
    most = min(most, start + LONGEST_FORMULA)
    if start >= most or (mark == "$" and source[start].isspace()):
        return None
    end = source.find(mark, start, most)
    while end > start:
        escaped = source[end - 1] == "\\"
        after = source[end + len(mark) : end + len(mark) + 1]
        a_price = mark == "$" and (source[end - 1].isspace() or (after.isascii() and after.isdigit()))
        if not escaped and not a_price:
            return end
        end = source.find(mark, end + 1, most)
    return None


def _block_formula(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001 -- as above
    """Take lines from one that begins with ``$$`` to one that ends with it."""
    opening = _line(state, first)
    if not opening.startswith("$$"):
        return False
    lines = [opening]
    following = first + 1
    while not (_ends(lines) or following >= last or not _line(state, following)):
        lines.append(_line(state, following))
        following += 1
    if not _ends(lines):
        return False
    if not silent:
        token = state.push("formula_block", "div", 0)
        token.block = True
        token.map = [first, following]
        token.content = "\n".join(lines)
    state.line = following
    return True


def _ends(lines: Sequence[str]) -> bool:
    whole = "\n".join(lines)
    return whole.endswith("$$") and len(whole.strip("$").strip()) > 0 and whole.count("$$") > 1


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _place_headings(state: StateCore) -> None:
    """Let the highest heading of the text stand just below the page's title."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=HIGHEST_HEADING)
    for token in headings:
        level = int(token.tag[1]) - highest + HIGHEST_HEADING
        token.tag = f"h{min(level, LOWEST_HEADING)}"


def _formula(_renderer: RendererHTML, tokens: Sequence[Token], at: int, *_: Any) -> str:  # noqa: ANN401 -- markdown-it's options and environment
    return f"<span data-math>{escape(tokens[at].content)}</span>"


def _formula_block(_renderer: RendererHTML, tokens: Sequence[Token], at: int, *_: Any) -> str:  # noqa: ANN401 -- as above
    return f"<div data-math>{escape(tokens[at].content)}</div>\n"


def _picture(_renderer: RendererHTML, tokens: Sequence[Token], at: int, *_: Any) -> str:  # noqa: ANN401 -- as above
    """What a picture shows, in words: nothing is loaded from elsewhere."""
    return str(escape(tokens[at].content))


def _made() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    markdown.inline.ruler.before("escape", "formula", _inline_formula)
    markdown.block.ruler.before(
        "fence", "formula_block", _block_formula, {"alt": ["paragraph", "blockquote", "list"]}
    )
    markdown.core.ruler.push("place_headings", _place_headings)
    markdown.add_render_rule("formula", _formula)
    markdown.add_render_rule("formula_block", _formula_block)
    markdown.add_render_rule("image", _picture)
    return markdown


_MARKDOWN = _made()
