"""The pages of a micro-lesson's author, put together from what was sent and what stands."""

from flask import current_app, render_template, request
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from core import clock
from core.database import db
from core.i18n import _, localized
from learning.lessons import queries, services
from learning.lessons.forms import CaptionsForm, CheckpointForm, DetailsForm, UploadForm
from learning.lessons.models import Checkpoint, MicroLesson
from learning.lessons.moments import ChapterLine, write_chapters
from library.curriculum.models import Subject
from library.items.models import ItemVersion
from library.items.queries import current_versions
from library.media.addresses import media_url
from library.media.errors import VIDEO_PROBLEMS
from library.media.queries import preparation_of
from library.resources.models import Tier
from library.resources.queries import points_of

MOST_SUGGESTIONS = 12
MOST_POINTS = 200


def poster_url(lesson: MicroLesson, hat: Hat) -> str:
    """Where the lesson's still picture is, for some minutes; empty if it has none."""
    made = lesson.asset.renditions
    return media_url(lesson.asset, made["poster"], hat.person_id, clock.now()) if "poster" in made else ""


def upload_form() -> UploadForm:
    """The form that takes a video."""
    form = UploadForm()
    form.subject_id.choices = _subject_choices()
    return form


def _subject_choices() -> list[SelectChoice]:
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    return [SelectChoice(0, _("Not set")), *(SelectChoice(one.id, localized(one)) for one in subjects)]


def new_page(form: UploadForm) -> str:
    """The page that asks for a video."""
    return render_template(
        "learning/lessons/new.html", form=form, limit_mb=current_app.config["UPLOAD_LIMIT_MB"]
    )


def details_form(lesson: MicroLesson, *, sent: bool) -> DetailsForm:
    """The form as it was *sent*, or as the lesson stands (another form of the page may have been sent)."""
    resource = lesson.resource
    about = list(db.session.scalars(points_of(resource.id)))
    form = DetailsForm(
        request.form if sent else None,
        version=resource.version,
        title=resource.title,
        description=resource.description,
        subject_id=resource.subject_id or 0,
        grade_from=resource.grade_from,
        grade_to=resource.grade_to,
        tier=resource.tier.value,
        point_ids=[point.id for point in about],
        chapters=write_chapters(
            [
                ChapterLine(one.start_seconds, one.title, one.title_en)
                for one in db.session.scalars(queries.chapters_of(lesson.id))
            ]
        ),
    )
    form.subject_id.choices = _subject_choices()
    near = db.session.scalars(queries.near_points(lesson).limit(MOST_POINTS))
    offered = {point.id: localized(point) for point in [*about, *near]}
    form.point_ids.choices = [SelectChoice(point_id, name) for point_id, name in offered.items()]
    if lesson.resource.tier not in (Tier.SCHOOL, Tier.PERSONAL):
        form.tier.choices = [*form.tier.choices, SelectChoice(lesson.resource.tier.value, _("As before"))]
    return form


def details_of(form: DetailsForm, lesson: MicroLesson) -> services.Details:
    """What the form says of the lesson, and what it does not ask as it stands."""
    hat, resource = current_hat(), lesson.resource
    tier = Tier(form.tier.data)
    return services.Details(
        title=form.title.data.strip(),
        description=(form.description.data or "").strip(),
        keywords=tuple(resource.keywords),
        language=resource.language,
        subject_id=form.subject_id.data or None,
        grade_from=form.grade_from.data,
        grade_to=form.grade_to.data,
        unit_id=resource.unit_id,
        difficulty=resource.difficulty,
        author=resource.author or hat.person.name,
        licence=resource.licence,
        source=resource.source,
        tier=tier,
        organisation_id=resource.organisation_id
        if tier is resource.tier
        else (None if tier in (Tier.PUBLIC, Tier.PERSONAL) else hat.organisation_id),
    )


def version_of(form: DetailsForm) -> int:
    """Which version of the lesson the form showed; one that was tampered with showed none."""
    text = form.version.data or ""
    return int(text) if text.isascii() and text.isdigit() else 0


def state_fragment(lesson: MicroLesson) -> str:
    """The part of a page that tells how far the video is."""
    done, total = preparation_of(lesson.asset_id)
    problem = VIDEO_PROBLEMS.get(lesson.asset.problem)
    return render_template(
        "learning/lessons/state.html",
        lesson=lesson,
        done=done,
        total=total,
        problem=str(problem(limit=60)) if problem else "",
        poster=poster_url(lesson, current_hat()),
    )


def edit_page(
    lesson: MicroLesson,
    *,
    details: DetailsForm | None = None,
    captions: CaptionsForm | None = None,
    checkpoint: CheckpointForm | None = None,
) -> str:
    """Everything about a lesson, with the forms as they were sent, or as the lesson stands."""
    asked = list(db.session.scalars(queries.checkpoints_of(lesson.id)))
    return render_template(
        "learning/lessons/edit.html",
        lesson=lesson,
        state=state_fragment(lesson),
        form=UploadForm(formdata=None),
        limit_mb=current_app.config["UPLOAD_LIMIT_MB"],
        details=details or details_form(lesson, sent=False),
        captions=captions or CaptionsForm(formdata=None),
        checkpoint=checkpoint or CheckpointForm(formdata=None),
        tracks=db.session.scalars(queries.tracks_of(lesson.id)).all(),
        checkpoints=asked,
        wordings=_wordings(asked),
        suggestions=_suggestions(lesson),
    )


def _wordings(asked: list[Checkpoint]) -> dict[int, ItemVersion]:
    found = db.session.scalars(current_versions([one.item_id for one in asked]))
    return {version.item_id: version for version in found}


def _suggestions(lesson: MicroLesson) -> list[ItemVersion]:
    found = db.session.scalars(queries.fitting_versions(lesson, current_hat()).limit(MOST_SUGGESTIONS))
    return list(found)
