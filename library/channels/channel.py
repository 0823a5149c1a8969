"""A channel as it was read: its tree, and the files that its nodes name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 4_000
DEEPEST = 40
"""Topics inside each other; what lies deeper stands at this depth."""


@dataclass(frozen=True, slots=True)
class NodeFile:
    """A file that a node names: its name is the MD5 of its content."""

    checksum: str
    extension: str
    preset: str = ""
    is_thumbnail: bool = False
    is_supplementary: bool = False
    priority: int = 0

    @property
    def name(self) -> str:
        """What it is called in the storage folder."""
        return f"{self.checksum}.{self.extension}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A topic, or something to learn from."""

    key: str
    """Its id: the same in every version of the channel."""
    parent: str = ""
    kind: str
    title: str = ""
    description: str = ""
    is_cut: bool = False
    """Its title or description was longer than what is taken."""
    is_broken: bool = False
    """Something in its texts could not be read as text."""
    language: str = ""
    author: str = ""
    owner: str = ""
    """Who holds the rights."""
    licence: str = ""
    is_for_coaches: bool = False
    seconds: int = 0
    levels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    files: tuple[NodeFile, ...] = ()
    place: tuple[float, float] = (0, 0)
    """Where it stands among its siblings: left edge in the tree, then the order that its author gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel with all its nodes."""

    key: str
    title: str
    description: str = ""
    author: str = ""
    version: int = 0
    schema: str = ""
    """The version of the tables that it says it needs; of old channels, what their tables look like."""
    root: str = ""
    nodes: Mapping[str, Node] = field(default_factory=dict)
    """By key, the root among them."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """How many rows there are of what we have no place for, by table."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A node in its place: the topics above it, the nearest last, without the channel itself."""

    node: Node
    above: tuple[Node, ...]


def in_order(channel: Channel) -> tuple[list[Standing], list[Node]]:
    """The nodes below the root as a reader meets them, and those that hang on nothing or on each other.

    The parent that a node names decides: the edges of nested sets are wrong in some channels, and a circle
    of parents is never reached from the root.
    """
    below: dict[str, list[Node]] = {}
    for node in channel.nodes.values():
        if node.key != channel.root:
            below.setdefault(node.parent, []).append(node)
    for siblings in below.values():
        siblings.sort(key=lambda one: (*one.place, one.key))
    found: list[Standing] = []
    waiting: list[tuple[Node, tuple[Node, ...]]] = [
        (node, ()) for node in reversed(below.get(channel.root, ()))
    ]
    reached = {channel.root}
    while waiting:
        node, above = waiting.pop()
        reached.add(node.key)
        found.append(Standing(node, above))
        inner = below.get(node.key, ())
        path = (*above, node) if len(above) < DEEPEST else above
        waiting.extend((one, path) for one in reversed(inner))
    outside = [node for node in channel.nodes.values() if node.key not in reached]
    return found, outside
