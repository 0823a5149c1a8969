"""Curriculum, questions and resources for tests. Call inside an open transaction."""

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from itertools import count
from typing import Any

from PIL import Image
from sqlalchemy import select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from core.database import db
from library.curriculum.models import (
    KnowledgePoint,
    Prerequisite,
    Stage,
    Subject,
    TextbookEdition,
    Unit,
    UnitPoint,
    Volume,
)
from library.items.models import Item, ItemKind, ItemPoint, ItemVersion, Stimulus, StimulusVersion
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.pictures import take_drawing
from library.resources.models import (
    Resource,
    ResourceBody,
    ResourceItem,
    ResourceKind,
    ResourcePoint,
    ReviewState,
    Tier,
)
from library.wanted.models import Wanted
from tests.factories.accounts import added

MADE_AT = datetime(2026, 9, 1, tzinfo=UTC)
_numbers = count(1)

EXAMPLES: dict[ItemKind, tuple[dict[str, Any], dict[str, Any]]] = {
    ItemKind.CHOICE: (
        {
            "choices": [
                {"id": "A", "text": "$x=1$"},
                {"id": "B", "text": "$x=2$"},
                {"id": "C", "text": "$x=3$"},
            ]
        },
        {"choices": ["B"]},
    ),
    ItemKind.MULTIPLE_CHOICE: (
        {"choices": [{"id": one, "text": f"选项 {one}"} for one in "ABCD"]},
        {"choices": ["A", "C"]},
    ),
    ItemKind.TEXT_ENTRY: ({"blanks": 2}, {"blanks": [["床前明月光"], ["疑是地上霜"]]}),
    ItemKind.NUMERIC: ({"unit": "cm"}, {"value": 3.5, "tolerance": 0.05}),
    ItemKind.TRUE_FALSE: ({}, {"choices": ["true"]}),
    ItemKind.INLINE_CHOICE: (
        {
            "choices": [
                {"id": "A", "text": "春风"},
                {"id": "B", "text": "明月"},
                {"id": "C", "text": "江水"},
            ],
            "once": True,
        },
        {"chosen": ["A", "B"]},
    ),
    ItemKind.MATCH: (
        {
            "left": [{"id": "1", "text": "李白"}, {"id": "2", "text": "杜甫"}, {"id": "3", "text": "王维"}],
            "right": [{"id": "A", "text": "诗圣"}, {"id": "B", "text": "诗佛"}, {"id": "C", "text": "诗仙"}],
        },
        {"matches": ["C", "A", "B"]},
    ),
    ItemKind.ORDER: (
        {
            "choices": [
                {"id": one, "text": f"$\\frac{{1}}{{{n}}}$"}
                for one, n in zip("ABCD", (3, 5, 2, 4), strict=True)
            ]
        },
        {"order": ["B", "D", "A", "C"]},
    ),
    ItemKind.HOTSPOT: (
        {"picture": "map", "points": 2},
        {
            "regions": [
                {"shape": "circle", "coords": [200, 200, 40]},
                {"shape": "rect", "coords": [400, 300, 500, 380]},
            ]
        },
    ),
    ItemKind.EXTENDED_TEXT: ({"words": 200, "lines": 8}, {}),
    ItemKind.PHOTO: ({}, {}),
    ItemKind.SPOKEN: ({"seconds": 60}, {}),
}
"""Interaction and key of an example of each kind."""
PICTURES: dict[ItemKind, list[dict[str, Any]]] = {
    ItemKind.HOTSPOT: [{"name": "map", "asset": 1, "alt": "中国地图", "width": 800, "height": 600}]
}
"""What those kinds show that show a picture."""
PROMPTS = {ItemKind.INLINE_CHOICE: "[[1]]又绿江南岸，[[2]]何时照我还。"}
"""The words of those kinds whose blanks stand in them."""


def make_subject(code: str = "mathematics", name: str = "数学", name_en: str = "Mathematics") -> Subject:
    """The subject of this code; made the first time it is asked for."""
    found = db.session.scalar(select(Subject).where(Subject.code == code))
    return found or added(Subject(code=code, name=name, name_en=name_en))


def make_point(
    name: str = "一元一次方程",
    *,
    subject: Subject | None = None,
    grade: int = 7,
    requires: Sequence[KnowledgePoint] = (),
) -> KnowledgePoint:
    """A knowledge point, which needs those in *requires* first."""
    point = added(
        KnowledgePoint(
            code=f"point-{next(_numbers)}",
            subject_id=(subject or make_subject()).id,
            stage=Stage.PRIMARY if grade < 7 else Stage.LOWER_SECONDARY,
            grade=grade,
            name=name,
        )
    )
    for one in requires:
        added(Prerequisite(point_id=point.id, requires_id=one.id))
    return point


def make_unit(
    points: Sequence[KnowledgePoint] = (), *, subject: Subject | None = None, grade: int = 7, half: int = 1
) -> Unit:
    """A unit that teaches *points*, in a new volume of a new edition."""
    number = next(_numbers)
    edition = added(TextbookEdition(code=f"edition-{number}", name="人教版", name_en="PEP"))
    volume = added(
        Volume(
            code=f"volume-{number}",
            subject_id=(subject or make_subject()).id,
            edition_id=edition.id,
            grade=grade,
            half=half,
            name="七年级上册",
            name_en="Grade 7, book 1",
        )
    )
    unit = added(Unit(code=f"unit-{number}", volume_id=volume.id, position=1, name="第三章 一元一次方程"))
    for point in points:
        added(UnitPoint(unit_id=unit.id, point_id=point.id))
    return unit


