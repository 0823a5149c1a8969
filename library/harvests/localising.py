"""A record of another library as it can stand here: whose it is, and without codes that are unknown here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from library.harvests.errors import BadRecord, UnknownHere
from library.harvests.models import HarvestSource
from library.interchange.codes import Codes
from library.interchange.errors import BadLine
from library.interchange.exports import fingerprint
from library.interchange.records import read_record
from library.interchange.writing import Given
from library.resources.models import Tier

_PLACES = {"subject": "subjects", "edition": "editions", "volume": "volumes", "unit": "units"}


@dataclass(frozen=True, slots=True)
class Localised:
    """A record that can be written here."""

    given: Given
    note: BadRecord | None
    """What had to be left out."""


def localise(said: Mapping[str, Any], source: HarvestSource, codes: Codes) -> Localised:
    """What *said* is here.

    Raises:
        BadLine: it is no record, or it asks questions in a subject that is not taught here.
    """
    known, unknown = dict(said), set[str]()
    for name, codes_name in _PLACES.items():
        code = known.get(name)
        if isinstance(code, str) and code not in getattr(codes, codes_name):
            unknown.add(f"{name} {code[:64]}")
            known[name] = None
    known["knowledge_points"] = _points(known, codes, unknown)
    known["items"] = [
        {**item, "knowledge_points": _points(item, codes, unknown)} if isinstance(item, dict) else item
        for item in _listed(known.get("items"))
    ]
    known |= _owner(known, source, codes)
    record = read_record(known)
    if unknown and record.items and record.subject is None:
        codes.check(record)  # says which code is missing
    given = Given(record, fingerprint(record))
    return Localised(given, UnknownHere(codes=", ".join(sorted(unknown))[:1000]) if unknown else None)


def _points(holder: Mapping[str, Any], codes: Codes, unknown: set[str]) -> list[Any]:
    named = _listed(holder.get("knowledge_points"))
    missing = {code for code in named if isinstance(code, str) and code not in codes.points}
    unknown |= {code[:64] for code in missing}
    return [code for code in named if not isinstance(code, str) or code not in missing]


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadLine
    return value


def _owner(known: Mapping[str, Any], source: HarvestSource, codes: Codes) -> dict[str, Any]:
    if source.tier is Tier.PUBLIC and known.get("tier", Tier.PUBLIC.value) == Tier.PUBLIC.value:
        return {"tier": Tier.PUBLIC, "organisation": None}
    code = next(code for code, number in codes.organisations.items() if number == source.organisation_id)
    return {"tier": Tier.LOCAL, "organisation": code}
