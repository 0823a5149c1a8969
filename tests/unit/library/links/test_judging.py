"""A link is dead after failures on three days, and alive after one answer."""

from datetime import date, timedelta

from library.links.asking import Problem
from library.links.judging import Standing, is_our_fault, judge
from library.links.models import LinkState
from library.links.rounds import go_round

MONDAY = date(2026, 9, 7)
DAY = timedelta(days=1)


def test_three_bad_days_make_it_dead_and_one_answer_alive_again() -> None:
    standing = Standing()
    states = []
    for number in range(4):
        standing = judge(standing, Problem.NOT_THERE, MONDAY + number * DAY)
        states.append(standing.state)
    assert states == [LinkState.SUSPECT, LinkState.SUSPECT, LinkState.DEAD, LinkState.DEAD]
    assert judge(standing, None, MONDAY + 5 * DAY) == Standing()


def test_many_failures_on_one_day_are_one() -> None:
    standing = Standing()
    for _time in range(5):
        standing = judge(standing, Problem.NO_ANSWER, MONDAY)
    assert (standing.state, standing.failures) == (LinkState.SUSPECT, 1)


def test_where_nothing_can_be_reached_the_fault_is_ours() -> None:
    assert is_our_fault([Problem.NO_HOST] * 4 + [Problem.NO_ANSWER])
    assert not is_our_fault([Problem.NO_HOST] * 4 + [None])
    assert not is_our_fault([Problem.NO_HOST] * 4 + [Problem.NOT_THERE])
    assert not is_our_fault([Problem.NO_HOST] * 2)


def test_one_host_is_asked_with_pauses_and_each_address_once() -> None:
    asked: list[str] = []
    pauses: list[float] = []

    def ask(url: str) -> None:
        asked.append(url)

    urls = {1: "https://a.example/1", 2: "https://a.example/2", 3: "https://a.example/1"}
    found = list(go_round(urls, ask, pauses.append))

    assert found == [{1: None, 2: None, 3: None}]
    assert asked == ["https://a.example/1", "https://a.example/2"]
    assert len(pauses) == 1


def test_a_silent_host_is_left_alone_and_the_others_are_asked() -> None:
    asked: list[str] = []

    def ask(url: str) -> Problem | None:
        asked.append(url)
        return Problem.NO_ANSWER if "silent" in url else None

    urls = {number: f"https://silent.example/{number}" for number in range(50)} | {99: "https://b.example/"}
    found = {
        number: problem for part in go_round(urls, ask, lambda _: None) for number, problem in part.items()
    }

    assert sum("silent" in url for url in asked) == 3
    assert found[99] is None
    assert len(found) == 4
