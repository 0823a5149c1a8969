"""Every question that a generator makes is right, and the library's own marking agrees."""

import re
from fractions import Fraction
from math import gcd, lcm
from pathlib import Path

import pytest

from demo.curriculum import DATA, points, subjects
from demo.items.bank import generators, generators_by_point, skill_generators
from demo.items.facts import tables
from demo.items.poems import poems
from demo.items.question import Generator, Kind, Question
from demo.items.sciences import EQUATIONS
from library.items.kinds.table import KINDS, MARKED_BY_MACHINE
from library.items.marking import mark
from library.items.models import ItemKind
from library.items.records import ItemRecord

SEEDS = range(12)
SKILLS = [g for g in generators() if not g.name.endswith((":says", ":named"))]


def makers_and_seeds(subject: str) -> list[tuple[Generator, int]]:
    return [(g, seed) for g in generators() if g.point.startswith(f"{subject}.") for seed in SEEDS]


def drawn(name: str, seeds: range = range(60)) -> list[Question]:
    maker = next(g for g in generators() if g.name == name)
    return [maker.make(seed) for seed in seeds]


def calculated(text: str, **names: Fraction) -> Fraction:
    """Evaluate a school expression such as ``2(x − 3) + x²`` exactly."""
    code = text.replace("−", "-").replace("×", "*").replace("÷", "/").replace("²", "**2").replace("³", "**3")
    code = re.sub(r"(?<=[\dx)])\s*(?=[x(])", "*", code)
    code = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])", r"F('\1')", code)
    code = re.sub(r"\*\*F\('(\d)'\)", r"**\1", code)
    return eval(code, {"__builtins__": {}, "F": Fraction}, dict(names))  # noqa: S307 -- our own text


def test_every_point_can_be_practised_and_at_least_sixty_kinds_of_question_exist() -> None:
    assert set(generators_by_point()) == set(points())
    assert len(SKILLS) >= 60
    assert all(skill_generators(code) for code in points())


@pytest.mark.parametrize("subject", subjects())
def test_a_question_is_whole(subject: str) -> None:
    for maker, seed in makers_and_seeds(subject):
        question = maker.make(seed)
        assert question == maker.make(seed), maker.name
        assert question.prompt
        assert question.why
        assert len(question.hints) >= 2
        assert question.answers
        assert 0 < question.difficulty < 1
        assert question.point == maker.point
        if question.kind is Kind.CHOICE:
            assert len(question.answers) == 1
        if question.kind in {Kind.CHOICE, Kind.MULTIPLE_CHOICE}:
            assert len(set(question.choices)) == len(question.choices) >= 3
            assert set(question.answers) < set(question.choices)
        responses = [response for response, _ in question.slips]
        assert len(set(responses)) == len(responses)
        assert all(feedback for _, feedback in question.slips)


@pytest.mark.parametrize("subject", subjects())
def test_the_library_marks_the_key_right_and_every_typical_error_wrong(subject: str) -> None:
    for maker, seed in makers_and_seeds(subject):
        record = ItemRecord.model_validate(maker.make(seed).record("urn:test"))
        if record.kind not in MARKED_BY_MACHINE:
            continue
        right = [KINDS[record.kind].right(record.asked)]
        if record.kind is ItemKind.TEXT_ENTRY:
            right = [{"blanks": [text]} for text in record.stored_key()["blanks"][0]]
        for response in right:
            assert mark(record.asked, response).is_correct, (maker.name, seed, response)
        for slip in record.stored_misconceptions():
            assert not mark(record.asked, slip["response"]).is_correct, (maker.name, seed, slip)


ARITHMETIC = [
    "add20_carry", "sub20_borrow", "math.order_simple:order_simple", "math.add1000:three_digits",
    "mul_2digit",
    "div_2digit", "math.order_ops:mixed", "math.decimal_add:decimal_sum", "math.decimal_mul:decimal_product",
    "math.decimal_div:decimal_quotient", "math.fraction_add_unlike:unlike", "math.fraction_mul:product",
    "math.fraction_div:quotient", "math.rational_add:signed_sum", "math.rational_mul:signed_product",
    "math.decimal_shift:shift_point", "math.fraction_add_like:like",
]  # fmt: skip


@pytest.mark.parametrize("name", ARITHMETIC)
def test_calculations_come_out_as_an_independent_calculation_says(name: str) -> None:
    checked = 0
    for question in drawn(name):
        shown = re.search(r"([\d(][\d\s+−×÷/.()]*) = ？", question.prompt)
        if shown is None:
            continue
        text = re.sub(r"(\d+)/(\d+)", r"(\1/\2)", shown.group(1))
        assert calculated(text) == Fraction(question.answers[0]), question.prompt
        checked += 1
    assert checked >= 4


