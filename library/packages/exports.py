"""Choose what leaves in a cartridge: what is published under a licence that lets others have it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from core.database import db
from core.i18n import lazy
from library.packages import queries
from library.packages.errors import NothingLeaves, NothingNamed
from library.packages.outgoing import EXPRESSIBLE, Outgoing, write_cartridge
from library.resources.licences import may_be_exported

NOT_FREE = lazy("It is not published, or its licence does not let others have it.")
NO_PLACE = lazy("Resources of this kind have no place in a Common Cartridge.")


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export."""

    written: int
    kept_here: list[tuple[str, str]]
    """Identifier and reason of what stays."""


def export(identifiers: Sequence[str], title: str, out: IO[bytes]) -> Exported:
    """Write those of the resources that may leave into *out*, in the order of *identifiers*.

    Raises:
        NothingNamed: an identifier names nothing here.
        NothingLeaves: none of them may leave.
    """
    found = {one.resource.identifier: one for one in _outgoing(identifiers)}
    if missing := next((one for one in identifiers if one not in found), None):
        raise NothingNamed(identifier=missing)
    leaving: list[Outgoing] = []
    staying: list[tuple[str, str]] = []
    for identifier in dict.fromkeys(identifiers):
        one = found[identifier]
        if not may_be_exported(one.resource):
            staying.append((identifier, str(NOT_FREE)))
        elif not one.has_a_place:
            staying.append((identifier, str(NO_PLACE)))
        else:
            leaving.append(one)
    if not leaving:
        raise NothingLeaves
    write_cartridge(out, title, leaving)
    return Exported(len(leaving), staying)


def _outgoing(identifiers: Sequence[str]) -> list[Outgoing]:
    """The resources with their texts, questions and files: a query a table."""
    resources = db.session.scalars(queries.named(identifiers)).all()
    ids = [one.id for one in resources]
    bodies = {one.resource_id: one for one in db.session.scalars(queries.bodies_of(ids))}
    questions, assets = defaultdict(list), defaultdict(list)
    for resource_id, version in db.session.execute(queries.questions_of(ids)):
        if version.kind in EXPRESSIBLE:
            questions[resource_id].append(version)
    for resource_id, asset in db.session.execute(queries.assets_of(ids)):
        assets[resource_id].append(asset)
    return [
        Outgoing(
            one,
            bodies[one.id].text if one.id in bodies else "",
            bodies[one.id].url if one.id in bodies else "",
            questions[one.id],
            assets[one.id],
        )
        for one in resources
    ]
