"""HTML of other systems as the Markdown of our readings."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from library.packages.errors import UnreadablePage

LARGEST_BYTES = 4 << 20
"""Of one page; a longer one is no page to read."""
DEEPEST = 200
MOST_TAGS = 50_000
TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "section", "span", "strong", "sub", "sup", "table",
    "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "div": {"data-math"},
    "span": {"data-math"},
    "img": {"src", "alt", "data-equation-content"},
}
LOST = ("script", "iframe", "object", "embed", "form", "video", "audio", "canvas", "svg")
"""What a reading cannot hold; a script, a player or a form is not text."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,1000})</title>", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]{0,1000}>", re.IGNORECASE)
_FORMULA = re.compile(
    r"(\$\$[^$]{1,2000}\$\$|\$[^$\n]{1,1000}\$"
    r"|\\\((?:(?!\\[()]).){1,1000}\\\)|\\\[(?:(?!\\[\[\]]).){1,2000}\\\])",
    re.DOTALL,
)
"""Formulas between dollar signs, or between backslashed brackets, which do not nest."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(\s*\d{0,9})([#>+.)-])(?=\s|$)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_CLOSED_BY_THEMSELVES = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
     "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option", "html", "head", "body"}
)  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCKS = frozenset({"p", "div", "section", "dl", "dt", "dd", "table", "blockquote", "pre"})
_PLAIN_BREAKS = frozenset({"br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~"}
_HEADINGS = {f"h{level}": f"\n\n{'#' * level} " for level in range(1, 7)}
_OPENING = _MARKS | _HEADINGS | dict.fromkeys(_BLOCKS, "\n\n") | {"br": "\n", "hr": "\n\n---\n\n"}
_CLOSING = _MARKS | dict.fromkeys(_HEADINGS, "\n\n") | dict.fromkeys(_BLOCKS, "\n\n") | {"table": "\n\n"}
"""What opens and closes elements that need nothing to be remembered."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as we keep it."""

    title: str
    text: str
    """Markdown with formulas in LaTeX between dollar signs."""
    pictures: tuple[str, ...]
    """Where its pictures stood; in the text are the words that described them."""
    lost: Counter[str] = field(default_factory=Counter)
    """What was left out, by element."""


def decoded(content: bytes) -> str:
    """The text of a page, in the encoding that it declares, or in one that fits."""
    return content.decode(encoding_of(content), errors="replace").removeprefix("\ufeff")


def encoding_of(content: bytes) -> str:
    """The encoding of a page: UTF-8 if it can be, else the one that it declares, or GB 18030 if it fits."""
    declared = _CHARSET.search(content[:2_000])
    encodings = ["utf-8", *([declared[1].decode().lower()] if declared else []), "gb18030"]
    for encoding in encodings:
        known = "gb18030" if encoding in {"gb2312", "gbk"} else encoding
        try:
            content.decode(known)
        except (UnicodeDecodeError, LookupError):
            continue
        return known
    return "utf-8"


def read_page(html: str) -> Page:
    """*html*, which may be anything, as Markdown.

    Raises:
        UnreadablePage: it nests deeper, or has more elements, than any page that a person wrote.
    """
    found = _TITLE.search(html)
    lost = Counter(
        {kind: count for kind in LOST if (count := len(re.findall(rf"<{kind}\b", html, re.IGNORECASE)))}
    )
    start = _BODY.search(html)
    writer = _written(html[start.end() :] if start else html)
    return Page(
        title=plain_text(found[1]) if found else "",
        text=_tidy("".join(writer.out)),
        pictures=tuple(dict.fromkeys(writer.pictures)),
        lost=lost,
    )


def plain_text(html: str) -> str:
    """*html* as plain lines, formulas in LaTeX between dollar signs: what a question's wording is."""
    writer = _written(html, is_plain=True)
    return _tidy("".join(writer.out))


def cleaned(text: str) -> str:
    """*text* without characters that no text has."""
    return _CONTROLS.sub("", text)


def judge_nesting(html: str) -> None:
    """Keep from the HTML parser what takes it time in the square of its length: elements never closed."""
    if html.count("&") > MOST_TAGS:
        raise UnreadablePage
    depth = 0
    for number, tag in enumerate(_TAG.finditer(html)):
        if tag[2].lower() in _CLOSED_BY_THEMSELVES:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEEPEST or number > MOST_TAGS:
            raise UnreadablePage


