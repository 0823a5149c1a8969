"""The words by which papers name their parts, as data: Chinese as in Word and WPS, and English."""

from collections.abc import Mapping
from enum import StrEnum

from library.items.models import ItemKind

Kinds = tuple[ItemKind, ...]
"""The kinds that a heading may mean; the question itself tells which."""

CHOICES: Kinds = (ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE)

KIND_WORDS: tuple[tuple[str, Kinds], ...] = (
    ("多项选择", (ItemKind.MULTIPLE_CHOICE,)),
    ("不定项", (ItemKind.MULTIPLE_CHOICE,)),
    ("多选", (ItemKind.MULTIPLE_CHOICE,)),
    ("multiple response", (ItemKind.MULTIPLE_CHOICE,)),
    ("multiple answer", (ItemKind.MULTIPLE_CHOICE,)),
    ("单项选择", (ItemKind.CHOICE,)),
    ("单项填空", (ItemKind.CHOICE,)),
    ("单选", (ItemKind.CHOICE,)),
    ("single choice", (ItemKind.CHOICE,)),
    ("multiple choice", CHOICES),
    ("multiple-choice", CHOICES),
    ("选择", CHOICES),
    ("完形填空", CHOICES),
    ("判断", (ItemKind.TRUE_FALSE,)),
    ("true or false", (ItemKind.TRUE_FALSE,)),
    ("true/false", (ItemKind.TRUE_FALSE,)),
    ("数值", (ItemKind.NUMERIC,)),
    ("numeric", (ItemKind.NUMERIC,)),
    ("填空", (ItemKind.TEXT_ENTRY,)),
    ("填一填", (ItemKind.TEXT_ENTRY,)),
    ("看拼音写词", (ItemKind.TEXT_ENTRY,)),
    ("口算", (ItemKind.TEXT_ENTRY,)),
    ("fill in", (ItemKind.TEXT_ENTRY,)),
    ("fill-in", (ItemKind.TEXT_ENTRY,)),
    ("gap filling", (ItemKind.TEXT_ENTRY,)),
    ("简答", (ItemKind.EXTENDED_TEXT,)),
    ("论述", (ItemKind.EXTENDED_TEXT,)),
    ("问答", (ItemKind.EXTENDED_TEXT,)),
    ("材料分析", (ItemKind.EXTENDED_TEXT,)),
    ("作文", (ItemKind.EXTENDED_TEXT,)),
    ("写作", (ItemKind.EXTENDED_TEXT,)),
    ("习作", (ItemKind.EXTENDED_TEXT,)),
    ("书面表达", (ItemKind.EXTENDED_TEXT,)),
    ("翻译", (ItemKind.EXTENDED_TEXT,)),
    ("short answer", (ItemKind.EXTENDED_TEXT,)),
    ("essay", (ItemKind.EXTENDED_TEXT,)),
    ("writing", (ItemKind.EXTENDED_TEXT,)),
    ("written answer", (ItemKind.EXTENDED_TEXT,)),
    ("口语", (ItemKind.SPOKEN,)),
    ("朗读", (ItemKind.SPOKEN,)),
    ("spoken", (ItemKind.SPOKEN,)),
    ("解答", (ItemKind.PHOTO,)),
    ("计算", (ItemKind.PHOTO,)),
    ("应用题", (ItemKind.PHOTO,)),
    ("解决问题", (ItemKind.PHOTO,)),
    ("证明", (ItemKind.PHOTO,)),
    ("作图", (ItemKind.PHOTO,)),
    ("操作题", (ItemKind.PHOTO,)),
    ("实验", (ItemKind.PHOTO,)),
    ("探究", (ItemKind.PHOTO,)),
    ("综合题", (ItemKind.PHOTO,)),
    ("连线", (ItemKind.PHOTO,)),
    ("拍照", (ItemKind.PHOTO,)),
    ("photo", (ItemKind.PHOTO,)),
    ("show your work", (ItemKind.PHOTO,)),
)
"""Words of headings and of 题型, the longer and narrower ones first."""

KIND_NAMES: Mapping[ItemKind, str] = {
    ItemKind.CHOICE: "单选题",
    ItemKind.MULTIPLE_CHOICE: "多选题",
    ItemKind.TRUE_FALSE: "判断题",
    ItemKind.TEXT_ENTRY: "填空题",
    ItemKind.NUMERIC: "数值题",
    ItemKind.EXTENDED_TEXT: "简答题",
    ItemKind.PHOTO: "拍照题",
    ItemKind.SPOKEN: "口语题",
}
"""What 题型 says of the kinds that a paper can have."""


