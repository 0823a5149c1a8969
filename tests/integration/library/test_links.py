"""What the nightly round found is kept, shown to those who answer for it, and told on the page."""

from datetime import timedelta

from flask import Flask

from core.database import db, transaction
from library.links import queries, services
from library.links.asking import Problem
from library.links.models import LinkCheck, LinkState
from library.resources.models import ResourceBody, ResourceKind, ReviewState
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_administrator, make_city, make_student
from tests.factories.library import make_resource

DAY = timedelta(days=1)
URL = "https://example.org/lesson"


def make_link(url: str = URL, **columns: object) -> int:
    return make_resource("外部链接", kind=ResourceKind.LINK, url=url, **columns).id


def fail(resource_id: int, days: int) -> None:
    for number in range(days):
        with transaction():
            services.take({resource_id: (URL, Problem.NOT_THERE)}, now=MONDAY + number * DAY)


def test_a_link_that_fails_on_three_days_is_dead_and_one_answer_revives_it(context: Flask) -> None:
    with transaction():
        number = make_link()
    fail(number, 3)
    assert db.session.get_one(LinkCheck, number).state is LinkState.DEAD
    with transaction():
        services.take({number: (URL, None)}, now=MONDAY + 9 * DAY)
    check = db.session.get_one(LinkCheck, number)
    assert (check.state, check.failures, check.problem) == (LinkState.ALIVE, 0, "")


def test_another_address_starts_anew(context: Flask) -> None:
    with transaction():
        number = make_link()
    fail(number, 3)
    with transaction():
        services.take({number: (f"{URL}/2", Problem.NOT_THERE)}, now=MONDAY + 4 * DAY)
    assert db.session.get_one(LinkCheck, number).state is LinkState.SUSPECT


def test_links_are_asked_once_a_week_and_suspect_ones_the_next_day(context: Flask) -> None:
    with transaction():
        new, fresh, old, suspect, changed = (make_link() for _number in range(5))
        make_link(review_state=ReviewState.DRAFT)
        make_resource(body="没有链接")
    with transaction():
        services.take({fresh: (URL, None), changed: (URL, None)}, now=MONDAY)
        services.take({old: (URL, None)}, now=MONDAY - 8 * DAY)
        services.take({suspect: (URL, Problem.NO_ANSWER)}, now=MONDAY - DAY)
        db.session.get_one(ResourceBody, changed).url = f"{URL}/new"

    asked = db.session.execute(queries.to_ask(MONDAY - 7 * DAY, MONDAY - timedelta(hours=20))).all()

    assert [number for number, _url in asked] == [new, old, suspect, changed]


def test_the_office_sees_the_list_and_readers_the_word(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            office, pupil = make_administrator(make_city()), make_student()
            dead, alive = make_link(), make_resource("好的链接", kind=ResourceKind.LINK, url=f"{URL}/ok").id
        fail(dead, 3)
        with transaction():
            services.take({alive: (f"{URL}/ok", None)}, now=MONDAY)
        for hat in (office, pupil):
            db.session.refresh(hat)

    page = sign_in_as(office).get("/library/links").get_data(as_text=True)
    assert "外部链接" in page
    assert "好的链接" not in page
    reader = sign_in_as(pupil)
    assert "alert-warning" in reader.get(f"/library/{dead}/trust").get_data(as_text=True)
    assert "alert-warning" not in reader.get(f"/library/{alive}/trust").get_data(as_text=True)
