"""Why a source cannot be read, and why a record is not taken."""

from typing import Any

from core.errors import DomainError, Invalid
from core.i18n import lazy
from library.interchange import errors as lines


class Unreadable(DomainError):
    """The source does not answer as it should; the harvest stops, and the next one goes on from there."""

    message = lazy("The source cannot be read.")


class BadAddress(Unreadable):
    """This is no address of a page."""

    message = lazy("“%(url)s” is not an address that begins with http:// or https://.")


class PrivateAddress(Unreadable):
    """The address leads into a private network."""

    message = lazy("“%(host)s” lies in a private network, from which nothing is harvested here.")


class NoAnswer(Unreadable):
    """Nobody answers, or the line breaks."""

    message = lazy("“%(host)s” does not answer: %(reason)s.")


class BadStatus(Unreadable):
    """The server answers with an error."""

    message = lazy("“%(host)s” answers with the status %(status)s.")


class KeyRefused(Unreadable):
    """The server does not take the key."""

    message = lazy("“%(host)s” does not accept the key.")


class Busy(Unreadable):
    """The server asks to come later. ``retry_after_seconds`` stands in the details."""

    message = lazy("“%(host)s” is busy and asks to be left alone for %(retry_after_seconds)s seconds.")


class TooSlow(Unreadable):
    """The answer does not come to its end."""

    message = lazy("The answer was not complete after %(limit)s seconds.")


class TooMuch(Unreadable):
    """The answer is longer than any page of a list should be."""

    message = lazy("The answer is larger than %(limit_mb)s MB.")


class TooManyRedirects(Unreadable):
    """One address leads to the next."""

    message = lazy("The address leads on to others more than %(limit)s times.")


class BrokenXml(Unreadable):
    """The answer is no XML, or XML that tries to do more than say something."""

    message = lazy("The answer is not readable XML: %(reason)s.")


class NotOai(Unreadable):
    """The answer is XML, and none of OAI-PMH."""

    message = lazy("The answer does not follow OAI-PMH: %(reason)s.")


class NoCommonForm(Unreadable):
    """The source offers none of the forms that are read here."""

    message = lazy("The source offers none of the forms of records that are read here: %(known)s.")


class NoSuchSet(Unreadable):
    """The source does not know the set, or offers no sets."""

    message = lazy("The source has no set “%(set)s”.")


class Refused(Unreadable):
    """The source answers with an error of the protocol."""

    message = lazy("The source refuses: %(oai_code)s %(reason)s")


class GoesRound(Unreadable):
    """The source repeats itself."""

    message = lazy("The source repeats itself: its list does not come to an end.")


class BadRecord(Invalid):
    """A record is not taken, or not as a whole."""

    message = lazy("This record cannot be read.")


class RecordTooLarge(BadRecord):
    """Nobody reads a record of this length."""

    message = lazy("The record is larger than %(limit_mb)s MB.")


class RecordIncomplete(BadRecord):
    """Something is missing without which there is nothing to show."""

    message = lazy("The record says no %(part)s.")


class BadIdentifier(BadRecord):
    """The record has no name, or one that is too long to be kept."""

    message = lazy("The record has no usable identifier.")


class NeedsKey(BadRecord):
    """A practice without its answers is of no use."""

    message = lazy("The answers to its questions are only given to partners who have a key.")


class SaidTwiceHere(BadRecord):
    """Two records claim to be the same resource."""

    message = lazy("Another record of the source has the identifier “%(identifier)s” already.")


class UnknownHere(BadRecord):
    """Codes that the curriculum here does not have were left out; the record was taken."""

    message = lazy("Left out, because the curriculum here does not know it: %(codes)s.")


class CutOff(Unreadable):
    """The machine stopped, or another harvest of the same source began."""

    message = lazy("The harvest was cut off. The next one goes on from there.")


class AlreadyThere(Invalid):
    """The same source stands in the list."""

    message = lazy("This source is in the list already.")


class NotADecision(Invalid):
    """One of two versions stays."""

    message = lazy("Please choose which version stays.")


_KNOWN: dict[str, type[DomainError]] = {
    kind.__name__: kind
    for kinds in (globals(), vars(lines))
    for kind in list(kinds.values())
    if isinstance(kind, type) and issubclass(kind, DomainError)
}


def kept(refusal: DomainError) -> dict[str, Any]:
    """A refusal as it is stored, so that each reader has it in her own language."""
    return {
        "code": type(refusal).__name__,
        "details": {name: str(one) for name, one in refusal.details.items()},
    }


def sentence(problem: dict[str, Any]) -> str:
    """What a stored refusal says."""
    kind = _KNOWN.get(str(problem.get("code")), Unreadable)
    try:
        return str(kind(**problem.get("details", {})))
    except (KeyError, TypeError):
        return str(Unreadable())
