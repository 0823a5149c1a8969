"""A teacher's bulk import: drafts of her school, which go up the review ladder like others."""

import io
import json

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from core.jobs import services as jobs
from library.interchange import orders
from library.interchange.models import ImportOrder, OrderProblem, OrderState
from library.resources.models import Resource, ReviewState, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_class, make_student, make_teacher
from tests.factories.library import make_resource


class School:
    """A teacher, a colleague, a pupil and an administrator of a school, and a teacher of another one."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                school_class = make_class()
                school = school_class.school
                hats = [
                    make_teacher(school_class),
                    make_teacher(school_class),
                    make_student(school_class),
                    make_administrator(school),
                    make_teacher(),
                ]
                self.id, self.teacher_id = school.id, hats[0].person_id
                make_resource("学校的", identifier="urn:t:ours", tier=Tier.SCHOOL, organisation=school)
            for hat in hats:
                db.session.refresh(hat)
            db.session.expunge_all()
        self.teacher, self.colleague, self.pupil, self.administrator, self.stranger = map(sign_in_as, hats)

    def take(self, browser: Browser, *said: dict[str, object]) -> str:
        """Send a file and carry it out; the address of its page."""
        content = "\n".join(json.dumps(one, ensure_ascii=False) for one in said).encode()
        data = {"file": (io.BytesIO(content), "课.jsonl"), "tier": "school"}
        answer = browser.post("/library/imports", data=data, content_type="multipart/form-data")
        assert answer.status_code == 302, answer.get_data(as_text=True)
        with self.app.app_context():
            jobs.run_waiting()
        browser.post(f"{answer.location}/carry-out")
        with self.app.app_context():
            jobs.run_waiting()
        return answer.location

    def order(self) -> ImportOrder:
        found = db.session.scalars(select(ImportOrder).order_by(ImportOrder.id.desc())).first()
        assert found is not None
        return found

    def resource(self, identifier: str) -> Resource:
        found = db.session.scalar(select(Resource).where(Resource.identifier == identifier))
        assert found is not None
        return found


@pytest.fixture
def school(app: Flask, sign_in_as: SignInAs) -> School:
    return School(app, sign_in_as)


def link(number: object, **more: object) -> dict[str, object]:
    there = {"identifier": f"urn:t:{number}", "kind": "link", "title": f"链接{number}"}
    return there | {"url": "https://example.org/"} | more


def test_what_a_teacher_imports_is_a_draft_in_her_name(school: School) -> None:
    assert "成为您名下的本校草稿" in school.teacher.get("/library/imports").get_data(as_text=True)
    address = school.take(school.teacher, link(1))
    with school.app.app_context():
        assert school.order().state is OrderState.DONE
        made = school.resource("urn:t:1")
        assert (made.review_state, made.tier, made.organisation_id) == (
            ReviewState.DRAFT, Tier.SCHOOL, school.id
        )  # fmt: skip
        assert made.created_by_id == school.teacher_id
        resource_id = made.id
    assert "链接1" in school.teacher.get("/library/imports").get_data(as_text=True)
    assert school.pupil.get(f"/library/{resource_id}").status_code == 404
    assert school.teacher.get(address).status_code == 200
    assert school.colleague.get(address).status_code == 404, "a teacher sees her own imports only"
    assert school.administrator.get(address).status_code == 200


def test_a_draft_that_was_imported_goes_up_the_ladder(school: School) -> None:
    school.take(school.teacher, link(1))
    with school.app.app_context():
        resource_id = school.resource("urn:t:1").id
    assert school.teacher.post(f"/library/{resource_id}/submit").status_code == 302
    with school.app.app_context():
        assert school.resource("urn:t:1").review_state is ReviewState.DRAFT
    assert school.pupil.get("/library/imports").status_code == 403


def test_her_own_draft_is_brought_up_to_date(school: School) -> None:
    school.take(school.teacher, link(1))
    school.take(school.teacher, link(1, title="更好的题目"))
    with school.app.app_context():
        assert school.order().changed == 1
        made = school.resource("urn:t:1")
        assert (made.title, made.review_state) == ("更好的题目", ReviewState.DRAFT)


def test_what_is_published_or_a_colleagues_is_not_changed(school: School) -> None:
    school.take(school.colleague, link(1))
    school.take(school.teacher, link(1, title="抢走"), link("ours", title="改掉"), link(2))
    with school.app.app_context():
        order = school.order()
        assert (order.added, order.changed, order.refused) == (1, 0, 2)
        said = db.session.scalars(select(OrderProblem.sentence).where(OrderProblem.order_id == order.id))
        assert all("已发布" in one for one in said)
        assert school.resource("urn:t:1").title == "链接1"
        assert school.resource("urn:t:ours").review_state is ReviewState.PUBLISHED


@pytest.mark.parametrize("tier", ["public", "local", "personal"])
def test_a_teacher_imports_for_her_school_only(school: School, tier: str) -> None:
    data = {"file": (io.BytesIO(b"{}"), "a.jsonl"), "tier": tier}
    answer = school.teacher.post("/library/imports", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_more_drafts_than_anybody_reads_are_refused(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "MOST_DRAFTS", 2)
    school.take(school.teacher, *(link(number) for number in range(3)))
    with school.app.app_context():
        assert school.order().state is OrderState.FAILED
        assert "2" in school.order().failure


def test_what_an_administrator_imports_is_published_as_before(school: School) -> None:
    school.take(school.administrator, link(1))
    with school.app.app_context():
        assert school.resource("urn:t:1").review_state is ReviewState.PUBLISHED
