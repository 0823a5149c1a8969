"""Fractions, percentages, ratio and proportion."""

from decimal import Decimal
from fractions import Fraction
from math import gcd
from random import Random

from demo.items.question import Ambiguous, Question, choice, generator, number, photo, text


def proper(rng: Random, low: int = 2, high: int = 12) -> Fraction:
    """Return a proper fraction in lowest terms with a denominator from *low* to *high*."""
    d = rng.randint(low, high)
    n = rng.randint(1, d - 1)
    if gcd(n, d) != 1:
        raise Ambiguous
    return Fraction(n, d)


def spellings(f: Fraction) -> list[str]:
    """Return the ways a pupil may write *f* in lowest terms."""
    if f.denominator == 1:
        return [str(f.numerator)]
    forms = [f"{f.numerator}/{f.denominator}"]
    if f > 1:
        whole, rest = divmod(f.numerator, f.denominator)
        forms += [f"{whole}又{rest}/{f.denominator}", f"{whole} {rest}/{f.denominator}"]
    return forms


@generator("math.fraction_meaning", difficulty=0.2)
def parts(rng: Random) -> Question:
    """Name the fraction of a whole cut into equal parts."""
    d = rng.randint(3, 12)
    n = rng.randint(1, d - 1)
    what = rng.choice(["一个蛋糕", "一张纸", "一根绳子", "一块菜地", "一个西瓜"])
    return choice(
        rng,
        f"把{what}平均分成 {d} 份，取其中的 {n} 份，是它的几分之几？",
        f"{n}/{d}",
        [
            (f"{d}/{n}", "平均分的份数写在下面作分母。"),
            (f"{n}/{d - n}", f"分母是总份数 {d}，不是剩下的份数。"),
            (f"1/{d}", f"取了 {n} 份，不是 1 份。"),
        ],
        why=f"平均分成 {d} 份，分母是 {d}；取 {n} 份，分子是 {n}，就是 {n}/{d}。",
        hints=["分母表示平均分成几份。", "分子表示取了几份。"],
        label=f"{what[2:]}的 {n}/{d}",
    )


def _like(rng: Random, *, simplify: bool) -> Question:
    d = rng.randint(3, 15)
    a, b = rng.randint(1, d - 1), rng.randint(1, d - 1)
    add = rng.random() < 0.5
    top = a + b if add else a - b
    if not 0 < top < d or (gcd(top, d) > 1) != simplify:
        raise Ambiguous
    value = Fraction(top, d)
    sign = "+" if add else "−"
    raw = f"{top}/{d}"
    return text(
        f"{a}/{d} {sign} {b}/{d} = ？（写成几/几的样子{'，结果要约成最简分数' if simplify else ''}）",
        spellings(value),
        [
            (f"{top}/{d + d}" if add else f"{a + b}/{d}", "分母不变，只把分子相加减。"),
        ],
        why=f"分母不变，分子 {a} {sign} {b} = {top}，得 {raw}{f' = {value}' if simplify else ''}。",
        hints=["分母相同，分母不变。", "分子相加或相减。"],
        label=f"{a}/{d} {sign} {b}/{d}",
    )


@generator("math.fraction_add_like_simple", difficulty=0.28)
def like_simple(rng: Random) -> Question:
    """Add or subtract like fractions with nothing to simplify."""
    return _like(rng, simplify=False)


@generator("math.fraction_add_like", difficulty=0.42)
def like(rng: Random) -> Question:
    """Add or subtract like fractions and simplify."""
    return _like(rng, simplify=True)


