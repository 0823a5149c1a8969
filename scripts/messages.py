"""The texts for people: gather them from the code into each package's catalogue, check and compile them.

    python -m scripts.messages update [package …]    gather, keep what is translated, drop what is gone
    python -m scripts.messages check [package …]     fail on anything missing, fuzzy, stale or mismatched
    python -m scripts.messages compile               write the .mo files that the application reads
    python -m scripts.messages extract [package …]   print what stands in the code, as a template

A catalogue is ``<package>/translations/zh_CN/LC_MESSAGES/messages.po``: sorted, without line numbers and
dates, so that two changes to it merge. English needs none: the code is written in it.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scripts.clean import FLOORS
from scripts.paths import ROOT

LANGUAGE = "zh_CN"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "_l": None,
    "said": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
BARE_PERCENT = re.compile(r"%(?![(%])")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HALF_WIDTH = re.compile(
    rf"[{_HAN}][,;:?!()\"']|[{_HAN}]\.(?![A-Za-z0-9])|[,;:?!()\"'][{_HAN}]|(?<![A-Za-z0-9])\.[{_HAN}]"
)
"""Punctuation of Latin scripts that touches a Chinese character. Inside of code, units, numbers, file names
and Latin words it is right, and touches none."""
HEADER = "# {name}: the texts for people, in Chinese.\n"
TIMELESS = datetime(2026, 11, 24, tzinfo=UTC)
"""Babel wants dates in the header; they would change with every run and conflict with every merge."""


def catalogue_of(package: str) -> Path:
    """Where the package's Chinese stands."""
    return ROOT / package / "translations" / LANGUAGE / "LC_MESSAGES" / "messages.po"


def extract(package: str) -> Catalog:
    """The texts in the code of *package*, untranslated."""
    found = _empty(package)
    texts = extract_from_dir(
        str(ROOT / package), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for place, _line, text, comments, context in texts:
        found.add(text, None, [(f"{package}/{place}", None)], auto_comments=comments, context=context)  # type: ignore[list-item] # without line numbers a catalogue does not change with every edit
    return found


def read(package: str) -> Catalog:
    """The package's catalogue as it stands; empty where there is none."""
    path = catalogue_of(package)
    if not path.is_file():
        return _empty(package)
    with path.open("rb") as source:
        return read_po(source, locale=LANGUAGE, abort_invalid=True)


def _empty(package: str) -> Catalog:
    return Catalog(
        locale=LANGUAGE,
        project="Weike",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        header_comment=HEADER.format(name=package).rstrip(),
        creation_date=TIMELESS,
        revision_date=TIMELESS,
        charset="utf-8",
        fuzzy=False,
    )


def update(package: str) -> None:
    """Bring the package's catalogue up to the code; translations of texts that remain are kept."""
    wanted, known = extract(package), read(package)
    for message in texts(wanted):
        if (translated := known.get(message.id, message.context)) is not None and not translated.fuzzy:
            message.string = translated.string
    path = catalogue_of(package)
    if not list(texts(wanted)):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, wanted, width=0, sort_output=True, include_previous=False)


def texts(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def faults(package: str) -> list[str]:
    """What is wrong with the package's catalogue, one sentence each."""
    wanted, known = extract(package), read(package)
    found = []
    for message in texts(wanted):
        translated = known.get(message.id, message.context)
        if translated is None or not all(_forms(translated.string)):
            found.append(f"{package}: no Chinese for {_shown(message)}")
        elif translated.fuzzy:
            found.append(f"{package}: not settled (fuzzy): {_shown(message)}")
        elif mismatch := _mismatch(message, translated):
            found.append(f"{package}: {mismatch} differ in the Chinese of {_shown(message)}")
        elif half := _half_width(translated):
            found.append(f"{package}: half-width punctuation in “{half}”, the Chinese of {_shown(message)}")
        if any(place.endswith(".html") for place, _line in message.locations) and any(
            BARE_PERCENT.search(form) for form in _forms(message.id)
        ):
            found.append(f"{package}: a template's text needs %% for a percent sign: {_shown(message)}")
    gone = [message for message in texts(known) if wanted.get(message.id, message.context) is None]
    found.extend(f"{package}: no longer in the code: {_shown(message)}" for message in gone)
    return found


def _forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text or ""] if isinstance(text, str) or text is None else list(text)


def _shown(message: Message) -> str:
    return f"{_forms(message.id)[0]!r} ({', '.join(sorted({place for place, _line in message.locations}))})"


def _mismatch(message: Message, translated: Message) -> str:
    """The placeholders that one side has and the other has not, as text; empty if none."""
    wanted = {_name(found) for form in _forms(message.id) for found in PLACEHOLDER.finditer(form)}
    for form in _forms(translated.string):
        if difference := wanted ^ {_name(found) for found in PLACEHOLDER.finditer(form)}:
            return ", ".join(sorted(difference))
    return ""


def _half_width(translated: Message) -> str:
    """The first place where half-width punctuation touches a Chinese character; empty if there is none."""
    for form in _forms(translated.string):
        if place := HALF_WIDTH.search(PLACEHOLDER.sub("…", form)):
            return form[max(place.start() - 6, 0) : place.end() + 6]
    return ""


def _name(found: re.Match[str]) -> str:
    return found[1] or found[2] or "{}"


def contradictions(packages: list[str]) -> list[str]:
    """Texts that two packages translate differently; on a page only one of them would be seen."""
    first: dict[object, tuple[str, object]] = {}
    found = []
    for package in packages:
        for message in texts(read(package)):
            key = (tuple(_forms(message.id)), message.context)
            other, said = first.setdefault(key, (package, message.string))
            if said != message.string:
                found.append(f"{other} and {package} say {_forms(message.id)[0]!r} differently")
    return found


def compile_all() -> None:
    """Write the .mo file beside each catalogue."""
    for path in sorted(ROOT.glob("*/translations/*/LC_MESSAGES/messages.po")):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as out:
            write_mo(out, read_po(source, locale=path.parent.parent.name))


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="scripts.messages", description="The texts for people.")
    parser.add_argument("verb", choices=["extract", "update", "check", "compile"])
    parser.add_argument("packages", nargs="*", default=[*FLOORS, "demo"], help="all if none is named")
    arguments = parser.parse_args()
    if arguments.verb == "extract":
        for package in arguments.packages:
            write_po(sys.stdout.buffer, extract(package), width=0, sort_output=True)
    elif arguments.verb == "update":
        for package in arguments.packages:
            update(package)
        compile_all()
    elif arguments.verb == "compile":
        compile_all()
    else:
        found = [fault for package in arguments.packages for fault in faults(package)]
        found += contradictions(list(FLOORS))
        print("\n".join(found) or "Every text has its Chinese.")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
