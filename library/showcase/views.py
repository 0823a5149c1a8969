"""Pages that anyone may read: the same for whoever asks, without a session, kept by caches for a while."""

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from itertools import islice

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from segno import make as make_code

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find, whoever
from core.database import db
from core.errors import NotFound
from core.i18n import DEFAULT_LANGUAGE, LANGUAGES, _
from library.resources import queries as resources
from library.resources.accessibility import feature_name
from library.resources.licences import licence_of, may_be_exported
from library.resources.models import Resource, ReviewState, Tier
from library.resources.sheets import sheet_of
from library.resources.words import difficulty_name, end_user_name
from library.showcase import queries, sitemaps
from library.showcase.addresses import public_name, public_name_of
from library.showcase.description import Place, described
from library.showcase.errors import DoorClosed

bp = Blueprint("showcase", __name__)

PAGE_SECONDS = 600
SITEMAP_SECONDS = 3600
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Without a nonce: a page that caches keep cannot carry one."""
ROWS_AT_ONCE = 1_000


@bp.get("/r/<name>")
@allow(whoever)
def show(name: str) -> ResponseReturnValue:
    """A public resource, under its identifier; under its number it leads there."""
    _require_open_door()
    resource = db.session.scalars(queries.named(name).limit(1)).first() if name.isprintable() else None
    if resource is None:
        raise NotFound
    if (own := public_name_of(resource)) != name:
        return redirect(
            url_for(".show", name=own, lang=request.args.get("lang")), HTTPStatus.MOVED_PERMANENTLY
        )
    language = _language()
    with force_locale(language):
        is_gone = resource.review_state is ReviewState.WITHDRAWN
        response = Response(_gone(resource, language) if is_gone else _page(resource, language))
    if is_gone:
        response.status_code = HTTPStatus.GONE
    response.add_etag(weak=True)  # of the whole text: names of points and books count as well
    response.content_language = language.replace("_", "-")
    response.vary.add("Accept-Language")
    response.headers["Content-Security-Policy"] = POLICY
    return _kept(response).make_conditional(request)


def _page(resource: Resource, language: str) -> str:
    # It is kept on the way and given to others: nothing in it may be one person's.
    g.is_for_everybody = True
    body = db.session.scalar(resources.body_of(resource.id))
    points = list(db.session.scalars(resources.points_of(resource.id)))
    row = db.session.execute(resources.place_of(resource)).first()
    place = Place(*row) if row else None
    address = _address(resource)
    is_whole = may_be_exported(resource)
    return render_template(
        "library/showcase/show.html",
        resource=resource,
        sheet=sheet_of(resource.kind, body.text if body else "") if is_whole else None,
        url=body.url if body else "",
        questions=list(db.session.scalars(resources.items_of_resource(resource.id))) if is_whole else [],
        is_whole=is_whole,
        licence=licence_of(resource.licence),
        facts=_facts(resource),
        points=points,
        place=place,
        address=address,
        code=make_code(address, micro=False).svg_inline(
            border=2, svgclass="qr", lineclass=None, omitsize=True
        ),
        described=described(resource, points, place, url=address),
        **_languages(resource, language),
    )


def _gone(resource: Resource, language: str) -> str:
    return render_template(
        "library/showcase/gone.html",
        resource=resource,
        address=_address(resource),
        **_languages(resource, language),
    )


def _facts(resource: Resource) -> dict[str, str]:
    return {
        "difficulty": difficulty_name(resource.difficulty),
        "end_user": end_user_name(resource.end_user),
        "accessibility": _(", ").join(feature_name(one) for one in resource.accessibility),
    }


def _languages(resource: Resource, language: str) -> dict[str, object]:
    """The languages that the page can be read in, with their addresses."""
    name = public_name_of(resource)
    return {
        "language": language,
        "other_languages": [
            (code.replace("_", "-"), label, url_for(".show", name=name, lang=code))
            for code, label in LANGUAGES.items()
            if code != language
        ],
    }


def _language() -> str:
    """The language that the address asks for, else the device's: no cookie is read."""
    asked = request.args.get("lang", "").replace("-", "_")
    if asked in LANGUAGES:
        return asked
    return "en" if request.accept_languages.best_match(["zh-CN", "zh", "en"]) == "en" else DEFAULT_LANGUAGE


