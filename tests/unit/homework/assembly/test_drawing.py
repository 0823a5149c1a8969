"""What holds of every draw, whatever there is to draw from."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from homework.assembly.drawing import Candidate, Wish, draw
from homework.planning.queries import Ease
from library.items.models import ItemKind

POINTS = (1, 2, 3, 4)
KINDS = (ItemKind.CHOICE, ItemKind.TEXT_ENTRY, ItemKind.MATCH)


def candidate(number: int, **more: object) -> Candidate:
    usual = Candidate(
        version_id=number,
        item_id=1000 + number,
        point_ids=frozenset({1}),
        kind=ItemKind.CHOICE,
        ease=Ease.MEDIUM,
        minutes=2.0,
    )
    return replace(usual, **more)  # type: ignore[arg-type] # its fields


@st.composite
def libraries(sample: st.DrawFn) -> list[Candidate]:
    return [
        candidate(
            number,
            point_ids=sample(st.frozensets(st.sampled_from(POINTS), min_size=1, max_size=2)),
            kind=sample(st.sampled_from(KINDS)),
            ease=sample(st.sampled_from(Ease)),
            minutes=sample(st.sampled_from((0.5, 1.0, 2.0, 5.0))),
            group=sample(st.sampled_from((None, None, None, 7, 8))),
            item_id=sample(st.integers(1, 30)),
        )
        for number in range(1, sample(st.integers(0, 25)) + 1)
    ]


wishes = st.builds(
    Wish,
    point_ids=st.just(POINTS),
    questions=st.one_of(st.none(), st.integers(1, 12)),
    minutes=st.one_of(st.none(), st.sampled_from((3.0, 10.0, 25.0))),
    eases=st.dictionaries(st.sampled_from(Ease), st.integers(1, 5), max_size=3),
).filter(lambda wish: wish.wanted is not None or wish.minutes is not None)


@given(libraries(), wishes, st.integers(0, 99))
def test_a_draw_keeps_to_what_was_asked(library: list[Candidate], wish: Wish, seed: int) -> None:
    drawn = draw(library, wish, seed)

    assert wish.minutes is None or drawn.minutes <= wish.minutes
    assert wish.wanted is None or len(drawn.chosen) <= wish.wanted
    assert len({one.item_id for one in drawn.chosen}) == len(drawn.chosen)
    for group in {one.group for one in drawn.chosen if one.group}:
        items = {one.item_id for one in drawn.chosen if one.group == group}
        first = {one.item_id: one for one in reversed(library)}
        assert items == {item for item, one in first.items() if one.group == group}
    eases = Counter(one.ease for one in drawn.chosen)
    for ease, number in wish.eases.items():
        assert drawn.eases_missing.get(ease, 0) == max(number - eases[ease], 0)
    assert drawn.questions_missing == max((wish.wanted or 0) - len(drawn.chosen), 0)
    about = {point for one in drawn.chosen for point in one.point_ids}
    assert set(drawn.points_missing) == set(wish.point_ids) - about


@given(libraries(), wishes, st.integers(0, 99), st.randoms())
def test_the_same_seed_draws_the_same_however_the_library_comes(
    library: list[Candidate], wish: Wish, seed: int, chance: object
) -> None:
    other = list(library)
    chance.shuffle(other)  # type: ignore[attr-defined] # a random.Random
    assert draw(library, wish, seed) == draw(other, wish, seed)


@given(st.integers(1, 16), st.integers(0, 99))
def test_what_is_drawn_is_spread_over_the_points_and_the_kinds(questions: int, seed: int) -> None:
    library = [
        candidate(100 * point + 10 * kind + number, point_ids=frozenset({point}), kind=KINDS[kind])
        for point in POINTS
        for kind in range(3)
        for number in range(5)
    ]
    drawn = draw(library, Wish(point_ids=POINTS, questions=questions), seed)

    points = Counter(point for one in drawn.chosen for point in one.point_ids)
    kinds = Counter(one.kind for one in drawn.chosen)
    assert len(drawn.chosen) == questions
    assert max(points.values()) - min(points[one] for one in POINTS) <= 1
    assert max(kinds.values()) - min(kinds[one] for one in KINDS) <= 2


def test_other_seeds_draw_other_questions() -> None:
    library = [candidate(number) for number in range(1, 41)]
    wish = Wish(point_ids=(1,), questions=5)
    draws = {tuple(one.version_id for one in draw(library, wish, seed).chosen) for seed in range(10)}
    assert len(draws) == 10


def test_too_few_hard_ones_are_told_and_nothing_else_comes_in_their_place() -> None:
    library = [candidate(number, ease=Ease.HARD) for number in range(1, 8)]
    library += [candidate(number, ease=Ease.EASY) for number in range(20, 40)]
    drawn = draw(library, Wish(point_ids=(1,), eases={Ease.HARD: 10}), 1)

    assert len(drawn.chosen) == 7
    assert drawn.eases_missing == {Ease.HARD: 3}


def test_what_is_left_of_the_number_is_of_any_difficulty() -> None:
    library = [candidate(number, ease=Ease.HARD) for number in range(1, 4)]
    library += [candidate(number, ease=Ease.EASY) for number in range(20, 40)]
    drawn = draw(library, Wish(point_ids=(1,), questions=8, eases={Ease.HARD: 2}), 1)

    assert len(drawn.chosen) == 8
    assert not drawn.eases_missing
    assert [one.ease for one in drawn.chosen] == sorted(
        (one.ease for one in drawn.chosen), key=list(Ease).index
    )
