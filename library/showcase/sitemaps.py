"""Sitemaps as sitemaps.org describes them, written line by line."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(files: Iterable[tuple[str, datetime]]) -> Iterator[str]:
    """An index of sitemaps: the address of each, and when something in it last changed."""
    yield from _written("sitemapindex", "sitemap", files)


def sitemap(pages: Iterable[tuple[str, datetime]]) -> Iterator[str]:
    """A sitemap: the address of each page, and when it last changed."""
    yield from _written("urlset", "url", pages)


def _written(whole: str, one: str, entries: Iterable[tuple[str, datetime]]) -> Iterator[str]:
    yield f"{_HEAD}<{whole} {_SPACE}>\n"
    for address, changed in entries:
        moment = changed.isoformat(timespec="seconds")
        yield f"<{one}><loc>{escape(address)}</loc><lastmod>{moment}</lastmod></{one}>\n"
    yield f"</{whole}>\n"
