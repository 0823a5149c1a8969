"""Whole numbers, decimals, units and money: primary mathematics before fractions."""

from collections.abc import Callable
from decimal import Decimal
from math import gcd, lcm
from random import Random

from demo.items.question import Ambiguous, Question, choice, choices, generator, number, photo, text


@generator("math.count5", difficulty=0.05)
def neighbours(rng: Random) -> Question:
    """Ask which number stands between two others."""
    n = rng.randint(1, 4)
    things = rng.choice(["苹果", "小鸟", "铅笔", "气球", "小花", "积木", "贝壳", "星星"])
    return number(
        f"小明按顺序数{things}：数完 {n - 1}，再数 {n}，接下来该数几？",
        n + 1,
        [(n, f"{n} 已经数过了，接着往后数。"), (n + 2, "跳过了一个数，要一个一个地数。")],
        why=f"按 1、2、3、4、5 的顺序，{n} 的后面是 {n + 1}。",
        hints=["用手指一个一个地数。", f"比 {n} 多 1 的数是几？"],
        label=f"{n} 后面是几（{things}）",
    )


def _plus(low: int, high: int, *, carry: bool) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        a, b = rng.randint(1, high), rng.randint(1, high)
        if not low <= a + b <= high or ((a % 10 + b % 10 >= 10) != carry):
            raise Ambiguous
        ten = (
            f"把 {b} 分成 {10 - a} 和 {b - 10 + a}，{a} + {10 - a} = 10，10 + {b - 10 + a} = {a + b}。"
            if carry and a < 10
            else f"{a} 和 {b} 合起来是 {a + b}。"
        )
        form = rng.choice(
            [
                f"{a} + {b} = ？",
                f"树上有 {a} 只鸟，又飞来 {b} 只，现在一共有多少只？",
                f"小红有 {a} 张贴纸，小刚有 {b} 张，两人一共有多少张？",
                f"停车场有 {a} 辆车，又开进来 {b} 辆，现在有多少辆？",
                f"盒子里有 {a} 支铅笔，再放进 {b} 支，盒子里有多少支铅笔？",
            ]
        )
        return number(
            form,
            a + b,
            [
                (a + b - 1, "少数了一个，再数一遍。"),
                (a + b + 1, "多数了一个，再数一遍。"),
                (abs(a - b), "这里是合起来，要用加法。"),
            ],
            why=f"{ten}所以 {a} + {b} = {a + b}。",
            hints=["把两部分合起来用加法。", "从大数开始接着往后数。"],
            label=f"{a} + {b}",
        )

    return draw


def _minus(high: int, *, borrow: bool) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        a, b = rng.randint(2, high), rng.randint(1, 9)
        if b > a or ((a % 10 < b % 10) != borrow):
            raise Ambiguous
        form = rng.choice(
            [
                f"{a} − {b} = ？",
                f"篮子里有 {a} 个桃子，吃了 {b} 个，还剩多少个？",
                f"小红折了 {a} 只纸鹤，送给同学 {b} 只，还有多少只？",
                f"车上有 {a} 人，下车 {b} 人，车上还有多少人？",
                f"有 {a} 朵花，摘走 {b} 朵，还剩多少朵？",
            ]
        )
        return number(
            form,
            a - b,
            [
                (a + b, "这里是去掉一部分，要用减法。"),
                (a - b + 1, "多算了一个，想一想加法来验算。"),
                (a - b - 1, "少算了一个，想一想加法来验算。"),
            ],
            why=f"因为 {a - b} + {b} = {a}，所以 {a} − {b} = {a - b}。",
            hints=["从总数里去掉一部分用减法。", f"想：{b} 加几等于 {a}？"],
            label=f"{a} − {b}",
        )

    return draw


generator("math.add5", difficulty=0.06, name="add5")(_plus(2, 5, carry=False))
generator("math.add10", difficulty=0.08, name="add10")(_plus(2, 9, carry=False))
generator("math.add20_carry", difficulty=0.14, name="add20_carry")(_plus(11, 18, carry=True))
generator("math.sub5", difficulty=0.07, name="sub5")(_minus(5, borrow=False))
generator("math.sub10", difficulty=0.09, name="sub10")(_minus(9, borrow=False))
generator("math.sub20_borrow", difficulty=0.18, name="sub20_borrow")(_minus(18, borrow=True))


@generator("math.teens", difficulty=0.08)
def teens(rng: Random) -> Question:
    """Compose a number from a ten and ones."""
    n = rng.randint(1, 9)
    what, unit, pack = rng.choice(
        [
            ("小棒", "根", "捆"),
            ("铅笔", "支", "盒"),
            ("鸡蛋", "个", "盒"),
            ("糖果", "颗", "袋"),
            ("贴纸", "张", "包"),
        ]
    )
    return number(
        f"每 10 {unit}{what}装成 1 {pack}，1 {pack}和另外 {n} {unit}合起来是多少{unit}？",
        10 + n,
        [(n, "还要加上那 1 个十。"), (10 * n + 1 if n > 1 else 2, "十位和个位写反了。")],
        why=f"1 个十和 {n} 个一合起来是 {10 + n}。",
        hints=["1 个十就是 10。", f"10 加 {n} 是多少？"],
        label=f"1 个十和 {n} 个一（{what}）",
    )