def _written(html: str, *, is_plain: bool = False) -> "_Writer":
    judge_nesting(html)
    writer = _Writer(is_plain=is_plain)
    writer.feed(
        nh3.clean(
            cleaned(html),
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            clean_content_tags={"script", "style", "title", "svg", "noscript", "object", "iframe"},
            link_rel=None,
        )
    )
    writer.close()
    return writer


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\N{NO-BREAK SPACE}", " ").split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Writer(HTMLParser):
    """Writes Markdown of HTML that nh3 has made well-formed."""

    def __init__(self, *, is_plain: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.is_plain = is_plain
        self.out: list[str] = []
        self.pictures: list[str] = []
        self._lists: list[int] = []
        """The number of the last point of each open list; -1 where points have none."""
        self._links: list[str] = []
        self._formulas: list[bool] = []
        self._quotes = 0
        self._literal = 0
        self._is_in_code = False
        self._is_in_cell = False
        self._cells = 0
        self._rows = 0
        self._openers: dict[str, Callable[[dict[str, str]], None]] = {
            "a": self._open_link,
            "ul": lambda _: self._open_list(-1),
            "ol": lambda _: self._open_list(0),
            "li": lambda _: self._point(),
            "pre": lambda _: self._open_literal("\n\n```\n"),
            "code": lambda _: self._open_code(),
            "table": lambda _: self._open_table(),
            "tr": lambda _: self._open_row(),
            "td": lambda _: self._open_cell(),
            "th": lambda _: self._open_cell(),
            "blockquote": lambda _: self._quote(1),
        }
        self._closers: dict[str, Callable[[], None]] = {
            "a": self._close_link,
            "ul": self._close_list,
            "ol": self._close_list,
            "pre": lambda: self._close_literal("\n```\n\n"),
            "code": self._close_code,
            "tr": self._close_row,
            "td": self._close_cell,
            "th": self._close_cell,
            "blockquote": lambda: self._quote(-1),
        }

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what *tag* is in Markdown."""
        given = {name: value or "" for name, value in attrs}
        if tag in {"span", "div"}:
            self._formulas.append("data-math" in given)
        if tag == "img":
            self._picture(given)
        elif self.is_plain:
            self._put("\n" if tag in _BLOCKS or tag in _PLAIN_BREAKS else "")
        elif tag in self._openers:
            self._openers[tag](given)
        else:
            self._put(_OPENING.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """Close what *tag* is in Markdown."""
        if tag in {"span", "div"} and self._formulas:
            self._formulas.pop()
        if self.is_plain:
            self._put("\n" if tag in _BLOCKS else "")
        elif tag in self._closers:
            self._closers[tag]()
        else:
            self._put(_CLOSING.get(tag, ""))

    def _open_link(self, given: dict[str, str]) -> None:
        is_link = given.get("href", "").startswith(("http://", "https://", "mailto:"))
        self._links.append(given["href"] if is_link else "")
        self._put("[" if is_link else "")

    def _close_link(self) -> None:
        address = self._links.pop() if self._links else ""
        self._put(f"](<{address.replace('>', '%3E')}>)" if address else "")

    def _open_list(self, number: int) -> None:
        self._put("" if self._lists else "\n\n")
        self._lists.append(number)

    def _close_list(self) -> None:
        if self._lists:
            self._lists.pop()
        self._put("" if self._lists else "\n\n")

    def _point(self) -> None:
        indent = "   " * (len(self._lists) - 1)
        if not self._lists or self._lists[-1] < 0:
            self._put(f"\n{indent}- ")
        else:
            self._lists[-1] += 1
            self._put(f"\n{indent}{self._lists[-1]}. ")

    def _open_literal(self, mark: str) -> None:
        self._put(mark)
        self._literal += 1

    def _close_literal(self, mark: str) -> None:
        self._literal = max(self._literal - 1, 0)
        self._put(mark)

    def _open_code(self) -> None:
        if not self._literal:
            self._is_in_code = True
            self._open_literal("`")

    def _close_code(self) -> None:
        if self._is_in_code:
            self._is_in_code = False
            self._close_literal("`")

    def _open_table(self) -> None:
        self._rows = 0
        self._put("\n")

    def _open_row(self) -> None:
        self._cells = 0
        self._put("\n|")

    def _close_row(self) -> None:
        self._rows += 1
        if self._rows == 1:
            self._put("\n|" + " --- |" * max(self._cells, 1))

    def _open_cell(self) -> None:
        self._cells += 1
        self._put(" ")
        self._is_in_cell = True

    def _close_cell(self) -> None:
        self._is_in_cell = False
        self._put(" |")

    def _quote(self, step: int) -> None:
        self._put("\n\n" if step > 0 else "")
        self._quotes = max(self._quotes + step, 0)
        self._put("> " * self._quotes if step > 0 else "\n\n")

    def _picture(self, given: dict[str, str]) -> None:
        formula = given.get("data-equation-content", "")
        if formula:
            self._put(f"${formula.replace('$', '')}$")
            return
        if given.get("src"):
            self.pictures.append(given["src"])
        self.handle_data(given.get("alt", ""))

    def handle_data(self, data: str) -> None:
        """Write words; what Markdown would take for its own signs is marked as plain."""
        if self._literal:
            self._put(data)
        elif any(self._formulas):
            self._put(data.strip("\n"))
        else:
            words = data if self.is_plain else _SPACES.sub(" ", data)
            self._put("".join(self._pieces(words)))

    def _pieces(self, words: str) -> Iterable[str]:
        for number, piece in enumerate(_FORMULA.split(words)):
            if number % 2:
                yield _in_dollars(piece)
            elif self.is_plain:
                yield piece
            else:
                marked = _SPECIAL.sub(r"\\\1", piece)
                is_fresh = not self.out or self.out[-1].endswith(("\n", "> "))
                yield _LINE_START.sub(r"\1\\\2", marked) if is_fresh and not self._lists else marked

    def _put(self, piece: str) -> None:
        if self._quotes:
            piece = piece.replace("\n", "\n" + "> " * self._quotes)
        if self._is_in_cell:
            piece = _SPACES.sub(" ", piece).replace("|", "\\|")
        if (
            piece.startswith(" ")
            and (not self.out or self.out[-1].endswith(("\n", " ")))
            and not self._literal
        ):
            piece = piece.lstrip(" ")
        if piece:
            self.out.append(piece)


def _in_dollars(formula: str) -> str:
    if formula.startswith("\\("):
        return f"${formula[2:-2].strip()}$"
    if formula.startswith("\\["):
        return f"$${formula[2:-2].strip()}$$"
    return formula
