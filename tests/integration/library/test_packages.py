"""Packages of other systems are taken in, and every part is accounted for."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import db, transaction
from core.jobs import services as jobs
from library.items.models import ItemVersion
from library.packages.findings import Note
from library.packages.models import PackageImport, PackagePart
from library.resources.models import Resource, ResourceAsset, ResourceBody, ReviewState, Tier
from library.resources.queries import items_of_resource
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.library import make_subject
from tests.factories.media import picture_bytes
from tests.factories.packages import make_cartridge, make_item, make_manifest, make_part, make_zip


class School:
    """A teacher, a colleague, a pupil, and a teacher of another school, each in a browser."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                school_class = make_class()
                hats = [
                    make_teacher(school_class),
                    make_teacher(school_class),
                    make_student(school_class),
                    make_teacher(),
                ]
                self.subject_id = make_subject().id
                self.id = school_class.school_id
                self.username = hats[0].person.username
            for hat in hats:
                db.session.refresh(hat)
        self.teacher, self.colleague, self.pupil, self.stranger = (sign_in_as(hat) for hat in hats)

    def take_in(self, content: bytes, *, name: str = "course.imscc", by: Browser | None = None) -> str:
        """Hand a package in and let the job run; the address of its report."""
        answer = (by or self.teacher).post(
            "/library/packages/new",
            data={
                "package": (io.BytesIO(content), name),
                "subject_id": self.subject_id,
                "grade_from": 5,
                "grade_to": 6,
            },
        )
        assert answer.status_code == 302, answer.get_data(as_text=True)
        with self.app.app_context():
            jobs.run_waiting()
        return answer.location


@pytest.fixture
def school(app: Flask, sign_in_as: SignInAs) -> School:
    return School(app, sign_in_as)


@pytest.mark.parametrize("version", ["1.1.0", "1.2.0", "1.3.0"])
def test_a_cartridge_becomes_drafts_of_the_school(app: Flask, school: School, version: str) -> None:
    school.take_in(make_cartridge(version, **{"web/half.png": picture_bytes()}))

    with app.app_context():
        made = db.session.scalars(select(Resource).order_by(Resource.id)).all()
        assert [one.title for one in made] == ["认识分数", "动画", "说说看", "分数测验"[2:]]
        assert {one.review_state for one in made} == {ReviewState.DRAFT}
        assert {(one.tier, one.organisation_id) for one in made} == {(Tier.SCHOOL, school.id)}
        page = made[0]
        assert (page.licence, page.author, page.source) == ("CC-BY-SA-4.0", "王老师", "分数单元")
        assert (page.grade_from, page.grade_to, page.keywords) == (5, 6, ["分数", "通分"])
        body = db.session.get_one(ResourceBody, page.id)
        assert "每份是 $\\frac12$" in body.text
        assert "alert" not in body.text
        assert db.session.scalar(select(func.count()).select_from(ResourceAsset)) == 1
        questions = db.session.scalars(items_of_resource(made[3].id)).all()
        assert [one.kind.value for one in questions] == [
            "choice", "multiple_choice", "choice", "text_entry", "photo"
        ]  # fmt: skip
        assert questions[0].prompt == "$\\frac12+\\frac14$ 等于?"
        assert questions[0].explanation == "先通分。"
        assert questions[1].correct == {"choices": ["A", "C"]}
        assert questions[3].correct == {"blanks": [["分子", "分 子"]]}


def test_the_report_says_what_came_of_every_part(app: Flask, school: School) -> None:
    address = school.take_in(make_cartridge(**{"web/half.png": picture_bytes()}))

    page = school.teacher.get(address, headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "认识分数" in page
    with app.app_context():
        notes = list(db.session.scalars(select(PackagePart.note).order_by(PackagePart.position)))
    assert notes == [
        Note.METADATA_DROPPED, Note.HEADING, Note.PICTURES_BESIDE, Note.ACTIVE_LEFT_OUT, Note.AS_IT_WAS,
        Note.DISCUSSION_AS_TEXT, Note.AS_IT_WAS, Note.ESSAY, Note.QUESTION_WITHOUT_KEY, Note.TOOL,
        Note.UNREADABLE, Note.HELD_BY_PAGE,
    ]  # fmt: skip
    sheet = school.teacher.get(f"{address}/report.csv").get_data(as_text=True)
    assert sheet.startswith("\ufeff")
    assert len(sheet.splitlines()) == 1 + len(notes)


def test_pictures_of_a_page_stand_beside_it(app: Flask, school: School) -> None:
    school.take_in(make_cartridge(**{"web/half.png": picture_bytes()}))
    with app.app_context():
        ids = list(db.session.scalars(select(Resource.id).order_by(Resource.id)))

    beside = school.teacher.get(f"/library/{ids[0]}/files").get_data(as_text=True)

    found = re.search(r'<img[^>]* src="([^"]+)"', beside)
    assert found is not None
    with school.teacher.get(found[1]) as picture:
        assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert school.colleague.get(found[1]).status_code == 404
    assert school.pupil.get(f"/library/{ids[0]}/files").status_code == 404
    assert school.stranger.get(f"/library/{ids[0]}/files").status_code == 404
    assert school.teacher.get(f"/library/{ids[1]}/files").get_data() == b""


def test_a_formula_in_a_title_is_text_in_the_sheet(school: School) -> None:
    link = "<webLink><title>x</title><url href='https://example.org/'/></webLink>"
    manifest = make_manifest(make_item("i", "=cmd|1", "r"), make_part("r", "imswl_xmlv1p3", "l.xml"))
    address = school.take_in(make_zip({"imsmanifest.xml": manifest, "l.xml": link}))
    assert "'=cmd|1" in school.teacher.get(f"{address}/report.csv").get_data(as_text=True)


def test_the_same_file_again_is_the_same_import(app: Flask, school: School) -> None:
    content = make_cartridge()
    assert school.take_in(content) == school.take_in(content, by=school.colleague, name="copy.zip")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PackageImport)) == 1
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 4


