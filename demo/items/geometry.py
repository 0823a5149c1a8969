"""Shapes, measures and angles."""

from decimal import Decimal
from fractions import Fraction
from random import Random

from demo.items.question import Ambiguous, Question, choice, generator, number, photo

PI = Decimal("3.14")
TRIPLES = [(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41)]


def plain(value: Decimal) -> str:
    """Return *value* without trailing zeros."""
    return f"{value.normalize():f}"


def kind_of_angle(degrees: int) -> str:
    """Return the name of an angle of *degrees* (1 to 360)."""
    if degrees < 90:
        return "锐角"
    return {90: "直角", 180: "平角", 360: "周角"}.get(degrees, "钝角")


def _name_angle(rng: Random, names: tuple[str, ...]) -> Question:
    degrees = rng.choice([*range(5, 90, 3), 90, *range(92, 180, 3), *([180, 360] if len(names) > 3 else [])])
    answer = kind_of_angle(degrees)
    place = rng.choice(["钟面上两针所成的角", "剪刀张开的角", "扇子打开的角", "书本翻开的角", "一个角"])
    return choice(
        rng,
        f"{place}是 {degrees}°，它是什么角？",
        answer,
        [(n, f"{degrees}° 不是{n}：和 90°、180° 比一比。") for n in names],
        why=f"直角是 90°，平角是 180°。{degrees}° 是{answer}。",
        hints=["先和 90° 比。", "再和 180° 比。"],
        label=f"{place} {degrees}°",
    )


@generator("math.angle_kinds", difficulty=0.15)
def angle_kinds(rng: Random) -> Question:
    """Name right, acute and obtuse angles."""
    return _name_angle(rng, ("锐角", "直角", "钝角"))


@generator("math.angle_measure", difficulty=0.28)
def angle_measure(rng: Random) -> Question:
    """Name any angle by its measure."""
    return _name_angle(rng, ("锐角", "直角", "钝角", "平角", "周角"))


@generator("math.parallel_perp", difficulty=0.3)
def parallel(rng: Random) -> Question:
    """Tell parallel from perpendicular."""
    m, n = rng.sample("abcdmnpq", 2)
    k = next(c for c in "xyz" if c not in (m, n))
    case = rng.randrange(3)
    given, answer = [
        (f"{m} ∥ {k}，{n} ∥ {k}", "互相平行"),
        (f"{m} ⊥ {k}，{n} ⊥ {k}", "互相平行"),
        (f"{m} ∥ {k}，{n} ⊥ {k}", "互相垂直"),
    ][case]
    return choice(
        rng,
        f"在同一平面内，直线 {given}，那么 {m} 与 {n} 的位置关系是？",
        answer,
        [
            ("互相平行", f"画一画：{n} 与 {k} 垂直。"),
            ("互相垂直", f"画一画：{m} 和 {n} 与 {k} 的关系相同。"),
            ("不能确定", "在同一平面内，关系可以确定，画图看一看。"),
        ],
        why=f"画图可知，{m} 与 {n} {answer}。",
        hints=["先画出直线 " + k + "。", "再画另外两条直线。"],
        label=given,
    )


@generator("math.perimeter", difficulty=0.3)
def perimeter(rng: Random) -> Question:
    """Find a perimeter."""
    a, b = rng.randint(3, 60), rng.randint(2, 40)
    place = rng.choice(["长方形花坛", "长方形菜地", "长方形相框", "长方形操场", "长方形桌面"])
    unit = "厘米" if place in {"长方形相框", "长方形桌面"} else "米"
    if a <= b:
        raise Ambiguous
    return number(
        f"一个{place}长 {a} {unit}，宽 {b} {unit}，周长是多少{unit}？",
        2 * (a + b),
        [(a * b, "这是面积，周长是四条边的长度之和。"), (a + b, "长和宽各有两条，还要乘 2。")],
        why=f"({a} + {b}) × 2 = {2 * (a + b)}（{unit}）。",
        hints=["周长是一圈的长度。", "长方形有两条长和两条宽。"],
        unit=unit,
        label=f"{place} {a}×{b} 的周长",
    )


