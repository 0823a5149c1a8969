"""What a teacher sends: a file or a text, stored before anything is read of it."""

import io

from werkzeug.datastructures import FileStorage

from core.files import files
from core.i18n import DEFAULT_LANGUAGE, _, is_chinese
from library.intake.errors import NothingSent
from library.intake.forms import SendForm
from library.intake.reading import PAPER, format_named
from library.intake.services import Sent

LONGEST_NAME = 40
HEAD_BYTES = 20_000
"""So much of a file tells its format."""


def sent_with(form: SendForm) -> Sent:
    """What was sent, stored.

    Raises:
        NothingSent: neither a text nor a file.
        UnknownFormat: nothing here reads the file.
    """
    language = DEFAULT_LANGUAGE if is_chinese() else "en"
    upload: FileStorage | None = form.file.data
    if upload and upload.filename:
        name = upload.filename
        with upload.stream as stream:
            found = format_named(name, stream.read(HEAD_BYTES)).name
            stream.seek(0)
            stored = files().put(stream)
    elif text := (form.text.data or "").strip("\r\n"):
        if not text.strip():
            raise NothingSent
        first = text.strip().splitlines()[0]
        name, found = _("Pasted: %(text)s", text=first[:LONGEST_NAME]), PAPER
        stored = files().put(io.BytesIO(text.encode()))
    else:
        raise NothingSent
    return Sent(name, found, stored.sha256, language)
