"""Server-side sessions and what is remembered of failed sign-ins."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people.models import person_fk
from core.database import Model, pk, sha256, utc
from core.privacy import Erasure, Personal, Retention, Use


class LoginSession(Model):
    """A signed-in browser or client. The cookie holds a random token; here stands its hash."""

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
    expires_at: Mapped[utc]
    revoked_at: Mapped[utc | None]
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(64), default="")


class FailedSignIn(Model):
    """One wrong password, to slow down guessing per account and per address."""

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
