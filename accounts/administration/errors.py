"""Refusals of the administration room."""

from core.errors import NotAllowed
from core.i18n import lazy


class YourOwnAccount(NotAllowed):
    """Administrators cannot lock themselves out, nor pass by the present password."""

    message = lazy("This is your own account. Change your password on the account page.")


class AlsoElsewhere(NotAllowed):
    """The account opens something outside this school, so this school alone may not take it over."""

    message = lazy(
        "This person also has a role outside your school. Please ask the administrator of your district."
    )