def make_item(
    kind: ItemKind = ItemKind.CHOICE,
    *,
    points: Sequence[KnowledgePoint] = (),
    subject: Subject | None = None,
    **wording: Any,  # noqa: ANN401 -- any column of the version
) -> Item:
    """A question with its first wording; *wording* replaces columns of the version."""
    interaction, correct = deepcopy(EXAMPLES[kind])
    number = next(_numbers)
    item = added(Item(identifier=f"item-{number}", subject_id=(subject or make_subject()).id))
    columns: dict[str, Any] = {
        "prompt": PROMPTS.get(kind, f"第 {number} 题:解方程 $2x+1=5$。"),
        "interaction": interaction,
        "correct": correct,
        "explanation": "移项得 $2x=4$,所以 $x=2$。",
        "hints": ["先移项。"],
        "misconceptions": [],
        "pictures": _stored(PICTURES.get(kind, [])),
    }
    version = added(
        ItemVersion(item_id=item.id, number=1, kind=kind, created_at=MADE_AT, **(columns | wording))
    )
    item.current_version = version
    for point in points:
        added(ItemPoint(item_id=item.id, point_id=point.id))
    db.session.flush()
    return item


def _stored(pictures: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pictures, drawn and kept as the library keeps them."""
    return [one | {"asset": _drawing(one["width"], one["height"]).id} for one in pictures]


def _drawing(width: int, height: int) -> MediaAsset:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    out.seek(0)
    drawing = take_drawing(out)
    return added(
        MediaAsset(
            kind=MediaKind.PICTURE,
            source_sha256=drawing.sha256,
            media_type="image/png",
            size_bytes=drawing.size_bytes,
            state=MediaState.READY,
            width=drawing.width,
            height=drawing.height,
            renditions={},
            created_at=MADE_AT,
        )
    )


def make_stimulus(
    items: Sequence[Item] = (), *, text: str = "李明每天走路去学校。", created_by: Person | None = None
) -> Stimulus:
    """A text, which the present wordings of *items* are about."""
    stimulus = added(
        Stimulus(
            identifier=f"text-{next(_numbers)}",
            subject_id=items[0].subject_id if items else make_subject().id,
            created_by_id=created_by.id if created_by else None,
        )
    )
    wording = added(StimulusVersion(stimulus_id=stimulus.id, number=1, text=text, created_at=MADE_AT))
    stimulus.current_version = wording
    for position, item in enumerate(items):
        version = db.session.get_one(ItemVersion, item.current_version_id)
        version.stimulus_version_id, version.stimulus_position = wording.id, position
    db.session.flush()
    return stimulus


def make_version(kind: ItemKind = ItemKind.CHOICE, **wording: Any) -> ItemVersion:  # noqa: ANN401 -- as above
    """The present wording of a new question."""
    version = make_item(kind, **wording).current_version
    assert version is not None
    return version


def make_asked_version(kind: ItemKind = ItemKind.CHOICE, **wording: Any) -> ItemVersion:  # noqa: ANN401 -- as above
    """The present wording of a new question that a public exercise asks, so that every teacher may use it."""
    version = make_version(kind, **wording)
    make_resource(kind=ResourceKind.PRACTICE, items=[db.session.get_one(Item, version.item_id)])
    return version


def make_resource(
    title: str = "分数的初步认识",
    *,
    kind: ResourceKind = ResourceKind.READING,
    subject: Subject | None = None,
    tier: Tier = Tier.PUBLIC,
    organisation: Organisation | None = None,
    created_by: Person | None = None,
    points: Sequence[KnowledgePoint] = (),
    items: Sequence[Item] = (),
    body: str | None = None,
    url: str = "",
    review_state: ReviewState = ReviewState.PUBLISHED,
    **columns: Any,  # noqa: ANN401 -- any column of the resource
) -> Resource:
    """A published public reading of grade 7, unless the arguments say otherwise."""
    values: dict[str, Any] = {
        "identifier": f"resource-{next(_numbers)}",
        "keywords": [],
        "grade_from": 7,
        "grade_to": 7,
        "created_at": MADE_AT,
        "updated_at": MADE_AT,
    }
    resource = added(
        Resource(
            title=title,
            kind=kind,
            subject_id=(subject or make_subject()).id,
            tier=tier,
            organisation_id=organisation.id if organisation else None,
            created_by_id=created_by.id if created_by else None,
            review_state=review_state,
            **(values | columns),
        )
    )
    if body is not None or url:
        added(ResourceBody(resource_id=resource.id, text=body or "", url=url))
    for point in points:
        added(ResourcePoint(resource_id=resource.id, point_id=point.id))
    for position, item in enumerate(items):
        added(ResourceItem(resource_id=resource.id, position=position, item_id=item.id))
    return resource


def make_wanted(text: str = "量子纠缠", **columns: Any) -> Wanted:  # noqa: ANN401 -- any column
    """A search that found nothing, once."""
    return added(Wanted(text=text, first_asked_at=MADE_AT, last_asked_at=MADE_AT, **columns))
