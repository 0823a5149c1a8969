"""The search page."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in
from core.database import db
from core.i18n import _, localized
from library.curriculum.models import Subject
from library.marks.queries import marks_of
from library.resources.models import ResourceKind
from library.resources.words import grade_name, kind_name
from library.search import services
from library.search.current import engine
from library.search.engine import NoIndex
from library.search.forms import read_wish
from library.search.marking import parts
from library.search.services import Found
from library.search.wishes import Chip, Wish

bp = Blueprint("search", __name__)
MOST_SUGGESTED = 8
Place = dict[str, Any]


@bp.get("/library")
@allow(anyone_signed_in)
def index() -> ResponseReturnValue:
    """Find resources by words and filters; without either, the newest."""
    wish = read_wish(request.args, services.subject_names())
    found = services.find(engine(), current_hat(), wish)
    subjects = {one.code: one for one in db.session.scalars(select(Subject).order_by(Subject.position))}
    return render_template(
        "library/search/index.html",
        wish=wish,
        query=request.args.get("q", ""),
        found=found,
        state=marks_of(current_hat(), [one.id for one in found.resources]),
        chips=_chips(wish, subjects),
        facets=_facets(wish, found, subjects),
        subjects={one.id: one for one in subjects.values()},
        title_parts=lambda title: parts(title, found.words),
        next_page=_address(cursor=found.next) if found.next else None,
        by_date=_address(sort="newest", cursor=None),
        by_relevance=_address(sort=None, cursor=None),
    )


@bp.get("/library/suggestions")
@allow(anyone_signed_in)
def suggestions() -> Response:
    """Words that begin as what is being typed."""
    typed = request.args.get("q", "").split()
    try:
        words = engine().suggest(typed[-1], MOST_SUGGESTED) if typed else []
    except NoIndex:
        words = []
    before = " ".join(typed[:-1])
    return jsonify([f"{before} {word}".strip() for word in words])


def _chips(wish: Wish, subjects: Mapping[str, Subject]) -> list[Place]:
    """The filters that are on, each with the address that takes it off."""
    written = {chip.name: chip for chip in wish.chips}
    chosen = (
        ("subject", localized(subjects[wish.subject]) if wish.subject in subjects else ""),
        ("grade", grade_name(wish.grade) if wish.grade else ""),
        ("type", kind_name(wish.kind) if wish.kind else ""),
        ("language", _language_name(wish.language) if wish.language else ""),
    )
    return [{"label": label, "href": _without(name, written.get(name))} for name, label in chosen if label]


def _without(name: str, chip: Chip | None) -> str:
    """This page's address without one filter, be it chosen or written among the words."""
    changed: dict[str, Any] = {name: None, "cursor": None}
    if chip is not None:
        words = request.args.get("q", "").split()
        changed["q"] = " ".join(word for word in words if word.casefold() != chip.word.casefold()) or None
    return _address(**changed)


def _facets(wish: Wish, found: Found, subjects: Mapping[str, Subject]) -> list[dict[str, Any]]:
    """What results can be narrowed by: each value with its count, and the address that puts it on or off."""
    names_of_subjects = {code: localized(one) for code, one in subjects.items()}
    kinds = {one.value: kind_name(one) for one in ResourceKind}
    grades = {str(grade): grade_name(grade) for grade in sorted(found.grades)}
    languages = {code: _language_name(code) for code in sorted(found.languages)}
    kind_counts = {kind.value: count for kind, count in found.kinds.items()}
    grade_counts = {str(grade): count for grade, count in found.grades.items()}
    current = {
        "type": wish.kind.value if wish.kind else "",
        "subject": wish.subject,
        "grade": str(wish.grade or ""),
        "language": wish.language,
    }
    written = {chip.name: chip for chip in wish.chips}
    return [
        {"title": title, "places": _places(name, names, counts, current[name], written.get(name))}
        for name, title, names, counts in (
            ("type", _("Kind"), kinds, kind_counts),
            ("subject", _("Subject"), names_of_subjects, found.subjects),
            ("grade", _("Grade"), grades, grade_counts),
            ("language", _("Language"), languages, found.languages),
        )
    ]


def _places(
    name: str, names: Mapping[str, str], counts: Mapping[str, int], current: str, chip: Chip | None
) -> list[Place]:
    return [
        {
            "label": label,
            "count": counts.get(value, 0),
            "current": value == current,
            "href": _without(name, chip) if value == current else _address(**{name: value, "cursor": None}),
        }
        for value, label in names.items()
        if counts.get(value) or value == current
    ]


def _language_name(code: str) -> str:
    return {"zh": _("Chinese text"), "en": _("English text")}.get(code, code)


def _address(**changed: str | None) -> str:
    """This page's address with some arguments changed; None takes one out."""
    arguments: dict[str, str | None] = {**request.args.to_dict(), **changed}
    kept: dict[str, Any] = {name: value for name, value in arguments.items() if value}
    return url_for("search.index", **kept)