def _address(resource: Resource) -> str:
    return url_for("showcase.show", name=public_name_of(resource), _external=True)


def _require_open_door() -> None:
    if not current_app.config["PUBLIC_LIBRARY"]:
        raise DoorClosed


def _kept(response: Response, seconds: int = PAGE_SECONDS) -> Response:
    """*response*, which caches may keep for *seconds*."""
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    return response


# For search engines


@bp.get("/sitemap.xml")
@allow(whoever)
def sitemap_index() -> ResponseReturnValue:
    """The index of the sitemaps."""
    _require_open_door()
    files = [
        (url_for(".sitemap", number=number, _external=True), changed)
        for number, changed in db.session.execute(queries.sitemap_files())
    ]
    return _kept(Response(sitemaps.index(files), mimetype="application/xml"), SITEMAP_SECONDS)


@bp.get("/sitemaps/<int:number>.xml")
@allow(whoever)
def sitemap(number: int) -> ResponseReturnValue:
    """One sitemap, sent row by row."""
    _require_open_door()
    if db.session.execute(queries.in_sitemap(number).limit(1)).first() is None:
        raise NotFound
    place = url_for(".show", name="_", _external=True).removesuffix("_")  # public names need no escaping
    lines = sitemaps.sitemap(
        (place + public_name(identifier, resource_id), changed)
        for resource_id, identifier, changed in _rows_of_sitemap(number)
    )
    response = Response(stream_with_context(_in_portions(lines)), mimetype="application/xml")
    return _kept(response, SITEMAP_SECONDS)


def _rows_of_sitemap(number: int) -> Iterator[tuple[int, str, datetime]]:
    """The rows in portions by key: no cursor stays open while a slow reader reads."""
    after = 0
    while True:
        rows = db.session.execute(queries.in_sitemap(number, after).limit(ROWS_AT_ONCE)).all()
        db.session.rollback()
        if not rows:
            return
        yield from ((row.id, row.identifier, row.updated_at) for row in rows)
        after = rows[-1].id


def _in_portions(lines: Iterator[str]) -> Iterator[str]:
    try:
        while portion := "".join(islice(lines, ROWS_AT_ONCE)):
            yield portion
    finally:
        db.session.remove()


@bp.get("/robots.txt")
@allow(whoever)
def robots() -> ResponseReturnValue:
    """What robots may read: public pages and what they are made of; the rest asks to sign in anyway."""
    if not current_app.config["PUBLIC_LIBRARY"]:
        text = "User-agent: *\nDisallow: /\n"
    else:
        map_address = url_for(".sitemap_index", _external=True)
        doors = "Allow: /r/\nAllow: /static/\nAllow: /sitemap\n"
        text = f"User-agent: *\n{doors}Disallow: /\n\nSitemap: {map_address}\n"
    return _kept(Response(text, mimetype="text/plain"), SITEMAP_SECONDS)


# For those who are signed in


@bp.get("/library/<int:resource_id>/share")
@allow(anyone_signed_in)
def share(resource_id: int) -> ResponseReturnValue:
    """The way from a resource's page to its public one, where it has one."""
    resource: Resource = find(resources.openable_by(current_hat()).where(Resource.id == resource_id))
    is_shown = resource.tier is Tier.PUBLIC and resource.review_state is ReviewState.PUBLISHED
    if not (is_shown and current_app.config["PUBLIC_LIBRARY"]):
        return ""
    return render_template("library/showcase/share.html", name=public_name_of(resource))
