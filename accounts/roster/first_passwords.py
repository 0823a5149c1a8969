"""First passwords for many: made and hashed at once, because argon2 is slow by design."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from accounts.sign_in.passwords import hash_password, make_first_password

AT_ONCE = 4
"""argon2 lets other threads run while it computes."""


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """What is handed out, and what is kept of it."""

    text: str
    hashed: str


def make_first_passwords(usernames: Collection[str]) -> dict[str, FirstPassword]:
    """A random password for each. Slow: call it before a transaction."""
    texts = [make_first_password() for _username in usernames]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        hashes = list(threads.map(hash_password, texts))
    return {
        username: FirstPassword(text, hashed)
        for username, text, hashed in zip(usernames, texts, hashes, strict=True)
    }
