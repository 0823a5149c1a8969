"""Passwords: how they are kept, which are too weak, and how the school's first ones are made."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from accounts.sign_in.common_passwords import COMMON
from accounts.sign_in.errors import CommonPassword, LongPassword, NamedPassword, ShortPassword

LEAST_CHARACTERS = 8
MOST_CHARACTERS = 128
LEAST_DIFFERENT_CHARACTERS = 4
LONGEST_NAME_IGNORED = 2
"""Usernames this short stand in many good passwords by chance."""
RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
FIRST_PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 -- the letters that no pupil misreads, not a password
FIRST_PASSWORD_CHARACTERS = 10

_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$stbvfjQsvgbMezqMCptVMg$qrDt2s3VwwZcZxzXO/2V2VetmYR2HvKgNgQF2bxb0JY"
"""The hash of a forgotten random text: an unknown account costs the same time as a wrong password."""


def hash_password(password: str) -> str:
    """Argon2id with the smallest parameters that OWASP names: a class of fifty signs in at once."""
    return _hasher().hash(password)


def fits(password_hash: str, password: str) -> bool:
    """Whether *password* is the one kept as *password_hash*; an empty hash fits nothing, as slowly."""
    try:
        _hasher().verify(password_hash or _NOBODY, password[:MOST_CHARACTERS])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash != ""


def check_strength(password: str, username: str) -> None:
    """Refuse a password that would be guessed.

    Raises:
        ShortPassword: it has fewer than eight characters.
        LongPassword: it has more than are read.
        NamedPassword: it contains the username.
        CommonPassword: it is a common one, a run, a row of keys, or has too few different characters.
    """
    if len(password) < LEAST_CHARACTERS:
        raise ShortPassword(least=LEAST_CHARACTERS)
    if len(password) > MOST_CHARACTERS:
        raise LongPassword(most=MOST_CHARACTERS)
    lowered = password.lower()
    if len(username) > LONGEST_NAME_IGNORED and username.lower() in lowered:
        raise NamedPassword
    if lowered in COMMON or len(set(lowered)) < LEAST_DIFFERENT_CHARACTERS or _is_run(lowered):
        raise CommonPassword


def make_first_password() -> str:
    """A random password for the school to hand out; 49 bits, enough behind the rate limit."""
    return "".join(secrets.choice(FIRST_PASSWORD_ALPHABET) for _ in range(FIRST_PASSWORD_CHARACTERS))


def _is_run(text: str) -> bool:
    return any(text in run or text[::-1] in run for run in RUNS)


def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
