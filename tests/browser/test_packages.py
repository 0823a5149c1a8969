"""A teacher takes in a course of another system and reads what came of it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.database import db, transaction
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, SignIn, Site
from tests.factories.accounts import make_class, make_teacher
from tests.factories.library import make_subject
from tests.factories.media import picture_bytes
from tests.factories.packages import make_cartridge

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_course_is_taken_in_and_told(
    site: Site, open_page: OpenPage, sign_in: SignIn, tmp_path: Path, size: dict[str, int]
) -> None:
    file = tmp_path / "fractions.imscc"
    file.write_bytes(make_cartridge(**{"web/half.png": picture_bytes()}))
    with site.app.app_context():
        with transaction():
            teacher = make_teacher(make_class())
            make_subject()
        db.session.refresh(teacher)
        hat_id = teacher.id
    page = open_page(size)
    sign_in(page, hat_id)
    page.goto("/library/ours")
    page.get_by_role("link", name="资源包").first.click()
    assert_accessible(page)
    page.get_by_role("link", name="导入第一个").click()
    page.get_by_label("资源包").set_input_files(file)
    assert_accessible(page)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("progressbar", name="正在读取资源包")).to_be_visible()
    site.work()
    expect(page.get_by_role("cell", name="原样导入。").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="认识分数").first.click()
    expect(page.get_by_role("heading", name="认识分数").first).to_be_visible()
