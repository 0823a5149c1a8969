"""For whom an import is: what its lines may say of where they belong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from library.interchange.errors import NotForThisTier
from library.resources.models import Tier


@dataclass(frozen=True, slots=True)
class Scope:
    """The tier, and the organisation of a district's or a school's import, by id and by code."""

    tier: Tier
    organisation_id: int | None = None
    organisation: str | None = None
    drafts_of: int | None = None
    """The person whose drafts the resources become; None where they are published at once."""

    def placed(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """*value* with where it belongs.

        Raises:
            NotForThisTier: it says that it belongs elsewhere.
        """
        here = {"tier": self.tier.value, "organisation": self.organisation}
        for field, expected in here.items():
            found = value.get(field)
            if found not in {None, "", expected}:
                raise NotForThisTier(field=field, expected=expected or "", found=str(found)[:64])
        return {**value, **here}
