"""The queue in a folder, with messages that are whole before anyone can see them.

Kombu's own transport writes a message where readers look already. A reader that comes in between takes an
empty file, and its worker ends; during a rush that happened within minutes.
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "folder"


class Channel(filesystem.Channel):
    """Kombu's, but for how a message comes in."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 -- its own signature
        """Write under a name that no reader takes, then give it its own: that is one step.

        Raises:
            ChannelError: the folder takes no more.
        """
        del kwargs
        place = Path(self.data_folder_out) / f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        unfinished = place.with_name(f"{place.name}.part")
        try:
            unfinished.write_text(dumps(payload), encoding="utf-8")
            unfinished.replace(place)
        except OSError as error:
            raise ChannelError(f"{place} cannot be written") from error


class Transport(filesystem.Transport):
    """The transport of addresses that begin with ``folder:``."""

    Channel = Channel


def register() -> None:
    """Let Kombu find it."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"
