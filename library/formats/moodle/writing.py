"""Questions as Moodle XML: what Moodle can say as itself, the rest in an element that it passes over."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from library.formats.drafts import excerpt_of, rests_of, with_rest
from library.formats.moodle.kinds import USUAL_LINES
from library.formats.moodle.reading import drafts_of
from library.formats.offered import (
    in_order,
    named,
    number_of,
    ordered,
    paired,
    right_of,
    share_of,
    slips_of,
    with_offered,
)
from library.formats.rest import OWN, Rest
from library.formats.writing import DECLARATION, html_of, legal
from library.items.kinds.blanks import AnswerKind, answers_of, blanks_of
from library.items.kinds.choice import Choice
from library.items.kinds.inline import offered_at_blanks
from library.items.kinds.numeric import asks_unit, unit_of
from library.items.kinds.table import kind_of
from library.items.kinds.written import USUAL_LINES as OUR_LINES
from library.items.kinds.written import lines_of
from library.items.models import ItemKind
from library.items.records import ItemRecord, PictureRecord, StimulusRecord
from library.items.texts import blanks_in, in_lines
from library.items.variants import Posed

LONGEST_IDNUMBER = 100
_HELD = "\ufdd0"
"""Around the number of a blank for a while: no character of any text."""
_PLACE = re.compile(f"{_HELD}(\\d+){_HELD}")
_ENTITIES = str.maketrans({sign: f"&#{ord(sign)};" for sign in "{}~#=\\"})


def write(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord], title: str) -> bytes:
    """The questions as a file of Moodle XML."""
    return with_rest(partial(_rendered, records, stimuli, title), drafts_of, records, stimuli)


def rests(records: Sequence[ItemRecord], stimuli: Sequence[StimulusRecord]) -> dict[str, Rest]:
    """What Moodle XML has no place for, by identifier."""
    return rests_of(partial(_rendered, records, stimuli, ""), drafts_of, records, stimuli)


def _rendered(
    records: Sequence[ItemRecord],
    stimuli: Sequence[StimulusRecord],
    title: str,
    by_identifier: Mapping[str, Rest],
) -> bytes:
    quiz = Element("quiz")
    _category(quiz, title)
    for one in in_order(records, stimuli):
        if one is None:
            _category(quiz, title)
            continue
        writer = _Writer(quiz, one)
        if isinstance(one, ItemRecord):
            writer.question(one, by_identifier[one.identifier])
        else:
            writer.passage(one, by_identifier[one.identifier])
    indent(quiz)
    return f"{DECLARATION}{legal(tostring(quiz, encoding='unicode'))}\n".encode()


def _category(quiz: Element, title: str) -> None:
    """Begin a category, or begin it again: it ends what the questions before it are about."""
    if title.strip():
        name = " ".join(title.split()).replace("/", "//")
        category = SubElement(SubElement(quiz, "question", type="category"), "category")
        _text(category, f"$course$/top/{name}")


class _Writer:
    """One ``question`` element with its texts and their pictures."""

    def __init__(self, quiz: Element, one: ItemRecord | StimulusRecord) -> None:
        self.element = SubElement(quiz, "question")
        self.pictures = named(one.pictures)

    def passage(self, record: StimulusRecord, rest: Rest) -> None:
        """What questions are about, as a description before them."""
        self.element.set("type", "description")
        _text(SubElement(self.element, "name"), record.title or excerpt_of(in_lines(record.text)))
        self.part("questiontext", record.text)
        self._end("0", record.identifier, rest)

    def question(self, record: ItemRecord, rest: Rest) -> None:
        """A question."""
        asked = record.asked
        kind, write = _way(asked)
        self.element.set("type", kind)
        _text(SubElement(self.element, "name"), excerpt_of(in_lines(asked.prompt)) or record.identifier[:80])
        text = SubElement(self.element, "questiontext", format="html")
        self.part("generalfeedback", asked.explanation)
        self._end("1", record.identifier, rest)
        html = write(self, asked)
        self.fill(text, html if html is not None else self.html(asked.prompt))
        for hint in asked.hints:
            self.part("hint", hint)
        if record.knowledge_points:
            tags = SubElement(self.element, "tags")
            for one in record.knowledge_points:
                _text(SubElement(tags, "tag"), one)

    def _end(self, grade: str, identifier: str, rest: Rest) -> None:
        for name, value in (("defaultgrade", grade), ("penalty", "0"), ("hidden", "0")):
            SubElement(self.element, name).text = value
        if len(identifier) <= LONGEST_IDNUMBER:
            SubElement(self.element, "idnumber").text = identifier
        SubElement(self.element, "weike:rest", {"xmlns:weike": OWN}).text = rest.said()

    def part(self, name: str, text: str, parent: Element | None = None, **attributes: str) -> Element:
        """A part called *name* that says *text*."""
        parent = self.element if parent is None else parent
        element = SubElement(parent, name, {"format": "html", **attributes})
        self.fill(element, self.html(text))
        return element

    def fill(self, element: Element, html: str) -> None:
        """Put *html* into a part, with the files of the pictures in it."""
        _text(element, html)
        for name, one in self.pictures.items():
            if f'src="@@PLUGINFILE@@/{name}.png"' in html:
                self.file(element, one)

    def file(self, element: Element, picture: PictureRecord) -> None:
        """A file with the content of a picture."""
        file = SubElement(element, "file", name=f"{picture.name}.png", path="/", encoding="base64")
        file.text = picture.data

    def html(self, text: str, blank: Callable[[int], str] = lambda _number: "____") -> str:
        """A text as Moodle shows it."""
        return html_of(text, self._picture, blank)

    def _picture(self, name: str) -> str:
        one = self.pictures.get(name)
        if one is None:
            return ""
        size = f'width="{one.width}" height="{one.height}"'
        return f'<img src="@@PLUGINFILE@@/{name}.png" alt="{escape(one.alt)}" {size}>'


Write = Callable[[_Writer, Posed], str | None]
"""Adds what belongs to a kind; gives the HTML of the words where they are not the prompt alone."""


def _way(asked: Posed) -> tuple[str, Write]:
    """Moodle's kind for a question, and how it is written as one."""
    kind = asked.kind
    if kind is ItemKind.TEXT_ENTRY:
        is_plain = blanks_of(asked) == 1 and not blanks_in(asked.prompt)
        return ("shortanswer", _texts) if is_plain else ("cloze", _cloze)
    if kind is ItemKind.INLINE_CHOICE:
        if not asked.interaction.get("choices"):
            return "cloze", _cloze_choices
        return ("ddwtos", _dragged) if asked.interaction.get("once") else ("gapselect", _selected)
    if kind is ItemKind.NUMERIC and number_of(asked) is None:
        return "essay", _essay
    return WAYS[kind]


