"""Why a package is not taken. A refused import keeps the refusal's code in ``problem``."""

from core.errors import Invalid
from core.i18n import lazy


class NotAPackage(Invalid):
    """The file is no ZIP archive, whatever its name says."""

    message = lazy("This file is not a package. Packages are ZIP files: .imscc, .zip.")


class DamagedPackage(Invalid):
    """It begins like a package, but cannot be read to its end."""

    message = lazy("This package is damaged or incomplete. Please export it again.")


class EncryptedPackage(Invalid):
    """Its files ask for a password."""

    message = lazy("This package is protected by a password. Please export it without one.")


class TooManyFiles(Invalid):
    """More files than any course has."""

    message = lazy("This package holds more than %(limit)s files. Please export it in smaller parts.")


class PackageTooLarge(Invalid):
    """Unpacked it is larger than what is taken."""

    message = lazy("Unpacked, this package has more than %(limit)s MB. Please export it in smaller parts.")


class PackageBomb(Invalid):
    """A small file that unpacks to a huge one: made to do harm."""

    message = lazy("This package unpacks to far more than its size; no course does. It is not taken.")


class UnsafeName(Invalid):
    """A file in it would stand outside its folder, or is a link to elsewhere."""

    message = lazy("This package holds a file that leads out of its folder: “%(name)s”. It is not taken.")


class SameNameTwice(Invalid):
    """Two files in it have one name: which of them is meant, nobody knows."""

    message = lazy("This package holds two files of the same name: “%(name)s”.")


class NotInPackage(Invalid):
    """A file that the package names is not in it."""

    message = lazy("The file “%(name)s” is not in the package.")


class UnreadableXml(Invalid):
    """An XML document in it is broken, hostile, or too large."""

    message = lazy("The file “%(name)s” in this package cannot be read as XML.")


class UnreadableJson(Invalid):
    """A JSON document in it is broken, or nested too deeply."""

    message = lazy("The file “%(name)s” in this package is damaged. Please export the package again.")


class UnreadablePage(Invalid):
    """A page in it is nested deeper, or longer, than any that a person wrote."""

    message = lazy("A page in this package is built in a way that cannot be read.")


class UnknownPackage(Invalid):
    """A sound archive, but of no kind that is known here."""

    message = lazy(
        "This package is of no kind that becomes resources. Known are: Common Cartridge 1.1 to 1.3. "
        "Packages that are played (H5P, SCORM) are uploaded like other files."
    )


class UnplayablePackage(Invalid):
    """A sound archive, but neither H5P nor SCORM."""

    message = lazy(
        "This archive is no package that can be played. Known are: H5P, SCORM 1.2 and SCORM 2004. "
        "Courses as Common Cartridge are taken in on the page “Packages”."
    )


class NothingToOpen(Invalid):
    """A SCORM package of which no page can be opened."""

    message = lazy("This package names no page in it that could be opened.")


class NothingInside(Invalid):
    """A package of a known kind without anything to take."""

    message = lazy("There is nothing in this package that could be taken.")


class NothingNamed(Invalid):
    """An export names a resource that is not here."""

    message = lazy("There is no resource with the identifier “%(identifier)s”.")


class NothingLeaves(Invalid):
    """Of all that was named, nothing may be given to others."""

    message = lazy("None of these resources may leave: each needs to be published under a free licence.")


PROBLEMS = {
    kind().code: kind
    for kind in (
        NotAPackage,
        DamagedPackage,
        EncryptedPackage,
        TooManyFiles,
        PackageTooLarge,
        PackageBomb,
        UnsafeName,
        SameNameTwice,
        NotInPackage,
        UnreadableXml,
        UnreadableJson,
        UnreadablePage,
        UnknownPackage,
        NothingToOpen,
        NothingInside,
    )
}
"""The refusals that ``PackageImport.problem`` names, by code."""
