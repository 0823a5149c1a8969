"""In what two resources are alike, in words for people."""

from core.i18n import lazy
from library.duplicates.models import Sameness

SAMENESS_NAMES = {
    Sameness.FILE: lazy("The same file"),
    Sameness.TEXT: lazy("The same text"),
    Sameness.NEAR: lazy("Nearly the same text"),
}