def _choices(writer: _Writer, asked: Posed) -> None:
    is_single = asked.kind is ItemKind.CHOICE
    for name, value in (
        ("single", "true" if is_single else "false"),
        ("shuffleanswers", "false"),
        ("answernumbering", "ABCD"),
    ):
        SubElement(writer.element, name).text = value
    right, slips, kind = right_of(asked), slips_of(asked), kind_of(asked)
    for one in kind.offered(asked) if isinstance(kind, Choice) else ():
        is_right = one["id"] in right
        share = share_of(1 if is_single else len(right)) if is_right else ("0" if is_single else "-100")
        answer = writer.part("answer", one["text"], fraction=share)
        writer.part("feedback", "" if is_right else slips.get(one["id"], ""), answer)


def _truth(writer: _Writer, asked: Posed) -> None:
    right, slips = right_of(asked), slips_of(asked)
    for name in ("true", "false"):
        is_right = name in right
        answer = SubElement(
            writer.element, "answer", fraction="100" if is_right else "0", format="moodle_auto_format"
        )
        _text(answer, name)
        writer.part("feedback", "" if is_right else slips.get(name, ""), answer)


def _texts(writer: _Writer, asked: Posed) -> None:
    SubElement(writer.element, "usecase").text = "1" if answers_of(asked)[0] is AnswerKind.EXACT else "0"
    said = [(text, "100", "") for text in asked.correct["blanks"][0]]
    said += [(text, "0", feedback) for text, feedback in slips_of(asked).items()]
    for text, share, feedback in said:
        answer = SubElement(writer.element, "answer", fraction=share, format="moodle_auto_format")
        _text(answer, text.replace("*", "\\*"))
        writer.part("feedback", feedback, answer)


