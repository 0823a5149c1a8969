"""The columns of a table of questions, as data: what they are called, and examples of what stands in them."""

from collections.abc import Mapping

from library.formats.papers.vocabulary import Field

LETTERS = "ABCDEFGH"
ABOUT = "about"
"""The column of what several questions are about."""
SPARE = "spare"
"""A column for the teacher's own use, such as a running number."""

HEADS: Mapping[str, tuple[str, ...]] = {
    Field.KIND: ("题型", "题目类型", "试题类型", "类型", "type", "kind", "question type"),
    ABOUT: ("材料", "阅读材料", "题组材料", "passage", "stimulus"),
    Field.STEM: ("题干", "题目", "试题", "问题", "题目内容", "试题内容", "question", "stem", "prompt"),
    **{
        letter: (letter, f"选项{letter}", f"{letter}选项", f"choice {letter}", f"option {letter}")
        for letter in LETTERS
    },
    Field.ANSWER: ("答案", "参考答案", "正确答案", "标准答案", "answer", "correct answer", "key"),
    Field.EXPLANATION: ("解析", "答案解析", "试题解析", "解答", "详解", "explanation", "solution"),
    Field.HINT: ("提示", "hint"),
    Field.POINTS: ("知识点", "考点", "knowledge points", "knowledge point", "tags"),
    Field.DIFFICULTY: ("难度", "难易程度", "难易度", "difficulty"),
    Field.EASE: ("难度系数", "得分率", "facility"),
    Field.MINUTES: ("分钟", "用时", "建议用时", "用时(分钟)", "时长", "minutes"),
    Field.SOURCE: ("来源", "出处", "source"),
    Field.SCORE: ("分值", "分数", "points", "score"),
    SPARE: ("序号", "题号", "编号", "no", "no.", "number", "#"),
}  # fmt: skip
"""By what it holds: the headings that a column may have, in any order, width and case."""

TEMPLATE: tuple[str, ...] = (
    "题型", "题干", *(f"选项{letter}" for letter in LETTERS), "答案", "解析", "提示", "知识点", "难度",
    "分钟", "来源", "材料",
)  # fmt: skip
EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "题型": "单选题", "题干": "下列各数中，是负数的是（　　）", "选项A": "3", "选项B": "-2", "选项C": "0",
        "选项D": "1.5", "答案": "B", "解析": "小于 0 的数是负数。", "知识点": "有理数", "难度": "容易",
        "分钟": "1",
    },
    {
        "题型": "多选题", "题干": "下列图形中，是轴对称图形的有（　　）", "选项A": "圆", "选项B": "正方形",
        "选项C": "平行四边形", "答案": "AB", "难度": "中等", "分钟": "2",
    },
    {"题型": "判断题", "题干": "0 是最小的自然数。", "答案": "对", "难度": "容易", "分钟": "1"},
    {
        "题型": "填空题", "题干": "若 $2x=6$，则 $x=$____，$x^2=$____。", "答案": "3；9",
        "解析": "两边同时除以 2。", "难度": "中等", "分钟": "2", "来源": "课堂练习",
    },
    {
        "题型": "简答题", "题干": "用自己的话说说什么是负数。", "答案": "比 0 小的数。", "难度": "中等",
        "分钟": "5",
    },
)  # fmt: skip
KINDS_OFFERED: tuple[str, ...] = (
    "单选题",
    "多选题",
    "判断题",
    "填空题",
    "数值题",
    "简答题",
    "拍照题",
    "口语题",
)
DIFFICULTIES_OFFERED: tuple[str, ...] = ("容易", "较易", "中等", "较难", "困难")
