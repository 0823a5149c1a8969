from hypothesis import given
from hypothesis import strategies as st

from library.resources.models import ResourceKind
from recommender.candidates.candidate import CITED, Candidate, Reason, Source, merged
from recommender.ranking.blend import scores
from recommender.ranking.diversity import MOST_PER_POINT, choose, shared_points

KINDS = list(ResourceKind)


def candidate(
    resource_id: int = 1,
    reason: Reason = Reason.WEAK_POINT,
    *,
    kind: ResourceKind = ResourceKind.MICRO_LESSON,
    points: frozenset[int] = frozenset({1}),
    **sources: float,
) -> Candidate:
    given_sources = {Source(name): value for name, value in sources.items()} or {CITED[reason]: 0.8}
    return Candidate(resource_id, kind, f"第 {resource_id} 课", points, reason, given_sources)


numbers = st.floats(0.05, 1)
candidates = st.lists(
    st.builds(
        lambda reason, kind, point, cited, fit: candidate(
            reason=reason, kind=kind, points=frozenset({point}), **{CITED[reason].value: cited, "fit": fit}
        ),
        st.sampled_from(Reason),
        st.sampled_from(KINDS),
        st.integers(1, 5),
        numbers,
        numbers,
    ),
    min_size=1,
    max_size=30,
).map(
    lambda ones: [
        Candidate(place, one.kind, f"{place}", one.points, one.reason, one.sources)
        for place, one in enumerate(ones)
    ]
)


@given(candidates, st.data())
def test_without_its_cited_evidence_every_suggestion_scores_lower(
    found: list[Candidate], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(found) - 1))
    without = [one.without_evidence() if at == place else one for at, one in enumerate(found)]
    assert scores(without)[place] < scores(found)[place]


def test_a_sure_weak_point_comes_before_something_merely_similar() -> None:
    weak = candidate(1, weakness=0.9, fit=1.0)
    similar = candidate(2, Reason.SIMILAR, similarity=0.6, fit=1.0)
    assert scores([weak, similar])[0] > scores([weak, similar])[1]


@given(candidates)
def test_no_point_fills_the_list_and_ten_hold_three_kinds_where_there_are_three(
    found: list[Candidate],
) -> None:
    chosen = [one for one, _ in choose(found, scores(found), shared_points)]
    assert len({one.resource_id for one in chosen}) == len(chosen) <= 10
    for point in range(1, 6):
        assert sum(point in one.points for one in chosen) <= MOST_PER_POINT
    if len(chosen) == 10:
        assert len({one.kind for one in chosen}) >= min(3, len({one.kind for one in found}))
    assert len({(one.kind, *one.points) for one in chosen}) == len(chosen)


def test_room_is_kept_for_kinds_that_score_low() -> None:
    lessons = [candidate(n, points=frozenset({n}), weakness=0.9) for n in range(20)]
    others = [
        candidate(30, kind=ResourceKind.READING, points=frozenset({30}), weakness=0.1),
        candidate(31, kind=ResourceKind.PRACTICE, points=frozenset({31}), weakness=0.1),
    ]
    found = lessons + others
    chosen = [one for one, _ in choose(found, scores(found), shared_points)]
    assert {one.kind for one in chosen} == {
        ResourceKind.MICRO_LESSON,
        ResourceKind.READING,
        ResourceKind.PRACTICE,
    }


def test_of_two_resources_with_one_title_one_is_enough() -> None:
    twins = [
        Candidate(n, ResourceKind.READING, "分数", frozenset({n}), Reason.SIMILAR, {Source.SIMILARITY: 0.8})
        for n in (1, 2)
    ]
    other = Candidate(
        3, ResourceKind.READING, "方程", frozenset({3}), Reason.SIMILAR, {Source.SIMILARITY: 0.79}
    )
    found = [*twins, other]
    order = [one.resource_id for one, _ in choose(found, scores(found), shared_points)]
    assert order == [1, 3]


def test_nothing_to_choose_from_is_an_empty_list() -> None:
    assert choose([], scores([]), shared_points) == []


def test_two_cases_for_one_resource_become_one_with_the_most_telling_reason() -> None:
    weak = candidate(7, weakness=0.7)
    begun = candidate(7, Reason.UNFINISHED, points=frozenset({2}), unfinished=0.9)
    [joined] = merged([begun, weak])
    assert joined.reason is Reason.WEAK_POINT
    assert joined.sources == {Source.WEAKNESS: 0.7, Source.UNFINISHED: 0.9}
    assert joined.points == {1, 2}
