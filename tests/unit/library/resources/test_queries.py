from sqlalchemy.orm import Session

from accounts.people.models import Role
from library.items.models import ItemKind
from library.resources import queries
from library.resources.models import ResourceKind, ReviewState, Tier
from tests.factories.accounts import (
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_hat,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.library import make_item, make_point, make_resource


def test_a_hat_sees_public_ones_those_of_its_school_and_above_and_its_own(session: Session) -> None:
    city = make_city()
    district = make_district(city)
    school = make_school(district)
    pupil = make_student(make_class(school))
    teacher = make_teacher(make_class(school))
    mine = make_resource("mine", tier=Tier.PERSONAL, created_by=pupil.person)
    draft = make_resource(
        "draft",
        tier=Tier.SCHOOL,
        organisation=school,
        created_by=teacher.person,
        review_state=ReviewState.DRAFT,
    )
    shared = [
        make_resource("public"),
        make_resource("city", tier=Tier.LOCAL, organisation=city),
        make_resource("district", tier=Tier.LOCAL, organisation=district),
        make_resource("school", tier=Tier.SCHOOL, organisation=school),
    ]
    make_resource("other school", tier=Tier.SCHOOL, organisation=make_school(district))
    make_resource("other district", tier=Tier.LOCAL, organisation=make_district(city))
    make_resource("hidden", review_state=ReviewState.DRAFT)
    make_resource("withdrawn", review_state=ReviewState.WITHDRAWN)
    make_resource("someone's", tier=Tier.PERSONAL, created_by=make_student().person)

    def seen_by(hat: object) -> set[int]:
        return {one.id for one in session.scalars(queries.visible_to(hat))}  # type: ignore[arg-type] # also None

    assert seen_by(pupil) == {one.id for one in [*shared, mine]}
    assert seen_by(teacher) == {one.id for one in [*shared, draft]}
    assert seen_by(make_administrator(district)) == {one.id for one in shared[:3]}
    assert seen_by(make_hat(Role.GUARDIAN, make_school(make_district()))) == {shared[0].id}
    assert seen_by(None) == set()


def test_the_questions_of_a_practice_come_in_its_order_and_present_wording(session: Session) -> None:
    first, second, other = make_item(), make_item(ItemKind.NUMERIC), make_item()
    practice = make_resource(kind=ResourceKind.PRACTICE, items=[second, first])
    make_resource(kind=ResourceKind.PRACTICE, items=[other])
    found = list(session.scalars(queries.items_of_resource(practice.id)))
    assert [one.item_id for one in found] == [second.id, first.id]


def test_related_ones_share_a_point(session: Session) -> None:
    point, other = make_point(), make_point()
    hat = make_student()
    one = make_resource(points=[point])
    make_resource(points=[other])
    make_resource(points=[point], review_state=ReviewState.DRAFT)
    assert list(session.scalars(queries.about_points(hat, [point.id]))) == [one]
