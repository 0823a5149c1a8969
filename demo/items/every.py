"""One question of every kind, as the demo teacher has them in a set of her own."""

import base64
import io
from collections.abc import Mapping
from typing import Any, TypeAlias

from PIL import Image, ImageDraw

from library.items.models import ItemKind

Record: TypeAlias = dict[str, Any]

SIDE, STEP = 480, 40
"""The coordinate plane: its side, and one unit, in pixels."""
PAPER, LINE, AXIS, DOT = (255, 255, 255), (216, 222, 230), (60, 60, 60), (163, 39, 28)


def every_kind() -> Mapping[ItemKind, Record]:
    """A record of each kind, in the order in which pupils meet them."""
    return {
        ItemKind(record["kind"]): record for record in (*_marked_at_once(), *_placed(), *_marked_by_hand())
    }


def _marked_at_once() -> list[Record]:
    return [
        {
            "kind": "choice",
            "prompt": "下列各点中，在第二象限的是",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "$(2,3)$"},
                    {"id": "B", "text": "$(-2,3)$"},
                    {"id": "C", "text": "$(-2,-3)$"},
                    {"id": "D", "text": "$(2,-3)$"},
                ]
            },
            "correct": ["B"],
            "explanation": "第二象限的点横坐标为负，纵坐标为正。",
            "hints": ["先想一想每个象限里坐标的符号。"],
            "misconceptions": [{"response": "D", "feedback": "横、纵坐标的顺序记反了。"}],
        },
        {
            "kind": "multiple_choice",
            "prompt": "下列式子中，是 $x$ 的一次函数的有",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "$y=2x-1$"},
                    {"id": "B", "text": "$y=\\frac{1}{x}$"},
                    {"id": "C", "text": "$y=-\\frac{x}{3}$"},
                    {"id": "D", "text": "$y=x^2$"},
                ]
            },
            "correct": ["A", "C"],
            "explanation": "形如 $y=kx+b$（$k\\neq0$）的是一次函数。",
            "hints": ["自变量的次数是几？"],
            "misconceptions": [{"response": {"choices": ["B"]}, "feedback": "$x$ 在分母里，次数不是 1。"}],
        },
        {
            "kind": "true_false",
            "prompt": "点 $(0,-3)$ 在 $x$ 轴上。",
            "correct": ["false"],
            "explanation": "横坐标为 0 的点在 $y$ 轴上。",
            "misconceptions": [{"response": "true", "feedback": "$x$ 轴上的点，纵坐标为 0。"}],
        },
        {
            "kind": "text_entry",
            "prompt": "直线 $y=3x-6$ 与 $x$ 轴交于点（[[1]]，0），与 $y$ 轴交于点（0，[[2]]）。",
            "interaction": {"blanks": 2, "answers": ["number", "number"]},
            "correct": [["2"], ["-6"]],
            "explanation": "令 $y=0$ 得 $x=2$；令 $x=0$ 得 $y=-6$。",
            "hints": ["$x$ 轴上的点，纵坐标是多少？"],
            "misconceptions": [{"response": {"blanks": ["", "6"]}, "feedback": "注意常数项的符号。"}],
            "minutes": 2.0,
        },
        {
            "kind": "numeric",
            "prompt": "直角三角形的两条直角边长 $[[=a]]$ cm 和 $[[=b]]$ cm，斜边长多少？",
            "interaction": {"unit": "cm"},
            "correct": {"value": "[[=c]]"},
            "parameters": {
                "values": [
                    {"name": "a", "choices": ["3", "5", "6", "8", "9"]},
                    {"name": "b", "choices": ["4", "12", "8", "15"]},
                ],
                "derived": [{"name": "c", "formula": "sqrt(a^2+b^2)"}],
            },
            "explanation": "$\\sqrt{[[=a]]^2+[[=b]]^2}=[[=c]]$。",
            "hints": ["用勾股定理。"],
            "misconceptions": [{"response": "[[=a+b]]", "feedback": "斜边不是两条直角边的和。"}],
            "minutes": 2.0,
        },
        {
            "kind": "inline_choice",
            "prompt": "当 $k>0$ 时，$y=kx$ 的图象经过[[1]]象限，$y$ 随 $x$ 的增大而[[2]]。",
            "interaction": {
                "own": [
                    [{"id": "A", "text": "一、三"}, {"id": "B", "text": "二、四"}],
                    [{"id": "A", "text": "增大"}, {"id": "B", "text": "减小"}],
                ]
            },
            "correct": {"chosen": ["A", "A"]},
            "explanation": "$k>0$ 时图象从左到右上升。",
            "hints": ["画出 $y=x$ 的图象看一看。"],
        },
    ]


