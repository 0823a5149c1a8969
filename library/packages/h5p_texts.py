"""What of an H5P content may be read before it is played: its explanations, and the wording of its questions.

``content.json`` holds what is right beside what is asked, in fields that each content type names as it likes.
So nothing is read but what stands in this list: fields of content types that are known to hold no key. Of a
content type that is not known, nothing is read but its title.
"""

from collections.abc import Iterator
from typing import Any

from library.packages.errors import UnreadablePage
from library.packages.html import cleaned, plain_text

DEEPEST = 60
MOST_NODES = 200_000
LONGEST = 20_000
"""Letters of one field."""

FIELDS: dict[str, tuple[str, ...]] = {
    "H5P.AdvancedText": ("text",),
    "H5P.Text": ("text",),
    "H5P.Table": ("text",),
    "H5P.Image": ("alt",),
    "H5P.Link": ("title",),
    "H5P.Accordion": ("panels.title",),
    "H5P.Timeline": ("timeline.headline", "timeline.text", "timeline.date.headline", "timeline.date.text"),
    "H5P.InteractiveVideo": ("interactiveVideo.video.startScreenOptions.title",),
    "H5P.InteractiveBook": ("bookCover.coverDescription",),
    "H5P.ImageHotspots": ("hotspots.header",),
    "H5P.QuestionSet": ("introPage.title", "introPage.introduction"),
    # Questions: what is asked, and never what is offered, right, explained or told afterwards.
    "H5P.ArithmeticQuiz": ("intro",),
    "H5P.Blanks": ("text",),
    "H5P.Crossword": ("taskDescription",),
    "H5P.Dialogcards": ("title", "description", "dialogs.text"),
    "H5P.Dictation": ("taskDescription",),
    "H5P.DragQuestion": ("question.settings.questionTitle",),
    "H5P.DragText": ("taskDescription",),
    "H5P.Essay": ("taskDescription",),
    "H5P.FindTheWords": ("taskDescription",),
    "H5P.Flashcards": ("description", "cards.text"),
    "H5P.GuessTheAnswer": ("taskDescription",),
    "H5P.ImagePair": ("taskDescription",),
    "H5P.ImageSequencing": ("taskDescription",),
    "H5P.MarkTheWords": ("taskDescription",),
    "H5P.MultiChoice": ("question",),
    "H5P.MultiMediaChoice": ("question",),
    "H5P.OpenEndedQuestion": ("question",),
    "H5P.SimpleMultiChoice": ("question",),
    "H5P.SingleChoiceSet": ("choices.question",),
    "H5P.SortParagraphs": ("taskDescription",),
    "H5P.SpeakTheWords": ("question",),
    "H5P.Summary": ("intro",),
    "H5P.TrueFalse": ("question",),
}
"""The fields that are read, from the content's parameters on; a list is gone through."""
HOLDERS = frozenset(
    {
        "H5P.Accordion", "H5P.BranchingScenario", "H5P.Column", "H5P.CoursePresentation",
        "H5P.DocumentationTool", "H5P.GameMap", "H5P.ImageHotspots", "H5P.InteractiveBook",
        "H5P.InteractiveVideo", "H5P.Page", "H5P.Questionnaire", "H5P.QuestionSet", "H5P.Row",
        "H5P.RowColumn", "H5P.StandardPage", "H5P.VirtualTour",
    }
)  # fmt: skip
"""Content types that hold others, in which those are looked for."""
TELLING = frozenset(
    {
        "H5P.AdvancedText", "H5P.Text", "H5P.Table", "H5P.Image", "H5P.Link", "H5P.Accordion", "H5P.Timeline",
        "H5P.Audio", "H5P.Video", "H5P.Chart", "H5P.Collage", "H5P.ImageHotspots", "H5P.ImageJuxtaposition",
        "H5P.ImageSlider", "H5P.Agamotto", "H5P.Nil",
    }
    | (HOLDERS - {"H5P.QuestionSet"})
)  # fmt: skip
"""Content types that ask nothing by themselves."""
_UNTITLED = "Untitled"


def texts_of(library: str, parameters: Any) -> Iterator[str]:  # noqa: ANN401 -- JSON of strangers
    """What may be read of a content of type *library*, such as ``H5P.Column``, in order."""
    for found, held, title in contents(library, parameters):
        if title and not title.startswith(_UNTITLED):
            yield title
        for path in FIELDS.get(found, ()):
            for text in _at(held, path.split(".")):
                if plain := _plain(text):
                    yield plain


def asks(library: str, parameters: Any) -> bool:  # noqa: ANN401 -- likewise
    """Whether it holds a question, or anything of which that is not known."""
    return any(found not in TELLING for found, _held, _title in contents(library, parameters))


def contents(library: str, parameters: Any) -> Iterator[tuple[str, Any, str]]:  # noqa: ANN401 -- likewise
    """The content and those inside it: type, parameters, title. What holds no others is not looked into."""
    yield library, parameters, ""
    if library not in HOLDERS:
        return
    left = MOST_NODES
    waiting: list[tuple[Any, int]] = [(parameters, 0)]
    while waiting and left > 0:
        node, depth = waiting.pop()
        left -= 1
        if depth > DEEPEST:
            continue
        if isinstance(node, dict):
            name = _name_of(node)
            if name:
                yield name, node["params"], _title_of(node)
            if not name or name in HOLDERS:
                waiting += [(one, depth + 1) for one in reversed(node.values())]
        elif isinstance(node, list):
            waiting += [(one, depth + 1) for one in reversed(node)]


def _name_of(node: dict[str, Any]) -> str:
    """The type of the content that *node* is, without its version; empty if it is none."""
    library = node.get("library")
    return library.partition(" ")[0] if isinstance(library, str) and "params" in node else ""


def _title_of(node: dict[str, Any]) -> str:
    metadata = node.get("metadata")
    title = metadata.get("title") if isinstance(metadata, dict) else ""
    return cleaned(title).strip()[:LONGEST] if isinstance(title, str) else ""


def _at(node: Any, path: list[str]) -> Iterator[str]:  # noqa: ANN401 -- likewise
    if isinstance(node, list):
        for one in node:
            yield from _at(one, path)
    elif path and isinstance(node, dict):
        yield from _at(node.get(path[0]), path[1:])
    elif not path and isinstance(node, str):
        yield node


def _plain(html: str) -> str:
    try:
        return plain_text(html[:LONGEST])
    except UnreadablePage:
        return ""
