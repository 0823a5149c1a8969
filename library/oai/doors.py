"""Who asks: everybody sees the public collection; a partner with a key the local ones and answers, too."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from library.oai.models import OaiRecord
from library.resources.models import Tier

SUBJECT = "subject"
TIERS = {Tier.PUBLIC.value: OaiRecord.was_public, Tier.LOCAL.value: OaiRecord.was_local}


@dataclass(frozen=True, slots=True)
class Door:
    """What is behind it."""

    is_partners: bool

    @property
    def tiers(self) -> tuple[str, ...]:
        """The sets of collections that can be asked for."""
        return tuple(TIERS) if self.is_partners else (Tier.PUBLIC.value,)

    def holds(self, tier: str = "") -> ColumnElement[bool]:
        """The headers behind this door, or those that are or were in one *tier*."""
        if tier:
            return TIERS[tier].is_(True)
        return or_(*(TIERS[one].is_(True) for one in self.tiers))

    def is_gone(self, header: OaiRecord, tier: str = "") -> bool:
        """Whether a header is a tombstone for who looks through this door, or into this *tier*."""
        return header.is_deleted or header.tier.value not in ((tier,) if tier else self.tiers)

    def in_set(self, set_spec: str) -> tuple[ColumnElement[bool], str] | None:
        """The headers of a set, and the tier that it names; None if there is no such set behind this door."""
        if not set_spec:
            return self.holds(), ""
        if set_spec in self.tiers:
            return self.holds(set_spec), set_spec
        kind, _, code = set_spec.partition(":")
        if kind == SUBJECT:
            # The set of all subjects is above those of each: it holds what has any.
            wanted: Any = OaiRecord.subject == code if code else OaiRecord.subject != ""
            return and_(self.holds(), wanted), ""
        return None