def _placed() -> list[Record]:
    return [
        {
            "kind": "match",
            "prompt": "把每条直线和它的位置连起来。",
            "interaction": {
                "left": [
                    {"id": "1", "text": "$y=x+1$"},
                    {"id": "2", "text": "$y=-x$"},
                    {"id": "3", "text": "$y=2$"},
                ],
                "right": [
                    {"id": "A", "text": "经过原点"},
                    {"id": "B", "text": "平行于 $x$ 轴"},
                    {"id": "C", "text": "经过 $(0,1)$，上升"},
                ],
                "once": True,
            },
            "correct": {"matches": ["C", "A", "B"]},
            "explanation": "依次看截距和斜率。",
            "hints": ["把 $x=0$ 代入。"],
            "minutes": 2.0,
        },
        {
            "kind": "order",
            "prompt": "用待定系数法求一次函数，把步骤按顺序排好。",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "解方程组求出 $k$、$b$"},
                    {"id": "B", "text": "设 $y=kx+b$"},
                    {"id": "C", "text": "写出函数解析式"},
                    {"id": "D", "text": "代入两个点的坐标"},
                ]
            },
            "correct": {"order": ["B", "D", "A", "C"]},
            "explanation": "一设、二代、三解、四写。",
            "hints": ["先设后求。"],
            "minutes": 2.0,
        },
        _hotspot(),
    ]


def _hotspot() -> Record:
    middle = SIDE // 2
    return {
        "kind": "hotspot",
        "prompt": "在坐标平面上点出 $(-3,2)$。",
        "interaction": {"picture": "plane"},
        "correct": {
            "regions": [{"shape": "circle", "coords": [middle - 3 * STEP, middle - 2 * STEP, STEP // 2]}]
        },
        "pictures": [
            {
                "name": "plane",
                "alt": "平面直角坐标系，横轴和纵轴各从 −6 到 6，每格一个单位。",
                "width": SIDE,
                "height": SIDE,
                "data": _plane(),
            }
        ],
        "explanation": "从原点向左 3 个单位，再向上 2 个单位。",
        "hints": ["先找横坐标 $-3$。"],
        "misconceptions": [
            {
                "response": {"points": [[middle + 2 * STEP, middle + 3 * STEP]]},
                "feedback": "你把横、纵坐标的位置对调了。",
            }
        ],
    }


def _marked_by_hand() -> list[Record]:
    return [
        {
            "kind": "extended_text",
            "prompt": "用自己的话说一说：为什么两点就能确定一条直线的函数解析式？",
            "interaction": {"words": 60, "lines": 4},
            "explanation": "$y=kx+b$ 有两个待定的数，两点给出两个方程，恰好解出 $k$ 和 $b$。",
            "minutes": 3.0,
        },
        {
            "kind": "photo",
            "prompt": "在纸上画出 $y=2x-4$ 的图象，标出与两轴的交点，拍照上传。",
            "interaction": {"photos": 1},
            "explanation": "过 $(2,0)$ 和 $(0,-4)$ 两点作直线。",
            "minutes": 4.0,
        },
        {
            "kind": "spoken",
            "prompt": "用一分钟说一说：怎样由图象看出 $k$ 和 $b$ 的符号？",
            "interaction": {"seconds": 60},
            "explanation": "上升则 $k>0$；与 $y$ 轴交于原点上方则 $b>0$。",
            "minutes": 2.0,
        },
    ]


def _plane() -> str:
    """The coordinate plane, as PNG in base64."""
    image = Image.new("RGB", (SIDE, SIDE), PAPER)
    draw = ImageDraw.Draw(image)
    for place in range(0, SIDE + 1, STEP):
        draw.line(((place, 0), (place, SIDE)), LINE)
        draw.line(((0, place), (SIDE, place)), LINE)
    middle = SIDE // 2
    draw.line(((middle, SIDE), (middle, 0)), AXIS, 3)
    draw.line(((0, middle), (SIDE, middle)), AXIS, 3)
    draw.polygon(((middle - 6, 12), (middle + 6, 12), (middle, 0)), AXIS)
    draw.polygon(((SIDE - 12, middle - 6), (SIDE - 12, middle + 6), (SIDE, middle)), AXIS)
    draw.ellipse((middle + STEP - 4, middle - 4, middle + STEP + 4, middle + 4), DOT)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()
