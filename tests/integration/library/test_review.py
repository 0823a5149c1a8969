"""A resource climbs from its author's draft to the city, and two persons see it at each step."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Hat, Role
from core.audit.models import AuditEntry
from core.database import db, transaction
from core.events import subscriptions
from library.resources.models import KeptResource, Resource, ReviewState, Tier
from library.resources.services import keep_open
from library.review import queries, services
from library.review.events import Withdrawn
from library.review.models import LogEntry, Reviewer, ReviewRequest
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import (
    added,
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_hat,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.library import make_resource


@dataclass
class City:
    """One school of one district of a city, each with its office; all in browsers."""

    author: Browser
    colleague: Browser
    pupil: Browser
    school: Browser
    district: Browser
    city: Browser
    other_school: Browser
    ids: dict[str, int]

    def request_id(self, app: Flask) -> int:
        with app.app_context():
            return db.session.scalars(select(ReviewRequest.id).order_by(ReviewRequest.id.desc())).first() or 0

    def decide(self, app: Flask, who: Browser, decision: str = "accept", reason: str = "结构清楚") -> int:
        with app.app_context():
            version = db.session.get_one(Resource, self.ids["draft"]).version
        return who.post(
            f"/library/review/{self.request_id(app)}",
            data={"decision": decision, "reason": reason, "version": version},
        ).status_code

    def resource(self, app: Flask) -> Resource:
        with app.app_context():
            return db.session.get_one(Resource, self.ids["draft"])


@pytest.fixture
def city(app: Flask, sign_in_as: SignInAs) -> City:
    with app.app_context():
        with transaction():
            above = make_city()
            district = make_district(above)
            school_class = make_class(make_school(district))
            author = make_teacher(school_class)
            hats = [
                author,
                make_teacher(school_class, name="周老师"),
                make_student(school_class),
                make_administrator(school_class.school),
                make_administrator(district),
                make_administrator(above),
                make_administrator(make_school(district, "另一所学校")),
            ]
            draft = make_resource(
                "移项的道理",
                tier=Tier.SCHOOL,
                organisation=school_class.school,
                created_by=author.person,
                review_state=ReviewState.DRAFT,
                body="两边同时减去同一个数。",
                licence="CC BY 4.0",
            )
            ids = {
                "draft": draft.id,
                "school": school_class.school_id,
                "district": district.id,
                "city": above.id,
                "class": school_class.id,
                "author": author.id,
                "colleague": hats[1].person_id,
                "school_office": hats[3].id,
            }
        for hat in hats:
            db.session.refresh(hat)
    return City(*(sign_in_as(hat) for hat in hats), ids)


def test_a_draft_climbs_to_the_city_and_more_people_find_it_at_each_step(app: Flask, city: City) -> None:
    address = f"/library/{city.ids['draft']}"
    assert city.pupil.get(address).status_code == 404
    for office, tier, owner in (
        (city.school, Tier.SCHOOL, "school"),
        (city.district, Tier.LOCAL, "district"),
        (city.city, Tier.LOCAL, "city"),
    ):
        assert city.author.post(f"{address}/submit").status_code == 302
        assert city.decide(app, office) == 302
        found = city.resource(app)
        assert (found.review_state, found.tier) == (ReviewState.PUBLISHED, tier)
        assert found.organisation_id == city.ids[owner]
    assert city.pupil.get(address).status_code == 200
    # There is no level above the city.
    assert city.author.post(f"{address}/submit").status_code == 409


def test_the_city_may_make_it_public_where_its_licence_lets_everybody_have_it(app: Flask, city: City) -> None:
    for office in (city.school, city.district):
        city.author.post(f"/library/{city.ids['draft']}/submit")
        city.decide(app, office)
    city.author.post(f"/library/{city.ids['draft']}/submit")

    assert city.decide(app, city.city, "for_everybody") == 302

    found = city.resource(app)
    assert (found.tier, found.organisation_id) == (Tier.PUBLIC, None)


def test_what_may_not_be_passed_on_does_not_become_public(app: Flask, city: City) -> None:
    with app.app_context(), transaction():
        resource = db.session.get_one(Resource, city.ids["draft"])
        resource.licence, resource.review_state, resource.tier = "仅限本市", ReviewState.PUBLISHED, Tier.LOCAL
        resource.organisation_id = city.ids["district"]
    city.author.post(f"/library/{city.ids['draft']}/submit")

    # The choice is not offered, and not taken from who sends it nevertheless.
    assert city.decide(app, city.city, "for_everybody") == 422
    assert city.decide(app, city.city) == 302


def test_nobody_decides_on_her_own_work(app: Flask, city: City, sign_in_as: SignInAs) -> None:
    with app.app_context(), transaction():
        author = db.session.get_one(Hat, city.ids["author"])
        school = db.session.get_one(Organisation, city.ids["school"])
        office_of_the_author = make_hat(Role.ADMINISTRATOR, school, author.person)
        added(Reviewer(organisation_id=school.id, person_id=author.person_id, named_at=MONDAY))
        own_id = office_of_the_author.id
    city.author.post(f"/library/{city.ids['draft']}/submit")
    with app.app_context():
        own = sign_in_as(db.session.get_one(Hat, own_id))

    assert city.decide(app, city.author) == 404
    assert city.decide(app, own) == 404
    assert city.decide(app, city.school) == 302


def test_who_changed_its_words_does_not_decide_either(app: Flask, city: City) -> None:
    with app.app_context(), transaction():
        added(Reviewer(organisation_id=city.ids["school"], person_id=city.ids["colleague"], named_at=MONDAY))
    said = {"kind": "reading", "title": "移项", "subject_id": 0, "grade_from": 7, "grade_to": 7, "text": "新"}
    city.author.post(f"/library/{city.ids['draft']}/submit")
    assert city.colleague.get(f"/library/review/{city.request_id(app)}").status_code == 200

    city.colleague.post(f"/library/{city.ids['draft']}/edit", data=said | {"version": 1})

    assert city.colleague.get(f"/library/review/{city.request_id(app)}").status_code == 404


def test_nobody_decides_at_two_levels(app: Flask, city: City, sign_in_as: SignInAs) -> None:
    with app.app_context(), transaction():
        office = db.session.get_one(Hat, city.ids["school_office"])
        upstairs = make_hat(
            Role.ADMINISTRATOR, db.session.get_one(Organisation, city.ids["district"]), office.person
        ).id
    city.author.post(f"/library/{city.ids['draft']}/submit")
    city.decide(app, city.school)
    city.author.post(f"/library/{city.ids['draft']}/submit")
    with app.app_context():
        same_person = sign_in_as(db.session.get_one(Hat, upstairs))

    assert city.decide(app, same_person) == 404
    assert city.decide(app, city.district) == 302


def test_a_school_whose_only_reviewer_wrote_it_is_helped_by_the_district(
    app: Flask, city: City, sign_in_as: SignInAs
) -> None:
    with app.app_context(), transaction():
        author = db.session.get_one(Hat, city.ids["author"])
        office = db.session.get_one(Hat, city.ids["school_office"])
        city.ids["own"] = make_hat(Role.ADMINISTRATOR, office.organisation, author.person).id
    city.author.post(f"/library/{city.ids['draft']}/submit")
    assert city.decide(app, city.district) == 404

    with app.app_context(), transaction():
        db.session.get_one(Hat, city.ids["school_office"]).ended_at = MONDAY

    assert city.decide(app, city.district) == 302
    found = city.resource(app)
    assert (found.tier, found.organisation_id) == (Tier.SCHOOL, city.ids["school"])


def test_a_teacher_whom_the_school_names_reviews_too(app: Flask, city: City) -> None:
    city.author.post(f"/library/{city.ids['draft']}/submit")
    assert city.colleague.get(f"/library/review/{city.request_id(app)}").status_code == 404

    city.school.post("/library/reviewers", data={"person_id": city.ids["colleague"]})

    assert "周老师" in city.school.get("/library/reviewers").get_data(as_text=True)
    assert "移项的道理" in city.colleague.get("/library/review").get_data(as_text=True)
    assert city.decide(app, city.colleague) == 302
    city.school.post(f"/library/reviewers/{city.ids['colleague']}/dismiss")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reviewer)) == 0


def test_what_is_returned_comes_back_with_the_reason_and_can_be_submitted_again(
    app: Flask, city: City
) -> None:
    address = f"/library/{city.ids['draft']}"
    city.author.post(f"{address}/submit", data={"note": "请看例题"})
    assert "请看例题" in city.school.get(f"/library/review/{city.request_id(app)}").get_data(as_text=True)

    assert city.decide(app, city.school, "return", "请补充例题") == 302

    assert city.resource(app).review_state is ReviewState.DRAFT
    assert "请补充例题" in city.author.get(f"{address}/standing").get_data(as_text=True)
    assert "请补充例题" in city.author.get("/library/review?list=mine").get_data(as_text=True)
    assert city.author.post(f"{address}/submit").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"reason": ""}, 422),
        ({"reason": "x" * 1001}, 422),
        ({"decision": ""}, 422),
        ({"decision": "burn"}, 422),
        ({"version": "7"}, 409),
        ({"version": "?"}, 409),
    ],
)
def test_a_decision_needs_its_reason_and_the_version_that_was_seen(
    app: Flask, city: City, wrong: dict[str, str], status: int
) -> None:
    city.author.post(f"/library/{city.ids['draft']}/submit")
    given = {"decision": "accept", "reason": "好", "version": "1"} | wrong

    answer = city.school.post(f"/library/review/{city.request_id(app)}", data=given)

    assert answer.status_code == status
    assert city.resource(app).review_state is ReviewState.DRAFT


def test_submitting_twice_asks_once_and_taking_back_ends_it(app: Flask, city: City) -> None:
    address = f"/library/{city.ids['draft']}"
    assert city.author.post(f"{address}/submit").status_code == 302
    assert city.author.post(f"{address}/submit").status_code == 409
    assert city.author.post(f"{address}/take-back").status_code == 302
    assert city.author.post(f"{address}/take-back").status_code == 409
    assert city.decide(app, city.school) == 404


def test_the_change_log_tells_role_and_organisation_and_no_names(app: Flask, city: City) -> None:
    address = f"/library/{city.ids['draft']}"
    city.author.post(f"{address}/submit")
    city.decide(app, city.school, reason="讲得清楚")

    log = city.pupil.get(f"{address}/trust").get_data(as_text=True)

    assert "讲得清楚" in log
    assert "实验学校" in log
    assert "王主任" not in log
    assert "李老师" not in log
    with app.app_context():
        verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.object_type == "resource")).all()
        assert verbs == ["resource submitted", "resource accepted"]


def test_withdrawing_needs_a_reason_tells_others_and_can_be_undone(
    app: Flask, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Withdrawn] = []
    monkeypatch.setitem(subscriptions(app), Withdrawn, [heard.append])
    address = f"/library/{city.ids['draft']}"
    city.author.post(f"{address}/submit")
    city.decide(app, city.school)

    assert city.author.post(f"{address}/withdraw", data={"reason": " "}).status_code == 422
    assert city.author.post(f"{address}/withdraw", data={"reason": "有错"}).status_code == 302
    assert city.author.post(f"{address}/withdraw", data={"reason": "有错"}).status_code == 409

    assert heard == [Withdrawn(city.ids["draft"])]
    assert city.pupil.get(address).status_code == 404
    assert city.author.post(f"{address}/restore").status_code == 302
    assert city.pupil.get(address).status_code == 200


def test_a_class_that_has_it_opens_what_was_withdrawn_and_reads_why(app: Flask, city: City) -> None:
    address = f"/library/{city.ids['draft']}"
    city.author.post(f"{address}/submit")
    city.decide(app, city.school)
    with app.app_context(), transaction():
        keep_open(city.ids["draft"], {city.ids["class"]})
        keep_open(city.ids["draft"], {city.ids["class"]})
        make_resource("换一个")
        assert db.session.scalar(select(func.count()).select_from(KeptResource)) == 1
        other = db.session.scalars(select(Resource.id).where(Resource.title == "换一个")).one()
    city.district.post(
        f"{address}/withdraw", data={"reason": "图片侵权", "instead": f"http://localhost/library/{other}"}
    )

    assert city.pupil.get(address).status_code == 200
    told = city.pupil.get(f"{address}/trust").get_data(as_text=True)
    assert "图片侵权" in told
    assert f'href="/library/{other}"' in told
    program = city.pupil.get(f"/api/v1{address.replace('/library', '/library/resources')}")
    assert (program.status_code, program.get_json()["review_state"]) == (200, "withdrawn")
    assert city.other_school.get(f"/api/v1/library/resources/{city.ids['draft']}").status_code == 404
    # A teacher does not bring back what the district took away.
    assert city.author.post(f"{address}/restore").status_code == 404
    assert city.other_school.get(address).status_code == 404


@pytest.mark.parametrize("address", ["nowhere", "https://example.org/", "/library/999999", "/library/0"])
def test_what_stands_for_it_must_be_there(app: Flask, city: City, address: str) -> None:
    city.author.post(f"/library/{city.ids['draft']}/submit")
    city.decide(app, city.school)

    answer = city.author.post(
        f"/library/{city.ids['draft']}/withdraw", data={"reason": "有错", "instead": address}
    )

    assert answer.status_code == 422
    assert city.resource(app).review_state is ReviewState.PUBLISHED


def test_two_who_decide_at_once_decide_once(app: Flask, city: City) -> None:
    city.author.post(f"/library/{city.ids['draft']}/submit")
    with app.app_context():
        office = db.session.get_one(Hat, city.ids["school_office"])
        with transaction():
            asked = db.session.scalars(queries.open_request(city.ids["draft"])).one()
            services.give_back(asked, office, "再改改", now=MONDAY)
            with pytest.raises(services.NotUnderReview):
                services.give_back(asked, office, "再改改", now=MONDAY)


def test_a_long_list_costs_as_many_questions_as_a_short_one(app: Flask, city: City) -> None:
    def asked_with(number: int) -> int:
        with app.app_context(), transaction():
            school = db.session.get_one(Organisation, city.ids["school"])
            author = db.session.get_one(Hat, city.ids["author"])
            for _one in range(number):
                draft = make_resource(tier=Tier.SCHOOL, organisation=school, review_state=ReviewState.DRAFT)
                services.submit(draft, author, now=MONDAY)
        statements: list[str] = []

        def note(*arguments: object) -> None:
            statements.append(str(arguments[2]))

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert city.school.get("/library/review").status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    assert asked_with(10) == asked_with(60)


def test_the_log_is_never_about_a_pupil(app: Flask, city: City) -> None:
    city.author.post(f"/library/{city.ids['draft']}/submit")
    with app.app_context():
        assert {one.role for one in db.session.scalars(select(LogEntry))} == {Role.TEACHER}
