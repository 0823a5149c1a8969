"""What every engine does with the words of a query, and with the orders and limits beside them."""

from library.search.asking import Asked
from library.search.engine import EVERYBODY, Cursor, Engine, Facet, Order, bits_of
from tests.integration.library.engines.asking import entry, query


def ids(index: Engine, **changed: object) -> list[int]:
    return index.search(query(**changed)).ids


def test_required_words_must_match_however_little_does(index: Engine) -> None:
    index.rebuild([entry(1, ["分数", "小数"]), entry(2, ["分数"]), entry(3, ["小数", "方程"])])
    assert ids(index, asked=Asked((), {}, required=("分数", "小数"))) == [1]
    assert ids(index, asked=Asked((), {}, required=("分数", "方程"))) == []


def test_excluded_words_stand_in_nothing_that_is_found(index: Engine) -> None:
    index.rebuild([entry(1, ["分数", "小数"]), entry(2, ["分数"]), entry(3, ["小数"])])
    found = index.search(query(asked=Asked(("分数",), excluded=("小数",))))
    assert (found.ids, found.total, found.facets[Facet.SUBJECT]) == ([2], 1, {1: 1})


def test_words_excluded_together_may_stand_alone(index: Engine) -> None:
    index.rebuild(
        [entry(1, ["分数", "小数", "方程"]), entry(2, ["分数", "小数"]), entry(3, ["分数", "方程"])]
    )
    found = ids(index, asked=Asked(("分数",), excluded_together=(("小数", "方程"),)))
    assert set(found) == {2, 3}


def test_excluded_words_alone_leave_everything_else(index: Engine) -> None:
    index.rebuild([entry(1), entry(2, ["小数"])])
    assert ids(index, asked=Asked((), excluded=("小数",))) == [1]


def test_another_word_will_do(index: Engine) -> None:
    index.rebuild([entry(1, ["图象"]), entry(2, ["图像"]), entry(3, ["方程"])])
    assert set(ids(index, asked=Asked(("图象",), alternatives={"图象": ("图像",)}))) == {1, 2}


def test_helpful_words_change_the_order_only(index: Engine) -> None:
    index.rebuild([entry(1, ["分数", "小数"]), entry(2, ["分数", "光"]), entry(3, ["分数", "力"])])
    found = index.search(query(asked=Asked(("分数",), {"小数": 1.0})))
    assert (found.ids[0], found.total) == (1, 3)


def test_a_rare_word_counts_more_than_a_common_one_where_not_all_match(index: Engine) -> None:
    common = [entry(number, ["光", f"{number}号"]) for number in range(10, 40)]
    index.rebuild([entry(1, ["方程"]), *common])
    found = index.search(query(asked=Asked(("光", "方程"))))
    assert found.ids[0] == 1
    assert found.is_relaxed


def test_words_that_stand_nowhere_do_not_hide_what_the_others_find(index: Engine) -> None:
    index.rebuild([entry(1, ["分数"]), entry(2, ["光"])])
    found = index.search(query(asked=Asked(("分数", "魑魅魍魉"))))
    assert (found.ids, found.is_relaxed) == ([1], True)


def test_the_most_used_come_first_by_everybody_or_by_one_grade(index: Engine) -> None:
    index.rebuild(
        [
            entry(1, uses={EVERYBODY: 9, 7: 1}),
            entry(2, uses={EVERYBODY: 5, 7: 5}),
            entry(3),
            entry(4, uses={EVERYBODY: 5}),
        ]
    )
    assert ids(index, text="分数", order=Order.MOST_USED) == [1, 4, 2, 3]
    assert ids(index, text="分数", order=Order.MOST_USED, grade=7) == [2, 1, 4, 3]


def test_nothing_but_some_ids_can_be_asked_for(index: Engine) -> None:
    index.rebuild([entry(1), entry(2), entry(3, audience=8)])
    found = index.search(query("分数", among=frozenset({2, 3})))
    assert (found.ids, found.total) == ([2], 1)


def test_only_the_facets_asked_for_are_counted(index: Engine) -> None:
    index.rebuild([entry(1, half=2, level=3), entry(2, half=1)])
    found = index.search(query("分数", counted=(Facet.HALF, Facet.LEVEL)))
    assert found.facets == {Facet.HALF: {1: 1, 2: 1}, Facet.LEVEL: {3: 1}}


def test_an_entry_has_several_features_and_is_counted_with_each(index: Engine) -> None:
    captions, signs, last = 1, 4, 31
    index.rebuild(
        [
            entry(1, features=bits_of([captions, signs]), end_user=1),
            entry(2, features=bits_of([captions, last]), end_user=2),
            entry(3, end_user=1),
        ]
    )
    counted = (Facet.FEATURE, Facet.END_USER)
    found = index.search(query("分数", counted=counted))
    assert found.facets == {Facet.FEATURE: {captions: 2, signs: 1, last: 1}, Facet.END_USER: {1: 2, 2: 1}}
    found = index.search(query("分数", counted=counted, filters={Facet.FEATURE: frozenset({signs, last})}))
    assert (found.total, found.facets[Facet.FEATURE]) == (2, {captions: 2, signs: 1, last: 1})
    assert found.facets[Facet.END_USER] == {1: 1, 2: 1}
    both = {Facet.FEATURE: frozenset({captions}), Facet.END_USER: frozenset({1})}
    assert ids(index, text="分数", filters=both) == [1]


def test_every_order_is_paged_without_gap_or_repetition(index: Engine) -> None:
    words = [["分数"], ["分数", "小数"], ["分数", "小数", "光"]]
    made = [
        entry(number, words[number % 3], created=number % 5, uses={EVERYBODY: number % 4})
        for number in range(1, 32)
    ]
    index.rebuild(made)
    for order in Order:
        whole = ids(index, text="分数", order=order, limit=50)
        seen: list[int] = []
        after: Cursor | None = None
        while len(seen) < len(made):
            page = index.search(query("分数", order=order, limit=4, after=after))
            seen += page.ids
            assert page.total == len(made)
            after = page.next
            if after is None:
                break
        assert seen == whole
        assert sorted(seen) == list(range(1, 32))


def test_words_with_marks_of_query_languages_are_words(index: Engine) -> None:
    odd = ["it's", "a\\b", "c:d*", "x&y|z!", "(", "=分数", "solv~"]
    index.rebuild([entry(number, [word]) for number, word in enumerate(odd, start=1)])
    for number, word in enumerate(odd, start=1):
        assert ids(index, asked=Asked((word,))) == [number]


def test_a_rebuild_forgets_what_it_does_not_name_and_an_update_nothing_else(index: Engine) -> None:
    index.rebuild([entry(1), entry(2)])
    index.rebuild([entry(2), entry(3)])
    assert set(ids(index, text="分数")) == {2, 3}
    index.index([entry(3, ["方程"])], gone=[77])
    assert ids(index, text="分数") == [2]


def test_words_of_what_not_everybody_sees_are_suggested_to_nobody(index: Engine) -> None:
    index.rebuild([entry(1, ["分数"]), entry(2, ["分母"], audience=8)])
    assert index.suggest("分") == ["分数"]
    index.index([entry(1, ["分子"]), entry(2, ["分母"])])
    assert set(index.suggest("分")) >= {"分子", "分母"}
