"""Readers report what is wrong, those who answer for it mend it, and the reader hears of it."""

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from library.faults.models import FaultReport, FaultState
from library.resources.models import Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_class, make_student, make_teacher
from tests.factories.library import make_resource


class Readers:
    """A pupil who reads, the teacher who wrote it, a colleague, the office, and a stranger."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        with app.app_context():
            with transaction():
                school_class = make_class()
                hats = [
                    make_student(school_class),
                    make_teacher(school_class),
                    make_teacher(school_class),
                    make_administrator(school_class.school),
                    make_student(),
                ]
                self.resource_id = make_resource(
                    "移项", tier=Tier.SCHOOL, organisation=school_class.school, created_by=hats[1].person
                ).id
            for hat in hats:
                db.session.refresh(hat)
        self.pupil, self.author, self.colleague, self.office, self.stranger = map(sign_in_as, hats)

    def tell(self, who: Browser, **more: str) -> int:
        given = {"kind": "wrong_answer", "text": "第3题的答案应该是12"} | more
        return who.post(f"/library/{self.resource_id}/faults/new", data=given).status_code


@pytest.fixture
def readers(app: Flask, sign_in_as: SignInAs) -> Readers:
    return Readers(app, sign_in_as)


def reports(app: Flask) -> list[FaultReport]:
    with app.app_context():
        return list(db.session.scalars(select(FaultReport).order_by(FaultReport.id)))


def test_a_report_reaches_the_author_and_its_answer_the_reader(app: Flask, readers: Readers) -> None:
    assert readers.tell(readers.pupil) == 302
    for mender in (readers.author, readers.office):
        page = mender.get("/library/faults").get_data(as_text=True)
        assert "第3题的答案应该是12" in page
        assert "陈小雨" not in page
    assert "第3题" not in readers.colleague.get("/library/faults").get_data(as_text=True)
    number = reports(app)[0].id

    answer = readers.author.post(
        f"/library/faults/{number}",
        data={f"report-{number}-state": "mended", f"report-{number}-answer": "已改正,谢谢"},
    )

    assert answer.status_code == 302
    for page in (f"/library/{readers.resource_id}/trust", "/library/faults/mine"):
        assert "已改正" in readers.pupil.get(page).get_data(as_text=True)
    assert "第3题" not in readers.author.get("/library/faults").get_data(as_text=True)
    assert "第3题" in readers.author.get("/library/faults?all=1").get_data(as_text=True)


def test_telling_the_same_again_changes_the_report_and_opens_it_again(app: Flask, readers: Readers) -> None:
    readers.tell(readers.pupil)
    number = reports(app)[0].id
    said = {f"report-{number}-state": "no_fault", f"report-{number}-answer": "答案没有错"}
    readers.author.post(f"/library/faults/{number}", data=said)

    readers.tell(readers.pupil, text="是第4题")
    readers.tell(readers.pupil, kind="typo", text="还有一个错字")

    first, second = reports(app)
    assert (first.text, first.state, first.answer) == ("是第4题", FaultState.OPEN, "")
    assert second.text == "还有一个错字"


@pytest.mark.parametrize("number", ["13812345678", "138-1234-5678", "11010519491231002X"])
def test_a_phone_or_card_number_is_not_sent(app: Flask, readers: Readers, number: str) -> None:
    answer = readers.pupil.post(
        f"/library/{readers.resource_id}/faults/new",
        data={"kind": "typo", "text": f"请联系我 {number}"},
        headers={"Accept-Language": "en"},
    )

    assert answer.status_code == 422
    assert reports(app) == []
    # What was typed is still there, to be corrected.
    assert number in answer.get_data(as_text=True)


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"kind": "nonsense"}, {"text": " "}, {"text": "x" * 1001}])
def test_a_report_says_what_and_where(app: Flask, readers: Readers, wrong: dict[str, str]) -> None:
    assert readers.tell(readers.pupil, **wrong) == 422
    assert reports(app) == []


def test_reporting_without_end_is_slowed_down(app: Flask, readers: Readers) -> None:
    with app.app_context(), transaction():
        others = [make_resource().id for _number in range(11)]
    answers = [
        readers.pupil.post(f"/library/{other}/faults/new", data={"kind": "typo", "text": "错字"}).status_code
        for other in others
    ]
    assert answers == [302] * 10 + [422]


def test_an_answer_is_a_sentence(app: Flask, readers: Readers) -> None:
    readers.tell(readers.pupil)
    number = reports(app)[0].id

    for said in ({}, {f"report-{number}-state": "mended", f"report-{number}-answer": " "}):
        answer = readers.author.post(f"/library/faults/{number}", data=said)
        assert answer.status_code == 422
    assert reports(app)[0].state is FaultState.OPEN


def test_who_does_not_see_it_does_not_report_it(app: Flask, readers: Readers) -> None:
    assert readers.tell(readers.stranger) == 404
    assert reports(app) == []
