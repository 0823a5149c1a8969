"""Favourites and trays, as people meet them."""

import pytest
from flask import Flask

from core import clock
from core.database import db, transaction
from library.items.models import ItemKind
from library.marks import services
from library.resources.models import ResourceKind, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_class, make_school, make_student, make_teacher
from tests.factories.library import make_item, make_resource
from tests.statements import statements_of

HTMX = {"HX-Request": "true"}


class Scene:
    """A teacher and a pupil of a school, each in a browser; two resources, and one of another school."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        with app.app_context():
            with transaction():
                school_class = make_class()
                self.hats = hats = [make_teacher(school_class), make_student(school_class)]
                self.reading = make_resource("分数的故事", minutes=12).id
                self.practice = make_resource(
                    "分数练习", kind=ResourceKind.PRACTICE, items=[make_item(ItemKind.NUMERIC)]
                ).id
                self.foreign = make_resource("别校的", tier=Tier.SCHOOL, organisation=make_school()).id
            for hat in hats:
                db.session.refresh(hat)
            db.session.expunge_all()
        self.teacher, self.pupil = (sign_in_as(hat) for hat in hats)


@pytest.fixture
def scene(app: Flask, sign_in_as: SignInAs) -> Scene:
    return Scene(app, sign_in_as)


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_pupil_keeps_a_resource_and_finds_it_by_word_and_kind(scene: Scene) -> None:
    for one in (scene.reading, scene.practice):
        assert scene.pupil.post(f"/library/{one}/favourite").status_code == 302
    assert "分数的故事" in page(scene.pupil, "/library/favourites")
    by_word = page(scene.pupil, "/library/favourites?q=故事")
    by_kind = page(scene.pupil, "/library/favourites?type=practice")
    assert ("分数的故事" in by_word, "分数练习" in by_word) == (True, False)
    assert ("分数的故事" in by_kind, "分数练习" in by_kind) == (False, True)
    assert "分数的故事" not in page(scene.teacher, "/library/favourites")
    scene.pupil.post(f"/library/{scene.reading}/favourite/remove")
    assert "分数的故事" not in page(scene.pupil, "/library/favourites")


def test_what_is_not_open_to_me_cannot_be_kept(scene: Scene) -> None:
    assert scene.pupil.post(f"/library/{scene.foreign}/favourite").status_code == 404
    assert scene.teacher.post(f"/library/{scene.foreign}/tray").status_code == 404


def test_pupils_have_no_tray(scene: Scene) -> None:
    assert scene.pupil.get("/library/tray").status_code == 403
    assert "/tray" not in page(scene.pupil, "/library")
    assert "/tray" not in page(scene.pupil, f"/library/{scene.reading}/marks")


def test_with_a_script_only_the_buttons_come_back(scene: Scene) -> None:
    answer = scene.teacher.post(f"/library/{scene.reading}/tray", headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "tray-changed"
    fragment = answer.get_data(as_text=True)
    assert "<html" not in fragment
    assert 'aria-pressed="true"' in fragment
    assert ">1<" in page(scene.teacher, "/library/tray/count")


def test_without_a_script_the_page_comes_back_and_never_another_site(scene: Scene) -> None:
    address = f"/library/{scene.reading}/tray"
    here = scene.teacher.post(address, headers={"Referer": "http://localhost/library?q=%E5%88%86"})
    elsewhere = scene.teacher.post(address, headers={"Referer": "https://elsewhere.example/x"})
    assert (here.location, elsewhere.location) == ("/library?q=%E5%88%86", "/")


def test_a_lesson_is_prepared_put_in_order_and_assigned(scene: Scene) -> None:
    for one in (scene.reading, scene.practice):
        scene.teacher.post(f"/library/{one}/tray")
    scene.teacher.post(f"/library/{scene.practice}/tray/move", data={"to": "up"})
    noted = scene.teacher.post(f"/library/{scene.practice}/tray/note", data={"note": "课前做"}, headers=HTMX)
    assert "课前做" in noted.get_data(as_text=True)
    tray = page(scene.teacher, "/library/tray")
    assert tray.index("分数练习") < tray.index("分数的故事")
    assert "12" in tray
    assert f"/assignments/new?resource={scene.practice}" in tray
    plan = page(scene.teacher, f"/assignments/new?resource={scene.practice}&resource={scene.foreign}")
    assert plan.count('name="row_version"') == 1


def test_what_is_taken_out_can_be_put_back(scene: Scene) -> None:
    for one in (scene.reading, scene.practice):
        scene.teacher.post(f"/library/{one}/tray")
    for address, data in (
        (f"/library/{scene.reading}/tray/remove", {"from_tray": "1"}),
        ("/library/tray/empty", {}),
    ):
        gone = scene.teacher.post(address, data=data)
        assert "分数的故事" not in page(scene.teacher, "/library/tray")
        undo = gone.location.partition("undo=")[2]
        assert undo in page(scene.teacher, gone.location)
        scene.teacher.post("/library/tray/put-back", data={"undo": undo})
        assert "分数的故事" in page(scene.teacher, "/library/tray")


@pytest.mark.parametrize("undo", ["", "x", "0", "9" * 30])
def test_an_undo_that_makes_no_sense_undoes_nothing(scene: Scene, undo: str) -> None:
    scene.teacher.post(f"/library/{scene.reading}/tray")
    scene.teacher.post("/library/tray/empty")
    assert scene.teacher.post("/library/tray/put-back", data={"undo": undo}).status_code == 302
    assert "分数的故事" not in page(scene.teacher, "/library/tray")


def test_a_full_tray_is_told_beside_the_button(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_IN_TRAY", 0)
    answer = scene.teacher.post(f"/library/{scene.reading}/tray", headers=HTMX)
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert scene.teacher.post(f"/library/{scene.reading}/tray").status_code == 302


@pytest.mark.parametrize("address", ["/library/tray", "/library/favourites", "/library"])
def test_lists_ask_no_more_for_many_rows_than_for_ten(app: Flask, scene: Scene, address: str) -> None:
    sent: list[int] = []
    for count in (10, 60):
        with app.app_context(), transaction():
            ids = [make_resource().id for _ in range(count)]
            for one in ids:
                services.keep(scene.hats[0], one, now=clock.now())
            services.put_in_tray(scene.hats[0], ids, now=clock.now())
        with statements_of(app) as statements:
            page(scene.teacher, address)
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 12