class Field(StrEnum):
    """A part of a question that a label announces."""

    KIND = "kind"
    STEM = "prompt"
    ANSWER = "answer"
    EXPLANATION = "explanation"
    HINT = "hints"
    POINTS = "knowledge_points"
    DIFFICULTY = "difficulty"
    EASE = "ease"
    """The share of pupils who get it right (难度系数)."""
    MINUTES = "minutes"
    SOURCE = "source"
    SCORE = "score"


LABELS: Mapping[Field, tuple[str, ...]] = {
    Field.KIND: ("题型", "题目类型", "试题类型", "Question type", "Type"),
    Field.STEM: ("题目", "题干", "试题", "Question", "Stem"),
    Field.ANSWER: (
        "答案", "参考答案", "正确答案", "标准答案", "正确选项",
        "Correct answers", "Correct answer", "Answers", "Answer", "Ans", "Keys", "Key",
    ),
    Field.EXPLANATION: (
        "解析", "答案解析", "试题解析", "题目解析", "解题过程", "解答", "详解", "分析", "思路点拨",
        "思路", "点拨", "点评", "点睛",
        "Explanation", "Solution", "Rationale", "Feedback",
    ),
    Field.HINT: ("提示", "Hint"),
    Field.POINTS: ("知识点", "考查知识点", "考查点", "考点", "Knowledge points", "Knowledge point", "Tags"),
    Field.DIFFICULTY: ("难度", "难易程度", "难易度", "Difficulty"),
    Field.EASE: ("难度系数", "得分率", "Facility"),
    Field.MINUTES: ("建议用时", "预计用时", "用时", "时长", "分钟", "Minutes"),
    Field.SOURCE: ("来源", "出处", "试题来源", "Source"),
    Field.SCORE: ("分值", "分数", "Points", "Score", "Marks"),
}  # fmt: skip
"""The words before a colon, or between brackets, that announce a part; the usual one first."""

ANSWER_LISTS = (
    "参考答案与解析", "参考答案及解析", "答案与解析", "答案及解析", "参考答案", "答案", "Answer key",
    "Answers", "Keys", "Key",
)  # fmt: skip
"""Headings of a list of answers at the end."""

TRUE_WORDS = frozenset({"对", "√", "✓", "✔", "正确", "是", "t", "true", "yes", "right", "a对"})
FALSE_WORDS = frozenset({"错", "×", "✗", "✘", "x", "错误", "不对", "否", "f", "false", "no", "wrong"})

CASE_WORDS = ("区分大小写", "注意大小写", "case-sensitive")
"""Between brackets behind an answer, they say that capitals count in it; the usual one first."""

DIFFICULTIES: Mapping[str, float] = {
    "容易": 0.17, "简单": 0.17, "基础": 0.17, "易": 0.17, "easy": 0.17,
    "较易": 0.33, "较简单": 0.33, "中等偏易": 0.33,
    "中等": 0.5, "中档": 0.5, "一般": 0.5, "适中": 0.5, "中": 0.5, "medium": 0.5,
    "较难": 0.67, "中等偏难": 0.67, "提高": 0.67,
    "困难": 0.83, "很难": 0.83, "难": 0.83, "压轴": 0.83, "hard": 0.83, "difficult": 0.83,
}  # fmt: skip
"""From 0 easy to 1 hard."""

STIMULUS_LABELS = ("阅读材料", "材料", "短文", "题组", "Passage", "Text", "Stimulus")
"""Before a colon, they announce what several questions are about."""
STIMULUS_WORDS = (
    "阅读",
    "材料",
    "短文",
    "选文",
    "完形",
    "完型",
    "听力原文",
    "根据",
    "读图",
    "read the",
    "the passage",
)
"""In an instruction, they do."""
ASKS_BELOW = (
    "回答",
    "完成",
    "作答",
    "解答",
    "选出",
    "选择",
    "答题",
    "answer",
    "complete",
    "choose",
    "questions",
)
"""What such an instruction asks to do."""
ABOUT = ("阅读", "材料", "短文", "完形", "完型", "选文", "根据上", "根据以上", "read the", "passage")
"""Words in the stem of a numbered question whose parts are questions of their own."""

FURNITURE = (
    "姓名", "班级", "学号", "考号", "座号", "得分", "考试时间", "满分", "时间:", "命题", "审题", "评卷人",
    "注意事项", "学校", "name:", "class:", "date:", "score:",
)  # fmt: skip
"""Words of lines at the head of a paper that belong to no question."""

UNREAD: Mapping[str, str] = {"formula": "公式", "picture": "图片", "box": "文本框", "object": "对象"}
"""What a Word file holds that cannot be read, as its text says it in its place."""
UNREAD_MARK = "〔未读：{what}〕"
PICTURE_WORDS = "图片"
"""How a picture without a description is called to those who cannot see it."""
