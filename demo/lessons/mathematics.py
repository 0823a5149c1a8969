"""Lessons in mathematics: fractions, the balance, the straight line, the circle."""

import math
from collections.abc import Callable

from demo.lessons.film import Film, Scene, credit, heading
from demo.lessons.pen import (
    AMBER,
    BLUE,
    BLUSH,
    CARD,
    FAINT,
    INK,
    MIST,
    ROSE,
    RULE,
    SAND,
    SKY,
    TEAL,
    Colour,
    Pen,
    Spot,
    between,
    mix,
    on_circle,
    part,
)

# Fractions -------------------------------------------------------------------------------------------

LEFT_PIE, RIGHT_PIE, SUM_PIE, PIE = (330, 350), (760, 350), (545, 350), 170


def _pies(pen: Pen, cuts: int = 0) -> None:
    for centre in (LEFT_PIE, RIGHT_PIE):
        pen.circle(centre, PIE, (250, 249, 246), RULE, 3)
        for cut in range(cuts):
            pen.line([centre, on_circle(centre, PIE, cut * 360 / cuts)], RULE, 2)


def _fraction(
    pen: Pen, spot: Spot, top: str, bottom: str, colour: tuple[int, int, int] = INK, size: int = 54
) -> None:
    x, y = spot
    pen.text((x, y - size * 0.62), top, size, colour, anchor="mm", is_bold=True)
    pen.line([(x - size * 0.5, y), (x + size * 0.5, y)], colour, 4)
    pen.text((x, y + size * 0.66), bottom, size, colour, anchor="mm", is_bold=True)


def _fraction_question(pen: Pen) -> None:
    heading(pen, "异分母分数加法", "分母不同，每一份的大小不同，能直接相加吗？")
    _pies(pen)
    pen.text((545, 350), "+", 80, INK, anchor="mm")
    _fraction(pen, (1060, 260), "1", "2", TEAL)
    pen.text((1060, 350), "+", 54, INK, anchor="mm")
    _fraction(pen, (1060, 440), "1", "3", AMBER)
    credit(pen, "五年级 数学 · 分数的加法和减法")


def _fill_pies(pen: Pen, u: float) -> None:
    pen.slice(LEFT_PIE, PIE, 0, 180 * part(u, 0, 0.5), TEAL)
    pen.slice(RIGHT_PIE, PIE, 0, 120 * part(u, 0.5, 1), AMBER)


def _cut_still(pen: Pen) -> None:
    heading(pen, "通分：让每一份一样大", "2 和 3 的最小公倍数是 6：都平均分成 6 份")
    _pies(pen)
    pen.slice(LEFT_PIE, PIE, 0, 180, TEAL)
    pen.slice(RIGHT_PIE, PIE, 0, 120, AMBER)


def _cut_move(pen: Pen, u: float) -> None:
    for number in range(6):
        grown = PIE * part(u, number * 0.1, number * 0.1 + 0.35)
        for centre in (LEFT_PIE, RIGHT_PIE):
            if grown > 2:
                pen.line([centre, on_circle(centre, grown, number * 60)], CARD if number < 3 else FAINT, 4)
    if u > 0.85:
        _fraction(pen, (1060, 260), "3", "6", TEAL)
        pen.text((1060, 350), "+", 54, INK, anchor="mm")
        _fraction(pen, (1060, 440), "2", "6", AMBER)


def _merge_still(pen: Pen) -> None:
    heading(pen, "份数相加", "3 份加 2 份，是 5 份：一共是六分之五")
    pen.circle(SUM_PIE, PIE + 20, (250, 249, 246), RULE, 3)


def _merge_move(pen: Pen, u: float) -> None:
    for number in range(5):
        is_left = number < 3
        start_centre = (LEFT_PIE[0] - 60, LEFT_PIE[1]) if is_left else (RIGHT_PIE[0] + 60, RIGHT_PIE[1])
        share = part(u, number * 0.14, number * 0.14 + 0.32)
        begin = number * 60 if is_left else (number - 3) * 60
        turn = begin + (number * 60 - begin) * share
        pen.slice(
            between(start_centre, SUM_PIE, share), PIE + 20, turn, turn + 60, TEAL if is_left else AMBER
        )
    if u >= 1:
        _fraction(pen, (1060, 350), "5", "6", ROSE, 72)


