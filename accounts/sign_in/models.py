"""Server-side sessions and what is remembered of failed sign-ins."""

from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import Hat, Person, person_fk
from core.database import Model, pk, sha256, utc
from core.privacy import Erasure, Personal, Retention, Use


class LoginSession(Model):
    """A signed-in browser or client. The cookie holds a random token; here stands its hash.

    It is what Flask-Login calls the user: what is loaded on each request is the session, so that
    revoking it, suspending the person or ending the hat takes effect on the next one.
    """

    __tablename__ = "login_session"
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("hat_id", "created_at", "last_seen_at", "expires_at", "revoked_at", "user_agent", "address"),
                "keep people signed in, and let them see and end their sessions",
                Retention.SIX_MONTHS,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "token_sha256"),
    )

    id: Mapped[pk]
    token_sha256: Mapped[sha256] = mapped_column(unique=True)
    person_id: Mapped[person_fk]
    hat_id: Mapped[int | None] = mapped_column(ForeignKey("hat.id"))
    """The hat that is worn; None while the person has yet to choose."""
    created_at: Mapped[utc]
    last_seen_at: Mapped[utc]
    """When it was last used to change something, to ten minutes; reading alone writes nothing."""
    expires_at: Mapped[utc]
    """When it ends however much it is used; the idle limit is kept in the cookie."""
    revoked_at: Mapped[utc | None]
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(64), default="")

    person: Mapped[Person] = relationship(lazy="joined")
    hat: Mapped[Hat | None] = relationship(lazy="joined")

    token = ""
    """The token itself: at hand while the session is made or carried by a request, never stored."""
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    def get_id(self) -> str:
        """What Flask-Login puts into the signed cookie."""
        return self.token

    @property
    def worn_hat(self) -> Hat | None:
        """The hat, unless it has ended meanwhile."""
        return self.hat if self.hat is not None and self.hat.ended_at is None else None


class FailedSignIn(Model):
    """One wrong password, to slow down guessing per account and per address.

    A try is written down before its password is looked at, and taken back if it is right: guesses
    sent at the same moment count as well.
    """

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))
    __privacy__ = Personal(
        subjects=("username",),
        uses=(Use(("at", "address"), "stop password guessing (等保2.0 8.1.4)", Retention.SIX_MONTHS),),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    username: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[utc]
