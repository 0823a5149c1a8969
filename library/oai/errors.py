"""What the protocol says no with: its own codes, and English sentences for the programs that ask."""

from typing import ClassVar

from core.errors import DomainError, Invalid, SignInNeeded
from core.i18n import lazy


class ProtocolError(DomainError):
    """An answer of OAI-PMH that says why there is no other. The reason is for programs, in English."""

    oai_code: ClassVar[str]
    message = lazy("The request does not follow OAI-PMH: %(reason)s")

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class BadVerb(ProtocolError):
    """The verb is missing, unknown or given twice."""

    oai_code = "badVerb"


class BadArgument(ProtocolError):
    """An argument is missing, unknown, given twice, or cannot be read."""

    oai_code = "badArgument"


class BadResumptionToken(ProtocolError):
    """The token was not made here, has expired, or is somebody else's."""

    oai_code = "badResumptionToken"


class CannotDisseminateFormat(ProtocolError):
    """There is no such form of records."""

    oai_code = "cannotDisseminateFormat"


class IdDoesNotExist(ProtocolError):
    """There is no record of this name, or not for who asks."""

    oai_code = "idDoesNotExist"


class NoRecordsMatch(ProtocolError):
    """Nothing is in this set and this time."""

    oai_code = "noRecordsMatch"


class UnknownKey(SignInNeeded):
    """The key that came with the request opens nothing."""

    message = lazy("This key is not known here, or it has ended.")


class NamelessPartner(Invalid):
    """A key is given to somebody."""

    message = lazy("Please say which library the key is for.")
