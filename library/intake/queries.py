"""Imports of questions as the teacher who made them sees them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from accounts.people.models import Hat
from core.database import db
from core.jobs.models import Job
from core.jobs.queries import unfinished
from library.curriculum.models import KnowledgePoint
from library.intake.models import ImportedQuestion, QuestionImport, Wish
from library.items.models import Item, ItemVersion, StimulusVersion
from library.resources.models import Resource, ResourceItem, ResourceKind, ReviewState, Tier
from library.resources.queries import items_visible_to

MOST_COMPARED = 20_000
"""So many questions, the newest, are compared with those of an import."""


def imports_of(hat: Hat) -> Select[QuestionImport]:
    """What *hat*'s person imported at this school."""
    return select(QuestionImport).where(
        QuestionImport.made_by_id == hat.person_id, QuestionImport.organisation_id == hat.organisation_id
    )


def readings(task: str) -> dict[int, Job]:
    """The unfinished jobs of the *task* that reads imports, by import."""
    return {int(one.arguments["import_id"]): one for one in db.session.scalars(unfinished(task))}


def questions_of(import_id: int) -> Select[ImportedQuestion]:
    """The questions of an import, in its order."""
    return (
        select(ImportedQuestion)
        .where(ImportedQuestion.import_id == import_id)
        .order_by(ImportedQuestion.position)
    )


def is_chosen() -> ColumnElement[bool]:
    """Whether a question is to be taken, or the one that is there instead; it may be gone again."""
    return or_(
        and_(ImportedQuestion.wish.in_((Wish.TAKE, Wish.USE)), ImportedQuestion.problem == ""),
        and_(ImportedQuestion.wish == Wish.USE, ImportedQuestion.twin_id.is_not(None)),
    )


def is_wished() -> ColumnElement[bool]:
    """Whether a teacher wants a question in her set, or another in its place, be that possible or not."""
    return ImportedQuestion.wish.in_((Wish.TAKE, Wish.USE))


def counts_of(import_id: int) -> Select[int, int, int, int]:
    """How many lines an import has, how many cannot be read, are like others, and are chosen."""
    return select(
        func.count(),
        func.count().filter(ImportedQuestion.problem != ""),
        func.count().filter(ImportedQuestion.likeness.is_not(None)),
        func.count().filter(is_chosen()),
    ).where(ImportedQuestion.import_id == import_id)


def own_drafts(hat: Hat) -> Select[Resource]:
    """The practices that *hat*'s person has not published yet, the newest first."""
    return (
        select(Resource)
        .where(
            Resource.kind == ResourceKind.PRACTICE,
            Resource.review_state == ReviewState.DRAFT,
            Resource.tier == Tier.SCHOOL,
            Resource.organisation_id == hat.organisation_id,
            Resource.created_by_id == hat.person_id,
        )
        .order_by(Resource.id.desc())
    )


def words_of_items(hat: Hat, subject_id: int, shortest: int, longest: int) -> Select[Any]:
    """The questions of a subject that *hat* may use, the newest first.

    Rows (item, kind, prompt, interaction, pictures, text that it is about, pictures of that).

    Those whose prompts are shorter or longer than *shortest* and *longest* letters are left out.
    """
    visible = items_visible_to(hat).where(Item.subject_id == subject_id).with_only_columns(Item.id)
    newest = visible.order_by(Item.id.desc()).limit(MOST_COMPARED).subquery()
    return (
        select(
            Item.id,
            ItemVersion.kind,
            ItemVersion.prompt,
            ItemVersion.interaction,
            ItemVersion.pictures,
            StimulusVersion.text,
            StimulusVersion.pictures,
        )
        .join(newest, newest.c.id == Item.id)
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .outerjoin(StimulusVersion, StimulusVersion.id == ItemVersion.stimulus_version_id)
        .where(func.length(ItemVersion.prompt).between(shortest, longest))
        .order_by(Item.id.desc())
    )


def visible_versions(hat: Hat, item_ids: Collection[int]) -> Select[ItemVersion]:
    """The present wordings of those of the items that *hat* may use."""
    visible = items_visible_to(hat).where(Item.id.in_(item_ids)).with_only_columns(Item.current_version_id)
    return select(ItemVersion).where(ItemVersion.id.in_(visible))


def points_named(subject_id: int, names: Collection[str]) -> Select[int, str, str]:
    """(id, Chinese name, English name) of the subject's points of these names, lower grades first."""
    return (
        select(KnowledgePoint.id, KnowledgePoint.name, KnowledgePoint.name_en)
        .where(
            KnowledgePoint.subject_id == subject_id,
            KnowledgePoint.merged_into_id.is_(None),
            or_(KnowledgePoint.name.in_(names), KnowledgePoint.name_en.in_(names)),
        )
        .order_by(KnowledgePoint.grade, KnowledgePoint.id)
    )


def points_by_code(codes: Collection[str]) -> Select[int, str]:
    """(id, code) of the knowledge points of these codes."""
    return select(KnowledgePoint.id, KnowledgePoint.code).where(KnowledgePoint.code.in_(codes))


def points_by_id(ids: Collection[int]) -> Select[KnowledgePoint]:
    """These knowledge points."""
    return select(KnowledgePoint).where(KnowledgePoint.id.in_(ids)).order_by(KnowledgePoint.id)


def edited_among(item_ids: Collection[int]) -> Select[int]:
    """Those of the questions that have another wording than their first."""
    return select(ItemVersion.item_id).where(ItemVersion.item_id.in_(item_ids), ItemVersion.number > 1)


def last_position(resource_id: int) -> Select[int]:
    """The place of the last question of a practice; 0 where it asks none."""
    return select(func.coalesce(func.max(ResourceItem.position), 0)).where(
        ResourceItem.resource_id == resource_id
    )


def items_in(resource_id: int) -> Select[int]:
    """Ids of the questions that a practice asks."""
    return select(ResourceItem.item_id).where(ResourceItem.resource_id == resource_id)
