"""The style page is for who builds pages, and is not there for the public."""

from pathlib import Path

import pytest

from app.factory import create_app
from app.settings import Environment, Settings


@pytest.mark.parametrize(
    ("environment", "status"),
    [(Environment.PRODUCTION, 404), (Environment.DEVELOPMENT, 200), (Environment.TEST, 200)],
)
def test_the_style_page_is_there_in_development_only(
    tmp_path: Path, environment: Environment, status: int
) -> None:
    app = create_app(Settings(data_dir=tmp_path, environment=environment, secret_key="t" * 32))
    answer = app.test_client().get("/style")
    assert answer.status_code == status
    assert ("style.index" in app.view_functions) == (status == 200)


def test_without_a_word_it_is_production() -> None:
    assert Settings.from_environment({}).environment is Environment.PRODUCTION
