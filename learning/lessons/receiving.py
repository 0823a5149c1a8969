"""What an author sends: a video, in one piece or in parts, and captions as a file."""

from typing import IO

from accounts.sign_in.current import current_hat
from learning.lessons.forms import UploadForm
from library.media import services as media
from library.media import uploads
from library.media.errors import NotAVideo


def received_video(form: UploadForm) -> media.Upload:
    """The video of the form, wherever it is: in parts that came before, or in the form itself.

    Raises:
        NotAVideo: there is none, or it is something else.
    """
    if form.upload_key.data:
        key, size = uploads.read_key(form.upload_key.data), form.upload_size.data or ""
        with uploads.opened(current_hat().person_id, key, int(size) if size.isdigit() else -1) as content:
            return media.receive_video(content)
    if not form.video.data:
        raise NotAVideo
    stream: IO[bytes] = form.video.data.stream
    return media.receive_video(stream)


def text_of(file: IO[bytes]) -> str:
    """The text of a file, in UTF-8 or as Chinese Windows writes it."""
    content = file.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")
