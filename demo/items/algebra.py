"""Letters, equations, functions and sequences."""

from decimal import Decimal
from fractions import Fraction
from math import comb, isqrt, perm
from random import Random

from demo.items.question import Ambiguous, Question, choice, choices, generator, number, photo, text

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def sup(n: int) -> str:
    """Return *n* as a superscript."""
    return str(n).translate(SUPERSCRIPTS)


def signed(n: int) -> str:
    """Return *n* as the second term of a sum: ``+ 3`` or ``− 3``."""
    return f"+ {n}" if n >= 0 else f"− {-n}"


def minus(n: object) -> str:
    """Return *n* with a true minus sign."""
    return str(n).replace("-", "−")


def term(coefficient: int, letters: str) -> str:
    """Return a leading term such as ``3x``, ``x`` or ``−x``."""
    return minus({1: letters, -1: f"-{letters}"}.get(coefficient, f"{coefficient}{letters}"))


def next_term(coefficient: int, letters: str) -> str:
    """Return a following term with its sign, such as ``− 3x``; nothing for a zero coefficient."""
    if coefficient == 0:
        return ""
    size = "" if abs(coefficient) == 1 else str(abs(coefficient))
    return f" {'+' if coefficient > 0 else '−'} {size}{letters}"


def polynomial(a: int, b: int, c: int) -> str:
    """Return ``ax² + bx + c``."""
    tail = f" {signed(c)}" if c else ""
    return f"{term(a, 'x²')}{next_term(b, 'x')}{tail}"


@generator("math.letters", difficulty=0.35)
def letters(rng: Random) -> Question:
    """Write an amount with letters."""
    k, n = rng.randint(2, 20), rng.randint(2, 60)
    what, unit, small = rng.choice(
        [
            ("练习本", "本", "支铅笔"),
            ("足球", "个", "根跳绳"),
            ("蛋糕", "块", "瓶牛奶"),
            ("门票", "张", "份地图"),
        ]
    )
    return choice(
        rng,
        f"每{unit}{what} a 元，买 {k} {unit}，再花 {n} 元买{small[1:]}，一共要付多少元？",
        f"{k}a + {n}",
        [
            (f"a + {k} + {n}", "几个相同的单价要用乘法。"),
            (f"{k}(a + {n})", f"{n} 元只付一次，不要乘 {k}。"),
            (f"{k + n}a", f"{n} 元不含 a，不能与 {k}a 合并。"),
        ],
        why=f"{k} {unit}{what}要 {k}a 元，再加 {n} 元，一共 ({k}a + {n}) 元。",
        hints=[f"{k} {unit}{what}要多少元？", "再加上另外花的钱。"],
        label=f"{k}a + {n}",
    )


@generator("math.eq_onestep", difficulty=0.38)
def one_step(rng: Random) -> Question:
    """Solve a one-step equation."""
    x, a = rng.randint(2, 40), rng.randint(2, 30)
    form = rng.randrange(4)
    shown, undo, slip = [
        (f"x + {a} = {x + a}", f"两边同时减 {a}", x + 2 * a),
        (f"x − {a} = {x - a}", f"两边同时加 {a}", x - 2 * a),
        (f"{a}x = {a * x}", f"两边同时除以 {a}", a * x - a),
        (f"x ÷ {a} = {x}", f"两边同时乘 {a}", x - a),
    ][form]
    value = x * a if form == 3 else x
    if form == 1 and x <= a:
        raise Ambiguous
    return number(
        f"解方程：{shown}，x = ？",
        value,
        [(slip, f"想想怎样消去另一个数：{undo}。")],
        why=f"{undo}，得 x = {value}。把它代回方程检验，两边相等。",
        hints=["等式两边同时做相同的运算。", undo + "。"],
        label=shown,
    )


