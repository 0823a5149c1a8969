"""The editor of a text that several questions are about."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import Conflict, DomainError, NotFound
from core.i18n import _
from library.authoring import forms
from library.authoring.errors import BadPart, NotFinished
from library.authoring.pictures import is_sent, pictures_in, token_of, with_sent
from library.authoring.policy import may_write_questions
from library.items.drawings import recorded_pictures
from library.items.errors import PictureLost
from library.items.models import Item, Stimulus, StimulusVersion
from library.items.records import StimulusRecord
from library.passages import queries, services
from library.passages.errors import TextChanged
from library.resources.models import Resource
from library.sets import queries as sets

bp = Blueprint("passages", __name__)

LONGEST = 100_000
Form = MultiDict[str, str]


@bp.get("/library/sets/<int:resource_id>/texts/new")
@allow(may_write_questions)
def new(resource_id: int) -> ResponseReturnValue:
    """An empty text."""
    return _page(_set(resource_id), None, {"title": "", "text": "", "pictures": []})


@bp.post("/library/sets/<int:resource_id>/texts")
@allow(may_write_questions)
def create(resource_id: int) -> ResponseReturnValue:
    """Keep the text; its first question comes next."""
    if _is_only_changed():
        return _redrawn(_set(resource_id), None)
    typed = _typed(request.form)
    try:
        record = _record(typed, f"text-{uuid4()}")
        with transaction():
            made = services.keep_new(_set(resource_id), record, current_hat(), now=clock.now())
            stimulus_id = made.id
    except DomainError as refusal:
        return _page(_set(resource_id), None, typed, refusal), _status(refusal)
    flash(_("The text is kept. Now write its first question."), "success")
    return redirect(url_for("authoring.new", resource_id=resource_id, about=stimulus_id))


@bp.get("/library/sets/<int:resource_id>/texts/<int:stimulus_id>")
@allow(may_write_questions)
def edit(resource_id: int, stimulus_id: int) -> ResponseReturnValue:
    """A text of the set, to change it for all its questions."""
    stimulus = _text(resource_id, stimulus_id)
    wording = db.session.get_one(StimulusVersion, stimulus.current_version_id)
    typed = {"title": wording.title, "text": wording.text, "pictures": list(wording.pictures)}
    return _page(_set(resource_id), stimulus, typed)


@bp.post("/library/sets/<int:resource_id>/texts/<int:stimulus_id>")
@allow(may_write_questions)
def save(resource_id: int, stimulus_id: int) -> ResponseReturnValue:
    """Let the text say something else: each of its questions gets a new version."""
    if _is_only_changed():
        return _redrawn(_set(resource_id), _text(resource_id, stimulus_id))
    typed, seen = _typed(request.form), request.form.get("seen", default=0, type=int)
    try:
        record = _record(typed, _text(resource_id, stimulus_id).identifier)
        with transaction():
            changed = services.save(
                _set(resource_id),
                _text(resource_id, stimulus_id),
                record,
                current_hat(),
                seen=seen,
                now=clock.now(),
            )
    except NotFound:
        raise
    except DomainError as refusal:
        stimulus = _text(resource_id, stimulus_id)
        return _page(_set(resource_id), stimulus, typed, refusal, seen), _status(refusal)
    flash(_("The text is saved. Questions that got a new version: %(count)s.", count=changed), "success")
    return redirect(url_for("sets.show", resource_id=resource_id))


def _set(resource_id: int) -> Resource:
    query = sets.set_of(current_hat(), resource_id).options(joinedload(Resource.subject))
    found: Resource = find(query)
    return found


def _text(resource_id: int, stimulus_id: int) -> Stimulus:
    _set(resource_id)
    found: Stimulus = find(sets.texts_of(resource_id, current_hat()).where(Stimulus.id == stimulus_id))
    return found


def _is_only_changed() -> bool:
    """Whether a button changed the fields, or a picture was sent: nothing is kept then."""
    return bool(request.form.get("deed")) or is_sent()


def _typed(form: Form) -> dict[str, Any]:
    return {
        "title": form.get("title", "")[:300].strip(),
        "text": form.get("prompt", "")[:LONGEST].replace("\r\n", "\n"),
        "pictures": pictures_in(form),
    }


def _record(typed: dict[str, Any], identifier: str) -> StimulusRecord:
    """The record of a text.

    Raises:
        NotFinished: it is empty, or a picture is not described.
    """
    if not typed["text"].strip():
        raise NotFinished(places={"prompt": [_("Write the text first.")]})
    if any(not one["alt"] for one in typed["pictures"]):
        sentence = _("Describe every picture in words, for pupils who do not see it.")
        raise NotFinished(places={"pictures": [sentence]})
    try:
        return StimulusRecord.model_validate(
            {
                "identifier": identifier,
                "title": typed["title"],
                "text": typed["text"].strip(),
                "pictures": recorded_pictures(typed["pictures"]),
            }
        )
    except PictureLost as wrong:
        raise NotFinished(places={"pictures": [str(wrong)]}) from wrong
    except ValidationError as wrong:
        reason = wrong.errors(include_url=False, include_context=False)[0]["msg"]
        raise NotFinished(places={"prompt": [str(BadPart(reason=reason))]}) from wrong


def _address(resource: Resource, stimulus: Stimulus | None) -> str:
    if stimulus is None:
        return url_for(".create", resource_id=resource.id)
    return url_for(".save", resource_id=resource.id, stimulus_id=stimulus.id)


def _status(refusal: DomainError) -> int:
    return HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY


def _redrawn(resource: Resource, stimulus: Stimulus | None) -> ResponseReturnValue:
    form, refusal = with_sent(forms.changed(request.form))
    return _page(resource, stimulus, _typed(form), refusal, form.get("seen", type=int))


def _page(
    resource: Resource,
    stimulus: Stimulus | None,
    typed: dict[str, Any],
    refusal: DomainError | None = None,
    seen: int | None = None,
) -> str:
    current = db.session.get(StimulusVersion, stimulus.current_version_id) if stimulus else None
    about = queries.items_about(stimulus.id).options(joinedload(Item.current_version)) if stimulus else None
    is_other = isinstance(refusal, TextChanged)
    return render_template(
        "library/passages/edit.html",
        resource=resource,
        stimulus=stimulus,
        typed=typed,
        seen=seen if seen is not None and not is_other else (current.number if current else 0),
        present=current if is_other else None,
        questions=[] if about is None else list(db.session.scalars(about)),
        places=refusal.details.get("places", {}) if isinstance(refusal, NotFinished) else {},
        refusal=refusal,
        draft=f"text-{stimulus.id}" if stimulus else f"text-new-{resource.id}",
        token_of=token_of,
        redrawn_at=_address(resource, stimulus),
    )
