"""Where a sign-in comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """A browser or client as its request shows it."""

    address: str
    user_agent: str = ""
