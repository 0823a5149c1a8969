from scripts import bytecode
from scripts.paths import BUILD

NONE = "PYTHONDONTWRITEBYTECODE"
PLACE = "PYTHONPYCACHEPREFIX"


def test_where_none_may_lie_beside_the_sources_it_lies_in_build() -> None:
    environment = {NONE: "1"}
    bytecode.keep(environment)
    assert environment == {PLACE: str(BUILD / "bytecode")}


def test_a_place_that_was_chosen_stays() -> None:
    environment = {NONE: "1", PLACE: "/elsewhere"}
    bytecode.keep(environment)
    assert environment == {PLACE: "/elsewhere"}


def test_elsewhere_python_keeps_it_as_it_always_does() -> None:
    environment = {NONE: ""}
    bytecode.keep(environment)
    assert environment == {}
