"""Chance and data."""

from decimal import Decimal
from fractions import Fraction
from random import Random
from statistics import median

from demo.items.fractions import spellings
from demo.items.question import Ambiguous, Question, choice, generator, number, text

COLOURS = ["红球", "白球", "黄球", "蓝球", "绿球", "黑球"]


@generator("math.chance_size", difficulty=0.2)
def likeliest(rng: Random) -> Question:
    """Say which colour is drawn most likely."""
    colours, counts = rng.sample(COLOURS, 3), rng.sample(range(1, 15), 3)
    best = colours[counts.index(max(counts))]
    bag = "、".join(f"{n} 个{c}" for c, n in zip(colours, counts, strict=True))
    return choice(
        rng,
        f"袋中有 {bag}，除颜色外都相同。任意摸一个，摸到哪种球的可能性最大？",
        best,
        [(c, f"{c}只有 {n} 个，比{best}少。") for c, n in zip(colours, counts, strict=True) if c != best]
        + [("一样大", "数量不同，可能性就不同。")],
        why=f"{best}最多，有 {max(counts)} 个，摸到的可能性最大。",
        hints=["比较各种球的数量。", "数量越多，可能性越大。"],
        label=bag,
    )


@generator("math.probability", difficulty=0.42)
def draw_ball(rng: Random) -> Question:
    """Find a probability of drawing one ball."""
    (c1, c2), (a, b) = rng.sample(COLOURS, 2), (rng.randint(1, 12), rng.randint(1, 12))
    f = Fraction(a, a + b)
    return text(
        f"不透明的袋中有 {a} 个{c1}和 {b} 个{c2}，除颜色外都相同。随机摸出一个，是{c1}的概率是多少？（写成最简分数）",
        spellings(f),
        [
            (str(Fraction(a, b)), f"分母是球的总数，不是{c2}的个数。"),
            (str(Fraction(b, a + b)), f"这是摸到{c2}的概率。"),
        ],
        why=f"共有 {a + b} 种等可能的结果，{c1}有 {a} 种，P = {a}/{a + b}{'' if f.denominator == a + b else f' = {f}'}。",
        hints=["一共有多少个球？", f"{c1}有几个？"],
        label=f"{a} 个{c1} {b} 个{c2}",
    )


@generator("math.two_step_probability", difficulty=0.58, minutes=2.5)
def two_dice(rng: Random) -> Question:
    """Count outcomes of two dice, or of two draws with replacement."""
    if rng.random() < 0.5:
        s = rng.randint(3, 11)
        n = sum(1 for i in range(1, 7) for j in range(1, 7) if i + j == s)
        f = Fraction(n, 36)
        return text(
            f"同时掷两枚均匀的骰子，点数之和为 {s} 的概率是多少？（写成最简分数）",
            spellings(f),
            [
                ("1/11", "各个和不是等可能的，要数出 36 种结果。"),
                (str(Fraction(n, 12)), "一共有 6 × 6 = 36 种等可能的结果。"),
            ],
            why=f"36 种等可能的结果中，和为 {s} 的有 {n} 种，P = {f}。",
            hints=["列表写出所有结果。", "一共有 36 种。"],
            label=f"两枚骰子和为 {s}",
        )
    a, b = rng.randint(1, 4), rng.randint(1, 4)
    f = Fraction(a * a + b * b, (a + b) ** 2)
    return text(
        f"袋中有 {a} 个红球、{b} 个白球，摸出一个放回再摸一个，两次颜色相同的概率是多少？（写成最简分数）",
        spellings(f),
        [
            (str(Fraction(a * a, (a + b) ** 2)), "两次都是白球也是颜色相同。"),
            (str(1 - f), "这是颜色不同的概率。"),
        ],
        why=f"共 {(a + b) ** 2} 种结果，颜色相同有 {a * a} + {b * b} = {a * a + b * b} 种，P = {f}。",
        hints=["画树状图。", "两次都红或两次都白。"],
        label=f"{a} 红 {b} 白，放回摸两次",
    )


