"""Questions on facts that come in pairs: a capital, a symbol, a year, a word and its plural."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from demo.curriculum import DATA
from demo.items.question import Ambiguous, Question, Slip, choice, generator, text


@dataclass
class Pairs:
    """A table of pairs on one knowledge point, and the questions asked of it.

    The files hold one table after another: ``@`` point and difficulty, ``?`` asks for the right side, ``!`` for the
    left side, ``>`` asks to write the right side, ``=`` is the sentence that explains a pair.
    """

    name: str
    point: str
    difficulty: float
    ask: str = ""
    ask_back: str = ""
    ask_written: str = ""
    why: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)

    def kinds(self) -> Iterator[tuple[str, Callable[[Random], Question]]]:
        """Yield the ways of asking, by name."""
        yield "choose", self._choose
        if self.ask_back:
            yield "back", self._back
        if self.ask_written:
            yield "write", self._write

    def _choose(self, rng: Random) -> Question:
        a, b = rng.choice(self.rows)
        others = list(dict.fromkeys(right for left, right in self.rows if right != b and left != a))
        rng.shuffle(others)
        slips: list[Slip] = [(o, self._belongs(o)) for o in others]
        if len(others) == 1:
            slips.append(("无法判断", f"可以判断：{self.why.format(a=a, b=b)}"))
        return choice(
            rng,
            self.ask.format(a=a),
            b,
            slips,
            why=self.why.format(a=a, b=b),
            hints=self._hints(rng, a, b),
            label=a,
        )

    def _belongs(self, right: str) -> str:
        lefts = [left for left, r in self.rows if r == right]
        return f"“{right}”对应的是“{lefts[0]}”{'等' if len(lefts) > 1 else ''}。"

    def _back(self, rng: Random) -> Question:
        a, b = rng.choice(self.rows)
        others = [left for left, right in self.rows if right != b]
        rng.shuffle(others)
        rights = dict(self.rows)
        slips: list[Slip] = [(o, f"“{o}”对应的是“{rights[o]}”。") for o in others]
        return choice(
            rng,
            self.ask_back.format(b=b),
            a,
            slips,
            why=self.why.format(a=a, b=b),
            hints=self._hints(rng, a, a),
            label=b,
        )

    def _write(self, rng: Random) -> Question:
        a, b = rng.choice(self.rows)
        near = [right for left, right in self.rows if right != b]
        slips: list[Slip] = [(o, self._belongs(o)) for o in rng.sample(near, min(2, len(near)))]
        accepted = [b, b.lower()] if b.isascii() and self.point != "chemistry.element_symbol" else [b]
        return text(
            self.ask_written.format(a=a),
            list(dict.fromkeys(accepted)),
            slips,
            why=self.why.format(a=a, b=b),
            hints=self._hints(rng, a, b),
            label=f"写：{a}",
        )

    def _hints(self, rng: Random, left: str, asked: str) -> list[str]:
        """Return an example of another pair, and the answer's first character where that does not give it away."""
        a, b = rng.choice([row for row in self.rows if row[0] != left and row[1] != dict(self.rows)[left]])
        first = f"答案的第一个字（字母）是“{asked[0]}”。" if len(asked) > 1 else "先排除确定不对的选项。"
        return [f"对照一个例子：{self.why.format(a=a, b=b)}", first]


MARKS = {"?": "ask", "!": "ask_back", ">": "ask_written", "=": "why"}


def tables(path: Path) -> Iterator[Pairs]:
    """Yield the tables of a file of pairs.

    Raises:
        ValueError: a line is none of the kinds that ``Pairs`` describes.
    """
    for block in path.read_text(encoding="utf-8").split("@ ")[1:]:
        head, *lines = block.splitlines()
        point, difficulty, *suffix = head.split()
        table = Pairs(":".join([point, "pairs", *suffix]), point, float(difficulty))
        for line in filter(str.strip, lines):
            mark, _, rest = line.partition(" ")
            left, bar, right = line.partition("|")
            if mark in MARKS:
                setattr(table, MARKS[mark], rest)
            elif bar:
                table.rows.append((left, right))
            else:
                raise ValueError(line)
        yield table


FEWEST_ROWS = 3

for _path in sorted((DATA / "pairs").glob("*.txt")):
    for _table in tables(_path):
        if len(_table.rows) < FEWEST_ROWS:
            raise Ambiguous(_table.name)
        for _kind, _draw in _table.kinds():
            _harder = 0.1 if _kind == "write" else 0.0
            generator(_table.point, difficulty=_table.difficulty + _harder, name=f"{_table.name}:{_kind}")(
                _draw
            )
