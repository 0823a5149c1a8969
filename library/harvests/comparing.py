"""Two versions of a resource side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from core.i18n import lazy
from library.interchange.records import ResourceRecord
from library.items.kinds.table import KINDS
from library.items.records import ItemRecord
from library.resources.words import grades_name, kind_name


@dataclass(frozen=True, slots=True)
class Line:
    """One property in both versions, as text."""

    label: object
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the versions say different things."""
        return self.ours != self.theirs


def compare(ours: ResourceRecord, theirs: ResourceRecord) -> list[Line]:
    """All that either version says, in the order in which one reads it."""
    lines = [Line(label, said(ours), said(theirs)) for label, said in _PROPERTIES]
    longest = max(len(ours.items), len(theirs.items))
    for number in range(longest):
        label = lazy("Question %(number)s", number=number + 1)
        lines.append(Line(label, _question(ours, number), _question(theirs, number)))
    return [one for one in lines if one.ours or one.theirs]


def _question(record: ResourceRecord, number: int) -> str:
    if number >= len(record.items):
        return ""
    item: ItemRecord = record.items[number]
    kind, asked = KINDS[item.kind], item.asked
    key = "; ".join(kind.key(asked))
    return "\n".join(
        [item.prompt, *kind.offered_in_words(asked), f"= {key}" if key else "", item.explanation, *item.hints]
    ).strip()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


_PROPERTIES: tuple[tuple[object, Callable[[ResourceRecord], str]], ...] = (
    (lazy("Title"), lambda one: one.title),
    (lazy("Kind"), lambda one: str(kind_name(one.kind))),
    (lazy("Description"), lambda one: one.description),
    (lazy("Keywords"), lambda one: "，".join(one.keywords)),
    (lazy("Subject"), lambda one: one.subject or ""),
    (lazy("Grades"), lambda one: str(grades_name(*one.grades))),
    (lazy("Place in the textbooks"), lambda one: one.unit or one.volume or one.edition or ""),
    (lazy("Knowledge points"), lambda one: "，".join(sorted(one.knowledge_points))),
    (lazy("Language"), lambda one: one.language),
    (lazy("Difficulty"), lambda one: _number(one.difficulty)),
    (lazy("Time in minutes"), lambda one: _number(one.minutes)),
    (lazy("Number of pages"), lambda one: _number(one.pages)),
    (lazy("Licence"), lambda one: one.licence),
    (lazy("Author"), lambda one: one.author),
    (lazy("Source"), lambda one: one.source),
    (lazy("Address of the page"), lambda one: one.url),
    (lazy("Text"), lambda one: one.body),
)