def _number(writer: _Writer, asked: Posed) -> None:
    value, tolerance = number_of(asked) or (0.0, 0.0)
    said = [(f"{value:.15g}", f"{tolerance:.15g}", "100", "")]
    said += [(text, "0", "0", feedback) for text, feedback in slips_of(asked).items()]
    for text, near, share, feedback in said:
        answer = SubElement(writer.element, "answer", fraction=share, format="moodle_auto_format")
        _text(answer, text)
        SubElement(answer, "tolerance").text = near
        writer.part("feedback", feedback, answer)
    unit = str(asked.correct.get("unit") or "") if asks_unit(asked) else unit_of(asked)
    if unit:
        one = SubElement(SubElement(writer.element, "units"), "unit")
        SubElement(one, "multiplier").text = "1"
        SubElement(one, "unit_name").text = unit
    settings = {"unitgradingtype": "1" if asks_unit(asked) else "0", "unitpenalty": "0.1"}
    for name, setting in {**settings, "showunits": "0" if unit else "3", "unitsleft": "0"}.items():
        SubElement(writer.element, name).text = setting


def _pairs(writer: _Writer, asked: Posed) -> None:
    SubElement(writer.element, "shuffleanswers").text = "true"
    for left, right in paired(asked):
        one = writer.part("subquestion", left)
        # Moodle shows what is matched in a list, which takes no markup.
        _text(SubElement(one, "answer"), _listed(right))


def _sequence(writer: _Writer, asked: Posed) -> None:
    things = ordered(asked)
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", str(len(things))),
        ("gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST"),
        ("showgrading", "SHOW"),
    ):
        SubElement(writer.element, name).text = value
    for one in things:
        writer.part("answer", one, fraction="1")


def _selected(writer: _Writer, asked: Posed) -> str:
    return _gaps(writer, asked, "selectoption")


def _dragged(writer: _Writer, asked: Posed) -> str:
    return _gaps(writer, asked, "dragbox")


def _gaps(writer: _Writer, asked: Posed, tag: str) -> str:
    SubElement(writer.element, "shuffleanswers").text = "0"
    bank = list(asked.interaction["choices"])
    for one in bank:
        option = SubElement(writer.element, tag)
        _text(option, _listed(one["text"]))
        SubElement(option, "group").text = "1"
    places = {one["id"]: place for place, one in enumerate(bank, start=1)}
    chosen = list(asked.correct["chosen"])
    return writer.html(asked.prompt, lambda number: f"[[{places[chosen[number - 1]]}]]")


def _cloze(writer: _Writer, asked: Posed) -> str:
    slips, kinds = slips_of(asked), answers_of(asked)

    def blank(number: int) -> str:
        accepted = asked.correct["blanks"][number - 1]
        said = [f"={_inside(escape(text.replace('*', chr(92) + '*')))}" for text in accepted]
        if blanks_of(asked) == 1:
            said += [
                f"%0%{_inside(escape(text))}#{_inside(writer.html(what))}" for text, what in slips.items()
            ]
        sort = "SHORTANSWER_C" if kinds[number - 1] is AnswerKind.EXACT else "SHORTANSWER"
        return f"{{1:{sort}:{'~'.join(said)}}}"

    if blanks_in(asked.prompt):
        return _with_answers(writer, asked.prompt, blank)
    numbers = range(1, blanks_of(asked) + 1)
    places = " ".join(f"[[{number}]]" for number in numbers)
    return _with_answers(writer, f"{asked.prompt}\n{places}", blank)


