"""A thousand questions of every kind, the same every time, with everything that a format could lose."""

import base64
import io
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

from PIL import Image

from library.items.models import ItemKind
from library.items.records import ItemRecord, StimulusRecord

WORDS = (
    "解方程 $2x+1=5$", "a < b && c > d", "<b>bold?</b> <br> &amp; &lt;", "{1:SHORTANSWER:=no}",
    "~ = # : { } \\ %50%", "::name:: // comment $CATEGORY: x", "春江潮水连海平，海上明月共潮生。",
    "naïve café — “quotes” ‘single’ …", "$\\frac{1}{2}+\\sqrt{x^2-1}\\neq\\nu$",
    "$$\\sum_{i=1}^{n} i=\\frac{n(n+1)}{2}$$", "👍🏽 emoji, עברית, العربية", "first line\nsecond line",
    "a paragraph\n\nanother one", "two  spaces\tand a tab", "100 % -> 50 %", "]]> <!-- --> <![CDATA[x]]>",
    "[html]no [[x]] [[=", "A. 甲\tB. 乙", "　全角空格　", "Costs 5 dollars; 90°; H₂O",
    "\\(a\\) \\[b\\] \\n \\\\", "* star *", "…………", "no\N{NO-BREAK SPACE}break", "'\"`", "&nbsp; &#65;",
    "no \ufffe\ufdd0 character",
)  # fmt: skip
ANSWERS = (
    "x=2", "0.5", "*", "a=b~c#d{e}:f", "明月", "\\frac{1}{2}", "<i>", "%50%half", "3 km/h", "->", "T",
    "[[1]]", "1;2",
)  # fmt: skip
FORMULAS = (
    ("2x+3", "3+2x"), ("x>2", "-2<=y<3"), ("x=1 或 x=2", "±2"), ("{1,2}",), ("(1,-2)",),
    ("x>2 且 x≠3", "x>2，x≠3"), ("x=1; y=2", r"\begin{cases}x=1\\y=2\end{cases}"), ("[1,3)", "(-∞,0)∪(2,+∞)"),
    ("|x-1|", r"\left|x\right|", "³√x"), ("30°15′", "sin 30°"), ("2:3", "50%", "1,000"), ("{x|x>2}", "∅"),
)  # fmt: skip
UNITS = ("", "cm", "km/h", "℃", "元")
POINTS = ("math.equation", "physics.speed", "chinese.poem]x", "english/reading")


@cache
def picture(number: int) -> dict[str, Any]:
    """A small drawing of its own colour."""
    out = io.BytesIO()
    size = (24 + number, 16 + number)
    Image.new("RGB", size, (number * 40 % 256, 90, 160)).save(out, "PNG")
    return {
        "name": ("map", "figure-1", "a", "picture-2")[number % 4],
        "alt": ("图：“云溪市”", "a < b & c", "Δ", "map [1]")[number % 4],
        "width": size[0],
        "height": size[1],
        "data": base64.b64encode(out.getvalue()).decode(),
    }


