"""Resources as records of the interchange format: what is read back by :mod:`library.interchange.imports`."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from accounts.organisations.models import Organisation
from core.database import db
from library.curriculum.models import KnowledgePoint, Subject, TextbookEdition, Unit, Volume
from library.interchange.errors import BadLine, Inexpressible
from library.interchange.records import ResourceRecord, read_record
from library.items.errors import PictureLost
from library.items.variants import Parameters
from library.items.wholes import WholeItem, stimuli_of, whole_items
from library.resources.models import (
    Resource,
    ResourceAsset,
    ResourceBody,
    ResourceItem,
    ResourceKind,
    ResourcePoint,
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")

_UNSAID: dict[str, Any] = {"choices": [], "blanks": None, "unit": "", "photos": None}
"""What every question said before there were more kinds: fingerprints that libraries keep stand on it."""
_ADDED: dict[str, Any] = {
    "source": "",
    "licence": "",
    "stimulus": "",
    "pictures": [],
    "parameters": Parameters().model_dump(),
}
"""What a question need not say, and did not when those fingerprints were made."""
_PLAYED = (ResourceKind.MICRO_LESSON, ResourceKind.VIDEO, ResourceKind.AUDIO)


@dataclass(frozen=True, slots=True)
class Exported:
    """A resource and its record, or why it has none."""

    resource: Resource
    record: ResourceRecord | None
    problem: BadLine | None
    has_files: bool
    """Whether files belong to it, which the format does not carry."""


def export(resources: Sequence[Resource]) -> Iterator[Exported]:
    """The records of *resources*, in their order, with one query a table."""
    parts = _Parts.read([one.id for one in resources])
    for resource in resources:
        has_files = resource.id in parts.with_files or parts.is_played(resource)
        try:
            record = read_record(_readable(parts.record_of(resource)))
            yield Exported(resource, record, None, has_files)
        except PictureLost:
            yield Exported(resource, None, Inexpressible(part="pictures"), has_files)
        except BadLine as problem:
            yield Exported(resource, None, problem, has_files)


def fingerprint(record: ResourceRecord) -> str:
    """A hash of what a record says, the same in every library: whose collection it stands in is left aside.

    Knowledge points have no order, so theirs makes no difference.
    """
    said = record.model_dump(mode="json", exclude={"tier", "organisation"})
    said["knowledge_points"] = sorted(set(said["knowledge_points"]))
    for item in said["items"]:
        item["interaction"] = _UNSAID | item["interaction"]
        for name, default in _ADDED.items():
            if item[name] == default:
                del item[name]
        item["knowledge_points"] = sorted(set(item["knowledge_points"]))
    if not said["stimuli"]:
        del said["stimuli"]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def written(record: ResourceRecord) -> str:
    """A record as one line of JSON; what has its default is left out."""
    said = record.model_dump(mode="json", exclude_defaults=True) | {"kind": record.kind.value}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on some resources, by their ids."""

    bodies: dict[int, ResourceBody]
    points: dict[int, list[str]]
    items: dict[int, list[WholeItem]]
    """The questions, in order."""
    with_files: frozenset[int]
    codes: dict[type[Any], dict[int, str]]

    @classmethod
    def read(cls, ids: Sequence[int]) -> "_Parts":
        bodies = {
            one.resource_id: one
            for one in db.session.scalars(select(ResourceBody).where(ResourceBody.resource_id.in_(ids)))
        }
        points: dict[int, list[str]] = defaultdict(list)
        for resource_id, code in db.session.execute(
            select(ResourcePoint.resource_id, KnowledgePoint.code)
            .join(KnowledgePoint, KnowledgePoint.id == ResourcePoint.point_id)
            .where(ResourcePoint.resource_id.in_(ids))
            .order_by(KnowledgePoint.code)
        ):
            points[resource_id].append(code)
        files = select(ResourceAsset.resource_id).where(ResourceAsset.resource_id.in_(ids)).distinct()
        return cls(bodies, points, _items(ids), frozenset(db.session.scalars(files)), _codes())

    def is_played(self, resource: Resource) -> bool:
        """Whether it is a film or a sound that is kept here, by whichever room."""
        body = self.bodies.get(resource.id)
        return resource.kind in _PLAYED and not (body and body.url)

    def record_of(self, resource: Resource) -> dict[str, Any]:
        body = self.bodies.get(resource.id)
        return {
            "identifier": resource.identifier,
            "kind": resource.kind,
            "title": resource.title,
            "description": resource.description,
            "keywords": resource.keywords,
            "language": resource.language,
            "subject": self._code(Subject, resource.subject_id),
            "grades": (resource.grade_from, resource.grade_to),
            "edition": self._code(TextbookEdition, resource.edition_id),
            "volume": self._code(Volume, resource.volume_id),
            "unit": self._code(Unit, resource.unit_id),
            "knowledge_points": self.points.get(resource.id, []),
            "difficulty": resource.difficulty,
            "minutes": resource.minutes,
            "pages": resource.pages,
            "end_user": resource.end_user,
            "accessibility": resource.accessibility,
            "licence": resource.licence,
            "author": resource.author,
            "source": resource.source,
            "tier": resource.tier,
            "organisation": self._code(Organisation, resource.organisation_id),
            "body": body.text if body else "",
            "url": body.url if body else "",
            "items": [one.fields() for one in self.items.get(resource.id, [])],
            "stimuli": stimuli_of(self.items.get(resource.id, [])),
        }

    def _code(self, model: type[Any], number: int | None) -> str | None:
        return self.codes[model][number] if number is not None else None


def _readable(value: Any) -> Any:  # noqa: ANN401 -- JSON
    """The same without the control characters that somebody pasted into a form."""
    match value:
        case str() if not value.isprintable():
            return _CONTROL.sub(" ", value)
        case list():
            return [_readable(one) for one in value]
        case dict():
            return {name: _readable(one) for name, one in value.items()}
        case _:
            return value


def _codes() -> dict[type[Any], dict[int, str]]:
    return {
        model: {row.id: row.code for row in db.session.execute(select(model.id, model.code))}
        for model in (Subject, TextbookEdition, Volume, Unit, Organisation)
    }


def _items(ids: Sequence[int]) -> dict[int, list[WholeItem]]:
    asked = select(ResourceItem.item_id).where(ResourceItem.resource_id.in_(ids))
    whole = whole_items(asked)
    found: dict[int, list[WholeItem]] = defaultdict(list)
    for resource_id, item_id in db.session.execute(
        select(ResourceItem.resource_id, ResourceItem.item_id)
        .where(ResourceItem.resource_id.in_(ids))
        .order_by(ResourceItem.resource_id, ResourceItem.position)
    ):
        if item_id in whole:
            found[resource_id].append(whole[item_id])
    return found
