"""The list of first passwords, to print or to keep as a file."""

import base64
import csv
import io
from collections.abc import Sequence

from accounts.roster.columns import CHINESE, Column
from accounts.roster.services import Handout
from core.i18n import _, is_chinese

HEADINGS = (Column.CLASS, Column.NAME, Column.USERNAME)


def passwords_csv(handouts: Sequence[Handout]) -> bytes:
    """One line a person. No cell can be a formula: the roster takes none that begins like one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    headings = [CHINESE[one] if is_chinese() else one.value for one in HEADINGS]
    writer.writerow([*headings, _("First password")])
    writer.writerows([one.class_name, one.name, one.username, one.password] for one in handouts)
    return text.getvalue().encode("utf-8-sig")


def data_address(content: bytes) -> str:
    """*content* as an address that a page carries itself: the server keeps no passwords."""
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(content).decode()}"
