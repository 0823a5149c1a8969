"""What uploads are refused for. A failed asset keeps the refusal's code in ``problem``."""

from core.errors import Conflict, Invalid, TooLarge
from core.i18n import lazy


class NotAPicture(Invalid):
    """The file is no picture, whatever its name says."""

    message = lazy("This file is not a picture. Please choose a photo in JPEG, PNG or WebP.")


class DamagedPicture(Invalid):
    """It begins like a picture, but cannot be read to its end."""

    message = lazy("This picture is damaged or incomplete. Please take or choose it again.")


class PictureTooLarge(TooLarge):
    """More pixels than are decoded."""

    message = lazy(
        "This picture has %(megapixels)s megapixels; at most %(limit)s are taken. "
        "Please choose a smaller size in the camera."
    )


class FileTooLarge(TooLarge):
    """More bytes than are taken in one file."""

    message = lazy("This file is larger than %(limit)s MB.")


class NotAVideo(Invalid):
    """The file is no video, whatever its name says."""

    message = lazy("This file is not a video. Please choose a video in MP4, MOV, WebM or MKV.")


class UnreadableVideo(Invalid):
    """It begins like a video, but cannot be played to its end."""

    message = lazy("This video cannot be read; it is damaged or incomplete. Please export it again.")


class NoMovingPicture(Invalid):
    """There is sound only."""

    message = lazy("This file has sound but no moving picture.")


class VideoTooLong(TooLarge):
    """Longer than any micro-lesson."""

    message = lazy("This video is too long; a micro-lesson lasts at most %(limit)s minutes.")


class VideoTooLarge(TooLarge):
    """More pixels in a frame than are decoded."""

    message = lazy("The pictures of this video are too large. Please export it in 1080p.")


class NotASound(Invalid):
    """Another kind of file than a recording."""

    message = lazy("This is no recording that can be played. Please record it again.")


class DamagedSound(Invalid):
    """It begins like a recording, but cannot be played to its end."""

    message = lazy("This recording is damaged or incomplete. Please export it again.")


class SoundTooLong(TooLarge):
    """Longer than any lesson that is listened to."""

    message = lazy("This recording is too long; at most %(limit)s minutes are taken.")


class TranscodingTimeOut(Invalid):
    """It took longer than any sound video of this length does."""

    message = lazy("This video took too long to prepare. Please export it again as MP4 (H.264).")


class WrongOffset(Conflict):
    """A part of an upload that does not continue what was received."""

    message = lazy("The upload goes on at another place. Please try again.")


class UploadGone(Invalid):
    """The parts of an upload are not here, or not all of them."""

    message = lazy("The upload is not complete. Please choose the file again.")


VIDEO_PROBLEMS = {
    kind().code: kind
    for kind in (
        NotAVideo,
        UnreadableVideo,
        NoMovingPicture,
        VideoTooLong,
        VideoTooLarge,
        TranscodingTimeOut,
    )
}
"""The refusals that ``MediaAsset.problem`` names, by code."""
SOUND_PROBLEMS = {kind().code: kind for kind in (DamagedSound, SoundTooLong, TranscodingTimeOut)}
"""Likewise of recordings."""
