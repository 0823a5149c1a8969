"""Refusals of the sign-in room."""

from core.errors import Invalid, NotAllowed, SignInNeeded, TooMany
from core.i18n import lazy


class WrongSignIn(SignInNeeded):
    """Username and password do not belong together; which of them is wrong is not said."""

    message = lazy("The username or the password is wrong.")


class TooManyTries(TooMany):
    """Too many wrong passwords for this account or from this address."""

    message = lazy("Too many wrong passwords. Please wait %(retry_after_seconds)s seconds and try again.")


class Suspended(NotAllowed):
    """The account exists, the password is right, and the school has suspended it."""

    message = lazy("This account is suspended. Please ask your school.")


class NotYourHat(Invalid):
    """The role is not one that this person has."""

    message = lazy("This is not one of your roles.")


class PasswordChangeNeeded(NotAllowed):
    """The first password came from the school and must be replaced before anything else."""

    message = lazy("Please choose a password of your own first.")


class HatNeeded(NotAllowed):
    """The person has several roles and has not chosen one."""

    message = lazy("Please choose a role first.")


class WrongPassword(Invalid):
    """The present password was not given right."""

    message = lazy("Your present password is not right.")


class ShortPassword(Invalid):
    """The new password is too short."""

    message = lazy("A password has at least %(least)s characters.")


class LongPassword(Invalid):
    """The new password is longer than is read."""

    message = lazy("A password has at most %(most)s characters.")


class NamedPassword(Invalid):
    """The new password is, or contains, the username."""

    message = lazy("The password must not contain your username.")


class CommonPassword(Invalid):
    """The new password is among those that are tried first."""

    message = lazy("This password is easy to guess. Please choose a less common one.")


class SamePassword(Invalid):
    """The new password is the old one."""

    message = lazy("The new password must differ from the present one.")
