"""Micro-lessons as a hat may see them, and what hangs on them."""

from sqlalchemy import Select, select

from accounts.people.models import Hat
from learning.lessons.models import Chapter, Checkpoint, MicroLesson, TextTrack, TrackKind
from library.curriculum.models import KnowledgePoint
from library.items.kinds.table import MARKED_BY_MACHINE
from library.items.models import Item, ItemPoint, ItemVersion
from library.media.models import MediaAsset, MediaState
from library.resources import queries as resources
from library.resources.models import Resource, ResourcePoint, ReviewState


def visible_to(hat: Hat) -> Select[MicroLesson]:
    """The lessons that the hat may open: ready ones of the resources it may see, and its own."""
    return _ready(hat, resources.visible_to(hat))


def openable_by(hat: Hat) -> Select[MicroLesson]:
    """The lessons whose pages the hat may open: also withdrawn ones of its class, and drafts to review."""
    return _ready(hat, resources.openable_by(hat))


def _ready(hat: Hat, these: Select[Resource]) -> Select[MicroLesson]:
    return (
        select(MicroLesson)
        .join(MicroLesson.asset)
        .join(MicroLesson.resource)
        .where(
            resources.is_among(these, MicroLesson.resource_id),
            (MediaAsset.state == MediaState.READY) | (Resource.created_by_id == hat.person_id),
        )
    )


def made_by(hat: Hat) -> Select[MicroLesson]:
    """The lessons that the hat's person made, and may edit."""
    return select(MicroLesson).join(MicroLesson.resource).where(Resource.created_by_id == hat.person_id)


def lesson_of_resource(resource_id: int) -> Select[MicroLesson]:
    """The lesson that a resource of kind micro-lesson is."""
    return select(MicroLesson).where(MicroLesson.resource_id == resource_id)


def chapters_of(lesson_id: int) -> Select[Chapter]:
    """A lesson's chapters in order."""
    return select(Chapter).where(Chapter.lesson_id == lesson_id).order_by(Chapter.start_seconds)


def tracks_of(lesson_id: int) -> Select[TextTrack]:
    """A lesson's captions, Chinese before English."""
    return select(TextTrack).where(TextTrack.lesson_id == lesson_id).order_by(TextTrack.language.desc())


def track(lesson_id: int, language: str) -> Select[TextTrack]:
    """A lesson's captions in one language."""
    return tracks_of(lesson_id).where(TextTrack.language == language, TextTrack.kind == TrackKind.CAPTIONS)


def checkpoints_of(lesson_id: int) -> Select[Checkpoint]:
    """A lesson's questions in order."""
    return (
        select(Checkpoint)
        .where(Checkpoint.lesson_id == lesson_id)
        .order_by(Checkpoint.at_seconds, Checkpoint.id)
    )


def required_item_ids(lesson_id: int) -> Select[int]:
    """Ids of the items that must have been answered before the lesson counts as done."""
    return select(Checkpoint.item_id).where(Checkpoint.lesson_id == lesson_id, Checkpoint.is_required)


def asked_version(lesson_id: int, item_id: int) -> Select[ItemVersion]:
    """The present wording of an item that the lesson asks."""
    asked = select(Checkpoint.id).where(Checkpoint.lesson_id == lesson_id, Checkpoint.item_id == item_id)
    return (
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .where(Item.id == item_id, asked.exists())
    )


def fitting_versions(lesson: MicroLesson, hat: Hat) -> Select[ItemVersion]:
    """Questions for *hat* about the lesson's points that it does not ask yet, the easiest first."""
    about = select(ResourcePoint.point_id).where(ResourcePoint.resource_id == lesson.resource_id)
    fitting = select(ItemPoint.item_id).where(ItemPoint.point_id.in_(about))
    asked = select(Checkpoint.item_id).where(Checkpoint.lesson_id == lesson.id)
    return (
        resources.items_visible_to(hat)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .where(Item.id.in_(fitting), Item.id.not_in(asked), ItemVersion.kind.in_(MARKED_BY_MACHINE))
        .with_only_columns(ItemVersion)
        .order_by(ItemVersion.difficulty, Item.id)
    )


def near_points(lesson: MicroLesson) -> Select[KnowledgePoint]:
    """Knowledge points of the lesson's subject, within a grade of its own."""
    resource = lesson.resource
    return (
        select(KnowledgePoint)
        .where(
            KnowledgePoint.subject_id == resource.subject_id,
            KnowledgePoint.grade.between(resource.grade_from - 1, resource.grade_to + 1),
            KnowledgePoint.merged_into_id.is_(None),
        )
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )


def files_of_lessons() -> Select[int, str]:
    """(resource, SHA-256) of the videos of lessons that are not withdrawn."""
    return (
        select(MicroLesson.resource_id, MediaAsset.source_sha256)
        .join(MicroLesson.asset)
        .join(MicroLesson.resource)
        .where(Resource.review_state != ReviewState.WITHDRAWN)
    )
