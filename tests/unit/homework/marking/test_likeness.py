"""Free texts that are alike: always a partition, equal ones together, nothing with an empty one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from homework.marking.likeness import clusters_of
from library.items.texts import fold_text

BIRD = (
    "因为小鸟飞走了，所以大树很孤单。",
    "小鸟飞走了，所以大树感到很孤单。",
    "因为小鸟飞走了,大树很孤单",
)
SPRING = ("春天来了，小草从地里钻了出来。", "春天来了，小草都从土地里钻了出来")
OTHER = "我觉得作者想告诉我们要爱护环境。"
texts = st.lists(
    st.one_of(st.sampled_from((*BIRD, *SPRING, OTHER, "", " ", "不知道")), st.text(max_size=40)), max_size=24
)


def test_answers_that_are_alike_stand_together_and_others_do_not() -> None:
    answers = [BIRD[0], OTHER, SPRING[0], BIRD[1], "", SPRING[1], BIRD[2], "  "]
    assert clusters_of(answers) == [[0, 3, 6], [1], [2, 5], [4, 7]]


@given(texts)
@settings(max_examples=80, deadline=None)
def test_each_answer_stands_in_exactly_one_cluster(answers: list[str]) -> None:
    found = clusters_of(answers)
    assert sorted(place for cluster in found for place in cluster) == list(range(len(answers)))


@given(texts)
@settings(max_examples=80, deadline=None)
def test_equal_answers_stand_together_and_empty_ones_with_empty_ones_only(answers: list[str]) -> None:
    cluster_of = {place: number for number, cluster in enumerate(clusters_of(answers)) for place in cluster}
    for one, text in enumerate(answers):
        for other, another in enumerate(answers):
            if fold_text(text) == fold_text(another):
                assert cluster_of[one] == cluster_of[other]
            elif not (fold_text(text) and fold_text(another)):
                assert cluster_of[one] != cluster_of[other]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_answers_decides_nothing(data: st.DataObject) -> None:
    answers = data.draw(texts)
    order = data.draw(st.permutations(range(len(answers))))
    shuffled = clusters_of([answers[place] for place in order])
    again = sorted(sorted(order[place] for place in cluster) for cluster in shuffled)
    assert again == clusters_of(answers)
