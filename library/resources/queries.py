"""Resources as a hat may see them, and what hangs on them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import class_ids_of, students_visible_to
from accounts.classes.queries import visible_to as classes_visible_to
from accounts.organisations.models import OrganisationKind
from accounts.organisations.queries import ancestors_of, descendants_of
from accounts.people.models import Hat, Person, Role
from library.curriculum.models import KnowledgePoint, Subject, TextbookEdition, Unit, Volume
from library.items.models import Item, ItemVersion
from library.media.models import MediaAsset, MediaState
from library.resources.models import (
    KeptResource,
    Resource,
    ResourceAsset,
    ResourceBody,
    ResourceItem,
    ResourceKind,
    ResourcePoint,
    ResourceVersion,
    ReviewState,
    StatedPoint,
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


def is_among(these: Select[Resource], resource_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether the resource that another table's column *resource_id* names is one of *these*.

    It is asked for each row. ``IN`` would have SQLite list the whole library first.
    """
    named = these.where(Resource.id == resource_id).with_only_columns(Resource.id)
    return named.correlate_except(Resource).exists()


def items_visible_to(hat: Hat | None) -> Select[Item]:
    """The questions that *hat* may use.

    They are those that a resource asks which it may open, and whatever the person wrote. A question of
    another school, or of a colleague's draft, is not among them: its key would come with it.
    """
    return select(Item).where(_may_use(hat))


def versions_visible_to(hat: Hat | None, version_ids: Collection[int] | Select[int]) -> Select[ItemVersion]:
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


def openable_by(hat: Hat | None) -> Select[Resource]:
    """The resources whose pages *hat* may open, found by searching or not.

    Beside the visible ones: what was withdrawn after it had been given to one's class, what colleagues of
    one's school write, and what stands in the collections of an administrator's organisations.
    """
    return select(Resource).where(_may_open(hat))


def _may_open(hat: Hat | None) -> ColumnElement[bool]:
    if hat is None:
        return false()
    kept = select(KeptResource.resource_id).where(KeptResource.class_id.in_(_classes_around(hat)))
    may_open = or_(_may_see(hat), and_(Resource.review_state == ReviewState.WITHDRAWN, Resource.id.in_(kept)))
    if hat.is_teacher:
        own = and_(Resource.tier == Tier.SCHOOL, Resource.organisation_id == hat.organisation_id)
        return or_(may_open, own)
    if hat.is_administrator:
        below = descendants_of(hat.organisation)
        return or_(may_open, and_(Resource.tier.in_(_SHARED), Resource.organisation_id.in_(below)))
    return may_open


def _classes_around(hat: Hat) -> Select[int]:
    """The classes of a pupil or teacher, or of a guardian's children."""
    if not hat.is_guardian:
        return class_ids_of(hat)
    children = students_visible_to(hat).with_only_columns(Person.id)
    return select(Enrolment.class_id).where(
        Enrolment.person_id.in_(children), Enrolment.role == Role.STUDENT, Enrolment.ends_on.is_(None)
    )


def owned_by(hat: Hat) -> Select[Resource]:
    """The resources that *hat* answers for.

    For administrators it is the collection of their school, district or city; the city's also answer for what
    is public. For teachers it is what they made for their school.
    """
    if hat.is_administrator:
        own: ColumnElement[bool] = and_(
            Resource.tier.in_(_SHARED), Resource.organisation_id == hat.organisation_id
        )
        if hat.organisation.kind is OrganisationKind.CITY:
            own = or_(own, Resource.tier == Tier.PUBLIC)
        return select(Resource).where(own)
    if hat.is_teacher:
        return select(Resource).where(
            Resource.tier == Tier.SCHOOL,
            Resource.organisation_id == hat.organisation_id,
            Resource.created_by_id == hat.person_id,
        )
    return select(Resource).where(false())


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


def point_ids_of(resource_id: int) -> Select[int]:
    """Their ids."""
    return select(ResourcePoint.point_id).where(ResourcePoint.resource_id == resource_id)


