"""What is sent with a mark."""

from datetime import UTC, datetime

from library.resources.models import ResourceKind

STEPS = {"up": -1, "down": 1, "top": -1000}


def read_kind(text: str) -> ResourceKind | None:
    """The kind that an address names; none for anything else."""
    return ResourceKind(text) if text in {one.value for one in ResourceKind} else None


def read_moment(text: str) -> datetime | None:
    """The moment of something that can be undone, in microseconds since 1970; None where it is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len("9999999999999999")):
        return None
    seconds, microseconds = divmod(int(text), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)


def write_moment(moment: datetime) -> str:
    """*moment* as ``read_moment`` reads it."""
    return str(int(moment.timestamp()) * 1_000_000 + moment.microsecond)