@generator("math.fraction_add_unlike", difficulty=0.55, minutes=2)
def unlike(rng: Random) -> Question:
    """Add or subtract unlike fractions."""
    a, b = proper(rng), proper(rng)
    if a.denominator == b.denominator:
        raise Ambiguous
    add = rng.random() < 0.6
    if not add and a <= b:
        raise Ambiguous
    value = a + b if add else a - b
    sign = "+" if add else "−"
    common = a.denominator * b.denominator // gcd(a.denominator, b.denominator)
    x, y = int(a * common), int(b * common)
    top = x + y if add else x - y
    wrong_top = a.numerator + b.numerator if add else abs(a.numerator - b.numerator)
    wrong_bottom = a.denominator + b.denominator if add else abs(a.denominator - b.denominator)
    if Fraction(wrong_top, wrong_bottom) == value or Fraction(wrong_top, common) == value:
        raise Ambiguous
    slips: list[tuple[object, str]] = [
        (f"{wrong_top}/{wrong_bottom}", "分母不同不能直接把分子、分母分别相加减，要先通分。"),
        (f"{wrong_top}/{common}", "通分时分子也要乘相同的数。"),
    ]
    simplified = f" = {value}" if value.denominator != common else ""
    return text(
        f"{a} {sign} {b} = ？（结果写成最简分数）",
        spellings(value),
        slips,
        why=f"通分，公分母是 {common}：{x}/{common} {sign} {y}/{common} = {top}/{common}{simplified}。",
        hints=[
            f"{a.denominator} 和 {b.denominator} 的最小公倍数是多少？",
            f"把两个分数都化成分母是 {common} 的分数。",
            "最后看看能不能约分。",
        ],
        label=f"{a} {sign} {b}",
    )


@generator("math.fraction_add_unlike", difficulty=0.58, minutes=4, name="math.fraction_add_unlike:paper")
def unlike_paper(rng: Random) -> Question:
    """Ask for the written work of an addition of unlike fractions."""
    a, b = proper(rng, 3, 12), proper(rng, 3, 12)
    if a.denominator == b.denominator:
        raise Ambiguous
    return photo(
        f"在纸上画图（圆或长方形）说明 {a} + {b} 为什么要先通分，再写出计算过程，拍照上传。",
        str(a + b),
        why=f"把两个图形都平均分成相同的份数，才能数出合起来是几份：{a} + {b} = {a + b}。",
        hints=["先找公分母。", "图中的每一份要一样大。"],
        label=f"画图说明 {a} + {b}",
    )


@generator("math.fraction_division", difficulty=0.4)
def division_as_fraction(rng: Random) -> Question:
    """Write a quotient as a fraction."""
    a, b = rng.sample(range(2, 20), 2)
    what = rng.choice(["米长的绳子", "千克的糖", "升果汁", "公顷菜地"])
    f = Fraction(a, b)
    return text(
        f"把 {a} {what}平均分成 {b} 份，每份是多少？（用最简分数表示，不写单位）",
        spellings(f),
        [
            (f"1/{b}", f"1/{b} 是每份占总数的几分之几，题目问的是每份的具体数量。"),
            (f"{b}/{a}", "总数作分子，份数作分母。"),
        ],
        why=f"{a} ÷ {b} = {f}。",
        hints=["求每份是多少用除法。", "被除数作分子，除数作分母。"],
        label=f"{a} {what}分 {b} 份",
    )


@generator("math.fraction_basic", difficulty=0.42)
def equivalent(rng: Random) -> Question:
    """Complete an equivalent fraction."""
    f, k = proper(rng), rng.randint(2, 9)
    return number(
        f"{f} = （　）/{f.denominator * k}，括号里填几？",
        f.numerator * k,
        [
            (f.numerator + f.denominator * (k - 1), "分子和分母要同时乘相同的数，而不是加相同的数。"),
            (f.numerator, "分母乘了几，分子也要乘几。"),
        ],
        why=f"分母 {f.denominator} 乘 {k} 得 {f.denominator * k}，分子也乘 {k}：{f.numerator} × {k} = {f.numerator * k}。",
        hints=["分母乘了几？", "分子也要乘相同的数。"],
        label=f"{f} 化成分母 {f.denominator * k}",
    )


