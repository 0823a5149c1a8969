"""Licences are recognised as people write them, and what is not known to be free stays in the house."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from library.resources.licences import exportable, harvestable, licence_of, may_be_exported, may_be_harvested
from library.resources.models import Resource, ReviewState, Tier
from tests.factories.library import make_resource


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0"),
        ("https://creativecommons.org/licenses/by-sa/3.0/", "CC-BY-SA-3.0"),
        ("CC BY", "CC-BY"),
        ("公有领域", "PDM-1.0"),
        (" MIT ", "MIT"),
        ("仅限本校", "school-only"),
        ("版权所有", "all-rights-reserved"),
    ],
)
def test_a_licence_is_known_by_the_names_that_people_write(written: str, code: str) -> None:
    found = licence_of(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", ["", "free for all", "CC BY 9.0", "网络"])
def test_what_is_not_known_is_not_taken_for_something_else(written: str) -> None:
    assert licence_of(written) is None


@pytest.mark.parametrize(
    ("licence", "tier", "state", "leaves"),
    [
        ("CC BY 4.0", Tier.PUBLIC, ReviewState.PUBLISHED, "the platform, and the city"),
        ("CC BY-NC-ND 4.0", Tier.LOCAL, ReviewState.PUBLISHED, "the platform, and the city"),
        ("MIT", Tier.SCHOOL, ReviewState.PUBLISHED, "the platform"),
        ("CC0", Tier.PERSONAL, ReviewState.PUBLISHED, ""),
        ("CC BY 4.0", Tier.PUBLIC, ReviewState.WITHDRAWN, ""),
        ("CC BY 4.0", Tier.PUBLIC, ReviewState.DRAFT, ""),
        ("仅限本校", Tier.PUBLIC, ReviewState.PUBLISHED, ""),
        ("", Tier.PUBLIC, ReviewState.PUBLISHED, ""),
        ("ask me", Tier.PUBLIC, ReviewState.PUBLISHED, ""),
    ],
)
def test_the_rule_of_export_is_the_same_in_python_and_in_a_query(
    session: Session, licence: str, tier: Tier, state: ReviewState, leaves: str
) -> None:
    resource = make_resource(licence=licence, tier=tier, review_state=state)
    make_resource(licence="MIT", tier=Tier.PERSONAL)
    for rule, condition, where in (
        (may_be_exported, exportable(), "platform"),
        (may_be_harvested, harvestable(), "city"),
    ):
        assert rule(resource) is (where in leaves)
        found = session.scalars(select(Resource.id).where(condition)).all()
        assert found == ([resource.id] if where in leaves else [])
