import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import db, transaction
from library.curriculum.models import Volume
from library.interchange import imports
from library.interchange.errors import BadFile, HasBadLines
from library.interchange.imports import Outcome, import_file
from library.interchange.mappings import mapping
from library.items.models import Item, ItemVersion
from library.resources.models import Resource, ResourceBody, ResourceItem, ResourceVersion
from library.resources.prose import prose
from tests.factories.library import make_point, make_subject, make_unit


@pytest.fixture(autouse=True)
def curriculum(context: Flask) -> None:
    with transaction():
        make_point(subject=make_subject(code="math")).code = "math.fraction"


def practice(identifier: str = "urn:t:1", **changed: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    return {
        "identifier": identifier,
        "kind": "practice",
        "title": "同分母分数加法",
        "subject": "math",
        "grades": [5, 5],
        "knowledge_points": ["math.fraction"],
        "items": [
            {
                "identifier": f"{identifier}:1",
                "kind": "choice",
                "prompt": "$\\frac15+\\frac25=$",
                "interaction": {"choices": [{"id": "A", "text": "3/5"}, {"id": "B", "text": "3/10"}]},
                "correct": ["A"],
                "misconceptions": [{"response": "B", "feedback": "分母不能相加。"}],
                "knowledge_points": ["math.fraction"],
            }
        ],
    } | changed


def write(path: Path, lines: list[object]) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def run(path: Path, **options: Any) -> Outcome:  # noqa: ANN401 -- the options of import_file
    return import_file(path, on_progress=lambda _done, _total: None, **options)


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_practice_comes_in_with_its_questions(tmp_path: Path) -> None:
    outcome = run(write(tmp_path / "a.jsonl", [practice(), practice("urn:t:2", body="读一读")]))
    assert (outcome.added, outcome.refused) == (2, 0)
    version = db.session.scalars(
        select(ItemVersion).join(Item, Item.current_version_id == ItemVersion.id).order_by(ItemVersion.id)
    ).first()
    assert version is not None
    assert version.correct == {"choices": ["A"]}
    assert version.misconceptions == [{"response": {"choices": ["B"]}, "feedback": "分母不能相加。"}]
    assert count(ResourceItem) == 2
    assert db.session.scalars(select(ResourceBody.text)).all() == ["读一读"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [practice()])
    run(path)
    assert run(path) == Outcome(0, 0, 1, 0, [])


def test_a_changed_line_changes_its_resource_and_keeps_what_it_said(tmp_path: Path) -> None:
    run(write(tmp_path / "a.jsonl", [practice()]))
    changed = practice(title="分数加法")
    changed["items"][0]["prompt"] = "$\\frac17+\\frac27=$"
    outcome = run(write(tmp_path / "b.jsonl", [changed]))
    assert (outcome.added, outcome.changed) == (0, 1)
    assert db.session.scalars(select(Resource.title)).all() == ["分数加法"]
    assert db.session.scalars(select(ResourceVersion.content)).one()["title"] == "同分母分数加法"
    assert (count(Item), count(ItemVersion), count(ResourceItem)) == (1, 2, 1)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{not json", "JSON"),
        ("[1, 2]", "JSON"),
        (practice(kind="song"), "kind"),
        (practice(grades=[9, 7]), "grades"),
        (practice(subject="alchemy"), "alchemy"),
        (practice(knowledge_points=["math.nothing"]), "math.nothing"),
        (practice(items=[]), "questions"),
        (practice(title="\x07"), "title"),
        (practice(extra=1), "extra"),
        (practice(tier="school"), "organisation"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_good_ones_are_taken(
    tmp_path: Path, line: object, sentence: str
) -> None:
    outcome = run(write(tmp_path / "a.jsonl", [practice("urn:good:1"), line, practice("urn:good:2")]))
    assert (outcome.added, outcome.refused) == (2, 1)
    number, problem = outcome.problems[0]
    assert number == 2
    assert sentence in problem


def test_a_key_that_does_not_fit_its_question_is_refused(tmp_path: Path) -> None:
    bad = practice()
    bad["items"][0]["correct"] = ["C"]
    assert run(write(tmp_path / "a.jsonl", [bad])).refused == 1


def test_all_or_nothing_takes_nothing_when_a_line_is_bad(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [practice(), practice("urn:t:2", subject="alchemy")])
    with pytest.raises(HasBadLines, match="alchemy"):
        run(path, is_strict=True)
    assert count(Resource) == 0


def test_an_identifier_that_comes_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    outcome = run(write(tmp_path / "a.jsonl", [practice(), practice(title="别的")]))
    assert (outcome.added, outcome.refused) == (1, 1)
    assert "urn:t:1" in outcome.problems[0][1]


def test_a_question_of_another_resource_is_not_taken_over(tmp_path: Path) -> None:
    run(write(tmp_path / "a.jsonl", [practice()]))
    thief = practice("urn:t:9")
    thief["items"][0]["identifier"] = "urn:t:1:1"
    assert run(write(tmp_path / "b.jsonl", [thief])).refused == 1


def test_an_import_that_was_killed_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.jsonl", [practice(f"urn:t:{number}") for number in range(7)])
    monkeypatch.setattr(imports, "PORTION", 2)

    def killed(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(path, on_progress=killed)
    assert count(Resource) == 4
    assert run(path).added == 7
    assert count(Resource) == 7


def test_gzip_and_csv_are_read(tmp_path: Path) -> None:
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(practice()).encode()))
    table = tmp_path / "b.csv"
    table.write_text(
        "identifier,kind,title,subject,grades,keywords,url\n"
        "urn:csv:1,link,国家平台,math,7-9,分数; 小数,https://example.org/\n",
        encoding="utf-8-sig",
    )
    assert run(packed).added == 1
    assert run(table).added == 1
    link = db.session.scalars(select(Resource).where(Resource.identifier == "urn:csv:1")).one()
    assert (link.grade_from, link.grade_to, link.keywords) == (7, 9, ["分数", "小数"])


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(practice()).encode() * 100)[:60])
    with pytest.raises(BadFile, match="gz"):
        run(path)