def stated_points_of(resource_id: int) -> Select[int]:
    """Ids of those that a person said of a question set, whatever its questions are about."""
    return select(StatedPoint.point_id).where(StatedPoint.resource_id == resource_id)


def place_of(resource: Resource) -> Select[TextbookEdition, Volume, Unit | None]:
    """The edition and book to which a resource belongs, and the unit if one is told."""
    return (
        select(TextbookEdition, Volume, Unit)
        .select_from(TextbookEdition)
        .outerjoin(Volume, Volume.id == resource.volume_id)
        .outerjoin(Unit, Unit.id == resource.unit_id)
        .where(TextbookEdition.id == resource.edition_id)
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


def count_in_units(hat: Hat, unit_ids: Collection[int]) -> Select[int | None, ResourceKind, int]:
    """How many visible resources of each kind belong to each of the units."""
    return (
        visible_to(hat)
        .where(Resource.unit_id.in_(unit_ids))
        .with_only_columns(Resource.unit_id, Resource.kind, func.count())
        .group_by(Resource.unit_id, Resource.kind)
        .order_by(None)
    )


WRITTEN_HERE = (ResourceKind.READING, ResourceKind.LINK)
"""The kinds that teachers write in the library itself."""
UPLOADED_HERE = (
    ResourceKind.DOCUMENT,
    ResourceKind.IMAGE,
    ResourceKind.AUDIO,
    ResourceKind.VIDEO,
    ResourceKind.PACKAGE,
)
"""The kinds that are files which teachers add to it."""
ASKED_HERE = (ResourceKind.PRACTICE, ResourceKind.WORKSHEET)
"""The kinds that ask questions: question sets."""


def edited_by(hat: Hat) -> Select[Resource]:
    """What a teacher may edit.

    These are readings, links, files and question sets of the own school, drafts of colleagues too.
    """
    if not hat.is_teacher:
        return select(Resource).where(false())
    return select(Resource).where(
        Resource.kind.in_(WRITTEN_HERE + UPLOADED_HERE + ASKED_HERE),
        Resource.tier == Tier.SCHOOL,
        Resource.organisation_id == hat.organisation_id,
    )


def fitting_volumes(subject_id: int, grade_from: int, grade_to: int) -> Select[Volume, TextbookEdition]:
    """The books of a subject in a range of grades, with their editions."""
    return (
        select(Volume, TextbookEdition)
        .join(TextbookEdition, TextbookEdition.id == Volume.edition_id)
        .where(Volume.subject_id == subject_id, Volume.grade.between(grade_from, grade_to))
        .order_by(TextbookEdition.id, Volume.grade, Volume.half)
    )


def last_made_by(hat: Hat) -> Select[Resource]:
    """What the teacher made last for this school: the next one is likely to be like it."""
    return edited_by(hat).where(Resource.created_by_id == hat.person_id).order_by(Resource.id.desc()).limit(1)


def own_grades(hat: Hat) -> Select[int]:
    """The lowest of the grades that *hat* teaches."""
    return classes_visible_to(hat).with_only_columns(SchoolClass.grade).order_by(SchoolClass.grade).limit(1)


def own_subjects(hat: Hat) -> Select[int]:
    """The subject that *hat* teaches to most classes."""
    return (
        select(Subject.id)
        .join(Enrolment, Enrolment.subject_code == Subject.code)
        .where(
            Enrolment.person_id == hat.person_id, Enrolment.role == Role.TEACHER, Enrolment.ends_on.is_(None)
        )
        .group_by(Subject.id)
        .order_by(func.count().desc(), Subject.id)
        .limit(1)
    )


def fitting_points(subject_id: int, grade_from: int, grade_to: int) -> Select[KnowledgePoint]:
    """The knowledge points of a subject in a range of grades."""
    return (
        select(KnowledgePoint)
        .where(
            KnowledgePoint.subject_id == subject_id,
            KnowledgePoint.grade.between(grade_from, grade_to),
            KnowledgePoint.merged_into_id.is_(None),
        )
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )
