"""What a pupil has sent ahead, shown to herself."""

from flask import Blueprint, Response

from accounts.sign_in.current import current_hat
from core.access import allow, find
from core.downloads import private_file
from homework.sending import policy, queries
from homework.sending.models import SentFile
from library.media.pictures import MEDIA_TYPE
from library.media.sounds import SPEECH_TYPE

bp = Blueprint("sending", __name__, url_prefix="/sent")


@bp.get("/<int:sent_id>")
@allow(policy.may_send)
def show(sent_id: int) -> Response:
    """The photograph or recording."""
    sent = _sent(sent_id)
    return private_file(sent.kept_sha256, SPEECH_TYPE if sent.is_sound else MEDIA_TYPE)


@bp.get("/<int:sent_id>/thumbnail")
@allow(policy.may_send)
def thumbnail(sent_id: int) -> Response:
    """The photograph, small."""
    sent: SentFile = find(
        queries.sent_by(current_hat()).where(SentFile.id == sent_id, SentFile.is_sound.is_(False))
    )
    return private_file(sent.thumbnail_sha256 or sent.kept_sha256, MEDIA_TYPE)


def _sent(sent_id: int) -> SentFile:
    found: SentFile = find(queries.sent_by(current_hat()).where(SentFile.id == sent_id))
    return found
