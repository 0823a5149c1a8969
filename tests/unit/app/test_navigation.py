import pytest
from flask import Flask

from app.navigation import ENTRIES, MOST_TABS, account_places, navigation

ROLES = ("student", "teacher", "guardian", "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_starts_at_its_space_and_fits_the_tabs_of_a_phone(role: str) -> None:
    places = [entry.endpoint for entry in ENTRIES if role in entry.roles]
    assert places[0] == "home.index"
    assert len(places) <= MOST_TABS


def test_every_role_named_exists() -> None:
    assert {role for entry in ENTRIES for role in entry.roles} == set(ROLES)


def test_who_is_not_signed_in_has_nowhere_to_go(context: Flask) -> None:
    assert navigation(None) == []


def test_a_place_stays_marked_on_all_pages_that_belong_to_it() -> None:
    homework = next(entry for entry in ENTRIES if entry.endpoint == "assignments.index")
    assert homework.holds("assignments")
    assert homework.holds("marking")
    assert homework.holds("rubrics")
    assert not homework.holds("lessons")
    assert not homework.holds(None)
    library = next(entry for entry in ENTRIES if entry.endpoint == "search.index")
    assert library.holds("banks")


def test_on_every_page_of_homework_the_place_of_homework_is_marked(context: Flask) -> None:
    pages = [
        room.name
        for room in context.blueprints.values()
        if room.import_name.startswith("homework.") and not room.name.endswith("_api")
    ]
    homework = next(entry for entry in ENTRIES if entry.endpoint == "assignments.index")
    assert [name for name in pages if not homework.holds(name)] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_page_marks_one_place(context: Flask, role: str) -> None:
    for room in context.blueprints:
        held = [entry.endpoint for entry in ENTRIES if role in entry.roles and entry.holds(room)]
        assert len(held) <= 1


def test_what_a_place_also_holds_are_rooms_of_the_application(context: Flask) -> None:
    assert {room for entry in ENTRIES for room in entry.also} <= set(context.blueprints)


def test_what_one_reported_is_found_in_the_account_menu(context: Flask) -> None:
    assert "faults.mine" in [place.endpoint for place in account_places()]
