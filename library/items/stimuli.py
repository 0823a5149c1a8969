"""What several questions are about (题组), where they are shown."""

from typing import Any, Protocol

from core.database import db
from library.items.models import StimulusVersion
from library.items.pictures import shown_pictures


class About(Protocol):
    """A question that may be about something."""

    @property
    def stimulus_version_id(self) -> int | None:
        """Of the wording that belongs to it."""


def stimulus_of(asked: About) -> StimulusVersion | None:
    """What the question is about; asked for again on the same page, it is read once."""
    if asked.stimulus_version_id is None:
        return None
    return db.session.get(StimulusVersion, asked.stimulus_version_id)


def public_stimulus(asked: About) -> dict[str, Any] | None:
    """What the question is about, for a program that shows it."""
    found = stimulus_of(asked)
    if found is None:
        return None
    return {
        "id": found.id,
        "title": found.title,
        "text": found.text,
        "pictures": shown_pictures(found.pictures),
    }
