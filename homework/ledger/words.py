"""Days as the ledger calls them."""

from datetime import date

from flask_babel import format_date

from core.i18n import is_chinese


def day_name(day: date, *, long: bool = False) -> str:
    """A day with its weekday: 周一 9/7, Mon 9/7; long: 9月7日 星期一, Monday 7 September."""
    if long:
        text: str = format_date(day, "M月d日 EEEE" if is_chinese() else "EEEE d MMMM")
        return text
    short: str = format_date(day, "EEE M/d")
    return short