def _steps_still(pen: Pen) -> None:
    heading(pen, "写成算式", "先通分，再把分子相加，最后看能不能约分")


def _steps_move(pen: Pen, u: float) -> None:
    x, y = 200, 350
    signs: list[str | tuple[str, str, Colour]] = [
        ("1", "2", TEAL),
        "+",
        ("1", "3", AMBER),
        "=",
        ("3", "6", TEAL),
        "+",
        ("2", "6", AMBER),
        "=",
        ("5", "6", ROSE),
    ]
    for number, sign in enumerate(signs):
        if u * len(signs) < number + 0.01:
            break
        if isinstance(sign, str):
            pen.text((x, y), sign, 60, INK, anchor="mm")
        else:
            top, bottom, colour = sign
            _fraction(pen, (x, y), top, bottom, colour, 62)
        x += 110


def recap(title: str, lines: tuple[str, ...], note: str = "") -> Scene:
    """Return the closing scene, which says the few things to remember."""

    def still(pen: Pen) -> None:
        heading(pen, title, note)
        for number, line in enumerate(lines):
            y = 220 + number * 120
            pen.circle((150, y), 32, (MIST, SKY, SAND)[number % 3])
            pen.text((150, y), str(number + 1), 34, INK, anchor="mm", is_bold=True)
            pen.text((215, y), line, 42)

    return Scene(
        9, still, (("最后，记住这几句话。", "Finally, remember these points."),), chapter=("小结", "In short")
    )


FRACTIONS = Film(
    "fractions",
    "异分母分数加法：为什么要先通分",
    "Adding unlike fractions: why a common denominator",
    "用圆形图看清二分之一加三分之一：每一份一样大了，才能数出一共有几份。",
    "math",
    5,
    ("math.fraction_add_unlike", "math.fraction_compare"),
    (
        Scene(
            14,
            _fraction_question,
            (
                ("二分之一加三分之一等于多少？", "What is one half plus one third?"),
                ("两个圆一样大，但每一份的大小不同。", "The circles are equal, but their parts are not."),
                ("所以不能直接把分子相加。", "So we cannot simply add the numerators."),
            ),
            _fill_pies,
            (140, 160, 960, 560),
            (1.5, 8),
            ("提出问题", "The question"),
        ),
        Scene(
            15,
            _cut_still,
            (
                (
                    "找一个公分母：2 和 3 的最小公倍数是 6。",
                    "Find a common denominator: the least common multiple of 2 and 3 is 6.",
                ),
                ("把两个圆都平均分成 6 份。", "Cut both circles into six equal parts."),
                ("二分之一是三份，三分之一是两份。", "One half is three parts, one third is two."),
            ),
            _cut_move,
            (140, 150, 1180, 560),
            (3, 10),
            ("通分", "Common denominator"),
        ),
        Scene(
            14,
            _merge_still,
            (
                (
                    "现在每一份一样大，可以合在一起数。",
                    "Now the parts are equal and can be counted together.",
                ),
                ("三份加两份，一共五份。", "Three parts and two parts make five."),
                ("也就是六分之五。", "That is five sixths."),
            ),
            _merge_move,
            (60, 130, 1200, 595),
            (1, 9),
            ("合起来", "Putting together"),
        ),
        Scene(
            13,
            _steps_still,
            (
                ("写成算式：先通分，再相加。", "In writing: first a common denominator, then add."),
                ("分母不变，分子相加。", "Keep the denominator and add the numerators."),
            ),
            _steps_move,
            (120, 240, 1220, 460),
            (1, 9),
            ("写算式", "In writing"),
        ),
        recap("小结", ("分母不同，先通分。", "分母相同了，只把分子相加减。", "结果能约分的要约成最简分数。")),
    ),
    "math.fraction_add_unlike:unlike",
    3,
    ("分数", "通分"),
)

