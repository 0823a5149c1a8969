"""The ways to draw and speak on photographs, and to see and hear it: of hand-ins as of corrections."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, Select

from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.downloads import private_file
from core.errors import NotFound
from homework.annotations import forms, pages, policy, services
from homework.annotations.models import Note
from homework.annotations.sheets import Sheet
from library.media.sounds import SPEECH_TYPE


@dataclass(frozen=True, slots=True)
class Photographs:
    """Photographs of one kind: where they are found, and for whom."""

    annotated: Callable[[Hat, int], Select[*tuple[Any, ...]]]
    """The photograph, if the hat may annotate it, with what it belongs to."""
    desk: Callable[[Row[*tuple[Any, ...]]], pages.Desk]
    """How such a row lies on the desk."""
    sheet: Callable[[int], Sheet]
    shown: Callable[[Hat, int], Select[pages.Photograph]]
    """The photograph, if the hat may see what is drawn on it."""
    heard: Callable[[Hat, int], Select[Note]]
    """The spoken comment, if the hat may hear it."""


def edit_url(page_id: int) -> str:
    """Where a photograph of the kind that the request is about is annotated."""
    return url_for(".edit", page_id=page_id)


def add_routes(bp: Blueprint, prefix: str, photographs: Photographs) -> None:
    """Let *bp* answer below *prefix* for photographs of one kind."""

    def found(page_id: int) -> Row[*tuple[Any, ...]]:
        row = db.session.execute(photographs.annotated(current_hat(), page_id)).one_or_none()
        if row is None:
            raise NotFound
        return row

    @bp.get(f"{prefix}/pages/<int:page_id>/annotate")
    @allow(policy.may_annotate)
    def edit(page_id: int) -> ResponseReturnValue:
        """A photograph to draw on."""
        desk = photographs.desk(found(page_id))
        return pages.desk_page(desk, photographs.sheet(page_id), _sound_url)

    @bp.post(f"{prefix}/pages/<int:page_id>/annotate")
    @allow(policy.may_annotate)
    def write(page_id: int) -> ResponseReturnValue:
        """Take what was drawn since; the answer is the page as it is now, with what others drew."""
        changes = forms.read_changes(request.get_json(silent=True))
        with transaction():
            found(page_id)
            services.annotate(photographs.sheet(page_id), current_hat(), changes, now=clock.now())
        return {"notes": pages.told(photographs.sheet(page_id), _sound_url)}

    @bp.post(f"{prefix}/pages/<int:page_id>/voice")
    @allow(policy.may_annotate)
    def speak(page_id: int) -> ResponseReturnValue:
        """Take a spoken comment."""
        found(page_id)
        said = forms.read_said(request.form, request.files)
        with transaction():
            found(page_id)
            services.speak(photographs.sheet(page_id), current_hat(), said, now=clock.now())
        return {"notes": pages.told(photographs.sheet(page_id), _sound_url)}

    @bp.get(f"{prefix}/pages/<int:page_id>/annotations.svg")
    @allow(policy.may_look)
    def drawing(page_id: int) -> Response:
        """What is drawn on a photograph, to be laid over it."""
        photo: pages.Photograph = find(photographs.shown(current_hat(), page_id))
        return pages.drawing(photographs.sheet(page_id), photo)

    @bp.get(f"{prefix}/annotations/<int:note_id>/sound")
    @allow(policy.may_look)
    def sound(note_id: int) -> Response:
        """A spoken comment, whole or in part (Range)."""
        note: Note = find(photographs.heard(current_hat(), note_id))
        assert note.sound_sha256 is not None
        return private_file(note.sound_sha256, SPEECH_TYPE)


def _sound_url(note_id: int) -> str:
    return url_for(".sound", note_id=note_id)
