"""Pictures named by a form: only those that the server gave to the person who sends it are taken back."""

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

_SALT = "weike.question-picture"


def picture_token(secret: str, picture: dict[str, Any], person_id: int) -> str:
    """A text for a form that stands for the picture, its size included."""
    content = [picture["asset"], picture["width"], picture["height"], person_id]
    return str(URLSafeSerializer(secret, salt=_SALT).dumps(content))


def read_picture(secret: str, token: str, person_id: int) -> dict[str, Any] | None:
    """``asset``, ``width`` and ``height``; None if the token is forged, or another person's."""
    try:
        asset, width, height, owner = URLSafeSerializer(secret, salt=_SALT).loads(token)
    except (BadSignature, TypeError, ValueError):
        return None
    return {"asset": asset, "width": width, "height": height} if owner == person_id else None
