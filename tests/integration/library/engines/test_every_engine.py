"""What every engine must do, whatever it is made of."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.search.asking import Asked
from library.search.engine import COUNTED, NOBODY, Engine, Facet, Order
from tests.integration.library.engines.asking import WORDS, entry, query


def test_what_was_indexed_is_found(index: Engine) -> None:
    assert index.rebuild([entry(1), entry(2, ["方程"])]) == 2
    found = index.search(query("分数"))
    assert (found.total, found.ids) == (1, [1])


def test_an_added_entry_is_found_and_a_removed_one_is_not(index: Engine) -> None:
    index.rebuild([entry(1), entry(2)])
    index.index([entry(3), entry(1, ["方程"])], gone=[2])
    assert index.search(query("分数")).ids == [3]
    assert index.search(query("方程")).ids == [1]
    assert len(index) == 2


def test_only_what_the_person_may_see_is_found_and_counted(index: Engine) -> None:
    index.rebuild(
        [
            entry(1),
            entry(2, audience=7),
            entry(3, audience=8),
            entry(4, audience=NOBODY),
            entry(5, audience=NOBODY, author=3),
        ]
    )
    found = index.search(query("分数"))
    assert set(found.ids) == {1, 2, 5}
    assert found.total == 3
    assert found.facets[Facet.SUBJECT] == {1: 3}


def test_a_facet_counts_as_if_its_own_filter_were_not_set(index: Engine) -> None:
    index.rebuild([entry(1, subject=1), entry(2, subject=2), entry(3, subject=2, grade_from=8, grade_to=9)])
    found = index.search(query("分数", filters={Facet.SUBJECT: frozenset({1})}))
    assert found.ids == [1]
    assert found.facets[Facet.SUBJECT] == {1: 1, 2: 2}
    assert found.facets[Facet.GRADE] == {7: 1}


def test_a_grade_filter_takes_ranges_that_hold_it(index: Engine) -> None:
    index.rebuild([entry(1, grade_from=1, grade_to=12), entry(2, grade_from=8, grade_to=9), entry(3)])
    assert set(index.search(query("分数", filters={Facet.GRADE: frozenset({8})})).ids) == {1, 2}


def test_pages_follow_each_other(index: Engine) -> None:
    index.rebuild([entry(number) for number in range(1, 48)])
    seen: list[int] = []
    after = None
    while True:
        page = index.search(query("分数", limit=10, after=after))
        seen += page.ids
        after = page.next
        if after is None:
            break
    assert sorted(seen) == list(range(1, 48))


def test_newest_first_is_an_order(index: Engine) -> None:
    index.rebuild([entry(1, created=30), entry(2, created=10), entry(3, created=20)])
    assert index.search(query("分数", order=Order.NEWEST)).ids == [1, 3, 2]


def test_words_that_begin_so_are_suggested(index: Engine) -> None:
    index.rebuild([entry(1, ["分数", "分母"]), entry(2, ["分数"])])
    assert index.suggest("分") == ["分数", "分母"]


def test_an_index_can_be_empty(index: Engine) -> None:
    index.rebuild([])
    found = index.search(query("分数"))
    assert (found.total, found.ids, found.next) == (0, [], None)
    assert found.facets == {facet: {} for facet in COUNTED}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.sets(st.sampled_from(WORDS), min_size=1), min_size=1, max_size=12),
    wanted=st.sets(st.sampled_from(WORDS), min_size=1, max_size=3),
)
def test_what_holds_all_words_is_found_as_a_plain_search_finds_it(
    index: Engine, texts: list[set[str]], wanted: set[str]
) -> None:
    index.rebuild([entry(number, words) for number, words in enumerate(texts, start=1)])
    all_of_them = {number for number, words in enumerate(texts, start=1) if wanted <= words}
    found = index.search(query(asked=Asked(tuple(wanted), {}), limit=50))
    if all_of_them:
        assert all_of_them <= set(found.ids)
    if not found.is_relaxed:
        assert set(found.ids) == all_of_them
