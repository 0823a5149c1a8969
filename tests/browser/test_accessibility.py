"""Every page, as every role that may open it: nothing that axe-core finds, and no sideways scroll.

The addresses are those of the access matrix. A new page is walked as soon as the matrix knows it; a new route
that is no page fails here until ``NO_PAGES`` says why.
"""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from accounts.roster.sheets import template_csv
from core.access import allow, everyone
from core.database import transaction
from library.search.current import engine
from library.search.services import rebuild_index
from tests.browser.accessibility import assert_accessible, assert_fits, too_wide, violations_of
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, Site
from tests.browser.sights import Sights, make_sights
from tests.browsers import browser_with
from tests.integration.access.matrix import MATRIX
from tests.integration.access.people import Actor, Place
from tests.integration.access.world import World, make_world

pytestmark = pytest.mark.browser

MOST_VIEWS = 2
"""A page is looked at as the first and the last of those who may open it: the others see what is between."""
WALKERS = (Actor.NOBODY, Actor.STUDENT, Actor.GUARDIAN, Actor.TEACHER, Actor.SCHOOL, Actor.CITY)
"""One of each role; what they do not reach, nobody else does."""
NO_PAGES = {
    "annotations.drawing": "a picture",
    "annotations.sound": "a sound",
    "redpen.drawing": "a picture",
    "redpen.sound": "a sound",
    "assembly.form": "the part of a plan's page that asks what to draw; test_editor.py looks at it there",
    "assembly.points": "the part of that form that offers knowledge points",
    "assembly.show": "the part of a plan's page that shows a draw; test_editor.py looks at it there",
    "assembly.untaught": "the part of a set's page that tells what a class was not taught",
    "asset": "a file",
    "banks.file": "a file",
    "banks.of_resource": "the part of a resource's page that leads to the files of its questions",
    "channels.report": "a CSV file",
    "collections.count": "the number of a kept search's results",
    "documents.file": "a file",
    "documents.page": "a picture",
    "documents.picture": "a picture",
    "documents.sound": "a recording",
    "documents.state": "the part of a form that tells how far the file is read",
    "documents.video": "a video",
    "exchange.origin": "the part of a resource's page that says from which library it came",
    "exchange.state": "the part of a source's page that tells how far it is read",
    "exports.file": "a file",
    "exports.left_out": "a file",
    "home.background": "the part of a home that tells what is loading",
    "imports.problems": "a CSV file",
    "imports.template": "a file",
    "indicators.download": "a CSV file",
    "indicators.download_rows": "a CSV file",
    "intake.blank": "a file",
    "intake.report": "a CSV file",
    "intake.state": "the part of an import's page that tells how far it is read",
    "lessons.captions": "WebVTT",
    "lessons.chapters": "WebVTT",
    "lessons.of_resource": "leads to the lesson of a resource",
    "lessons.state": "the part of a lesson's page that tells how far its video is",
    "marks.of_resource": "the part of a resource's page that keeps it",
    "media.file": "a file",
    "media.received": "JSON for an upload",
    "merges.preview": "asks for two points that fit; test_library_pages.py looks at it",
    "corrections.picture": "a picture",
    "corrections.recording": "a recording",
    "corrections.state": "the part of a returned work's page that leads to its corrections",
    "corrections.thumbnail": "a picture",
    "notices.mine": "the part of a home that tells what was withdrawn",
    "ledger.download": "a CSV file",
    "ledger.told": "the part of a home that tells of homework over the limit",
    "marking.returning": "the part of the marking page that gives work back",
    "returns.index": "a part of the pages from which work goes back",
    "returns.one": "a part of the page of returned work",
    "marklists.download": "a CSV file",
    "marklists.print_out": "a PDF file",
    "oai.answer": "XML for other libraries",
    "oai.schema": "an XML schema",
    "openapi_document": "JSON",
    "package_results.mine": "the part of a package's page that says what it reported",
    "packages.of_resource": "the part of a resource's page that shows its files",
    "packages.report": "a CSV file",
    "packages.state": "the part of an import's page that tells how far it is",
    "players.begin": "leads to where a package is played",
    "players.file": "a file of a package",
    "players.page": "a package in its sandbox, of which test_players.py looks at the page around",
    "planning.pupils": "the part of a form that offers pupils; test_assigning.py looks at it there",
    "planning.questions": "the part of a form that finds questions; test_assigning.py looks at it there",
    "playback.question": "the part of a lesson's page that asks; test_player.py looks at it there",
    "privacy.index": "leads to one's own page, or to that of the only child",
    "progress.mine": "leads to one's own page",
    "recommendations.next_up": "the part of a page that suggests",
    "regrades.of_item": "the part of the editor that tells what work asks the question",
    "reports.download_class": "a CSV file",
    "reports.download_pupil": "a CSV file",
    "reports.download_work": "a CSV file",
    "reports.index": "leads to a report",
    "reports.print_class": "a PDF file",
    "reports.print_pupil": "a PDF file",
    "reports.print_work": "a PDF file",
    "resources.facts": "the part of a resource's page that says where it belongs",
    "resources.places": "the part of a form that offers books, units and points",
    "review.standing": "the part of a resource's page that says where it stands on the ladder",
    "roster.template": "a file",
    "sets.same": "the part of a set's page that tells what is said twice",
    "search.suggestions": "the part of the search box that completes",
    "sheets.download": "a PDF file",
    "sending.show": "a picture or a recording",
    "sending.thumbnail": "a picture",
    "showcase.robots": "a file for robots",
    "showcase.share": "the part of a resource's page that leads to its public page",
    "showcase.sitemap": "XML for robots",
    "showcase.sitemap_index": "XML for robots",
    "status.healthz": "JSON",
    "status.readyz": "JSON",
    "submissions.picture": "a picture",
    "submissions.thumbnail": "a picture",
    "submissions.recording": "a sound",
    "tray.count": "the number on the tray",
    "trust.here": "the part of a resource's page that says why it can be trusted",
}
"""Routes that answer something else than a page, each with what it is."""
LEAD_OTHERS_ON = {"sign_in.show": {Actor.NOBODY}}
"""Pages that only these see: whoever is signed in is led on to a home."""
SETTLED = """() => !document.querySelector('.htmx-request, [data-math]:not([data-math=done])')"""


