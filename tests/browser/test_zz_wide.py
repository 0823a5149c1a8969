import pytest
from core.database import transaction
from tests.browser.conftest import PHONE
from tests.browser.test_zz_pupillook import build
pytestmark = pytest.mark.browser
def test_wide(app, open_page, sign_in):
    with app.app_context(), transaction():
        world = build()
    page = open_page(PHONE); sign_in(page, world["guardian"][0]); page.goto("/"); page.wait_for_load_state("networkidle")
    print(page.evaluate("""() => [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > 390.5).map((e) => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right) + ' ' + e.textContent.trim().slice(0, 30))"""))
