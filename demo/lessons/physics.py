"""Lessons in physics: light that bends, and balls that fall."""

import math

from demo.lessons.film import Film, Scene, credit, heading
from demo.lessons.mathematics import recap
from demo.lessons.pen import (
    AMBER,
    BLUE,
    CARD,
    FAINT,
    INK,
    ROSE,
    RULE,
    SAND,
    TEAL,
    Pen,
    Spot,
    between,
    ease,
    part,
)

# Refraction ------------------------------------------------------------------------------------------

SURFACE, ENTRY, RAY = 360, (480, 360), 215
WATER, WATER_INDEX = (205, 226, 243), 1.33


def _tank(pen: Pen, title: str, note: str) -> None:
    heading(pen, title, note)
    pen.box((120, SURFACE), (720, 230), WATER, radius=0)
    pen.line([(120, SURFACE), (840, SURFACE)], BLUE, 4)
    pen.text((140, SURFACE - 30), "空气", 28, FAINT)
    pen.text((140, SURFACE + 32), "水", 28, BLUE)
    pen.dashes((480, 145), (480, 585), FAINT, 3)
    pen.text((494, 150), "法线", 24, FAINT)


def _first_tank(pen: Pen) -> None:
    _tank(pen, "光从空气斜射入水中", "在分界面上，光的传播方向发生偏折")
    credit(pen, "八年级 物理 · 光现象")


def _directions(incidence: float) -> tuple[Spot, Spot, float]:
    """Return where a ray of *incidence* degrees comes from, where it goes, and its refraction."""
    a = math.radians(incidence)
    r = math.asin(math.sin(a) / WATER_INDEX)
    start = (ENTRY[0] - RAY * math.sin(a), ENTRY[1] - RAY * math.cos(a))
    end = (ENTRY[0] + RAY * math.sin(r), ENTRY[1] + RAY * math.cos(r))
    return start, end, math.degrees(r)


def _ray(pen: Pen, incidence: float, share: float = 1.0) -> None:
    start, end, refraction = _directions(incidence)
    first, second = min(1.0, share * 2), max(0.0, share * 2 - 1)
    pen.arrow(start, between(start, ENTRY, max(0.02, first)), AMBER, 7, 22)
    if second > 0:
        pen.arrow(ENTRY, between(ENTRY, end, second), ROSE, 7, 22)
    if share >= 1:
        if incidence > 3:
            pen.arc(ENTRY, 70, 270 - incidence, 270, AMBER, 4)
            pen.arc(ENTRY, 70, 90 - refraction, 90, ROSE, 4)
        pen.text((890, 240), f"入射角 {incidence:.0f}°", 42, AMBER)
        pen.text((890, 310), f"折射角 {refraction:.0f}°", 42, ROSE)


def _enter(pen: Pen, u: float) -> None:
    _ray(pen, 50, u)


def _sweep(pen: Pen, u: float) -> None:
    _ray(pen, 75 - 75 * ease(u))
    pen.text((890, 400), "折射角总比入射角小" if u < 0.97 else "垂直入射：方向不变", 32, TEAL)


def _reverse(pen: Pen, u: float) -> None:
    start, end, _ = _directions(50)
    first, second = min(1.0, u * 2), max(0.0, u * 2 - 1)
    pen.arrow(end, between(end, ENTRY, max(0.02, first)), ROSE, 7, 22)
    if second > 0:
        pen.arrow(ENTRY, between(ENTRY, start, second), AMBER, 7, 22)
    if u >= 1:
        pen.text((890, 250), "从水中到空气：", 38)
        pen.text((890, 310), "偏离法线", 42, ROSE, is_bold=True)
        pen.text((890, 370), "光路是可逆的", 38, TEAL)


def _pond(pen: Pen) -> None:
    heading(pen, "为什么池水看起来变浅？", "眼睛以为光是沿直线来的，看到的鱼比真的鱼浅")
    pen.box((120, SURFACE - 60), (1040, 290), WATER, radius=0)
    pen.line([(120, SURFACE - 60), (1160, SURFACE - 60)], BLUE, 4)
    pen.circle((250, 190), 26, SAND, INK, 3)
    pen.circle((260, 186), 5, INK)
    pen.text((300, 180), "眼睛", 28, FAINT)


def _fish(pen: Pen, spot: Spot, colour: tuple[int, int, int], label: str) -> None:
    x, y = spot
    pen.shape([(x - 48, y), (x - 10, y - 22), (x + 34, y), (x - 10, y + 22)], colour)
    pen.shape([(x + 26, y), (x + 58, y - 20), (x + 58, y + 20)], colour)
    pen.circle((x - 28, y - 4), 4, CARD)
    pen.text((x + 74, y), label, 30, colour)


