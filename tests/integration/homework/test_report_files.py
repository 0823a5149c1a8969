"""CSV and PDF of a pupil's and of a class's report hold all of it, not only the page that is open."""

import csv
import io
from dataclasses import dataclass

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import QueuePool

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db, transaction
from core.paging import DEFAULT_SIZE
from homework.marking.services import return_one
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_subject, make_version
from tests.statements import statements_of

FORMULA = "=SUM(1)"
"""The title of the oldest work, which stands on the last page."""


@dataclass(frozen=True, slots=True)
class Year:
    """A class with more work than a page shows, all of which came back to one pupil."""

    teacher: Hat
    pupil: Hat
    class_id: int
    titles: list[str]
    """Of the work, the newest first."""

    @property
    def reports(self) -> tuple[str, str]:
        """The pupil's and the class's."""
        return f"/pupils/{self.pupil.person_id}/report", f"/classes/{self.class_id}/homework"


@pytest.fixture
def year(app: Flask) -> Year:
    with app.app_context():
        with transaction():
            school_class = make_class()
            hats = teacher, pupil = make_teacher(school_class), make_student(school_class)
            titles = [FORMULA, *(f"第{number:02d}课" for number in range(DEFAULT_SIZE + 1))]
            give_and_return(teacher, pupil, school_class, titles)
            class_id = school_class.id
        for one in hats:
            db.session.refresh(one)
            db.session.expunge(one)
    return Year(teacher, pupil, class_id, titles[::-1])


def give_and_return(teacher: Hat, pupil: Hat, school_class: SchoolClass, titles: list[str]) -> None:
    subject, version = make_subject(), make_version()
    for title in titles:
        work = make_assignment(teacher, school_class, versions=[version], title=title, subject_id=subject.id)
        return_one(make_submission(work, pupil), teacher, now=MONDAY)


def titles_in_csv(browser: Browser, report: str) -> list[str]:
    text = browser.get(f"{report}.csv").get_data(as_text=True)
    return [row[0] for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")))][1:]


def test_files_hold_all_pages_of_a_report_and_the_screen_one(year: Year, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(year.teacher)
    apis = f"/api/v1{year.reports[0]}", f"/api/v1/classes/{year.class_id}/report"
    for report, api in zip(year.reports, apis, strict=True):
        first = browser.get(api).get_json()
        then = browser.get(f"{api}?cursor={first['next']}").get_json()
        assert [one["title"] for one in first["items"] + then["items"]] == year.titles
        page = browser.get(f"{report}?cursor={first['next']}").text
        assert year.titles[0] not in page
        assert f'href="{report}.csv"' in page, "the file begins anew, wherever the page is"
        assert titles_in_csv(browser, report) == [*year.titles[:-1], f"'{FORMULA}"]
        document = pypdfium2.PdfDocument(browser.get(f"{report}.pdf").data)
        printed = "".join("".join(one.get_textpage().get_text_range().split()) for one in document)
        places = [printed.index(one) for one in year.titles]
        assert places == sorted(places)


def test_who_takes_a_file_home_on_a_slow_line_keeps_no_connection_to_the_database(
    app: Flask, year: Year, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(year.teacher)
    for report in year.reports:
        begun = browser.get(f"{report}.csv")
        with app.app_context():
            pool = db.engine.pool
            assert isinstance(pool, QueuePool)
            assert pool.checkedout() == 0
        assert begun.content_length == len(begun.get_data()) > 0


def test_a_file_of_many_rows_takes_as_many_statements_as_one_of_few(
    app: Flask, year: Year, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(year.teacher)

    def statements(report: str) -> int:
        with statements_of(app) as sent:
            assert browser.get(f"{report}.csv").data
        return len(sent)

    few = [statements(one) for one in year.reports]
    with app.app_context(), transaction():
        hats = db.session.get_one(Hat, year.teacher.id), db.session.get_one(Hat, year.pupil.id)
        school_class = db.session.get_one(SchoolClass, year.class_id)
        give_and_return(*hats, school_class, [f"又一课{number}" for number in range(DEFAULT_SIZE)])
    assert [statements(one) for one in year.reports] == few
