"""Classical poems: the next line, the writer, the missing line. Every writer here has been dead for a century."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from demo.curriculum import DATA
from demo.items.question import Ambiguous, Question, choice, generator, text

GRADES_WITH_POEMS = range(1, 11)


@dataclass(frozen=True)
class Poem:
    """A poem, cut into its lines."""

    grade: int
    title: str
    author: str
    dynasty: str
    lines: tuple[str, ...]

    @property
    def couplets(self) -> list[tuple[str, str]]:
        """The lines two by two, as they answer each other."""
        return list(zip(self.lines[::2], self.lines[1::2], strict=True))

    @property
    def dynasty_name(self) -> str:
        """The dynasty as pupils say it, such as 唐代."""
        return f"{self.dynasty}代"


@cache
def poems() -> tuple[Poem, ...]:
    """Return the poems, by grade."""
    with (DATA / "poems.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Poem(
                int(row["grade"]),
                row["title"],
                row["author"],
                row["dynasty"],
                tuple(line for line in re.split("[，。]", row["text"]) if line),
            )
            for row in csv.DictReader(rows)
        )


def _of(grade: int, rng: Random) -> Poem:
    return rng.choice([poem for poem in poems() if poem.grade == grade])


def _next_line(grade: int) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        poem = _of(grade, rng)
        first, second = rng.choice(poem.couplets)
        pool = [
            (line, p.title)
            for p in poems()
            for line in p.lines
            if len(line) == len(second) and line not in {first, second}
        ]
        near = [(line, title) for line, title in pool if title == poem.title]
        far = [pair for pair in pool if pair[1] != poem.title]
        wrong = [*rng.sample(far, min(2, len(far))), *rng.sample(near, min(3, len(near)))]
        return choice(
            rng,
            f"“{first}”的下一句是什么？",
            second,
            [(line, f"这一句出自《{title}》，但不接在“{first}”后面。") for line, title in wrong],
            why=f"出自{poem.dynasty_name}{poem.author}《{poem.title}》：{first}，{second}。",
            hints=[f"这首诗的题目是《{poem.title}》。", f"下一句的第一个字是“{second[0]}”。"],
            label=f"《{poem.title}》{first}",
        )

    return draw


def _write_line(grade: int) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        poem = _of(grade, rng)
        first, second = rng.choice(poem.couplets)
        wrong = [line for line in poem.lines if line not in {first, second}]
        if rng.random() < 0.5:
            prompt, answer, hint = f"默写：{first}，（　　）。——《{poem.title}》", second, "下一句"
        else:
            prompt, answer, hint = f"默写：（　　），{second}。——《{poem.title}》", first, "上一句"
        return text(
            prompt,
            [answer, answer + ("。" if hint == "下一句" else "，")],
            [(line, "这是同一首诗里的另一句。") for line in wrong[:2]],
            why=f"{poem.author}《{poem.title}》：{first}，{second}。",
            hints=[f"{hint}的第一个字是“{answer[0]}”。", f"{hint}一共 {len(answer)} 个字。"],
            label=f"默写《{poem.title}》{answer[0]}……",
        )

    return draw


def _author(grade: int) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        poem = _of(grade, rng)
        line = rng.choice(poem.lines)
        if sum(p.title == poem.title for p in poems()) > 1:
            raise Ambiguous(poem.title)
        others = sorted({(p.author, p.title) for p in poems() if p.author != poem.author})
        wrong = dict(rng.sample(others, 5))
        return choice(
            rng,
            f"“{line}”出自《{poem.title}》，这首诗的作者是谁？",
            poem.author,
            [
                (
                    a,
                    f"{a}写过《{t}》，这首不是他的作品。"
                    if a != "李清照"
                    else f"{a}写过《{t}》，这首不是她的作品。",
                )
                for a, t in wrong.items()
            ],
            why=f"《{poem.title}》的作者是{poem.dynasty_name}的{poem.author}。",
            hints=[f"作者是{poem.dynasty_name}人。", f"作者姓“{poem.author[0]}”。"],
            label=f"《{poem.title}》的作者（{line}）",
        )

    return draw


for _grade in GRADES_WITH_POEMS:
    _point = f"chinese.poem_g{_grade}"
    _base = 0.15 + 0.04 * _grade
    generator(_point, difficulty=_base, name=f"{_point}:next")(_next_line(_grade))
    generator(_point, difficulty=_base + 0.1, minutes=1.5, name=f"{_point}:write")(_write_line(_grade))
    generator(_point, difficulty=_base, name=f"{_point}:author")(_author(_grade))
