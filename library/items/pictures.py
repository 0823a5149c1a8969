"""Pictures in questions: assets of the library's media, named by the question."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app, g, url_for

from core import clock
from core.access import worn_hat
from library.media.tokens import make_token


def picture_url(asset_id: int) -> str:
    """Where whoever looks at the page finds the picture for some minutes.

    Nowhere, if nobody is signed in, or the page is the same for everybody (``g.is_for_everybody``): then its
    words stand in its place.

    Whoever shows the question has asked whether the person may see it.
    """
    hat = worn_hat()
    if hat is None or getattr(g, "is_for_everybody", False):
        return ""
    token = make_token(current_app.config["SECRET_KEY"], asset_id, hat.person_id, clock.now())
    return url_for("media.file", token=token, asset_id=asset_id, path="")


def shown_pictures(pictures: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The pictures of a question for a program that shows them."""
    return [
        {name: one[name] for name in ("name", "alt", "width", "height")} | {"url": picture_url(one["asset"])}
        for one in pictures
    ]
