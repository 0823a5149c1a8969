"""What is in the library twice is found, shown side by side, and judged once."""

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from core.jobs.services import run_waiting
from library.duplicates import tasks
from library.duplicates.models import DuplicatePair, Fingerprint, Sameness, Verdict
from library.media.models import MediaAsset, MediaKind, MediaState
from library.resources.models import Resource, ResourceAsset, ResourceKind, ReviewState, Tier
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import (
    added,
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_school,
    make_teacher,
)
from tests.factories.learning import make_lesson
from tests.factories.library import make_item, make_resource

POEM = "床前明月光，疑是地上霜。举头望明月，低头思故乡。"
ESSAY = "".join(
    f"第{number}段讲的是移项的第{number * 7}个道理，两边同时加上或者减去{number}。" for number in range(30)
)


def pairs(app: Flask) -> list[DuplicatePair]:
    with app.app_context():
        return list(db.session.scalars(select(DuplicatePair).order_by(DuplicatePair.id)))


def look(app: Flask) -> dict[tuple[int, int], Sameness]:
    with app.app_context():
        tasks.find()
    return {(one.first_id, one.second_id): one.sameness for one in pairs(app)}


def asset(sha256: str) -> MediaAsset:
    return added(
        MediaAsset(
            kind=MediaKind.VIDEO,
            source_sha256=sha256,
            media_type="video/mp4",
            size_bytes=1,
            state=MediaState.READY,
            renditions={},
            created_at=MONDAY,
        )
    )


def test_the_same_text_question_address_and_file_are_found(app: Flask) -> None:
    with app.app_context(), transaction():
        texts = [
            make_resource("静夜思", body=POEM).id,
            make_resource("李白的诗", body=POEM.replace("，", ",")).id,
        ]
        near = [
            make_resource("移项", body=ESSAY).id,
            make_resource("移项", body=ESSAY.replace("第3段", "三")).id,
        ]
        links = [
            make_resource(kind=ResourceKind.LINK, url="https://example.org/lesson/1").id for _n in range(2)
        ]
        item = make_item()
        practices = [make_resource(kind=ResourceKind.PRACTICE, items=[item]).id for _n in range(2)]
        documents = [make_resource(kind=ResourceKind.DOCUMENT).id for _n in range(2)]
        for number in documents:
            added(ResourceAsset(resource_id=number, asset_id=asset("a" * 64).id))
        lessons = [make_lesson(), make_lesson()]
        for one in lessons:
            one.asset.source_sha256 = "b" * 64
        videos = [one.resource_id for one in lessons]
        make_resource("别的", body="这一篇和别的都不一样，讲的是分数的意义。")
        make_resource("空的"), make_resource("空的")
        make_resource("练习", body="短"), make_resource("练习", body="短")

    found = look(app)

    assert found == {
        tuple(texts): Sameness.TEXT,
        tuple(near): Sameness.NEAR,
        tuple(links): Sameness.TEXT,
        tuple(practices): Sameness.TEXT,
        tuple(documents): Sameness.FILE,
        tuple(videos): Sameness.FILE,
    }


def test_looking_again_finds_the_same_and_keeps_what_people_said(app: Flask) -> None:
    with app.app_context(), transaction():
        for _number in range(2):
            make_resource(body=POEM)
            make_resource(body=ESSAY)
    first = look(app)
    with app.app_context(), transaction():
        judged = db.session.scalars(
            select(DuplicatePair).where(DuplicatePair.sameness == Sameness.TEXT)
        ).first()
        assert judged is not None
        judged.verdict, judged.judged_at = Verdict.KEPT, MONDAY

    assert look(app) == first
    assert sum(one.verdict is Verdict.KEPT for one in pairs(app)) == 1


def test_what_is_no_longer_alike_is_forgotten(app: Flask) -> None:
    with app.app_context(), transaction():
        make_resource(body=POEM)
        changed = make_resource(body=POEM).id
    assert len(look(app)) == 1
    with app.app_context(), transaction():
        db.session.get_one(Resource, changed).review_state = ReviewState.WITHDRAWN

    assert look(app) == {}


@pytest.mark.parametrize("copies", [3, 120])
def test_many_copies_give_about_as_many_pairs(app: Flask, copies: int) -> None:
    with app.app_context(), transaction():
        for _number in range(copies):
            make_resource(body=POEM)
    assert len(look(app)) <= 2 * copies


def test_an_administrator_keeps_both_or_withdraws_one_for_the_other(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            city = make_city()
            school = make_school(make_district(city))
            office, above = make_administrator(school), make_administrator(city)
            own = [
                make_resource(f"静夜思 {n}", body=POEM, tier=Tier.SCHOOL, organisation=school).id
                for n in "甲乙"
            ]
            public = [make_resource(f"移项 {n}", body=ESSAY).id for n in "甲乙"]
        for hat in (office, above):
            db.session.refresh(hat)
    look(app)
    school_office, city_office = sign_in_as(office), sign_in_as(above)
    page = school_office.get("/library/duplicates").get_data(as_text=True)
    assert "静夜思 甲" in page
    assert "移项" not in page
    by_first = {one.first_id: one.id for one in pairs(app)}

    answer = school_office.post(
        f"/library/duplicates/{by_first[own[0]]}", data={"keep": own[1], "reason": "内容相同"}
    )
    assert answer.status_code == 302
    assert (
        school_office.post(f"/library/duplicates/{by_first[public[0]]}", data={"keep": "both"}).status_code
        == 404
    )
    assert (
        city_office.post(f"/library/duplicates/{by_first[public[0]]}", data={"keep": "both"}).status_code
        == 302
    )

    with app.app_context():
        former = db.session.get_one(Resource, own[0])
        assert (former.review_state, former.replaced_by_id) == (ReviewState.WITHDRAWN, own[1])
        assert db.session.get_one(Resource, own[1]).review_state is ReviewState.PUBLISHED
        assert {one.verdict for one in db.session.scalars(select(DuplicatePair))} == {
            Verdict.KEPT,
            Verdict.WITHDRAWN,
        }
    # Judged pairs come up no more.
    assert "静夜思" not in school_office.get("/library/duplicates").get_data(as_text=True)


@pytest.mark.parametrize("keep", ["", "nonsense", "0"])
def test_a_verdict_without_a_reason_changes_nothing(app: Flask, sign_in_as: SignInAs, keep: str) -> None:
    with app.app_context():
        with transaction():
            office = make_administrator(make_city())
            for _number in range(2):
                make_resource(body=POEM)
        db.session.refresh(office)
    look(app)

    answer = sign_in_as(office).post(
        f"/library/duplicates/{pairs(app)[0].id}", data={"keep": keep, "reason": " "}
    )

    assert answer.status_code == 409
    assert pairs(app)[0].verdict is None


def test_who_writes_what_is_there_already_is_told_at_once(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            school_class = make_class()
            teacher = make_teacher(school_class)
            make_resource("静夜思", body=POEM)
        db.session.refresh(teacher)
    browser = sign_in_as(teacher)
    look(app)
    said = {
        "kind": "reading",
        "title": "我的诗",
        "subject_id": 0,
        "grade_from": 1,
        "grade_to": 1,
        "text": POEM,
    }

    made = browser.post("/library/ours/new", data=said).location.split("/")[2]

    assert "静夜思" in browser.get(f"/library/{made}/trust").get_data(as_text=True)
    with app.app_context():
        run_waiting()
        assert db.session.get(Fingerprint, int(made)) is not None
