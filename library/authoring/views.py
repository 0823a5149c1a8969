"""The editor of a question: its fields, its preview, and what it said before."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import Conflict, DomainError, NotFound
from core.i18n import _
from library.authoring import forms, services
from library.authoring.errors import NotFinished, QuestionChanged
from library.authoring.history import differences
from library.authoring.pictures import pictures_in, token_of, with_sent
from library.authoring.policy import may_write_questions
from library.authoring.refusals import Places
from library.authoring.typed import Typed, finished, fresh, typed_of
from library.items.errors import BadItem, BadResponse
from library.items.marking import mark, misconception_of
from library.items.models import Item, ItemKind, ItemVersion, Stimulus, StimulusVersion
from library.items.queries import point_ids_of
from library.items.responses import parse_response, typed_response
from library.items.variants import Posed, read_parameters, samples
from library.resources.licences import LICENCES
from library.resources.models import Resource
from library.resources.queries import fitting_points
from library.resources.words import DIFFICULTY_NAMES
from library.sets import queries as sets

bp = Blueprint("authoring", __name__)

TRY = "try"
MOST_POINTS = 200
MOST_SEED = 9_999


@bp.get("/library/sets/<int:resource_id>/questions/new")
@allow(may_write_questions)
def new(resource_id: int) -> ResponseReturnValue:
    """An empty question."""
    typed = fresh(forms.kind_in(request.args))
    about = request.args.get("about", type=int)
    texts = {one.id for one in db.session.scalars(sets.texts_of(resource_id, current_hat()))}
    typed = Typed(**_fields(typed) | {"stimulus_id": about if about in texts else None})
    return _page(_set(resource_id), None, typed)


@bp.post("/library/sets/<int:resource_id>/questions")
@allow(may_write_questions)
def create(resource_id: int) -> ResponseReturnValue:
    """Add the question to the set."""
    typed = _typed()
    try:
        with transaction():
            services.keep_new(_set(resource_id), typed, current_hat(), now=clock.now())
    except DomainError as refusal:
        return _refused(resource_id, None, typed, refusal)
    flash(_("The question is in the set."), "success")
    done = _draft(resource_id, None)
    if request.form.get("then") == "another":
        kind, about = typed.kind.value, typed.stimulus_id
        return redirect(url_for(".new", resource_id=resource_id, kind=kind, about=about, done=done))
    return redirect(url_for("sets.show", resource_id=resource_id, done=done))


@bp.post("/library/sets/<int:resource_id>/questions/redraw")
@allow(may_write_questions)
def redraw(resource_id: int) -> ResponseReturnValue:
    """The same fields after a button: a row more or less, another kind, a picture. No question is stored."""
    resource = _set(resource_id)
    item = _item(resource_id, request.form.get("item", type=int)) if request.form.get("item") else None
    form, refusal = with_sent(forms.changed(request.form))
    return _page(resource, item, _typed(form), refusal, seen=form.get("seen", type=int))


@bp.post("/library/sets/<int:resource_id>/questions/preview")
@allow(may_write_questions)
def preview(resource_id: int) -> ResponseReturnValue:
    """The question as a pupil gets it, and what it still lacks: a part of the editor."""
    _set(resource_id)
    typed, seed = _typed(), _seed()
    asked, places = _posed(typed, seed)
    return _preview(resource_id, typed, asked, places, response=typed_response(asked, request.form, TRY))


@bp.post("/library/sets/<int:resource_id>/questions/try")
@allow(may_write_questions)
def try_it(resource_id: int) -> ResponseReturnValue:
    """What a pupil would be told after this answer: a part of the editor. Nothing is stored."""
    _set(resource_id)
    typed, seed = _typed(), _seed()
    asked, places = _posed(typed, seed)
    if places:
        return _preview(resource_id, typed, asked, places)
    try:
        response = parse_response(asked, request.form, TRY)
    except BadResponse as refusal:
        kept = typed_response(asked, request.form, TRY)
        return _preview(resource_id, typed, asked, places, response=kept, refusal=refusal)
    judgement, feedback = mark(asked, response), misconception_of(asked, response)
    return _preview(
        resource_id, typed, asked, places, response=response, judgement=judgement, feedback=feedback
    )


@bp.post("/library/sets/<int:resource_id>/questions/draws")
@allow(may_write_questions)
def draws(resource_id: int) -> ResponseReturnValue:
    """What forty seeds draw, and which draws make no question: a part of the editor."""
    _set(resource_id)
    ready, refusal, found = finished(_typed()), None, []
    try:
        parameters = read_parameters(ready.parameters)
        found = list(samples(ready.parts(), parameters)) if ready.parameters else []
    except BadItem as wrong:
        refusal = wrong
    letters = [*ready.parameters.get("values", []), *ready.parameters.get("derived", [])]
    names = [one["name"] for one in letters]
    return render_template("library/authoring/draws.html", found=found, names=names, refusal=refusal)


@bp.get("/library/sets/<int:resource_id>/questions/<int:item_id>")
@allow(may_write_questions)
def edit(resource_id: int, item_id: int) -> ResponseReturnValue:
    """A question of the set, to change it."""
    item = _item(resource_id, item_id)
    return _page(_set(resource_id), item, _kept(item))


@bp.post("/library/sets/<int:resource_id>/questions/<int:item_id>")
@allow(may_write_questions)
def save(resource_id: int, item_id: int) -> ResponseReturnValue:
    """Keep what was changed as the next version, unless a colleague was quicker: then both stand here."""
    typed, seen = _typed(), request.form.get("seen", default=0, type=int)
    try:
        with transaction():
            saved = services.save(
                _set(resource_id),
                _item(resource_id, item_id),
                typed,
                current_hat(),
                seen=seen,
                now=clock.now(),
            )
            number, is_key_new = saved.version.number if saved.version else 0, saved.is_key_new
    except DomainError as refusal:
        return _refused(resource_id, item_id, typed, refusal, seen)
    if number:
        said = _("Saved as version %(number)s. Work that is given already keeps its wording.", number=number)
        flash(said, "success")
    else:
        flash(_("Nothing was changed, so no new version was made."), "info")
    corrected = item_id if is_key_new else None
    done = _draft(resource_id, item_id)
    return redirect(url_for("sets.show", resource_id=resource_id, done=done, corrected=corrected))


@bp.get("/library/sets/<int:resource_id>/questions/<int:item_id>/history")
@allow(may_write_questions)
def history(resource_id: int, item_id: int) -> ResponseReturnValue:
    """What the question said before, by whom it was worded so, and what changed each time."""
    resource, item = _set(resource_id), _item(resource_id, item_id)
    versions = list(
        db.session.scalars(
            select(ItemVersion).where(ItemVersion.item_id == item.id).order_by(ItemVersion.number.desc())
        )
    )
    texts = select(StimulusVersion).where(
        StimulusVersion.id.in_({one.stimulus_version_id for one in versions if one.stimulus_version_id})
    )
    about = {one.id: one.text for one in db.session.scalars(texts)}
    people = select(Person).where(Person.id.in_({one.made_by_id for one in versions if one.made_by_id}))
    return render_template(
        "library/authoring/history.html",
        resource=resource,
        item=item,
        rows=[
            (one, differences(before, one, about) if before is not None else [])
            for one, before in zip(versions, [*versions[1:], None], strict=True)
        ],
        authors={one.id: one for one in db.session.scalars(people)},
    )


@bp.post("/library/sets/<int:resource_id>/questions/<int:item_id>/restore")
@allow(may_write_questions)
def restore(resource_id: int, item_id: int) -> ResponseReturnValue:
    """Let the question say again what it said in a former version."""
    number = request.form.get("number", type=int)
    with transaction():
        item = _item(resource_id, item_id)
        version: ItemVersion = find(
            select(ItemVersion).where(ItemVersion.item_id == item.id, ItemVersion.number == number)
        )
        saved = services.restore(_set(resource_id), item, version, current_hat(), now=clock.now())
        is_key_new = saved.is_key_new
    flash(_("The question says again what it said in version %(number)s.", number=number), "success")
    corrected = item_id if is_key_new else None
    return redirect(url_for("sets.show", resource_id=resource_id, corrected=corrected))


# Parts of the above


def _set(resource_id: int) -> Resource:
    query = sets.set_of(current_hat(), resource_id).options(joinedload(Resource.subject))
    found: Resource = find(query)
    return found


def _item(resource_id: int, item_id: int | None) -> Item:
    _set(resource_id)
    found: Item = find(sets.item_of(resource_id, item_id or 0).options(joinedload(Item.current_version)))
    return found


def _fields(typed: Typed) -> dict[str, Any]:
    return {name: getattr(typed, name) for name in Typed.__dataclass_fields__}


def _kept(item: Item) -> Typed:
    version = item.current_version
    assert version is not None, "a question of a set has a wording"
    wording = (
        db.session.get_one(StimulusVersion, version.stimulus_version_id)
        if version.stimulus_version_id
        else None
    )
    points = db.session.scalars(point_ids_of(item.id)).all()
    return typed_of(version, points, wording.stimulus_id if wording else None)


def _typed(form: MultiDict[str, str] | None = None) -> Typed:
    fields = request.form if form is None else form
    return forms.read_typed(fields, pictures_in(fields))


def _seed() -> int:
    return min(max(request.form.get("seed", default=0, type=int), 0), MOST_SEED)


def _posed(typed: Typed, seed: int) -> tuple[Posed, Places]:
    """The question as it is asked, or as it stands, with what it lacks."""
    try:
        return services.posed(typed, seed), {}
    except NotFinished as refusal:
        return typed.as_it_stands(), dict(refusal.details["places"])  # type: ignore[call-overload] # made by services


def _preview(resource_id: int, typed: Typed, asked: Posed, places: Places, **said: Any) -> str:  # noqa: ANN401 -- what the template shows
    """The question to be tried, with what is *said* of an answer: response, refusal, judgement, feedback."""
    seed = _seed()
    nothing = {"response": None, "refusal": None, "judgement": None, "feedback": ""}
    return render_template(
        "library/authoring/preview.html",
        resource_id=resource_id,
        asked=asked,
        places=places,
        seed=seed,
        next_seed=(seed + 1) % MOST_SEED,
        varies=bool(finished(typed).parameters),
        prefix=TRY,
        **nothing | said,
    )


def _draft(resource_id: int, item_id: int | None) -> str:
    """Under which name the device keeps what is typed and not saved."""
    return f"question-{item_id}" if item_id else f"question-new-{resource_id}"


def _status(refusal: DomainError) -> int:
    return HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY


def _refused(
    resource_id: int, item_id: int | None, typed: Typed, refusal: DomainError, seen: int | None = None
) -> ResponseReturnValue:
    """The editor again with everything that was typed; of two versions the other one, too."""
    if isinstance(refusal, NotFound):
        raise refusal
    resource = _set(resource_id)
    item = _item(resource_id, item_id) if item_id else None
    # Who has seen the other version may save over it.
    seen = None if isinstance(refusal, QuestionChanged) else seen
    return _page(resource, item, typed, refusal, seen=seen), _status(refusal)


def _page(
    resource: Resource,
    item: Item | None,
    typed: Typed,
    refusal: DomainError | None = None,
    *,
    seen: int | None = None,
) -> str:
    points = fitting_points(resource.subject_id or 0, resource.grade_from, resource.grade_to)
    places = refusal.details.get("places", {}) if isinstance(refusal, NotFinished) else {}
    current = item.current_version if item else None
    return render_template(
        "library/authoring/edit.html",
        resource=resource,
        item=item,
        typed=typed,
        seen=seen if seen is not None else (current.number if current else 0),
        present=current if isinstance(refusal, QuestionChanged) else None,
        places=places,
        refusal=refusal,
        kinds=list(ItemKind),
        points=list(db.session.scalars(points.limit(MOST_POINTS))),
        texts=_texts(resource),
        difficulties=_difficulties(typed.difficulty),
        licence_names=[str(one.name) for one in LICENCES],
        draft=_draft(resource.id, item.id if item else None),
        token_of=token_of,
        done=request.args.get("done", "")[:40],
        redrawn_at=url_for(".redraw", resource_id=resource.id),
    )


def _texts(resource: Resource) -> list[tuple[int, str]]:
    """The texts of which a question of the set can be, each with its beginning."""
    found = db.session.scalars(
        sets.texts_of(resource.id, current_hat()).options(joinedload(Stimulus.current_version))
    )
    wordings = [(one.id, one.current_version) for one in found if one.current_version]
    return [(number, (wording.title or wording.text)[:40]) for number, wording in wordings]


def _difficulties(present: float) -> list[tuple[float, str]]:
    """The steps of difficulty, each with its middle, or with the finer figure that the question has."""
    found: list[tuple[float, str]] = []
    least = 0.0
    for most, name in DIFFICULTY_NAMES:
        is_here = least <= present <= most and not any(value == present for value, _name in found)
        found.append((present if is_here else round(most - 1 / 6, 2), str(name)))
        least = most
    return found
