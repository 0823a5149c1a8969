"""Pictures in the fields of a question or a text: sent, named, and given back by the form."""

from io import BytesIO
from typing import Any

from flask import current_app, request
from werkzeug.datastructures import MultiDict

from accounts.sign_in.current import current_hat
from core import clock
from core.database import transaction
from core.errors import Invalid, TooLarge
from library.authoring.errors import NotFinished
from library.authoring.forms import GROUPS, next_picture_name
from library.authoring.tokens import picture_token, read_picture
from library.items.drawings import kept
from library.media.pictures import take_drawing

MOST_BYTES = 1_000_000

Form = MultiDict[str, str]


def pictures_in(form: Form) -> list[dict[str, Any]]:
    """The pictures that the form names, each of which this server gave to this person."""
    secret, person_id = current_app.config["SECRET_KEY"], current_hat().person_id
    rows = zip(*(form.getlist(name) for name in GROUPS["picture"]), strict=False)
    return [
        {"name": name[:32], "alt": alt[:500].strip(), **picture}
        for token, name, alt in rows
        if (picture := read_picture(secret, token, person_id)) is not None
    ]


def token_of(picture: dict[str, Any]) -> str:
    """What stands for the picture in a form of the person who is signed in."""
    return picture_token(current_app.config["SECRET_KEY"], picture, current_hat().person_id)


def is_sent() -> bool:
    """Whether a picture comes with the form."""
    upload = request.files.get("picture-file")
    return upload is not None and bool(upload.filename)


def with_sent(form: Form) -> tuple[Form, NotFinished | None]:
    """The form with the picture that comes with it, which is kept already; or why it is not taken.

    It stands at the end of the question, unless the page puts it where it was pasted.
    """
    if not is_sent():
        return form, None
    try:
        drawing = take_drawing(BytesIO(request.files["picture-file"].stream.read()), most_bytes=MOST_BYTES)
    except (Invalid, TooLarge) as wrong:
        return form, NotFinished(places={"pictures": [str(wrong)]})
    with transaction():
        asset = kept(drawing, now=clock.now())
        picture = {"asset": asset.id, "width": drawing.width, "height": drawing.height}
    made: Form = MultiDict(form.items(multi=True))
    name = next_picture_name(form)
    for field, value in zip(GROUPS["picture"], (token_of(picture), name, ""), strict=True):
        made.add(field, value)
    if "spot" in form and not form["spot"]:
        made["spot"] = name
    elif "prompt" in form and "spot" not in form and "picture-pasted" not in form:
        made["prompt"] = f"{form['prompt'].rstrip()}\n[[picture:{name}]]".lstrip()
    return made, None