def _cloze_choices(writer: _Writer, asked: Posed) -> str:
    offered, chosen = offered_at_blanks(asked), list(asked.correct["chosen"])

    def blank(number: int) -> str:
        said = [
            f"{'=' if one['id'] == chosen[number - 1] else ''}{_inside(writer.html(one['text']))}"
            for one in offered[number - 1]
        ]
        return f"{{1:MULTICHOICE:{'~'.join(said)}}}"

    return _with_answers(writer, asked.prompt, blank)


def _with_answers(writer: _Writer, prompt: str, blank: Callable[[int], str]) -> str:
    """The words with embedded answers; a brace of the words themselves opens none."""
    html = writer.html(prompt, lambda number: f"{_HELD}{number}{_HELD}").replace("{", "&#123;")
    return _PLACE.sub(lambda found: blank(int(found[1])), html)


def _essay(writer: _Writer, asked: Posed) -> str:
    is_spoken = asked.kind is ItemKind.SPOKEN
    is_filed = is_spoken or asked.kind is ItemKind.PHOTO
    lines = lines_of(asked) if asked.kind is ItemKind.EXTENDED_TEXT else OUR_LINES
    settings = {
        "responseformat": "noinline" if is_filed else "editor",
        "responserequired": "0" if is_filed else "1",
        "responsefieldlines": str(lines if lines != OUR_LINES else USUAL_LINES),
        "attachments": "1"
        if is_spoken
        else (str(min(asked.interaction.get("photos") or 3, 3)) if is_filed else "0"),
        "attachmentsrequired": "1" if is_filed else "0",
        "filetypeslist": "audio" if is_spoken else ("image" if is_filed else ""),
    }
    for name, value in settings.items():
        SubElement(writer.element, name).text = value
    for name in ("graderinfo", "responsetemplate"):
        writer.part(name, "")
    return writer.html(with_offered(asked))


def _markers(writer: _Writer, asked: Posed) -> None:
    picture = writer.pictures[asked.interaction["picture"]]
    regions = list(asked.correct["regions"])
    SubElement(writer.element, "shuffleanswers")
    writer.file(writer.element, picture)
    drag = SubElement(writer.element, "drag")
    SubElement(drag, "no").text = "1"
    SubElement(drag, "text").text = "\N{BLACK CIRCLE}"
    SubElement(drag, "noofdrags").text = str(len(regions))
    for number, region in enumerate(regions, start=1):
        drop = SubElement(writer.element, "drop")
        shape, coords = _drop(region["shape"], list(region["coords"]))
        for name, value in (("no", str(number)), ("shape", shape), ("coords", coords), ("choice", "1")):
            SubElement(drop, name).text = value


def _drop(shape: str, coords: Sequence[int]) -> tuple[str, str]:
    if shape == "circle":
        return "circle", f"{coords[0]},{coords[1]};{coords[2]}"
    if shape == "rect":
        x, y, right, bottom = coords
        return "rectangle", f"{x},{y};{right - x},{bottom - y}"
    return "polygon", ";".join(f"{x},{y}" for x, y in zip(coords[::2], coords[1::2], strict=True))


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text


def _listed(text: str) -> str:
    """A text where Moodle takes no markup: formulas between backslashed brackets, on one line."""
    return " ".join(in_lines(text).split("\n"))


def _inside(html: str) -> str:
    """HTML inside an embedded answer, whose own signs it must not hold."""
    return html.translate(_ENTITIES)


WAYS: Mapping[ItemKind, tuple[str, Write]] = MappingProxyType(
    {
        ItemKind.CHOICE: ("multichoice", _choices),
        ItemKind.MULTIPLE_CHOICE: ("multichoice", _choices),
        ItemKind.TRUE_FALSE: ("truefalse", _truth),
        ItemKind.NUMERIC: ("numerical", _number),
        ItemKind.MATCH: ("matching", _pairs),
        ItemKind.ORDER: ("ordering", _sequence),
        ItemKind.HOTSPOT: ("ddmarker", _markers),
        ItemKind.EXTENDED_TEXT: ("essay", _essay),
        ItemKind.PHOTO: ("essay", _essay),
        ItemKind.SPOKEN: ("essay", _essay),
    }
)