def pages(app: Flask) -> set[str]:
    """The endpoints of all pages."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    } - NO_PAGES.keys()


def pages_of(app: Flask, actor: Actor) -> list[tuple[str, Place]]:
    """What *actor* looks at, each with the nearest place whose thing it may be about."""
    return [
        (endpoint, nearest)
        for endpoint in sorted(pages(app))
        if (nearest := nearest_of(endpoint, actor)) is not None and actor in viewers_of(endpoint)
    ]


def viewers_of(endpoint: str) -> list[Actor]:
    """Who looks at a page: a home is another one for each role, the other pages are much the same."""
    able = [
        actor
        for actor in WALKERS
        if nearest_of(endpoint, actor) is not None and actor in LEAD_OTHERS_ON.get(endpoint, WALKERS)
    ]
    return able if endpoint == "home.index" or len(able) <= MOST_VIEWS else [able[0], able[-1]]


def nearest_of(endpoint: str, actor: Actor) -> Place | None:
    """The nearest place about whose thing *actor* may open the page."""
    reach = MATRIX[f"GET {endpoint}"].reach
    return next((place for place in Place if actor in reach[place]), None)


@pytest.fixture
def world(site: Site) -> World:
    with site.app.app_context(), transaction():
        return make_world()


@pytest.fixture
def sights(site: Site, world: World) -> Sights:
    with site.app.app_context():
        with transaction():
            made = make_sights(world)
        rebuild_index(engine(), lambda _done, _total: None)
    return made


def test_every_page_is_walked(pristine: Flask) -> None:
    walked = {endpoint for actor in WALKERS for endpoint, _place in pages_of(pristine, actor)}
    assert pages(pristine) - walked == set()


def test_no_exception_is_about_a_route_that_is_gone(pristine: Flask) -> None:
    assert NO_PAGES.keys() - {rule.endpoint for rule in pristine.url_map.iter_rules()} == set()


@pytest.mark.parametrize("actor", WALKERS)
def test_every_page_is_accessible_in_both_themes_and_fits(
    site: Site, world: World, sights: Sights, open_page: OpenPage, actor: Actor
) -> None:
    page = open_page(PHONE)
    enter(site, page, world.tokens.get(actor, ""))
    found = [
        f"{address}: {problem}"
        for address in addresses(site.app, world, sights, actor)
        for problem in problems_of(page, address)
    ]
    assert not found, "\n".join(found)


def enter(site: Site, page: Page, token: str) -> None:
    """Let the page's browser carry the session of *token*."""
    name = site.app.config["SESSION_COOKIE_NAME"]
    cookie = browser_with(site.app, token).get_cookie(name) if token else None
    if cookie is not None:
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": site.url}])


