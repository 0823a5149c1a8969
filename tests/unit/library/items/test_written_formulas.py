"""Formulas written and read again: what is read is what was written, by LaTeX and by a plain keyboard."""

from collections.abc import Callable
from fractions import Fraction
from time import process_time

from hypothesis import assume, given
from hypothesis import strategies as st

from library.items.algebra.equality import same_formula
from library.items.algebra.reading import read
from library.items.algebra.sameness import same_form, same_value
from library.items.algebra.showing import in_dollars
from library.items.algebra.tokens import LONGEST
from library.items.algebra.tree import Node, Op

NAMES = st.sampled_from(["x", "y", "a_1", "π", "∠1", "∠ABC", "∠AOB", "△ABC", "△CAB"])
VECTORS = st.sampled_from(["→a", "→b", "→A B", "→B A", "→O C"])
FORMS = "0123456789xabABC∠△→⃗̇˙!∈ℝℤRZN*ₙ₊+-·×/^(){}[],=<≥≌∥⊥|°或且\\ vecdot向量"
LONGEST_SECONDS = 1.0
"""Of a computer that does something else as well; it takes hundredths."""


def number(value: Fraction) -> Node:
    return Node(Op.NUMBER, number=value)


NUMBERS = st.integers(min_value=0, max_value=99).map(lambda value: number(Fraction(value)))
THIRDS = st.integers(min_value=1, max_value=8).map(lambda value: number(Fraction(value, 9)))


def scalars(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """What is made of numbers, and of vectors."""
    pairs = st.tuples(inner, inner)
    arrows = st.tuples(sums(inner), sums(inner))
    return st.one_of(
        pairs.map(lambda pair: Node(Op.ADD, pair)),
        pairs.map(lambda pair: Node(Op.MULTIPLY, pair, name="*")),
        arrows.map(lambda pair: Node(Op.MULTIPLY, pair, name="*")),
        inner.map(lambda one: Node(Op.NEGATE, (one,))),
        st.tuples(inner, st.sampled_from([2, 3])).map(
            lambda one: Node(Op.POWER, (one[0], number(Fraction(one[1]))))
        ),
        NAMES.map(lambda name: Node(Op.CALL, (Node(Op.NAME, name=name),), name="!")),
        sums(inner).map(lambda one: Node(Op.CALL, (one,), name="abs")),
        inner.map(lambda one: Node(Op.CALL, (one,), name="sqrt")),
    )


def sums(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Vectors, their multiples and sums."""
    one = VECTORS.map(lambda name: Node(Op.NAME, name=name))
    multiple = st.tuples(inner, one).map(lambda pair: Node(Op.MULTIPLY, pair, name="*"))
    return st.one_of(one, multiple, st.tuples(one, multiple).map(lambda pair: Node(Op.ADD, pair)))


TREES = st.recursive(
    st.one_of(NAMES.map(lambda name: Node(Op.NAME, name=name)), NUMBERS, THIRDS), scalars, max_leaves=3
)


def in_latex(node: Node) -> str:
    """As MathLive writes it."""
    return _written(node, _LATEX, r"\left({}\right)", r"\left|{}\right|", r"\sqrt{{{}}}", r"\cdot ")


def typed(node: Node) -> str:
    """As one types it."""
    return _written(node, _TYPED, "({})", "abs({})" if "→" not in str(node) else "|({})|", "√({})", "*")


def _latex_name(name: str) -> str:
    if name[0] != "→":
        return name.replace("∠", r"\angle ").replace("△", r"\triangle ").replace("π", r"\pi ")
    ends = name[1:].split(" ")
    return rf"\overrightarrow{{{''.join(ends)}}}" if len(ends) > 1 else rf"\vec{{{ends[0]}}}"


def _typed_name(name: str) -> str:
    return name.replace("→", "向量").replace(" ", "")


_LATEX: tuple[Callable[[str], str], str] = (_latex_name, r"0.\dot{{{}}}")
_TYPED: tuple[Callable[[str], str], str] = (_typed_name, "0.{}̇")


def _written(  # noqa: PLR0911 -- a line for each kind of node
    node: Node, words: tuple[Callable[[str], str], str], brackets: str, bars: str, root: str, times: str
) -> str:
    name, dotted = words
    parts = [_written(part, words, brackets, bars, root, times) for part in node.parts]
    inside = [brackets.format(part) for part in parts]
    match node.op:
        case Op.NUMBER:
            is_whole = node.number.denominator == 1
            return str(node.number) if is_whole else dotted.format(int(node.number * 9))
        case Op.NAME:
            return name(node.name)
        case Op.ADD:
            return "+".join(inside)
        case Op.MULTIPLY:
            return times.join(inside)
        case Op.NEGATE:
            return f"-{inside[0]}"
        case Op.POWER:
            return f"{inside[0]}^{{{parts[1]}}}"
        case _ if node.name == "!":
            return f"{inside[0]}!"
        case _:
            return (root if node.name == "sqrt" else bars).format(parts[0])


@given(TREES)
def test_what_is_written_is_read_again(tree: Node) -> None:
    assume(len(in_latex(tree)) <= LONGEST)
    assert read(in_latex(tree)) == tree
    assert read(typed(tree)) == tree
    assert read(in_dollars(in_latex(tree))) == tree


@given(TREES, TREES)
def test_it_makes_no_difference_which_of_two_comes_first(one: Node, other: Node) -> None:
    left, right = in_latex(one), typed(other)
    assume(len(left) <= LONGEST)
    for same in (same_value, same_form):
        assert same_formula(left, typed(one), same)
        assert same_formula(left, right, same) == same_formula(right, left, same)


@given(st.text(alphabet=FORMS, max_size=300), st.text(alphabet=FORMS, max_size=300))
def test_whatever_is_typed_takes_no_time_and_has_no_order(one: str, other: str) -> None:
    begun = process_time()
    for same in (same_value, same_form):
        assert same_formula(one, other, same) == same_formula(other, one, same)
        assert same_formula(one, one, same) in {True, False}
    assert process_time() - begun < LONGEST_SECONDS