@generator("math.place100", difficulty=0.12)
def tens_and_ones(rng: Random) -> Question:
    """Compose a two-digit number."""
    t, o = rng.randint(1, 9), rng.randint(0, 9)
    if t == o:
        raise Ambiguous
    return number(
        f"一个两位数，十位上是 {t}，个位上是 {o}，这个数是多少？",
        10 * t + o,
        [(10 * o + t, "十位和个位写反了。"), (t + o, "不是把两个数字相加，十位上的几表示几个十。")],
        why=f"{t} 个十是 {10 * t}，再加 {o} 个一，是 {10 * t + o}。",
        hints=["十位在左边，个位在右边。", f"{t} 个十是多少？"],
        label=f"{t} 个十和 {o} 个一",
    )


@generator("math.compare100", difficulty=0.12)
def compare(rng: Random) -> Question:
    """Order three two-digit numbers."""
    a, b, c = rng.sample(range(11, 100), 3)
    top = max(a, b, c)
    rest = [n for n in (a, b, c) if n != top]
    return choice(
        rng,
        f"{a}、{b}、{c} 这三个数中，最大的是哪一个？",
        top,
        [(n, f"{n} 比 {top} 小：先比十位，十位相同再比个位。") for n in rest],
        why=f"先比十位，十位相同再比个位，最大的是 {top}。",
        hints=["先看十位上的数字。", "十位相同时再看个位。"],
        label=f"{a}、{b}、{c} 比大小",
    )


@generator("math.money_yuan", difficulty=0.2)
def money(rng: Random) -> Question:
    """Change yuan and jiao into jiao."""
    y, j = rng.randint(1, 20), rng.randint(1, 9)
    return number(
        f"{y} 元 {j} 角 = （　）角",
        10 * y + j,
        [(y + j, "1 元等于 10 角，要先把元换成角。"), (100 * y + j, "1 元是 10 角，不是 100 角。")],
        why=f"1 元 = 10 角，{y} 元 = {10 * y} 角，再加 {j} 角是 {10 * y + j} 角。",
        hints=["1 元 = 10 角。", f"{y} 元是多少角？"],
        unit="角",
        label=f"{y} 元 {j} 角",
    )


UNIT_CHANGES = {
    "math.cm_m": [("米", "厘米", 100)],
    "math.gram_kg": [("千克", "克", 1000)],
    "math.length_units": [
        ("千米", "米", 1000),
        ("米", "分米", 10),
        ("厘米", "毫米", 10),
        ("分米", "厘米", 10),
    ],
    "math.time_units": [("时", "分", 60), ("分", "秒", 60)],
    "math.area_units": [("平方米", "平方分米", 100), ("平方分米", "平方厘米", 100)],
    "math.volume_units": [("立方米", "立方分米", 1000), ("升", "毫升", 1000), ("立方分米", "立方厘米", 1000)],
}


def _unit_change(changes: list[tuple[str, str, int]]) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        big, small, rate = rng.choice(changes)
        n = rng.randint(2, 60)
        if rng.random() < 0.5:
            given, asked, value = f"{n} {big}", small, n * rate
            wrong, other = n * rate * 10, n
            how = f"从大单位换成小单位，乘 {rate}：{n} × {rate} = {n * rate}。"
        else:
            given, asked, value = f"{n * rate} {small}", big, n
            wrong, other = n * 10, n * rate * rate
            how = f"从小单位换成大单位，除以 {rate}：{n * rate} ÷ {rate} = {n}。"
        return number(
            f"{given} = （　）{asked}",
            value,
            [
                (wrong, f"1 {big} = {rate} {small}，进率用错了。"),
                (other, "单位变了，数也要跟着变：大单位换小单位乘进率，反过来除以进率。"),
            ],
            why=f"1 {big} = {rate} {small}。{how}",
            hints=[f"1 {big} = {rate} {small}。", "大单位换小单位乘进率，小单位换大单位除以进率。"],
            unit=asked,
            label=f"{given}换成{asked}",
        )

    return draw


for _point, _changes in UNIT_CHANGES.items():
    generator(_point, difficulty=0.25, name=f"{_point}:units")(_unit_change(_changes))


@generator("math.add100", difficulty=0.2)
def column_addition(rng: Random) -> Question:
    """Add two two-digit numbers with a carry."""
    a, b = rng.randint(12, 79), rng.randint(12, 79)
    if a + b > 99 or a % 10 + b % 10 < 10:
        raise Ambiguous
    return number(
        f"列竖式计算：{a} + {b} = ？",
        a + b,
        [(a + b - 10, "个位满十，要向十位进 1。"), (abs(a - b), "看清运算符号，这里是加法。")],
        why=f"个位 {a % 10} + {b % 10} = {a % 10 + b % 10}，写 {(a + b) % 10} 进 1；十位 {a // 10} + {b // 10} + 1 = {(a + b) // 10}，得 {a + b}。",
        hints=["相同数位对齐，从个位加起。", "个位满十向十位进 1，别忘了加上。"],
        label=f"{a} + {b}",
    )


