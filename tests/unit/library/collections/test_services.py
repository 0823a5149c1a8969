from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from accounts.people.models import Hat
from library.collections import queries, services
from library.collections.errors import (
    CollectionChanged,
    CollectionFull,
    KeepsASearch,
    NoteChanged,
    NotYourTier,
)
from library.collections.models import Collection, CollectionKind
from library.collections.policy import tiers_of
from library.collections.services import Description
from library.collections.smart import kept_search
from library.resources.models import Tier
from tests.factories.accounts import (
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.library import make_resource


def made(hat: Hat, now: datetime, tier: Tier = Tier.SCHOOL, titles: str = "", **more: object) -> Collection:
    collection = services.make(hat, Description(title="方程", tier=tier), now=now, **more)  # type: ignore[arg-type] # a search
    services.add(collection, [make_resource(title).id for title in titles], now=now)
    return collection


def titles(session: Session, hat: Hat, collection: Collection) -> str:
    return "".join(one.resource.title for one in session.scalars(queries.entries_of(hat, collection.id)))


def sees(session: Session, hat: Hat, collection: Collection) -> bool:
    return collection in session.scalars(queries.visible_to(hat)).all()


def test_the_hat_says_for_whom_collections_are_made(session: Session) -> None:
    del session
    city = make_city()
    district = make_district(city)
    assert tiers_of(make_teacher()) == (Tier.PERSONAL, Tier.SCHOOL)
    assert tiers_of(make_administrator(make_school(district))) == (Tier.PERSONAL, Tier.SCHOOL)
    assert tiers_of(make_administrator(district)) == (Tier.PERSONAL, Tier.LOCAL)
    assert tiers_of(make_administrator(city)) == (Tier.PERSONAL, Tier.LOCAL, Tier.PUBLIC)
    assert tiers_of(make_student()) == ()


def test_a_school_collection_is_its_curators_until_shared_and_then_the_schools(
    session: Session, now: datetime
) -> None:
    school_class = make_class()
    teacher, colleague, pupil = (
        make_teacher(school_class),
        make_teacher(school_class),
        make_student(school_class),
    )
    stranger = make_teacher()
    collection = made(teacher, now)
    assert [sees(session, one, collection) for one in (teacher, colleague, pupil, stranger)] == [
        *(True, True, False, False)
    ]
    services.share(collection, now=now)
    assert [sees(session, one, collection) for one in (pupil, stranger)] == [True, False]
    services.unshare(collection)
    services.remove(collection, now=now)
    assert not sees(session, teacher, collection)
    assert collection in session.scalars(queries.removed_by(colleague)).all()


def test_a_personal_collection_is_its_makers_alone_and_cannot_be_shared(
    session: Session, now: datetime
) -> None:
    school_class = make_class()
    teacher, colleague = make_teacher(school_class), make_teacher(school_class)
    collection = made(teacher, now, Tier.PERSONAL)
    assert [sees(session, one, collection) for one in (teacher, colleague)] == [True, False]
    with pytest.raises(NotYourTier):
        services.share(collection, now=now)


def test_a_shared_collection_opens_nothing_of_what_it_names(session: Session, now: datetime) -> None:
    city = make_city()
    administrator = make_administrator(city)
    pupil = make_student(make_class(make_school(make_district(city))))
    theirs = make_resource("别校的", tier=Tier.SCHOOL, organisation=make_school())
    collection = made(administrator, now, Tier.PUBLIC, "甲")
    services.add(collection, [theirs.id], now=now)
    services.share(collection, now=now)
    assert titles(session, pupil, collection) == "甲"
    assert [row[1] for row in session.execute(queries.counts_of(pupil, [collection.id]))] == [1]


def test_a_personal_collection_is_given_to_the_school_and_not_taken_home_again(
    session: Session, now: datetime
) -> None:
    teacher = make_teacher()
    collection = made(teacher, now, Tier.PERSONAL)
    services.change(collection, Description("方程", tier=Tier.SCHOOL), version=1, hat=teacher, now=now)
    session.flush()
    assert (collection.organisation_id, collection.version) == (teacher.organisation_id, 2)
    with pytest.raises(NotYourTier):
        services.change(collection, Description("方程", tier=Tier.PERSONAL), version=2, hat=teacher, now=now)


def test_nobody_makes_collections_for_a_circle_above_the_own(session: Session, now: datetime) -> None:
    del session
    for tier in (Tier.PUBLIC, Tier.LOCAL):
        with pytest.raises(NotYourTier):
            services.make(make_teacher(), Description("方程", tier=tier), now=now)


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(session: Session, now: datetime) -> None:
    teacher = make_teacher()
    collection = made(teacher, now, titles="甲")
    said = Description("第一", tier=Tier.SCHOOL)
    services.change(collection, said, version=1, hat=teacher, now=now)
    with pytest.raises(CollectionChanged):
        services.change(collection, Description("第二", tier=Tier.SCHOOL), version=1, hat=teacher, now=now)
    entry = session.scalars(queries.all_entries_of(collection.id)).one()
    services.note(entry, "课前", version=1)
    services.note(entry, "课前", version=1)
    with pytest.raises(NoteChanged, match="课前"):
        services.note(entry, "课后", version=1)
    assert (collection.title, entry.note) == ("第一", "课前")


def test_entries_are_put_in_order_taken_out_and_put_back(session: Session, now: datetime) -> None:
    teacher = make_teacher()
    collection = made(teacher, now, titles="甲乙丙")
    entries = session.scalars(queries.all_entries_of(collection.id)).all()
    services.move(collection, entries[2], -1, now=now)
    assert titles(session, teacher, collection) == "甲丙乙"
    services.note(entries[0], "导入", version=1)
    services.take_out(entries[0], now=now)
    assert titles(session, teacher, collection) == "丙乙"
    services.put_back(collection, entries[0].resource_id)
    assert titles(session, teacher, collection) == "甲丙乙"
    assert entries[0].note == "导入"
    assert services.add(collection, [one.resource_id for one in entries], now=now) == 0


def test_a_collection_has_room_for_so_many(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    del session
    monkeypatch.setattr(services, "MOST_ENTRIES", 2)
    with pytest.raises(CollectionFull):
        made(make_teacher(), now, titles="甲乙丙")


def test_a_kept_search_has_no_list_but_can_be_frozen_into_one(session: Session, now: datetime) -> None:
    teacher = make_teacher()
    smart = services.make(teacher, Description("分数"), search={"q": "分数"}, now=now)
    assert smart.kind is CollectionKind.SMART
    with pytest.raises(KeepsASearch):
        services.add(smart, [make_resource().id], now=now)
    frozen = services.freeze(teacher, smart, [make_resource("甲").id], "分数(今天)", now=now)
    assert (frozen.kind, titles(session, teacher, frozen)) == (CollectionKind.CURATED, "甲")


def test_only_what_makes_a_search_is_kept_of_its_address() -> None:
    asked = {"q": " 分数 ", "grade": "3", "cursor": "x", "next": "/", "sort": "newest", "type": ""}
    assert kept_search(asked) == {"q": "分数", "grade": "3", "sort": "newest"}
    assert kept_search({"sort": "newest", "cursor": "x"}) == {}
