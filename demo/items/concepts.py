"""What a knowledge point says: asked of every point, from the statements of the curriculum."""

from collections.abc import Callable
from random import Random

from demo.curriculum import Point, points, points_of
from demo.items.question import Question, choice, generator


def _neighbours(point: Point) -> list[Point]:
    """Return points of the same subject that a pupil may confuse with *point*, but of another unit."""
    others = [p for p in points_of(point.subject) if p.unit_code != point.unit_code and p.name != point.name]
    others.sort(key=lambda p: abs(p.grade - point.grade))
    return others[:12]


def _says(point: Point) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        others = rng.sample(_neighbours(point), 3)
        return choice(
            rng,
            f"关于“{point.name}”，下面哪一句说的就是它？",
            point.statement,
            [(p.statement, f"这句话说的是“{p.name}”。") for p in others],
            why=f"{point.name}：{point.statement}",
            hints=[f"“{point.name}”在《{point.unit}》这个单元里。", "找关键词，把每一句和题目对照。"],
            label=f"{point.name}（与{'、'.join(p.name for p in others)}辨析）",
        )

    return draw


def _named(point: Point) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        others = rng.sample(_neighbours(point), 3)
        return choice(
            rng,
            f"“{point.statement}”——这句话说的是哪个知识点？",
            point.name,
            [(p.name, f"“{p.name}”说的是：{p.statement}") for p in others],
            why=f"这句话说的是“{point.name}”。",
            hints=["先找出句子里的关键词。", f"它属于《{point.unit}》。"],
            label=f"辨认{point.name}（{'、'.join(p.name for p in others)}）",
        )

    return draw


for _point in points().values():
    generator(_point.code, difficulty=0.25, name=f"{_point.code}:says")(_says(_point))
    if _point.name not in _point.statement:
        generator(_point.code, difficulty=0.22, name=f"{_point.code}:named")(_named(_point))
