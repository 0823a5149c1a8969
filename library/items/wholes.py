"""Items read together with all that a record of them says."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from core.database import db
from library.curriculum.models import KnowledgePoint
from library.items.drawings import recorded_pictures
from library.items.kinds.table import kind_of
from library.items.models import Item, ItemPoint, ItemVersion, Stimulus, StimulusVersion


@dataclass(frozen=True, slots=True)
class WholeItem:
    """An item in its present wording, with its knowledge points and what it is about."""

    identifier: str
    version: ItemVersion
    points: list[str]
    """Codes of its knowledge points."""
    stimulus: str
    """The identifier of its stimulus, or nothing."""
    wording: StimulusVersion | None

    def fields(self) -> dict[str, Any]:
        """What ``ItemRecord`` reads.

        Raises:
            PictureLost: one of its pictures is gone, too large, or kept with loss.
        """
        version, kind = self.version, kind_of(self.version)
        return {
            "identifier": self.identifier,
            "kind": version.kind,
            "prompt": version.prompt,
            "interaction": version.interaction,
            "correct": kind.record_of_key(version.correct),
            "explanation": version.explanation,
            "hints": version.hints,
            "misconceptions": [
                {"response": kind.record_of_slip(one["response"]), "feedback": one["feedback"]}
                for one in version.misconceptions
            ],
            "difficulty": version.difficulty,
            "minutes": version.minutes,
            "knowledge_points": self.points,
            "source": version.source,
            "licence": version.licence,
            "parameters": version.parameters,
            "pictures": recorded_pictures(version.pictures),
            "stimulus": self.stimulus,
        }


def whole_items(item_ids: Collection[int] | Select[int]) -> dict[int, WholeItem]:
    """The items, by id, in two queries."""
    points: dict[int, list[str]] = defaultdict(list)
    for item_id, code in db.session.execute(
        select(ItemPoint.item_id, KnowledgePoint.code)
        .join(KnowledgePoint, KnowledgePoint.id == ItemPoint.point_id)
        .where(ItemPoint.item_id.in_(item_ids))
        .order_by(KnowledgePoint.code)
    ):
        points[item_id].append(code)
    rows = db.session.execute(
        select(Item.identifier, ItemVersion, Stimulus.identifier, StimulusVersion)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .outerjoin(StimulusVersion, StimulusVersion.id == ItemVersion.stimulus_version_id)
        .outerjoin(Stimulus, Stimulus.id == StimulusVersion.stimulus_id)
        .where(Item.id.in_(item_ids))
    ).all()
    return {
        version.item_id: WholeItem(identifier, version, points[version.item_id], stimulus or "", wording)
        for identifier, version, stimulus, wording in rows
    }


def stimuli_of(items: Iterable[WholeItem]) -> list[dict[str, Any]]:
    """What the items are about, each once, as ``StimulusRecord`` reads it.

    Raises:
        PictureLost: one of their pictures is gone, too large, or kept with loss.
    """
    found = {one.stimulus: one.wording for one in items if one.wording}
    return [
        {
            "identifier": identifier,
            "title": wording.title,
            "text": wording.text,
            "pictures": recorded_pictures(wording.pictures),
        }
        for identifier, wording in found.items()
    ]
