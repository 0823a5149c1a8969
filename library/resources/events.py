"""What happens to resources."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResourcesChanged:
    """Resources were made, changed, published or withdrawn."""

    ids: tuple[int, ...]
