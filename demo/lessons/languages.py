"""Lessons in Chinese and English: a poem as a scene, a family of characters, time, and place."""

import math
from collections.abc import Callable
from random import Random
from typing import TypeAlias

from demo.lessons.film import Film, Scene, credit, heading
from demo.lessons.mathematics import recap
from demo.lessons.pen import (
    AMBER,
    BLUE,
    CARD,
    FAINT,
    INK,
    MIST,
    PLUM,
    ROSE,
    RULE,
    SAND,
    SKY,
    TEAL,
    Pen,
    Spot,
    between,
    mix,
    part,
)

# A poem ----------------------------------------------------------------------------------------------

POEM = ("远上寒山石径斜", "白云生处有人家", "停车坐爱枫林晚", "霜叶红于二月花")
FAR, MIDDLE, NEAR = (196, 208, 214), (160, 180, 184), (116, 146, 140)
LEAF = ((203, 84, 58), (222, 121, 52), (181, 60, 60))


def _hills(pen: Pen) -> None:
    pen.box((40, 112), (1200, 490), (247, 236, 218), radius=20)
    pen.circle((1060, 210), 46, (240, 180, 120))
    for colour, base, height, shift in ((FAR, 430, 150, 0.0), (MIDDLE, 480, 120, 1.7), (NEAR, 540, 90, 3.1)):
        ridge = [
            (x, base - height * (0.5 + 0.5 * math.sin(x / 170 + shift)) - 18 * math.sin(x / 47))
            for x in range(44, 1238, 12)
        ]
        pen.shape([(44, 598), *ridge, (1236, 598)], colour)


def _path(pen: Pen, share: float) -> None:
    spots = [(520 + 120 * math.sin(t / 5) + t * 9, 590 - t * 9.5) for t in range(24)]
    shown = spots[: max(2, round(len(spots) * share))]
    pen.line(shown, (232, 220, 196), 10)


def _house(pen: Pen, spot: Spot) -> None:
    x, y = spot
    pen.box((x, y), (54, 36), CARD, radius=2)
    pen.shape([(x - 10, y), (x + 27, y - 30), (x + 64, y)], (120, 82, 66))
    pen.box((x + 20, y + 12), (14, 24), (120, 82, 66), radius=1)


def _cloud(pen: Pen, spot: Spot, size: float) -> None:
    for dx, dy, r in ((-46, 6, 26), (-14, -10, 34), (24, -4, 30), (54, 8, 22)):
        pen.circle((spot[0] + dx * size, spot[1] + dy * size), r * size, CARD)


def _verse(pen: Pen, lines: int, share: float) -> None:
    for number in range(lines):
        text = POEM[number]
        shown = text if number < lines - 1 else text[: math.ceil(len(text) * share)]
        for place, one in enumerate(shown):
            pen.text((330 - number * 62, 160 + place * 52), one, 40, INK, anchor="mm", is_bold=True)


def _poem_scene(
    number: int, seconds: float, title: str, note: str, spoken: tuple[tuple[str, str], ...]
) -> Scene:
    """Return the scene of the poem's line *number* (0 to 3): what it tells moves while it is written."""

    def still(pen: Pen) -> None:
        heading(pen, title, note)
        _hills(pen)
        if number > 0:
            _path(pen, 1)
        if number > 1:
            _house(pen, (812, 330))
        credit(pen, "[唐] 杜牧《山行》 三年级 语文")

    def move(pen: Pen, u: float) -> None:
        if number == 0:
            _path(pen, part(u, 0.1, 0.9))
        if number == 1 and u > 0.3:
            _house(pen, (812, 330))
        if number >= 1:
            drift = 90 * u + number * 40
            _cloud(pen, (760 + drift, 330), 1.0)
            _cloud(pen, (980 - drift * 0.5, 280), 0.8)
        if number >= 2:
            _maples(pen, part(u, 0, 0.6) if number == 2 else 1.0)
        if number == 3:
            _falling(pen, u)
        _verse(pen, number + 1, part(u, 0.05, 0.6))

    chapter = (POEM[number], f"Line {number + 1}")
    return Scene(seconds, still, spoken, move, (44, 114, 1236, 598), (0.5, seconds - 2), chapter)


def _maples(pen: Pen, share: float) -> None:
    for number, (x, y) in enumerate(((560, 520), (640, 548), (930, 530), (1040, 552), (1130, 526))):
        pen.line([(x, y + 50), (x, y)], (110, 82, 66), 8)
        rng = Random(number)
        for _ in range(round(26 * share)):
            spot = (x + rng.gauss(0, 26), y - 14 + rng.gauss(0, 22))
            pen.circle(spot, 9, mix((150, 160, 90), LEAF[rng.randrange(3)], share))


