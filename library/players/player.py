"""What the page of a resource shows of a package that is played."""

from dataclasses import dataclass

from flask import url_for

from library.media.models import MediaAsset, MediaState
from library.packages.playable import Place, Standard, Trait


@dataclass(frozen=True, slots=True)
class Player:
    """A package as templates show it."""

    standard: Standard
    places: tuple[Place, ...]
    """The table of contents of a SCORM package; places that cannot be opened are headings."""
    missing: tuple[str, ...]
    traits: frozenset[Trait]

    @property
    def is_playable(self) -> bool:
        """Whether all is there that plays it."""
        return not self.missing

    @property
    def first(self) -> int:
        """The number of the first place that can be opened."""
        return next((number for number, one in enumerate(self.places) if one.name), 0)

    def has(self, trait: str) -> bool:
        """Whether the package has *trait*."""
        return trait in self.traits


def player_of(asset: MediaAsset | None) -> Player | None:
    """What plays the package *asset*; None where it is none, or not read yet."""
    kept = asset.renditions.get("package") if asset is not None and asset.state is MediaState.READY else None
    if kept is None:
        return None
    return Player(
        Standard(kept["standard"]),
        tuple(Place(**one) for one in kept["places"]),
        tuple(kept["missing"]),
        frozenset(Trait(one) for one in kept["traits"]),
    )


def launch_address(resource_id: int, place: int = 0) -> str:
    """Where a package is begun, at one of its places."""
    return url_for("players.begin", resource_id=resource_id, place=place or None)