def _seen(pen: Pen, u: float) -> None:
    fish, bend, eye = (760, 545), (520, 300), (266, 196)
    _fish(pen, fish, TEAL, "真的鱼")
    share = part(u, 0, 0.45)
    pen.line([fish, between(fish, bend, min(1.0, share * 2))], ROSE, 5)
    if share > 0.5:
        pen.line([bend, between(bend, eye, share * 2 - 1)], ROSE, 5)
    if u > 0.55:
        slope = (bend[1] - eye[1]) / (bend[0] - eye[0])
        ghost = (760.0, bend[1] + slope * (760 - bend[0]))
        back = part(u, 0.55, 0.85)
        pen.dashes(bend, between(bend, ghost, max(0.05, back)), FAINT, 4)
        if u > 0.85:
            _fish(pen, ghost, (150, 184, 190), "看到的“鱼”")


REFRACTION = Film(
    "refraction",
    "光的折射：光为什么会“拐弯”",
    "Refraction: why light bends",
    "让光斜射入水，看入射角和折射角怎样变化，再解释池水为什么看起来变浅。",
    "physics",
    8,
    ("physics.refraction", "physics.reflection"),
    (
        Scene(
            14,
            _first_tank,
            (
                ("一束光从空气斜射入水中。", "A ray of light enters water at an angle."),
                ("到了水面，它拐了一个弯。", "At the surface it bends."),
                ("这就是光的折射。", "This is refraction."),
            ),
            _enter,
            (110, 130, 1230, 598),
            (1.5, 8),
            ("光会拐弯", "Light bends"),
        ),
        Scene(
            16,
            lambda pen: _tank(pen, "比较入射角和折射角", "光从空气斜射入水：折射角小于入射角"),
            (
                (
                    "改变入射角，折射角也跟着变。",
                    "Change the angle of incidence: the refraction changes too.",
                ),
                ("折射光线总是偏向法线。", "The refracted ray always bends toward the normal."),
                ("垂直入射时，方向不变。", "At right angles the direction stays."),
            ),
            _sweep,
            (110, 130, 1230, 598),
            (1.5, 13),
            ("两个角", "Two angles"),
        ),
        Scene(
            13,
            lambda pen: _tank(pen, "反过来，从水中射出", "光从水斜射入空气：折射光线偏离法线"),
            (
                ("如果光从水里射出来呢？", "What if light comes out of the water?"),
                ("它沿着原来的路反着走，偏离法线。", "It goes the same way back, away from the normal."),
            ),
            _reverse,
            (110, 130, 1230, 598),
            (1, 8),
            ("光路可逆", "The way back"),
        ),
        Scene(
            16,
            _pond,
            (
                ("水里的鱼反射的光，出水面时偏离法线。", "Light from the fish bends away from the normal."),
                ("眼睛以为光是直着来的，沿虚线往回找。", "The eye looks back along a straight line."),
                ("所以看到的鱼比真的鱼浅。", "So the fish seems nearer the surface."),
            ),
            _seen,
            (110, 150, 1200, 598),
            (1, 12),
            ("池水变浅", "The shallow pond"),
        ),
        recap(
            "小结",
            ("光斜射入另一种介质时会折射。", "空气到水：折射角小于入射角。", "光路可逆，垂直入射方向不变。"),
        ),
    ),
    "physics.refraction:pairs:choose",
    3,
    ("折射", "法线"),
)

# Falling ---------------------------------------------------------------------------------------------

TOP, METRE = 160, 20.0
SECONDS_OF_FALL = 2.0


def _ground(pen: Pen, title: str, note: str) -> None:
    heading(pen, title, note)
    pen.line([(124, 580), (1200, 580)], INK, 5)
    for metre in range(0, 21, 5):
        y = TOP + metre * METRE
        pen.line([(100, y), (120, y)], FAINT, 3)
        pen.text((92, y), f"{metre} m", 22, FAINT, anchor="rm")
    pen.line([(110, TOP), (110, TOP + 20 * METRE)], FAINT, 3)


def _height(second: float) -> float:
    return TOP + 5 * second * second * METRE


def _drop(pen: Pen, u: float) -> None:
    now = u * SECONDS_OF_FALL
    for tick in range(5):
        second = tick * 0.5
        if second <= now + 0.001:
            pen.circle((300, _height(second)), 13, (190, 216, 212))
            pen.text(
                (340, _height(second)),
                f"{second:.1f} s   {5 * second * second:g} m".replace(".0 s", " s"),
                26,
                FAINT,
            )
    pen.circle((300, _height(now)), 18, TEAL)
    if u >= 1:
        pen.text((720, 240), "每 0.5 s 留下一个影子", 36)
        pen.text((720, 310), "间隔越来越大", 40, ROSE, is_bold=True)
        pen.text((720, 380), "越落越快", 40, ROSE, is_bold=True)


