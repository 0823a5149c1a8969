"""Why a package is not played."""

from core.errors import Invalid
from core.i18n import lazy


class LibrariesMissing(Invalid):
    """The content came without what plays it."""

    message = lazy("This package came without the libraries that play it.")
