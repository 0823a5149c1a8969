"""Library records of which no two are the same: what import and search are measured with."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

SUBJECTS = ("mathematics", "chinese", "english", "physics", "history")
TOPICS = {
    "mathematics": (
        "一元一次方程",
        "二次函数图像",
        "勾股定理",
        "有理数乘法",
        "概率初步",
        "圆的切线",
        "因式分解",
    ),
    "chinese": ("古诗鉴赏", "文言文虚词", "记叙文写作", "修辞手法", "现代文阅读", "名著导读", "病句修改"),
    "english": (
        "present perfect",
        "reading for gist",
        "passive voice",
        "phonics",
        "letter writing",
        "idioms",
    ),
    "physics": ("牛顿第一定律", "欧姆定律", "光的折射", "浮力计算", "机械效率", "电磁感应", "压强"),
    "history": ("丝绸之路", "辛亥革命", "工业革命", "贞观之治", "改革开放", "文艺复兴", "郑和下西洋"),
}
PURPOSES = ("基础练习", "易错辨析", "单元复习", "预习导学", "提高训练", "课堂检测", "微课讲解", "实验探究")
SETTINGS = ("校园", "集市", "车站", "农田", "图书馆", "体育馆", "博物馆", "河边", "工厂", "果园")
PLACES = ("东湖", "西山", "南关", "北桥", "新城", "古镇", "高新", "滨江")


def records(number: int, seed: int = 2026) -> Iterator[dict[str, Any]]:
    """So many records: six in ten are practice with a question, the others readings and links."""
    rng = Random(seed)  # noqa: S311 -- the same records each time
    for index in range(number):
        subject = rng.choice(SUBJECTS)
        topic, purpose = rng.choice(TOPICS[subject]), rng.choice(PURPOSES)
        grade = rng.randint(1, 12)
        common = {
            "identifier": f"bench/{index}",
            "title": f"{topic}{purpose}:{rng.choice(PLACES)}{rng.choice(SETTINGS)}第{index % 997 + 1}讲",
            "description": f"{topic}的{purpose},以{rng.choice(SETTINGS)}为情境,适合{grade}年级。",
            "keywords": [topic, purpose],
            "subject": subject,
            "grades": [grade, min(grade + rng.randint(0, 2), 12)],
            "difficulty": round(rng.random(), 2),
            "minutes": rng.randint(3, 40),
            "licence": "CC-BY-4.0",
        }
        yield common | _matter(rng, index)


def _matter(rng: Random, index: int) -> dict[str, Any]:
    draw = rng.random()
    if draw < 0.6:  # noqa: PLR2004 -- six in ten
        return {"kind": "practice", "items": [_question(rng, index)]}
    if draw < 0.9:  # noqa: PLR2004 -- three in ten
        text = "。".join(
            f"{rng.choice(PLACES)}{rng.choice(SETTINGS)}里,{rng.choice(PURPOSES)}" for _ in range(30)
        )
        return {"kind": "reading", "body": text}
    return {"kind": "link", "url": f"https://example.org/{index}"}


def _question(rng: Random, index: int) -> dict[str, Any]:
    first, second = rng.randint(2, 99), rng.randint(2, 99)
    answers = [first * second + shift for shift in (0, 1, -1, 10)]
    return {
        "identifier": f"bench/{index}/1",
        "kind": "choice",
        "prompt": f"{rng.choice(SETTINGS)}里有{first}排,每排{second}棵,一共有多少棵?",
        "interaction": {
            "choices": [{"id": name, "text": str(one)} for name, one in zip("ABCD", answers, strict=True)]
        },
        "correct": ["A"],
        "explanation": f"{first}×{second}={answers[0]}。",
        "hints": ["每排的棵数乘以排数。"],
    }


def write_file(place: Path, number: int) -> None:
    """Write the records as JSON Lines."""
    with place.open("w", encoding="utf-8") as out:
        for record in records(number):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