def _falling(pen: Pen, u: float) -> None:
    for number in range(16):
        rng = Random(100 + number)
        start = rng.uniform(480, 1200)
        fall = (u * rng.uniform(0.8, 1.3) + rng.random()) % 1
        x, y = start + 40 * math.sin(fall * 9 + number), 420 + fall * 165
        pen.shape([(x - 9, y), (x, y - 6), (x + 9, y), (x, y + 6)], LEAF[number % 3])


MOUNTAIN = Film(
    "mountain-walk",
    "古诗《山行》：在画里走一走",
    "A poem as a picture: “A walk in the mountains”",
    "一句诗，一个画面：石径、白云、人家、枫林和霜叶，边看边背。",
    "chinese",
    3,
    ("chinese.poem_g3",),
    (
        _poem_scene(
            0,
            14,
            "山行：第一句",
            "一条石头小路，弯弯曲曲伸向深秋的山",
            (
                ("沿着弯弯的石头小路，走上深秋的山。", "Up the cold hills a stony path winds far."),
                (
                    "“寒山”是深秋的山，“斜”是弯弯曲曲。",
                    "“Cold hills” are hills in late autumn; the path slants.",
                ),
            ),
        ),
        _poem_scene(
            1,
            14,
            "山行：第二句",
            "白云升起的地方，隐约有几户人家",
            (
                ("白云升起的地方，住着几户人家。", "Where white clouds rise, some people live."),
                ("一个“生”字，让云动了起来。", "One word, “rise”, sets the clouds moving."),
            ),
        ),
        _poem_scene(
            2,
            15,
            "山行：第三句",
            "“坐”是因为：因为爱这傍晚的枫林才停下车",
            (
                (
                    "诗人停下车来，因为喜爱傍晚的枫林。",
                    "He stops his carriage, for he loves the maples at dusk.",
                ),
                ("注意：“坐”在这里是“因为”。", "Note: here the word for “sit” means “because”."),
            ),
        ),
        _poem_scene(
            3,
            15,
            "山行：第四句",
            "经霜的枫叶，比二月的花还要红",
            (
                ("经过霜的枫叶，比二月的花还要红。", "The frosted leaves are redder than spring's flowers."),
                ("秋天在诗人眼里，充满生机。", "Autumn, to him, is full of life."),
            ),
        ),
        recap("小结", ("顺序：由远到近，由山到林。", "“坐”解释为“因为”。", "借秋景写出对自然的喜爱。")),
    ),
    "chinese.poem_g3:next",
    4,
    ("杜牧", "古诗"),
)

# A family of characters ------------------------------------------------------------------------------

FAMILY = (
    ("氵", "清", "qīng", "与水有关：清水", BLUE),
    ("日", "晴", "qíng", "与太阳有关：晴天", AMBER),
    ("忄", "情", "qíng", "与心有关：心情", ROSE),
    ("言", "请", "第三声", "与说话有关：请坐", PLUM),
    ("目", "睛", "jīng", "与眼睛有关：眼睛", TEAL),
)


def _family_intro(pen: Pen) -> None:
    heading(pen, "一个“青”字，带出一家人", "“青”告诉我们读音，偏旁告诉我们意思")
    pen.box((540, 250), (200, 200), MIST, edge=TEAL, radius=24)
    pen.text((640, 350), "青", 130, TEAL, anchor="mm", is_bold=True)


def _family_circle(pen: Pen, u: float) -> None:
    for number, (radical, _, _, _, colour) in enumerate(FAMILY):
        angle = math.radians(-90 + number * 72 + 20 * u)
        share = part(u, number * 0.12, number * 0.12 + 0.4)
        spot = between((640, 350), (640 + 400 * math.cos(angle), 350 + 175 * math.sin(angle)), share)
        if share > 0.05:
            pen.circle(spot, 46, CARD, colour, 4)
            pen.text(spot, radical, 50, colour, anchor="mm", is_bold=True)