# The balance -----------------------------------------------------------------------------------------

PIVOT = (640, 250)


def _balance_frame(pen: Pen) -> None:
    pen.shape([(640, 250), (600, 560), (680, 560)], (214, 219, 226))
    pen.box((520, 556), (240, 18), FAINT, radius=8)


def _balance(
    pen: Pen, tilt: float, left: list[str], right: list[str], lift: float = 0, fading: int = 0
) -> None:
    """Draw beam, pans and blocks; the last *fading* blocks of each pan rise by *lift*."""
    angle = math.radians(tilt)
    for side, blocks in ((-1, left), (1, right)):
        end = (PIVOT[0] + side * 300 * math.cos(angle), PIVOT[1] + side * 300 * math.sin(angle))
        pen.line([PIVOT, end], INK, 8)
        pan = end[1] + 190
        for spread in (-120, 120):
            pen.line([end, (end[0] + spread, pan)], FAINT, 3)
        pen.box((end[0] - 150, pan), (300, 16), INK, radius=8)
        for number, block in enumerate(blocks):
            is_x = block == "x"
            x = end[0] - 142 + (number % 5) * 57
            y = pan - 54 - (number // 5) * 56
            if number >= len(blocks) - fading:
                y -= lift * 90
            colour = SKY if is_x else SAND
            shade = mix(colour, CARD, lift if number >= len(blocks) - fading else 0)
            if lift < 0.98 or number < len(blocks) - fading:
                pen.box((x, y), (52, 52), shade, edge=BLUE if is_x else AMBER)
                pen.text((x + 26, y + 26), block, 28, INK, anchor="mm", is_bold=is_x)
    pen.circle(PIVOT, 12, INK)


def _equation(text: str, title: str, note: str) -> Callable[[Pen], None]:
    def still(pen: Pen) -> None:
        heading(pen, title, note)
        pen.text((640, 158), text, 52, TEAL, anchor="mm", is_bold=True)
        _balance_frame(pen)

    return still


def _wobble(pen: Pen, u: float) -> None:
    _balance(pen, 9 * math.cos(u * 14) * (1 - u) ** 2, ["x", "x", "1", "1", "1"], ["1"] * 9)


def _take_away(pen: Pen, u: float) -> None:
    _balance(pen, 0, ["x", "x", "1", "1", "1"], ["1"] * 9, part(u, 0.1, 1), 3)


def _one_side_only(pen: Pen, u: float) -> None:
    right = ["1"] * 9
    share = part(u, 0, 0.35) - part(u, 0.6, 1)
    left = ["x", "x"] if share > 0.5 else ["x", "x", "1", "1", "1"]
    _balance(pen, 11 * share, left, right)


def _halve(pen: Pen, u: float) -> None:
    _balance(pen, 0, [], [])
    gap = 26 * part(u, 0, 0.5)
    for side in (-1, 1):
        _block(pen, (340 + side * (30 + gap) - 26, 386), "x")
        for number in range(3):
            _block(pen, (940 + side * (30 + gap) - 26, 386 - 56 * number), "1")
    if u > 0.55:
        for x in (340, 940):
            pen.dashes((x, 250 if x == 940 else 360), (x, 440), ROSE, 4)
    if u >= 1:
        pen.box((470, 470), (340, 90), BLUSH, edge=ROSE)
        pen.text((640, 515), "x = 3", 52, ROSE, anchor="mm", is_bold=True)


def _block(pen: Pen, corner: Spot, label: str) -> None:
    is_x = label == "x"
    pen.box(corner, (52, 52), SKY if is_x else SAND, edge=BLUE if is_x else AMBER)
    pen.text((corner[0] + 26, corner[1] + 26), label, 28, INK, anchor="mm", is_bold=is_x)


def _check_still(pen: Pen) -> None:
    heading(pen, "检验", "把答案代回原方程，两边相等，答案就对了")


def _check_move(pen: Pen, u: float) -> None:
    rows = ("原方程：2x + 3 = 9", "把 x = 3 代入：2 × 3 + 3", "左边 = 6 + 3 = 9", "右边 = 9，左边 = 右边")
    for number, row in enumerate(rows):
        if u * len(rows) >= number:
            pen.text((260, 190 + number * 100), row, 46, TEAL if number == 3 else INK, is_bold=number == 3)


BALANCE = Film(
    "balance",
    "解方程：保持天平平衡",
    "Solving equations: keep the balance",
    "把方程 2x + 3 = 9 放上天平：两边做相同的事，天平才保持平衡。",
    "math",
    7,
    ("math.linear_eq", "math.eq_twostep"),
    (
        Scene(
            14,
            _equation("2x + 3 = 9", "方程像一架天平", "等号左边和右边一样重"),
            (
                ("方程 2x 加 3 等于 9，像一架平衡的天平。", "The equation 2x + 3 = 9 is like a balance."),
                (
                    "左盘有两个 x 和三个 1，右盘有九个 1。",
                    "On the left two x and three ones, on the right nine ones.",
                ),
                ("我们想知道一个 x 等于几。", "We want to know what one x is."),
            ),
            _wobble,
            (60, 190, 1220, 590),
            (0.5, 8),
            ("天平与方程", "The balance"),
        ),
        Scene(
            13,
            _equation("2x + 3 = 9", "只动一边会怎样？", "只从一边拿走，天平就倾斜了"),
            (
                (
                    "如果只从左边拿走三个 1，天平就倾斜了。",
                    "If we take three ones from the left only, the balance tips.",
                ),
                ("等式就不成立了。", "The equality no longer holds."),
            ),
            _one_side_only,
            (60, 190, 1220, 590),
            (1.5, 10),
            ("只动一边", "One side only"),
        ),
        Scene(
            13,
            _equation("2x + 3 − 3 = 9 − 3", "两边同时减 3", "两边同时减去相同的数，仍然相等"),
            (
                ("两边同时拿走三个 1。", "Take three ones from both sides."),
                ("天平还是平衡的，剩下 2x 等于 6。", "The balance holds: 2x = 6 is left."),
            ),
            _take_away,
            (60, 190, 1220, 590),
            (2, 8),
            ("两边同减", "Subtract on both sides"),
        ),
        Scene(
            13,
            _equation("2x = 6", "两边同时除以 2", "平均分成两份，每份仍然相等"),
            (
                ("把两边都平均分成两份。", "Share both sides into two equal parts."),
                ("每一份里，一个 x 等于 3。", "In each part one x equals 3."),
            ),
            _halve,
            (60, 190, 1220, 590),
            (1.5, 8),
            ("两边同除", "Divide on both sides"),
        ),
        Scene(
            11,
            _check_still,
            (
                ("最后把 x 等于 3 代回原方程检验。", "At last put x = 3 back into the equation."),
                ("左边等于右边，答案正确。", "Left equals right: the answer is correct."),
            ),
            _check_move,
            (200, 140, 1200, 560),
            (1, 8),
            ("检验", "Check"),
        ),
    ),
    "math.eq_twostep:two_steps",
    4,
    ("等式", "移项"),
)

# The straight line -----------------------------------------------------------------------------------

ORIGIN, UNIT = (420, 370), 44


def _spot(x: float, y: float) -> Spot:
    return ORIGIN[0] + x * UNIT, ORIGIN[1] - y * UNIT


def _axes(pen: Pen, title: str, note: str) -> None:
    heading(pen, title, note)
    for step in range(-7, 8):
        pen.line([_spot(step, -5), _spot(step, 5)], (234, 232, 226), 2)
        if abs(step) <= 5:
            pen.line([_spot(-7, step), _spot(7, step)], (234, 232, 226), 2)
    pen.arrow(_spot(-7.2, 0), _spot(7.6, 0), INK, 3, 14)
    pen.arrow(_spot(0, -5.1), _spot(0, 5.4), INK, 3, 14)
    pen.text(_spot(7.7, -0.5), "x", 26)
    pen.text(_spot(0.2, 5.2), "y", 26)


def _graph(pen: Pen, k: float, b: float, colour: tuple[int, int, int]) -> None:
    xs = [-7.0, 7.0]
    if abs(k) > 0.01:
        xs = sorted(min(7.0, max(-7.0, (y - b) / k)) for y in (-5, 5))
    pen.line([_spot(x, k * x + b) for x in xs], colour, 6)
    pen.circle(_spot(0, b), 9, ROSE)


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".replace("-", "−").removesuffix(".0")


def _formula(pen: Pen, k: float, b: float) -> None:
    sign = "−" if round(b, 1) < 0 else "+"
    pen.text((830, 220), f"y = {_number(k)}x {sign} {_number(abs(b))}", 48, TEAL, is_bold=True)


def _slope(pen: Pen, u: float) -> None:
    k = -1.5 + 3.5 * part(u, 0, 1)
    _graph(pen, k, 1, TEAL)
    _formula(pen, k, 1)
    pen.text((830, 300), f"k = {_number(k)}", 40, BLUE)
    pen.text(
        (830, 370),
        "上升：y 随 x 增大而增大" if k > 0.05 else "下降：y 随 x 增大而减小" if k < -0.05 else "水平",
        36,
        BLUE,
    )


def _shift(pen: Pen, u: float) -> None:
    b = 3 * math.sin(u * 2 * math.pi)
    _graph(pen, 0.8, b, TEAL)
    _formula(pen, 0.8, b)
    pen.text((830, 300), f"b = {_number(b)}", 40, ROSE)
    pen.text((830, 370), f"与 y 轴交于 (0，{_number(b)})", 36, ROSE)


def _stairs(pen: Pen, u: float) -> None:
    _graph(pen, 1.5, -1, TEAL)
    _formula(pen, 1.5, -1)
    x = -2 + 4.5 * part(u, 0, 1)
    a, corner, c = _spot(x, 1.5 * x - 1), _spot(x + 1, 1.5 * x - 1), _spot(x + 1, 1.5 * x + 0.5)
    pen.line([a, corner], AMBER, 6)
    pen.line([corner, c], BLUE, 6)
    pen.circle(a, 8, INK)
    pen.circle(c, 8, INK)
    pen.text((830, 310), "x 增加 1", 38, AMBER)
    pen.text((830, 370), "y 增加 1.5，就是 k", 38, BLUE)


def _point_by_point(pen: Pen, u: float) -> None:
    for number, x in enumerate((-3, -2, -1, 0, 1, 2)):
        if u * 7 < number:
            break
        pen.circle(_spot(x, 1.5 * x + 1), 9, ROSE)
        pen.text((860, 210 + number * 50), f"x = {_number(x)}    y = {_number(1.5 * x + 1)}", 32)
    if u > 0.9:
        pen.line([_spot(-4, -5), _spot(2.66, 5)], TEAL, 5)


LINE_FILM = Film(
    "straight-line",
    "一次函数：k 和 b 各管什么",
    "Linear functions: what k and b do",
    "让直线动起来：k 决定倾斜的方向和快慢，b 决定它与 y 轴在哪里相交。",
    "math",
    8,
    ("math.linear_function", "math.function_concept"),
    (
        Scene(
            15,
            lambda pen: _axes(pen, "描点，连成一条直线", "y = 1.5x + 1 的图象是一条直线"),
            (
                ("取几个 x 的值，算出对应的 y。", "Take some values of x and find y."),
                ("在坐标系里描出这些点。", "Plot the points."),
                ("它们都在同一条直线上。", "All of them lie on one straight line."),
            ),
            _point_by_point,
            (90, 130, 1230, 598),
            (1, 11),
            ("描点", "Plotting"),
        ),
        Scene(
            16,
            lambda pen: _axes(pen, "k 变，直线转动", "k ＞ 0 上升，k ＜ 0 下降"),
            (
                ("让 k 从负数慢慢变成正数。", "Let k grow from negative to positive."),
                (
                    "k 小于 0 时，直线下降；大于 0 时，直线上升。",
                    "With k below 0 the line falls, above 0 it rises.",
                ),
                ("直线总经过点 (0，1)，因为 b 没有变。", "It always passes (0, 1), for b has not changed."),
            ),
            _slope,
            (90, 130, 1230, 598),
            (2, 13),
            ("k 的作用", "What k does"),
        ),
        Scene(
            15,
            lambda pen: _axes(pen, "b 变，直线平移", "b 是直线与 y 轴交点的纵坐标"),
            (
                ("现在 k 不变，只让 b 变化。", "Now keep k and change b."),
                ("直线上下平移，倾斜程度不变。", "The line moves up and down; its slope stays."),
            ),
            _shift,
            (90, 130, 1230, 598),
            (1, 13),
            ("b 的作用", "What b does"),
        ),
        Scene(
            14,
            lambda pen: _axes(pen, "k 就是“每走一步升多少”", "x 每增加 1，y 就增加 k"),
            (
                ("在直线上走一步：x 增加 1。", "Take a step: x grows by 1."),
                ("y 总是增加 1.5，这正是 k。", "y always grows by 1.5: that is k."),
            ),
            _stairs,
            (90, 130, 1230, 598),
            (1, 11),
            ("斜率", "The slope"),
        ),
        recap(
            "小结",
            (
                "一次函数 y = kx + b 的图象是直线。",
                "k 的正负决定上升还是下降。",
                "b 决定直线与 y 轴的交点 (0，b)。",
            ),
        ),
    ),
    "math.linear_function:linear_graph",
    3,
    ("图象", "斜率"),
)

# The circle ------------------------------------------------------------------------------------------

DISC, RADIUS, SECTORS = (330, 360), 165, 16


def _disc_still(pen: Pen) -> None:
    heading(pen, "圆的面积怎样计算？", "把圆平均剪成许多个小扇形")
    pen.circle(DISC, RADIUS, MIST, TEAL, 4)


def _cut_disc(pen: Pen, u: float) -> None:
    for number in range(SECTORS):
        share = part(u, number / SECTORS * 0.8, number / SECTORS * 0.8 + 0.2)
        if share > 0.02:
            pen.line([DISC, on_circle(DISC, RADIUS * share, number * 360 / SECTORS)], TEAL, 3)
    pen.text((640, 300), f"{SECTORS} 个扇形", 44, INK)
    pen.text((640, 380), "每个扇形都像一个小三角形", 40, INK)


def _sector_at(number: int, share: float) -> tuple[Spot, float]:
    """Return the tip and the turn of a sector on its way from the disc to the row."""
    angle = 360 / SECTORS
    start_turn = number * angle + angle / 2
    width = 2 * RADIUS * math.sin(math.radians(angle / 2))
    pair, is_up = divmod(number, 2)
    x = 480 + pair * width + (width / 2 if is_up else 0)
    tip = (x, 300 + RADIUS) if is_up else (x, 300)
    end_turn = 0 if is_up else 180
    turn = start_turn + (((end_turn - start_turn + 180) % 360) - 180) * share
    return between(DISC, tip, share), turn


def _unroll(pen: Pen, u: float) -> None:
    angle = 360 / SECTORS
    for number in range(SECTORS):
        share = part(u, number / SECTORS * 0.7, number / SECTORS * 0.7 + 0.3)
        tip, turn = _sector_at(number, share)
        pen.slice(tip, RADIUS, turn - angle / 2, turn + angle / 2, MIST if number % 2 else SAND, TEAL)


def _rectangle_still(pen: Pen) -> None:
    heading(pen, "拼成近似的长方形", "分得越细，越接近长方形")
    pen.box((340, 220), (518, 165), SAND, edge=TEAL, radius=0, width=4)
    pen.line([(340, 420), (858, 420)], ROSE, 5)
    pen.text((600, 455), "长 = 圆周长的一半 = πr", 38, ROSE, anchor="mm")
    pen.line([(890, 220), (890, 385)], BLUE, 5)
    pen.text((915, 302), "宽 = r", 38, BLUE)


def _area_formula(pen: Pen, u: float) -> None:
    rows = ("长方形的面积 = 长 × 宽", "圆的面积 S = πr × r = πr²")
    for number, row in enumerate(rows):
        if u * 2 >= number + 0.3:
            pen.text(
                (640, 510 + number * 52), row, 40, TEAL if number else INK, anchor="mm", is_bold=bool(number)
            )


def _example_still(pen: Pen) -> None:
    heading(pen, "算一算", "半径 3 分米的圆桌面，面积是多少？")
    pen.circle(DISC, RADIUS, SAND, AMBER, 4)


def _example_move(pen: Pen, u: float) -> None:
    end = on_circle(DISC, RADIUS, 90)
    pen.line([DISC, between(DISC, end, part(u, 0, 0.3))], ROSE, 6)
    pen.text((400, 335), "r = 3", 30, ROSE)
    for number, row in enumerate(
        ("S = πr²（π 取 3.14）", "  = 3.14 × 3²", "  = 3.14 × 9", "  = 28.26（平方分米）")
    ):
        if u > 0.3 + number * 0.17:
            pen.text((640, 220 + number * 90), row, 46, TEAL if number == 3 else INK, is_bold=number == 3)


def _row_still(pen: Pen) -> None:
    heading(pen, "一上一下，交错排列", "扇形头尾交错，拼成一排")


CIRCLE = Film(
    "circle-area",
    "圆的面积：剪一剪，拼一拼",
    "The area of a circle: cut and put together",
    "把圆剪成扇形，拼成近似的长方形，看出圆的面积公式从哪里来。",
    "math",
    6,
    ("math.circle_area", "math.circle_length"),
    (
        Scene(
            13,
            _disc_still,
            (
                ("圆的边是弯的，面积怎样计算呢？", "A circle's edge is curved: how do we find its area?"),
                ("把圆平均分成 16 个小扇形。", "Cut it into sixteen equal sectors."),
            ),
            _cut_disc,
            (140, 170, 1200, 560),
            (1, 9),
            ("剪", "Cut"),
        ),
        Scene(
            16,
            _row_still,
            (
                ("把扇形一上一下交错排起来。", "Place the sectors up and down in turn."),
                ("它们拼成了近似的长方形。", "They form nearly a rectangle."),
                ("面积没有变，只是形状变了。", "The area has not changed, only the shape."),
            ),
            _unroll,
            (120, 150, 1230, 590),
            (1, 13),
            ("拼", "Put together"),
        ),
        Scene(
            15,
            _rectangle_still,
            (
                ("长方形的长，等于圆周长的一半，就是 πr。", "Its length is half the circumference, πr."),
                ("宽等于圆的半径 r。", "Its width is the radius r."),
                ("所以圆的面积等于 πr 乘 r。", "So the area is πr times r."),
            ),
            _area_formula,
            (240, 480, 1060, 598),
            (5, 11),
            ("公式", "The formula"),
        ),
        Scene(
            15,
            _example_still,
            (
                ("半径 3 分米的圆桌面，面积是多少？", "What is the area of a round table of radius 3 dm?"),
                ("先算 3 的平方，再乘 3.14。", "Square 3, then multiply by 3.14."),
                ("得 28.26 平方分米。", "It is 28.26 square decimetres."),
            ),
            _example_move,
            (140, 160, 1220, 560),
            (1, 11),
            ("例题", "Example"),
        ),
        recap("小结", ("圆可以剪拼成近似的长方形。", "长是 πr，宽是 r。", "圆的面积 S = πr²。")),
    ),
    "math.circle_area:circle_area",
    3,
    ("圆", "转化"),
)