@generator("math.fraction_simplify", difficulty=0.45)
def simplify(rng: Random) -> Question:
    """Reduce a fraction."""
    f, k = proper(rng), rng.randint(2, 12)
    n, d = f.numerator * k, f.denominator * k
    p = next(p for p in range(2, k + 1) if k % p == 0)
    slips: list[tuple[object, str]] = [
        (f"{n - f.numerator}/{d - f.numerator}", "约分是同时除以相同的数，不是减。"),
        (f"{f.numerator}/{d}", "分子和分母要同时除以相同的数。"),
        (f"{n}/{f.denominator}", "分子和分母要同时除以相同的数。"),
    ]
    if p != k:
        slips.insert(0, (f"{n // p}/{d // p}", "还没有约到最简，再找公因数。"))
    return choice(
        rng,
        f"把 {n}/{d} 约成最简分数，结果是哪一个？",
        f,
        slips,
        why=f"{n} 和 {d} 的最大公因数是 {k}，同时除以 {k}，得 {f}。",
        hints=["分子和分母有哪些公因数？", "一直约到只有公因数 1 为止。"],
        label=f"约分 {n}/{d}",
    )


@generator("math.fraction_compare", difficulty=0.48)
def compare(rng: Random) -> Question:
    """Compare unlike fractions."""
    fs = {proper(rng) for _ in range(3)}
    if len({f.denominator for f in fs}) < 3:
        raise Ambiguous
    top = max(fs)
    order = sorted(fs, key=lambda f: (f.denominator, f.numerator))
    return choice(
        rng,
        f"{'、'.join(map(str, order))} 中最大的是哪一个？",
        top,
        [
            (f, f"{f} 约等于 {float(f):.3f}，比 {top}（约 {float(top):.3f}）小。可以先通分再比。")
            for f in order
            if f != top
        ],
        why="通分后比分子，" + " ＞ ".join(str(f) for f in sorted(fs, reverse=True)) + "。",
        hints=["分母不同，先通分。", "也可以和 1/2 比一比。"],
        label="、".join(map(str, order)),
    )


@generator("math.fraction_decimal", difficulty=0.45)
def to_decimal(rng: Random) -> Question:
    """Write a fraction as a decimal."""
    d = rng.choice([2, 4, 5, 8, 10, 16, 20, 25, 40, 50])
    n = rng.randint(1, 3 * d)
    if gcd(n, d) != 1:
        raise Ambiguous
    value = Decimal(n) / d
    return choice(
        rng,
        f"把 {n}/{d} 化成小数，结果是哪一个？",
        value,
        [
            (Decimal(f"{n}.{d}"), "分数化小数，用分子除以分母，不是把分子分母写在小数点两边。"),
            (value / 10, "小数点的位置错了，用分子除以分母再算一次。"),
            (value * 10, "小数点的位置错了，用分子除以分母再算一次。"),
        ],
        why=f"{n} ÷ {d} = {value.normalize():f}。",
        hints=["分数线相当于除号。", "用分子除以分母。"],
        label=f"{n}/{d} 化成小数",
    )


@generator("math.fraction_mul", difficulty=0.45)
def product(rng: Random) -> Question:
    """Multiply fractions."""
    a, b = proper(rng), proper(rng)
    v = a * b
    raw = f"{a.numerator * b.numerator}/{a.denominator * b.denominator}"
    return text(
        f"{a} × {b} = ？（结果写成最简分数）",
        spellings(v),
        [
            (
                f"{a.numerator + b.numerator}/{a.denominator + b.denominator}",
                "分数乘法是分子乘分子、分母乘分母。",
            ),
        ],
        why=f"分子相乘 {a.numerator} × {b.numerator}，分母相乘 {a.denominator} × {b.denominator}，得 {raw}{'' if raw == str(v) else f' = {v}'}。",
        hints=["分子乘分子，分母乘分母。", "能约分的先约分。"],
        label=f"{a} × {b}",
    )