def addresses(app: Flask, world: World, sights: Sights, actor: Actor) -> Iterator[str]:
    """Each page once, then what else there is to see."""
    adapter = app.url_map.bind("localhost")
    for endpoint, place in pages_of(app, actor):
        expected, corner = MATRIX[f"GET {endpoint}"], world.corners[place]
        query = urlencode(expected.sends(corner).get("query_string", {}))
        address = adapter.build(endpoint, dict(expected.at(corner)), method="GET")
        yield f"{address}?{query}" if query else address
    yield from sights.by_actor.get(actor, [])


def problems_of(page: Page, address: str, status: int = HTTPStatus.OK) -> Iterator[str]:
    """What is wrong with the page at *address*, on a phone and on a desk."""
    page.set_viewport_size(PHONE)
    answer = page.goto(address)
    assert answer is not None
    if answer.status != status or "text/html" not in answer.headers["content-type"]:
        yield f"is no page: {answer.status} {answer.headers['content-type']}"
        return
    if urlsplit(page.url).path != urlsplit(address).path:
        yield f"leads on to {page.url}"
    if not page.locator("main").count():
        yield "is a part of a page only: NO_PAGES should say so"
        return
    page.wait_for_function(SETTLED)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        yield from violations_of(page)
        if wide := too_wide(page):
            yield wide


def test_pages_that_refuse_are_accessible_and_fit(
    site: Site, world: World, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(site.app.view_functions, "account.show", allow(everyone)(fail))
    page = open_page(PHONE)
    nobody = list(problems_of(page, "/nowhere", HTTPStatus.NOT_FOUND))
    enter(site, page, world.tokens[Actor.STUDENT])
    refused = {
        "/nowhere": HTTPStatus.NOT_FOUND,
        "/roster": HTTPStatus.FORBIDDEN,
        "/account": HTTPStatus.INTERNAL_SERVER_ERROR,
    }
    found = [
        f"{at}: {problem}" for at, status in refused.items() for problem in problems_of(page, at, status)
    ]
    assert nobody + found == []


def fail() -> str:
    """A fault of ours."""
    raise RuntimeError


def test_pages_behind_forms_are_accessible_and_fit(
    site: Site, world: World, open_page: OpenPage, tmp_path: Path
) -> None:
    """A refused sign-in and password, an answered exercise, a roster on its way, a record and its reason."""
    page = open_page(PHONE)
    corner = world.corners[Place.OWN]

    def send(button: str) -> None:
        page.get_by_role("main").get_by_role("button", name=button).first.click()

    def look(shown: str) -> None:
        expect(page.locator(shown).first).to_be_visible()
        page.wait_for_function(SETTLED)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert_accessible(page)
            assert_fits(page)

    page.goto("/sign-in")
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("wrong password")
    send("登录")
    look("main .alert, main .field-error")

    enter(site, page, world.tokens[Actor.STUDENT])
    page.goto("/account/password")
    for field in ("present", "new", "again"):
        page.locator(f"[name={field}]").fill("three green lamps")
    page.locator("main form button[type=submit]").first.click()
    look("main .field-error, main .alert")
    page.goto(f"/practice/{corner.exercise_id}")
    page.locator("input[value=A]").check()
    send("作答")
    look(".is-review")

    enter(site, page, world.tokens[Actor.SCHOOL])
    wrong, right = tmp_path / "wrong.csv", tmp_path / "right.csv"
    wrong.write_text("role,username,name\nteacher,,\n")
    right.write_bytes(template_csv())
    for file, shown in ((wrong, "#problems"), (right, "#confirm")):
        page.goto("/roster")
        page.locator("input[type=file]").set_input_files(file)
        send("查看变化")
        look(shown)
    send("导入")
    page.wait_for_url("**/roster/import")
    look("main")
    page.goto(f"/students/{corner.student_id}")
    page.locator("[name=reason]").fill("家长来访")
    page.locator("main form button[type=submit]").first.click()
    look("main .mastery, main .panel")
