"""Quantities of physics, chemistry, biology, geography and computing: a law, its numbers, its usual slips."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from random import Random

from demo.items.question import Ambiguous, Question, choice, generator, number, text, written


@dataclass(frozen=True)
class Law:
    """A law with one unknown: the numbers it is asked with, and what goes wrong."""

    point: str
    prompt: str
    unit: str
    ranges: dict[str, tuple[str, ...]]
    """Values of each known quantity, as written in the prompt."""
    answer: Callable[..., Fraction]
    working: str
    """The calculation with the numbers put in; ``{y}`` is the answer."""
    slips: tuple[tuple[Callable[..., Fraction], str], ...]
    hints: tuple[str, str]
    difficulty: float = 0.5
    most: float = 1e9
    """The largest answer that is believable."""


def span(low: int, high: int, step: int = 1, per: int = 1) -> tuple[str, ...]:
    """Return the numbers from *low* to *high*, each divided by *per*, as they are written."""
    return tuple(written(float(Fraction(n, per))) for n in range(low, high + 1, step))


LAWS = [
    Law(
        "physics.speed",
        "一名同学 {t} s 跑了 {s} m，他的平均速度是多少 m/s？",
        "m/s",
        {"s": span(50, 800, 10), "t": span(10, 200, 5)},
        lambda s, t: s / t,
        "v = s/t = {s} m ÷ {t} s = {y} m/s。",
        (
            (lambda s, t: t / s, "速度是路程除以时间，分子和分母反了。"),
            (lambda s, t: s * t, "速度等于路程除以时间。"),
        ),
        ("速度等于路程与时间之比。", "先写公式再代入。"),
        0.35,
        8,
    ),
    Law(
        "physics.speed",
        "一辆汽车的速度是 {v} km/h，合多少 m/s？",
        "m/s",
        {"v": span(18, 180, 18)},
        lambda v: v * 5 / 18,
        "{v} ÷ 3.6 = {y}（m/s）。",
        ((lambda v: v * 18 / 5, "km/h 换成 m/s 要除以 3.6。"),),
        ("1 m/s = 3.6 km/h。", "数值会变小。"),
        0.4,
    ),
    Law(
        "physics.average_speed",
        "小车前 {t1} s 行 {s1} m，后 {t2} s 行 {s2} m，全程平均速度是多少 m/s？",
        "m/s",
        {"s1": span(10, 100, 10), "t1": span(2, 10), "s2": span(20, 160, 20), "t2": span(3, 12)},
        lambda s1, t1, s2, t2: (s1 + s2) / (t1 + t2),
        "总路程 {s1} + {s2}，总时间 {t1} + {t2}，平均速度 {y} m/s。",
        ((lambda s1, t1, s2, t2: (s1 / t1 + s2 / t2) / 2, "平均速度不是两个速度的平均值。"),),
        ("先求总路程。", "再除以总时间。"),
        0.5,
    ),
    Law(
        "physics.echo",
        "对着山崖喊话，{t} s 后听到回声，声速取 340 m/s，人离山崖多少米？",
        "m",
        {"t": span(4, 60, 1, 10)},
        lambda t: 170 * t,
        "声音往返，s = 340 × {t} ÷ 2 = {y}（m）。",
        ((lambda t: 340 * t, "声音走的是往返的路程，要除以 2。"),),
        ("声音走了几趟？", "路程除以 2。"),
        0.45,
    ),
    Law(
        "physics.density",
        "一个实心物块质量 {m} g，体积 {v} cm³，密度是多少 g/cm³？",
        "g/cm³",
        {"m": span(10, 900, 10), "v": span(5, 120, 5)},
        lambda m, v: m / v,
        "ρ = m/V = {m} ÷ {v} = {y}（g/cm³）。",
        ((lambda m, v: v / m, "密度是质量除以体积。"), (lambda m, v: m * v, "密度等于质量与体积之比。")),
        ("密度 = 质量 ÷ 体积。", "检查单位。"),
        0.42,
        20,
    ),
    Law(
        "physics.gravity",
        "一个物体的质量是 {m} kg，它受到的重力是多少牛？（g 取 10 N/kg）",
        "N",
        {"m": span(2, 800, 1, 10)},
        lambda m: 10 * m,
        "G = mg = {m} × 10 = {y}（N）。",
        ((lambda m: m / 10, "重力等于质量乘 g，不是除以 g。"), (lambda m: m, "质量和重力不是同一个量。")),
        ("G = mg。", "代入数据，注意单位。"),
        0.35,
    ),
    Law(
        "physics.spring",
        "一根弹簧受 {f} N 的拉力伸长 {x} cm，在弹性限度内，受 {g} N 的拉力伸长多少厘米？",
        "cm",
        {"f": span(2, 10), "x": span(1, 10), "g": span(4, 30)},
        lambda f, x, g: x * g / f,
        "伸长与拉力成正比：{x} × {g} ÷ {f} = {y}（cm）。",
        ((lambda f, x, g: x + g - f, "成正比，不是相差一样多。"),),
        ("伸长量与拉力成正比。", "列比例式。"),
        0.48,
    ),
    Law(
        "physics.pressure",
        "一个箱子对地面的压力是 {f} N，接触面积是 {s} m²，压强是多少 Pa？",
        "Pa",
        {"f": span(40, 1200, 20), "s": span(1, 20, 1, 10)},
        lambda f, s: f / s,
        "p = F/S = {f} ÷ {s} = {y}（Pa）。",
        ((lambda f, s: f * s, "压强是压力除以受力面积。"), (lambda f, s: s / f, "分子和分母反了。")),
        ("p = F/S。", "受力面积越小，压强越大。"),
        0.45,
    ),
    Law(
        "physics.liquid_pressure",
        "水面下 {h} m 深处，水产生的压强是多少 Pa？（g 取 10 N/kg，水的密度 1.0×10³ kg/m³）",
        "Pa",
        {"h": span(2, 120, 1, 10)},
        lambda h: 10000 * h,
        "p = ρgh = 1000 × 10 × {h} = {y}（Pa）。",
        ((lambda h: 1000 * h, "漏乘了 g。"), (lambda h: 10 * h, "漏乘了水的密度。")),
        ("p = ρgh。", "密度的单位用 kg/m³。"),
        0.48,
    ),
    Law(
        "physics.buoyancy",
        "一个物体排开水的体积是 {v} cm³，它受到的浮力是多少牛？（g 取 10 N/kg）",
        "N",
        {"v": span(20, 900, 10)},
        lambda v: v / 100,
        "排开的水质量 {v} g，合 {v}÷1000 kg，浮力 = 排开水的重力 = {y} N。",
        (
            (lambda v: v / 1000, "这是排开水的质量，还要乘 g。"),
            (lambda v: v, "先把体积换成立方米，或先算质量。"),
        ),
        ("浮力等于排开的水受到的重力。", "1 cm³ 的水质量是 1 g。"),
        0.55,
    ),
    Law(
        "physics.work",
        "用 {f} N 的水平推力使箱子前进 {s} m，推力做功多少焦？",
        "J",
        {"f": span(10, 400, 10), "s": span(1, 30)},
        lambda f, s: f * s,
        "W = Fs = {f} × {s} = {y}（J）。",
        ((lambda f, s: f / s, "功等于力乘距离。"),),
        ("W = Fs。", "力和移动方向一致。"),
        0.38,
    ),
    Law(
        "physics.power",
        "一台机器 {t} s 做功 {w} J，功率是多少瓦？",
        "W",
        {"w": span(200, 6000, 100), "t": span(2, 60, 2)},
        lambda w, t: w / t,
        "P = W/t = {w} ÷ {t} = {y}（W）。",
        ((lambda w, t: w * t, "功率是功除以时间。"),),
        ("P = W/t。", "功率表示做功的快慢。"),
        0.42,
    ),
    Law(
        "physics.lever",
        "杠杆平衡时，阻力 {f} N，阻力臂 {a} cm，动力臂 {b} cm，动力是多少牛？",
        "N",
        {"f": span(10, 200, 10), "a": span(5, 60, 5), "b": span(10, 100, 5)},
        lambda f, a, b: f * a / b,
        "F₁ = F₂l₂/l₁ = {f} × {a} ÷ {b} = {y}（N）。",
        ((lambda f, a, b: f * b / a, "动力乘动力臂等于阻力乘阻力臂。"),),
        ("动力 × 动力臂 = 阻力 × 阻力臂。", "先写等式再求解。"),
        0.48,
    ),
    Law(
        "physics.pulley",
        "用 {n} 段绳子承担物重的滑轮组匀速提起重 {g} N 的物体，不计绳重、滑轮重和摩擦，拉力是多少牛？",
        "N",
        {"n": span(2, 5), "g": span(30, 900, 30)},
        lambda n, g: g / n,
        "F = G/n = {g} ÷ {n} = {y}（N）。",
        ((lambda n, g: g * n, "滑轮组省力，拉力比物重小。"), (lambda n, g: g, "有几段绳子分担物重？")),
        ("数一数承担物重的绳子段数。", "拉力是物重的 n 分之一。"),
        0.48,
    ),
    Law(
        "physics.efficiency",
        "用滑轮组做的有用功是 {u} J，总功是 {w} J，机械效率是百分之几？（只填百分号前的数）",
        "%",
        {"u": span(60, 480, 20), "w": span(100, 600, 50)},
        lambda u, w: 100 * u / w,
        "η = {u} ÷ {w} × 100% = {y}%。",
        ((lambda u, w: 100 * (w - u) / w, "这是额外功占总功的百分数。"),),
        ("机械效率 = 有用功 ÷ 总功。", "结果一定小于 100%。"),
        0.5,
        95,
    ),
    Law(
        "physics.specific_heat",
        "{m} kg 的水温度升高 {t} ℃，吸收多少千焦的热量？（水的比热容 4.2×10³ J/(kg·℃)）",
        "kJ",
        {"m": span(1, 30), "t": span(5, 80, 5)},
        lambda m, t: Fraction(21, 5) * m * t,
        "Q = cmΔt = 4.2 × {m} × {t} = {y}（kJ）。",
        ((lambda m, t: m * t, "漏乘了比热容。"), (lambda m, t: 4200 * m * t, "这是焦数，1 kJ = 1000 J。")),
        ("Q = cmΔt。", "4.2×10³ J 就是 4.2 kJ。"),
        0.52,
    ),
    Law(
        "physics.ohm",
        "电阻 {r} Ω 的导体两端电压是 {u} V，通过它的电流是多少安？",
        "A",
        {"u": span(3, 48, 3), "r": span(2, 60, 2)},
        lambda u, r: u / r,
        "I = U/R = {u} ÷ {r} = {y}（A）。",
        ((lambda u, r: r / u, "电流是电压除以电阻。"), (lambda u, r: u * r, "I = U/R，不是相乘。")),
        ("I = U/R。", "电压除以电阻。"),
        0.45,
    ),
    Law(
        "physics.ohm",
        "通过某电阻的电流是 {i} A，电阻是 {r} Ω，它两端的电压是多少伏？",
        "V",
        {"i": span(1, 30, 1, 10), "r": span(5, 100, 5)},
        lambda i, r: i * r,
        "U = IR = {i} × {r} = {y}（V）。",
        ((lambda i, r: r / i, "电压等于电流乘电阻。"),),
        ("由 I = U/R 得 U = IR。", "电流乘电阻。"),
        0.45,
    ),
    Law(
        "physics.circuit",
        "并联电路两条支路的电流分别是 {a} A 和 {b} A，干路电流是多少安？",
        "A",
        {"a": span(1, 30, 1, 10), "b": span(2, 25, 1, 10)},
        lambda a, b: a + b,
        "I = I₁ + I₂ = {a} + {b} = {y}（A）。",
        (
            (lambda a, b: abs(a - b), "干路电流等于各支路电流之和。"),
            (lambda a, b: a, "串联电路电流才处处相等。"),
        ),
        ("并联电路干路电流等于什么？", "把支路电流相加。"),
        0.38,
    ),
    Law(
        "physics.voltage",
        "两个灯泡串联在 {u} V 的电源上，其中一个两端电压是 {a} V，另一个两端电压是多少伏？",
        "V",
        {"u": span(9, 36, 1), "a": span(2, 8, 1)},
        lambda u, a: u - a,
        "U₂ = U − U₁ = {u} − {a} = {y}（V）。",
        ((lambda u, a: u, "并联电路各支路电压才相等。"), (lambda u, a: u + a, "总电压等于各部分电压之和。")),
        ("串联电路总电压等于各部分电压之和。", "用总电压减去已知电压。"),
        0.4,
    ),
    Law(
        "physics.series_resistance",
        "{a} Ω 和 {b} Ω 的两个电阻串联，总电阻是多少欧？",
        "Ω",
        {"a": span(2, 60), "b": span(3, 90, 3)},
        lambda a, b: a + b,
        "R = {a} + {b} = {y}（Ω）。",
        ((lambda a, b: a * b / (a + b), "这是并联的总电阻。"),),
        ("串联相当于加长了导体。", "电阻相加。"),
        0.35,
    ),
    Law(
        "physics.parallel_resistance",
        "{a} Ω 和 {b} Ω 的两个电阻并联，总电阻是多少欧？",
        "Ω",
        {"a": span(2, 60), "b": span(3, 90, 3)},
        lambda a, b: a * b / (a + b),
        "R = {a} × {b} ÷ ({a} + {b}) = {y}（Ω）。",
        (
            (lambda a, b: a + b, "这是串联的总电阻。"),
            (lambda a, b: (a + b) / 2, "总电阻的倒数等于各电阻倒数之和。"),
        ),
        ("总电阻比每个电阻都小。", "倒数相加再取倒数。"),
        0.55,
    ),
    Law(
        "physics.electric_power",
        "一个用电器接在 {u} V 的电源上，电流是 {i} A，电功率是多少瓦？",
        "W",
        {"u": ("6", "12", "24", "36", "220"), "i": span(1, 50, 1, 10)},
        lambda u, i: u * i,
        "P = UI = {u} × {i} = {y}（W）。",
        ((lambda u, i: u / i, "P = UI，相除得到的是电阻。"),),
        ("P = UI。", "电压乘电流。"),
        0.42,
    ),
    Law(
        "physics.electric_energy",
        "功率为 {p} W 的电器每天工作 {h} h，{d} 天耗电多少度？",
        "度",
        {"p": span(20, 2000, 20), "h": span(1, 10), "d": ("1", "5", "7", "10", "30")},
        lambda p, h, d: p * h * d / 1000,
        "W = Pt = {p} ÷ 1000 × {h} × {d} = {y}（度）。",
        ((lambda p, h, d: p * h * d, "功率要换算成千瓦。"),),
        ("1 度 = 1 kW·h。", "先把瓦换成千瓦。"),
        0.48,
    ),
    Law(
        "physics.acceleration",
        "汽车的速度在 {t} s 内由 {u} m/s 增加到 {v} m/s，加速度是多少 m/s²？",
        "m/s²",
        {"u": span(0, 12), "v": span(14, 40), "t": span(2, 12)},
        lambda u, v, t: (v - u) / t,
        "a = ({v} − {u}) ÷ {t} = {y}（m/s²）。",
        ((lambda u, v, t: v / t, "要用速度的变化量，别忘了减初速度。"),),
        ("先求速度的变化量。", "再除以时间。"),
        0.48,
    ),
    Law(
        "physics.uniform_motion",
        "物体以 {u} m/s 的初速度、{a} m/s² 的加速度做匀加速直线运动，{t} s 内的位移是多少米？",
        "m",
        {"u": span(1, 15), "a": span(1, 6), "t": span(2, 10)},
        lambda u, a, t: u * t + a * t * t / 2,
        "x = {u} × {t} + ½ × {a} × {t}² = {y}（m）。",
        (
            (lambda u, a, t: u * t + a * t * t, "第二项还要乘 ½。"),
            (lambda u, a, t: a * t * t / 2, "漏了初速度的一项。"),
        ),
        ("x = v₀t + ½at²。", "分别算两项再相加。"),
        0.55,
    ),
    Law(
        "physics.free_fall",
        "物体从静止自由下落 {t} s，下落的高度是多少米？（g 取 10 m/s²）",
        "m",
        {"t": span(2, 60, 1, 10)},
        lambda t: 5 * t * t,
        "h = ½ × 10 × {t}² = {y}（m）。",
        ((lambda t: 10 * t * t, "漏乘了 ½。"), (lambda t: 10 * t, "这是末速度。")),
        ("h = ½gt²。", "先算时间的平方。"),
        0.5,
    ),
    Law(
        "physics.newton_second",
        "质量 {m} kg 的物体受到的合力是 {f} N，加速度是多少 m/s²？",
        "m/s²",
        {"m": span(2, 40), "f": span(4, 400, 4)},
        lambda m, f: f / m,
        "a = F/m = {f} ÷ {m} = {y}（m/s²）。",
        ((lambda m, f: m / f, "加速度是合力除以质量。"), (lambda m, f: m * f, "F = ma，求 a 要相除。")),
        ("F = ma。", "a = F/m。"),
        0.45,
    ),
    Law(
        "physics.projectile",
        "小球以 {v} m/s 的速度水平抛出，{t} s 后落地，水平射程是多少米？（不计空气阻力）",
        "m",
        {"v": span(2, 30), "t": span(2, 40, 1, 10)},
        lambda v, t: v * t,
        "水平方向匀速：x = {v} × {t} = {y}（m）。",
        ((lambda v, t: 5 * t * t, "这是下落的高度。"),),
        ("水平方向做什么运动？", "x = vt。"),
        0.5,
    ),
    Law(
        "physics.circular",
        "物体以 {v} m/s 的速度做半径 {r} m 的匀速圆周运动，向心加速度是多少 m/s²？",
        "m/s²",
        {"v": span(2, 30), "r": span(1, 50)},
        lambda v, r: v * v / r,
        "a = v²/r = {v}² ÷ {r} = {y}（m/s²）。",
        ((lambda v, r: v / r, "速度要平方。"),),
        ("a = v²/r。", "先算速度的平方。"),
        0.5,
    ),
    Law(
        "physics.energy_conservation",
        "小球从离地 {h} m 高处由静止下落，不计空气阻力，落地速度的平方是多少 m²/s²？（g 取 10 m/s²）",
        "m²/s²",
        {"h": span(1, 200)},
        lambda h: 20 * h,
        "mgh = ½mv²，v² = 2 × 10 × {h} = {y}。",
        ((lambda h: 10 * h, "v² = 2gh，漏乘了 2。"),),
        ("重力势能全部变成动能。", "mgh = ½mv²。"),
        0.52,
    ),
    Law(
        "physics.kinetic_potential",
        "一个物体速度变为原来的 {k} 倍，质量不变，动能变为原来的多少倍？",
        "倍",
        {"k": span(2, 12)},
        lambda k: k * k,
        "动能与速度的平方成正比：{k}² = {y}（倍）。",
        ((lambda k: k, "动能与速度的平方成正比。"), (lambda k: 2 * k, "是平方，不是乘 2。")),
        ("动能与速度的平方成正比。", "算一算平方。"),
        0.5,
    ),
    Law(
        "physics.pendulum",
        "单摆的摆长变为原来的 {k} 倍，周期变为原来的多少倍？",
        "倍",
        {"k": ("4", "9", "16", "25", "36", "49", "64", "81", "100")},
        lambda k: Fraction(round(float(k) ** 0.5)),
        "周期与摆长的平方根成正比：√{k} = {y}。",
        ((lambda k: k, "周期与摆长的平方根成正比。"), (lambda k: k / 2, "是开平方，不是除以 2。")),
        ("周期与摆长的平方根成正比。", "开平方。"),
        0.5,
    ),
    Law(
        "physics.reflection",
        "入射光线与镜面的夹角是 {a}°，反射角是多少度？",
        "°",
        {"a": span(5, 85)},
        lambda a: 90 - a,
        "入射角 = 90° − {a}° = {y}°，反射角等于入射角。",
        ((lambda a: a, "入射角是光线与法线的夹角，不是与镜面的夹角。"), (lambda a: 2 * a, "先求入射角。")),
        ("法线与镜面垂直。", "反射角等于入射角。"),
        0.45,
    ),
    Law(
        "physics.plane_mirror",
        "小明站在平面镜前 {d} m 处，他与镜中的像相距多少米？",
        "m",
        {"d": span(5, 80, 1, 10)},
        lambda d: 2 * d,
        "像与物到镜面距离相等：{d} × 2 = {y}（m）。",
        ((lambda d: d, "这是像到镜面的距离。"),),
        ("像到镜面多远？", "两段距离相加。"),
        0.35,
    ),
    Law(
        "chemistry.solute_fraction",
        "把 {a} g 食盐溶解在 {b} g 水中，溶质的质量分数是百分之几？（只填百分号前的数）",
        "%",
        {"a": span(5, 60, 5), "b": span(20, 240, 5)},
        lambda a, b: 100 * a / (a + b),
        "{a} ÷ ({a} + {b}) × 100% = {y}%。",
        ((lambda a, b: 100 * a / b, "分母是溶液的质量，不是水的质量。"),),
        ("溶液质量 = 溶质 + 溶剂。", "溶质质量除以溶液质量。"),
        0.48,
    ),
    Law(
        "chemistry.dilution",
        "要把 {m} g 质量分数为 {p}% 的溶液稀释成 {q}%，需加水多少克？",
        "g",
        {"m": span(20, 300, 10), "p": span(20, 60, 10), "q": ("4", "5", "8", "10", "15")},
        lambda m, p, q: m * p / q - m,
        "稀释前后溶质不变：{m} × {p}% ÷ {q}% − {m} = {y}（g）。",
        ((lambda m, p, q: m * p / q, "这是稀释后溶液的质量，还要减去原溶液。"),),
        ("溶质质量不变。", "先求稀释后溶液的质量。"),
        0.58,
    ),
    Law(
        "chemistry.solubility",
        "20 ℃ 时某固体的溶解度是 {s} g，{w} g 水中最多能溶解多少克？",
        "g",
        {"s": span(10, 90, 2), "w": span(20, 500, 10)},
        lambda s, w: s * w / 100,
        "{s} × {w} ÷ 100 = {y}（g）。",
        ((lambda s, w: s, "溶解度是 100 g 水中溶解的质量，水的质量变了。"),),
        ("溶解度对应 100 g 水。", "按比例计算。"),
        0.45,
    ),
    Law(
        "chemistry.mass_conservation",
        "{a} g 物质 A 与 {b} g 物质 B 恰好完全反应，只生成 C 和 {d} g D，生成 C 多少克？",
        "g",
        {"a": span(2, 60), "b": span(3, 80), "d": span(1, 4)},
        lambda a, b, d: a + b - d,
        "{a} + {b} − {d} = {y}（g）。",
        (
            (lambda a, b, d: a + b + d, "反应前后总质量相等，要减去 D 的质量。"),
            (lambda a, b, d: a + b, "生成物还有 D。"),
        ),
        ("反应前总质量等于反应后总质量。", "从总质量中减去 D。"),
        0.42,
    ),
    Law(
        "chemistry.mole",
        "{m} g 水（摩尔质量 18 g/mol）的物质的量是多少 mol？",
        "mol",
        {"m": span(9, 900, 9)},
        lambda m: m / 18,
        "n = m/M = {m} ÷ 18 = {y}（mol）。",
        ((lambda m: 18 * m, "物质的量 = 质量 ÷ 摩尔质量。"),),
        ("n = m/M。", "质量除以摩尔质量。"),
        0.45,
    ),
    Law(
        "chemistry.concentration",
        "把 {n} mol 氯化钠溶于水配成 {v} L 溶液，物质的量浓度是多少 mol/L？",
        "mol/L",
        {
            "n": span(1, 40, 1, 10),
            "v": ("0.1", "0.2", "0.25", "0.4", "0.5", "0.8", "1", "2", "2.5", "4", "5"),
        },
        lambda n, v: n / v,
        "c = n/V = {n} ÷ {v} = {y}（mol/L）。",
        ((lambda n, v: n * v, "浓度是物质的量除以溶液体积。"), (lambda n, v: v / n, "分子和分母反了。")),
        ("c = n/V。", "体积是溶液的体积。"),
        0.48,
    ),
    Law(
        "chemistry.reaction_rate",
        "某反应物的浓度在 {t} s 内由 {a} mol/L 降到 {b} mol/L，平均反应速率是多少 mol/(L·s)？",
        "mol/(L·s)",
        {"a": span(20, 50, 1, 10), "b": span(2, 18, 1, 10), "t": ("2", "4", "5", "8", "10", "20")},
        lambda a, b, t: (a - b) / t,
        "({a} − {b}) ÷ {t} = {y}。",
        ((lambda a, b, t: a / t, "要用浓度的变化量。"),),
        ("先求浓度的变化量。", "再除以时间。"),
        0.48,
    ),
    Law(
        "chemistry.air",
        "一间教室的空气体积是 {v} m³，其中氧气约有多少立方米？（氧气约占 21%）",
        "m³",
        {"v": span(50, 400, 5)},
        lambda v: v * 21 / 100,
        "{v} × 21% = {y}（m³）。",
        ((lambda v: v * 78 / 100, "78% 是氮气的体积分数。"),),
        ("氧气约占空气体积的 21%。", "用总体积乘百分数。"),
        0.35,
    ),
    Law(
        "chemistry.electrolysis",
        "电解水时负极产生氢气 {v} mL，正极约产生氧气多少毫升？",
        "mL",
        {"v": span(4, 120, 2)},
        lambda v: v / 2,
        "氢气与氧气体积比约为 2∶1：{v} ÷ 2 = {y}（mL）。",
        ((lambda v: 2 * v, "氢气多，氧气少，体积比是 2∶1。"), (lambda v: v, "两极气体的体积不相等。")),
        ("正氧负氢，体积比 1∶2。", "氧气是氢气的一半。"),
        0.4,
    ),
    Law(
        "biology.microscope",
        "显微镜的目镜是 {a} 倍，物镜是 {b} 倍，放大倍数是多少？",
        "倍",
        {"a": ("5", "8", "10", "12.5", "15", "16", "20"), "b": ("4", "8", "10", "20", "40", "60", "100")},
        lambda a, b: a * b,
        "{a} × {b} = {y}（倍）。",
        ((lambda a, b: a + b, "放大倍数是两个倍数的积。"),),
        ("目镜倍数乘物镜倍数。", "相乘，不是相加。"),
        0.3,
    ),
    Law(
        "biology.food_chain",
        "某食物链中能量传递效率按 {p}% 计算，生产者固定 {e} kJ，第二营养级约能获得多少千焦？",
        "kJ",
        {"p": ("10", "15", "20"), "e": span(200, 9000, 100)},
        lambda p, e: p * e / 100,
        "{e} × {p}% = {y}（kJ）。",
        ((lambda p, e: e - p * e / 100, "大部分能量没有传到下一级。"),),
        ("能量逐级递减。", "乘传递效率。"),
        0.45,
    ),
    Law(
        "biology.dna_pairs",
        "某段双链 DNA 中有 {n} 个碱基对，其中腺嘌呤（A）有 {a} 个，鸟嘌呤（G）有多少个？",
        "个",
        {"n": span(100, 900, 10), "a": span(20, 98)},
        lambda n, a: n - a,
        "A = T，G = C，A + G 等于碱基对数：{n} − {a} = {y}。",
        (
            (lambda n, a: 2 * n - a, "碱基总数是 2 倍，A 和 T 要一起减。"),
            (lambda n, a: a, "与 A 相等的是 T。"),
        ),
        ("A 与 T 配对，G 与 C 配对。", "A + G 占碱基总数的一半。"),
        0.5,
    ),
    Law(
        "biology.chromosome",
        "某生物体细胞中有 {n} 对染色体，它的生殖细胞中有多少条染色体？",
        "条",
        {"n": span(4, 60)},
        lambda n: n,
        "生殖细胞的染色体减半：{n} 对变为 {y} 条。",
        (
            (lambda n: 2 * n, "这是体细胞中的条数，生殖细胞要减半。"),
            (lambda n: n / 2, "体细胞是 n 对，即 2n 条，减半后是 n 条。"),
        ),
        ("体细胞有多少条？", "生殖细胞减半。"),
        0.4,
    ),
    Law(
        "geography.temperature_altitude",
        "山脚海拔 {a} 米处气温 {t} ℃，海拔 {b} 米的山顶气温约多少摄氏度？",
        "℃",
        {"a": span(0, 800, 100), "b": span(1000, 4000, 100), "t": span(12, 32)},
        lambda a, b, t: t - (b - a) * 6 / 1000,
        "高差 ({b} − {a}) 米，每升高 100 米降 0.6 ℃，{t} − ({b} − {a}) ÷ 100 × 0.6 = {y}（℃）。",
        ((lambda a, b, t: t + (b - a) * 6 / 1000, "海拔升高，气温下降。"),),
        ("每升高 100 米约降 0.6 ℃。", "先求高差。"),
        0.48,
    ),
    Law(
        "geography.time_zone",
        "甲地在乙地以东，相隔 {d} 个时区。乙地是 {h} 时，甲地是同一天的几时？",
        "时",
        {"d": span(1, 9), "h": span(1, 14)},
        lambda d, h: h + d,
        "东边的时刻早：{h} + {d} = {y}（时）。",
        ((lambda d, h: h - d, "东边的时刻更早到来，要加。"),),
        ("相邻时区相差 1 小时。", "东加西减。"),
        0.45,
    ),
    Law(
        "geography.contour",
        "等高线图上，甲点海拔 {a} 米，乙点海拔 {b} 米，两点的相对高度是多少米？",
        "米",
        {"a": span(100, 4900, 50), "b": span(50, 3000, 50)},
        lambda a, b: abs(a - b),
        "{a} 与 {b} 的差是 {y}（米）。",
        ((lambda a, b: a + b, "相对高度是两点海拔的差。"),),
        ("相对高度是高差。", "用大数减小数。"),
        0.35,
    ),
    Law(
        "history.timeline",
        "公元前 {a} 年到公元 {b} 年一共经过多少年？",
        "年",
        {"a": span(100, 1000, 1), "b": span(100, 2000, 1)},
        lambda a, b: a + b - 1,
        "没有公元 0 年：{a} + {b} − 1 = {y}（年）。",
        (
            (lambda a, b: a + b, "没有公元 0 年，要减 1。"),
            (lambda a, b: abs(a - b), "公元前和公元后要相加。"),
        ),
        ("画一条时间轴。", "没有公元 0 年。"),
        0.5,
    ),
    Law(
        "it.storage_units",
        "{n} MB 等于多少 KB？（1 MB = 1024 KB）",
        "KB",
        {"n": span(1, 64)},
        lambda n: 1024 * n,
        "{n} × 1024 = {y}（KB）。",
        ((lambda n: 1000 * n, "这里 1 MB = 1024 KB。"),),
        ("1 MB = 1024 KB。", "大单位换小单位用乘法。"),
        0.35,
    ),
    Law(
        "it.python_loops",
        "执行：s = 0，再 for i in range({n}): s = s + i，最后 s 的值是多少？",
        "",
        {"n": span(3, 40)},
        lambda n: n * (n - 1) / 2,
        "i 依次取 0 到 {n} − 1，和是 {y}。",
        ((lambda n: n * (n + 1) / 2, "range(n) 不包含 n。"), (lambda n: n, "累加的是 i 的值，不是次数。")),
        ("i 从 0 开始。", "range(n) 不含 n。"),
        0.5,
    ),
    Law(
        "it.loop_trace",
        "程序重复执行 {n} 次：“向前走 {a} 步，后退 {b} 步”。一共前进了多少步？",
        "步",
        {"n": span(2, 20), "a": span(4, 15), "b": span(1, 3)},
        lambda n, a, b: n * (a - b),
        "每次净前进 {a} − {b} 步，{n} 次共 {y} 步。",
        ((lambda n, a, b: n * a - b, "每次循环都要后退。"), (lambda n, a, b: n * (a + b), "后退要减。")),
        ("先算一次循环的结果。", "再乘次数。"),
        0.38,
    ),
    Law(
        "it.python_variables",
        "依次执行 a = {x}，b = {y0}，a = a + b，b = a − b，最后 b 的值是多少？",
        "",
        {"x": span(2, 90), "y0": span(3, 80)},
        lambda x, y0: x,
        "a 变为 {x} + {y0}，b = a − {y0} = {y}。",
        ((lambda x, y0: x - y0, "b = a − b 用的是新的 a。"), (lambda x, y0: y0, "b 已经被重新赋值。")),
        ("一步一步写出变量的值。", "赋值后旧值被覆盖。"),
        0.45,
    ),
    Law(
        "science.moon",
        "新月后约 15 天是满月。满月后第 {n} 天，离新月大约过了多少天？",
        "天",
        {"n": span(1, 12)},
        lambda n: 15 + n,
        "新月到满月约 15 天，再过 {n} 天是 {y} 天。",
        ((lambda n: 30 + n, "满月在周期的一半。"),),
        ("新月到满月约半个周期。", "再加上过去的天数。"),
        0.35,
    ),
]

MOST_DECIMALS = 3


def _law(law: Law) -> Callable[[Random], Question]:
    def draw(rng: Random) -> Question:
        shown = {name: rng.choice(values) for name, values in law.ranges.items()}
        known = {name: Fraction(v) for name, v in shown.items() if v.replace(".", "").isdigit()}
        y = law.answer(**known)
        if (
            (y * 10**MOST_DECIMALS).denominator != 1
            or y > law.most
            or (y <= 0 and not law.point.startswith("geography"))
        ):
            raise Ambiguous
        slips = [(round(float(slip(**known)), 4), feedback) for slip, feedback in law.slips]
        prompt = law.prompt.format(**shown)
        return number(
            prompt,
            float(y),
            list(slips),
            why=law.working.format(**shown, y=written(float(y))),
            hints=law.hints,
            unit=law.unit,
            tolerance=0.001,
            label="，".join(f"{v}" for v in shown.values()) + (f" {law.unit}" if law.unit else ""),
        )

    return draw


for _number, _each in enumerate(LAWS):
    generator(
        _each.point,
        difficulty=_each.difficulty,
        minutes=2 if _each.difficulty >= 0.5 else 1.5,
        name=f"{_each.point}:law{_number}",
    )(_law(_each))


ATOMIC_MASS: dict[str, int | Fraction] = {
    "H": 1,
    "C": 12,
    "N": 14,
    "O": 16,
    "Na": 23,
    "Mg": 24,
    "Al": 27,
    "S": 32,
    "Cl": Fraction(71, 2),
    "Ca": 40,
    "Fe": 56,
    "Cu": 64,
    "K": 39,
}
COMPOUNDS: list[tuple[str, str, dict[str, int]]] = [
    ("水", "H₂O", {"H": 2, "O": 1}),
    ("二氧化碳", "CO₂", {"C": 1, "O": 2}),
    ("氨气", "NH₃", {"N": 1, "H": 3}),
    ("甲烷", "CH₄", {"C": 1, "H": 4}),
    ("氧化镁", "MgO", {"Mg": 1, "O": 1}),
    ("氧化钙", "CaO", {"Ca": 1, "O": 1}),
    ("氧化铁", "Fe₂O₃", {"Fe": 2, "O": 3}),
    ("碳酸钙", "CaCO₃", {"Ca": 1, "C": 1, "O": 3}),
    ("硫酸", "H₂SO₄", {"H": 2, "S": 1, "O": 4}),
    ("氢氧化钠", "NaOH", {"Na": 1, "O": 1, "H": 1}),
    ("氢氧化钙", "Ca(OH)₂", {"Ca": 1, "O": 2, "H": 2}),
    ("氧化铝", "Al₂O₃", {"Al": 2, "O": 3}),
    ("碳酸钠", "Na₂CO₃", {"Na": 2, "C": 1, "O": 3}),
    ("二氧化硫", "SO₂", {"S": 1, "O": 2}),
    ("氧化铜", "CuO", {"Cu": 1, "O": 1}),
    ("硫酸铜", "CuSO₄", {"Cu": 1, "S": 1, "O": 4}),
    ("过氧化氢", "H₂O₂", {"H": 2, "O": 2}),
    ("硝酸铵", "NH₄NO₃", {"N": 2, "H": 4, "O": 3}),
    ("尿素", "CO(NH₂)₂", {"C": 1, "O": 1, "N": 2, "H": 4}),
    ("一氧化碳", "CO", {"C": 1, "O": 1}),
    ("四氧化三铁", "Fe₃O₄", {"Fe": 3, "O": 4}),
    ("葡萄糖", "C₆H₁₂O₆", {"C": 6, "H": 12, "O": 6}),
    ("乙醇", "C₂H₅OH", {"C": 2, "H": 6, "O": 1}),
    ("氯化氢", "HCl", {"H": 1, "Cl": 1}),
    ("氯化钠", "NaCl", {"Na": 1, "Cl": 1}),
]


def formula_mass(atoms: dict[str, int]) -> Fraction:
    """Return the relative molecular mass of a compound."""
    return sum((Fraction(ATOMIC_MASS[a]) * n for a, n in atoms.items()), Fraction(0))


@generator("chemistry.formula_mass", difficulty=0.42, minutes=1.5)
def relative_mass(rng: Random) -> Question:
    """Add up a relative molecular mass."""
    name, formula, atoms = rng.choice(COMPOUNDS)
    total = formula_mass(atoms)
    count = rng.randint(1, 5)
    given = "，".join(f"{a} {written(float(ATOMIC_MASS[a]))}" for a in atoms)
    whole = total * count
    prefix = "" if count == 1 else str(count)
    return number(
        f"{name}（{formula}）的相对原子质量：{given}。{prefix}{formula} 的相对分子质量总和是多少？",
        float(whole),
        [
            (float(sum(Fraction(ATOMIC_MASS[a]) for a in atoms) * count), "每种原子要乘它的个数。"),
            (
                float(total) if count > 1 else float(total) + 1,
                "化学式前的数字也要乘上。" if count > 1 else "再加一遍，检查每一项。",
            ),
        ],
        why=" + ".join(f"{written(float(ATOMIC_MASS[a]))}×{n}" for a, n in atoms.items())
        + f" = {written(float(total))}"
        + (f"，再乘 {count} 得 {written(float(whole))}。" if count > 1 else "。"),
        hints=["每种原子有几个？", "相对原子质量乘个数，再相加。"],
        label=f"{prefix}{formula}",
    )


@generator("chemistry.mass_fraction", difficulty=0.5, minutes=2)
def element_share(rng: Random) -> Question:
    """Find the mass of an element in a compound."""
    name, formula, atoms = rng.choice(COMPOUNDS)
    element = rng.choice(sorted(atoms))
    total, part = formula_mass(atoms), Fraction(ATOMIC_MASS[element]) * atoms[element]
    k = rng.randint(1, 40)
    return number(
        f"{written(float(total * k))} g {name}（{formula}）中含 {element} 元素多少克？（相对原子质量：{'，'.join(f'{a} {written(float(ATOMIC_MASS[a]))}' for a in atoms)}）",
        float(part * k),
        [
            (float(Fraction(ATOMIC_MASS[element]) * k), f"{element} 原子有 {atoms[element]} 个，要乘个数。"),
            (float((total - part) * k), "这是其余元素的质量。"),
        ],
        why=f"{element} 的质量分数是 {written(float(part))}/{written(float(total))}，乘总质量得 {written(float(part * k))} g。",
        hints=["先求元素的质量分数。", "再乘化合物的质量。"],
        unit="g",
        label=f"{written(float(total * k))} g {formula} 中的 {element}",
    )


VALENCES = {"Na": 1, "K": 1, "Mg": 2, "Ca": 2, "Al": 3, "Zn": 2, "Ag": 1, "Ba": 2}
ANIONS = {"Cl": 1, "O": 2, "S": 2, "F": 1, "Br": 1}


@generator("chemistry.valence", difficulty=0.45)
def valence(rng: Random) -> Question:
    """Find the valence of an element in an oxide or chloride."""
    table = [
        ("MnO₂", "Mn", 4),
        ("KMnO₄", "Mn", 7),
        ("K₂MnO₄", "Mn", 6),
        ("H₂SO₄", "S", 6),
        ("H₂SO₃", "S", 4),
        ("SO₂", "S", 4),
        ("SO₃", "S", 6),
        ("HNO₃", "N", 5),
        ("NO₂", "N", 4),
        ("NH₃", "N", -3),
        ("CO₂", "C", 4),
        ("CO", "C", 2),
        ("CH₄", "C", -4),
        ("H₂CO₃", "C", 4),
        ("KClO₃", "Cl", 5),
        ("NaClO", "Cl", 1),
        ("HClO₄", "Cl", 7),
        ("Fe₂O₃", "Fe", 3),
        ("FeCl₂", "Fe", 2),
        ("P₂O₅", "P", 5),
        ("Na₂CO₃", "C", 4),
        ("CaCO₃", "C", 4),
        ("HCl", "Cl", -1),
        ("Al₂O₃", "Al", 3),
        ("CuSO₄", "S", 6),
        ("N₂O", "N", 1),
        ("ClO₂", "Cl", 4),
        ("H₂S", "S", -2),
    ]
    formula, element, v = rng.choice(table)

    def sign(n: int) -> str:
        return f"{'+' if n > 0 else '−'}{abs(n)}"

    return choice(
        rng,
        f"{formula} 中 {element} 元素的化合价是多少？",
        sign(v),
        [
            (sign(n), "化合物中各元素正负化合价的代数和为零，再算一次。")
            for n in rng.sample([n for n in (-v, v + 1, v - 2, v + 2, v - 1) if n not in (0, v)], 3)
        ],
        why=f"设 {element} 的化合价为 x，各元素化合价的代数和为零，解得 x = {sign(v)}。",
        hints=["氧通常是 −2 价，氢通常是 +1 价。", "代数和为零。"],
        label=f"{formula} 中的 {element}",
    )


@generator("chemistry.chemical_formula", difficulty=0.45)
def build_formula(rng: Random) -> Question:
    """Write a formula from two valences."""
    metal, other = rng.choice(sorted(VALENCES)), rng.choice(sorted(ANIONS))
    m, n = VALENCES[metal], ANIONS[other]
    g = gcd(m, n)
    low = str.maketrans("123", " ₂₃")

    def spelled(a: int, b: int) -> str:
        return f"{metal}{str(a).translate(low).strip()}{other}{str(b).translate(low).strip()}"

    answer = spelled(n // g, m // g)
    return choice(
        rng,
        f"{metal} 显 +{m} 价，{other} 显 −{n} 价，它们组成的化合物的化学式是？",
        answer,
        [
            (spelled(m // g, n // g), "交叉写原子个数：对方的化合价数作为自己的个数。"),
            (spelled(n // g + 1, m // g), "检查正负化合价的代数和是否为零。"),
            (spelled(n // g, m // g + 1), "检查正负化合价的代数和是否为零。"),
        ],
        why=f"+{m} × {n // g} 与 −{n} × {m // g} 的代数和为零，化学式是 {answer}。",
        hints=["正价写在前，负价写在后。", "正负化合价的代数和为零。"],
        label=f"{metal}（+{m}）与 {other}（−{n}）",
    )


EQUATIONS: list[tuple[list[str], list[str], list[int]]] = [
    (["H₂", "O₂"], ["H₂O"], [2, 1, 2]),
    (["Mg", "O₂"], ["MgO"], [2, 1, 2]),
    (["Fe", "O₂"], ["Fe₃O₄"], [3, 2, 1]),
    (["P", "O₂"], ["P₂O₅"], [4, 5, 2]),
    (["KClO₃"], ["KCl", "O₂"], [2, 2, 3]),
    (["H₂O₂"], ["H₂O", "O₂"], [2, 2, 1]),
    (["CH₄", "O₂"], ["CO₂", "H₂O"], [1, 2, 1, 2]),
    (["Al", "O₂"], ["Al₂O₃"], [4, 3, 2]),
    (["Fe₂O₃", "CO"], ["Fe", "CO₂"], [1, 3, 2, 3]),
    (["Al", "HCl"], ["AlCl₃", "H₂"], [2, 6, 2, 3]),
    (["C₂H₅OH", "O₂"], ["CO₂", "H₂O"], [1, 3, 2, 3]),
    (["N₂", "H₂"], ["NH₃"], [1, 3, 2]),
    (["Na", "Cl₂"], ["NaCl"], [2, 1, 2]),
    (["Zn", "HCl"], ["ZnCl₂", "H₂"], [1, 2, 1, 1]),
    (["CuO", "C"], ["Cu", "CO₂"], [2, 1, 2, 1]),
    (["NaOH", "H₂SO₄"], ["Na₂SO₄", "H₂O"], [2, 1, 1, 2]),
    (["Na", "H₂O"], ["NaOH", "H₂"], [2, 2, 2, 1]),
    (["CaCO₃", "HCl"], ["CaCl₂", "H₂O", "CO₂"], [1, 2, 1, 1, 1]),
    (["C", "O₂"], ["CO"], [2, 1, 2]),
    (["SO₂", "O₂"], ["SO₃"], [2, 1, 2]),
]


@generator("chemistry.balance_equation", difficulty=0.55, minutes=2)
def balance(rng: Random) -> Question:
    """Balance an equation."""
    left, right, coefficients = rng.choice(EQUATIONS)
    which = rng.randrange(len(coefficients))
    species = [*left, *right][which]
    shown = f"{' + '.join(left)} → {' + '.join(right)}"
    done = [f"{c if c > 1 else ''}{s}" for c, s in zip(coefficients, [*left, *right], strict=True)]
    whole = f"{' + '.join(done[: len(left)])} = {' + '.join(done[len(left) :])}"
    return number(
        f"用最小的整数配平：{shown}。{species} 前面的系数是多少？",
        coefficients[which],
        [
            (coefficients[which] * 2, "系数要约成最小的整数。"),
            (coefficients[which] + 1, "数一数两边每种原子的个数。"),
        ],
        why=f"配平后是 {whole}，{species} 前面的系数是 {coefficients[which]}。",
        hints=["数一数两边每种原子的个数。", "先配出现次数少的原子。"],
        label=f"{shown}，{species}",
    )


@generator("chemistry.equation_mass", difficulty=0.6, minutes=3)
def equation_mass(rng: Random) -> Question:
    """Calculate masses from an equation."""
    prompt, rate_in, rate_out, given, asked = rng.choice(
        [
            ("电解水 2H₂O = 2H₂ + O₂", 36, 32, "水", "氧气"),
            ("镁燃烧 2Mg + O₂ = 2MgO", 48, 80, "镁", "氧化镁"),
            ("高温煅烧石灰石 CaCO₃ = CaO + CO₂", 100, 56, "碳酸钙", "氧化钙"),
            ("碳酸钙与盐酸反应 CaCO₃ + 2HCl = CaCl₂ + H₂O + CO₂", 100, 44, "碳酸钙", "二氧化碳"),
            ("甲烷燃烧 CH₄ + 2O₂ = CO₂ + 2H₂O", 16, 36, "甲烷", "水"),
            ("过氧化氢分解 2H₂O₂ = 2H₂O + O₂", 68, 32, "过氧化氢", "氧气"),
        ]
    )
    k = Fraction(rng.randint(1, 60), rng.choice([1, 2, 5, 10]))
    x, y = rate_in * k, rate_out * k
    return number(
        f"{prompt}：完全反应 {written(float(x))} g {given}，生成{asked}多少克？",
        float(y),
        [
            (float(x), "反应物和某一种生成物的质量不一定相等，要列比例式。"),
            (round(float(rate_in * x / rate_out), 3), "比例式中反应物与生成物的位置反了。"),
        ],
        why=f"{given}与{asked}的质量比是 {rate_in}∶{rate_out}，{written(float(x))} × {rate_out} ÷ {rate_in} = {written(float(y))}（g）。",
        hints=["找出两种物质的质量比。", "列比例式求解。"],
        unit="g",
        tolerance=0.01,
        label=f"{written(float(x))} g {given}生成{asked}",
    )


@generator("it.binary", difficulty=0.45)
def binary(rng: Random) -> Question:
    """Convert between binary and decimal."""
    n = rng.randint(5, 127)
    if rng.random() < 0.5:
        return number(
            f"二进制数 {n:b} 等于十进制的多少？",
            n,
            [
                (sum(map(int, f"{n:b}")), "不是把数字相加，每一位有不同的权。"),
                (int(f"{n:b}"[::-1], 2), "从右往左，权依次是 1、2、4、8……"),
            ],
            why=" + ".join(str(1 << i) for i, d in enumerate(f"{n:b}"[::-1]) if d == "1") + f" = {n}。",
            hints=["从右往左写出 1、2、4、8……", "把 1 对应的权相加。"],
            label=f"二进制 {n:b}",
        )
    return text(
        f"十进制数 {n} 写成二进制是多少？",
        [f"{n:b}"],
        [(f"{n:b}"[::-1], "余数要从下往上读。"), (f"{n + 1:b}", "用除以 2 取余的方法再算一次。")],
        why=f"不断除以 2 取余，从下往上读：{n:b}。",
        hints=["不断除以 2，记下余数。", "从最后一个余数读起。"],
        label=f"十进制 {n}",
    )


@generator("it.encoding", difficulty=0.4)
def codes(rng: Random) -> Question:
    """Count what a number of bits can tell apart."""
    bits = rng.randint(2, 12)
    what = rng.choice(["种颜色", "个房间", "名学生", "种图案", "本图书"])
    need = rng.randint(2 ** (bits - 1) + 1, 2**bits)
    return number(
        f"用二进制给 {need} {what}编码，每个编码一样长，至少需要多少位？",
        bits,
        [
            (bits - 1, f"{bits - 1} 位只能表示 {2 ** (bits - 1)} 种。"),
            (need, "一位可以表示 2 种，多一位就多一倍。"),
        ],
        why=f"{bits - 1} 位能表示 {2 ** (bits - 1)} 种，{bits} 位能表示 {2**bits} 种，至少 {bits} 位。",
        hints=["n 位能表示 2 的 n 次方种。", "从 2 的乘方里找第一个够用的。"],
        unit="位",
        label=f"{need} {what}编码",
    )


@generator("it.spreadsheet", difficulty=0.35)
def sheet(rng: Random) -> Question:
    """Evaluate a spreadsheet function."""
    data = [rng.randint(2, 40) for _ in range(rng.choice([4, 5]))]
    name = rng.choice(["SUM", "AVERAGE", "MAX", "MIN", "COUNT"])
    values: dict[str, int | Fraction] = {
        "SUM": sum(data),
        "AVERAGE": Fraction(sum(data), len(data)),
        "MAX": max(data),
        "MIN": min(data),
        "COUNT": len(data),
    }
    meaning = {
        "SUM": "求和",
        "AVERAGE": "求平均值",
        "MAX": "求最大值",
        "MIN": "求最小值",
        "COUNT": "统计数字个数",
    }
    v = values[name]
    if (Fraction(v) * 100).denominator != 1:
        raise Ambiguous
    return number(
        f"单元格 A1 到 A{len(data)} 依次是 {'、'.join(map(str, data))}，公式 ={name}(A1:A{len(data)}) 的结果是多少？",
        float(v),
        [
            (float(w), f"这是 {n} 的结果，{n} {meaning[n]}。")
            for n, w in values.items()
            if n != name and (Fraction(w) * 100).denominator == 1
        ],
        why=f"{name} {meaning[name]}，结果是 {written(float(v))}。",
        hints=[f"{name} 是什么意思？", "看清区域里有哪些数。"],
        label=f"={name}，{'、'.join(map(str, data))}",
    )


@generator("biology.inheritance", difficulty=0.55, minutes=2)
def offspring(rng: Random) -> Question:
    """Find the chance of a trait in the next generation."""
    cross, share, why = rng.choice(
        [
            ("Aa × Aa", "1/4", "子代基因型 AA、Aa、Aa、aa，隐性占 1/4"),
            ("Aa × aa", "1/2", "子代基因型 Aa、aa 各占一半"),
            ("AA × aa", "0", "子代全是 Aa，没有隐性性状"),
            ("AA × Aa", "0", "子代是 AA 和 Aa，没有隐性性状"),
            ("aa × aa", "1", "子代全是 aa，全部表现隐性性状"),
        ]
    )
    trait = rng.choice(
        [
            "单眼皮（双眼皮为显性）",
            "无耳垂（有耳垂为显性）",
            "豌豆矮茎（高茎为显性）",
            "豌豆皱粒（圆粒为显性）",
            "不能卷舌（能卷舌为显性）",
        ]
    )
    return choice(
        rng,
        f"显性基因用 A、隐性基因用 a 表示，亲代基因型是 {cross}，子代表现{trait}的可能性是多少？",
        share,
        [(s, f"画出遗传图解：{why}。") for s in ("1/4", "1/2", "3/4", "0", "1")],
        why=f"{why}。",
        hints=["写出亲代产生的配子。", "隐性性状要两个隐性基因。"],
        label=f"{cross}，{trait[:4]}",
    )


generator("biology.mendel", difficulty=0.58, minutes=2, name="biology.mendel:offspring")(offspring)
