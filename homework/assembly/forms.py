"""What a teacher asks of a draw, as a page's form sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from werkzeug.datastructures import MultiDict

from homework.assembly.drawing import Wish
from homework.assembly.errors import NothingWanted, NoTopic
from homework.assembly.queries import MOST_POINTS, Filters
from homework.assignments.layers import Layer
from homework.planning.queries import Ease
from library.items.models import ItemKind

MOST_QUESTIONS = 60
MOST_MINUTES = 300.0
MOST_SEED = 9_999

Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that the form says."""

    wish: Wish
    filters: Filters
    layers: Mapping[Ease, Layer]
    """In which layer the drawn ones of each difficulty come."""
    seed: int


def read_asked(form: Form, class_ids: tuple[int, ...]) -> Asked:
    """What is asked for.

    Raises:
        NoTopic: no knowledge point is named.
        NothingWanted: neither how many, nor how long.
    """
    point_ids = tuple(dict.fromkeys(form.getlist("draw_point", type=int)))[:MOST_POINTS]
    eases = {ease: number for ease in Ease if (number := _count(form, f"draw_{ease.value}"))}
    wish = Wish(
        point_ids=point_ids,
        questions=_count(form, "draw_questions") or None,
        minutes=_minutes(form.get("draw_minutes", "")),
        eases=eases,
    )
    if not point_ids:
        raise NoTopic
    if wish.wanted is None and wish.minutes is None:
        raise NothingWanted
    known = set(ItemKind)
    filters = Filters(
        subject_id=form.get("subject_id", type=int),
        kinds=frozenset(ItemKind(one) for one in form.getlist("draw_kind") if one in known),
        class_ids=class_ids,
        with_untaught="draw_untaught" in form,
        with_given="draw_given" in form,
    )
    layers = {ease: _layer(form.get(f"draw_layer_{ease.value}", "")) for ease in Ease}
    return Asked(wish=wish, filters=filters, layers=layers, seed=seed_in(form))


def seed_in(form: Form) -> int:
    """Which of the possible draws."""
    return min(max(form.get("seed", default=1, type=int), 0), MOST_SEED)


def _count(form: Form, name: str) -> int:
    return min(max(form.get(name, default=0, type=int), 0), MOST_QUESTIONS)


def _minutes(text: str) -> float | None:
    try:
        minutes = float(text)
    except ValueError:
        return None
    return min(minutes, MOST_MINUTES) if isfinite(minutes) and minutes > 0 else None


def _layer(text: str) -> Layer:
    return Layer(text) if text in set(Layer) else Layer.REQUIRED