def _joining(number: int, seconds: float) -> Scene:
    radical, whole, sound, meaning, colour = FAMILY[number]

    def still(pen: Pen) -> None:
        heading(pen, f"{radical} + 青 = {whole}", f"{whole}  {sound}  {meaning}")

    def move(pen: Pen, u: float) -> None:
        share = part(u, 0, 0.6)
        left, right = between((240, 350), (460, 350), share), between((1040, 350), (820, 350), share)
        if share < 1:
            pen.text(left, radical, 150, colour, anchor="mm", is_bold=True)
            pen.text(right, "青", 150, TEAL, anchor="mm", is_bold=True)
            return
        grown = part(u, 0.6, 0.8)
        pen.box(
            (640 - 150 * grown, 350 - 150 * grown),
            (300 * grown, 300 * grown),
            SKY if number % 2 else SAND,
            radius=30,
        )
        pen.text((640, 350), whole, 90 + round(120 * grown), INK, anchor="mm", is_bold=True)
        _sign(pen, number, (1000, 350), part(u, 0.7, 1))

    english = ("water", "the sun", "the heart", "speech", "the eye")[number]
    lines = (
        (f"{radical}加青，就是{whole}。", f"With this radical it becomes “{whole}”."),
        (f"{meaning}。", f"It has to do with {english}."),
    )
    chapter = ("偏旁表示意思", "Radicals tell the meaning") if number == 0 else None
    return Scene(seconds, still, lines, move, (140, 150, 1200, 560), (0.5, seconds - 2.5), chapter)


def _sign(pen: Pen, number: int, spot: Spot, share: float) -> None:
    """Draw what the radical stands for."""
    if share <= 0.02:
        return
    x, y = spot
    match number:
        case 0:
            for row in range(3):
                wave = [
                    (x - 90 * share + t * 9, y - 40 + row * 40 + 10 * math.sin(t / 2 + row))
                    for t in range(round(20 * share) + 2)
                ]
                pen.line(wave, BLUE, 7)
        case 1:
            pen.circle(spot, 50 * share, (240, 180, 70))
            for ray in range(12):
                angle = math.radians(ray * 30)
                pen.line(
                    [
                        (x + 62 * math.cos(angle), y + 62 * math.sin(angle)),
                        (x + (62 + 26 * share) * math.cos(angle), y + (62 + 26 * share) * math.sin(angle)),
                    ],
                    (240, 180, 70),
                    6,
                )
        case 2:
            r = 34 * share
            pen.circle((x - r * 0.9, y - r * 0.5), r, ROSE)
            pen.circle((x + r * 0.9, y - r * 0.5), r, ROSE)
            pen.shape([(x - r * 1.78, y - r * 0.1), (x + r * 1.78, y - r * 0.1), (x, y + r * 2.1)], ROSE)
        case 3:
            pen.box(
                (x - 90 * share, y - 60 * share),
                (180 * share, 100 * share),
                CARD,
                edge=PLUM,
                radius=26,
                width=5,
            )
            if share > 0.8:
                pen.shape([(x - 30, y + 38), (x + 4, y + 38), (x - 40, y + 74)], PLUM)
                pen.text((x, y - 10), "请", 48, PLUM, anchor="mm")
        case _:
            pen.shape(
                [
                    (x - 90, y),
                    (x - 40, y - 44 * share),
                    (x + 40, y - 44 * share),
                    (x + 90, y),
                    (x + 40, y + 44 * share),
                    (x - 40, y + 44 * share),
                ],
                CARD,
                TEAL,
                6,
            )
            pen.circle(spot, 28 * share, TEAL)


CHARACTERS = Film(
    "qing-family",
    "形声字：“青”字一家人",
    "Phono-semantic characters: the family of 青",
    "换一个偏旁，换一个意思：清、晴、情、请、睛怎样区分。",
    "chinese",
    2,
    ("chinese.phono_semantic", "chinese.radicals"),
    (
        Scene(
            12,
            _family_intro,
            (
                ("这个字读“青”，它带出一大家子字。", "This character, qīng, has a large family."),
                ("给它加上不同的偏旁，就成了不同的字。", "Different radicals make different characters."),
            ),
            _family_circle,
            (120, 120, 1180, 590),
            (1, 8),
            ("声旁“青”", "The sound part"),
        ),
        *(_joining(number, 9.5) for number in range(5)),
        recap(
            "小结",
            ("声旁提示读音：青。", "形旁提示意思：水、日、心、言、目。", "写字时想一想意思，就不会用错。"),
        ),
    ),
    "chinese.phono_semantic:pairs:choose",
    6,
    ("形声字", "偏旁"),
)

# English: the past ----------------------------------------------------------------------------------

LINE_Y = 430


def _timeline(pen: Pen, title: str, note: str) -> None:
    heading(pen, title, note)
    pen.arrow((120, LINE_Y), (1180, LINE_Y), INK, 5)
    for x, label in ((300, "yesterday"), (640, "now"), (980, "tomorrow")):
        pen.line([(x, LINE_Y - 14), (x, LINE_Y + 14)], INK, 4)
        pen.text((x, LINE_Y + 46), label, 32, FAINT, anchor="mm")


