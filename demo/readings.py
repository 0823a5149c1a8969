"""Readings: a knowledge point told in a page, with examples worked in numbers."""

from functools import cache

from demo.curriculum import Point, grade_name, points
from demo.items.question import Question

SAMPLES = 2
"""Worked examples in a reading."""


@cache
def followers() -> dict[str, tuple[Point, ...]]:
    """Return the points that rest directly on each point."""
    found: dict[str, list[Point]] = {}
    for point in points().values():
        for required in point.requires:
            found.setdefault(required, []).append(point)
    return {code: tuple(some) for code, some in found.items()}


def reading_text(point: Point, examples: list[Question]) -> str:
    """Return a reading on *point* in Markdown."""
    parts = [
        f"## 它说的是什么\n\n{point.statement}",
        f"这是{grade_name(point.grade)}“{point.unit}”单元里的内容。",
    ]
    if point.requires:
        earlier = [points()[code] for code in point.requires]
        told = "\n".join(f"- **{p.name}**：{p.statement}" for p in earlier)
        parts.append(f"## 先要记得\n\n{told}")
    for number, example in enumerate(examples, 1):
        parts.append(f"## 例 {number}\n\n{example_text(example)}")
    slips = list(dict(slip for example in examples for slip in reversed(example.slips)).items())[:3]
    if slips:
        told = "\n".join(f"- 有人答成“{response}”。{feedback}" for response, feedback in slips)
        parts.append(f"## 容易错在哪里\n\n{told}")
    if later := followers().get(point.code):
        parts.append(f"## 以后会用到\n\n学会它以后，就能学习{'、'.join(p.name for p in later[:4])}。")
    parts.append("## 试一试\n\n做一做下面的三道题，看看自己是不是真的懂了。")
    return "\n\n".join(parts)


def example_text(example: Question) -> str:
    """Return a question with the way to its answer."""
    lines = [example.prompt]
    if example.choices:
        lines.append("\n".join(f"- {text}" for text in example.choices))
    lines.append(f"**想一想** {' '.join(example.hints)}")
    answer = "、".join(
        example.answers[:1] if len(example.answers) > 1 and not example.choices else example.answers
    )
    lines.append(f"**解答** {example.why}")
    lines.append(f"**答案** {answer}{example.unit}")
    return "\n\n".join(lines)