def test_a_line_of_ten_megabytes_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    outcome = run(write(tmp_path / "a.jsonl", ["x" * (10 << 20), practice()]))
    assert (outcome.added, outcome.refused) == (1, 1)


def test_a_cell_of_ten_megabytes_is_refused_and_the_next_line_read(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    good = "https://example.org/"
    table.write_text(
        f"identifier,kind,title,url\nurn:t:1,link,{'x' * (10 << 20)},{good}\nurn:t:2,link,好,{good}\n",
        "utf-8",
    )
    outcome = run(table)
    assert (outcome.added, [line for line, _sentence in outcome.problems]) == (1, [2])


def test_an_identifier_that_comes_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [practice("urn:t:0"), practice(), practice(title="别的")])
    number, sentence = run(path).problems[0]
    assert (number, "2" in sentence) == (3, True)


def test_a_changed_resource_takes_over_no_question_of_another_one(tmp_path: Path) -> None:
    run(write(tmp_path / "a.jsonl", [practice(), practice("urn:t:2")]))
    thief = practice("urn:t:2")
    thief["items"][0] |= {"identifier": "urn:t:1:1", "prompt": "改了"}
    outcome = run(write(tmp_path / "b.jsonl", [thief]))
    assert (outcome.changed, outcome.refused) == (0, 1)


def test_a_poem_becomes_a_reading_with_its_full_text(tmp_path: Path) -> None:
    poem = {"title": "靜夜思", "author": "李白", "dynasty": "tang", "text": "牀前看月光，疑是地上霜。"}
    outcome = run(write(tmp_path / "a.jsonl", [poem, {"title": ""}]), mapping="poems")
    assert (outcome.added, outcome.refused) == (1, 1)
    assert "牀前看月光" in (db.session.scalar(select(ResourceBody.text)) or "")


def test_a_poem_stands_in_verses_and_a_remark_does_not_break_one() -> None:
    text = "禾（一作「木」。）頭生耳黍穗黑，農夫無消息。雨聲颼颼催早寒，何時乾？（見卷二。）"
    record = mapping("poems")({"title": "秋雨歎", "author": "杜甫", "dynasty": "tang", "text": text})
    assert record["body"].splitlines() == [
        "〔唐〕杜甫",
        "",
        "禾（一作「木」。）頭生耳黍穗黑，農夫無消息。",
        "雨聲颼颼催早寒，何時乾？",
        "（見卷二。）",
    ]
    assert record["description"].startswith("〔唐〕杜甫：禾（一作")


def test_a_poem_without_a_title_is_called_by_its_first_words_and_one_without_verses_is_refused(
    tmp_path: Path,
) -> None:
    lines = [
        {"title": "", "author": "于濆", "dynasty": "tang", "text": "長聞鄉人語，此家勝良賈。"},
        {"title": "句", "author": "崔湜", "dynasty": "tang", "text": "（見《涉道詩》）。"},
    ]
    outcome = run(write(tmp_path / "a.jsonl", lines), mapping="poems")
    assert (outcome.added, outcome.problems[0][0]) == (1, 2)
    assert db.session.scalars(select(Resource.title)).one() == "長聞鄉人語"


