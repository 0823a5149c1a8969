"""Work on paper, entered by keyboard alone; what was typed is there after the page is loaded again."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from core import clock
from core.database import db, transaction
from homework.assignments.queries import questions_of
from library.items.models import ItemKind
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import SignIn
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment

pytestmark = pytest.mark.browser

PASTE = """(block) => {
  const data = new DataTransfer();
  data.setData("text/plain", block);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


@dataclass(frozen=True)
class Scene:
    """A class of three with work of two choices and a number."""

    place: str
    students: list[int]
    questions: list[int]
    teacher_hat: int

    def cell(self, page: Page, down: int, across: int) -> Locator:
        """A cell of the grid, from 0."""
        return page.locator(f"[name='c-{self.students[down]}-{self.questions[across]}']")

    def values(self, page: Page) -> list[list[str]]:
        """What stands in the grid."""
        places = range(len(self.questions))
        return [
            [self.cell(page, down, across).input_value() for across in places]
            for down in range(len(self.students))
        ]


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        kinds = (ItemKind.CHOICE, ItemKind.CHOICE, ItemKind.NUMERIC)
        work = make_assignment(
            teacher,
            school_class,
            kinds=kinds,
            opens_at=now - timedelta(days=1),
            due_at=now + timedelta(days=1),
            cut_off_at=now + timedelta(days=2),
        )
        students = [make_student(school_class, f"学生{number}").person_id for number in range(3)]
        questions = [one.id for one in db.session.scalars(questions_of(work.id))]
        return Scene(f"/assignments/{work.id}/paper", students, questions, teacher.id)


def test_a_grid_is_typed_filled_pasted_undone_and_handed_in_by_keyboard(
    scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    sign_in(desktop, scene.teacher_hat)
    desktop.goto(scene.place)
    keyboard = desktop.keyboard
    scene.cell(desktop, 0, 0).focus()
    keyboard.type("ba1.5")  # letters go on by themselves
    keyboard.press("Enter")
    keyboard.type("*")  # all right, and on to the next pupil
    expect(scene.cell(desktop, 2, 0)).to_be_focused()
    desktop.evaluate(PASTE, "A\tE\t9\nB\tB\t1")
    expect(scene.cell(desktop, 2, 1)).to_have_attribute("aria-invalid", "true")
    expect(scene.cell(desktop, 2, 2)).to_have_attribute("aria-invalid", "true")
    expect(desktop.get_by_text("超出表格范围的内容已略去。")).to_be_visible()
    assert_accessible(desktop)
    keyboard.press("Control+z")
    expect(scene.cell(desktop, 2, 1)).not_to_have_attribute("aria-invalid", "true")
    keyboard.press("ArrowUp")
    expect(scene.cell(desktop, 1, 0)).to_be_focused()

    typed = [["b", "a", "1.5"], ["B", "B", "√"], ["", "", ""]]
    assert scene.values(desktop) == typed
    desktop.reload()
    assert scene.values(desktop) == typed
    desktop.get_by_role("button", name="提交已录入的作业").click()
    expect(desktop.get_by_text("2 名学生的作业已提交并批改。")).to_be_visible()