def _speed(pen: Pen, u: float) -> None:
    now = u * SECONDS_OF_FALL
    pen.circle((260, _height(now)), 18, TEAL)
    pen.arrow((260, _height(now)), (260, _height(now) + 4 + 65 * now), ROSE, 6)
    left, bottom = 640, 520
    pen.arrow((left, bottom), (left + 430, bottom), INK, 4)
    pen.arrow((left, bottom), (left, 170), INK, 4)
    pen.text((left + 430, bottom + 34), "时间 t/s", 24, FAINT, anchor="rm")
    pen.text((left + 14, 175), "速度 v/(m/s)", 24, FAINT)
    pen.line([(left, bottom), (left + 190 * now, bottom - 150 * now)], TEAL, 6)
    pen.circle((left + 190 * now, bottom - 150 * now), 10, ROSE)
    pen.text((left + 190 * now + 18, bottom - 150 * now), f"v = {10 * now:.0f} m/s", 30, ROSE)


def _two_balls(pen: Pen, u: float) -> None:
    now = u * SECONDS_OF_FALL
    for tick in range(9):
        second = tick * 0.25
        if second <= now + 0.001:
            y = _height(second)
            pen.circle((260, y), 11, (190, 216, 212))
            pen.circle((260 + 360 * second, y), 11, (244, 214, 170))
            if tick % 2 == 0:
                pen.dashes((260, y), (260 + 360 * second, y), RULE, 2)
    pen.circle((260, _height(now)), 17, TEAL)
    pen.circle((260 + 360 * now, _height(now)), 17, AMBER)


def _formula_still(pen: Pen) -> None:
    heading(pen, "算一算：小球从多高处落下？", "用 h = ½gt²，g 取 10 m/s²")


def _formula_move(pen: Pen, u: float) -> None:
    rows = ("小球 3 s 落到地面", "h = ½ × 10 × 3²", "  = 5 × 9", "  = 45（m）")
    for number, row in enumerate(rows):
        if u * len(rows) >= number:
            pen.text((260, 190 + 100 * number), row, 48, TEAL if number == 3 else INK, is_bold=number == 3)
    y = 170 + 360 * min(1.0, u) ** 2
    pen.line([(1000, 150), (1000, 560)], RULE, 4)
    pen.circle((1000, y), 18, TEAL)


FALL = Film(
    "free-fall",
    "自由落体与平抛：落得一样快",
    "Free fall and projection: equally fast",
    "给下落的小球“拍影子”，看它怎样越落越快，再看平抛的小球是不是同时落地。",
    "physics",
    10,
    ("physics.free_fall", "physics.projectile"),
    (
        Scene(
            15,
            lambda pen: _ground(pen, "给下落的小球拍影子", "从静止开始，只受重力作用的下落叫自由落体"),
            (
                ("小球从 20 米高处由静止下落。", "A ball falls from rest, twenty metres up."),
                ("每隔半秒记下它的位置。", "Its place is noted every half second."),
                ("间隔越来越大，说明它越落越快。", "The gaps grow: it falls faster and faster."),
            ),
            _drop,
            (130, 140, 1200, 598),
            (1.5, 9),
            ("自由落体", "Free fall"),
        ),
        Scene(
            15,
            lambda pen: _ground(pen, "速度随时间均匀增加", "每过 1 s，速度增加约 10 m/s"),
            (
                ("画出速度随时间变化的图象。", "Draw speed against time."),
                ("它是一条直线：速度均匀增加。", "It is a straight line: speed grows evenly."),
                (
                    "每秒增加约 10 米每秒，这就是重力加速度。",
                    "By about 10 m/s each second: the acceleration of gravity.",
                ),
            ),
            _speed,
            (130, 140, 1220, 598),
            (1.5, 11),
            ("速度", "Speed"),
        ),
        Scene(
            15,
            lambda pen: _ground(pen, "一个自由下落，一个水平抛出", "虚线相连：任何时刻高度都一样"),
            (
                ("两个小球同时从同一高度出发。", "Two balls start together from the same height."),
                ("一个自由下落，一个水平抛出。", "One falls, one is thrown level."),
                ("它们的高度始终相同，同时落地。", "Their heights are always equal: they land together."),
            ),
            _two_balls,
            (130, 140, 1220, 598),
            (1.5, 11),
            ("平抛", "Projection"),
        ),
        Scene(
            13,
            _formula_still,
            (
                ("下落高度等于二分之一 g t 平方。", "The height is half g t squared."),
                ("落 3 秒，高度就是 45 米。", "In three seconds it falls 45 metres."),
            ),
            _formula_move,
            (200, 140, 1100, 590),
            (1, 9),
            ("计算", "Calculating"),
        ),
        recap(
            "小结",
            ("自由落体：从静止开始，只受重力。", "高度 h = ½gt²，越落越快。", "平抛的竖直运动就是自由落体。"),
        ),
    ),
    "physics.free_fall:law26",
    4,
    ("加速度", "频闪"),
)
