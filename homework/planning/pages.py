"""The page of a plan, put together from what stands in its form."""

from collections.abc import Sequence

from flask import render_template
from sqlalchemy import select

from accounts.people.models import Hat, Person
from accounts.sign_in.current import current_hat
from core import clock
from core.database import db
from core.errors import DomainError
from homework.assignments import queries as assignments
from homework.assignments.checks import planned_loads, worth_of
from homework.assignments.errors import QuestionGone
from homework.assignments.layers import Layer
from homework.load.limits import DayLoad
from homework.planning import forms, queries
from homework.planning.drafts import Draft, is_layered, offer, there_of, usual_title, versions_of
from homework.planning.overtaken import Overtaken
from homework.planning.rows import MOST_QUESTIONS
from library.curriculum.models import Subject
from library.items.models import ItemKind


def plan_page(draft: Draft, refusal: DomainError | None = None, *, overtaken: Overtaken | None = None) -> str:
    """The plan with everything that was typed, and why it was refused, or who was quicker."""
    hat, now = current_hat(), clock.now()
    form = draft.form
    offer(form, hat)
    versions = versions_of(draft.rows)
    there = Draft(form, there_of(draft.rows, versions), draft.targets, draft.standing)
    chosen = form.chosen_classes()
    own_classes = list(db.session.scalars(assignments.classes_of(hat)))
    found = queries.described(list(versions.values()), [one.id for one in own_classes if one.id in chosen])
    return render_template(
        "homework/planning/new.html",
        form=form,
        rows=there.rows,
        versions=versions,
        about={one.version.id: one for one in found},
        standing=draft.standing,
        left_out=draft.left_out,
        most_questions=MOST_QUESTIONS,
        targets=draft.targets,
        named=_named(hat, draft.targets.pupil_ids),
        own_classes=own_classes,
        classes={one.id: one for one in own_classes},
        is_layered=is_layered(there.rows),
        layers=forms.LAYERS,
        kinds=list(ItemKind),
        eases=list(queries.Ease),
        lately=queries.points_taught_lately(
            [one.id for one in own_classes if one.id in chosen or not chosen],
            form.subject_id.data if isinstance(form.subject_id.data, int) else None,
        ),
        wanted=queries.Wanted(),
        usual_title=usual_title(there),
        refusal=refusal,
        overtaken=overtaken,
        is_told=refusal is not None and type(refusal) in forms.FIELDS_OF_REFUSALS,
        is_gone=isinstance(refusal, QuestionGone),
        now=now,
        **days_of(there),
    )


def days_of(draft: Draft) -> dict[str, object]:
    """What the fragment of the day shows."""
    loads: Sequence[DayLoad] = []
    minutes = {"all": 0.0, "must": 0.0}
    versions = versions_of(draft.rows)
    rows = there_of(draft.rows, versions)
    plan = draft.form.plan(tuple(one.question(versions) for one in rows), "", draft.targets, clock.now())
    if plan is not None:
        hat = current_hat()
        try:
            worth = worth_of(hat, plan)
            minutes = {"all": worth.at(Layer.CHALLENGE), "must": worth.at(Layer.REQUIRED)}
            if plan.opens_at < plan.due_at:
                loads = planned_loads(hat, plan, besides=draft.standing.id if draft.standing else None)
        except QuestionGone:  # the lesson is not there any more; assigning says so
            loads = []
    return {
        "loads": loads,
        "minutes": minutes,
        "subjects": {one.id: one for one in db.session.scalars(select(Subject))},
    }


def _named(hat: Hat, pupil_ids: tuple[int, ...]) -> dict[int, list[Person]]:
    """By class: the pupils who are chosen one by one."""
    people = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(pupil_ids)))}
    found: dict[int, list[Person]] = {}
    for student_id, class_id in db.session.execute(assignments.pupils_named(hat, pupil_ids)):
        found.setdefault(class_id, []).append(people[student_id])
    return found
