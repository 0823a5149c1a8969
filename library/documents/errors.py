"""What files are refused for. A failed asset keeps the refusal's code in ``problem``."""

from core.errors import Conflict, Invalid, NotFound, TooLarge
from core.i18n import lazy
from library.media.errors import SOUND_PROBLEMS, VIDEO_PROBLEMS
from library.packages.errors import DamagedPackage


class NoFile(Invalid):
    """The form came without a file."""

    message = lazy("Please choose a file.")


class UnknownFile(Invalid):
    """It is none of the formats that are taken, whatever its name says."""

    message = lazy(
        "This file is of a kind that is not taken. Please choose a PDF, a Word, PowerPoint or Excel file "
        "(.docx, .pptx, .xlsx), a picture, a sound recording, a video, or an H5P or SCORM package."
    )


class OtherThanItsName(Invalid):
    """The content is of another kind than the ending of the name says."""

    message = lazy(
        "The name of this file ends in “%(ending)s”, but what is in it is something else. Please open it,"
        " and save or export it again."
    )


class OldOffice(Invalid):
    """The binary format of Office before 2007, or a newer one behind a password: both look alike."""

    message = lazy(
        "This is an Office file of the old kind (.doc, .ppt, .xls) or one with a password. Please open "
        "it, choose “Save as”, and save it without a password as .docx, .pptx or .xlsx."
    )


class MacrosInside(Invalid):
    """An Office file that brings programs along."""

    message = lazy(
        "This Office file contains macros, which are programs. Please save it without them as .docx, "
        ".pptx or .xlsx."
    )


class OutsideParts(Invalid):
    """An Office file that loads something from another place when it is opened: who opens it is told on."""

    message = lazy(
        "This Office file loads a template, picture or other part from another place. Please embed it (in"
        " Office: File, Info, Edit Links) and save it again."
    )


class DamagedOffice(Invalid):
    """An Office file whose parts cannot be read, or that means harm."""

    message = lazy("This Office file is damaged and cannot be read. Please open it and save it again.")


class SwollenOffice(TooLarge):
    """An archive that unpacks to far more than any document holds."""

    message = lazy(
        "This Office file unpacks to more than is taken. Please make it smaller and save it again."
    )


class LockedPdf(Invalid):
    """It opens with a password only."""

    message = lazy("This PDF opens with a password only. Please save it without one.")


class DamagedPdf(Invalid):
    """It begins like a PDF, but cannot be read."""

    message = lazy("This PDF is damaged and cannot be read. Please export it again.")


class TooManyPages(TooLarge):
    """More pages than any teaching material has."""

    message = lazy("This PDF has more than %(limit)s pages. Please divide it into parts.")


class HugePage(TooLarge):
    """A page larger than any paper."""

    message = lazy("A page of this PDF is larger than 5 metres. Please export it in a usual paper size.")


class TookTooLong(Invalid):
    """Reading it took more time or memory than any sound file needs."""

    message = lazy("Reading this file took too long. Please make it simpler and export it again.")


class FileIsSound(Conflict):
    """The file can be read, or is still being read: it is no failed upload."""

    message = lazy("This file is not a failed upload. Please upload another file as a new resource.")


class QuotaReached(TooLarge):
    """The person has filled the room that each has."""

    message = lazy(
        "The files you have uploaded would take more than %(limit)s MB together. Please ask your "
        "administrator, or choose a smaller file."
    )


class NoSuchPage(NotFound):
    """A document has no page of this number."""

    message = lazy("This document has no such page.")


PROBLEMS = {
    kind().code: kind
    for kind in (
        MacrosInside, OutsideParts, DamagedOffice, SwollenOffice,
        LockedPdf, DamagedPdf, TooManyPages, HugePage, TookTooLong, DamagedPackage,
    )
} | SOUND_PROBLEMS | VIDEO_PROBLEMS  # fmt: skip
"""The refusals that ``MediaAsset.problem`` names, by code."""
LIMITS = {"too_many_pages": 1000, "video_too_long": 60, "sound_too_long": 180}
"""What the sentences name as their limit."""


def problem_sentence(code: str) -> str:
    """The refusal of *code* in the words of the page; empty for none."""
    kind = PROBLEMS.get(code)
    return "" if kind is None else str(kind(limit=LIMITS.get(code, 0)))
