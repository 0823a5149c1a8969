"""Compound files (MS-CFB): what Office wrote until 2003, and what it writes today under a password."""

from library.formats.errors import BadFile, LockedFile

_HEAD = b"\xd0\xcf\x11\xe0"
_LOCK = "EncryptedPackage".encode("utf-16-le")


def refuse_compound(content: bytes, old: type[BadFile]) -> None:
    """Refuse what is no archive of XML.

    Raises:
        LockedFile: it is one under a password.
        BadFile: it is of an *old* format.
    """
    if content.startswith(_HEAD):
        raise LockedFile if _LOCK in content else old