@generator("math.area_rect", difficulty=0.33)
def area_rect(rng: Random) -> Question:
    """Find an area, or a side from an area."""
    a, b = rng.randint(3, 40), rng.randint(2, 30)
    if a <= b:
        raise Ambiguous
    if rng.random() < 0.6:
        return number(
            f"一块长方形地长 {a} 米，宽 {b} 米，面积是多少平方米？",
            a * b,
            [(2 * (a + b), "这是周长，面积要用长乘宽。"), (a + b, "面积等于长乘宽。")],
            why=f"{a} × {b} = {a * b}（平方米）。",
            hints=["面积等于长乘宽。", "注意单位是平方米。"],
            unit="平方米",
            label=f"{a}×{b} 的面积",
        )
    return number(
        f"一块长方形地面积是 {a * b} 平方米，长 {a} 米，宽是多少米？",
        b,
        [(a * b - a, "已知面积和长，求宽用除法。"), (a * b // 2 - a, "这里给的是面积，不是周长。")],
        why=f"{a * b} ÷ {a} = {b}（米）。",
        hints=["长 × 宽 = 面积。", "用面积除以长。"],
        unit="米",
        label=f"面积 {a * b}，长 {a}，求宽",
    )


@generator("math.triangle_sum", difficulty=0.35)
def triangle_sum(rng: Random) -> Question:
    """Find the third angle of a triangle."""
    a, b = rng.randint(15, 110), rng.randint(15, 110)
    if a + b > 168:
        raise Ambiguous
    return number(
        f"三角形的两个内角分别是 {a}° 和 {b}°，第三个内角是多少度？",
        180 - a - b,
        [(360 - a - b, "三角形的内角和是 180°，不是 360°。"), (a + b, "还要用 180° 去减。")],
        why=f"180° − {a}° − {b}° = {180 - a - b}°。",
        hints=["三角形内角和是 180°。", "减去已知的两个角。"],
        unit="°",
        label=f"内角 {a}°、{b}°",
    )


@generator("math.triangle_sides", difficulty=0.42)
def triangle_sides(rng: Random) -> Question:
    """Pick the lengths that make a triangle."""

    def sides(*, good: bool) -> str:
        while True:
            s = sorted(rng.randint(2, 15) for _ in range(3))
            if (s[0] + s[1] > s[2]) == good:
                return f"{s[0]} cm、{s[1]} cm、{s[2]} cm"

    wrong = {sides(good=False) for _ in range(5)}
    return choice(
        rng,
        "下面哪一组线段能围成三角形？",
        sides(good=True),
        [(w, "较短两边的和没有大于最长边，围不成。") for w in sorted(wrong)],
        why="较短两边之和大于最长边的那一组能围成三角形。",
        hints=["任意两边的和要大于第三边。", "只要检查较短的两边之和。"],
        label="能否围成：" + min(wrong),
    )


def _polygon(rng: Random, shape: str) -> Question:
    a, b, h = rng.randint(3, 40), rng.randint(3, 30), rng.randint(2, 20)
    place = rng.choice(["一块", "一面", "一张", "一个"])
    match shape:
        case "平行四边形":
            shown, v, slip, how = f"底 {a} cm，高 {h} cm", Fraction(a * h), Fraction(a * h, 2), f"{a} × {h}"
            note = "平行四边形的面积不用除以 2。"
        case "三角形":
            shown, v, slip, how = (
                f"底 {a} cm，高 {h} cm",
                Fraction(a * h, 2),
                Fraction(a * h),
                f"{a} × {h} ÷ 2",
            )
            note = "三角形的面积还要除以 2。"
        case _:
            shown, v, slip, how = (
                f"上底 {a} cm，下底 {a + b} cm，高 {h} cm",
                Fraction((2 * a + b) * h, 2),
                Fraction((2 * a + b) * h),
                f"({a} + {a + b}) × {h} ÷ 2",
            )
            note = "梯形的面积还要除以 2。"
    return number(
        f"{place}{shape}纸板，{shown}，面积是多少平方厘米？",
        float(v),
        [(float(slip), note), (a + h, "求面积要相乘，不是相加。")],
        why=f"{how} = {float(v):g}（平方厘米）。",
        hints=[f"想一想{shape}的面积公式。", "找到与底垂直的高。"],
        unit="平方厘米",
        label=f"{shape}：{shown}",
    )


@generator("math.area_parallelogram", difficulty=0.4)
def area_parallelogram(rng: Random) -> Question:
    """Find the area of a parallelogram."""
    return _polygon(rng, "平行四边形")


@generator("math.area_triangle", difficulty=0.43)
def area_triangle(rng: Random) -> Question:
    """Find the area of a triangle."""
    return _polygon(rng, "三角形")


@generator("math.area_trapezium", difficulty=0.46)
def area_trapezium(rng: Random) -> Question:
    """Find the area of a trapezium."""
    return _polygon(rng, "梯形")


@generator("math.cuboid_surface", difficulty=0.5, minutes=2)
def surface(rng: Random) -> Question:
    """Find the surface of a cuboid."""
    a, b, c = rng.randint(2, 20), rng.randint(2, 15), rng.randint(2, 12)
    what = rng.choice(["纸盒", "木箱", "礼品盒", "铁皮箱"])
    return number(
        f"一个长方体{what}长 {a} cm、宽 {b} cm、高 {c} cm，表面积是多少平方厘米？",
        2 * (a * b + b * c + a * c),
        [(a * b + b * c + a * c, "每种面有两个，还要乘 2。"), (a * b * c, "这是体积。")],
        why=f"({a}×{b} + {b}×{c} + {a}×{c}) × 2 = {2 * (a * b + b * c + a * c)}。",
        hints=["长方体有 6 个面。", "相对的面面积相等。"],
        unit="平方厘米",
        label=f"{what} {a}×{b}×{c} 的表面积",
    )


@generator("math.cuboid_volume", difficulty=0.4)
def volume(rng: Random) -> Question:
    """Find the volume of a cuboid."""
    a, b, c = rng.randint(2, 30), rng.randint(2, 20), rng.randint(2, 15)
    what = rng.choice(["水箱", "鱼缸", "沙坑", "木块", "蓄水池"])
    return number(
        f"一个长方体{what}长 {a} dm、宽 {b} dm、高 {c} dm，体积是多少立方分米？",
        a * b * c,
        [(2 * (a * b + b * c + a * c), "这是表面积。"), (a + b + c, "体积是三条棱长的积。")],
        why=f"{a} × {b} × {c} = {a * b * c}（立方分米）。",
        hints=["体积 = 长 × 宽 × 高。", "先算底面积。"],
        unit="立方分米",
        label=f"{what} {a}×{b}×{c} 的体积",
    )


@generator("math.circle_length", difficulty=0.45)
def circumference(rng: Random) -> Question:
    """Find a circumference."""
    r = Decimal(rng.randint(1, 80)) / rng.choice([1, 2])
    what = rng.choice(["圆形花坛", "车轮", "圆桌面", "圆形喷水池", "圆形铁片"])
    v = 2 * PI * r
    return number(
        f"一个{what}的半径是 {plain(r)} 分米，周长是多少分米？（π 取 3.14）",
        v,
        [(PI * r, "C = 2πr，漏乘了 2。"), (PI * r * r, "这是面积。")],
        why=f"2 × 3.14 × {plain(r)} = {plain(v)}（分米）。",
        hints=["C = 2πr。", "先求直径也可以。"],
        unit="分米",
        label=f"{what}半径 {plain(r)} 分米的周长",
    )


@generator("math.circle_area", difficulty=0.48)
def circle_area(rng: Random) -> Question:
    """Find the area of a circle."""
    r = Decimal(rng.randint(1, 60)) / rng.choice([1, 2])
    what = rng.choice(["圆形花坛", "圆桌面", "圆形水池", "圆形草坪", "圆形铁片"])
    v = PI * r * r
    return number(
        f"一个{what}的半径是 {plain(r)} 米，面积是多少平方米？（π 取 3.14）",
        v,
        [(2 * PI * r, "这是周长，面积是 πr²。"), (PI * 4 * r * r, "公式里是半径的平方，不是直径的平方。")],
        why=f"3.14 × {plain(r)}² = {plain(v)}（平方米）。",
        hints=["S = πr²。", "先算半径的平方。"],
        unit="平方米",
        label=f"{what}半径 {plain(r)} 米的面积",
    )


def _solid(rng: Random, *, cone: bool) -> Question:
    r, h = rng.randint(1, 12), rng.randint(2, 30) * (3 if cone else 1)
    full = PI * r * r * h
    v = full / 3 if cone else full
    name = "圆锥形沙堆" if cone else rng.choice(["圆柱形水桶", "圆柱形木料", "圆柱形茶叶罐"])
    return number(
        f"一个{name}底面半径 {r} 分米，高 {h} 分米，体积是多少立方分米？（π 取 3.14）",
        v,
        [
            (
                full if cone else full / 3 if h % 3 == 0 else full * 2,
                "圆锥的体积才是等底等高圆柱的三分之一。" if not cone else "圆锥的体积还要乘三分之一。",
            ),
            (2 * PI * r * h, "这是侧面积，体积要用底面积乘高。"),
        ],
        why=f"{'1/3 × ' if cone else ''}3.14 × {r}² × {h} = {plain(v)}。",
        hints=["先求底面积。", "圆柱体积 = 底面积 × 高，圆锥再乘 1/3。"],
        unit="立方分米",
        label=f"{name} r={r}，h={h}",
    )


@generator("math.cylinder_volume", difficulty=0.5, minutes=2)
def cylinder(rng: Random) -> Question:
    """Find the volume of a cylinder."""
    return _solid(rng, cone=False)


@generator("math.cone_volume", difficulty=0.54, minutes=2)
def cone(rng: Random) -> Question:
    """Find the volume of a cone."""
    return _solid(rng, cone=True)


@generator("math.angle_pairs", difficulty=0.38)
def angle_pairs(rng: Random) -> Question:
    """Find a complementary or supplementary angle."""
    a = rng.randint(5, 85)
    total, name, other = rng.choice([(90, "余角", "补角"), (180, "补角", "余角")])
    return number(
        f"一个角是 {a}°，它的{name}是多少度？",
        total - a,
        [(270 - total - a, f"这是它的{other}。")],
        why=f"{total}° − {a}° = {total - a}°。",
        hints=["余角的和是 90°，补角的和是 180°。", f"用 {total}° 去减。"],
        unit="°",
        label=f"{a}° 的{name}",
    )


@generator("math.vertical_angles", difficulty=0.38)
def vertical(rng: Random) -> Question:
    """Use vertical and adjacent angles."""
    a = rng.randint(20, 160)
    if a == 90:
        raise Ambiguous
    same = rng.random() < 0.5
    o = rng.choice("OPMQ")
    return number(
        f"两条直线相交于点 {o}，其中一个角是 {a}°，它的{'对顶角' if same else '邻补角'}是多少度？",
        a if same else 180 - a,
        [(180 - a if same else a, "对顶角相等，邻补角互补。"), (abs(90 - a), "不是互余的关系。")],
        why=f"{'对顶角相等' if same else '邻补角的和是 180°'}，是 {a if same else 180 - a}°。",
        hints=["对顶角在交点的对面。", "邻补角合起来是平角。"],
        unit="°",
        label=f"点 {o}，{a}° 的{'对顶角' if same else '邻补角'}",
    )


@generator("math.parallel_angles", difficulty=0.45)
def transversal(rng: Random) -> Question:
    """Use angles made by a transversal of parallels."""
    a = rng.randint(25, 155)
    pair = rng.choice(["同位角", "内错角", "同旁内角"])
    if a == 90:
        raise Ambiguous
    v = 180 - a if pair == "同旁内角" else a
    return number(
        f"两条平行线被第三条直线所截，∠1 与 ∠2 是{pair}，∠1 = {a}°，∠2 是多少度？",
        v,
        [(180 - v, "同位角、内错角相等，同旁内角互补。")],
        why=f"两直线平行，{pair}{'互补' if v != a else '相等'}，∠2 = {v}°。",
        hints=[f"{pair}有什么关系？", "画图标出两个角。"],
        unit="°",
        label=f"{pair}，∠1 = {a}°",
    )


@generator("math.exterior_angle", difficulty=0.45)
def exterior(rng: Random) -> Question:
    """Use the exterior angle of a triangle."""
    a, b = rng.randint(20, 100), rng.randint(20, 75)
    if a + b >= 175:
        raise Ambiguous
    return number(
        f"三角形中与某个外角不相邻的两个内角分别是 {a}° 和 {b}°，这个外角是多少度？",
        a + b,
        [(180 - a - b, "这是相邻的内角。"), (abs(a - b), "外角等于不相邻两个内角的和。")],
        why=f"{a}° + {b}° = {a + b}°。",
        hints=["外角与相邻内角的和是 180°。", "外角等于不相邻两内角的和。"],
        unit="°",
        label=f"内角 {a}°、{b}° 的外角",
    )


@generator("math.polygon_angles", difficulty=0.45)
def polygon(rng: Random) -> Question:
    """Find the angle sum or the number of sides of a polygon."""
    n = rng.randint(5, 20)
    if rng.random() < 0.5:
        return number(
            f"{n} 边形的内角和是多少度？",
            (n - 2) * 180,
            [(n * 180, "是 (n − 2) 个三角形，不是 n 个。"), (360, "360° 是外角和。")],
            why=f"({n} − 2) × 180° = {(n - 2) * 180}°。",
            hints=["从一个顶点能分成几个三角形？", "(n − 2) × 180°。"],
            unit="°",
            label=f"{n} 边形内角和",
        )
    return number(
        f"一个多边形的内角和是 {(n - 2) * 180}°，它是几边形？",
        n,
        [(n - 2, "除以 180 后还要加 2。"), (n + 2, "(n − 2) × 180° 反过来求 n。")],
        why=f"{(n - 2) * 180} ÷ 180 + 2 = {n}。",
        hints=["先除以 180。", "再加 2。"],
        label=f"内角和 {(n - 2) * 180}°",
    )


@generator("math.isosceles", difficulty=0.45)
def isosceles(rng: Random) -> Question:
    """Find an angle of an isosceles triangle."""
    base = rng.randint(15, 85)
    top = 180 - 2 * base
    if rng.random() < 0.5:
        return number(
            f"等腰三角形的一个底角是 {base}°，顶角是多少度？",
            top,
            [(base, "两个底角相等，顶角要用 180° 减去两个底角。"), (180 - base, "有两个底角，要减两次。")],
            why=f"180° − 2 × {base}° = {top}°。",
            hints=["两个底角相等。", "内角和是 180°。"],
            unit="°",
            label=f"底角 {base}°",
        )
    return number(
        f"等腰三角形的顶角是 {top}°，一个底角是多少度？",
        base,
        [(180 - top, "还要除以 2。"), (top, "顶角和底角不一定相等。")],
        why=f"(180° − {top}°) ÷ 2 = {base}°。",
        hints=["两个底角相等。", "先求两个底角的和。"],
        unit="°",
        label=f"顶角 {top}°",
    )


@generator("math.congruence", difficulty=0.5)
def congruence(rng: Random) -> Question:
    """Name the congruence rule that applies."""
    names = {
        "SSS": "AB = DE，BC = EF，AC = DF",
        "SAS": "AB = DE，∠B = ∠E，BC = EF",
        "ASA": "∠A = ∠D，AB = DE，∠B = ∠E",
        "AAS": "∠A = ∠D，∠B = ∠E，BC = EF",
    }
    rule = rng.choice(sorted(names))
    order = rng.sample(names[rule].split("，"), 3)
    return choice(
        rng,
        f"在 △ABC 和 △DEF 中，{'，'.join(order)}，可以用哪个方法判定它们全等？",
        rule,
        [(n, f"{n} 需要的条件是：{c}。") for n, c in names.items()],
        why=f"条件是{names[rule]}，用 {rule}。",
        hints=["数一数几条边、几个角。", "看边是不是两角的夹边，角是不是两边的夹角。"],
        label=f"{'，'.join(order)}",
    )


@generator("math.axis_symmetry", difficulty=0.42)
def mirror(rng: Random) -> Question:
    """Reflect a point in an axis."""
    x, y = rng.choice([-1, 1]) * rng.randint(1, 15), rng.choice([-1, 1]) * rng.randint(1, 15)
    axis = rng.choice("xy")

    def at(a: int, b: int) -> str:
        return f"({a}，{b})".replace("-", "−")

    answer = at(x, -y) if axis == "x" else at(-x, y)
    return choice(
        rng,
        f"点 {at(x, y)} 关于 {axis} 轴对称的点的坐标是？",
        answer,
        [
            (at(-x, y) if axis == "x" else at(x, -y), f"关于 {axis} 轴对称，{axis} 坐标不变。"),
            (at(-x, -y), "这是关于原点对称的点。"),
            (at(y, x), "横、纵坐标不能交换。"),
        ],
        why=f"关于 {axis} 轴对称，{'横' if axis == 'x' else '纵'}坐标不变，另一个变为相反数：{answer}。",
        hints=[f"关于 {axis} 轴对称，哪个坐标不变？", "画出坐标系看一看。"],
        label=f"{at(x, y)} 关于 {axis} 轴",
    )


@generator("math.rotation", difficulty=0.42)
def through_origin(rng: Random) -> Question:
    """Reflect a point through the origin."""
    x, y = rng.choice([-1, 1]) * rng.randint(1, 20), rng.choice([-1, 1]) * rng.randint(1, 20)

    def at(a: int, b: int) -> str:
        return f"({a}，{b})".replace("-", "−")

    return choice(
        rng,
        f"点 {at(x, y)} 关于原点对称的点的坐标是？",
        at(-x, -y),
        [
            (at(-x, y), "这是关于 y 轴对称的点。"),
            (at(x, -y), "这是关于 x 轴对称的点。"),
            (at(y, x), "两个坐标要分别变号，不是交换。"),
        ],
        why=f"横、纵坐标都变为相反数：{at(-x, -y)}。",
        hints=["绕原点转 180°。", "两个坐标都变号。"],
        label=f"{at(x, y)} 关于原点",
    )


@generator("math.pythagoras", difficulty=0.5, minutes=1.5)
def pythagoras(rng: Random) -> Question:
    """Find a side of a right triangle."""
    a, b, c = (n * k for k in [rng.randint(1, 9)] for n in rng.choice(TRIPLES))
    ladder = rng.random() < 0.5
    if ladder:
        return number(
            f"一架长 {c} 分米的梯子斜靠在墙上，梯脚离墙 {a} 分米，梯顶离地面多少分米？",
            b,
            [(c - a, "直角三角形的边不能直接相减，要用平方。"), (c * c - a * a, "最后还要开平方。")],
            why=f"{c}² − {a}² = {b * b}，开平方得 {b}。",
            hints=["梯子是斜边。", "直角边的平方 = 斜边的平方 − 另一直角边的平方。"],
            unit="分米",
            label=f"梯长 {c}，离墙 {a}",
        )
    return number(
        f"直角三角形的两条直角边长是 {a} cm 和 {b} cm，斜边长多少厘米？",
        c,
        [(a + b, "斜边的平方等于两直角边的平方和，不是边长相加。"), (a * a + b * b, "最后还要开平方。")],
        why=f"{a}² + {b}² = {c * c}，开平方得 {c}。",
        hints=["先求两直角边的平方和。", "再开平方。"],
        unit="厘米",
        label=f"直角边 {a}、{b}",
    )


@generator("math.pythagoras", difficulty=0.55, minutes=4, name="math.pythagoras:paper")
def pythagoras_paper(rng: Random) -> Question:
    """Ask for a drawing and a written solution."""
    a, b, c = (n * k for k in [rng.randint(1, 3)] for n in rng.choice(TRIPLES[:3]))
    return photo(
        f"在方格纸上画一个直角边为 {a} 和 {b} 个单位的直角三角形，写出求斜边的过程，拍照上传。",
        str(c),
        why=f"{a}² + {b}² = {c}²，斜边是 {c} 个单位。",
        hints=["先画直角。", "写出勾股定理再代入。"],
        label=f"画图：直角边 {a}、{b}",
    )


@generator("math.parallelogram", difficulty=0.45)
def parallelogram(rng: Random) -> Question:
    """Use the angles or sides of a parallelogram."""
    a = rng.randint(35, 145)
    if a == 90:
        raise Ambiguous
    return number(
        f"平行四边形 ABCD 中，∠A = {a}°，∠B 等于多少度？",
        180 - a,
        [(a, "相邻的角互补，相对的角才相等。"), (360 - a, "四个角的和是 360°。")],
        why=f"邻角互补：180° − {a}° = {180 - a}°。",
        hints=["∠A 和 ∠B 是邻角。", "AD ∥ BC，同旁内角互补。"],
        unit="°",
        label=f"∠A = {a}°",
    )


@generator("math.rhombus_rect", difficulty=0.5)
def rhombus(rng: Random) -> Question:
    """Find the area or the side of a rhombus."""
    a, b, c = (n * k for k in [rng.randint(1, 6)] for n in rng.choice(TRIPLES))
    if rng.random() < 0.5:
        return number(
            f"菱形的两条对角线长是 {2 * a} 和 {2 * b}，面积是多少？",
            2 * a * b,
            [(4 * a * b, "菱形的面积是对角线乘积的一半。"), (2 * (a + b), "面积要用乘法。")],
            why=f"{2 * a} × {2 * b} ÷ 2 = {2 * a * b}。",
            hints=["对角线互相垂直平分。", "面积 = 对角线乘积 ÷ 2。"],
            label=f"菱形对角线 {2 * a}、{2 * b}，求面积",
        )
    return number(
        f"菱形的两条对角线长是 {2 * a} 和 {2 * b}，边长是多少？",
        c,
        [(a + b, "用勾股定理，不是相加。"), (2 * c, "对角线互相平分，直角边各取一半。")],
        why=f"半对角线是 {a} 和 {b}，边长 = √({a}² + {b}²) = {c}。",
        hints=["对角线互相垂直平分。", "用勾股定理求边长。"],
        label=f"菱形对角线 {2 * a}、{2 * b}，求边长",
    )


@generator("math.inscribed_angle", difficulty=0.45)
def inscribed(rng: Random) -> Question:
    """Relate inscribed and central angles."""
    a = rng.randint(15, 85)
    if rng.random() < 0.5:
        return number(
            f"圆心角 ∠AOB = {2 * a}°，同弧所对的圆周角 ∠ACB 是多少度？",
            a,
            [(2 * a, "圆周角是圆心角的一半。"), (4 * a, "圆周角更小。")],
            why=f"{2 * a}° ÷ 2 = {a}°。",
            hints=["它们对着同一条弧。", "圆周角是圆心角的一半。"],
            unit="°",
            label=f"圆心角 {2 * a}°",
        )
    return number(
        f"圆周角 ∠ACB = {a}°，同弧所对的圆心角 ∠AOB 是多少度？",
        2 * a,
        [(a, "圆心角是圆周角的 2 倍。"), (180 - a, "不是互补的关系。")],
        why=f"{a}° × 2 = {2 * a}°。",
        hints=["它们对着同一条弧。", "圆心角是圆周角的 2 倍。"],
        unit="°",
        label=f"圆周角 {a}°",
    )


@generator("math.arc_sector", difficulty=0.52, minutes=1.5)
def arc(rng: Random) -> Question:
    """Find an arc length as a multiple of pi."""
    r, n = rng.randint(2, 24), rng.choice([30, 36, 40, 45, 60, 72, 90, 120, 135, 150])
    f = Fraction(n * r, 180)

    def pis(x: Fraction) -> str:
        top = "" if x.numerator == 1 else str(x.numerator)
        return f"{top}π" if x.denominator == 1 else f"{top}π/{x.denominator}"

    return choice(
        rng,
        f"半径为 {r} 的圆中，{n}° 的圆心角所对的弧长是多少？",
        pis(f),
        [
            (pis(f / 2), "弧长是 nπr/180，不是 nπr/360。"),
            (pis(f * r / 2), "这是扇形面积。"),
            (pis(Fraction(2 * r)), "这是整个圆的周长。"),
        ],
        why=f"{n} × π × {r} ÷ 180 = {pis(f)}。",
        hints=["弧长 = nπr/180。", "先约分。"],
        label=f"r = {r}，{n}°",
    )


@generator("math.similar", difficulty=0.52)
def similar(rng: Random) -> Question:
    """Use the ratio of similar triangles."""
    p, q, k = rng.randint(1, 5), rng.randint(2, 7), rng.randint(2, 20)
    if p >= q:
        raise Ambiguous
    if rng.random() < 0.5:
        return number(
            f"两个相似三角形的相似比是 {p} : {q}，较小三角形的一边长 {p * k}，较大三角形的对应边长多少？",
            q * k,
            [(q - p + p * k, "对应边成比例，不是相差一样多。"), (p * k * q, "还要除以比的前项。")],
            why=f"{p * k} × {q} ÷ {p} = {q * k}。",
            hints=["对应边成比例。", "列比例式。"],
            label=f"{p} : {q}，对应边 {p * k}",
        )
    return number(
        f"两个相似三角形的相似比是 {p} : {q}，较小三角形的面积是 {p * p * k}，较大三角形的面积是多少？",
        q * q * k,
        [(p * q * k, "面积比是相似比的平方。"), (q * k, "面积比是相似比的平方。")],
        why=f"面积比是 {p * p} : {q * q}，{p * p * k} × {q * q} ÷ {p * p} = {q * q * k}。",
        hints=["面积比等于相似比的平方。", "列比例式。"],
        label=f"{p} : {q}，面积 {p * p * k}",
    )


@generator("math.trig_ratio", difficulty=0.52)
def trig(rng: Random) -> Question:
    """Read sine, cosine and tangent from the sides."""
    a, b, c = (n * k for k in [rng.randint(1, 6)] for n in rng.choice(TRIPLES))
    values = {"sin A": Fraction(a, c), "cos A": Fraction(b, c), "tan A": Fraction(a, b)}
    name = rng.choice(sorted(values))
    parts = {"sin A": "对边比斜边", "cos A": "邻边比斜边", "tan A": "对边比邻边"}
    return choice(
        rng,
        f"在 Rt△ABC 中，∠C = 90°，BC = {a}，AC = {b}，AB = {c}，{name} = ？",
        values[name],
        [(v, f"这是 {n}，是{parts[n]}。") for n, v in values.items() if n != name]
        + [(1 / values[name], "分子和分母写反了。")],
        why=f"{name} 是{parts[name]}，等于 {values[name]}。",
        hints=["先找 ∠A 的对边、邻边和斜边。", f"{name} 是哪两条边的比？"],
        label=f"{name}，三边 {a}、{b}、{c}",
    )


@generator("math.special_angles", difficulty=0.45)
def special_angles(rng: Random) -> Question:
    """Recall the values at 30, 45 and 60 degrees."""
    table = {
        "sin30°": "1/2",
        "cos30°": "√3/2",
        "tan30°": "√3/3",
        "sin45°": "√2/2",
        "cos45°": "√2/2",
        "tan45°": "1",
        "sin60°": "√3/2",
        "cos60°": "1/2",
        "tan60°": "√3",
    }
    name = rng.choice(sorted(table))
    pool = rng.sample(sorted(set(table.values()) - {table[name]}), 3)
    return choice(
        rng,
        f"{name} = ？",
        table[name],
        [(v, f"{v} 是 {next(n for n, w in table.items() if w == v)} 的值。") for v in pool],
        why=f"画含 30°、60° 的直角三角形或等腰直角三角形，可得 {name} = {table[name]}。",
        hints=["画一个特殊的直角三角形。", "30° 所对的直角边是斜边的一半。"],
        label=name,
    )
