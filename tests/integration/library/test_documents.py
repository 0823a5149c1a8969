"""Teachers add files to their school's collection; pupils see them once they are published."""

import io
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from accounts.people.models import Hat, Role
from core import clock
from core.database import db, transaction
from core.files import files
from core.jobs.services import run_waiting
from library.documents.services import read_document
from library.faults.models import FaultKind
from library.faults.services import report
from library.media.models import MediaAsset, MediaState
from library.resources.models import Resource, ResourceExtract, ResourceKind, ReviewState, Tier
from library.review.models import ReviewRequest
from library.search.entries import entries
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_administrator, make_class, make_student, make_teacher
from tests.factories.documents import docx_bytes, locked_pdf_bytes, pdf_bytes
from tests.factories.media import picture_bytes, recording_bytes, video_bytes, zip_bytes


class School:
    """Two teachers of a school, a pupil, and a teacher of another one; each in a browser."""

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
                    make_administrator(school_class.school),
                ]
                self.id = school_class.school_id
            for hat in hats:
                db.session.refresh(hat)
        self.teacher, self.colleague, self.pupil, self.stranger, self.principal = map(sign_in_as, hats)

    def publish(self, resource_id: int) -> None:
        """Let the teacher submit it and the school take it, if that can be."""
        assert self.teacher.post(f"/library/{resource_id}/submit").status_code == 302
        with self.app.app_context():
            open_one = select(ReviewRequest.id).where(ReviewRequest.open_for_id == resource_id)
            request_id = db.session.scalar(open_one)
            version = db.session.get_one(Resource, resource_id).version
        if request_id is not None:
            decided = {"decision": "accept", "reason": "可以", "version": version}
            assert self.principal.post(f"/library/review/{request_id}", data=decided).status_code == 302


@pytest.fixture
def school(app: Flask, sign_in_as: SignInAs) -> School:
    return School(app, sign_in_as)


def form(content: bytes, name: str, **more: object) -> dict[str, object]:
    said = {"title": "", "subject_id": 0, "grade_from": 7, "grade_to": 8, "file": (io.BytesIO(content), name)}
    return said | more


def upload(browser: Browser, content: bytes, name: str, **more: object) -> int:
    answer = browser.post("/library/ours/upload", data=form(content, name, **more))
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return int(answer.location.split("/")[2])


def work(app: Flask) -> None:
    with app.app_context():
        run_waiting()


def page_of(browser: Browser, address: str) -> str:
    return browser.get(address).get_data(as_text=True)


def test_a_pdf_goes_from_upload_to_a_page_that_pupils_read(app: Flask, school: School) -> None:
    resource_id = upload(
        school.teacher, pdf_bytes("Equations", "Second page", title="Moving terms"), "讲义.pdf"
    )
    edit = page_of(school.teacher, f"/library/{resource_id}/edit")
    assert "hx-get" in edit
    assert f"/library/{resource_id}/file/state" in edit

    work(app)

    state = page_of(school.colleague, f"/library/{resource_id}/file/state")
    assert "Moving terms" in state
    assert school.pupil.get(f"/library/{resource_id}/file").status_code == 404
    school.publish(resource_id)
    page = page_of(school.pupil, f"/library/{resource_id}?page=2")
    assert f"/library/{resource_id}/pages/2.jpg" in page
    assert "Second page" in page
    assert school.stranger.get(f"/library/{resource_id}").status_code == 404
    assert school.stranger.get(f"/library/{resource_id}/pages/1.jpg").status_code == 404
    assert page_of(school.pupil, f"/library/{resource_id}/pages").count(".jpg") == 2
    with app.app_context():
        made = db.session.get_one(Resource, resource_id)
        assert (made.title, made.kind, made.pages) == ("讲义", ResourceKind.DOCUMENT, 2)
        assert (made.tier, made.organisation_id) == (Tier.SCHOOL, school.id)
        assert made.review_state is ReviewState.PUBLISHED


def test_the_text_of_a_file_is_searched(app: Flask, school: School) -> None:
    resource_id = upload(school.teacher, pdf_bytes("photosynthesis"), "a.pdf")

    work(app)

    with app.app_context():
        found = next(entries([resource_id]))
        assert any("photosynthesi" in word for word in found.words)


