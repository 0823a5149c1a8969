"""Layers of one assignment: what must be done, what may be done, and what challenges (分层作业)."""

from collections.abc import Iterable
from enum import StrEnum


class Layer(StrEnum):
    """必做、选做、挑战, the easiest first."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    CHALLENGE = "challenge"


ORDER = tuple(Layer)


def is_required(layer: Layer, depth: Layer) -> bool:
    """Whether a question of *layer* must be done by who must work down to *depth*."""
    return ORDER.index(layer) <= ORDER.index(depth)


def deepest(depths: Iterable[Layer]) -> Layer:
    """The depth that asks most; what must be done by all where there is none."""
    return max(depths, key=ORDER.index, default=Layer.REQUIRED)
