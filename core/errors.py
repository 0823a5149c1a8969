"""Refusals: what a rule says no with. ``app/errors.py`` maps each kind to a status, once.

A concrete refusal subclasses one kind, names the state it met (``Closed``), and gives one sentence
with named placeholders, which the person reads in her language.
"""

from typing import ClassVar

from flask_babel import LazyString

from core.i18n import lazy


class DomainError(Exception):
    """A rule refused. ``details`` fill the sentence's placeholders and go into the API's answer."""

    message: ClassVar[LazyString] = lazy("This is not possible.")

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    @property
    def code(self) -> str:
        """The stable English identifier of this refusal, e.g. ``closed``."""
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in type(self).__name__).lstrip("_")

    def __str__(self) -> str:
        """The sentence for the person, in the current language."""
        return str(self.message) % self.details


class NotFound(DomainError):
    """There is no such thing, or it is not this person's to see."""

    message = lazy("This page does not exist, or you may not see it.")


class NotAllowed(DomainError):
    """The person may not do this."""

    message = lazy("You are not allowed to do this.")


class SignInNeeded(DomainError):
    """Nobody is signed in."""

    message = lazy("Please sign in.")


class Conflict(DomainError):
    """The state changed meanwhile, or the same key came with other content."""

    message = lazy("Someone changed this in the meantime.")


class Invalid(DomainError):
    """The input breaks a rule."""

    message = lazy("This input is not valid.")


class TooLarge(DomainError):
    """More than is taken at once."""

    message = lazy("This is too large.")


class TooMany(DomainError):
    """Too often in too short a time. ``retry_after_seconds`` stands in the details."""

    message = lazy("Too many attempts. Please wait %(retry_after_seconds)s seconds.")


class Unavailable(DomainError):
    """A part that is needed does not answer now."""

    message = lazy("This part is not available just now. Please try again in a minute.")