@generator("math.median_mode", difficulty=0.42, minutes=1.5)
def middle(rng: Random) -> Question:
    """Find a median or a mode."""
    n = rng.choice([5, 6, 7, 8])
    data = [rng.randint(1, 20) for _ in range(n)]
    if rng.random() < 0.5:
        m = median(data)
        return number(
            f"数据 {'、'.join(map(str, data))} 的中位数是多少？",
            m,
            [
                (median(data[n // 2 - 1 : n // 2 + 1]), "要先把数据按大小排列。"),
                (round(sum(data) / n, 2), "这是平均数。"),
            ],
            why=f"排列：{'、'.join(map(str, sorted(data)))}，中间{'的数' if n % 2 else '两个数的平均数'}是 {m:g}。",
            hints=["先从小到大排列。", "偶数个数据取中间两个的平均数。"],
            label="、".join(map(str, data)) + " 的中位数",
        )
    top = max(set(data), key=data.count)
    if sum(1 for x in set(data) if data.count(x) == data.count(top)) > 1:
        raise Ambiguous
    return number(
        f"数据 {'、'.join(map(str, data))} 的众数是多少？",
        top,
        [(data.count(top), "众数是出现次数最多的数，不是次数。"), (max(data), "众数不是最大的数。")],
        why=f"{top} 出现了 {data.count(top)} 次，最多。",
        hints=["数一数每个数出现几次。", "出现最多的数就是众数。"],
        label="、".join(map(str, data)) + " 的众数",
    )


@generator("math.variance", difficulty=0.55, minutes=2.5)
def variance(rng: Random) -> Question:
    """Find a variance."""
    m, d = rng.randint(3, 30), [rng.randint(-4, 4) for _ in range(4)]
    d.append(-sum(d))
    if abs(d[-1]) > 6 or not any(d):
        raise Ambiguous
    data = [m + x for x in d]
    total = sum(x * x for x in d)
    return number(
        f"数据 {'、'.join(map(str, data))} 的方差是多少？",
        Decimal(total) / 5,
        [(total, "平方和还要除以数据的个数。"), (Decimal(sum(map(abs, d))) / 5, "要先平方再平均。")],
        why=f"平均数是 {m}，各差的平方和是 {total}，{total} ÷ 5 = {total / 5:g}。",
        hints=["先求平均数。", "求各数据与平均数之差的平方的平均数。"],
        label="、".join(map(str, data)),
    )


@generator("math.sampling", difficulty=0.35)
def survey(rng: Random) -> Question:
    """Choose a census or a sample."""
    sample = [
        "检测一批灯泡的使用寿命",
        "了解全市居民的用水情况",
        "检查一批食品的保质情况",
        "了解一条河流的水质",
        "调查全国中学生的视力情况",
        "了解某电视节目的收视率",
    ]
    census = [
        "了解本班同学的身高",
        "检查飞机起飞前的零部件",
        "登机前对旅客的安全检查",
        "统计本校教师的年龄",
        "了解本小组同学的生日",
        "学校食堂工作人员的体检",
    ]
    ask_sample = rng.random() < 0.5
    right, wrong = (sample, census) if ask_sample else (census, sample)
    return choice(
        rng,
        f"下列调查中，适合采用{'抽样调查' if ask_sample else '全面调查'}的是哪一项？",
        rng.choice(right),
        [
            (w, f"对象{'少而重要，要逐个检查' if ask_sample else '太多或检查会损坏，适合抽样'}。")
            for w in rng.sample(wrong, 3)
        ],
        why="对象很多、范围很广或检查有破坏性时抽样；对象少或必须逐一保证时全面调查。",
        hints=["对象多不多？", "检查会不会损坏对象？"],
    )


@generator("math.percentile", difficulty=0.5)
def percentile(rng: Random) -> Question:
    """Estimate a whole from a sample."""
    total, n = rng.randint(5, 60) * 100, rng.choice([50, 100, 200])
    k = rng.randint(5, n - 5)
    if total * k % n:
        raise Ambiguous
    what = rng.choice(["每天阅读超过半小时", "会游泳", "近视", "乘公交上学"])
    return number(
        f"从全校 {total} 名学生中随机抽取 {n} 名，其中 {k} 名{what}，估计全校{what}的有多少名？",
        total * k // n,
        [(k, "这是样本中的人数。"), (total - total * k // n, "这是其余学生的人数。")],
        why=f"样本比例 {k}/{n}，{total} × {k}/{n} = {total * k // n}。",
        hints=["先求样本中的比例。", "再乘总人数。"],
        unit="名",
        label=f"{n} 人中 {k} 人{what}，全校 {total}",
    )
