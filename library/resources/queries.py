"""Resources as a hat may see them, and what hangs on them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from accounts.classes.models import SchoolClass
from accounts.classes.queries import visible_to as classes_visible_to
from accounts.organisations.queries import ancestors_of
from accounts.people.models import Hat
from library.curriculum.models import KnowledgePoint
from library.items.models import Item, ItemVersion
from library.media.models import MediaAsset, MediaState
from library.resources.models import (
    Resource,
    ResourceAsset,
    ResourceBody,
    ResourceItem,
    ResourceKind,
    ResourcePoint,
    ResourceVersion,
    ReviewState,
    Tier,
)

_SHARED = (Tier.LOCAL, Tier.SCHOOL)


def visible_to(hat: Hat | None) -> Select[Resource]:
    """The resources that *hat* may open.

    They are the published ones of the public, of its own school and of the district and city above,
    and whatever the person made.
    """
    return select(Resource).where(_may_see(hat))


def _may_see(hat: Hat | None) -> ColumnElement[bool]:
    if hat is None:
        return false()
    home = ancestors_of(hat.organisation)
    published = and_(
        Resource.review_state == ReviewState.PUBLISHED,
        or_(
            Resource.tier == Tier.PUBLIC,
            and_(Resource.tier.in_(_SHARED), Resource.organisation_id.in_(home)),
        ),
    )
    return or_(published, Resource.created_by_id == hat.person_id)


def items_visible_to(hat: Hat | None) -> Select[Item]:
    """The questions that *hat* may use.

    They are those that a resource asks which it may open, and whatever the person wrote. A question of
    another school, or of a colleague's draft, is not among them: its key would come with it.
    """
    return select(Item).where(_may_use(hat))


def versions_visible_to(hat: Hat | None, version_ids: Collection[int]) -> Select[ItemVersion]:
    """Those of the wordings, present or former, whose question *hat* may use; in no order."""
    return (
        select(ItemVersion)
        .join(Item, Item.id == ItemVersion.item_id)
        .where(ItemVersion.id.in_(version_ids), _may_use(hat))
    )


def _may_use(hat: Hat | None) -> ColumnElement[bool]:
    if hat is None:
        return false()
    asking = (
        select(ResourceItem.item_id)
        .join(Resource, Resource.id == ResourceItem.resource_id)
        .where(ResourceItem.item_id == Item.id, _may_see(hat))
    )
    return or_(asking.exists(), Item.created_by_id == hat.person_id)


def body_of(resource_id: int) -> Select[ResourceBody]:
    """The text of a resource, if it has one."""
    return select(ResourceBody).where(ResourceBody.resource_id == resource_id)


def asset_states(resource_id: int) -> Select[MediaState]:
    """How far the files of a resource are."""
    return (
        select(MediaAsset.state)
        .join(ResourceAsset, ResourceAsset.asset_id == MediaAsset.id)
        .where(ResourceAsset.resource_id == resource_id)
    )


def points_of(resource_id: int) -> Select[KnowledgePoint]:
    """The knowledge points that a resource is about, in the order of the curriculum."""
    return (
        select(KnowledgePoint)
        .join(ResourcePoint, ResourcePoint.point_id == KnowledgePoint.id)
        .where(ResourcePoint.resource_id == resource_id)
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )


def items_of_resource(resource_id: int) -> Select[ItemVersion]:
    """The present wording of each question of a practice or worksheet, in order."""
    return (
        select(ItemVersion)
        .join(Item, Item.current_version_id == ItemVersion.id)
        .join(ResourceItem, ResourceItem.item_id == Item.id)
        .where(ResourceItem.resource_id == resource_id)
        .order_by(ResourceItem.position)
    )


def about_points(hat: Hat, point_ids: Collection[int] | Select[int]) -> Select[Resource]:
    """Visible resources about any of the knowledge points."""
    about = select(ResourcePoint.resource_id).where(ResourcePoint.point_id.in_(point_ids))
    return visible_to(hat).where(Resource.id.in_(about))


def versions_of(resource_id: int) -> Select[ResourceVersion]:
    """What a resource said before, newest first."""
    return (
        select(ResourceVersion)
        .where(ResourceVersion.resource_id == resource_id)
        .order_by(ResourceVersion.number.desc())
    )


def related(hat: Hat, resource_id: int, *, each: int = 2) -> Select[Resource]:
    """Visible resources about the same points: *each* of every kind, most points in common first."""
    same = select(ResourcePoint.point_id).where(ResourcePoint.resource_id == resource_id)
    common = (
        select(ResourcePoint.resource_id, func.count().label("points"))
        .where(ResourcePoint.point_id.in_(same), ResourcePoint.resource_id != resource_id)
        .group_by(ResourcePoint.resource_id)
        .subquery()
    )
    ranked = (
        visible_to(hat)
        .join(common, common.c.resource_id == Resource.id)
        .where(Resource.review_state == ReviewState.PUBLISHED)
        .with_only_columns(
            Resource.id,
            func.row_number()
            .over(partition_by=Resource.kind, order_by=(common.c.points.desc(), Resource.id))
            .label("place"),
        )
        .subquery()
    )
    return (
        select(Resource)
        .join(ranked, ranked.c.id == Resource.id)
        .where(ranked.c.place <= each)
        .order_by(ranked.c.place, Resource.kind)
    )


def count_by_kind(hat: Hat, point_id: int) -> Select[ResourceKind, int]:
    """How many visible resources of each kind are about a knowledge point."""
    return (
        about_points(hat, [point_id])
        .with_only_columns(Resource.kind, func.count())
        .group_by(Resource.kind)
        .order_by(None)
    )


WRITTEN_HERE = (ResourceKind.READING, ResourceKind.LINK)
"""The kinds that teachers write in the library itself."""
UPLOADED_HERE = (ResourceKind.DOCUMENT, ResourceKind.IMAGE, ResourceKind.AUDIO, ResourceKind.VIDEO)
"""The kinds that are files which teachers add to it."""


def edited_by(hat: Hat) -> Select[Resource]:
    """What a teacher may edit: readings, links and files of the own school, drafts of colleagues too."""
    if not hat.is_teacher:
        return select(Resource).where(false())
    return select(Resource).where(
        Resource.kind.in_(WRITTEN_HERE + UPLOADED_HERE),
        Resource.tier == Tier.SCHOOL,
        Resource.organisation_id == hat.organisation_id,
    )


def own_grades(hat: Hat) -> Select[int]:
    """The lowest of the grades that *hat* teaches."""
    return classes_visible_to(hat).with_only_columns(SchoolClass.grade).order_by(SchoolClass.grade).limit(1)


def fitting_points(subject_id: int, grade_from: int, grade_to: int) -> Select[KnowledgePoint]:
    """The knowledge points of a subject in a range of grades."""
    return (
        select(KnowledgePoint)
        .where(KnowledgePoint.subject_id == subject_id, KnowledgePoint.grade.between(grade_from, grade_to))
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )
