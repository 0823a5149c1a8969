"""The subjects and editions that resources are sorted by, as queries and addresses name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.database import db
from library.curriculum.models import Subject, TextbookEdition


@dataclass(frozen=True, slots=True)
class Places:
    """All subjects, in their order, and all editions."""

    subjects: Sequence[Subject]
    editions: Sequence[TextbookEdition]

    @property
    def subject_names(self) -> dict[str, str]:
        """Names in both languages and lower case, to codes."""
        return _names(self.subjects)

    @property
    def edition_names(self) -> dict[str, str]:
        """Likewise of the editions."""
        return _names(self.editions)

    @property
    def subject_codes(self) -> dict[int, str]:
        """Codes of the subjects by their ids."""
        return {one.id: one.code for one in self.subjects}

    @property
    def edition_codes(self) -> dict[int, str]:
        """Codes of the editions by their ids."""
        return {one.id: one.code for one in self.editions}


def places() -> Places:
    """What there is."""
    return Places(
        db.session.scalars(select(Subject).order_by(Subject.position, Subject.id)).all(),
        db.session.scalars(select(TextbookEdition).order_by(TextbookEdition.id)).all(),
    )


def number_of(code: str, codes: Mapping[int, str]) -> int:
    """The id that has *code*; -1, which nothing has, if there is none."""
    return next((number for number, one in codes.items() if one == code), -1)


def _names(rows: Sequence[Subject] | Sequence[TextbookEdition]) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in rows:
        names |= {one.name.casefold(): one.code, one.name_en.casefold(): one.code}
    names.pop("", None)
    return names