def question_corpus(count: int = 1000) -> tuple[list[ItemRecord], list[StimulusRecord]]:
    """So many questions, and what some of them are about, in the order of first use."""
    rng = Random("corpus")  # noqa: S311 -- the same every time is the purpose
    stimuli = [_stimulus(number, rng) for number in range(max(count // 40, 1))]
    kinds = list(ItemKind)
    records = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        fields = _variant(number) if number % 17 == 5 else _question(kind, rng)
        about = stimuli[number // 40 % len(stimuli)].identifier if number % 40 in {3, 4, 5, 9} else ""
        records.append(
            ItemRecord.model_validate(fields | {"identifier": f"urn:test:{number}", "stimulus": about})
        )
    used = list(dict.fromkeys(one.stimulus for one in records if one.stimulus))
    return records, sorted(
        stimuli, key=lambda one: used.index(one.identifier) if one.identifier in used else count
    )


def _stimulus(number: int, rng: Random) -> StimulusRecord:
    shown = [picture(number % 4)] if number % 3 == 0 else []
    return StimulusRecord.model_validate(
        {
            "identifier": f"urn:test:text:{number}",
            "title": rng.choice(("", "Reading: the way to school", "材料 <一>", "a::b")),
            "text": _text(rng, 3) + (f"\n[[picture:{shown[0]['name']}]]" if shown else ""),
            "pictures": shown,
        }
    )


def _text(rng: Random, most: int = 2) -> str:
    return rng.choice((" ", "，", "\n")).join(rng.choice(WORDS) for _number in range(rng.randint(1, most)))


def _distinct(rng: Random, count: int) -> Iterator[str]:
    """Texts of which no two say the same."""
    for number, text in enumerate(rng.sample(WORDS, count)):
        yield f"{text} {number}" if rng.random() < 0.5 else text


def _listed(rng: Random, count: int, ids: str) -> list[dict[str, str]]:
    return [{"id": name, "text": text} for name, text in zip(ids, _distinct(rng, count), strict=False)]


def _question(kind: ItemKind, rng: Random) -> dict[str, Any]:
    shown = [picture(rng.randrange(4))] if rng.random() < 0.2 or kind is ItemKind.HOTSPOT else []
    prompt = _text(rng)
    if shown and rng.random() < 0.7:
        prompt += f" [[picture:{shown[0]['name']}]]"
    fields: dict[str, Any] = {
        "kind": kind.value,
        "prompt": prompt,
        "explanation": rng.choice(("", _text(rng), f"答案是 {_text(rng, 1)}")),
        "hints": [_text(rng, 1) for _number in range(rng.randrange(3))],
        "difficulty": rng.choice((0.5, 0.3, 0.85)),
        "minutes": rng.choice((1.0, 2.5)),
        "knowledge_points": sorted(rng.sample(POINTS, rng.randrange(3))),
        "source": rng.choice(("", "2024 云溪市期末", "p. 3 <a>")),
        "licence": rng.choice(("", "CC-BY-4.0")),
        "pictures": shown,
    }
    return fields | _PARTS[kind](rng, fields, shown)


def _choice(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    choices = _listed(rng, rng.randint(2, 6), rng.choice(("ABCDEFG", "ABCDEFG", "123456", "uvwxyz")))
    right = rng.choice(choices)["id"]
    slips = [{"response": one["id"], "feedback": _text(rng, 1)} for one in choices if one["id"] != right]
    return {
        "interaction": {"choices": choices},
        "correct": [right],
        "misconceptions": slips if rng.random() < 0.5 else slips[1:],
    }


def _choices(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    choices = _listed(rng, rng.randint(3, 7), "ABCDEFGH")
    right = sorted(one["id"] for one in rng.sample(choices, rng.randint(1, len(choices) - 1)))
    wrong = [one["id"] for one in choices if one["id"] not in right]
    slips: list[dict[str, Any]] = [{"response": wrong[0], "feedback": _text(rng, 1)}]
    if len(wrong) > 1:
        slips.append({"response": {"choices": wrong[:2]}, "feedback": "两个都错"})
    return {"interaction": {"choices": choices}, "correct": right, "misconceptions": slips}


def _truth(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    right, wrong = rng.sample(("true", "false"), 2)
    slips = [{"response": wrong, "feedback": _text(rng, 1)}] if rng.random() < 0.5 else []
    return {"correct": [right], "misconceptions": slips}


def _blanks(rng: Random, fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    count = rng.randint(1, 3)
    accepted = [rng.sample(ANSWERS, rng.randint(1, 3)) for _number in range(count)]
    answers = rng.choice(([], ["text"] * count, ["exact"] * count, ["exact", *["text"] * (count - 1)]))
    prompt = fields["prompt"]
    if rng.random() < 0.6:
        prompt += "".join(f"：[[{number}]]" for number in range(1, count + 1)) + rng.choice(
            ("", "。", " end")
        )
    slips: list[dict[str, Any]] = [{"response": "1/3", "feedback": _text(rng, 1)}] if count == 1 else []
    if count > 1:
        slips = [{"response": {"blanks": ["", "错"]}, "feedback": "第二空"}]
    if rng.random() < 0.2:
        answers, accepted = ["expression"] * count, [list(rng.choice(FORMULAS)) for _number in range(count)]
    return {
        "prompt": prompt,
        "interaction": {"blanks": count} | ({"answers": answers} if answers else {}),
        "correct": accepted,
        "misconceptions": slips,
    }


def _number(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    key: dict[str, Any] = {
        "value": rng.choice((3.5, -2, 1e-7, "1/3", 144, 6.02e23)),
        "tolerance": rng.choice((0, 0.05)),
    }
    unit = rng.choice(UNITS)
    interaction: dict[str, Any] = {"unit": unit} if unit else {}
    if rng.random() < 0.2:
        interaction, key = {"asks_unit": True}, key | {"unit": "km/h", "is_relative": True}
    if rng.random() < 0.2:
        key["digits"] = 3
    slips = [{"response": "288", "feedback": _text(rng, 1)}] if rng.random() < 0.5 else []
    return {"interaction": interaction, "correct": key, "misconceptions": slips}


def _inline(rng: Random, fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    count = rng.randint(1, 3)
    prompt = fields["prompt"] + "".join(
        f" [[{number}]] {rng.choice('的了和')}" for number in range(1, count + 1)
    )
    if rng.random() < 0.5:
        bank = _listed(rng, 4, "ABCDE")
        chosen = [one["id"] for one in rng.sample(bank, count)]
        return {
            "prompt": prompt,
            "interaction": {"choices": bank, "once": True},
            "correct": {"chosen": chosen},
        }
    own = [_listed(rng, rng.randint(2, 4), "ABCDE") for _number in range(count)]
    chosen = [rng.choice(one)["id"] for one in own]
    return {"prompt": prompt, "interaction": {"own": own}, "correct": {"chosen": chosen}}


def _match(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    left, right = _listed(rng, rng.randint(2, 4), "1234"), _listed(rng, 5, "ABCDE")
    once = {"once": True} if rng.random() < 0.5 else {}
    matches = [one["id"] for one in rng.sample(right, len(left))]
    slips = (
        [{"response": {"matches": ["", *[matches[0]]]}, "feedback": "看清楚"}] if rng.random() < 0.3 else []
    )
    return {
        "interaction": {"left": left, "right": right} | once,
        "correct": {"matches": matches},
        "misconceptions": slips,
    }


def _order(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    things = _listed(rng, rng.randint(3, 5), "ABCDE")
    order = [one["id"] for one in things]
    return {"interaction": {"choices": things}, "correct": {"order": [*order[1:], order[0]]}}


def _spot(rng: Random, _fields: dict[str, Any], shown: list[Any]) -> dict[str, Any]:
    regions = [
        {"shape": "circle", "coords": [10, 8, 3]},
        {"shape": "rect", "coords": [1, 2, 12, 14]},
        {"shape": "poly", "coords": [0, 0, 20, 0, 10, 15]},
    ]
    regions = rng.sample(regions, rng.randint(1, 3))
    points = {"points": len(regions)} if len(regions) > 1 else {}
    return {"interaction": {"picture": shown[0]["name"]} | points, "correct": {"regions": regions}}


def _text_answer(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    return {"interaction": rng.choice(({}, {"words": 200, "lines": 8}, {"lines": 3}))}


def _photo(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    return {"interaction": rng.choice(({}, {"photos": 3}))}


def _spoken(rng: Random, _fields: dict[str, Any], _shown: list[Any]) -> dict[str, Any]:
    return {"interaction": rng.choice(({}, {"seconds": 60}))}


_PARTS = {
    ItemKind.CHOICE: _choice,
    ItemKind.MULTIPLE_CHOICE: _choices,
    ItemKind.TRUE_FALSE: _truth,
    ItemKind.TEXT_ENTRY: _blanks,
    ItemKind.NUMERIC: _number,
    ItemKind.INLINE_CHOICE: _inline,
    ItemKind.MATCH: _match,
    ItemKind.ORDER: _order,
    ItemKind.HOTSPOT: _spot,
    ItemKind.EXTENDED_TEXT: _text_answer,
    ItemKind.PHOTO: _photo,
    ItemKind.SPOKEN: _spoken,
}


def _variant(number: int) -> dict[str, Any]:
    """A question whose numbers are drawn."""
    drawn = {
        "values": [
            {"name": "a", "least": "6", "most": "20"},
            {"name": "b", "least": "2.5", "most": "5.5", "step": "0.5"},
        ],
        "derived": [{"name": "c", "formula": "a*b"}],
        "conditions": ["a > 2b"],
    }
    if number % 2:
        return {
            "kind": "numeric",
            "prompt": "长 $[[=a]]$ cm，宽 $[[=b]]$ cm 的长方形，面积是多少？",
            "interaction": {"unit": "cm²"},
            "correct": {"value": "[[=c]]"},
            "parameters": drawn,
            "explanation": "$[[=a]]\\times[[=b]]=[[=c]]$",
            "misconceptions": [{"response": "[[=2a+2b]]", "feedback": "这是周长 [[=2a+2b]]。"}],
        }
    return {
        "kind": "choice",
        "prompt": "[[=a]] × [[=b]] = ?",
        "interaction": {
            "choices": [
                {"id": "A", "text": "[[=c]]"},
                {"id": "B", "text": "[[=a+b]]"},
                {"id": "C", "text": "[[=c+1]]"},
            ]
        },
        "correct": ["A"],
        "parameters": drawn,
        "hints": ["先算 $[[=a]]\\times 2$。"],
    }