def _person(pen: Pen, x: float, step: float, colour: tuple[int, int, int]) -> None:
    y = LINE_Y - 100
    pen.circle((x, y - 24), 20, colour)
    pen.line([(x, y - 4), (x, y + 46)], colour, 9)
    swing = 22 * math.sin(step)
    pen.line([(x, y + 46), (x - swing, y + 92)], colour, 8)
    pen.line([(x, y + 46), (x + swing, y + 92)], colour, 8)
    pen.line([(x, y + 12), (x + swing, y + 38)], colour, 7)
    pen.line([(x, y + 12), (x - swing, y + 38)], colour, 7)


def _go_back(pen: Pen, u: float) -> None:
    x = 640 - 340 * part(u, 0.15, 0.85)
    _person(pen, x, u * 22 + 0.8, mix(TEAL, ROSE, part(u, 0.2, 0.9)))
    is_past = u > 0.85
    pen.text(
        (x, 230),
        "I went to school." if is_past else "I go to school." if u < 0.2 else "…",
        44,
        ROSE if is_past else TEAL,
        anchor="mm",
        is_bold=True,
    )


Still: TypeAlias = Callable[[Pen], None]
Move: TypeAlias = Callable[[Pen, float], None]


def _verb_table(rows: tuple[tuple[str, str], ...], title: str, note: str, rule: str) -> tuple[Still, Move]:
    def still(pen: Pen) -> None:
        heading(pen, title, note)
        pen.text((360, 165), "现在", 30, FAINT, anchor="mm")
        pen.text((860, 165), "过去", 30, FAINT, anchor="mm")

    def move(pen: Pen, u: float) -> None:
        for number, (now, past) in enumerate(rows):
            y = 225 + number * 84
            share = part(u, number * 0.2, number * 0.2 + 0.22)
            if share <= 0:
                continue
            pen.text((360, y), now, 46, TEAL, anchor="mm", is_bold=True)
            pen.arrow((490, y), (490 + 230 * share, y), RULE, 5)
            if share > 0.9:
                pen.text((860, y), past, 46, ROSE, anchor="mm", is_bold=True)
        if u >= 1:
            pen.text((1090, 560), rule, 28, FAINT, anchor="rm")

    return still, move


REGULAR = _verb_table(
    (("play", "played"), ("dance", "danced"), ("study", "studied"), ("stop", "stopped")),
    "规则变化：加 -ed",
    "一般加 -ed；以 e 结尾加 -d；辅音字母加 y 变 i 加 -ed",
    "stop 双写 p",
)
IRREGULAR = _verb_table(
    (("go", "went"), ("see", "saw"), ("eat", "ate"), ("buy", "bought")),
    "不规则变化：要记住",
    "每天记四个，读一读，写一写",
    "去、看见、吃、买",
)


def _signals(pen: Pen, u: float) -> None:
    words = ("yesterday", "last week", "two days ago", "in 2020")
    for number, word in enumerate(words):
        share = part(u, number * 0.2, number * 0.2 + 0.25)
        x = 1000 - (700 - number * 50) * share
        if share > 0.02:
            pen.box((x - 120, 170 + number * 58), (240, 48), SAND, edge=AMBER, radius=24)
            pen.text((x, 194 + number * 58), word, 28, INK, anchor="mm")


