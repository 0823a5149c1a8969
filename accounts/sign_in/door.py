"""The way in, shared by page and API: count the try, look at the password, open the session.

The password is looked at between two short transactions, because argon2 is slow by design and nobody
else's write should wait for it.
"""

from accounts.sign_in import current, services
from accounts.sign_in.errors import WrongSignIn
from accounts.sign_in.models import LoginSession
from core import clock
from core.database import transaction


def admit(username: str, password: str, hat_id: int | None = None) -> LoginSession:
    """Sign this browser in.

    Raises:
        TooManyTries: too many wrong passwords for the account or from the address.
        WrongSignIn: username and password do not belong together.
        Suspended: the account is suspended.
        NotYourHat: *hat_id* is none of the person's hats.
    """
    device = current.this_device()
    with transaction():
        services.begin_try(username, device.address, now=clock.now())
    person = services.person_with(username, password)
    if person is None:
        raise WrongSignIn
    with transaction():
        login = services.sign_in(person, device, hat_id=hat_id, lasts=current.idle_limit(), now=clock.now())
    current.begin(login)
    return login
