"""The code lists: complete, in two languages, and at one with the models."""

from itertools import pairwise

import pytest

from library.curriculum.document import FIRST_GRADES, LAST_GRADES
from library.curriculum.models import Stage
from library.resources.models import EndUser, ResourceKind
from library.vocabularies.terms import term_name, vocabulary

LISTS = ("stages", "grades", "subjects", "kinds", "end_users", "difficulty", "languages", "accessibility")


@pytest.mark.parametrize("name", LISTS)
def test_every_term_has_a_name_in_both_languages(name: str) -> None:
    terms = vocabulary(name)
    assert terms
    assert all(term.name and term.name_en for term in terms.values())
    assert len({term.name for term in terms.values()}) == len(terms)


@pytest.mark.parametrize(
    ("name", "kind"), [("kinds", ResourceKind), ("end_users", EndUser), ("stages", Stage)]
)
def test_lists_and_models_have_the_same_codes(
    name: str, kind: type[ResourceKind] | type[EndUser] | type[Stage]
) -> None:
    assert list(vocabulary(name)) == [one.value for one in kind]


def test_stages_hold_the_grades_that_the_curriculum_checks() -> None:
    for stage in Stage:
        term = vocabulary("stages")[stage.value]
        assert (term.first, term.last) == (FIRST_GRADES[stage], LAST_GRADES[stage])


def test_difficulties_cover_the_scale_without_a_gap() -> None:
    terms = list(vocabulary("difficulty").values())
    assert (terms[0].first, terms[-1].last) == (0, 1)
    assert all(one.last == following.first for one, following in pairwise(terms))


def test_an_unknown_code_stands_for_itself_and_an_unknown_list_is_a_mistake() -> None:
    assert term_name("languages", "tlh") == "tlh"
    with pytest.raises(KeyError):
        vocabulary("colours")
