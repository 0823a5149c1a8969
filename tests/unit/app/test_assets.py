import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.assets import AssetIndex, asset_url, folders

STYLES = "app/css/tokens.css"


@pytest.fixture
def address(app: Flask) -> str:
    with app.test_request_context():
        return asset_url(STYLES)


def test_an_address_holds_the_build_and_is_kept_for_a_year(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.cache_control.max_age == 31536000
    assert answer.cache_control.immutable
    assert b"--wk-paper" in answer.data


def test_the_last_releases_address_gives_todays_file_but_is_not_kept(client: FlaskClient) -> None:
    answer = client.get(f"/static/0123456789ab/{STYLES}")
    assert answer.status_code == 200
    assert answer.cache_control.no_cache
    assert answer.cache_control.max_age is None


@pytest.mark.parametrize(
    "name",
    ["app/css/none.css", "../app/assets.py", "app/../../pyproject.toml", "app/css", "%2e%2e/pyproject.toml"],
)
def test_what_is_not_a_static_file_does_not_exist(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/0123456789ab/{name}").status_code == 404


def test_text_comes_compressed_to_who_takes_it(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.content_encoding == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_who_asks_makes_no_difference(client: FlaskClient, address: str) -> None:
    client.get("/style")
    answer = client.get(address)
    assert answer.headers.getlist("Vary") == ["Accept-Encoding"]
    assert "Set-Cookie" not in answer.headers


def test_a_kept_file_is_not_sent_again(client: FlaskClient, address: str) -> None:
    etag = client.get(address).headers["ETag"]
    answer = client.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.data == b""


def test_a_changed_file_changes_every_address(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("1")
    (tmp_path / "two.js").write_text("2")
    before = AssetIndex([tmp_path]).build
    assert AssetIndex([tmp_path]).build == before
    (tmp_path / "two.js").write_text("3")
    assert AssetIndex([tmp_path]).build != before


def test_compressed_files_are_forms_of_their_file_not_files(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("1")
    (tmp_path / "one.js.br").write_bytes(b"packed")
    index = AssetIndex([tmp_path])
    assert list(index.files) == ["one.js"]
    assert index.files["one.js"].brotli == tmp_path / "one.js.br"


def test_brotli_is_preferred_where_it_is_at_hand(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("1")
    (tmp_path / "one.js.br").write_bytes(b"packed")
    kept, app.extensions["assets"] = app.extensions["assets"], AssetIndex([tmp_path])
    try:
        answer = app.test_client().get("/static/x/one.js", headers={"Accept-Encoding": "gzip, br"})
        assert answer.content_encoding == "br"
        assert answer.data == b"packed"
    finally:
        app.extensions["assets"] = kept


def test_each_package_brings_its_own_files() -> None:
    assert [folder.parts[-2:] for folder in folders(Path("root"))][:2] == [
        ("build", "static"),
        ("app", "static"),
    ]


def test_the_address_knows_where_the_platform_is_mounted(pristine: Flask) -> None:
    for root in ("", "/weike", ""):
        with pristine.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            assert asset_url(STYLES).startswith(f"{root}/static/")
