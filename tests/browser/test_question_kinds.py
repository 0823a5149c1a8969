"""Every kind of question in a real browser: by touch on a phone, by keyboard on a desk."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core import clock
from core.database import db, transaction
from homework.submissions.models import Recording
from learning.attempts.models import Attempt
from library.items.models import ItemKind, ItemVersion
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_homework import SignIn, begin, hand_in
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_version

pytestmark = pytest.mark.browser

REFUSE_THE_MICROPHONE = """() => {
  const refuse = () => Promise.reject(new DOMException("", "NotAllowedError"));
  Object.defineProperty(navigator.mediaDevices, "getUserMedia", {value: refuse, configurable: true});
}"""

JUST_ABOVE_THE_BAR = """one => {
  const bar = document.querySelector(".work-bar").getBoundingClientRect();
  scrollBy({top: one.getBoundingClientRect().bottom - bar.top, behavior: "instant"});
}"""

FORMULA = {
    "prompt": "$x^2-1=$[[1]]，它等于 8 时 $x$ 是[[2]]",
    "interaction": {"blanks": 2, "answers": ["form", "expression"]},
    "correct": {"blanks": [["(x+1)(x-1)"], ["x=3 或 x=-3"]]},
}


@dataclass(frozen=True)
class Scene:
    """Work with one question of every kind but photo, and a blank for a formula."""

    assignment_id: int
    student_hat: int
    teacher_hat: int

    @property
    def work(self) -> str:
        return f"/assignments/{self.assignment_id}/work"


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        versions = [make_version(kind) for kind in ItemKind if kind is not ItemKind.PHOTO]
        assignment = make_assignment(
            teacher,
            school_class,
            versions=[*versions, make_version(ItemKind.TEXT_ENTRY, **FORMULA)],
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        return Scene(assignment.id, student.id, teacher.id)


def fill_in(page: Page) -> None:
    """Answer everything but the spoken question as any device can, and the rest by the keyboard."""
    of = lambda kind: page.locator(f"fieldset[data-kind={kind}]")  # noqa: E731 -- a short name for a long locator
    of("choice").get_by_role("radio").nth(1).check()
    of("true_false").get_by_role("radio").first.check()
    of("numeric").get_by_role("textbox").fill("3.5")
    for place, value in enumerate(("C", "A", "B")):
        of("match").locator("select").nth(place).select_option(value)
    for place, value in enumerate(("A", "B")):
        of("inline_choice").locator("select").nth(place).select_option(value)
    # From A B C D to B D A C, by the buttons alone.
    for thing, times in (("B", 1), ("D", 2)):
        up = page.locator(f'[data-thing={thing}] [data-move="-1"]')
        for _time in range(times):
            up.focus()
            page.keyboard.press("Enter")
    frame = of("hotspot").locator("[data-frame]")
    frame.focus()
    page.keyboard.press("Backspace")
    ways = {"ArrowLeft": 12, "ArrowUp": 8}, {"ArrowRight": 16, "ArrowDown": 10}
    for key, times in (way for part in ways for way in (*part.items(), ("Enter", 1))):
        for _time in range(times):
            page.keyboard.press(key)
    of("extended_text").get_by_role("textbox").fill("第一句。第二句。")
    page.locator("math-field").first.focus()
    page.keyboard.type("(x-1)(1+x)")
    page.locator("math-field").last.focus()
    page.keyboard.type("x=-3")
    page.keyboard.insert_text("或")
    page.keyboard.type("3")


@pytest.mark.parametrize(("viewport", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_every_kind_is_answered_by_keyboard_and_handed_in(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn, viewport: dict[str, int], *, dark: bool
) -> None:
    page = open_page(viewport, dark=dark)
    sign_in(page, scene.student_hat)
    begin(page, scene)  # type: ignore[arg-type] # it asks for the address alone
    expect(page.locator("math-field").last).to_be_visible()
    assert_fits(page)
    fill_in(page)
    assert_accessible(page)
    hand_in(page)
    page.wait_for_url("**/receipt")
    with app.app_context():
        scores = {
            (version.kind, version.prompt): score
            for version, score in db.session.execute(
                select(ItemVersion, Attempt.score).join(Attempt, Attempt.item_version_id == ItemVersion.id)
            )
        }
    asked = {kind for kind, _prompt in scores}
    assert asked == set(ItemKind) - {ItemKind.PHOTO, ItemKind.SPOKEN, ItemKind.MULTIPLE_CHOICE}
    assert {kind.value: score for (kind, _prompt), score in scores.items() if score not in {1.0, None}} == {}


def test_a_formula_whose_latex_has_no_backslash_is_taken_up_again_as_it_was(
    scene: Scene, phone: Page, sign_in: SignIn
) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)  # type: ignore[arg-type] # it asks for the address alone
    field, typed = phone.locator("math-field").last, phone.locator("wk-formula input").last
    field.focus()
    phone.keyboard.type("x^-1")
    expect(phone.get_by_text("已保存").first).to_be_visible()
    phone.reload()
    expect(typed).to_have_value("x^{-1}")
    field.focus()
    phone.keyboard.press("End")
    phone.keyboard.type("+y")
    expect(typed).to_have_value("x^{-1}+y")


def test_systems_have_a_key_and_a_number_ends_an_index(scene: Scene, phone: Page, sign_in: SignIn) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)  # type: ignore[arg-type] # it asks for the address alone
    field, typed = phone.locator("math-field").last, phone.locator("wk-formula input").last
    field.focus()
    phone.evaluate("mathVirtualKeyboard.show()")
    keys = phone.locator(".MLK__layer.is-visible")
    keys.locator(".layer-switch", has_text="≤ ±").click()
    keys.locator(".MLK__keycap", has_text="⋮").click()
    for key in ("x_1=1", "ArrowRight", "x_2=x_1+1"):
        phone.keyboard.press(key) if key.startswith("Arrow") else phone.keyboard.type(key)
    expect(typed).to_have_value(r"\begin{cases}x_1=1\\ x_2=x_1+1\end{cases}")


@pytest.mark.parametrize(
    ("typed", "keys", "latex"),
    [
        ("", ["∠", "A", "B", "C"], r"\angle ABC"),
        ("", ["△", "A", "B", "C", "≌", "△", "D", "E", "F"], r"\triangle ABC\cong\triangle DEF"),
        ("n", ["!"], "n!"),
        ("x in ", ["R"], r"x\in\mathbb{R}"),
        ("", ["⃗", "A"], r"\vec{A}"),
        ("12cm", [], "12cm"),
        ("angleABC", [], r"\angle ABC"),
    ],
)
def test_figures_vectors_and_sets_of_numbers_have_keys(
    scene: Scene, phone: Page, sign_in: SignIn, typed: str, keys: list[str], latex: str
) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)  # type: ignore[arg-type] # it asks for the address alone
    field = phone.locator("math-field").last
    field.focus()
    phone.keyboard.type(typed)
    phone.evaluate("mathVirtualKeyboard.show()")
    board = phone.locator(".MLK__layer.is-visible")
    board.locator(".layer-switch", has_text="∠").click()
    for key in keys:
        board.locator(".MLK__keycap", has_text=key).first.click()
    expect(phone.locator("wk-formula input").last).to_have_value(latex)


def test_what_is_no_number_is_said_at_the_field(scene: Scene, phone: Page, sign_in: SignIn) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)  # type: ignore[arg-type] # it asks for the address alone
    place = phone.locator("wk-number")
    field, note, bar = place.get_by_role("textbox"), place.locator("[data-note]"), phone.locator(".work-bar")
    field.evaluate(JUST_ABOVE_THE_BAR)
    field.fill("abc")
    expect(note).to_be_hidden()
    field.blur()
    expect(note).to_contain_text("“abc”不是数")
    assert note.evaluate("one => one.getBoundingClientRect().bottom") <= bar.evaluate(
        "one => one.getBoundingClientRect().top"
    )
    expect(field).to_have_accessible_description(re.compile("“abc”不是数"))
    assert_accessible(phone)
    field.fill("十二")
    expect(note).to_be_hidden()


def test_a_teacher_sees_every_kind_as_it_was_answered(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn
) -> None:
    page = open_page(PHONE)
    sign_in(page, scene.student_hat)
    begin(page, scene)  # type: ignore[arg-type] # it asks for the address alone
    fill_in(page)
    hand_in(page)
    page.wait_for_url("**/receipt")
    sign_in(page, scene.teacher_hat)
    page.goto(page.url.replace("/receipt", ""))
    expect(page.locator(".spots-drawn .is-point")).to_have_count(2)
    assert_fits(page)
    assert_accessible(page)


def test_speech_is_recorded_heard_again_and_handed_in(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn
) -> None:
    page = open_page(PHONE)
    sign_in(page, scene.student_hat)
    begin(page, scene)  # type: ignore[arg-type] # it asks for the address alone
    place = page.locator("[data-recorder]")
    page.evaluate(REFUSE_THE_MICROPHONE)
    place.locator("[data-record]").click()
    expect(place.locator("[data-recorder-note]")).to_contain_text("浏览器不能使用麦克风")
    expect(place.locator("input[type=file]")).to_be_visible()
    page.evaluate("() => { delete navigator.mediaDevices.getUserMedia; }")
    place.locator("[data-record]").click()
    place.locator("[data-stop]").wait_for()
    # A second of speech: the recorder tells how long it runs.
    expect(place.locator("[data-recorder-note]")).to_contain_text("0:01")
    place.locator("[data-stop]").click()
    expect(place.locator("audio")).to_be_visible()
    page.reload()
    page.wait_for_selector("form[data-ready]")
    expect(page.locator("[data-recorder] audio")).to_be_visible()
    assert_accessible(page)
    hand_in(page)
    page.wait_for_url("**/receipt")
    with app.app_context():
        assert db.session.scalars(select(Recording)).one().seconds > 0.5
    page.goto(page.url.replace("/receipt", ""))
    expect(page.locator("audio.recording")).to_be_visible()
