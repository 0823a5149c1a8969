from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.resources.models import EndUser, Resource, ResourceKind
from library.showcase.addresses import public_name
from library.showcase.description import described
from library.showcase.sitemaps import sitemap


@given(st.text(min_size=1, max_size=210), st.integers(1, 10**9))
def test_a_public_name_stands_in_an_address_as_it_is(identifier: str, number: int) -> None:
    name = public_name(identifier, number)
    assert quote(name, safe=":~") == name
    assert name in {identifier, str(number)}


@pytest.mark.parametrize("identifier", ["12", "a/b", "..", ".", "", "a b", "分数", "a" * 201, "1\n"])
def test_what_could_be_taken_for_something_else_gives_way_to_the_number(identifier: str) -> None:
    assert public_name(identifier, 7) == "7"


def a_resource(**more: object) -> Resource:
    said = {
        "identifier": "r",
        "title": "读一读",
        "description": "",
        "keywords": [],
        "language": "zh-CN",
        "kind": ResourceKind.READING,
        "grade_from": 7,
        "grade_to": 8,
        "end_user": EndUser.GUARDIAN,
        "accessibility": [],
        "licence": "",
        "author": "",
        "source": "",
        "version": 2,
        "created_at": datetime(2026, 9, 1, tzinfo=UTC),
        "updated_at": datetime(2026, 9, 2, tzinfo=UTC),
    }
    return Resource(**(said | more))


@pytest.mark.parametrize(
    ("minutes", "duration"), [(12, "PT12M"), (0.5, "PT30S"), (1.5, "PT1M30S"), (90, "PT90M"), (0.001, "PT0S")]
)
def test_learning_time_is_an_iso_duration(minutes: float, duration: str) -> None:
    assert described(a_resource(minutes=minutes), [], None, url="u")["timeRequired"] == duration


def test_what_is_not_known_is_left_out() -> None:
    said = described(a_resource(), [], None, url="u")
    assert not {"timeRequired", "author", "teaches", "license", "isPartOf", "about"} & said.keys()
    assert (said["typicalAgeRange"], said["audience"]["educationalRole"]) == ("12-14", "parent")


def test_a_house_that_is_author_and_source_is_no_person() -> None:
    said = described(a_resource(author="教研组", source="教研组"), [], None, url="u")
    assert said["author"]["@type"] == "Organization"


def test_addresses_in_a_sitemap_are_escaped() -> None:
    written = "".join(sitemap([("http://x/?a=1&b=<2>", datetime(2026, 9, 1, tzinfo=UTC))]))
    assert "<loc>http://x/?a=1&amp;b=&lt;2&gt;</loc>" in written
    assert "<lastmod>2026-09-01T00:00:00+00:00</lastmod>" in written