@generator("math.sub100", difficulty=0.25)
def column_subtraction(rng: Random) -> Question:
    """Subtract two-digit numbers with a borrow."""
    a, b = rng.randint(31, 98), rng.randint(12, 69)
    if a - b < 3 or a % 10 >= b % 10:
        raise Ambiguous
    swapped = (a // 10 - b // 10) * 10 + b % 10 - a % 10
    return number(
        f"列竖式计算：{a} − {b} = ？",
        a - b,
        [
            (a - b + 10, "个位不够减，从十位退了 1，十位要少 1。"),
            (swapped, "个位不能用大数减小数，要从十位退 1 当 10。"),
        ],
        why=f"个位 {a % 10} 减 {b % 10} 不够，从十位退 1 当 10，得 {(a - b) % 10}；十位退 1 后再减，得 {a - b}。",
        hints=["个位不够减，从十位退 1 当 10。", "十位退 1 以后剩几？"],
        label=f"{a} − {b}",
    )


@generator("math.times_meaning", difficulty=0.2)
def times_meaning(rng: Random) -> Question:
    """See a repeated addition as a product."""
    a, n = rng.sample(range(2, 10), 2)
    total = " + ".join([str(a)] * n)
    return choice(
        rng,
        f"{total} 可以写成哪个乘法算式？",
        f"{a} × {n}",
        [
            (f"{a} × {n - 1}", f"数一数，一共有 {n} 个 {a}。"),
            (f"{a} + {n}", "几个相同加数相加要用乘法。"),
            (f"{a} × {a}", f"相同的加数是 {a}，个数是 {n}。"),
        ],
        why=f"{n} 个 {a} 相加，写成 {a} × {n}，等于 {a * n}。",
        hints=["相同的加数是几？", "一共有几个这样的加数？"],
        label=f"{n} 个 {a}",
    )


@generator("math.times_table", difficulty=0.2)
def times_table(rng: Random) -> Question:
    """Multiply within the tables."""
    a, b = rng.randint(2, 9), rng.randint(2, 9)
    what, unit = rng.choice(
        [
            ("盒彩笔", "支"),
            ("行座位", "个"),
            ("串葡萄", "颗"),
            ("辆小车", "个"),
            ("排小树", "棵"),
            ("袋面包", "个"),
        ]
    )
    prompt = rng.choice([f"{a} × {b} = ？", f"有 {a} {what}，每{what[0]} {b} {unit}，一共多少{unit}？"])
    return number(
        prompt,
        a * b,
        [
            (a + b, "求几个几是多少，用乘法而不是加法。"),
            (a * (b + 1), "口诀背串了一句，再想一想。"),
            (a * (b - 1), "口诀背串了一句，再想一想。"),
        ],
        why=f"{a} 个 {b} 是 {a * b}，{a} × {b} = {a * b}。",
        hints=["想乘法口诀。", f"{a} × {b - 1} = {a * (b - 1)}，再加 {a}。"],
        label=f"{a} × {b}" + ("" if "×" in prompt else f"（{what}）"),
    )


@generator("math.divide_share", difficulty=0.25)
def share(rng: Random) -> Question:
    """Share equally."""
    b, q = rng.randint(2, 9), rng.randint(2, 9)
    what = rng.choice(["个苹果", "块饼干", "支铅笔", "本练习本", "颗草莓", "张贴纸", "个气球"])
    return number(
        f"把 {b * q} {what}平均分给 {b} 个小朋友，每人分到多少{what[0]}？",
        q,
        [(b * q - b, "平均分要用除法，不是减法。"), (q + 1, f"验算：{b} × {q + 1} = {b * (q + 1)}，多了。")],
        why=f"{b * q} ÷ {b} = {q}。",
        hints=["每份同样多，用除法。", f"{b} 乘几等于 {b * q}？"],
        label=f"{b * q} 平均分成 {b} 份（{what[1:]}）",
    )


@generator("math.divide_table", difficulty=0.25)
def divide_table(rng: Random) -> Question:
    """Divide with the tables."""
    b, q = rng.randint(2, 9), rng.randint(2, 9)
    return number(
        f"{b * q} ÷ {b} = ？",
        q,
        [(q - 1, "口诀背串了一句，用乘法验算。"), (q + 1, "口诀背串了一句，用乘法验算。")],
        why=f"想：{b} × {q} = {b * q}，所以商是 {q}。",
        hints=[f"想 {b} 的乘法口诀。", f"{b} 乘几等于 {b * q}？"],
        label=f"{b * q} ÷ {b}",
    )


@generator("math.remainder", difficulty=0.32)
def remainder(rng: Random) -> Question:
    """Find a remainder, or how many containers are needed."""
    b, q = rng.randint(3, 9), rng.randint(2, 9)
    r = rng.randint(1, b - 1)
    n = b * q + r
    if rng.random() < 0.5:
        return number(
            f"{n} ÷ {b}，商是 {q}，余数是多少？",
            r,
            [
                (r + b, "余数必须比除数小，还可以再分一份。"),
                (b - r, f"这是还差多少，不是剩下多少。{b} × {q} = {b * q}。"),
            ],
            why=f"{b} × {q} = {b * q}，{n} − {b * q} = {r}，余数是 {r}。",
            hints=[f"先算 {b} × {q}。", "余数要比除数小。"],
            label=f"{n} ÷ {b} 的余数",
        )
    return number(
        f"{n} 人去划船，每条船最多坐 {b} 人，至少要租多少条船？",
        q + 1,
        [(q, f"{q} 条船只能坐 {b * q} 人，剩下的 {r} 人也要一条船。")],
        why=f"{n} ÷ {b} = {q}……{r}，剩下的 {r} 人还要 1 条船，{q} + 1 = {q + 1}。",
        hints=["先用除法。", "剩下的人也要坐船。"],
        unit="条",
        label=f"{n} 人租船",
    )


@generator("math.order_simple", difficulty=0.3)
def order_simple(rng: Random) -> Question:
    """Multiply before adding."""
    a, b, c = rng.randint(2, 50), rng.randint(2, 9), rng.randint(2, 9)
    if rng.random() < 0.5:
        return number(
            f"{a} + {b} × {c} = ？",
            a + b * c,
            [((a + b) * c, "没有括号时，先算乘法，再算加法。")],
            why=f"先算 {b} × {c} = {b * c}，再算 {a} + {b * c} = {a + b * c}。",
            hints=["看看有几种运算。", "先乘除，后加减。"],
            label=f"{a} + {b} × {c}",
        )
    return number(
        f"({a} + {b}) × {c} = ？",
        (a + b) * c,
        [(a + b * c, "有括号时要先算括号里面的。")],
        why=f"先算括号里的 {a} + {b} = {a + b}，再乘 {c}，得 {(a + b) * c}。",
        hints=["有括号吗？", "先算括号里面的。"],
        label=f"({a} + {b}) × {c}",
    )


@generator("math.elapsed_time", difficulty=0.4, minutes=1.5)
def elapsed(rng: Random) -> Question:
    """Find how long something took."""
    h, m = rng.randint(7, 17), rng.choice(range(5, 60, 5))
    d = rng.choice(range(15, 100, 5))
    end = h * 60 + m + d
    eh, em = divmod(end, 60)
    if em >= m:
        raise Ambiguous
    what = rng.choice(["一场电影", "一节实验课", "一次参观", "一趟列车", "一场足球赛", "一次大扫除"])
    naive = (eh - h) * 100 + em - m
    return number(
        f"{what}从 {h}:{m:02d} 开始，到 {eh}:{em:02d} 结束，一共用了多少分钟？",
        d,
        [(naive, "1 时等于 60 分，退 1 时当 60 分，不是 100 分。"), (d + 60, "小时数退了 1，要少算 1 时。")],
        why=f"{eh}:{em:02d} 减 {h}:{m:02d}，分不够减，退 1 时当 60 分，共 {d} 分钟。",
        hints=["用结束时刻减开始时刻。", "分不够减时，退 1 时当 60 分。"],
        unit="分钟",
        label=f"{h}:{m:02d} 到 {eh}:{em:02d}",
    )


@generator("math.add1000", difficulty=0.32)
def three_digits(rng: Random) -> Question:
    """Add or subtract three-digit numbers."""
    a, b = rng.randint(201, 899), rng.randint(101, 799)
    if rng.random() < 0.5:
        no_carry = sum(
            (x + y) % 10 * 10**i for i, (x, y) in enumerate(zip(_digits(a), _digits(b), strict=True))
        )
        return number(
            f"{a} + {b} = ？",
            a + b,
            [(no_carry, "哪一位满十，就要向前一位进 1。"), (a + b - 10, "漏加了一次进位。")],
            why=f"从个位加起，满十进一：{a} + {b} = {a + b}。",
            hints=["相同数位对齐。", "满十向前一位进 1。"],
            label=f"{a} + {b}",
        )
    a, b = max(a, b), min(a, b)
    if a == b:
        raise Ambiguous
    no_borrow = sum(abs(x - y) * 10**i for i, (x, y) in enumerate(zip(_digits(a), _digits(b), strict=True)))
    return number(
        f"{a} − {b} = ？",
        a - b,
        [
            (no_borrow, "哪一位不够减，要从前一位退 1，不能反过来减。"),
            (a - b + 100, "百位退了 1，要少算 1。"),
        ],
        why=f"从个位减起，不够减退一当十：{a} − {b} = {a - b}，用 {a - b} + {b} = {a} 验算。",
        hints=["相同数位对齐，从个位减起。", "用加法验算。"],
        label=f"{a} − {b}",
    )


def _digits(n: int) -> list[int]:
    """Return the three digits of *n*, ones first."""
    return [n // 10**i % 10 for i in range(3)]


@generator("math.times_as_many", difficulty=0.3)
def times_as_many(rng: Random) -> Question:
    """Compare two amounts by division."""
    a, k = rng.randint(2, 12), rng.randint(2, 9)
    x, y, w = rng.choice(
        [("白兔", "黑兔", "只"), ("红花", "黄花", "朵"), ("故事书", "科技书", "本"), ("苹果树", "梨树", "棵")]
    )
    return number(
        f"{x}有 {a * k} {w}，{y}有 {a} {w}，{x}的数量是{y}的几倍？",
        k,
        [
            (a * k - a, "求几倍用除法，减法算出的是相差多少。"),
            (k - 1, f"多的部分是 {k - 1} 倍，{x}一共是 {k} 倍。"),
        ],
        why=f"{a * k} ÷ {a} = {k}，{x}是{y}的 {k} 倍。",
        hints=[f"{a * k} 里面有几个 {a}？", "用除法。"],
        unit="倍",
        label=f"{a * k} 是 {a} 的几倍（{x}）",
    )


def _product(low: int, high: int, low2: int, high2: int) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        a, b = rng.randint(low, high), rng.randint(low2, high2)
        if a % 10 == 0 or b % 10 == 0:
            raise Ambiguous
        slips: list[tuple[object, str]] = [
            (a * b - 10 * (a * (b % 10) // 10 % 10 or 1), "有一次进位漏加了。")
        ]
        if b > 10:
            slips.append(
                (a * (b % 10) + a * (b // 10), f"{b} 的十位表示 {b // 10} 个十，乘得的积末位要与十位对齐。")
            )
            steps = (
                f"{a} × {b % 10} = {a * (b % 10)}，{a} × {b - b % 10} = {a * (b - b % 10)}，相加得 {a * b}。"
            )
        else:
            slips.append((a * b + 10, "进位多加了一次。"))
            steps = f"用 {b} 依次去乘每一位，满几十进几：{a} × {b} = {a * b}。"
        return number(
            rng.choice(
                [
                    f"{a} × {b} = ？",
                    f"每箱饮料 {a} 瓶，{b} 箱一共多少瓶？",
                    f"一列队伍有 {b} 行，每行 {a} 人，一共多少人？",
                ]
            ),
            a * b,
            slips,
            why=steps,
            hints=["从个位乘起，记住进位。", f"先估一估：大约是 {round(a, -1)} × {b}。"],
            label=f"{a} × {b}",
        )

    return draw


generator("math.mul_1digit", difficulty=0.35, name="mul_1digit")(_product(12, 998, 2, 9))
generator("math.mul_2digit", difficulty=0.42, minutes=1.5, name="mul_2digit")(_product(12, 98, 12, 98))
generator("math.mul_3x2", difficulty=0.45, minutes=2, name="mul_3x2")(_product(102, 698, 12, 68))


def _quotient(low: int, high: int, top: int) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        b, q = rng.randint(low, high), rng.randint(12, top)
        if b % 10 == 0:
            raise Ambiguous
        n = b * q
        return number(
            rng.choice(
                [
                    f"{n} ÷ {b} = ？",
                    f"{n} 本书平均放在 {b} 个书架上，每个书架放多少本？",
                    f"{n} 米长的绳子，每 {b} 米剪一段，可以剪多少段？",
                ]
            ),
            q,
            [
                (q * 10, "商的位数写多了，用乘法验算。"),
                (q + 1, "余数够再除一次吗？用乘法验算。"),
                (q - 1, "余数比除数大，商小了。"),
            ],
            why=f"{n} ÷ {b} = {q}，验算：{b} × {q} = {n}。",
            hints=["从最高位除起。", "每次余数都要比除数小。"],
            label=f"{n} ÷ {b}",
        )

    return draw


generator("math.div_1digit", difficulty=0.38, minutes=1.5, name="div_1digit")(_quotient(2, 9, 240))
generator("math.div_2digit", difficulty=0.46, minutes=2, name="div_2digit")(_quotient(12, 68, 60))


@generator("math.mul_2digit", difficulty=0.45, minutes=3, name="mul_2digit:paper")
def paper_multiplication(rng: Random) -> Question:
    """Ask for the written column work, photographed."""
    a, b = rng.randint(23, 98), rng.randint(23, 98)
    return photo(
        f"在纸上列竖式计算 {a} × {b}，写清两次相乘的积和最后的和，然后拍照上传。",
        str(a * b),
        why=f"{a} × {b % 10} = {a * (b % 10)}，{a} × {b // 10 * 10} = {a * (b // 10 * 10)}，和是 {a * b}。",
        hints=["数位对齐。", "第二次乘得的积末位与十位对齐。"],
        label=f"竖式 {a} × {b}",
    )


@generator("math.calendar", difficulty=0.35)
def leap_year(rng: Random) -> Question:
    """Tell leap years from common years."""
    years = rng.sample([*range(1896, 2060), 1700, 1800, 2100, 2200, 2400], 5)
    leap = [y for y in years if y % 400 == 0 or (y % 4 == 0 and y % 100)]
    return choices(
        rng,
        "下面哪些年份是闰年？（可以选多个）",
        [f"{y} 年" for y in leap],
        [
            (
                f"{y} 年",
                "整百年份必须是 400 的倍数才是闰年。" if y % 100 == 0 else f"{y} 不是 4 的倍数，是平年。",
            )
            for y in years
            if y not in leap
        ],
        why="4 的倍数一般是闰年，整百年份要是 400 的倍数。这里的闰年是：" + "、".join(map(str, leap)) + "。",
        hints=["用年份除以 4 看有没有余数。", "整百年份看能否被 400 整除。"],
        label="、".join(map(str, years[:3])),
    )


@generator("math.decimal_intro", difficulty=0.28)
def jiao_as_yuan(rng: Random) -> Question:
    """Write jiao as a decimal of a yuan."""
    y, j = rng.randint(0, 30), rng.randint(1, 9)
    shown = f"{y} 元 {j} 角" if y else f"{j} 角"
    return number(
        f"{shown}写成以元为单位的小数是多少元？",
        Decimal(10 * y + j) / 10,
        [
            (10 * y + j, "这是角数，1 角是十分之一元。"),
            (Decimal(100 * y + j) / 100, "1 角是 0.1 元，写在小数点后第一位。"),
        ],
        why=f"{j} 角是十分之{'一二三四五六七八九'[j - 1]}元，写成 0.{j} 元，合起来是 {y}.{j} 元。",
        hints=["1 角 = 0.1 元。", "元写在小数点左边，角写在小数点右边第一位。"],
        unit="元",
        label=shown,
    )


@generator("math.big_numbers", difficulty=0.38)
def large_numbers(rng: Random) -> Question:
    """Write a number given in ten-thousands."""
    w, r = (
        rng.randint(12, 4999),
        rng.choice([0, rng.randint(1, 9) * 1000, rng.randint(100, 999), rng.randint(1, 99)]),
    )
    n = w * 10000 + r
    return number(
        f"由 {w} 个万和 {r} 个一组成的数是多少？",
        n,
        [
            (int(f"{w}{r}") if r else w * 1000, "个级要写满四位，不够用 0 占位。"),
            (w * 100000 + r, "1 个万后面是 4 位。"),
        ],
        why=f"{w} 个万是 {w * 10000}，再加 {r}，是 {n}。",
        hints=["万级后面还有四位个级。", "哪一位上没有单位就写 0。"],
        label=f"{w} 万零 {r} 的写法",
    )


@generator("math.rounding", difficulty=0.4)
def rounding(rng: Random) -> Question:
    """Round to ten-thousands."""
    n = rng.randint(20001, 9999999)
    if n % 10000 == 0:
        raise Ambiguous
    value = (n + 5000) // 10000
    return number(
        f"用四舍五入法省略万位后面的尾数，{n} 约是多少万？",
        value,
        [
            (
                value - 1 if n % 10000 >= 5000 else value + 1,
                "看千位：小于 5 舍去，等于或大于 5 向前一位进 1。",
            ),
            (value * 10, "省略的是万位后面四位。"),
        ],
        why=f"{n} 的千位是 {n // 1000 % 10}，{'向万位进 1' if n % 10000 >= 5000 else '舍去'}，约是 {value} 万。",
        hints=["先找到千位上的数字。", "千位满 5 就进 1。"],
        unit="万",
        label=f"{n} 约几万",
    )


@generator("math.speed_time", difficulty=0.42, minutes=1.5)
def distance(rng: Random) -> Question:
    """Use distance = speed × time in one of its three forms."""
    v, t = rng.randint(12, 120), rng.randint(2, 12)
    who = rng.choice(["一辆汽车", "一列火车", "一辆货车"] if v > 25 else ["一名骑行者", "一艘游船"])
    form = rng.randrange(3)
    if form == 0:
        prompt, value, unit, slip = f"{who}每小时行 {v} 千米，{t} 小时行多少千米？", v * t, "千米", v + t
    elif form == 1:
        prompt, value, unit, slip = (
            f"{who} {t} 小时行了 {v * t} 千米，平均每小时行多少千米？",
            v,
            "千米",
            v * t - t,
        )
    else:
        prompt, value, unit, slip = (
            f"{who}每小时行 {v} 千米，行 {v * t} 千米要多少小时？",
            t,
            "小时",
            v * t - v,
        )
    return number(
        prompt,
        value,
        [(slip, "先想数量关系：速度 × 时间 = 路程。")],
        why=f"速度 × 时间 = 路程，{v} × {t} = {v * t}，所以答案是 {value} {unit}。",
        hints=["题里给的是速度、时间还是路程？", "速度 × 时间 = 路程。"],
        unit=unit,
        label=prompt[:16],
    )


@generator("math.quotient_rule", difficulty=0.4)
def quotient_rule(rng: Random) -> Question:
    """Keep a quotient by scaling both numbers."""
    a, b, k = rng.randint(2, 40) * 6, rng.choice([2, 3, 6]), rng.choice([2, 3, 4, 5, 10, 100])
    return number(
        f"已知 {a} ÷ {b} = {a // b}，那么 ({a} × {k}) ÷ ({b} × {k}) = ？",
        a // b,
        [
            (a // b * k, "除数也乘了相同的数，商不变。"),
            (a // b * k * k, "被除数和除数同时乘相同的数，商不变。"),
        ],
        why=f"被除数和除数同时乘 {k}，商不变，还是 {a // b}。",
        hints=["比较被除数和除数各发生了什么变化。", "同时乘相同的数，商怎样？"],
        label=f"{a} ÷ {b} 同乘 {k}",
    )


@generator("math.order_ops", difficulty=0.45, minutes=1.5)
def mixed(rng: Random) -> Question:
    """Work a mixed expression with brackets."""
    a, b, c, d = rng.randint(2, 30), rng.randint(2, 20), rng.randint(2, 9), rng.randint(2, 12)
    value = (a + b) * c - d
    return number(
        f"({a} + {b}) × {c} − {d} = ？",
        value,
        [(a + b * c - d, "要先算小括号里面的。"), ((a + b) * (c - d), "先算乘法，最后算减法。")],
        why=f"{a} + {b} = {a + b}；{a + b} × {c} = {(a + b) * c}；{(a + b) * c} − {d} = {value}。",
        hints=["先算小括号。", "再算乘法，最后算减法。"],
        label=f"({a} + {b}) × {c} − {d}",
    )


@generator("math.distributive", difficulty=0.45)
def distributive(rng: Random) -> Question:
    """Use the distributive law for a quick result."""
    k, a = rng.randint(12, 99), rng.randint(11, 89)
    b = 100 - a
    return number(
        f"用简便方法计算：{k} × {a} + {k} × {b} = ？",
        k * 100,
        [
            (k * 10000 // 100 * 2, f"相同因数 {k} 只提取一次。"),
            (k + 100, f"提取 {k} 以后是乘法：{k} × ({a} + {b})。"),
        ],
        why=f"{k} × {a} + {k} × {b} = {k} × ({a} + {b}) = {k} × 100 = {k * 100}。",
        hints=["两个乘法里有相同的因数吗？", f"{a} + {b} 是多少？"],
        label=f"{k} × {a} + {k} × {b}",
    )


@generator("math.decimal_meaning", difficulty=0.36)
def decimal_places(rng: Random) -> Question:
    """Compare decimals of different length."""
    whole = rng.randint(0, 9)
    a, b = rng.randint(1, 9), rng.randint(11, 99)
    x, y = Decimal(f"{whole}.{a}"), Decimal(f"{whole}.{b}")
    if x == y or b % 10 == 0:
        raise Ambiguous
    big, small = (x, y) if x > y else (y, x)
    return choice(
        rng,
        f"{x} 和 {y}，哪个数大？",
        big,
        [
            (small, "小数的大小不看位数多少，先比十分位，再比百分位。"),
            ("一样大", "补上 0 再比：一位小数末尾添 0 大小不变。"),
        ],
        why=f"整数部分相同，比十分位，再比百分位，{big} ＞ {small}。",
        hints=["先比整数部分。", "再比十分位上的数。"],
        label=f"{x} 与 {y}",
    )


@generator("math.decimal_shift", difficulty=0.4)
def shift_point(rng: Random) -> Question:
    """Multiply or divide by 10, 100, 1000."""
    x, p = Decimal(rng.randint(11, 9999)) / rng.choice([10, 100, 1000]), rng.choice([10, 100, 1000])
    up = rng.random() < 0.5
    value = x * p if up else x / p
    sign, way = ("×", "右") if up else ("÷", "左")
    return number(
        f"{x} {sign} {p} = ？",
        value,
        [
            (x / p if up else x * p, "小数点移动的方向反了。"),
            (value * 10, f"{p} 有 {len(str(p)) - 1} 个 0，小数点移动 {len(str(p)) - 1} 位。"),
        ],
        why=f"小数点向{way}移动 {len(str(p)) - 1} 位，得 {value.normalize():f}。",
        hints=[f"{p} 里有几个 0？", "乘向右移，除以向左移。"],
        label=f"{x} {sign} {p}",
    )


@generator("math.decimal_add", difficulty=0.42)
def decimal_sum(rng: Random) -> Question:
    """Add or subtract decimals of different length."""
    a, b = Decimal(rng.randint(101, 9999)) / 100, Decimal(rng.randint(11, 999)) / 10
    ragged = Decimal(int(a * 100) + int(b * 10)) / 100
    if rng.random() < 0.5 or a < b:
        return number(
            f"{a} + {b} = ？",
            a + b,
            [(ragged, "小数点要对齐，不是末位对齐。")],
            why=f"小数点对齐，{b} 写成 {b}0，{a} + {b} = {a + b}。",
            hints=["小数点对齐。", "位数不够可以在末尾添 0。"],
            label=f"{a} + {b}",
        )
    return number(
        f"{a} − {b} = ？",
        a - b,
        [(Decimal(int(a * 100) - int(b * 10)) / 100, "小数点要对齐，不是末位对齐。")],
        why=f"小数点对齐，{b} 写成 {b}0，{a} − {b} = {a - b}。",
        hints=["小数点对齐。", "位数不够可以在末尾添 0。"],
        label=f"{a} − {b}",
    )


@generator("math.decimal_mul", difficulty=0.48, minutes=1.5)
def decimal_product(rng: Random) -> Question:
    """Multiply decimals."""
    a, b = (
        Decimal(rng.randint(11, 99)) / 10,
        Decimal(rng.choice([rng.randint(2, 99), rng.randint(11, 999)])) / rng.choice([10, 100]),
    )
    if a * 10 % 10 == 0:
        raise Ambiguous
    v = a * b
    return number(
        f"{a} × {b} = ？",
        v,
        [(v * 10, "数一数因数一共有几位小数，积就有几位小数。"), (v / 10, "小数点多移了一位。")],
        why=f"先按整数相乘，再看因数一共有几位小数，点上小数点：{a} × {b} = {v.normalize():f}。",
        hints=["先按整数乘法计算。", "两个因数一共有几位小数？"],
        label=f"{a} × {b}",
    )


@generator("math.decimal_div", difficulty=0.52, minutes=2)
def decimal_quotient(rng: Random) -> Question:
    """Divide by a decimal."""
    b, q = Decimal(rng.randint(2, 98)) / 10, Decimal(rng.randint(2, 200)) / rng.choice([1, 10])
    if b == b.to_integral_value():
        raise Ambiguous
    n = b * q
    return number(
        f"{n.normalize():f} ÷ {b} = ？",
        q,
        [(q / 10, "除数扩大到原来的 10 倍，被除数也要扩大到 10 倍。"), (q * 10, "小数点移动的位数要相同。")],
        why=f"同时把小数点向右移动一位：{(n * 10).normalize():f} ÷ {(b * 10).normalize():f} = {q.normalize():f}。",
        hints=["把除数变成整数。", "被除数的小数点也移动相同的位数。"],
        label=f"{n.normalize():f} ÷ {b}",
    )


@generator("math.average", difficulty=0.42, minutes=1.5)
def average(rng: Random) -> Question:
    """Find a mean of five whole numbers."""
    data = [rng.randint(60, 100) for _ in range(4)]
    mean = rng.randint(70, 95)
    last = 5 * mean - sum(data)
    if not 55 <= last <= 100:
        raise Ambiguous
    data.append(last)
    what = rng.choice(
        [
            "五次跳绳（下）",
            "五天卖出的报纸（份）",
            "五名同学的身高超过 60 厘米的部分（厘米）",
            "五次听写的用时（秒）",
        ]
    )
    return number(
        f"{what}：{'、'.join(map(str, data))}，平均数是多少？",
        mean,
        [
            (sorted(data)[2], "这是排在中间的数，平均数要用总数除以份数。"),
            (sum(data), "求出总数后，还要除以 5。"),
        ],
        why=f"总数 {' + '.join(map(str, data))} = {sum(data)}，{sum(data)} ÷ 5 = {mean}。",
        hints=["先求总数。", "再除以 5。"],
        label="、".join(map(str, data)),
    )


@generator("math.factors", difficulty=0.45)
def factors(rng: Random) -> Question:
    """Pick the factors of a number."""
    n = rng.choice(
        [12, 16, 18, 20, 24, 28, 30, 32, 36, 40, 42, 45, 48, 50, 54, 56, 60, 63, 64, 72, 75, 80, 84, 90, 96]
    )
    good = [d for d in range(2, n) if n % d == 0]
    bad = [d for d in range(2, n) if n % d]
    right, wrong = rng.sample(good, 2), rng.sample(bad[: n // 2], 3)
    return choices(
        rng,
        f"下面哪些数是 {n} 的因数？（可以选多个）",
        [str(d) for d in right],
        [(d, f"{n} ÷ {d} = {n // d}……{n % d}，有余数，不是因数。") for d in wrong],
        why="；".join(f"{n} ÷ {d} = {n // d}" for d in right) + "，没有余数，是因数。",
        hints=["能整除的才是因数。", f"用 {n} 去除以每个数试一试。"],
        label=f"{n} 的因数（{'、'.join(map(str, sorted(right + wrong)))}）",
    )


@generator("math.divisibility", difficulty=0.45)
def divisibility(rng: Random) -> Question:
    """Pick the multiples of 2, 3 or 5."""
    d = rng.choice([2, 3, 5])
    pool = rng.sample(range(21, 1000), 5)
    right = [n for n in pool if n % d == 0]
    rule = {2: "看个位是不是偶数", 3: "看各位数字之和是不是 3 的倍数", 5: "看个位是不是 0 或 5"}[d]
    return choices(
        rng,
        f"下面哪些数是 {d} 的倍数？（可以选多个）",
        [str(n) for n in right],
        [(n, f"{n} 除以 {d} 余 {n % d}；判断时{rule}。") for n in pool if n % d],
        why=f"判断 {d} 的倍数，{rule}。符合的是：{'、'.join(map(str, right))}。",
        hints=[rule + "。", "一个一个地判断。"],
        label=f"{d} 的倍数：{'、'.join(map(str, pool[:3]))}",
    )


@generator("math.primes", difficulty=0.48)
def primes(rng: Random) -> Question:
    """Find the prime among composites."""
    prime = [n for n in range(11, 200) if all(n % d for d in range(2, 15) if d < n)]
    odd = [n for n in range(9, 200, 2) if n not in prime]
    p, wrong = rng.choice(prime), rng.sample(odd, 3)

    def least(n: int) -> int:
        return next(d for d in range(2, n) if n % d == 0)

    return choice(
        rng,
        "下面哪个数是质数？",
        p,
        [(n, f"{n} = {least(n)} × {n // least(n)}，除了 1 和本身还有别的因数，是合数。") for n in wrong],
        why=f"{p} 只有 1 和 {p} 两个因数，是质数。",
        hints=["质数只有 1 和它本身两个因数。", "试一试能不能被 3、5、7、11 整除。"],
        label="、".join(map(str, sorted([p, *wrong]))),
    )


@generator("math.gcf", difficulty=0.5)
def greatest_factor(rng: Random) -> Question:
    """Find a greatest common factor."""
    g = rng.randint(2, 15)
    a, b = g * rng.randint(2, 9), g * rng.randint(2, 9)
    if a == b:
        raise Ambiguous
    v = gcd(a, b)
    return number(
        f"{a} 和 {b} 的最大公因数是多少？",
        v,
        [
            (lcm(a, b), "这是最小公倍数。"),
            (next((d for d in range(v - 1, 0, -1) if v % d == 0), 1), "这是公因数，但还不是最大的。"),
        ],
        why=f"{a} = {v} × {a // v}，{b} = {v} × {b // v}，{a // v} 和 {b // v} 没有其他公因数，最大公因数是 {v}。",
        hints=["先列出较小数的因数。", "从大到小找，谁也是另一个数的因数？"],
        label=f"{a} 和 {b} 的最大公因数",
    )


@generator("math.lcm", difficulty=0.5)
def least_multiple(rng: Random) -> Question:
    """Find a least common multiple."""
    a, b = rng.sample(range(4, 31), 2)
    v = lcm(a, b)
    return number(
        f"{a} 和 {b} 的最小公倍数是多少？",
        v,
        [(a * b, "两数的积是公倍数，但不一定最小。"), (gcd(a, b), "这是最大公因数。")],
        why=f"{max(a, b)} 的倍数依次试，第一个也是 {min(a, b)} 的倍数的是 {v}。",
        hints=["从较大数的倍数找起。", "第一个公有的倍数就是最小公倍数。"],
        label=f"{a} 和 {b} 的最小公倍数",
    )


@generator("math.tree_planting", difficulty=0.52, minutes=1.5)
def trees(rng: Random) -> Question:
    """Count posts or trees along a line."""
    gap, n = rng.randint(2, 12), rng.randint(5, 60)
    total = gap * n
    both = rng.random() < 0.6
    place = rng.choice(["小路一侧", "河堤一侧", "校园跑道旁", "公园步道一侧"])
    return number(
        f"在长 {total} 米的{place}植树，每隔 {gap} 米栽一棵，{'两端都栽' if both else '两端都不栽'}，一共栽多少棵？",
        n + 1 if both else n - 1,
        [(n, "这是间隔数，要看两端栽不栽。"), (n - 1 if both else n + 1, "两端都栽加 1，两端都不栽减 1。")],
        why=f"间隔数是 {total} ÷ {gap} = {n}，{'两端都栽，棵数比间隔数多 1' if both else '两端都不栽，棵数比间隔数少 1'}，是 {n + 1 if both else n - 1} 棵。",
        hints=["先求有几个间隔。", "画一条短线段，点几个点试一试。"],
        unit="棵",
        label=f"{total} 米每隔 {gap} 米",
    )


@generator("math.grid_pairs", difficulty=0.3)
def grid(rng: Random) -> Question:
    """Write a seat as a pair of numbers."""
    c, r = rng.sample(range(1, 10), 2)
    who = rng.choice(["小雨", "小林", "天天", "乐乐", "小禾", "安安", "子涵", "明明"])
    return text(
        f"教室里{who}坐在第 {c} 列第 {r} 行，用数对表示{who}的位置（写成“(a,b)”的样子）。",
        [f"({c},{r})", f"（{c}，{r}）", f"({c}，{r})", f"({c}, {r})"],
        [(f"({r},{c})", "数对先写列，再写行。")],
        why=f"先列后行，第 {c} 列第 {r} 行写成 ({c},{r})。",
        hints=["先看是第几列。", "列写在前面，行写在后面。"],
        label=f"{who}：第 {c} 列第 {r} 行",
    )
