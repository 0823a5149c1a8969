"""A package goes from upload to its sandbox: who may play it, how it is served, where its keys do not go."""

import gzip
import io
import zipfile

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from accounts.sign_in.models import LoginSession
from core import clock
from core.database import db, transaction
from core.jobs.services import run_waiting
from library.media.models import MediaAsset, MediaKind
from library.packages.playable import Standard
from library.players.tokens import make_token
from library.resources.models import Resource, ResourceExtract, ResourceKind, ReviewState
from library.search.entries import entries
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.packages import make_zip
from tests.factories.players import MAIN_JS, h5p_bytes, make_package, scorm_bytes

KEY = "keymarker"
QUIZ = {
    "question": "哪个是光合作用的场所?",
    "answers": [{"text": f"{KEY}叶绿体", "correct": True, "tipsAndFeedback": {"chosenFeedback": KEY}}],
}


class Scene:
    """A package of a school, a pupil with her guardian and her teacher, and a teacher of another school."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                school_class = make_class()
                teacher, pupil = make_teacher(school_class), make_student(school_class)
                self.hats = [teacher, pupil, make_guardian(pupil), make_teacher()]
                self.quiz_id = make_package(teacher, h5p_bytes(QUIZ, main="H5P.MultiChoice")).id
                self.course_id = make_package(teacher, scorm_bytes(), Standard.SCORM_12).id
            for hat in self.hats:
                db.session.refresh(hat)
        self.teacher, self.pupil, self.guardian, self.stranger = map(sign_in_as, self.hats)

    def base(self, browser: Browser, resource_id: int) -> str:
        """Where the package stands for this browser, up to and with ``files/``."""
        address = str(browser.get(f"/library/{resource_id}/play").location)
        return address.partition("/player")[0].partition("/files/")[0] + "/files/"


@pytest.fixture
def scene(app: Flask, sign_in_as: SignInAs) -> Scene:
    return Scene(app, sign_in_as)


def upload(browser: Browser, content: bytes, name: str, **more: object) -> int:
    form = {"title": "", "subject_id": 0, "grade_from": 7, "grade_to": 8, "file": (io.BytesIO(content), name)}
    answer = browser.post("/library/ours/upload", data=form | more)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return int(answer.location.split("/")[2])


@pytest.mark.parametrize(
    ("content", "name", "title", "licence"),
    [
        (h5p_bytes(), "a.h5p", "打招呼", "CC-BY-4.0"),
        (h5p_bytes(), "a.zip", "打招呼", "CC-BY-4.0"),
        (scorm_bytes(), "course.zip", "分数课件", ""),
        (scorm_bytes(version="2004 4th Edition"), "course.zip", "分数课件", ""),
    ],
    ids=["h5p", "zip", "scorm 1.2", "scorm 2004"],
)
def test_a_package_is_uploaded_like_any_file(
    app: Flask, scene: Scene, content: bytes, name: str, title: str, licence: str
) -> None:
    resource_id = upload(scene.teacher, content, name)

    with app.app_context():
        run_waiting()

    with app.app_context():
        made = db.session.get_one(Resource, resource_id)
        assert (made.kind, made.title, made.licence) == (ResourceKind.PACKAGE, title, licence)
        assert made.review_state is ReviewState.DRAFT
        assert (
            db.session.scalars(select(MediaAsset).order_by(MediaAsset.id.desc())).first().kind
            is MediaKind.PACKAGE
        )
    assert scene.teacher.get(f"/library/{resource_id}/edit").status_code == 200
    assert scene.teacher.get(f"/library/{resource_id}/play").status_code == 302
    assert scene.pupil.get(f"/library/{resource_id}/play").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (make_zip({"a.txt": "x"}), "all.zip", "archive is no package"),
        (h5p_bytes(files={"../evil.js": "x"}), "a.h5p", "leads out of its folder"),
        (h5p_bytes(files={"content/zeros.json": bytes(64 << 20)}), "a.h5p", "unpacks to far more"),
        (make_zip({"h5p.json": "{", "content/content.json": "{}"}), "a.h5p", "is damaged. Please export"),
        (b"PK\x03\x04 no archive", "a.h5p", "damaged"),
        (b"no archive", "a.h5p", "what is in it is something else"),
    ],
    ids=["zip", "traversal", "bomb", "json", "torn", "text"],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(
    scene: Scene, content: bytes, name: str, sentence: str
) -> None:
    form = {"title": "", "subject_id": 0, "grade_from": 7, "grade_to": 8, "file": (io.BytesIO(content), name)}

    answer = scene.teacher.post("/library/ours/upload", data=form, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_a_link_in_a_package_leads_nowhere(scene: Scene) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, inside in zipfile_files(h5p_bytes()).items():
            archive.writestr(name, inside)
        link = zipfile.ZipInfo("content/link.json")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    form = {"title": "", "subject_id": 0, "grade_from": 7, "grade_to": 8, "file": (content, "a.h5p")}
    content.seek(0)

    assert scene.teacher.post("/library/ours/upload", data=form).status_code == 422


def zipfile_files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_key_is_read_or_found_by_anybody(app: Flask, scene: Scene) -> None:
    for browser in (scene.pupil, scene.guardian, scene.teacher):
        page = browser.get(f"/library/{scene.quiz_id}").get_data(as_text=True)
        assert "哪个是光合作用的场所" in page
        assert KEY not in page
    with app.app_context():
        extract = db.session.get_one(ResourceExtract, scene.quiz_id)
        assert KEY not in extract.text
        words = next(entries([scene.quiz_id])).words
        assert any("光合" in word for word in words)
        assert not any(KEY in word for word in words)


def test_teachers_are_told_that_answers_come_along_and_pupils_are_not(scene: Scene) -> None:
    english = {"headers": {"Accept-Language": "en"}}

    assert "brings its answers along" in scene.teacher.get(f"/library/{scene.quiz_id}", **english).get_data(
        as_text=True
    )
    assert "answers along" not in scene.pupil.get(f"/library/{scene.quiz_id}", **english).get_data(
        as_text=True
    )


def test_everything_is_served_into_a_sandbox(scene: Scene) -> None:
    base = scene.base(scene.pupil, scene.quiz_id)
    for address in (
        base.replace("/files/", "/player"),
        base + "content/content.json",
        base + "H5P.MultiChoice-1.2/greeting.js",
    ):
        answer = scene.app.test_client().get(address)
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        directives = dict(one.strip().partition(" ")[::2] for one in policy.split(";"))
        assert directives["sandbox"].split() == ["allow-scripts", "allow-forms", "allow-modals"]
        assert directives["connect-src"].split() == [f"http://localhost{base}", "data:", "blob:"]
        assert directives["form-action"] == "'none'"
        assert "'self'" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        assert "public" not in answer.headers["Cache-Control"]


def test_files_are_whole_or_in_part_and_packed_where_they_stand_packed(scene: Scene) -> None:
    film = bytes(range(256)) * 300
    with scene.app.app_context(), transaction():
        teacher = db.session.get_one(Hat, scene.hats[0].id)
        content = h5p_bytes(files={"content/videos/a.mp4": film})
        resource_id = make_package(teacher, content).id
    base, browser = scene.base(scene.pupil, resource_id), scene.app.test_client()

    part = browser.get(base + "content/videos/a.mp4", headers={"Range": "bytes=1000-1009"})
    script = browser.get(base + "H5P.Greeting-1.2/greeting.js", headers={"Accept-Encoding": "gzip"})

    assert (part.status_code, part.get_data()) == (206, film[1000:1010])
    assert part.headers["Content-Range"] == f"bytes 1000-1009/{len(film)}"
    assert part.content_type == "video/mp4"
    assert gzip.decompress(script.get_data()).decode() == MAIN_JS
    again = browser.get(
        base + "H5P.Greeting-1.2/greeting.js",
        headers={"If-None-Match": script.headers["ETag"], "Accept-Encoding": "gzip"},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["missing.js", "h5p.exe", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cx.js", "content/"]
)
def test_only_what_is_in_the_package_and_of_a_known_kind_is_served(scene: Scene, name: str) -> None:
    assert scene.app.test_client().get(scene.base(scene.pupil, scene.quiz_id) + name).status_code == 404


def test_an_address_ends_with_the_sign_in_and_with_the_right_to_open_it(scene: Scene) -> None:
    address = scene.base(scene.pupil, scene.quiz_id) + "content/content.json"
    reader = scene.app.test_client()
    assert reader.get(address).status_code == 200

    with scene.app.app_context(), transaction():
        db.session.get_one(Resource, scene.quiz_id).review_state = ReviewState.WITHDRAWN
    assert reader.get(address).status_code == 404
    with scene.app.app_context(), transaction():
        db.session.get_one(Resource, scene.quiz_id).review_state = ReviewState.PUBLISHED
    assert reader.get(address).status_code == 200

    scene.pupil.post("/sign-out")
    assert reader.get(address).status_code == 404


def test_a_token_opens_its_own_package_only(scene: Scene) -> None:
    with scene.app.app_context():
        login = db.session.scalars(
            select(LoginSession).where(LoginSession.person_id == scene.hats[3].person_id)
        ).first()
        stranger = make_token(scene.app.config["SECRET_KEY"], scene.quiz_id, login.id, clock.now())
    own = scene.base(scene.pupil, scene.quiz_id)

    assert scene.stranger.get(f"/library/{scene.quiz_id}/play").status_code == 404
    assert scene.stranger.get(f"/play/{stranger}/{scene.quiz_id}/files/h5p.json").status_code == 404
    assert (
        scene.pupil.get(
            own.replace(f"/{scene.quiz_id}/", f"/{scene.course_id}/") + "imsmanifest.xml"
        ).status_code
        == 404
    )
    assert scene.pupil.get(own.replace(".", ".1", 1) + "h5p.json").status_code == 404


def test_pages_of_a_course_get_the_run_time_first(scene: Scene) -> None:
    leads = scene.pupil.get(f"/library/{scene.course_id}/play").location
    page = scene.pupil.get(leads).get_data(as_text=True)

    assert leads.endswith("/files/course/one.html?lang=zh")
    assert page.index("scorm_12.js") < page.index("<title>")
    second = scene.pupil.get(f"/library/{scene.course_id}/play?place=2").location
    assert second.endswith("/files/course/two.html?a=1")
    for place in ("1", "3", "99", "-1"):
        assert scene.pupil.get(f"/library/{scene.course_id}/play?place={place}").status_code == 404


def test_a_content_without_its_libraries_is_read_and_not_played(scene: Scene) -> None:
    with scene.app.app_context(), transaction():
        teacher = db.session.get_one(Hat, scene.hats[0].id)
        content = h5p_bytes({"text": "<p>只能读的内容</p>"}, main="H5P.AdvancedText", libraries=False)
        resource_id = make_package(teacher, content).id

    page = scene.pupil.get(f"/library/{resource_id}", headers={"Accept-Language": "en"}).get_data(
        as_text=True
    )

    assert "cannot be played here" in page
    assert "只能读的内容" in page
    assert "data-package" not in page
    assert scene.pupil.get(f"/library/{resource_id}/play").status_code == 422