def test_who_describes_a_file_while_it_is_read_is_not_told_of_another_editor(
    app: Flask, school: School
) -> None:
    resource_id = upload(school.teacher, pdf_bytes("x"), "a.pdf")
    with app.app_context():
        shown = db.session.get_one(Resource, resource_id).version
    work(app)

    answer = school.teacher.post(
        f"/library/{resource_id}/edit",
        data={"version": shown, "title": "新标题", "subject_id": 0, "grade_from": 7, "grade_to": 7},
    )

    assert answer.status_code == 302
    with app.app_context():
        made = db.session.get_one(Resource, resource_id)
        assert (made.title, made.pages) == ("新标题", 1)


def test_the_file_is_handed_out_to_keep_whole_and_in_part(app: Flask, school: School) -> None:
    content = pdf_bytes("x")
    resource_id = upload(school.teacher, content, "a.pdf", title='../七/年级 "讲义"\u202e')

    whole = school.teacher.get(f"/library/{resource_id}/file", buffered=True)
    part = school.teacher.get(f"/library/{resource_id}/file", headers={"Range": "bytes=0-7"}, buffered=True)

    assert whole.data == content
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert "%2F" not in whole.headers["Content-Disposition"]
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert (part.status_code, part.data) == (206, b"%PDF-1.7")


def test_a_page_is_a_picture_and_there_is_none_beyond_the_last(app: Flask, school: School) -> None:
    resource_id = upload(school.teacher, pdf_bytes("x"), "a.pdf")
    assert school.teacher.get(f"/library/{resource_id}/pages/1.jpg").status_code == 404
    work(app)

    first = school.teacher.get(f"/library/{resource_id}/pages/1.jpg", buffered=True)

    assert first.data.startswith(b"\xff\xd8")
    assert school.teacher.get(f"/library/{resource_id}/pages/2.jpg").status_code == 404
    assert school.teacher.get(f"/library/{resource_id}/pages/0.jpg").status_code == 404


def test_a_word_file_is_shown_as_its_text_and_pictures(app: Flask, school: School) -> None:
    content = docx_bytes("移项要变号", parts={"word/media/image1.png": picture_bytes(300, 300, "PNG")})
    resource_id = upload(school.teacher, content, "教案.docx")

    work(app)

    page = page_of(school.teacher, f"/library/{resource_id}")
    assert "移项要变号" in page
    assert "/picture-1.jpg" in page
    address = page.split('/picture-1.jpg"')[0].rpartition('"')[2] + "/picture-1.jpg"
    assert school.teacher.get(address, buffered=True).mimetype == "image/jpeg"
    download = school.teacher.get(f"/library/{resource_id}/file", buffered=True)
    assert ".docx" in download.headers["Content-Disposition"]


def test_a_locked_pdf_fails_with_its_sentence_and_is_not_published(app: Flask, school: School) -> None:
    resource_id = upload(school.teacher, locked_pdf_bytes(), "a.pdf")

    work(app)

    assert "密码" in page_of(school.teacher, f"/library/{resource_id}/edit")
    school.publish(resource_id)
    with app.app_context():
        assert db.session.get_one(Resource, resource_id).review_state is ReviewState.DRAFT


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (zip_bytes(), "讲义.pdf"),
        (b"text", "笔记.txt"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100), "教案.doc"),
        (docx_bytes("x", parts={"word/vbaProject.bin": b"x"}), "教案.docm"),
    ],
)
def test_what_is_not_taken_is_refused_beside_the_field(
    app: Flask, school: School, content: bytes, name: str
) -> None:
    answer = school.teacher.post("/library/ours/upload", data=form(content, name, title="我的标题"))

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="file-errors"' in page
    assert 'value="我的标题"' in page
    with app.app_context():
        assert db.session.scalars(select(Resource)).all() == []


def test_a_form_without_a_file_asks_for_one(school: School) -> None:
    answer = school.teacher.post(
        "/library/ours/upload", data={"title": "x", "subject_id": 0, "grade_from": 7, "grade_to": 7}
    )

    assert answer.status_code == 422
    assert 'id="file-errors"' in answer.get_data(as_text=True)


def test_a_file_that_came_in_parts_is_taken_by_its_key(app: Flask, school: School) -> None:
    content, key = pdf_bytes("in parts"), uuid4()
    for start in (0, 300):
        part = content[start : start + 300] if start == 0 else content[start:]
        answer = school.teacher.put(
            f"/media/uploads/{key}",
            data=part,
            headers={"Upload-Offset": str(start), "Content-Type": "application/octet-stream"},
        )
        assert answer.status_code == 200

    answer = school.teacher.post(
        "/library/ours/upload",
        data={
            "title": "", "subject_id": 0, "grade_from": 7, "grade_to": 7,
            "upload_key": str(key), "upload_size": str(len(content)), "upload_name": "分段.pdf",
        },
    )  # fmt: skip

    assert answer.status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Resource.title)).one() == "分段"


