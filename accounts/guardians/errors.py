"""Refusals of the guardians room."""

from core.errors import NotAllowed
from core.i18n import lazy


class NotYoursToDecide(NotAllowed):
    """Neither the pupil's guardian, nor the pupil herself at the age to decide."""

    message = lazy("Only a linked guardian may decide this, or the pupil from the age of 14.")
