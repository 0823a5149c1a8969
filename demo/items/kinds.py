"""One small practice a subject that shows the kinds of questions a generator does not make."""

import base64
import io
from collections.abc import Iterator
from typing import Any, TypeAlias

from PIL import Image, ImageDraw

from demo.curriculum import points

Record: TypeAlias = dict[str, Any]

WIDTH, HEIGHT = 800, 520
PAPER, LAND, WATER, INK = (255, 255, 255), (222, 235, 210), (150, 196, 230), (60, 60, 60)
PASSAGE = (
    "Li Ming gets up at half past six. He has breakfast with his family and then walks to school. "
    "It is about two kilometres from his home, so it takes him twenty-five minutes. On rainy days his "
    "father drives him there in eight minutes.\n\nHe likes walking better, because he meets two of his "
    "classmates on the way and they talk about football."
)


def kind_practices(seed: int) -> Iterator[Record]:
    """Yield the practices: algebra, physics, Chinese, English and geography."""
    for code, title, items, stimuli in (
        ("math.factorise", "因式分解与整式：各种题型", _algebra(), []),
        ("physics.speed", "速度：单位、换算与实验", _physics(), []),
        ("chinese.poem_g5", "古诗词：选词、连线与排序", _chinese(), []),
        ("english.reading_detail", "Reading: the way to school", _english(), _passage()),
        ("geography.map_reading", "读图：方向与位置", _geography(), []),
    ):
        point = points()[code]
        identifier = f"urn:weike-demo:{seed}:kinds:{code}"
        for place, item in enumerate(items, 1):
            item["identifier"] = f"{identifier}:{place}"
            item["knowledge_points"] = [code]
        yield {
            "identifier": identifier,
            "kind": "practice",
            "title": title,
            "description": "用到多种题型：填空、判断、连线、排序、选词、看图、简答与口语。",
            "language": "en" if point.subject == "english" else "zh-CN",
            "subject": point.subject,
            "grades": [point.grade, min(point.grade + 1, point.stage.last_grade)],
            "volume": point.volume_code,
            "unit": point.unit_code,
            "knowledge_points": [code],
            "keywords": [point.name, "题型"],
            "licence": "CC-BY-4.0",
            "author": "云溪市教师发展中心",
            "source": "云溪市示范资源库",
            "tier": "public",
            "minutes": sum(item.get("minutes", 1.0) for item in items),
            "items": items,
            "stimuli": stimuli,
        }


def _algebra() -> list[Record]:
    return [
        {
            "kind": "text_entry",
            "prompt": "分解因式：$x^2-9=$[[1]]；展开：$(x+2)^2=$[[2]]。",
            "interaction": {"blanks": 2, "answers": ["form", "expression"]},
            "correct": [["(x+3)(x-3)"], ["x^2+4x+4"]],
            "explanation": "平方差公式：$a^2-b^2=(a+b)(a-b)$；完全平方公式：$(a+b)^2=a^2+2ab+b^2$。",
            "hints": ["第一空想平方差公式。", "第二空别忘了中间项。"],
            "misconceptions": [
                {"response": {"blanks": ["", "x^2+4"]}, "feedback": "完全平方公式里有中间项 $2ab$。"}
            ],
            "minutes": 2.0,
        },
        {
            "kind": "numeric",
            "prompt": "一个长方形长 $[[=a]]$ cm，宽 $[[=b]]$ cm，面积是多少？",
            "interaction": {"unit": "cm²"},
            "correct": {"value": "[[=ab]]"},
            "parameters": {
                "values": [
                    {"name": "a", "least": "6", "most": "20"},
                    {"name": "b", "least": "2.5", "most": "5.5", "step": "0.5"},
                ],
                "conditions": ["a > 2b"],
            },
            "explanation": "面积 $=[[=a]]\\times[[=b]]=[[=ab]]$（cm²）。",
            "hints": ["长方形的面积等于长乘宽。"],
            "misconceptions": [{"response": "[[=2a+2b]]", "feedback": "你算的是周长。"}],
        },
        {
            "kind": "true_false",
            "prompt": "对任意的 $a$，都有 $(a-1)^2=a^2-1$。",
            "correct": ["false"],
            "explanation": "$(a-1)^2=a^2-2a+1$，只有当 $a=1$ 时才等于 $a^2-1$。",
            "hints": ["取 $a=2$ 试一试。"],
        },
        {
            "kind": "match",
            "prompt": "把相等的式子连起来。",
            "interaction": {
                "left": [
                    {"id": "1", "text": "$x^2+2x+1$"},
                    {"id": "2", "text": "$x^2-1$"},
                    {"id": "3", "text": "$x^2-x$"},
                ],
                "right": [
                    {"id": "A", "text": "$x(x-1)$"},
                    {"id": "B", "text": "$(x+1)^2$"},
                    {"id": "C", "text": "$(x+1)(x-1)$"},
                    {"id": "D", "text": "$(x-1)^2$"},
                ],
                "once": True,
            },
            "correct": {"matches": ["B", "C", "A"]},
            "explanation": "依次用完全平方公式、平方差公式、提公因式。",
            "hints": ["先看有没有公因式。"],
            "minutes": 2.0,
        },
        {
            "kind": "text_entry",
            "prompt": "由 $(x+3)(x-3)=0$ 得[[1]]；当[[2]]时，$x-3$ 是正数。",
            "interaction": {"blanks": 2, "answers": ["expression", "expression"]},
            "correct": [["x=3 或 x=-3"], ["x>3"]],
            "explanation": "两个因式的积为 $0$，至少有一个因式为 $0$；$x-3>0$，移项得 $x>3$。",
            "hints": ["第一空有两个答案，都要写，用“或”连接。"],
            "misconceptions": [
                {"response": {"blanks": ["x=3", ""]}, "feedback": "还有一个因式也可以为 $0$。"}
            ],
            "minutes": 2.0,
        },
    ]


