"""Worksheets: a page of questions on one unit, with room to write, and the key on a page of its own."""

from functools import cache

from demo.curriculum import Point, points, subjects, volume_name
from demo.items.question import LETTERS, Kind, Question

QUESTIONS_PER_SHEET = 8
LINE = "＿＿＿＿＿＿＿＿"


@cache
def unit_points() -> dict[str, tuple[Point, ...]]:
    """Return the knowledge points of each unit, by the unit's code."""
    found: dict[str, list[Point]] = {}
    for point in points().values():
        found.setdefault(point.unit_code, []).append(point)
    return {unit: tuple(some) for unit, some in found.items()}


def sheet_text(point: Point, questions: list[Question], number: int) -> str:
    """Return a worksheet on *point*'s unit in Markdown."""
    subject = subjects()[point.subject]
    head = f"{subject.name} {volume_name(point.volume)[0]}《{point.unit}》 第 {number} 份"
    asked = "\n\n".join(f"**{place}.** {question_text(q)}" for place, q in enumerate(questions, 1))
    key = "\n".join(f"{place}. {key_text(q)}" for place, q in enumerate(questions, 1))
    return f"{head}\n\n班级 {LINE}　姓名 {LINE}　日期 {LINE}\n\n{asked}\n\n---\n\n## 参考答案\n\n{key}"


def question_text(question: Question) -> str:
    """Return a question as it is printed, with room for the answer."""
    match question.kind:
        case Kind.CHOICE | Kind.MULTIPLE_CHOICE:
            options = "　".join(
                f"{letter}. {text}" for letter, text in zip(LETTERS, question.choices, strict=False)
            )
            return f"{question.prompt}（　　）\n\n{options}"
        case Kind.PHOTO:
            return f"{question.prompt}\n\n\n\n"
        case _:
            return f"{question.prompt}\n\n答：{LINE}{question.unit}"


def key_text(question: Question) -> str:
    """Return the key of a printed question, with the way to it."""
    if question.choices:
        ids = dict(zip(question.choices, LETTERS, strict=False))
        answer = "".join(sorted(ids[text] for text in question.answers))
    else:
        answer = f"{question.answers[0]}{question.unit}"
    return f"{answer}。{question.why}"