def test_a_video_that_stands_in_two_topics_is_one_resource(tmp_path: Path) -> None:
    video = {"video_slug": "basic-addition", "title": "basic addition", "description": "Introduction."}
    topics = [("Cell division", "cell-division"), ("Addition", "cc-1st-grade-math")]
    lines = [video | {"topic": topic, "topic_slug": slug} for topic, slug in topics]
    outcome = run(write(tmp_path / "a.jsonl", lines), mapping="khan")
    assert (outcome.added, outcome.refused) == (1, 1)
    assert db.session.scalars(select(Resource.title)).one() == "Basic addition"
    records = [mapping("khan")(line) for line in lines]
    assert [record["subject"] for record in records] == ["biology", "math"]
    assert [record["grades"] for record in records] == [[1, 12], [1, 1]]


def test_what_an_address_made_of_an_apostrophe_becomes_one_again() -> None:
    record = mapping("khan")({"video_slug": "x", "title": "newton s third law", "topic": "Forces"})
    assert record["title"] == "Newton’s third law"


def test_a_section_of_a_textbook_is_in_paragraphs_and_its_prices_are_no_formulas() -> None:
    sentences = " ".join(f"Sentence {number} costs $5 and has *stars*." for number in range(40))
    record = mapping("openstax")(
        {
            "id": "m1",
            "book": "Physics",
            "chapter": ["Light"],
            "title": "🔎 Lenses",
            "text": sentences,
            "license": "Attribution-NonCommercial-ShareAlike 4.0 International",
        }
    )
    assert record["body"].count("\n\n") >= 2
    assert "data-math" not in prose(record["body"])
    assert "<em>" not in prose(record["body"])
    assert record["title"] == "Lenses — Physics"
    assert record["source"] == "OpenStax, Physics · Light"
    assert record["licence"] == "CC-BY-NC-SA-4.0"


@pytest.mark.parametrize(
    ("line", "subject", "grades"),
    [
        ({"stage": "初中（五•四学制）", "subject": "地理"}, "geography", [6, 9]),
        ({"stage": "小学（五•四学制）", "subject": "劳动与技术"}, "technology", [1, 5]),
        ({"level": "高中", "subject": "思想政治", "grade": "必修1"}, "politics", [10, 12]),
        ({"stage": "高中", "subject": "信息技术", "grade": "高一年级"}, "it", [10, 10]),
        ({"stage": "小学", "subject": "道德与法治", "grade": "三年级"}, "morality", [3, 3]),
    ],
)
def test_a_textbook_is_filed_under_its_subject_and_grades(
    line: dict[str, str], subject: str, grades: list[int]
) -> None:
    record = mapping("textbooks")({"title": "课本", **line})
    assert (record["subject"], record["grades"]) == (subject, grades)


def test_a_book_for_university_is_refused_with_a_sentence(tmp_path: Path) -> None:
    outcome = run(write(tmp_path / "a.jsonl", [{"title": "高等数学", "level": "大学"}]), mapping="textbooks")
    assert outcome.problems == [(1, "这是大学内容；资源库到高中为止。")]


def test_the_smallest_place_in_the_textbooks_tells_the_larger_ones(tmp_path: Path) -> None:
    with transaction():
        unit = make_unit()
        code = unit.code
    file = write(tmp_path / "a.jsonl", [practice(unit=code, pages=4, accessibility=["largePrint"])])

    run(file)

    resource = db.session.scalars(select(Resource)).one()
    volume = db.session.get_one(Volume, resource.volume_id)
    assert (resource.unit_id, resource.volume_id) == (unit.id, unit.volume_id)
    assert resource.edition_id == volume.edition_id
    assert (resource.pages, resource.accessibility) == (4, ["largePrint"])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"edition": "none"}, "edition"),
        ({"volume": "none"}, "volume"),
        ({"accessibility": ["telepathy"]}, "accessibility.0"),
        ({"end_user": "dog"}, "end_user"),
        ({"pages": 0}, "pages"),
    ],
)
def test_what_the_curriculum_and_the_code_lists_do_not_know_is_refused(
    tmp_path: Path, changed: dict[str, Any], field: str
) -> None:
    outcome = run(write(tmp_path / "a.jsonl", [practice(**changed)]))

    assert (outcome.added, outcome.refused) == (0, 1)
    assert f"“{field}”" in outcome.problems[0][1]


def test_of_two_new_resources_that_name_one_question_the_first_has_it(tmp_path: Path) -> None:
    second = practice("urn:t:2", items=practice()["items"])

    outcome = run(write(tmp_path / "a.jsonl", [practice(), second, practice("urn:t:3")]))

    assert (outcome.added, outcome.refused) == (2, 1)
    assert outcome.problems[0][0] == 2
    assert "urn:t:1:1" in outcome.problems[0][1]