def test_only_the_own_school_sees_an_import(school: School) -> None:
    address = school.take_in(make_cartridge())
    assert school.colleague.get(address).status_code == 200
    assert school.stranger.get(address).status_code == 404
    assert school.pupil.get(address).status_code == 403


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no package", "这个文件不是资源包"),
        (make_zip({"../x": "1"}), "../x"),
        (make_zip({"bomb": bytes(16 << 20)}), "解压后"),
        (make_zip({"a.txt": "1"}), "不认识"),
        (
            make_zip({"imsmanifest.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}),
            "XML",
        ),
        (make_zip({"imsmanifest.xml": make_manifest()}), "没有可以导入的内容"),
    ],
    ids=["no archive", "traversal", "bomb", "unknown", "outside entity", "empty"],
)
def test_what_is_hostile_is_refused_with_a_sentence(
    app: Flask, school: School, content: bytes, sentence: str
) -> None:
    address = school.take_in(content)
    page = school.teacher.get(address)
    assert page.status_code == 200
    assert sentence in page.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Resource)) == 0


def test_assignments_kept_as_pages_and_licences_with_an_address_are_read(app: Flask, school: School) -> None:
    said = "Public Domain - http://example.org/pd"
    rights = f"<lom><rights><description><string>{said}</string></description></rights></lom>"
    part = (
        '<resource identifier="r" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" '
        'href="a/task.html"><file href="a/task.html"/><file href="a/assignment_settings.xml"/></resource>'
    )
    manifest = make_manifest(make_item("i", "量一量", "r"), part, lom=rights)
    page = "<html><body><p>量一量课桌。</p></body></html>"
    school.take_in(
        make_zip({"imsmanifest.xml": manifest, "a/task.html": page, "a/assignment_settings.xml": "<a/>"})
    )
    with app.app_context():
        made = db.session.scalars(select(Resource)).one()
        assert (made.title, made.licence) == ("量一量", "PDM-1.0")
        assert db.session.get_one(ResourceBody, made.id).text == "量一量课桌。"
        assert db.session.scalars(select(PackagePart.note)).one() is Note.ASSIGNMENT_AS_TEXT


def test_tables_of_contents_that_go_in_circles_or_nowhere_end(app: Flask, school: School) -> None:
    deep = make_item("x", "深")
    for number in range(40):
        deep = make_item(f"d{number}", f"第{number}层", inner=deep)
    twice = make_item("a", "一次", "r") + make_item("b", "又一次", "r") + make_item("c", "没有", "nowhere")
    dependency = '<resource identifier="p" type="webcontent"><dependency identifierref="p"/></resource>'
    link = "<webLink><title>x</title><url href='https://example.org/'/></webLink>"
    manifest = make_manifest(twice + deep, make_part("r", "imswl_xmlv1p3", "l.xml") + dependency)
    school.take_in(make_zip({"imsmanifest.xml": manifest, "l.xml": link}))
    with app.app_context():
        parts = db.session.scalars(select(PackagePart).order_by(PackagePart.position)).all()
        assert [one.note for one in parts[:3]] == [Note.AS_IT_WAS, Note.AS_IT_WAS, Note.MISSING]
        assert max(one.depth for one in parts) == 20


def test_a_form_without_a_file_says_so(school: School) -> None:
    answer = school.teacher.post(
        "/library/packages/new", data={"subject_id": school.subject_id, "grade_from": 5, "grade_to": 4}
    )
    assert answer.status_code == 422
    assert "请选择" in answer.get_data(as_text=True)


def test_the_command_takes_a_package_in(app: Flask, school: School, tmp_path: Path) -> None:
    file = tmp_path / "course.imscc"
    file.write_bytes(make_cartridge())
    arguments = ["library", "import-package", str(file), "--for", school.username, "--subject", "mathematics"]
    result = app.test_cli_runner().invoke(args=[*arguments, "--grades", "5", "6", "--report"])
    assert result.exit_code == 0, result.output
    assert "3 kept, 3 changed, 6 dropped" in result.output
    assert "认识分数" in result.output
    refused = app.test_cli_runner().invoke(
        args=["library", "import-package", str(file), "--for", "nobody", "--subject", "mathematics"]
    )
    assert refused.exit_code == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ItemVersion)) == 5