PAST = Film(
    "past-simple",
    "一般过去时：把时间拨回昨天",
    "The past simple: turn time back to yesterday",
    "在时间线上往回走，看动词怎样从 go 变成 went。",
    "english",
    6,
    ("english.past_simple", "english.past_irregular", "english.past_regular"),
    (
        Scene(
            15,
            lambda pen: _timeline(pen, "走回昨天", "说过去的事，动词要变成过去式"),
            (
                ("现在：我去上学，I go to school。", "Now: I go to school."),
                ("沿着时间线走回昨天。", "Walk back along the line to yesterday."),
                ("昨天：我去了学校，I went to school。", "Yesterday: I went to school."),
            ),
            _go_back,
            (90, 180, 1200, 425),
            (1, 10),
            ("时间线", "The time line"),
        ),
        Scene(
            15,
            REGULAR[0],
            (
                ("多数动词加 -ed。", "Most verbs take -ed."),
                ("play 变 played，dance 变 danced。", "play becomes played, dance becomes danced."),
                ("study 变 studied，stop 变 stopped。", "study becomes studied, stop becomes stopped."),
            ),
            REGULAR[1],
            (200, 190, 1200, 590),
            (1, 11),
            ("规则动词", "Regular verbs"),
        ),
        Scene(
            15,
            IRREGULAR[0],
            (
                ("有些动词的过去式要一个一个记。", "Some verbs must be learnt one by one."),
                ("go 变 went，see 变 saw。", "go becomes went, see becomes saw."),
                ("eat 变 ate，buy 变 bought。", "eat becomes ate, buy becomes bought."),
            ),
            IRREGULAR[1],
            (200, 190, 1200, 590),
            (1, 11),
            ("不规则动词", "Irregular verbs"),
        ),
        Scene(
            13,
            lambda pen: _timeline(pen, "看到这些词，就想到过去", "它们都站在时间线的左边"),
            (
                ("yesterday，last week，two days ago。", "yesterday, last week, two days ago."),
                ("看到它们，动词就用过去式。", "With them the verb takes its past form."),
            ),
            _signals,
            (110, 150, 1200, 420),
            (1, 9),
            ("时间词", "Time words"),
        ),
        recap(
            "小结",
            (
                "过去的事，动词用过去式。",
                "规则动词加 -ed，不规则动词要记。",
                "yesterday、last、ago 是信号词。",
            ),
        ),
    ),
    "english.past_simple:past_simple",
    4,
    ("时态", "动词"),
)

# English: places -------------------------------------------------------------------------------------

BOX = (520, 230)
FLOOR, BALL = 500, 42
PLACES: dict[str, tuple[Spot, str]] = {
    "in": ((640, 300), "在里面"),
    "on": ((640, 230 - BALL), "在上面"),
    "under": ((640, FLOOR - BALL), "在下面"),
    "beside": ((880, FLOOR - BALL), "在旁边"),
    "behind": ((752, 214), "在后面"),
}


def _crate(pen: Pen, *, is_front: bool) -> None:
    x, y = BOX
    if is_front:
        pen.shape(
            [(x, y + 62), (x + 240, y + 62), (x + 240, y + 170), (x, y + 170)], (226, 190, 140), AMBER, 4
        )
        return
    for leg in (x + 14, x + 206):
        pen.box((leg, y + 166), (20, FLOOR - y - 166), (150, 112, 76), radius=3)
    pen.shape([(x, y), (x + 240, y), (x + 240, y + 170), (x, y + 170)], (205, 168, 118), AMBER, 4)


def _place_scene(word: str, before: str, seconds: float, *, is_first: bool) -> Scene:
    goal, chinese = PLACES[word]
    start = PLACES[before][0] if before else (200.0, 500.0)

    def still(pen: Pen) -> None:
        heading(pen, f"{word}：{chinese}", f"The ball is {word} the box.")
        pen.line([(460, FLOOR), (1180, FLOOR)], RULE, 4)

    def move(pen: Pen, u: float) -> None:
        share = part(u, 0, 0.75)
        x, y = between(start, goal, share)
        y -= 50 * math.sin(share * math.pi)
        is_hidden = word == "behind" and share > 0.6
        if is_hidden:
            pen.circle((x, y), BALL, ROSE)
        _crate(pen, is_front=False)
        if not is_hidden:
            pen.circle((x, y), BALL, ROSE)
            pen.circle((x - 14, y - 14), 9, (240, 190, 200))
        if word == "in" or (before == "in" and share < 0.4):
            _crate(pen, is_front=True)
        if share > 0.95:
            pen.text((240, 350), word, 84, TEAL, anchor="mm", is_bold=True)

    lines = ((f"球在盒子{chinese[1:]}：{word}。", f"The ball is {word} the box."),)
    return Scene(
        seconds,
        still,
        lines,
        move,
        (60, 130, 1200, 598),
        (0.8, seconds - 3),
        (word, chinese) if is_first else (word, f"“{word}”"),
    )


WHERE = Film(
    "where-is-the-ball",
    "方位介词：球在哪里？",
    "Prepositions of place: where is the ball?",
    "看一个球跳来跳去，学会 in、on、under、beside、behind。",
    "english",
    3,
    ("english.prepositions_place",),
    (
        *(
            _place_scene(word, before, 11, is_first=False)
            for word, before in zip(PLACES, ("", *PLACES), strict=False)
        ),
        recap(
            "小结", ("in 里面，on 上面，under 下面。", "beside 旁边，behind 后面。", "问位置用 Where is …?")
        ),
    ),
    "english.prepositions_place:place",
    5,
    ("介词", "位置"),
)
