"""A question while it is being put together from its lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from library.formats.errors import BadQuestion
from library.formats.papers.errors import ChoiceSkipped, ChoiceTwice, NotReadHere
from library.formats.papers.vocabulary import UNREAD, UNREAD_MARK, Field, Kinds


@dataclass(slots=True)
class About:
    """What several questions are about, as far as it was read."""

    place: int
    lines: list[str]
    last: int | None = None
    """The number of the last question about it, where that is said."""
    title: str = ""

    @property
    def identifier(self) -> str:
        """Its name among those of this paper."""
        return f"about-{self.place}"

    @property
    def text(self) -> str:
        """Its words."""
        return "\n".join(self.lines).strip()


@dataclass(slots=True)
class Draft:
    """A question as its lines say it."""

    place: int
    """The line with its number."""
    number: str
    kinds: Kinds = ()
    """What the heading above it says of its kind."""
    section: int = 0
    stem: list[str] = field(default_factory=list)
    choices: list[tuple[str, list[str]]] = field(default_factory=list)
    fields: dict[Field, list[str]] = field(default_factory=dict)
    about: About | None = None
    parts: list["Draft"] = field(default_factory=list)
    """Its smaller questions: (1), (2) …"""

    @property
    def stem_text(self) -> str:
        """The words before the choices."""
        return "\n".join(self.stem).strip()

    def said(self, part: Field) -> str:
        """What it says under a label; empty where it has none."""
        return "\n".join(self.fields.get(part, [])).strip()

    @property
    def is_answered(self) -> bool:
        """Whether anything says what is right."""
        return bool(self.said(Field.ANSWER)) or any(one.is_answered for one in self.parts)

    @property
    def next_letter(self) -> str:
        """Of the choice that would come next."""
        return chr(ord(self.choices[-1][0]) + 1) if self.choices else "A"

    def check_letters(self) -> None:
        """Refuse choices whose letters do not follow each other.

        Raises:
            ChoiceTwice, ChoiceSkipped: they do not.
        """
        letters = [letter for letter, _lines in self.choices]
        for place, letter in enumerate(letters):
            if letter in letters[:place]:
                raise ChoiceTwice(number=self.number, letter=letter)
            if letter != (wanted := chr(ord("A") + place)):
                raise ChoiceSkipped(number=self.number, letter=wanted)

    def check_read(self) -> None:
        """Refuse a question that holds what a Word file said in a way that is not read.

        Raises:
            NotReadHere: it does.
        """
        texts = [*self.all_texts(), self.about.text if self.about else ""]
        for what in UNREAD.values():
            mark = UNREAD_MARK.format(what=what)
            if any(mark in text for text in texts):
                raise NotReadHere(number=self.number, what=mark)

    def all_texts(self) -> Iterator[str]:
        """Every text of it, without those of its parts."""
        yield self.stem_text
        yield from ("\n".join(lines) for _letter, lines in self.choices)
        yield from ("\n".join(lines) for lines in self.fields.values())


@dataclass(frozen=True, slots=True)
class Stray:
    """A line that belongs to no question."""

    place: int
    text: str
    problem: BadQuestion
