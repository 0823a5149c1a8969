"""What happens to files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilesAdded:
    """Files came in bulk and are still to be read, drawn or transcoded."""

    asset_ids: tuple[int, ...]