@generator("math.eq_twostep", difficulty=0.45, minutes=1.5)
def two_steps(rng: Random) -> Question:
    """Solve a two-step equation."""
    x, a, b = rng.randint(2, 25), rng.randint(2, 12), rng.randint(2, 50)
    c = a * x + b
    return number(
        f"解方程：{a}x + {b} = {c}，x = ？",
        x,
        [
            ((c + b) // a if (c + b) % a == 0 else c - b, f"移去 {b} 要两边同时减 {b}；最后别忘了除以 {a}。"),
            (c - b, f"还要两边同时除以 {a}。"),
        ],
        why=f"两边减 {b}：{a}x = {c - b}；两边除以 {a}：x = {x}。检验：{a} × {x} + {b} = {c}。",
        hints=[f"先把 {a}x 看成一个整体。", f"两边同时减 {b}。"],
        label=f"{a}x + {b} = {c}",
    )


@generator("math.negative_intro", difficulty=0.25)
def below_zero(rng: Random) -> Question:
    """Write an amount below zero."""
    n, m = rng.randint(1, 30), rng.randint(1, 30)
    up, down, unit = rng.choice(
        [
            ("零上", "零下", " ℃"),
            ("收入", "支出", " 元"),
            ("向东走", "向西走", " 米"),
            ("高于海平面", "低于海平面", " 米"),
        ]
    )
    return text(
        f"如果{up} {m}{unit}记作 +{m}{unit}，那么{down} {n}{unit}记作多少？（不写单位）",
        [f"-{n}", f"−{n}", f"－{n}"],
        [(f"+{n}", "意义相反的量要用负数表示。"), (str(n), "意义相反的量要写负号。")],
        why=f"{up}记作正，{down}就记作负，是 −{n}。",
        hints=["两种量的意义相反吗？", "相反意义的量用负数表示。"],
        label=f"{down} {n}{unit}",
    )


@generator("math.number_line", difficulty=0.35)
def opposites(rng: Random) -> Question:
    """Measure between points of a number line."""
    a, b = rng.sample(range(-15, 16), 2)
    if a * b >= 0:
        raise Ambiguous
    return number(
        f"数轴上表示 {minus(a)} 和 {minus(b)} 的两点之间的距离是多少？",
        abs(a - b),
        [(abs(a + b), "两个数异号时，距离是它们绝对值的和。"), (-abs(a - b), "距离不会是负数。")],
        why=f"两点分别在原点两侧，距离是 {abs(a)} + {abs(b)} = {abs(a - b)}。",
        hints=["先看它们各离原点多远。", "画一条数轴。"],
        label=f"{minus(a)} 与 {minus(b)} 的距离",
    )


@generator("math.absolute", difficulty=0.4)
def absolute(rng: Random) -> Question:
    """Evaluate absolute values."""
    a, b = rng.randint(-20, -1), rng.randint(-20, -1)
    if abs(a) == abs(b):
        raise Ambiguous
    return number(
        f"计算：|{minus(a)}| − |{minus(b)}| = ？",
        abs(a) - abs(b),
        [(a - b, "先求绝对值，负数的绝对值是它的相反数。"), (abs(a) + abs(b), "两个绝对值之间是减号。")],
        why=f"|{minus(a)}| = {abs(a)}，|{minus(b)}| = {abs(b)}，{abs(a)} − {abs(b)} = {minus(abs(a) - abs(b))}。",
        hints=["负数的绝对值是它的相反数。", "先分别求绝对值再相减。"],
        label=f"|{minus(a)}| − |{minus(b)}|",
    )


@generator("math.rational_add", difficulty=0.45)
def signed_sum(rng: Random) -> Question:
    """Add and subtract signed numbers."""
    a, b = rng.randint(-30, -1), rng.choice([-1, 1]) * rng.randint(1, 30)
    if rng.random() < 0.5:
        v, shown, slip = a + b, f"({minus(a)}) + ({minus(b)})", abs(a) + abs(b)
    else:
        v, shown, slip = a - b, f"({minus(a)}) − ({minus(b)})", a + b
    return number(
        f"计算：{shown} = ？",
        v,
        [
            (slip, "注意符号：减去一个数等于加上它的相反数，异号相加看绝对值较大的加数。"),
            (-v, "结果的符号判断错了。"),
        ],
        why=f"{shown} = {minus(v)}。",
        hints=["有减法先化成加法。", "同号取相同的符号，异号取绝对值较大的符号。"],
        label=shown,
    )


@generator("math.rational_mul", difficulty=0.45)
def signed_product(rng: Random) -> Question:
    """Multiply or divide signed numbers."""
    a, b = rng.choice([-1, 1]) * rng.randint(2, 15), -rng.randint(2, 15)
    if rng.random() < 0.5:
        v, shown = a * b, f"({minus(a)}) × ({minus(b)})"
    else:
        v, shown = a, f"({minus(a * b)}) ÷ ({minus(b)})"
    return number(
        f"计算：{shown} = ？",
        v,
        [(-v, "同号得正，异号得负。")],
        why=f"{'同号得正' if v > 0 else '异号得负'}，再把绝对值相{'乘' if '×' in shown else '除'}，得 {minus(v)}。",
        hints=["先确定符号。", "再算绝对值。"],
        label=shown,
    )


@generator("math.powers", difficulty=0.45)
def powers(rng: Random) -> Question:
    """Evaluate a power of a negative number, or the negative of a power."""
    a, n = rng.randint(2, 6), rng.randint(2, 4)
    inside = rng.random() < 0.5
    v = (-a) ** n if inside else -(a**n)
    shown = f"(−{a}){sup(n)}" if inside else f"−{a}{sup(n)}"
    return number(
        f"计算：{shown} = ？",
        v,
        [
            (-v, "看清底数：有括号时底数是负数，没有括号时底数是正数。"),
            (a * n if v > 0 else -a * n, f"乘方是 {n} 个底数相乘，不是底数乘指数。"),
        ],
        why=f"{shown} 表示{'' if inside else '负的'} {n} 个 {f'−{a}' if inside else a} 相乘{'' if inside else '的积'}，等于 {minus(v)}。",
        hints=["底数是什么？", "负数的奇次幂是负数，偶次幂是正数。"],
        label=shown,
    )


@generator("math.sci_notation", difficulty=0.42)
def scientific(rng: Random) -> Question:
    """Write a large number in scientific notation."""
    m, e = rng.randint(11, 99), rng.randint(4, 9)
    if m % 10 == 0:
        raise Ambiguous
    n = m * 10 ** (e - 1)
    lead = f"{m / 10:g}"
    return choice(
        rng,
        f"用科学记数法表示 {n}。",
        f"{lead}×10{sup(e)}",
        [
            (f"{m}×10{sup(e - 1)}", "a 的绝对值要小于 10。"),
            (f"0.{m}×10{sup(e + 1)}", "a 的绝对值要不小于 1。"),
            (f"{lead}×10{sup(e - 1)}", "指数等于整数位数减 1。"),
        ],
        why=f"{n} 有 {e + 1} 位整数，指数是 {e}：{lead}×10{sup(e)}。",
        hints=["a 要在 1 和 10 之间。", "指数等于整数位数减 1。"],
        label=str(n),
    )


@generator("math.like_terms", difficulty=0.42)
def like_terms(rng: Random) -> Question:
    """Collect like terms."""
    a, b, c = rng.randint(2, 12), rng.randint(-12, 12), rng.randint(2, 9)
    if b == 0 or a + b in {0, 1, -1}:
        raise Ambiguous
    return choice(
        rng,
        f"合并同类项：{a}x{next_term(b, 'x')} + {c}y",
        f"{term(a + b, 'x')} + {c}y",
        [
            (f"{term(a + b + c, 'xy')}", "x 和 y 不是同类项，不能合并。"),
            (f"{term(a + b, 'x²')} + {c}y", "合并同类项时字母和指数不变。"),
            (f"{term(a - b, 'x')} + {c}y", "只把系数相加，注意每一项前面的符号。"),
        ],
        why=f"x 的系数相加：{a} {signed(b)} = {minus(a + b)}，得 {term(a + b, 'x')} + {c}y。",
        hints=["哪些项是同类项？", "系数相加，字母和指数不变。"],
        label=f"{a}x{next_term(b, 'x')} + {c}y",
    )


@generator("math.brackets", difficulty=0.48)
def brackets(rng: Random) -> Question:
    """Remove a bracket after a minus sign."""
    a, b, c = rng.randint(5, 15), rng.randint(2, 4), rng.randint(1, 12)
    return choice(
        rng,
        f"化简：{a}x − ({b}x − {c})",
        f"{a - b}x + {c}" if a - b > 1 else f"x + {c}",
        [
            (f"{a - b}x − {c}", "括号前是负号，去括号后括号里每一项都要变号。"),
            (f"{a + b}x + {c}", f"{b}x 去括号后是 −{b}x。"),
            (f"{a + b}x − {c}", "括号前的负号要乘到括号里每一项。"),
        ],
        why=f"{a}x − ({b}x − {c}) = {a}x − {b}x + {c} = {a - b}x + {c}。",
        hints=["括号前面是什么符号？", "负号后面去括号，每一项都变号。"],
        label=f"{a}x − ({b}x − {c})",
    )


@generator("math.linear_eq", difficulty=0.52, minutes=2)
def linear(rng: Random) -> Question:
    """Solve a linear equation with the unknown on both sides."""
    x, a, c, b = rng.randint(-9, 12), rng.randint(3, 12), rng.randint(1, 9), rng.randint(-20, 20)
    if a <= c or b == 0 or x == 0:
        raise Ambiguous
    d = a * x + b - c * x
    if d == 0:
        raise Ambiguous
    shown = f"{a}x {signed(b)} = {term(c, 'x')} {signed(d)}"
    slip = Fraction(d + b, a - c)
    slips: list[tuple[object, str]] = [(d - b, f"还要两边同时除以 x 的系数 {a - c}。")]
    if slip.denominator == 1:
        slips.insert(0, (int(slip), "移项要变号。"))
    return number(
        f"解方程：{shown}，x = ？",
        x,
        slips,
        why=f"移项：{term(a, 'x')} − {term(c, 'x')} = {minus(d)} {signed(-b)}；合并：{term(a - c, 'x')} = {minus(d - b)}；所以 x = {minus(x)}。",
        hints=["把含 x 的项移到左边，常数项移到右边。", "移项要变号。", "最后把系数化为 1。"],
        label=shown,
    )


@generator("math.linear_eq", difficulty=0.58, minutes=4, name="math.linear_eq:paper")
def linear_paper(rng: Random) -> Question:
    """Ask for the written steps of a linear equation with brackets."""
    x, a, b, c = rng.randint(2, 9), rng.randint(2, 6), rng.randint(1, 9), rng.randint(2, 9)
    right = a * (x - b) + c * x
    return photo(
        f"在纸上解方程 {a}(x − {b}) + {c}x = {minus(right)}，写出每一步的依据和检验，拍照上传。",
        f"x = {x}",
        why=f"去括号：{a}x − {a * b} + {c}x = {minus(right)}；合并：{a + c}x = {right + a * b}；x = {x}。",
        hints=["先去括号。", "再移项、合并同类项。"],
        label=f"{a}(x − {b}) + {c}x = {minus(right)}",
    )


@generator("math.linear_eq_word", difficulty=0.6, minutes=3)
def meeting(rng: Random) -> Question:
    """Solve a meeting problem, or a problem of equal shares."""
    u, v = rng.sample(range(40, 100), 2)
    t = rng.randint(2, 9)
    if rng.random() < 0.5:
        return number(
            f"甲、乙两车从相距 {(u + v) * t} 千米的两地同时相向而行，甲车每小时行 {u} 千米，乙车每小时行 {v} 千米，几小时后相遇？",
            t,
            [
                (2 * t, "两车同时行驶，每小时一共靠近的是速度的和。"),
                (t + 1, "列方程检验：甲行的路程加乙行的路程等于总路程。"),
            ],
            why=f"设 x 小时后相遇，{u}x + {v}x = {(u + v) * t}，{u + v}x = {(u + v) * t}，x = {t}。",
            hints=["相遇时两车的路程和等于总路程。", f"设 x 小时后相遇，甲行 {u}x 千米。"],
            unit="小时",
            label=f"{u} 与 {v} 相遇",
        )
    n, a, extra = rng.randint(6, 48), rng.randint(3, 6), rng.randint(1, 12)
    short = n - extra
    if short < 1:
        raise Ambiguous
    return number(
        f"把一些图书分给某班学生，每人 {a} 本则剩余 {extra} 本，每人 {a + 1} 本则还缺 {short} 本，这个班有多少名学生？",
        n,
        [(short - extra, "两次分法相差的本数是剩余与缺少的和。"), (a * n + extra, "这是图书的本数。")],
        why=f"设有 x 名学生，{a}x + {extra} = {a + 1}x − {short}，x = {n}。",
        hints=["图书总数不变。", f"每人多分 1 本，一共多要 {extra} + {short} 本。"],
        unit="名",
        label=f"分书：剩 {extra} 缺 {short}",
    )


@generator("math.square_root", difficulty=0.42)
def square_root(rng: Random) -> Question:
    """Give an arithmetic square root."""
    r = rng.randint(2, 40)
    if rng.random() < 0.5:
        return number(
            f"{r * r} 的算术平方根是多少？",
            r,
            [(-r, "算术平方根是正的那个平方根。"), (r * r / 2, "开平方不是除以 2。")],
            why=f"{r}² = {r * r}，所以算术平方根是 {r}。",
            hints=["哪个正数的平方等于它？", "算术平方根不是负数。"],
            label=f"√{r * r}",
        )
    return choice(
        rng,
        f"{r * r} 的平方根是多少？",
        f"±{r}",
        [
            (str(r), "正数有两个平方根，它们互为相反数。"),
            (f"−{r}", "正数有两个平方根。"),
            (f"±{r * r}", "平方根的平方才等于这个数。"),
        ],
        why=f"(±{r})² = {r * r}，所以平方根是 ±{r}。",
        hints=["正数有几个平方根？", "它们互为相反数。"],
        label=f"{r * r} 的平方根",
    )


@generator("math.irrational", difficulty=0.45)
def between(rng: Random) -> Question:
    """Place a square root between two whole numbers."""
    n = rng.randint(3, 399)
    r = isqrt(n)
    if r * r == n:
        raise Ambiguous
    return choice(
        rng,
        f"√{n} 在哪两个相邻的整数之间？",
        f"{r} 和 {r + 1}",
        [
            (f"{r - 1} 和 {r}", f"{r}² = {r * r}，比 {n} 小。"),
            (f"{r + 1} 和 {r + 2}", f"{r + 1}² = {(r + 1) ** 2}，已经比 {n} 大。"),
            (f"{n // 2} 和 {n // 2 + 1}", "开平方不是除以 2。"),
        ],
        why=f"{r}² = {r * r} ＜ {n} ＜ {(r + 1) ** 2} = {r + 1}²。",
        hints=["找两个相邻的完全平方数。", f"{r}² 是多少？"],
        label=f"√{n}",
    )


@generator("math.coordinates", difficulty=0.4)
def quadrant(rng: Random) -> Question:
    """Name the quadrant of a point."""
    x, y = rng.choice([-1, 1]) * rng.randint(1, 20), rng.choice([-1, 1]) * rng.randint(1, 20)
    names = {(1, 1): "第一象限", (-1, 1): "第二象限", (-1, -1): "第三象限", (1, -1): "第四象限"}
    signs = (1 if x > 0 else -1, 1 if y > 0 else -1)
    return choice(
        rng,
        f"点 P({minus(x)}，{minus(y)}) 在第几象限？",
        names[signs],
        [
            (n, f"{n}内的点横坐标是{'正' if s[0] > 0 else '负'}数、纵坐标是{'正' if s[1] > 0 else '负'}数。")
            for s, n in names.items()
            if s != signs
        ],
        why=f"横坐标{'大于' if x > 0 else '小于'} 0，纵坐标{'大于' if y > 0 else '小于'} 0，在{names[signs]}。",
        hints=["先看横坐标的正负。", "再看纵坐标的正负。"],
        label=f"({minus(x)}，{minus(y)})",
    )


@generator("math.simultaneous", difficulty=0.58, minutes=2.5)
def simultaneous(rng: Random) -> Question:
    """Solve a pair of linear equations."""
    x, y = rng.sample(range(-6, 12), 2)
    a, b, c, d = (rng.randint(1, 5) for _ in range(4))
    if a * d + b * c == 0 or x == 0 or y in {0, -x}:
        raise Ambiguous
    e, f = a * x + b * y, c * x - d * y
    shown = f"{term(a, 'x')}{next_term(b, 'y')} = {minus(e)}，{term(c, 'x')}{next_term(-d, 'y')} = {minus(f)}"
    return choice(
        rng,
        f"方程组 {shown} 的解是哪一组？",
        f"x = {minus(x)}，y = {minus(y)}",
        [
            (f"x = {minus(y)}，y = {minus(x)}", "x 和 y 的值写反了，代入检验。"),
            (f"x = {minus(-x)}，y = {minus(y)}", "代入第一个方程检验，左右不相等。"),
            (f"x = {minus(x)}，y = {minus(-y)}", "代入两个方程都要检验。"),
        ],
        why=f"用加减法消去 y 求出 x = {minus(x)}，代入得 y = {minus(y)}。检验：两个方程都成立。",
        hints=["把其中一个未知数的系数化成相同。", "两式相加或相减消元。"],
        label=shown,
    )


@generator("math.inequality", difficulty=0.52, minutes=1.5)
def inequality(rng: Random) -> Question:
    """Solve an inequality by dividing by a negative number."""
    a, x, b = rng.randint(2, 9), rng.randint(-8, 9), rng.randint(1, 20)
    if x == 0:
        raise Ambiguous
    c = b - a * x
    return choice(
        rng,
        f"不等式 {b} − {a}x ＞ {minus(c)} 的解集是哪一个？",
        f"x ＜ {minus(x)}",
        [
            (f"x ＞ {minus(x)}", "两边同时除以负数，不等号方向要改变。"),
            (f"x ＜ {minus(-x)}", "移项时符号要变，注意系数是负数。"),
            (f"x ＞ {minus(-x)}", "移项和系数的符号都要小心。"),
        ],
        why=f"移项：−{a}x ＞ {minus(c - b)}；两边除以 −{a}，不等号方向改变：x ＜ {minus(x)}。",
        hints=[f"先把 {b} 移到右边。", "除以负数时不等号怎样变化？"],
        label=f"{b} − {a}x ＞ {minus(c)}",
    )


@generator("math.index_laws", difficulty=0.45)
def index_laws(rng: Random) -> Question:
    """Use the laws of indices."""
    m, n = rng.sample(range(2, 10), 2)
    if m + n == m * n:
        raise Ambiguous
    v = rng.choice("axmyt")
    if rng.random() < 0.5:
        return choice(
            rng,
            f"{v}{sup(m)} · {v}{sup(n)} = ？",
            f"{v}{sup(m + n)}",
            [
                (f"{v}{sup(m * n)}", "同底数幂相乘，指数相加。"),
                (f"2{v}{sup(m + n)}", "系数没有变，只有指数相加。"),
                (f"{v}{sup(abs(m - n))}", "相除时才是指数相减。"),
            ],
            why=f"底数不变，指数相加：{m} + {n} = {m + n}。",
            hints=["底数相同吗？", "同底数幂相乘，指数相加。"],
            label=f"{v}{sup(m)} · {v}{sup(n)}",
        )
    return choice(
        rng,
        f"({v}{sup(m)}){sup(n)} = ？",
        f"{v}{sup(m * n)}",
        [
            (f"{v}{sup(m + n)}", "幂的乘方，指数相乘。"),
            (f"{n}{v}{sup(m)}", f"是 {n} 个 {v}{sup(m)} 相乘，不是相加。"),
            (f"{v}{sup(m**2)}", f"指数是 {m} × {n}。"),
        ],
        why=f"底数不变，指数相乘：{m} × {n} = {m * n}。",
        hints=["这是幂的乘方。", "指数相乘。"],
        label=f"({v}{sup(m)}){sup(n)}",
    )


@generator("math.poly_mul", difficulty=0.52, minutes=1.5)
def expand(rng: Random) -> Question:
    """Expand a product of two binomials."""
    a, b = rng.choice([-1, 1]) * rng.randint(1, 9), rng.choice([-1, 1]) * rng.randint(1, 9)
    if a + b == 0:
        raise Ambiguous
    return choice(
        rng,
        f"计算：(x {signed(a)})(x {signed(b)})",
        polynomial(1, a + b, a * b),
        [
            (polynomial(1, 0, a * b), "漏了中间两项的乘积。"),
            (polynomial(1, a + b, -a * b), "常数项是两个数的积，注意符号。"),
            (polynomial(1, a * b, a + b), "一次项系数是两数的和，常数项是两数的积。"),
            (polynomial(1, -(a + b), a * b), "一次项的符号错了。"),
        ],
        why=f"x² {signed(b)}x {signed(a)}x {signed(a * b)} = {polynomial(1, a + b, a * b)}。",
        hints=["用每一项分别去乘。", "再合并同类项。"],
        label=f"(x {signed(a)})(x {signed(b)})",
    )


@generator("math.special_products", difficulty=0.52)
def special(rng: Random) -> Question:
    """Use the square of a binomial or a difference of squares."""
    a, b = rng.randint(1, 9), rng.randint(1, 12)
    ax = "x" if a == 1 else f"{a}x"
    if rng.random() < 0.5:
        s = rng.choice([-1, 1])
        return choice(
            rng,
            f"({ax} {signed(s * b)})² = ？",
            polynomial(a * a, 2 * s * a * b, b * b),
            [
                (polynomial(a * a, 0, b * b), "完全平方公式还有中间项 2ab。"),
                (polynomial(a * a, s * a * b, b * b), "中间项是 2ab，不是 ab。"),
                (polynomial(a * a, 2 * s * a * b, -b * b), "最后一项是平方，总是正的。"),
            ],
            why=f"首平方，尾平方，二倍乘积在中央：{polynomial(a * a, 2 * s * a * b, b * b)}。",
            hints=["用完全平方公式。", "中间项是两项乘积的 2 倍。"],
            label=f"({ax} {signed(s * b)})²",
        )
    return choice(
        rng,
        f"({ax} + {b})({ax} − {b}) = ？",
        polynomial(a * a, 0, -b * b),
        [
            (polynomial(a * a, 0, b * b), "平方差公式的结果是两个平方的差。"),
            (polynomial(a * a, -2 * a * b, -b * b), "中间两项正好抵消。"),
            (polynomial(a, 0, -b * b) if a > 1 else polynomial(a, 2 * b, -b * b), "系数也要平方。"),
        ],
        why=f"平方差公式：({ax})² − {b}² = {polynomial(a * a, 0, -b * b)}。",
        hints=["两项的和乘两项的差。", "等于它们的平方差。"],
        label=f"({ax} + {b})({ax} − {b})",
    )


@generator("math.factorise", difficulty=0.56, minutes=1.5)
def factorise(rng: Random) -> Question:
    """Factorise a quadratic."""
    a, b = rng.choice([-1, 1]) * rng.randint(1, 9), rng.choice([-1, 1]) * rng.randint(1, 9)
    if a + b == 0 or a == b:
        raise Ambiguous
    a, b = min(a, b), max(a, b)

    def pair(m: int, n: int) -> str:
        m, n = min(m, n), max(m, n)
        return f"(x {signed(m)})(x {signed(n)})"

    return choice(
        rng,
        f"分解因式：{polynomial(1, a + b, a * b)}",
        pair(a, b),
        [
            (pair(-a, -b), "两数的和应等于一次项系数。"),
            (pair(a, -b), "两数的积应等于常数项。"),
            (pair(-a, b), "两数的积应等于常数项。"),
            (pair(a * b, 1), "检验一下两数的和。"),
        ],
        why=f"找两个数，积是 {minus(a * b)}，和是 {minus(a + b)}：{minus(a)} 和 {minus(b)}，得 {pair(a, b)}。",
        hints=["两数的积等于常数项。", "两数的和等于一次项系数。"],
        label=polynomial(1, a + b, a * b),
    )


@generator("math.alg_fraction", difficulty=0.42)
def defined(rng: Random) -> Question:
    """Say when a fraction is defined."""
    a, k, b = rng.choice([-1, 1]) * rng.randint(1, 12), rng.randint(1, 5), rng.randint(1, 9)
    kx = "x" if k == 1 else f"{k}x"
    if b == k * a or b == a:
        raise Ambiguous
    return choice(
        rng,
        f"分式 (x + {b}) / ({kx} {signed(-k * a)}) 有意义的条件是什么？",
        f"x ≠ {minus(a)}",
        [
            (f"x ≠ {minus(-a)}", "令分母不等于 0 再解，注意符号。"),
            (f"x ≠ −{b}", "分子为 0 时分式的值是 0，仍然有意义。"),
            (f"x = {minus(a)}", "这时分母等于 0，分式没有意义。"),
        ],
        why=f"分母 {kx} {signed(-k * a)} ≠ 0，所以 x ≠ {minus(a)}。",
        hints=["分母不能等于 0。", "解一解分母等于 0 的方程。"],
        label=f"分母 {kx} {signed(-k * a)}",
    )


@generator("math.fractional_eq", difficulty=0.6, minutes=2.5)
def fractional(rng: Random) -> Question:
    """Solve a fractional equation."""
    x, a, b = rng.randint(2, 12), rng.randint(1, 9), rng.randint(2, 8)
    c = b * (x + a)
    if c % x:
        raise Ambiguous
    k = c // x
    if k == b:
        raise Ambiguous
    return number(
        f"解分式方程：{k}/(x + {a}) = {b}/x，x = ？",
        x,
        [(-x, "去分母后移项要变号。"), (a, "两边同乘 x(x + " + str(a) + ") 再解。")],
        why=f"去分母：{k}x = {b}(x + {a})，{k - b}x = {a * b}，x = {x}。检验：分母不为 0。",
        hints=["两边同乘最简公分母。", "最后检验分母是否为 0。"],
        label=f"{k}/(x + {a}) = {b}/x",
    )


@generator("math.surds", difficulty=0.5)
def surds(rng: Random) -> Question:
    """Simplify a surd."""
    k, n = rng.randint(2, 9), rng.choice([2, 3, 5, 6, 7, 10, 11, 13, 14, 15])
    return choice(
        rng,
        f"化简 √{k * k * n}。",
        f"{k}√{n}",
        [
            (f"{n}√{k}", "移到根号外的应是开得尽方的因数的算术平方根。"),
            (f"{k * k}√{n}", f"{k * k} 移出根号要开平方，得 {k}。"),
            (f"√{n}", "开出来的因数不能丢。"),
        ],
        why=f"√{k * k * n} = √({k}² × {n}) = {k}√{n}。",
        hints=["找出最大的平方数因数。", f"{k * k * n} = {k * k} × {n}。"],
        label=f"√{k * k * n}",
    )


@generator("math.function_concept", difficulty=0.4)
def function_value(rng: Random) -> Question:
    """Evaluate a function."""
    a, b, x = rng.choice([-1, 1]) * rng.randint(2, 9), rng.randint(-15, 15), rng.randint(-8, 8)
    if x == 0 or b == 0:
        raise Ambiguous
    return number(
        f"已知函数 y = {term(a, 'x')} {signed(b)}，当 x = {minus(x)} 时，y = ？",
        a * x + b,
        [(-a * x + b, "代入负数时要加括号，注意符号。"), (a + x + b, f"{minus(a)}x 表示 {minus(a)} 乘 x。")],
        why=f"y = {minus(a)} × ({minus(x)}) {signed(b)} = {minus(a * x + b)}。",
        hints=["用数代替 x。", "先乘后加。"],
        label=f"y = {term(a, 'x')} {signed(b)}，x = {minus(x)}",
    )


@generator("math.linear_function", difficulty=0.5)
def linear_graph(rng: Random) -> Question:
    """Read the behaviour of a line from its formula."""
    k, b = rng.choice([-1, 1]) * rng.randint(1, 9), rng.choice([-1, 1]) * rng.randint(1, 12)
    missing = {(1, 1): "第四象限", (1, -1): "第二象限", (-1, 1): "第三象限", (-1, -1): "第一象限"}[
        (k > 0) * 2 - 1, (b > 0) * 2 - 1
    ]
    return choice(
        rng,
        f"一次函数 y = {term(k, 'x')} {signed(b)} 的图象不经过哪个象限？",
        missing,
        [
            (q, f"k = {minus(k)}，b = {minus(b)}，画出草图看一看，图象经过{q}。")
            for q in ("第一象限", "第二象限", "第三象限", "第四象限")
        ],
        why=f"k {'＞' if k > 0 else '＜'} 0，b {'＞' if b > 0 else '＜'} 0，图象不经过{missing}。",
        hints=["k 决定上升还是下降。", "b 决定与 y 轴的交点在上方还是下方。"],
        label=f"y = {term(k, 'x')} {signed(b)}",
    )


@generator("math.linear_function", difficulty=0.52, minutes=4, name="math.linear_function:paper")
def line_paper(rng: Random) -> Question:
    """Ask for the graph of a line on squared paper."""
    k, x = rng.choice([-1, 1]) * rng.randint(1, 3), rng.choice([-1, 1]) * rng.randint(1, 4)
    b = -k * x
    shown = f"y = {term(k, 'x')} {signed(b)}"
    return photo(
        f"在方格纸上画出一次函数 {shown} 的图象，标出它与两坐标轴的交点，拍照上传。",
        f"({minus(x)}, 0)，(0, {minus(b)})",
        why=f"令 y = 0，得 x = {minus(x)}；令 x = 0，得 y = {minus(b)}；过这两点画直线。",
        hints=["两点确定一条直线。", "先求它与两坐标轴的交点。"],
        label=shown,
    )


@generator("math.linear_fit", difficulty=0.58, minutes=2)
def fit_line(rng: Random) -> Question:
    """Find a line through two points."""
    k, b = rng.choice([-1, 1]) * rng.randint(1, 6), rng.randint(-9, 9)
    x1, x2 = rng.sample(range(-4, 6), 2)
    if b == 0:
        raise Ambiguous
    points = f"({minus(x1)}，{minus(k * x1 + b)}) 和 ({minus(x2)}，{minus(k * x2 + b)})"
    return choice(
        rng,
        f"一次函数的图象经过点 {points}，它的解析式是哪一个？",
        f"y = {term(k, 'x')} {signed(b)}",
        [
            (f"y = {term(-k, 'x')} {signed(b)}", "求 k 时用纵坐标的差除以横坐标的差，顺序要一致。"),
            (f"y = {term(k, 'x')} {signed(-b)}", "把点代回去检验 b。"),
            (f"y = {term(b, 'x')} {signed(k)}", "k 是 x 的系数，b 是常数项。"),
        ],
        why=f"代入两点解方程组得 k = {minus(k)}，b = {minus(b)}。",
        hints=["设 y = kx + b。", "代入两个点的坐标。"],
        label=f"过点 {points}",
    )


@generator("math.quadratic_eq", difficulty=0.58, minutes=2)
def quadratic(rng: Random) -> Question:
    """Solve a quadratic that factorises."""
    p, q = rng.sample([n for n in range(-9, 10) if n], 2)
    if p + q == 0:
        raise Ambiguous
    p, q = min(p, q), max(p, q)
    b, c = -(p + q), p * q

    def roots(m: int, n: int) -> str:
        return f"x₁ = {minus(min(m, n))}，x₂ = {minus(max(m, n))}"

    return choice(
        rng,
        f"解方程：{polynomial(1, b, c)} = 0",
        roots(p, q),
        [
            (roots(-p, -q), "由 (x − a) = 0 得 x = a，符号写反了。"),
            (roots(p, -q), "检验两根之积。"),
            (roots(-p, q), "检验两根之积。"),
            (roots(b, c), "先因式分解，再令每个因式等于 0。"),
        ],
        why=f"分解为 (x {signed(-p)})(x {signed(-q)}) = 0，{roots(p, q)}。",
        hints=["能因式分解吗？", "令每个因式分别等于 0。"],
        label=polynomial(1, b, c) + " = 0",
    )


@generator("math.discriminant", difficulty=0.52)
def discriminant(rng: Random) -> Question:
    """Count real roots."""
    a, b, c = rng.randint(1, 5), rng.randint(-10, 10), rng.randint(-8, 12)
    if b == 0 or c == 0:
        raise Ambiguous
    d = b * b - 4 * a * c
    names = ["没有实数根", "有两个相等的实数根", "有两个不相等的实数根"]
    answer = names[(d > 0) - (d < 0) + 1]
    return choice(
        rng,
        f"方程 {polynomial(a, b, c)} = 0 的根的情况是？",
        answer,
        [
            (n, f"判别式等于 {minus(d)}，{'大于' if d > 0 else '小于' if d < 0 else '等于'} 0。")
            for n in names
        ],
        why=f"b² − 4ac = {b * b} − 4 × {a} × ({minus(c)}) = {minus(d)}，所以{answer}。",
        hints=["先写出 a、b、c。", "计算 b² − 4ac 的符号。"],
        label=polynomial(a, b, c) + " = 0",
    )


@generator("math.vieta", difficulty=0.55)
def vieta(rng: Random) -> Question:
    """Use the sum or product of roots."""
    p, q = rng.sample([n for n in range(-9, 10) if n], 2)
    if p + q == 0 or p + q == p * q:
        raise Ambiguous
    what, v, slip = rng.choice([("x₁ + x₂", p + q, p * q), ("x₁ · x₂", p * q, p + q)])
    return number(
        f"设方程 {polynomial(1, -(p + q), p * q)} = 0 的两根为 x₁、x₂，则 {what} = ？",
        v,
        [
            (-v, "两根之和是 −b/a，注意符号。" if "+" in what else "两根之积是 c/a，注意符号。"),
            (slip, "和与积弄反了。"),
        ],
        why=f"x₁ + x₂ = {minus(p + q)}，x₁ · x₂ = {minus(p * q)}。",
        hints=["和是 −b/a。", "积是 c/a。"],
        label=f"{polynomial(1, -(p + q), p * q)} = 0，{what}",
    )


@generator("math.parabola", difficulty=0.55)
def vertex(rng: Random) -> Question:
    """Read the vertex of a parabola."""
    a, h, k = (
        rng.choice([-3, -2, -1, 1, 2, 3]),
        rng.choice([-1, 1]) * rng.randint(1, 9),
        rng.choice([-1, 1]) * rng.randint(1, 9),
    )
    lead = {1: "", -1: "−"}.get(a, minus(a))
    return choice(
        rng,
        f"抛物线 y = {lead}(x {signed(-h)})² {signed(k)} 的顶点坐标是？",
        f"({minus(h)}，{minus(k)})",
        [
            (f"({minus(-h)}，{minus(k)})", "顶点的横坐标是使括号等于 0 的 x。"),
            (f"({minus(h)}，{minus(-k)})", "纵坐标就是后面的常数 k，不变号。"),
            (f"({minus(k)}，{minus(h)})", "横坐标与纵坐标写反了。"),
        ],
        why=f"y = a(x − h)² + k 的顶点是 (h，k)，这里 h = {minus(h)}，k = {minus(k)}。",
        hints=["对照 y = a(x − h)² + k。", "括号里等于 0 时 x 是几？"],
        label=f"y = {lead}(x {signed(-h)})² {signed(k)}",
    )


@generator("math.inverse_function", difficulty=0.5)
def inverse(rng: Random) -> Question:
    """Find k of an inverse proportion."""
    x, y = rng.choice([-1, 1]) * rng.randint(1, 12), rng.choice([-1, 1]) * rng.randint(1, 12)
    if x == y or abs(x) == 1:
        raise Ambiguous
    return number(
        f"反比例函数 y = k/x 的图象经过点 ({minus(x)}，{minus(y)})，k = ？",
        x * y,
        [(Fraction(y, x) if y % x == 0 else x + y, "k 等于横、纵坐标的积。"), (-x * y, "注意积的符号。")],
        why=f"k = xy = {minus(x)} × ({minus(y)}) = {minus(x * y)}。",
        hints=["把点的坐标代入。", "k = xy。"],
        label=f"过 ({minus(x)}，{minus(y)})",
    )


@generator("math.sets", difficulty=0.4)
def sets(rng: Random) -> Question:
    """Find a union or an intersection."""
    a, b = sorted(rng.sample(range(1, 10), 4)), sorted(rng.sample(range(1, 10), 4))
    both, either = sorted({*a} & {*b}), sorted({*a, *b})
    if not both or both in (a, b):
        raise Ambiguous

    def braces(s: list[int]) -> str:
        return "{" + "，".join(map(str, s)) + "}"

    cut = rng.random() < 0.5
    answer, other = (both, either) if cut else (either, both)
    return choice(
        rng,
        f"已知 A = {braces(a)}，B = {braces(b)}，则 A {'∩' if cut else '∪'} B = ？",
        braces(answer),
        [
            (braces(other), "交集取公共元素，并集取所有元素。"),
            (braces(sorted({*a} - {*b})), "这是只属于 A 的元素。"),
            (braces(sorted({*a} ^ {*b})), "这是只属于其中一个集合的元素。"),
        ],
        why=f"{'既属于 A 又属于 B' if cut else '属于 A 或属于 B'} 的元素组成 {braces(answer)}。",
        hints=["∩ 是交集，∪ 是并集。", "一个一个元素地检查。"],
        label=f"{braces(a)} 与 {braces(b)}",
    )


@generator("math.quadratic_ineq", difficulty=0.58, minutes=2)
def quadratic_inequality(rng: Random) -> Question:
    """Solve a quadratic inequality."""
    p, q = sorted(rng.sample(range(-8, 9), 2))
    if p + q == 0 or p * q == 0:
        raise Ambiguous
    inside, outside = f"{minus(p)} ＜ x ＜ {minus(q)}", f"x ＜ {minus(p)} 或 x ＞ {minus(q)}"
    less = rng.random() < 0.5
    return choice(
        rng,
        f"不等式 {polynomial(1, -(p + q), p * q)} {'＜' if less else '＞'} 0 的解集是？",
        inside if less else outside,
        [
            (outside if less else inside, "开口向上，小于 0 取两根之间，大于 0 取两根之外。"),
            (f"{minus(-q)} ＜ x ＜ {minus(-p)}", "两根的符号写反了。"),
            (f"x ＞ {minus(q)}", "只考虑了一边。"),
        ],
        why=f"方程的两根是 {minus(p)} 和 {minus(q)}，抛物线开口向上，解集是 {inside if less else outside}。",
        hints=["先求对应方程的两根。", "画出抛物线的草图。"],
        label=f"{polynomial(1, -(p + q), p * q)} {'＜' if less else '＞'} 0",
    )


@generator("math.logarithm", difficulty=0.5)
def logarithm(rng: Random) -> Question:
    """Evaluate a logarithm."""
    a, n = rng.randint(2, 9), rng.randint(2, 5)
    if a**n > 100000:
        raise Ambiguous
    return number(
        f"计算：以 {a} 为底 {a**n} 的对数，即 log{str(a).translate(str.maketrans('0123456789', '₀₁₂₃₄₅₆₇₈₉'))}({a**n}) = ？",
        n,
        [(Fraction(a**n, a), "对数是指数，不是相除的商。"), (a * n, f"求的是 {a} 的几次方。")],
        why=f"{a} 的 {n} 次方是 {a**n}，所以对数是 {n}。",
        hints=[f"{a} 的几次方等于 {a**n}？", "对数就是指数。"],
        label=f"以 {a} 为底 {a**n}",
    )


@generator("math.vectors", difficulty=0.5)
def dot(rng: Random) -> Question:
    """Find a scalar product."""
    a, b, c, d = (rng.randint(-9, 9) for _ in range(4))
    if a * b * c * d == 0 or a * c + b * d == a * d + b * c:
        raise Ambiguous
    return number(
        f"已知 a = ({minus(a)}，{minus(b)})，b = ({minus(c)}，{minus(d)})，则 a · b = ？",
        a * c + b * d,
        [(a * d + b * c, "对应坐标相乘再相加。"), (a * c - b * d, "两个乘积相加，不是相减。")],
        why=f"{minus(a)} × {minus(c)} + ({minus(b)}) × {minus(d)} = {minus(a * c + b * d)}。",
        hints=["横坐标乘横坐标，纵坐标乘纵坐标。", "再把两个积相加。"],
        label=f"({minus(a)}，{minus(b)}) · ({minus(c)}，{minus(d)})",
    )


@generator("math.complex", difficulty=0.52)
def complex_product(rng: Random) -> Question:
    """Multiply complex numbers."""
    a, b, c, d = (rng.choice([-1, 1]) * rng.randint(1, 6) for _ in range(4))
    re, im = a * c - b * d, a * d + b * c
    if re == 0 or im == 0 or a * c + b * d == 0:
        raise Ambiguous

    def z(x: int, y: int) -> str:
        return f"{minus(x)}{next_term(y, 'i')}"

    return choice(
        rng,
        f"计算：({z(a, b)})({z(c, d)})",
        z(re, im),
        [
            (z(a * c + b * d, im), "i² = −1，最后一项要变号。"),
            (z(re, -im), "虚部的符号错了。"),
            (z(a * c, b * d), "要像多项式那样逐项相乘。"),
        ],
        why=f"实部 {a * c} − ({minus(b * d)}) = {minus(re)}，虚部 {minus(a * d)} + ({minus(b * c)}) = {minus(im)}。",
        hints=["按多项式乘法展开。", "用 −1 代替 i²。"],
        label=f"({z(a, b)})({z(c, d)})",
    )


@generator("math.line_slope", difficulty=0.48)
def slope(rng: Random) -> Question:
    """Find the slope through two points."""
    x1, y1, dx, k = (
        rng.randint(-6, 6),
        rng.randint(-9, 9),
        rng.randint(1, 5),
        rng.choice([-1, 1]) * rng.randint(2, 6),
    )
    return number(
        f"过点 A({minus(x1)}，{minus(y1)}) 和 B({minus(x1 + dx)}，{minus(y1 + k * dx)}) 的直线斜率是多少？",
        k,
        [(-k, "纵坐标之差与横坐标之差的顺序要一致。"), (k * dx, "还要除以横坐标的差。")],
        why=f"({minus(y1 + k * dx)} − ({minus(y1)})) ÷ ({minus(x1 + dx)} − ({minus(x1)})) = {minus(k * dx)} ÷ {dx} = {minus(k)}。",
        hints=["斜率 = 纵坐标之差 ÷ 横坐标之差。", "两个差的顺序要一致。"],
        label=f"A({minus(x1)}，{minus(y1)})，B({minus(x1 + dx)}，{minus(y1 + k * dx)})",
    )


@generator("math.circle_equation", difficulty=0.5)
def circle_equation(rng: Random) -> Question:
    """Read centre and radius of a circle."""
    a, b, r = (
        rng.choice([-1, 1]) * rng.randint(1, 9),
        rng.choice([-1, 1]) * rng.randint(1, 9),
        rng.randint(2, 9),
    )

    def answer(x: int, y: int, rad: int) -> str:
        return f"圆心 ({minus(x)}，{minus(y)})，半径 {rad}"

    return choice(
        rng,
        f"圆 (x {signed(-a)})² + (y {signed(-b)})² = {r * r} 的圆心和半径是？",
        answer(a, b, r),
        [
            (answer(-a, -b, r), "圆心坐标是使括号等于 0 的值。"),
            (answer(a, b, r * r), "右边是半径的平方。"),
            (answer(-a, -b, r * r), "圆心的符号和半径都要再看一看。"),
        ],
        why=f"对照 (x − a)² + (y − b)² = r²，圆心 ({minus(a)}，{minus(b)})，r = √{r * r} = {r}。",
        hints=["对照标准方程。", "右边是 r²。"],
        label=f"(x {signed(-a)})² + (y {signed(-b)})² = {r * r}",
    )


@generator("math.arithmetic_seq", difficulty=0.5)
def arithmetic(rng: Random) -> Question:
    """Find a term or a sum of an arithmetic sequence."""
    a, d, n = rng.randint(-10, 20), rng.choice([-1, 1]) * rng.randint(2, 9), rng.randint(6, 25)
    last = a + (n - 1) * d
    if rng.random() < 0.5:
        return number(
            f"等差数列的首项是 {minus(a)}，公差是 {minus(d)}，第 {n} 项是多少？",
            last,
            [(a + n * d, f"第 {n} 项比首项多 {n - 1} 个公差。"), (n * d, "别忘了加首项。")],
            why=f"{minus(a)} + ({n} − 1) × ({minus(d)}) = {minus(last)}。",
            hints=["通项：首项加 (n − 1) 个公差。", f"从第 1 项到第 {n} 项走了几步？"],
            label=f"首项 {minus(a)}，公差 {minus(d)}，第 {n} 项",
        )
    s = n * (a + last) // 2
    return number(
        f"等差数列的首项是 {minus(a)}，公差是 {minus(d)}，前 {n} 项的和是多少？",
        s,
        [(n * (a + last), "还要除以 2。"), (last, f"这是第 {n} 项。")],
        why=f"第 {n} 项是 {minus(last)}，和是 {n} × ({minus(a)} + ({minus(last)})) ÷ 2 = {minus(s)}。",
        hints=["先求末项。", "和 = 项数 ×（首项 + 末项）÷ 2。"],
        label=f"首项 {minus(a)}，公差 {minus(d)}，前 {n} 项和",
    )


@generator("math.geometric_seq", difficulty=0.52)
def geometric(rng: Random) -> Question:
    """Find a term of a geometric sequence."""
    a, q, n = rng.randint(1, 9), rng.choice([-3, -2, 2, 3, 4]), rng.randint(3, 6)
    v = a * q ** (n - 1)
    return number(
        f"等比数列的首项是 {a}，公比是 {minus(q)}，第 {n} 项是多少？",
        v,
        [(a * q**n, f"第 {n} 项乘了 {n - 1} 次公比。"), (a + (n - 1) * q, "等比数列每次是乘公比，不是加。")],
        why=f"{a} × ({minus(q)}){sup(n - 1)} = {minus(v)}。",
        hints=["每一项是前一项乘公比。", "一共乘几次公比？"],
        label=f"首项 {a}，公比 {minus(q)}，第 {n} 项",
    )


@generator("math.derivative", difficulty=0.52)
def derivative(rng: Random) -> Question:
    """Differentiate and evaluate."""
    a, b, c, x = rng.randint(1, 6), rng.randint(-9, 9), rng.randint(1, 20), rng.randint(-4, 5)
    if b == 0 or x == 0:
        raise Ambiguous
    return number(
        f"已知 f(x) = {polynomial(a, b, c)}，则 f′({minus(x)}) = ？",
        2 * a * x + b,
        [(a * x * x + b * x + c, "这是函数值，要先求导再代入。"), (2 * a * x + b + c, "常数的导数是 0。")],
        why=f"f′(x) = {term(2 * a, 'x')} {signed(b)}，代入 x = {minus(x)} 得 {minus(2 * a * x + b)}。",
        hints=["先求导数。", "再代入 x 的值。"],
        label=f"f(x) = {polynomial(a, b, c)}，x = {minus(x)}",
    )


@generator("math.permutation", difficulty=0.55)
def counting(rng: Random) -> Question:
    """Count arrangements or selections."""
    n, m = rng.randint(4, 9), rng.randint(2, 3)
    order = rng.random() < 0.5
    who = rng.choice(["名同学", "名志愿者", "位歌手", "名队员"])
    v, o = (perm(n, m), comb(n, m)) if order else (comb(n, m), perm(n, m))
    task = f"选出 {m} {who[0]}分别担任不同的职务" if order else f"选出 {m} {who[0]}一起参加活动"
    return number(
        f"从 {n} {who}中{task}，有多少种不同的选法？",
        v,
        [(o, "想一想：交换顺序是不是同一种选法？"), (n * m, "用分步乘法计数原理。")],
        why=f"{'与顺序有关，是排列' if order else '与顺序无关，是组合'}，共 {v} 种。",
        hints=["顺序不同算不同的选法吗？", "一步一步地数。"],
        unit="种",
        label=f"{n} 选 {m}，{'排列' if order else '组合'}（{who[1:]}）",
    )


@generator("math.binomial_theorem", difficulty=0.6)
def binomial(rng: Random) -> Question:
    """Find a coefficient of a binomial expansion."""
    n, k, a = rng.randint(4, 8), rng.randint(1, 3), rng.randint(1, 3)
    v = comb(n, k) * a**k
    return number(
        f"(x + {a}){sup(n)} 的展开式中，x{sup(n - k) if n - k > 1 else ''} 的系数是多少？",
        v,
        [
            (comb(n, k), f"还要乘 {a}{sup(k)}。") if a > 1 else (n * k, "系数是组合数，不是相乘。"),
            (perm(n, k) * a**k, "系数用组合数，不用排列数。"),
        ],
        why=f"取 {k} 个因式中的 {a}：C({n}，{k}) × {a}{sup(k)} = {v}。",
        hints=["从 n 个因式里各取一项相乘。", f"要有 {k} 个因式取 {a}。"],
        label=f"(x + {a}){sup(n)} 中 x{sup(n - k)}",
    )


@generator("math.exponential", difficulty=0.48)
def exponential(rng: Random) -> Question:
    """Pick increasing exponential functions."""
    up = rng.sample(["1.2", "2", "3/2", "5", "π", "√3", "10"], 2)
    down = rng.sample(["0.3", "1/2", "2/3", "0.9", "√2/2", "0.05"], 2)
    return choices(
        rng,
        "下列函数中，在实数集上是增函数的有哪些？（可以选多个）",
        [f"y = ({a})ˣ" for a in up],
        [(f"y = ({a})ˣ", "底数在 0 和 1 之间，是减函数。") for a in down],
        why="底数大于 1 的指数函数是增函数。",
        hints=["看底数与 1 的大小。", "底数大于 1 时递增。"],
        label="、".join(up + down),
    )


@generator("math.function_parity", difficulty=0.48)
def parity(rng: Random) -> Question:
    """Tell odd from even functions."""
    k, c = rng.randint(1, 9), rng.randint(1, 20)
    kind, shown = rng.choice(
        [
            ("偶函数", f"x² + {c}"),
            ("偶函数", f"{k + 1}x⁴ − {c}"),
            ("奇函数", f"{k + 1}x³"),
            ("奇函数", f"x³ + {k + 1}x"),
            ("既不是奇函数也不是偶函数", f"x² + {k + 1}x"),
            ("既不是奇函数也不是偶函数", f"x³ + {c}"),
        ]
    )
    return choice(
        rng,
        f"函数 f(x) = {shown} 的奇偶性是？",
        kind,
        [
            (o, "计算 f(−x)，与 f(x) 和 −f(x) 比较。")
            for o in ("偶函数", "奇函数", "既不是奇函数也不是偶函数")
        ],
        why=f"计算 f(−x) 并比较，f(x) = {shown} 是{kind}。"
        if kind != "既不是奇函数也不是偶函数"
        else f"f(−x) 既不等于 f(x) 也不等于 −f(x)，所以{kind}。",
        hints=["把 x 换成 −x。", "与原来的式子比较。"],
        label=f"f(x) = {shown}",
    )


@generator("math.radian", difficulty=0.45)
def radians(rng: Random) -> Question:
    """Convert radians into degrees."""
    n, d = rng.randint(1, 7), rng.choice([2, 3, 4, 5, 6, 9, 10, 12])
    f = Fraction(n, d)
    if f.denominator != d or n > 2 * d:
        raise Ambiguous
    v = 180 * n // d
    shown = f"{'' if n == 1 else n}π/{d}"
    return number(
        f"{shown} 弧度等于多少度？",
        v,
        [(360 * n // d, "π 弧度等于 180°，不是 360°。"), (Fraction(90 * n, d), "π 弧度等于 180°。")],
        why=f"180° × {n}/{d} = {v}°。",
        hints=["π 弧度 = 180°。", f"180 × {n} ÷ {d}。"],
        unit="°",
        label=f"{shown} 弧度",
    )


@generator("math.trig_function", difficulty=0.5)
def period(rng: Random) -> Question:
    """Read the period and amplitude of a sine."""
    a, w = rng.randint(2, 9), rng.choice([2, 3, 4, 5, 6, 8])

    def turns(n: int) -> str:
        return {2: "π", 4: "π/2", 6: "π/3", 8: "π/4"}.get(n, f"2π/{n}")

    answer = turns(w)
    return choice(
        rng,
        f"函数 y = {a}sin({w}x) 的最小正周期是？",
        answer,
        [
            (f"{2 * w}π", f"周期是 2π 除以 {w}，不是相乘。"),
            (turns(a) if a != w else "2π", f"{a} 是振幅，与周期无关。"),
            (turns(2 * w) if w < 5 else f"π/{w}", "正弦函数的周期从 2π 算起。"),
        ],
        why=f"2π ÷ {w} = {answer}。",
        hints=["周期等于 2π 除以 ω 的绝对值。", "找出 x 的系数。"],
        label=f"y = {a}sin({w}x)",
    )


@generator("math.expectation", difficulty=0.55, minutes=2)
def expectation(rng: Random) -> Question:
    """Find an expected value."""
    xs = sorted(rng.sample(range(11), 3))
    a, b = rng.randint(1, 6), rng.randint(1, 6)
    if a + b >= 10:
        raise Ambiguous
    ps = [Decimal(a) / 10, Decimal(b) / 10, Decimal(10 - a - b) / 10]
    v = sum((x * p for x, p in zip(xs, ps, strict=True)), Decimal(0))
    table = "，".join(f"P(X={x})={p}" for x, p in zip(xs, ps, strict=True))
    mean = Fraction(sum(xs), 3)
    slips: list[tuple[object, str]] = (
        [(int(mean), "均值要用概率加权，不是简单平均。")] if mean.denominator == 1 else []
    )
    return number(
        f"随机变量 X 的分布列：{table}，E(X) = ？",
        v,
        [*slips, (sum(xs), "每个取值要乘它的概率。")],
        why=" + ".join(f"{x} × {p}" for x, p in zip(xs, ps, strict=True)) + f" = {v.normalize():f}。",
        hints=["每个取值乘它的概率。", "再把积相加。"],
        label=table,
    )
