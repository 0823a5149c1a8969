"""Why a channel is not taken."""

from core.errors import Conflict, Invalid
from core.i18n import lazy


class NotAChannel(Invalid):
    """The file is no SQLite database, whatever its name says."""

    message = lazy(
        "This file is not a Kolibri channel. Channels are SQLite databases (.sqlite3), alone or in a ZIP "
        "beside their files."
    )


class DamagedChannel(Invalid):
    """It begins like a database, but cannot be read to its end."""

    message = lazy("This channel's database is damaged. Please export the channel again.")


class ChannelTooLarge(Invalid):
    """A database larger than that of any channel that was seen."""

    message = lazy("This channel's database is larger than %(limit)s MB. It is not read.")


class ChannelTookTooLong(Invalid):
    """Reading it took longer than any channel does."""

    message = lazy("Reading this channel's database took longer than %(limit)s seconds. It is not read.")


class HugeText(Invalid):
    """A single value that is longer than any book."""

    message = lazy("This channel's database holds a text of more than %(limit)s MB. It is not read.")


class WrongSchema(Invalid):
    """A sound database without what channels of any version hold."""

    message = lazy("This database is not of a Kolibri channel: “%(missing)s” is missing in it.")


class MoreThanTables(Invalid):
    """A database with programs in it: channels have tables and indexes only."""

    message = lazy(
        "This database holds “%(name)s”, a view, a trigger or a virtual table. Channels hold none: it is "
        "not read."
    )


class SeveralChannels(Invalid):
    """More channels than one in a file."""

    message = lazy("There are %(count)s channels in this file. Please take in one at a time.")


class TooManyNodes(Invalid):
    """More nodes than any channel that was seen."""

    message = lazy("This channel has more than %(limit)s parts. It is not read.")


class NoChannelInside(Invalid):
    """A ZIP without a channel's database."""

    message = lazy("There is no channel's database (databases/….sqlite3) in this ZIP file.")


class EmptyChannel(Invalid):
    """A channel of headings only."""

    message = lazy("There is nothing in this channel that could be taken.")


class ChannelStopped(Invalid):
    """A person stopped it."""

    message = lazy("It was stopped before the whole channel was looked at.")


class ChannelGone(Invalid):
    """What was sent is not kept any more."""

    message = lazy("The file of this channel is not here any more. Please send it again.")


class NotWaiting(Conflict):
    """The import is not where this could be done to it."""

    message = lazy("This channel is not waiting for that. Please look at where it stands now.")


class NobodyToImport(Invalid):
    """A command that names nobody, in a city without administrators."""

    message = lazy(
        "Nobody was named for whom the channel is taken in (--for), and the city has no administrator."
    )
