"""Files of the library and of collections: what may leave leaves, what stays is told with its reason."""

import gzip
import io
import json
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from core.files import files
from core.jobs import services as jobs
from library.collections import services as collections
from library.exports import services
from library.exports.models import ExportState, LibraryExport
from library.resources.models import ResourceKind, ReviewState, Tier
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import (
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.library import MADE_AT, make_resource

FREE = "CC-BY-4.0"


class City:
    """Administrators of the city and a school, a teacher and a pupil of it, and resources of all tiers."""

    def __init__(self, app: Flask, sign_in_as: SignInAs) -> None:
        self.app = app
        with app.app_context():
            with transaction():
                city = make_city()
                school = make_school(make_district(city))
                school_class = make_class(school)
                hats = [
                    make_administrator(city),
                    make_administrator(school),
                    make_teacher(school_class),
                    make_student(school_class),
                ]
                elsewhere = make_school(make_district(city))
                made = [
                    make_resource("公共的", licence=FREE, body="一"),
                    make_resource("不明许可", licence="自拟", body="二"),
                    make_resource("保留权利", licence="all-rights-reserved", body="三"),
                    make_resource("草稿", licence=FREE, review_state=ReviewState.DRAFT, body="四"),
                    make_resource("本校的", licence=FREE, tier=Tier.SCHOOL, organisation=school, body="五"),
                    make_resource(
                        "别校的", licence=FREE, tier=Tier.SCHOOL, organisation=elsewhere, body="六"
                    ),
                    make_resource("互动", licence=FREE, kind=ResourceKind.PACKAGE),
                ]
                self.ids = {one.title: one.id for one in made}
                self.hat_ids = [hat.id for hat in hats]
            for hat in hats:
                db.session.refresh(hat)
            db.session.expunge_all()
        self.city, self.school, self.teacher, self.pupil = map(sign_in_as, hats)

    def work(self) -> None:
        with self.app.app_context():
            jobs.run_waiting()

    def collection(self, *titles: str, search: dict[str, str] | None = None) -> int:
        """A collection of the teacher's own."""
        with self.app.app_context(), transaction():
            hat = db.session.get_one(Hat, self.hat_ids[2])
            made = collections.make(hat, collections.Description(title="课/一"), search=search, now=MADE_AT)
            if not search:
                collections.add(made, [self.ids[one] for one in titles], now=MADE_AT)
            return made.id

    def order(self, browser: Browser, *tiers: str) -> str:
        answer = browser.post("/library/exports", data={"tiers": list(tiers)})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return answer.location


@pytest.fixture
def city(app: Flask, sign_in_as: SignInAs) -> City:
    return City(app, sign_in_as)


def titles_in(browser: Browser, address: str) -> set[str]:
    packed = browser.get(f"{address}/file", buffered=True).data
    return {json.loads(line)["title"] for line in gzip.decompress(packed).splitlines()}


def test_the_library_leaves_as_json_lines_with_a_list_of_what_stays(city: City) -> None:
    address = city.order(city.city, "public")
    assert 'hx-trigger="every 1s"' in city.city.get(address).get_data(as_text=True)
    assert city.city.get(f"{address}/file").status_code == 404, "nobody gets half a file"
    city.work()
    page = city.city.get(address).get_data(as_text=True)
    assert "hx-trigger" not in page
    assert "许可" in page
    assert titles_in(city.city, address) == {"公共的", "互动"}
    lines = city.city.get(f"{address}/left-out", buffered=True).get_data(as_text=True).splitlines()
    assert {json.loads(line)["title"] for line in lines} == {"不明许可", "保留权利", "草稿"}
    assert "library-public" in city.city.get(f"{address}/file", buffered=True).headers["Content-Disposition"]


def test_a_school_takes_out_what_is_public_and_its_own(city: City) -> None:
    address = city.order(city.school, "public", "school")
    city.work()
    assert titles_in(city.school, address) == {"公共的", "互动", "本校的"}
    assert city.city.get(address).status_code == 404
    assert city.school.post("/library/exports", data={"tiers": ["local"]}).status_code == 422
    assert city.school.post("/library/exports", data={}).status_code == 422


def test_the_city_takes_out_the_collections_of_all_schools(city: City) -> None:
    address = city.order(city.city, "school")
    city.work()
    assert titles_in(city.city, address) == {"本校的", "别校的"}


def test_a_collection_leaves_as_a_cartridge_in_its_order(city: City) -> None:
    collection_id = city.collection("本校的", "不明许可", "公共的", "互动")
    page = city.teacher.get(f"/library/collections/{collection_id}").get_data(as_text=True)
    assert f"/library/collections/{collection_id}/export" in page
    address = city.teacher.post(f"/library/collections/{collection_id}/export").location
    city.work()
    answer = city.teacher.get(f"{address}/file", buffered=True)
    assert ".imscc" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        manifest = archive.read("imsmanifest.xml").decode()
    assert manifest.index("本校的") < manifest.index("公共的")
    assert "不明许可" not in manifest
    page = city.teacher.get(address).get_data(as_text=True)
    assert "不明许可" in page
    assert "互动" in page
    with city.app.app_context():
        order = db.session.scalars(select(LibraryExport)).one()
        assert (order.written, sum(order.reasons.values())) == (2, 2)


def test_a_kept_search_leaves_with_what_it_finds_now(city: City) -> None:
    collection_id = city.collection(search={"q": "公共的"})
    address = city.teacher.post(f"/library/collections/{collection_id}/export").location
    city.work()
    with zipfile.ZipFile(io.BytesIO(city.teacher.get(f"{address}/file", buffered=True).data)) as archive:
        assert "公共的" in archive.read("imsmanifest.xml").decode()


def test_of_a_collection_of_what_may_not_leave_nothing_leaves(city: City) -> None:
    address = city.teacher.post(f"/library/collections/{city.collection('保留权利')}/export").location
    city.work()
    page = city.teacher.get(address).get_data(as_text=True)
    assert "许可" in page
    assert city.teacher.get(f"{address}/file").status_code == 404


def test_an_empty_collection_says_so(city: City) -> None:
    address = city.teacher.post(f"/library/collections/{city.collection()}/export").location
    city.work()
    with city.app.app_context():
        order = db.session.scalars(select(LibraryExport)).one()
        assert order.state is ExportState.FAILED
    assert city.teacher.get(address).status_code == 200


def test_only_those_who_may_see_it_take_a_collection_out(city: City) -> None:
    collection_id = city.collection("公共的")
    assert city.school.post(f"/library/collections/{collection_id}/export").status_code == 404
    assert city.pupil.post(f"/library/collections/{collection_id}/export").status_code == 403
    assert city.teacher.get("/library/exports").status_code == 403


def test_files_are_forgotten_after_a_week_unless_another_export_keeps_them(city: City) -> None:
    first = city.order(city.city, "public")
    city.work()
    with city.app.app_context():
        with transaction():
            one = db.session.scalars(select(LibraryExport)).one()
            one.finished_at = clock.now() - timedelta(days=8)
            kept = one.file_sha256 or ""
        db.session.remove()
    second = city.order(city.city, "public")
    city.work()
    with city.app.app_context():
        with transaction():
            assert services.forget_old(clock.now()) == 1
        assert files().path(kept).is_file(), "the second export has the same content"
    assert city.city.get(f"{first}/file").status_code == 404
    assert "不" in city.city.get(first).get_data(as_text=True)
    assert city.city.get(f"{second}/file", buffered=True).status_code == 200
    with city.app.app_context():
        with transaction():
            services.forget_old(clock.now() + timedelta(days=8))
        with pytest.raises(FileNotFoundError):
            files().path(kept)