def _physics() -> list[Record]:
    return [
        {
            "kind": "numeric",
            "prompt": "一辆汽车 $2\\,\\mathrm{h}$ 行驶了 $144\\,\\mathrm{km}$，它的平均速度是多少？（写出单位）",
            "interaction": {"asks_unit": True},
            "correct": {"value": 72, "unit": "km/h", "tolerance": 0.01, "is_relative": True},
            "explanation": "$v=s/t=144\\,\\mathrm{km}/2\\,\\mathrm{h}=72\\,\\mathrm{km/h}=20\\,\\mathrm{m/s}$。",
            "hints": ["速度等于路程除以时间。"],
            "misconceptions": [{"response": "288 km/h", "feedback": "路程要除以时间，不是乘。"}],
            "minutes": 2.0,
        },
        {
            "kind": "text_entry",
            "prompt": "换算：$36\\,\\mathrm{km/h}=$[[1]]；一节课 45 分钟，合[[2]]。",
            "interaction": {"blanks": 2, "answers": ["quantity", "quantity"]},
            "correct": [["10 m/s"], ["0.75 h"]],
            "explanation": "$1\\,\\mathrm{m/s}=3.6\\,\\mathrm{km/h}$；$45\\div60=0.75$（小时）。",
            "hints": ["1 m/s = 3.6 km/h。"],
        },
        {
            "kind": "text_entry",
            "prompt": "写出单位的符号：毫米[[1]]，千克[[2]]。",
            "interaction": {"blanks": 2, "answers": ["exact", "exact"]},
            "correct": [["mm"], ["kg"]],
            "explanation": "“毫”是小写的 m，“千”是小写的 k；大写的 M 表示“兆”（一百万）。",
            "hints": ["词头的大小写有区别。"],
            "misconceptions": [{"response": {"blanks": ["Mm", ""]}, "feedback": "大写的 M 是“兆”。"}],
        },
        {
            "kind": "order",
            "prompt": "测量小车平均速度，把实验步骤按顺序排好。",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "用停表测出小车到达底端的时间"},
                    {"id": "B", "text": "组装斜面，使它保持较小的坡度"},
                    {"id": "C", "text": "根据 $v=s/t$ 算出平均速度"},
                    {"id": "D", "text": "测出小车将要通过的路程"},
                ]
            },
            "correct": {"order": ["B", "D", "A", "C"]},
            "explanation": "先装好斜面，再测路程、测时间，最后计算。",
            "hints": ["最后一步是计算。"],
            "minutes": 2.0,
        },
        {
            "kind": "extended_text",
            "prompt": "为什么测平均速度时，斜面的坡度要小一些？",
            "interaction": {"words": 60, "lines": 4},
            "explanation": "坡度小，小车运动得慢，时间长，停表测出的时间误差小。",
            "minutes": 3.0,
        },
    ]


