"""Papers as teachers type them become questions, and every line is accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.formats.errors import BadFile
from library.formats.papers import errors
from library.formats.papers.correcting import with_kind
from library.formats.papers.facts import difficulty_in
from library.formats.papers.paper import read, read_text
from library.formats.papers.text import lines_in
from library.formats.reading import Fate, Note, ReadQuestion
from library.items.models import ItemKind
from library.items.records import ItemRecord


def questions(text: str) -> list[ReadQuestion]:
    """What is read of *text*."""
    return list(read_text(text).questions)


def only(text: str) -> ItemRecord:
    """The one question of *text*."""
    [found] = questions(text)
    assert found.record is not None, str(found.problem)
    return found.record


def problem(text: str) -> str:
    """Which refusal the first question of *text* that cannot be read has."""
    return next(type(one.problem).__name__ for one in questions(text) if one.problem)


def notes(text: str) -> set[tuple[str, str, str]]:
    """Fate, part and reason of what became of the parts of the one question of *text*."""
    [found] = questions(text)
    return {(one.fate.value, one.part, one.reason) for one in found.notes}


# Numbers and choices


@pytest.mark.parametrize(
    "number", ["1.", "1．", "1、", "（1）", "(1)", "1)", "第1题", "第 1 题：", "Question 1.", "Q1:", "【1】."]
)
def test_a_question_begins_with_a_number_in_any_of_the_usual_forms(number: str) -> None:
    assert only(f"{number} 1+1=____\n答案：2").prompt == "1+1=[[1]]"


@pytest.mark.parametrize(
    "choices",
    [
        "A. 甲\nB. 乙\nC. 丙",
        "A．甲　　B．乙　　C．丙",
        "A、甲\tB、乙\tC、丙",
        "A.甲B.乙C.丙",
        "(A) 甲 (B) 乙 (C) 丙",
        "（A）甲；（B）乙；（C）丙",
        "A) 甲\nB) 乙   C) 丙",
    ],
)
def test_choices_stand_on_lines_of_their_own_or_side_by_side(choices: str) -> None:
    found = only(f"1. 选哪个？\n{choices}\n答案：B")
    assert [(one["id"], one["text"]) for one in found.interaction["choices"]] == [
        ("A", "甲"), ("B", "乙"), ("C", "丙")
    ]  # fmt: skip
    assert found.correct == ["B"]


def test_choices_may_follow_the_words_on_their_line() -> None:
    found = only("1. 1+1=（　　） A. 1  B. 2  C. 3\n答案：B")
    assert found.prompt == "1+1=（　　）"
    assert len(found.interaction["choices"]) == 3


def test_a_letter_inside_a_choice_is_part_of_it() -> None:
    found = only("1. 含有哪种？\nA. 维生素 B.含量高的  B. 维生素 C\n答案：A")
    assert [one["text"] for one in found.interaction["choices"]] == ["维生素 B.含量高的", "维生素 C"]


def test_a_choice_goes_on_in_the_next_line() -> None:
    found = only("1. 选哪个？\nA. 很长的\n一句话\nB. 短的\n答案：A")
    assert found.interaction["choices"][0]["text"] == "很长的\n一句话"


def test_a_decimal_at_the_beginning_of_a_line_is_no_number_of_a_question() -> None:
    assert only("1. 下面的数是\n3.5 的几倍？\n答案：2").prompt == "下面的数是\n3.5 的几倍？"


def test_numbered_steps_of_a_solution_stay_in_it() -> None:
    first, second = questions(
        "1. 解方程 2x+1=5\n答案：x=2\n解析：\n1. 移项\n1. 系数化为一\n2. 1+1=____\n答案：2"
    )
    assert first.record is not None
    assert second.record is not None
    assert "移项" in first.record.explanation or "移项" in first.source
    assert second.record.prompt == "1+1=[[1]]"


def test_numbers_that_word_lost_still_begin_questions() -> None:
    found = questions("1. 甲？\nA. 1 B. 2\n答案：A\n1. 乙？\nA. 3 B. 4\n答案：B\n")
    assert [one.record and one.record.prompt for one in found] == ["甲？", "乙？"]


def test_questions_without_numbers_are_told_apart_by_empty_lines() -> None:
    found = questions("哪个是质数？\nA. 4\nB. 5\n答案：B\n\n哪个是偶数？\nA. 1\nB. 2\n答案：B\n")
    assert [one.record and one.record.prompt for one in found] == ["哪个是质数？", "哪个是偶数？"]


# Answers


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("答案：B", ["B"]),
        ("【答案】B", ["B"]),
        ("参考答案: b", ["B"]),
        ("答案 ： Ｂ．", ["B"]),
        ("Answer: B", ["B"]),
        ("【答案】故选：B", ["B"]),
        ("答案：乙", ["B"]),
        ("答案：\nB", ["B"]),
    ],
)
def test_the_answer_of_a_choice_is_said_in_many_ways(answer: str, key: list[str]) -> None:
    assert only(f"1. 选哪个？\nA. 甲\nB. 乙\n{answer}").correct == key


@pytest.mark.parametrize("answer", ["ABD", "A、B、D", "A, B, D", "A B D", "A，B 和 D"])
def test_several_letters_make_a_multiple_choice(answer: str) -> None:
    found = only(f"1. 选哪些？\nA. 甲\nB. 乙\nC. 丙\nD. 丁\n答案：{answer}")
    assert (found.kind, found.correct) == (ItemKind.MULTIPLE_CHOICE, ["A", "B", "D"])


def test_an_answer_in_the_brackets_of_the_words_is_taken_out_of_them() -> None:
    text = "1. 1+1 等于（ B ）。\nA. 1  B. 2"
    assert only(text).prompt == "1+1 等于（　　）。"
    assert only(text).correct == ["B"]
    assert ("changed", "answer", "from-brackets") in notes(text)


def test_brackets_that_hold_no_answer_stay() -> None:
    assert only("1. 过点（ A ）的直线有几条？____\n答案：无数").prompt.startswith("过点（ A ）")


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("对", "true"),
        ("错", "false"),
        ("√", "true"),
        ("×", "false"),
        ("T", "true"),
        ("False", "false"),
        ("正确", "true"),
    ],
)
def test_statements_are_true_or_false(word: str, key: str) -> None:
    found = only(f"1. 0 是自然数。（　）\n答案：{word}")
    assert (found.kind, found.correct) == (ItemKind.TRUE_FALSE, [key])


@pytest.mark.parametrize(
    "end",
    [
        "1-3 ABA",
        "1~3：ABA",
        "1—2 AB  3 — 3 A",
        "1. A  2. B  3. A",
        "1．A\n2．B\n3．A",
        "题号 1 2 3\n答案 A B A",
        "1-3 A B A",
    ],
)
def test_a_list_at_the_end_has_the_answers(end: str) -> None:
    paper = "".join(f"{number}. 题{number}？\nA. 甲\nB. 乙\n" for number in (1, 2, 3))
    found = questions(f"{paper}\n参考答案\n{end}\n")
    assert [one.record and one.record.correct for one in found] == [["A"], ["B"], ["A"]]


def test_a_list_at_the_end_follows_the_sections_where_numbers_begin_anew() -> None:
    paper = "一、选择题\n1. 题？\nA. 甲 B. 乙\n二、填空题\n1. 1+1=____\n"
    found = questions(f"{paper}参考答案\n一、选择题\n1. B\n二、填空题\n1. 2\n")
    assert [one.record and one.record.correct for one in found] == [["B"], [["2"]]]


def test_questions_may_go_on_below_a_list_of_answers() -> None:
    found = questions(
        "1. 题？\nA. 甲 B. 乙\n参考答案\n1. B\n\n2. 1+1=____\n答案：2\n3. 选？\nA. 甲 B. 乙\n答案：A\n"
    )
    assert [one.record and one.record.correct for one in found] == [["B"], [["2"]], ["A"]]


def test_an_answer_to_a_question_that_is_not_there_is_named() -> None:
    found = questions("1. 题？\nA. 甲 B. 乙\n参考答案\n1. B\n9. A\n")
    assert found[0].record is not None
    assert isinstance(found[1].problem, errors.AnswerOfNothing)
    assert found[1].place == 5


def test_a_line_of_the_list_that_is_no_answer_is_named() -> None:
    found = questions("1. 题？\nA. 甲 B. 乙\n参考答案\n1-3 AB\n")
    assert [type(one.problem).__name__ for one in found] == ["AnswerMissing", "AnswersNotUnderstood"]


# Blanks


@pytest.mark.parametrize("blank", ["____", "＿＿＿", "（　　）", "(   )", "（ ）"])
def test_blanks_are_lines_or_empty_brackets(blank: str) -> None:
    assert only(f"1. 1+1={blank}。\n答案：2").prompt == "1+1=[[1]]。"


@pytest.mark.parametrize("between", ["；", ";", "  ", "\t", "，", "、", " "])
def test_answers_of_several_blanks_stand_apart(between: str) -> None:
    assert only(f"1. ____和____\n答案：甲{between}乙").correct == [["甲"], ["乙"]]


@pytest.mark.parametrize("answer", ["(1)甲(2)乙", "（1）甲；（2）乙", "①甲②乙", "① 甲；② 乙"])
def test_answers_of_several_blanks_may_have_numbers(answer: str) -> None:
    assert only(f"1. ____和____\n答案：{answer}").correct == [["甲"], ["乙"]]


def test_an_answer_with_commas_is_one_where_there_is_one_blank() -> None:
    assert only("1. 解集是____\n答案：x=1，x=2").correct == [["x=1，x=2"]]


def test_other_accepted_answers_stand_behind_a_stroke() -> None:
    assert only("1. 首都是____\n答案：北京 / 北京市").correct == [["北京", "北京市"]]


def test_formulas_are_compared_by_their_value() -> None:
    found = only("1. 化简得____\n答案：$2x+3$")
    assert found.correct == [["2x+3"]]
    assert found.interaction["answers"] == ["expression"]


@pytest.mark.parametrize(
    "answer",
    [
        "$1<x\\le3$",
        "$x=1$或$x=2$",
        "$\\pm2$ / $2$或$-2$",
        "$(1,2)$",
        "$\\{1,2\\}$",
        "$x>2$且$x≠3$",
        "$x=1$，$y=2$",
        "$\\left\\{ \\begin{aligned} x & =1 \\\\ y & =2 \\end{aligned} \\right.$",
        "$[1,3)\\cup(5,+\\infty)$",
    ],
)
def test_relations_alternatives_and_sets_are_formulas_too(answer: str) -> None:
    found = only(f"1. 解是____。\n答案：{answer}")
    assert found.interaction["answers"] == ["expression"]
    assert "$" not in str(found.correct)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("$12cm$", "12cm"),
        (r"$12\text{ cm}$", "12cm"),
        (r"$3\,\mathrm{m}^2$", "3 m^2"),
    ],
)
def test_a_number_with_a_unit_is_no_formula(answer: str, key: str) -> None:
    found = only(f"1. 长____\n答案：{answer}")
    assert found.interaction["answers"] == ["quantity"]
    assert found.correct == [[key]]


def test_a_product_of_one_letter_stays_a_formula() -> None:
    assert only("1. 化简得____\n答案：$5m$").interaction["answers"] == ["expression"]


def test_capitals_count_where_the_answer_says_so() -> None:
    found = only(
        "1. 镁的元素符号是____，氧化镁是白色____，Monday 的缩写是____。\n答案：Mg（区分大小写）；固体 / 粉末；Mon (Case-sensitive)"
    )
    assert found.correct == [["Mg"], ["固体", "粉末"], ["Mon"]]
    assert found.interaction["answers"] == ["exact", "text", "exact"]


def test_underlined_words_are_the_answers_where_nothing_else_is() -> None:
    found = only(r"1. 首都是$\underline{\text{北京}}$。")
    assert (found.prompt, found.correct) == ("首都是[[1]]。", [["北京"]])


def test_more_answers_than_blanks_are_told() -> None:
    assert problem("1. ____和____\n答案：甲；乙；丙") == "BlanksAndAnswers"


# Kinds


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("一、填空题（每空2分，共10分）", ItemKind.TEXT_ENTRY),
        ("二、解答题", ItemKind.PHOTO),
        ("三．简答题：", ItemKind.EXTENDED_TEXT),
        ("【作文】", ItemKind.EXTENDED_TEXT),
        ("第二部分 计算题", ItemKind.PHOTO),
        ("Part II Short answer questions", ItemKind.EXTENDED_TEXT),
        ("口语题", ItemKind.SPOKEN),
    ],
)
def test_a_heading_names_the_kind(heading: str, kind: ItemKind) -> None:
    assert only(f"{heading}\n1. 说说看____\n答案：好").kind is kind


def test_a_label_names_the_kind_and_wins() -> None:
    text = "一、填空题\n1. 说说看。\n题型：简答题\n答案：好"
    assert only(text).kind is ItemKind.EXTENDED_TEXT
    assert only(text).explanation == "好"


def test_words_below_the_label_of_the_kind_belong_to_the_question() -> None:
    assert only("1. 第一行\n题型：简答题\n第二行").prompt == "第一行\n第二行"


def test_a_kind_that_nobody_knows_is_told() -> None:
    assert problem("1. 说说看\n题型：脑筋急转弯") == "NoSuchKind"


def test_what_a_question_says_tells_the_kind_where_nothing_else_does() -> None:
    assert ("changed", "kind", "inferred") in notes("1. 1+1=____\n答案：2")
    assert only("1. 谈谈你的看法。").kind is ItemKind.EXTENDED_TEXT


def test_a_number_has_its_tolerance() -> None:
    found = only("1. π 约等于____\n题型：数值题\n答案：3.14±0.01")
    assert found.correct == {"value": "3.14", "tolerance": 0.01}


def test_the_kind_is_written_into_the_text() -> None:
    source = "一、填空题\n3. 说说看____\n题型：填空题\n答案：好\n"
    changed = with_kind(source, ItemKind.EXTENDED_TEXT)
    assert changed == "一、填空题\n3. 说说看____\n题型：简答题\n答案：好\n"
    assert only(changed).kind is ItemKind.EXTENDED_TEXT


@pytest.mark.parametrize("kind", [ItemKind.PHOTO, ItemKind.SPOKEN, ItemKind.EXTENDED_TEXT])
def test_a_choice_that_a_teacher_marks_keeps_its_choices_as_words(kind: ItemKind) -> None:
    found = only(with_kind("1. 选哪个？\nA. 甲\nB. 乙\n答案：B", kind))
    assert found.kind is kind
    assert found.prompt == "选哪个？\nA. 甲\nB. 乙"


# What stands beside them


def test_facts_are_read_from_their_labels() -> None:
    text = (
        "1. （2023·北京中考）1+1=____（3分）\n【答案】2\n【解析】数一数。\n知识点：加法；数\n难度：★★★★☆\n"
        "建议用时：2分钟\n提示：用手指"
    )
    found = only(text)
    assert (found.prompt, found.source) == ("1+1=[[1]]", "2023·北京中考")
    assert (found.explanation, found.hints, found.minutes, found.difficulty) == (
        "数一数。",
        ["用手指"],
        2,
        0.7,
    )
    [named] = [one for one in questions(text)[0].notes if one.part == "knowledge_points"]
    assert named == Note(Fate.CHANGED, "knowledge_points", "by-name", {"names": ["加法", "数"]})
    assert ("dropped", "score", "set-when-assigned") in notes(text)


def test_answer_and_explanation_may_share_a_line() -> None:
    found = only("1. 选哪个？\nA. 甲\nB. 乙\n答案：B  解析：因为乙。")
    assert (found.correct, found.explanation) == (["B"], "因为乙。")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("容易", 0.17),
        ("中等题", 0.5),
        ("难", 0.83),
        ("★☆☆☆☆", 0.1),
        ("0.4", 0.4),
        ("hard", 0.83),
        ("说不清", None),
    ],
)
def test_difficulty_is_a_word_stars_or_a_share(said: str, value: float | None) -> None:
    assert difficulty_in(said) == value


def test_the_share_of_right_answers_is_turned_round() -> None:
    assert only("1. 1+1=____\n答案：2\n难度系数：0.85").difficulty == 0.15


# What several are about


def test_a_text_belongs_to_the_questions_that_it_names() -> None:
    reading = read_text(
        "阅读下面的短文，回答1～2题。\n春天来了。\n\n花开了。\n1. 什么季节？\nA. 春 B. 夏\n"
        "答案：A\n2. 理由？\n3. 1+1=____\n答案：2"
    )
    [about] = reading.stimuli
    assert about.text == "阅读下面的短文，回答1～2题。\n春天来了。\n\n花开了。"
    assert [one.stimulus for one in reading.good] == [about.identifier, about.identifier, ""]


def test_parts_with_answers_of_their_own_are_questions_about_the_whole() -> None:
    reading = read_text(
        "5. 阅读材料，回答问题。\n某城市人口。\n（1）哪年最多？\nA. 2000 B. 2010\n答案：B\n"
        "（2）说说原因。\n答案：发展"
    )
    [about] = reading.stimuli
    assert about.text == "阅读材料，回答问题。\n某城市人口。"
    assert [one.kind for one in reading.good] == [ItemKind.CHOICE, ItemKind.TEXT_ENTRY]


def test_parts_of_one_piece_of_work_stay_together() -> None:
    found = only("三、解答题\n1. 解方程：\n（1）2x=4\n（2）x+1=3\n答案：（1）x=2（2）x=2")
    assert (found.kind, found.prompt) == (ItemKind.PHOTO, "解方程：\n(1) 2x=4\n(2) x+1=3")
    assert found.explanation == "（1）x=2（2）x=2"


def test_passages_of_a_reading_section_have_letters() -> None:
    reading = read_text(
        "Part I Reading\nA\nTom is a boy.\n1. Who is Tom?\nA. A boy. B. A girl.\nAnswer: A\n"
        "B\nAnn is a girl.\n2. Who is Ann?\nA. A boy. B. A girl.\nAnswer: B\n"
    )
    assert [one.text for one in reading.stimuli] == ["A\nTom is a boy.", "B\nAnn is a girl."]


# Papers as they come


def test_a_paper_of_the_usual_exercise_sites_is_read() -> None:
    first, second, third = read_text(
        "一．选择题（共2小题，每小题3分）\n"
        "1．（3分）最小的数是（　　）\nA．﹣3\tB．0\n"
        "【考点】有理数大小比较．\n【分析】负数小于0，\n可得答案．\n【解答】解：最小的是﹣3．\n故选：A．\n【点评】基础题．\n"
        "2．（3分）如图，（A）点表示的数是（　　）\nA．1\nB．2\n"
        "【答案】B\n【解析】\n【分析】看图．\n【详解】由图可知．\n"
        "二．填空题\n3．（3分）计算：﹣3﹣5=　﹣8　．\n【解答】解：﹣8．\n故答案为：﹣8．"
    ).good
    assert (first.correct, second.correct, third.correct) == (["A"], ["B"], [["﹣8"]])
    assert third.prompt == "计算：﹣3﹣5=[[1]]．"
    assert first.explanation.startswith("负数小于0，\n可得答案．\n")


def test_a_chinese_paper_of_a_primary_school_is_read() -> None:
    reading = read_text(
        "三年级语文第一单元\n一、看拼音，写词语。\nchén zhuó（____）  yán jiū（____）\n答案：沉着；研究\n"
        "二、阅读短文，回答问题。\n          秋天\n秋天来了。\n1. 短文写的是（ ）季。\nA.春 B.秋\n答案：B\n"
        "三、习作\n写一写你的爱好，不少于200字。\n"
    )
    assert [one.problem for one in reading.questions if one.problem] == []
    assert [one.kind for one in reading.good] == [
        ItemKind.TEXT_ENTRY,
        ItemKind.CHOICE,
        ItemKind.EXTENDED_TEXT,
    ]
    assert reading.good[0].correct == [["沉着"], ["研究"]]
    assert reading.stimuli[0].text == "阅读短文，回答问题。\n秋天\n秋天来了。"


def test_an_english_paper_is_read() -> None:
    reading = read_text(
        "Unit 3 Test\nI. 单项选择\n( B ) 1. —What's this? —It's ____ apple.\nA. a B. an C. the D. /\n"
        "II. 完形填空\nTom is a boy. He __2__ up at six.\n2. A. get B. gets C. got\n"
        "III. 阅读理解\nA\nI am Ann.\n3. How old is Ann?\nA. Nine. B. Ten.\n"
        "IV. 翻译\n4. 我喜欢苹果。\nKeys:\n2-3 BA\n4. I like apples.\n"
    )
    assert [one.problem for one in reading.questions if one.problem] == []
    assert [one.correct for one in reading.good] == [["B"], ["B"], ["A"], []]
    assert [one.prompt for one in reading.good][1] == "2. ____"
    assert [bool(one.stimulus) for one in reading.good] == [False, True, True, False]


# What cannot be read


def test_lines_above_all_questions_are_title_head_or_named() -> None:
    reading = read_text(
        "七年级数学测试\n姓名：____ 得分：____\n这是一句多余的话。\n还有一句。\n1. 1+1=____\n答案：2"
    )
    assert reading.title == "七年级数学测试"
    assert [one.values["line"] for one in reading.notes] == [2]
    named = [one.problem for one in reading.questions if isinstance(one.problem, errors.NotUnderstood)]
    assert [one.details["line"] for one in named] == [3, 4]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("1. 选哪个？\nA. 甲\nB. 乙", "AnswerMissing"),
        ("1. 选哪个？\nA. 甲\nB. 乙\n答案：E", "UnknownKey"),
        ("1. 选哪个？\nA. 甲\nB. 乙\n答案：不知道", "AnswerUnclear"),
        ("1. 选哪个？\nA. 甲\nC. 乙\n答案：A", "ChoiceSkipped"),
        ("1. 选哪个？\nA. 甲\nA. 乙\n答案：A", "ChoiceTwice"),
        ("1. 选哪个？\nA. 甲\nB.\n答案：A", "ChoiceEmpty"),
        ("1. 选哪个？\nA. 甲\nB. 甲\n答案：A", "SameChoice"),
        ("一、单选题\n1. 选哪个？\nA. 甲\nB. 乙\n答案：AB", "OneRightAnswer"),
        ("1. \n答案：2", "NoStem"),
        ("二、判断题\n1. 对吗？\n答案：也许", "NotTrueOrFalse"),
        (r"1. 求 $\frac{1}{2$ 的值____" + "\n答案：1", "UnevenDollars"),
        (r"1. 求 $\sqrt{2} 的值____" + "\n答案：1", "UnevenDollars"),
        ("1. 看〔未读：公式〕，它是____\n答案：1", "NotReadHere"),
        ("1. 看图[[picture:p9]]____\n答案：1", "PictureUnknown"),
    ],
)
def test_each_fault_has_its_own_words(text: str, refusal: str) -> None:
    assert problem(text) == refusal


def test_prices_are_no_formulas() -> None:
    assert only("1. A pen costs $5. How much are two? ____\nAnswer: 10").correct == [["10"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert read("1. 首都是____\r\n答案：北京\r\n".encode(encoding)).good[0].correct == [["北京"]]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x81\x00\x00", b"PK\x03\x04\x00\x00"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        read(content)


def test_an_endless_text_is_refused() -> None:
    with pytest.raises(errors.TooLongAPaper):
        read_text("1. x\n" * 250_000)


PIECES = (
    "1. 甲？", "2、乙____", "（1）丙", "3.5 米", "A. 一  B. 二", "B. 三", "答案：A", "【解析】因为",
    "参考答案", "1-2 AB", "一、选择题", "二、阅读短文，回答问题。", "材料：", "题号 1 2", "答案 A B", "A", "",
    "知识点：数", "难度：中", "随便一句话", "$x^2", "题型：判断题", "(2) x=1  (3) y=2", "5. ", "姓名：____",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_every_line_is_part_of_exactly_one_question_or_named(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        found = read_text(text)
    except errors.NothingAsked:
        return
    assert "\n".join(one.source for one in found.questions) == "\n".join(lines_in(text))
    places = [one.place for one in found.questions]
    assert places == sorted(set(places))
    assert all((one.record is None) != (one.problem is None) for one in found.questions)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_text(text)
    except BadFile:
        return
    assert "\n".join(one.source for one in found.questions) == "\n".join(lines_in(text))


def test_a_text_below_its_label_stands_between_questions_whose_answers_are_at_the_end() -> None:
    paper = "1. 写一写。\n\n材料：春\n东风来了。\n2. 谁来了？\n\n参考答案\n1. 略\n2. 东风"
    found = read_text(paper)
    [text] = found.stimuli
    assert (text.title, text.text) == ("春", "东风来了。")
    assert [bool(one.stimulus) for one in found.good] == [False, True]


def test_the_text_of_a_question_that_speaks_of_one_stays_with_it() -> None:
    paper = "1. 阅读材料，写一写。\n\n材料：东风来了。\n\n2. 谁来了？\n\n参考答案\n1. 略\n2. 东风"
    found = read_text(paper)
    assert found.stimuli == []
    assert "东风来了。" in found.good[0].prompt