@generator("math.fraction_of", difficulty=0.5, minutes=1.5)
def part_of(rng: Random) -> Question:
    """Find a fraction of an amount."""
    f = proper(rng, 3, 10)
    total = f.denominator * rng.randint(3, 30)
    prompt = rng.choice(
        [
            f"一本书有 {total} 页，小雨已经看了全书的 {f}，看了多少页？",
            f"果园里有 {total} 棵树，其中 {f} 是桃树，桃树有多少棵？",
            f"一段公路长 {total} 米，已经修了 {f}，修了多少米？",
            f"一箱苹果重 {total} 千克，卖出 {f}，卖出多少千克？",
        ]
    )
    v = int(total * f)
    return number(
        prompt,
        v,
        [
            (total - v, "这是剩下的部分，题目问的是其中的几分之几。"),
            (total // f.denominator, f"这只是 1 份，要取 {f.numerator} 份。"),
        ],
        why=f"{total} × {f} = {v}。",
        hints=["求一个数的几分之几用乘法。", f"先求 {total} 的 1/{f.denominator}。"],
        label=f"{total} 的 {f}",
    )


@generator("math.reciprocal", difficulty=0.35)
def reciprocal(rng: Random) -> Question:
    """Find a reciprocal."""
    f = proper(rng) + rng.randint(0, 3)
    v = 1 / f
    return text(
        f"{f} 的倒数是多少？",
        [str(v)],
        [(f"-{f}", "倒数不是相反数，乘积是 1 的两个数互为倒数。"), (str(f), "把分子和分母交换位置。")],
        why=f"交换分子和分母的位置，{f} 的倒数是 {v}，因为 {f} × {v} = 1。",
        hints=["乘积是 1 的两个数互为倒数。", "交换分子和分母。"],
        label=f"{f} 的倒数",
    )


@generator("math.fraction_div", difficulty=0.52, minutes=1.5)
def quotient(rng: Random) -> Question:
    """Divide fractions."""
    a, b = proper(rng), proper(rng)
    if a == b:
        raise Ambiguous
    v = a / b
    return text(
        f"{a} ÷ {b} = ？（结果写成最简分数或整数）",
        spellings(v),
        [
            (str(a * b), "除以一个数要乘它的倒数，这里直接乘了。"),
            (str(b / a), "要把除数（后一个数）变成倒数，不是被除数。"),
        ],
        why=f"{a} ÷ {b} = {a} × {1 / b} = {v}。",
        hints=["除以一个数等于乘它的倒数。", f"{b} 的倒数是 {1 / b}。"],
        label=f"{a} ÷ {b}",
    )


@generator("math.ratio_meaning", difficulty=0.42)
def ratio(rng: Random) -> Question:
    """Simplify a ratio."""
    a, b = rng.sample(range(2, 13), 2)
    if gcd(a, b) != 1:
        raise Ambiguous
    k = rng.randint(2, 15)
    return choice(
        rng,
        f"把 {a * k} : {b * k} 化成最简整数比。",
        f"{a} : {b}",
        [
            (f"{b} : {a}", "前项和后项的顺序不能交换。"),
            (
                f"{a * k // 2 if k % 2 == 0 and k > 2 else a + 1} : {b * k // 2 if k % 2 == 0 and k > 2 else b + 1}",
                "前项和后项要同时除以最大公因数。",
            ),
            (f"{a} : {b * k}", "前项和后项要同时除以相同的数。"),
        ],
        why=f"同时除以最大公因数 {k}，得 {a} : {b}。",
        hints=[f"{a * k} 和 {b * k} 的最大公因数是多少？", "前项和后项同时除以它。"],
        label=f"{a * k} : {b * k}",
    )


@generator("math.ratio_share", difficulty=0.52, minutes=2)
def ratio_share(rng: Random) -> Question:
    """Share a total in a ratio."""
    a, b = rng.sample(range(1, 10), 2)
    if gcd(a, b) != 1:
        raise Ambiguous
    k = rng.randint(3, 30)
    x, y, whole = rng.choice(
        [
            ("水泥", "沙子", "千克混合料"),
            ("红漆", "白漆", "升油漆"),
            ("甲班", "乙班", "棵树苗"),
            ("果汁", "水", "毫升饮料"),
        ]
    )
    return number(
        f"有 {(a + b) * k} {whole}，其中{x}与{y}的比是 {a} : {b}，{x}有多少{whole[0] if whole[0] != '千' and whole[0] != '毫' else whole[:2]}？",
        a * k,
        [
            (b * k, f"这是{y}的数量。"),
            ((a + b) * k // a if (a + b) * k % a == 0 else k, f"总份数是 {a} + {b} = {a + b}。"),
        ],
        why=f"总份数 {a} + {b} = {a + b}，每份 {(a + b) * k} ÷ {a + b} = {k}，{x}占 {a} 份：{k} × {a} = {a * k}。",
        hints=["一共有几份？", "先求每份是多少。"],
        label=f"{(a + b) * k} 按 {a} : {b} 分",
    )


@generator("math.percent_meaning", difficulty=0.3)
def percent_as_fraction(rng: Random) -> Question:
    """Read a percentage as parts of a hundred."""
    p = rng.randint(2, 98)
    thing = rng.choice(
        ["六年级学生中会游泳的占", "一件毛衣的羊毛含量是", "一块菜地里种白菜的占", "一次投篮练习的命中率是"]
    )
    return choice(
        rng,
        f"{thing} {p}%，这里的 {p}% 表示什么？",
        f"是总数的 {p}/100",
        [
            (f"一共有 {p} 个", "百分数表示两个量的关系，不表示具体的数量。"),
            (f"是总数的 1/{p}", f"{p}% 是 100 份中的 {p} 份。"),
            (f"比总数多 {p}", "百分数表示占总数的百分之几。"),
        ],
        why=f"百分数表示一个数是另一个数的百分之几，{p}% 就是 {p}/100。",
        hints=["百分号表示分母是 100。", "它表示关系，不是数量。"],
        label=f"{p}% 的含义",
    )


@generator("math.percent_convert", difficulty=0.38)
def percent_convert(rng: Random) -> Question:
    """Change between decimals and percentages."""
    p = Decimal(rng.randint(1, 1500)) / rng.choice([1, 10])
    if p > 200:
        raise Ambiguous
    d = p / 100
    if rng.random() < 0.5:
        return number(
            f"把 {d.normalize():f} 化成百分数是百分之几？（只填百分号前的数）",
            p,
            [(d * 10, "小数点要向右移动两位。"), (d, "化成百分数要乘 100。")],
            why=f"小数点向右移动两位，添上百分号：{p.normalize():f}%。",
            hints=["小数点向右移动两位。", "再添上百分号。"],
            label=f"{d.normalize():f} 化成百分数",
        )
    return choice(
        rng,
        f"把 {p.normalize():f}% 化成小数，结果是哪一个？",
        d,
        [
            (p / 10, "去掉百分号，小数点要向左移动两位。"),
            (p, "百分号相当于除以 100。"),
            (d / 10, "小数点只向左移动两位。"),
        ],
        why=f"去掉百分号，小数点向左移动两位，得 {d.normalize():f}。",
        hints=["去掉百分号。", "小数点向左移动两位。"],
        label=f"{p.normalize():f}% 化成小数",
    )


@generator("math.percent_rate", difficulty=0.45, minutes=1.5)
def percent_rate(rng: Random) -> Question:
    """Find one number as a percentage of another."""
    total = rng.choice([20, 25, 40, 50, 80, 100, 120, 125, 200, 250, 400, 500])
    part = rng.randint(1, total - 1)
    if part * 100 % total:
        raise Ambiguous
    prompt, name = rng.choice(
        [
            (f"投篮 {total} 次，投中 {part} 次，命中率是百分之几？", "命中率"),
            (f"种了 {total} 棵树，成活 {part} 棵，成活率是百分之几？", "成活率"),
            (f"{total} 粒种子中有 {part} 粒发芽，发芽率是百分之几？", "发芽率"),
            (f"全年级 {total} 人，近视的有 {part} 人，近视率是百分之几？", "近视率"),
        ]
    )
    v = part * 100 // total
    return number(
        prompt + "（只填百分号前的数）",
        v,
        [(100 - v, "这是没有达到的部分所占的百分比。"), (part, "要用部分除以总数。")],
        why=f"{name} = {part} ÷ {total} × 100% = {v}%。",
        hints=["用部分量除以总量。", "再化成百分数。"],
        label=f"{part}/{total} 的{name}",
    )


@generator("math.pie_chart", difficulty=0.45)
def pie(rng: Random) -> Question:
    """Read an amount from a share of a pie chart."""
    total, p = rng.choice([40, 60, 80, 120, 200, 300, 400, 500, 600]), rng.choice(range(5, 60, 5))
    if total * p % 100:
        raise Ambiguous
    hobby = rng.choice(["篮球", "足球", "羽毛球", "阅读", "绘画", "音乐", "编程", "跳绳"])
    v = total * p // 100
    return number(
        f"扇形统计图显示，全校 {total} 名学生中最喜欢{hobby}的占 {p}%，最喜欢{hobby}的有多少人？",
        v,
        [(total - v, f"这是不选{hobby}的人数。"), (p, "百分数不是人数，要乘总人数。")],
        why=f"{total} × {p}% = {v}（人）。",
        hints=["总数是多少？", "求一个数的百分之几用乘法。"],
        unit="人",
        label=f"{total} 人的 {p}% 喜欢{hobby}",
    )


@generator("math.percent_discount", difficulty=0.48)
def discount(rng: Random) -> Question:
    """Find a reduced price."""
    price, z = rng.randint(4, 90) * 10, rng.choice([5, 6, 7, 8, 9, 7.5, 8.5, 9.5])
    rate = Fraction(z) / 10
    v = price * rate
    what = rng.choice(["书包", "运动鞋", "台灯", "自行车", "外套", "足球", "电饭锅"])
    return number(
        f"一个{what}原价 {price} 元，打 {z:g} 折出售，现价多少元？",
        float(v),
        [
            (float(price - v), "这是便宜的钱数。"),
            (float(price - Fraction(z)), f"{z:g} 折表示原价的 {float(rate * 100):g}%，不是减 {z:g} 元。"),
        ],
        why=f"{z:g} 折就是 {float(rate * 100):g}%，{price} × {float(rate * 100):g}% = {float(v):g}（元）。",
        hints=[f"{z:g} 折就是百分之几十？", "现价 = 原价 × 折扣。"],
        unit="元",
        label=f"{what} {price} 元打 {z:g} 折",
    )


@generator("math.percent_tax", difficulty=0.52, minutes=1.5)
def interest(rng: Random) -> Question:
    """Find simple interest."""
    p, y, r = rng.randint(1, 50) * 1000, rng.randint(1, 5), Decimal(rng.randint(15, 35)) / 10
    v = p * r * y / 100
    return number(
        f"妈妈把 {p} 元存入银行 {y} 年，年利率是 {r}%，到期可得利息多少元？",
        v,
        [(p + v, "这是本金和利息的和。"), (p * r / 100, f"存期是 {y} 年，要乘 {y}。")],
        why=f"利息 = 本金 × 利率 × 存期 = {p} × {r}% × {y} = {v.normalize():f}（元）。",
        hints=["利息 = 本金 × 利率 × 存期。", "百分数化成小数再乘。"],
        unit="元",
        label=f"{p} 元存 {y} 年 {r}%",
    )


@generator("math.percent_change", difficulty=0.55, minutes=1.5)
def percent_change(rng: Random) -> Question:
    """Find a percentage increase or decrease."""
    old, p = rng.choice([20, 40, 50, 80, 100, 120, 150, 200, 250, 400]), rng.choice([*range(5, 80, 5)])
    if old * p % 100:
        raise Ambiguous
    up = rng.random() < 0.5
    delta = old * p // 100
    new = old + delta if up else old - delta
    what = rng.choice(
        [
            "一家书店上月卖书 {} 箱，本月卖 {} 箱",
            "一块地去年收玉米 {} 吨，今年收 {} 吨",
            "图书角原有图书 {} 本，现在有 {} 本",
        ]
    ).format(old, new)
    return number(
        f"{what}，{'增加' if up else '减少'}了百分之几？（只填百分号前的数）",
        p,
        [
            (delta, "这是增减的数量，还要除以原来的量。"),
            (round(delta * 100 / new, 2), "单位“1”是原来的量，要除以原来的量。"),
        ],
        why=f"相差 {delta}，{delta} ÷ {old} = {p}%。",
        hints=["先求相差多少。", "除以原来的量。"],
        label=f"{old} 变为 {new}",
    )


@generator("math.proportion", difficulty=0.5)
def proportion(rng: Random) -> Question:
    """Solve a proportion."""
    a, b, k = rng.randint(2, 15), rng.randint(2, 15), rng.randint(2, 9)
    if a == b:
        raise Ambiguous
    return number(
        f"解比例：{a} : {b} = x : {b * k}，x = ？",
        a * k,
        [
            (
                b * b * k / a if b * b * k % a == 0 else a * k + b,
                "内项的积等于外项的积：b × x 对应的是 a 与另一个外项的积。",
            ),
            (a + b * (k - 1), "比的两项是同时乘，不是同时加。"),
        ],
        why=f"{b} × x = {a} × {b * k}，x = {a * b * k} ÷ {b} = {a * k}。",
        hints=["两个外项的积等于两个内项的积。", "列成方程再求解。"],
        label=f"{a} : {b} = x : {b * k}",
    )


RELATIONS = [
    ("速度一定，路程和时间", "正比例", "路程 ÷ 时间 = 速度（一定），比值一定"),
    ("路程一定，速度和时间", "反比例", "速度 × 时间 = 路程（一定），乘积一定"),
    ("单价一定，总价和数量", "正比例", "总价 ÷ 数量 = 单价（一定），比值一定"),
    ("总价一定，单价和数量", "反比例", "单价 × 数量 = 总价（一定），乘积一定"),
    ("长方形面积一定，长和宽", "反比例", "长 × 宽 = 面积（一定），乘积一定"),
    ("正方形的周长和边长", "正比例", "周长 ÷ 边长 = 4，比值一定"),
    ("圆的周长和直径", "正比例", "周长 ÷ 直径 = π，比值一定"),
    ("一个人的年龄和身高", "不成比例", "比值和乘积都不一定"),
    ("工作总量一定，工作效率和工作时间", "反比例", "效率 × 时间 = 总量（一定），乘积一定"),
    ("圆的面积和半径", "不成比例", "面积 ÷ 半径 = π × 半径，随半径变化"),
    ("一本书，已看的页数和剩下的页数", "不成比例", "它们的和一定，比值和乘积都不一定"),
    ("平行四边形面积一定，底和高", "反比例", "底 × 高 = 面积（一定），乘积一定"),
    ("每公顷产量一定，总产量和公顷数", "正比例", "总产量 ÷ 公顷数 = 每公顷产量（一定），比值一定"),
    ("正方形的面积和边长", "不成比例", "面积 ÷ 边长 = 边长，随边长变化"),
]


@generator("math.direct_inverse", difficulty=0.5)
def relation(rng: Random) -> Question:
    """Tell direct from inverse proportion."""
    what, answer, why = rng.choice(RELATIONS)
    return choice(
        rng,
        f"{what}，成什么比例？",
        answer,
        [(o, f"{why}，所以是{answer}。") for o in ("正比例", "反比例", "不成比例")],
        why=f"{why}，所以是{answer}。",
        hints=["写出它们的数量关系式。", "看是比值一定还是乘积一定。"],
        label=what,
    )


@generator("math.scale_map", difficulty=0.52, minutes=1.5)
def map_scale(rng: Random) -> Question:
    """Find a real distance from a map."""
    cm, km = rng.randint(2, 20), rng.choice([1, 2, 3, 5, 10, 20, 40, 50, 60])
    return number(
        f"在比例尺为 1 : {km * 100000} 的地图上，量得两地的图上距离是 {cm} 厘米，实际距离是多少千米？",
        cm * km,
        [
            (cm * km * 10, "1 千米 = 100000 厘米，换算时少移了一位。"),
            (cm * km * 100000, "结果的单位是厘米，要化成千米。"),
        ],
        why=f"图上 1 厘米表示 {km} 千米，{cm} × {km} = {cm * km}（千米）。",
        hints=[f"图上 1 厘米表示实际 {km * 100000} 厘米。", "1 千米 = 100000 厘米。"],
        unit="千米",
        label=f"1 : {km * 100000}，图上 {cm} 厘米",
    )