@pytest.mark.parametrize(
    "name",
    [
        "math.eq_onestep:one_step", "math.eq_twostep:two_steps", "math.linear_eq:linear",
        "math.fractional_eq:fractional",
    ],
)  # fmt: skip
def test_the_solution_of_an_equation_solves_it(name: str) -> None:
    for question in drawn(name):
        equation = question.prompt.split("：")[1].split("，")[0]
        left, right = equation.split(" = ")
        x = Fraction(str(question.value))
        assert calculated(left, x=x) == calculated(right, x=x), question.prompt


def test_only_the_right_roots_solve_a_quadratic_equation() -> None:
    for question in drawn("math.quadratic_eq:quadratic"):
        left = question.prompt.removeprefix("解方程：").split(" = ")[0]
        for option in question.choices:
            roots = [Fraction(n.replace("−", "-")) for n in re.findall(r"= (−?\d+)", option)]
            solves = all(calculated(left, x=root) == 0 for root in roots)
            assert solves == (option in question.answers), question.prompt


def test_only_the_right_factors_multiply_to_the_polynomial() -> None:
    for question in drawn("math.factorise:factorise"):
        polynomial = question.prompt.removeprefix("分解因式：")
        for option in question.choices:
            same = all(
                calculated(option, x=Fraction(x)) == calculated(polynomial, x=Fraction(x)) for x in (0, 1, 5)
            )
            assert same == (option in question.answers), question.prompt


def test_only_the_right_pair_solves_simultaneous_equations() -> None:
    for question in drawn("math.simultaneous:simultaneous"):
        shown = question.prompt.removeprefix("方程组 ").removesuffix(" 的解是哪一组？")
        for option in question.choices:
            x, y = (Fraction(n.replace("−", "-")) for n in re.findall(r"= (−?\d+)", option))
            solves = True
            for equation in shown.split("，"):
                left, right = equation.replace("y", "*y").replace(" *y", " y").split(" = ")
                left = re.sub(r"([+−] )\*y", r"\1y", left)
                solves &= calculated(left, x=x, y=y) == calculated(right)
            assert solves == (option in question.answers), question.prompt


def test_common_factors_and_multiples_are_the_greatest_and_the_least() -> None:
    for question in drawn("math.gcf:greatest_factor"):
        a, b = map(int, re.findall(r"\d+", question.prompt))
        assert question.value == gcd(a, b)
    for question in drawn("math.lcm:least_multiple"):
        a, b = map(int, re.findall(r"\d+", question.prompt))
        assert question.value == lcm(a, b)


def test_right_triangles_are_right() -> None:
    for question in drawn("math.pythagoras:pythagoras"):
        a, b = map(int, re.findall(r"\d+", question.prompt))
        sides = sorted([a, b, question.value])
        assert sides[0] ** 2 + sides[1] ** 2 == sides[2] ** 2


def test_balanced_equations_keep_every_atom() -> None:
    def atoms(formula: str) -> dict[str, int]:
        plain = formula.translate(str.maketrans("₂₃₄₅₆", "23456"))
        found: dict[str, int] = {}
        for inner, times in re.findall(r"\(([^)]*)\)(\d*)", plain):
            plain = plain.replace(f"({inner}){times}", inner * int(times or 1))
        for element, count in re.findall(r"([A-Z][a-z]?)(\d*)", plain):
            found[element] = found.get(element, 0) + int(count or 1)
        return found

    for left, right, coefficients in EQUATIONS:
        balance: dict[str, int] = {}
        for place, formula in enumerate([*left, *right]):
            sign = 1 if place < len(left) else -1
            for element, count in atoms(formula).items():
                balance[element] = balance.get(element, 0) + sign * coefficients[place] * count
        assert not any(balance.values()), (left, right)
        assert gcd(*coefficients) == 1


def test_a_next_line_follows_in_its_poem() -> None:
    follows = {pair for poem in poems() for pair in poem.couplets}
    for grade in range(1, 11):
        for question in drawn(f"chinese.poem_g{grade}:next", range(30)):
            first = question.prompt[1 : question.prompt.index("”")]
            for option in question.choices:
                assert ((first, option) in follows) == (option in question.answers)


@pytest.mark.parametrize("path", sorted((DATA / "pairs").glob("*.txt")), ids=lambda p: p.stem)
def test_a_table_of_pairs_gives_one_answer_to_each_question(path: Path) -> None:
    for table in tables(path):
        lefts = [left for left, _ in table.rows]
        assert len(set(lefts)) == len(lefts), table.name
        if table.ask_back:
            rights = [right for _, right in table.rows]
            assert len(set(rights)) == len(rights), table.name