def _chinese() -> list[Record]:
    return [
        {
            "kind": "inline_choice",
            "prompt": "[[1]]又绿江南岸，[[2]]何时照我还。",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "明月"},
                    {"id": "B", "text": "春风"},
                    {"id": "C", "text": "落日"},
                ],
                "once": True,
            },
            "correct": {"chosen": ["B", "A"]},
            "explanation": "出自王安石《泊船瓜洲》。",
            "hints": ["这首诗写于春天的夜晚。"],
        },
        {
            "kind": "match",
            "prompt": "把诗人和人们对他的称呼连起来。",
            "interaction": {
                "left": [
                    {"id": "1", "text": "李白"},
                    {"id": "2", "text": "杜甫"},
                    {"id": "3", "text": "王维"},
                ],
                "right": [
                    {"id": "A", "text": "诗圣"},
                    {"id": "B", "text": "诗佛"},
                    {"id": "C", "text": "诗仙"},
                ],
            },
            "correct": {"matches": ["C", "A", "B"]},
            "explanation": "李白是诗仙，杜甫是诗圣，王维是诗佛。",
            "hints": ["王维信佛。"],
        },
        {
            "kind": "order",
            "prompt": "把《静夜思》的四句按顺序排好。",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "举头望明月"},
                    {"id": "B", "text": "疑是地上霜"},
                    {"id": "C", "text": "低头思故乡"},
                    {"id": "D", "text": "床前明月光"},
                ]
            },
            "correct": {"order": ["D", "B", "A", "C"]},
            "explanation": "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
            "hints": ["先写看到的光。"],
        },
        {
            "kind": "spoken",
            "prompt": "朗读《静夜思》，注意停顿和感情。",
            "interaction": {"seconds": 60},
            "explanation": "每句二三停顿，末句放慢。",
            "minutes": 2.0,
        },
    ]


def _passage() -> list[Record]:
    return [
        {"identifier": "urn:weike-demo:passage:way-to-school", "title": "The way to school", "text": PASSAGE}
    ]


def _english() -> list[Record]:
    about = {"stimulus": "urn:weike-demo:passage:way-to-school"}
    return [
        about
        | {
            "kind": "choice",
            "prompt": "How does Li Ming usually go to school?",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "By bus."},
                    {"id": "B", "text": "On foot."},
                    {"id": "C", "text": "By car."},
                ]
            },
            "correct": ["B"],
            "explanation": "He “walks to school”; only on rainy days his father drives him.",
            "misconceptions": [
                {"response": "C", "feedback": "Only on rainy days. What about the other days?"}
            ],
        },
        about
        | {
            "kind": "true_false",
            "prompt": "It takes him twenty-five minutes to get there by car.",
            "correct": ["false"],
            "explanation": "By car it takes eight minutes.",
        },
        about
        | {
            "kind": "inline_choice",
            "prompt": "He likes [[1]] better, because he can [[2]] with his classmates.",
            "interaction": {
                "own": [
                    [{"id": "A", "text": "driving"}, {"id": "B", "text": "walking"}],
                    [{"id": "A", "text": "talk"}, {"id": "B", "text": "eat"}, {"id": "C", "text": "sleep"}],
                ]
            },
            "correct": {"chosen": ["B", "A"]},
            "explanation": "See the last paragraph.",
        },
        about
        | {
            "kind": "spoken",
            "prompt": "How do you come to school? Talk about it in five sentences.",
            "interaction": {"seconds": 90},
            "minutes": 3.0,
        },
    ]


def _geography() -> list[Record]:
    picture, width, height = _map()
    return [
        {
            "kind": "hotspot",
            "prompt": "在地图上点出湖泊和山顶各一处。",
            "interaction": {"picture": "map", "points": 2},
            "correct": {
                "regions": [
                    {"shape": "circle", "coords": [560, 330, 95]},
                    {"shape": "poly", "coords": [170, 230, 250, 90, 330, 230]},
                ]
            },
            "pictures": [
                {
                    "name": "map",
                    "alt": "一幅简图：左上方有三角形的山，右下方有圆形的湖，上方的箭头指向北。",
                    "width": width,
                    "height": height,
                    "data": picture,
                }
            ],
            "explanation": "蓝色圆形是湖泊，三角形是山。",
            "hints": ["蓝色表示水。"],
        },
        {
            "kind": "choice",
            "prompt": "[[picture:map]]湖泊在山的什么方向？",
            "interaction": {
                "choices": [
                    {"id": "A", "text": "东南"},
                    {"id": "B", "text": "西北"},
                    {"id": "C", "text": "东北"},
                ]
            },
            "correct": ["A"],
            "pictures": [
                {
                    "name": "map",
                    "alt": "一幅简图：左上方有三角形的山，右下方有圆形的湖，上方的箭头指向北。",
                    "width": width,
                    "height": height,
                    "data": picture,
                }
            ],
            "explanation": "上北下南，左西右东：湖在山的右下方，就是东南方向。",
            "hints": ["先看指向标。"],
        },
    ]


def _map() -> tuple[str, int, int]:
    """A map with a mountain, a lake and an arrow to the north, as PNG in base64."""
    image = Image.new("RGB", (WIDTH, HEIGHT), LAND)
    draw = ImageDraw.Draw(image)
    draw.ellipse((470, 240, 650, 420), WATER, INK, 3)
    draw.polygon(((170, 230), (250, 90), (330, 230)), (176, 156, 124), INK)
    draw.line(((0, 430), (200, 470), (470, 350)), WATER, 12)
    draw.line(((720, 130), (720, 40)), INK, 5)
    draw.polygon(((700, 60), (720, 20), (740, 60)), INK)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode(), WIDTH, HEIGHT