def test_nobody_fills_the_disk_alone(app: Flask, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PERSON_UPLOADS_MB", 1)
    upload(school.teacher, pdf_bytes("x"), "a.pdf")
    with app.app_context(), transaction():
        db.session.scalars(select(MediaAsset)).one().size_bytes = 1 << 20

    answer = school.teacher.post("/library/ours/upload", data=form(pdf_bytes("y"), "b.pdf"))

    assert answer.status_code == 422
    assert "1 MB" in answer.get_data(as_text=True)
    assert upload(school.colleague, pdf_bytes("y"), "b.pdf")


def test_reading_again_changes_nothing(app: Flask, school: School) -> None:
    resource_id = upload(school.teacher, pdf_bytes("once"), "a.pdf")
    work(app)
    with app.app_context():
        before = db.session.get_one(ResourceExtract, resource_id).text
        asset_id = db.session.scalars(select(MediaAsset.id)).one()

    with app.app_context():
        read_document(asset_id)
        assert db.session.get_one(ResourceExtract, resource_id).text == before


def test_a_picture_is_written_anew_and_published_once_it_is_described(app: Flask, school: School) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    content = picture_bytes(1200, 800, exif=exif)
    assert b"SecretCamera" in content
    resource_id = upload(school.teacher, content, "细胞.jpg")
    school.publish(resource_id)
    assert school.pupil.get(f"/library/{resource_id}").status_code == 404
    said = {"version": 1, "title": "细胞", "subject_id": 0, "grade_from": 7, "grade_to": 7}

    school.teacher.post(f"/library/{resource_id}/edit", data=said | {"text": "显微镜下的洋葱细胞。"})
    school.publish(resource_id)

    page = page_of(school.pupil, f"/library/{resource_id}")
    assert "显微镜下的洋葱细胞。" in page
    assert 'aria-describedby="picture-words"' in page
    picture = school.pupil.get(f"/library/{resource_id}/picture.jpg", buffered=True)
    assert picture.mimetype == "image/jpeg"
    assert b"SecretCamera" not in picture.data
    with app.app_context():
        assert db.session.get_one(Resource, resource_id).kind is ResourceKind.IMAGE


def test_sixty_megapixels_are_refused(school: School) -> None:
    answer = school.teacher.post(
        "/library/ours/upload", data=form(picture_bytes(10_000, 6_000, "PNG"), "大图.png")
    )

    assert answer.status_code == 422
    assert "60" in answer.get_data(as_text=True).partition('id="file-errors"')[2][:400]


@pytest.mark.parametrize("container", ["mp3", "m4a", "wav", "ogg"])
def test_a_recording_is_made_playable_everywhere(app: Flask, school: School, container: str) -> None:
    resource_id = upload(school.teacher, recording_bytes(container), f"听力.{container}")

    work(app)

    assert "<audio" in page_of(school.teacher, f"/library/{resource_id}")
    sound = school.teacher.get(f"/library/{resource_id}/sound.m4a", buffered=True)
    assert sound.mimetype == "audio/mp4"
    assert sound.data[4:8] == b"ftyp"
    part = school.teacher.get(
        f"/library/{resource_id}/sound.m4a", headers={"Range": "bytes=4-7"}, buffered=True
    )
    assert (part.status_code, part.data) == (206, b"ftyp")
    with app.app_context():
        asset = db.session.scalars(select(MediaAsset)).one()
        assert asset.duration_seconds == pytest.approx(5, abs=0.2)


@pytest.mark.parametrize("container", ["mp3", "m4a"])
def test_a_recording_that_was_cut_off_fails_with_its_sentence(
    app: Flask, school: School, container: str
) -> None:
    whole = recording_bytes(container, 20)
    resource_id = upload(school.teacher, whole[: len(whole) // 2], f"听力.{container}")

    work(app)

    assert "这段录音已损坏或不完整" in page_of(school.teacher, f"/library/{resource_id}/edit")


def test_a_video_is_prepared_and_played_by_who_may_see_it(app: Flask, school: School) -> None:
    resource_id = upload(school.teacher, video_bytes(3), "实验.mp4")

    work(app)

    page = page_of(school.teacher, f"/library/{resource_id}")
    assert f'data-video="/library/{resource_id}/video/master.m3u8"' in page
    master = school.teacher.get(f"/library/{resource_id}/video/master.m3u8", buffered=True)
    assert master.mimetype == "application/vnd.apple.mpegurl"
    assert "480p/index.m3u8" in master.get_data(as_text=True)
    assert school.teacher.get(f"/library/{resource_id}/video/480p/0000.m4s", buffered=True).status_code == 200
    for climbing in ("../1/master.m3u8", "%2e%2e/%2e%2e/weike.db", "master.txt"):
        assert school.teacher.get(f"/library/{resource_id}/video/{climbing}").status_code == 404
    assert school.pupil.get(f"/library/{resource_id}/video/master.m3u8").status_code == 404


def failed(app: Flask, school: School, name: str = "坏.pdf") -> int:
    """The teacher's upload of a PDF behind a password."""
    resource_id = upload(school.teacher, locked_pdf_bytes(), name, title="写好的说明")
    work(app)
    return resource_id


def test_an_upload_that_failed_is_replaced_by_its_author_and_keeps_what_she_wrote(
    app: Flask, school: School
) -> None:
    resource_id = failed(app, school)
    assert f"/library/{resource_id}/file/replace" in page_of(school.teacher, f"/library/{resource_id}/edit")
    assert "file/replace" not in page_of(school.colleague, f"/library/{resource_id}/edit")
    for other in (school.colleague, school.stranger):
        data = {"file": (io.BytesIO(picture_bytes()), "a.jpg")}
        assert other.post(f"/library/{resource_id}/file/replace", data=data).status_code == 404
    for content, name in ((zip_bytes(), "a.zip"), (b"", "")):
        data = {"file": (io.BytesIO(content), name)}
        school.teacher.post(f"/library/{resource_id}/file/replace", data=data)
        with app.app_context():
            assert [one.state for one in db.session.scalars(select(MediaAsset))] == [MediaState.FAILED]
    data = {"file": (io.BytesIO(pdf_bytes("Equations")), "好.pdf")}
    assert school.teacher.post(f"/library/{resource_id}/file/replace", data=data).status_code == 302
    work(app)
    with app.app_context():
        asset = db.session.scalars(select(MediaAsset)).one()
        made = db.session.get_one(Resource, resource_id)
        assert (asset.state, made.title, made.pages) == (MediaState.READY, "写好的说明", 1)
    data = {"file": (io.BytesIO(pdf_bytes("Again")), "好.pdf")}
    school.teacher.post(f"/library/{resource_id}/file/replace", data=data)
    with app.app_context():
        assert db.session.scalars(select(MediaAsset.id)).one() == asset.id, "what is sound is not replaced"


def test_an_upload_that_failed_may_be_replaced_by_another_kind_of_file(app: Flask, school: School) -> None:
    resource_id = failed(app, school)
    data = {"file": (io.BytesIO(picture_bytes()), "图.jpg")}
    school.teacher.post(f"/library/{resource_id}/file/replace", data=data)
    with app.app_context():
        assert db.session.get_one(Resource, resource_id).kind is ResourceKind.IMAGE


def test_an_upload_that_failed_is_deleted_by_its_author_with_its_file(app: Flask, school: School) -> None:
    resource_id = failed(app, school)
    school.colleague.post(f"/library/{resource_id}/tray")
    school.teacher.post(f"/library/{resource_id}/favourite")
    with app.app_context():
        sha256 = db.session.scalars(select(MediaAsset.source_sha256)).one()
        assert files().path(sha256).is_file()
    assert school.colleague.post(f"/library/{resource_id}/file/discard").status_code == 404
    assert school.teacher.post(f"/library/{resource_id}/file/discard").location == "/library/ours"
    with app.app_context():
        assert db.session.get(Resource, resource_id) is None
        assert db.session.scalars(select(MediaAsset)).all() == []
        with pytest.raises(FileNotFoundError):
            files().path(sha256)
    work(app)
    assert school.teacher.get(f"/library/{resource_id}").status_code == 404


def test_a_sound_file_and_a_draft_that_was_reported_are_not_deleted(app: Flask, school: School) -> None:
    sound = upload(school.teacher, pdf_bytes("Equations"), "好.pdf")
    work(app)
    assert school.teacher.post(f"/library/{sound}/file/discard").status_code == 409
    broken = failed(app, school)
    with app.app_context(), transaction():
        hat = db.session.scalars(select(Hat).where(Hat.role == Role.TEACHER).order_by(Hat.id)).first()
        assert hat is not None
        report(broken, hat, next(iter(FaultKind)), "打不开", now=clock.now())
    assert school.teacher.post(f"/library/{broken}/file/discard").status_code == 409
    with app.app_context():
        assert db.session.get(Resource, broken) is not None
