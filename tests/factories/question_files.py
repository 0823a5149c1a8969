"""One file in each format that holds every part of which something is to be said: the document's table is about it."""

import base64
import io
import re

import openpyxl

from library.formats.papers.example import EXAMPLE
from tests.factories import words
from tests.factories.media import picture_bytes
from tests.factories.packages import make_question
from tests.factories.papers import moodle, moodle_answer, moodle_question, qti_item, qti_package, qti_response
from tests.factories.questions import picture

MARKED = (
    "<p>H<sub>2</sub>O is <b>water</b>: $x$ [[1]] <table><tr><td>a</td><td>b</td></tr></table>"
    '<video src="v.mp4"></video><img src="@@PLUGINFILE@@/gone.png" alt="gone">'
    '<img src="@@PLUGINFILE@@/photo.jpg" alt=""><img src="@@PLUGINFILE@@/bad.png" alt="bad">'
    "<math><maction>x</maction></math></p>"
)


def gift() -> bytes:
    return rb"""$CATEGORY: $course$/Unit 3

// [tag:numbers]
::Named::[html]Which <b>one</b> of H<sub>2</sub>O\: $x$ [[1]]? {=%50%a#half ~%25%b#less ~c#no#### Because.}

[markdown]What *is* it? {=frog*#good =%50%toad =%0%newt#no =%0%*#any}

How many? {#=3:1#yes =%50%4 =%0%9#far =%0%*#any}

Pair. {=a -> b =c -> d}

Order. {>3 ALL VERTICAL
one
two
three
}

See <img src="far.png" alt="far"> {}

A text.

True? {T#wrong#right}

Any of them? {=a =b ~c}
"""


def aiken() -> bytes:
    return "Zwei?\nA. 1\nB. 2\nANSWER: B\n".encode("utf-16")


def _moodle_files() -> str:
    photo = base64.b64encode(picture_bytes(8, 8)).decode()
    return (
        f"<file name='photo.jpg' encoding='base64'>{photo}</file>"
        "<file name='bad.png' encoding='base64'>AAAA</file></questiontext>"
    )


def moodle_file() -> bytes:
    settings = "".join(
        f"<{one}>1</{one}>"
        for one in ("defaultgrade", "penalty", "shuffleanswers", "answernumbering", "showstandardinstruction")
    ).replace("<defaultgrade>1", "<defaultgrade>2")
    said = "".join(
        f"<{one} format='html'><text>said</text></{one}>"
        for one in (
            "generalfeedback",
            "correctfeedback",
            "partiallycorrectfeedback",
            "incorrectfeedback",
            "hint",
        )
    )
    more = "<idnumber>q1</idnumber><tags><tag><text>numbers</text></tag></tags>"
    units = "".join(
        f"<unit><multiplier>{by}</multiplier><unit_name>{name}</unit_name></unit>"
        for by, name in ((1, "m"), (100, "cm"))
    )
    pairs = "".join(
        f"<subquestion format='html'><text>{one}</text><answer><text>{one}!</text></answer></subquestion>"
        for one in "ab"
    )
    gaps = "".join(f"<{{0}}><text>{one}</text><group>1</group></{{0}}>" for one in ("cat", "dog"))
    marker = f"<file name='m.png' encoding='base64'>{picture(0)['data']}</file><drag><no>1</no><text>Here</text></drag>"
    drop = "<drop><no>1</no><shape>circle</shape><coords>10,8;3</coords><choice>1</choice></drop>"
    grader = "".join(
        f"<{one} format='html'><text>said</text></{one}>" for one in ("graderinfo", "responsetemplate")
    )
    return moodle(
        "<question type='category'><category><text>top/Unit 3</text></category></question>",
        moodle_question(
            "multichoice", MARKED, moodle_answer("a", 50, "ok") + moodle_answer("b", 25, "so") + moodle_answer("c", 0, "no") + settings + said + more
        ).replace("</questiontext>", _moodle_files()),
        moodle_question("shortanswer", "<p>Q</p>", "<usecase>1</usecase>" + moodle_answer("*frog*", 100) + moodle_answer("*", 0, "no")),
        moodle_question("numerical", "Q", moodle_answer("3", 100) + moodle_answer("4", 50) + moodle_answer("*", 0, "no") + f"<units>{units}</units><unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty><unitsleft>0</unitsleft>"),
        moodle_question("truefalse", "Q", moodle_answer("true", 100) + moodle_answer("false", 0)),
        moodle_question("matching", "Q", pairs),
        moodle_question("ordering", "Q", "<selecttype>ALL</selecttype><gradingtype>x</gradingtype><showgrading>SHOW</showgrading>" + "".join(moodle_answer(one, 1) for one in ("1", "2", "3"))),
        moodle_question("gapselect", "Q [[1]]", gaps.format("selectoption")),
        moodle_question("ddwtos", "Q [[2]]", gaps.format("dragbox")),
        moodle_question("cloze", "{1:NM:=3:0.1} {1:MC:=a~b} {1:SAC:=x}"),
        moodle_question("cloze", "{1:MC:=a#yes~b}"),
        moodle_question("cloze", "{2:MC:=a~b} {1:MR:=a~=b~c}"),
        moodle_question("ddmarker", "Q", marker + drop + "<showmisplaced/>"),
        moodle_question("description", "A text."),
        moodle_question("essay", "Q", grader + "<attachments>1</attachments><responserequired>1</responserequired>").replace('"html"', '"markdown"', 1),
    )  # fmt: skip


def qti_file() -> bytes:
    match = '<responseProcessing template="x/match_correct"/>'
    custom = "<responseProcessing><responseCondition/></responseProcessing>"
    choice = (
        '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><simpleChoice identifier="a">a</simpleChoice>'
        '<simpleChoice identifier="b">b<feedbackInline identifier="b">no</feedbackInline></simpleChoice></choiceInteraction>'
    )
    uneven = '<mapping><mapEntry mapKey="a" mappedValue="2"/><mapEntry mapKey="b" mappedValue="1"/></mapping>'
    feedback = '<modalFeedback identifier="solution">Because.</modalFeedback>'
    other = '<modalFeedback identifier="else">Else.</modalFeedback>'
    rubric = (
        '<rubricBlock view="scorer">Two points.</rubricBlock><feedbackBlock identifier="x">No</feedbackBlock>'
    )
    marked = re.sub(r"(<img[^>]*)>", r"\1/>", MARKED.replace("@@PLUGINFILE@@/", ""))
    body = '<p>Q</p><{0} responseIdentifier="RESPONSE"{2}>{1}</{0}>'
    pair = '<simpleAssociableChoice identifier="{0}" matchMax="1">{0}</simpleAssociableChoice>'
    one_set = "".join(pair.format(one) for one in "CDMR")
    left, right = ("".join(pair.format(one) for one in side) for side in (("C", "D", "E"), ("M", "R")))
    sets = f"<simpleMatchSet>{left}</simpleMatchSet><simpleMatchSet>{right}</simpleMatchSet>"
    paired = qti_response(["C R", "D M"], cardinality="multiple", base="directedPair")
    spot = '<object type="image/png" data="m.png">Map</object><hotspotChoice shape="circle" coords="9,9,5" identifier="A"/>'
    area = '<areaMapping><areaMapEntry shape="circle" coords="9,9,5" mappedValue="1"/></areaMapping>'
    gap = '<gapText identifier="W" matchMax="1">w</gapText><gapText identifier="S" matchMax="1">s</gapText><p><gap identifier="G"/></p>'
    ordered = "".join(f'<simpleChoice identifier="{one}">{one}</simpleChoice>' for one in "abc")
    inline = '<p>Q <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="a">a</inlineChoice><inlineChoice identifier="b">b</inlineChoice></inlineChoiceInteraction></p>'
    entry = '<p>Q <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    hot = '<hottextInteraction responseIdentifier="RESPONSE"><p><hottext identifier="a">a</hottext> <hottext identifier="b">b</hottext></p></hottextInteraction>'
    adaptive = qti_item(
        f"{marked}{rubric}{choice}",
        qti_response("a", more=uneven),
        custom,
        feedback + other + "<stylesheet/>",
    )
    reference = '<assessmentStimulusRef identifier="s" href="gone.xml"/>'
    items = [
        adaptive.replace('adaptive="false"', 'adaptive="true"'),
        qti_item(f"<p>Q</p>{choice}", qti_response("a"), match, feedback),
        qti_item(f"<p>Q</p>{hot}", qti_response("a"), match),
        qti_item(body.format("orderInteraction", ordered, ""), qti_response(["b", "a", "c"], cardinality="ordered"), match),
        qti_item(body.format("matchInteraction", sets, ""), paired, match),
        qti_item(body.format("associateInteraction", one_set, ""), paired, match),
        qti_item(body.format("gapMatchInteraction", gap, ""), qti_response("W G", base="directedPair"), match),
        qti_item(body.format("hotspotInteraction", spot, ""), qti_response("A"), match),
        qti_item(body.format("selectPointInteraction", '<object type="image/png" data="m.png">Map</object>', ""), qti_response([], base="point", more=area), match),
        qti_item(body.format("sliderInteraction", "", ' lowerBound="0" upperBound="9"'), qti_response("3", base="integer"), match),
        qti_item(body.format("extendedTextInteraction", "", ""), reference),
        qti_item(body.format("uploadInteraction", "", "")),
        qti_item(inline, qti_response("a"), match),
        qti_item(entry, qti_response("a", base="string"), match),
        qti_item(f'<p>Q</p><mediaInteraction responseIdentifier="M"/>{entry}', qti_response(["1", "2"], base="integer"), match),
        qti_item(f'<p>T</p>{choice}<extendedTextInteraction responseIdentifier="E"/>', qti_response("a"), match),
    ]  # fmt: skip
    test = (
        '<assessmentTest title="T"><testPart><timeLimits maxTime="9"/><assessmentSection title="One">'
        '<rubricBlock view="candidate">Read.</rubricBlock><rubricBlock view="scorer">Mark.</rubricBlock>'
        '<assessmentItemRef href="i0.xml"/></assessmentSection><assessmentSectionRef href="gone.xml"/>'
        '<assessmentSection title="Two"/></testPart></assessmentTest>'
    )
    files: dict[str, str | bytes] = {f"i{number}.xml": one for number, one in enumerate(items)}
    more = (
        '<resource identifier="t" type="imsqti_test_xmlv2p1" href="test.qti"><file href="test.qti"/></resource>'
        '<resource identifier="o" type="imsqti_xmlv1p2" href="old.qti"><file href="old.qti"/></resource>'
    )
    response = "<response_str ident='r'><render_fib/></response_str>"
    key = "<respcondition><conditionvar><varsubstring respident='r'>y</varsubstring></conditionvar><setvar>100</setvar></respcondition>"
    shown = "&lt;img src='x.png'&gt;Look"
    choices = "<response_lid ident='r' rcardinality='Single'><render_choice><response_label ident='x'><material><mattext>x</mattext></material></response_label><response_label ident='y'><material><mattext>y</mattext></material></response_label></render_choice></response_lid>"
    right = "<respcondition><conditionvar><varequal respident='r'>y</varequal></conditionvar><setvar>100</setvar></respcondition>"
    old = (
        "<questestinterop><assessment ident='a' title='Old'><section>"
        f"{make_question('q', 'cc.pattern_match.v0p1', 'Q', response, key)}"
        f"{make_question('p', 'cc.multiple_choice.v0p1', shown, choices, right)}</section></assessment></questestinterop>"
    )
    return qti_package(
        {**files, "m.png": picture_bytes(40, 40, "PNG"), "photo.jpg": picture_bytes(8, 8), "bad.png": b"no picture", "test.qti": test, "old.qti": old},
        more=more,
    )  # fmt: skip


def paper_file() -> bytes:
    """A paper as a teacher types it."""
    return EXAMPLE.encode()


def word_paper() -> bytes:
    """The same in Word, with a picture and a formula."""
    half = f"<m:f><m:num>{words.letters('1')}</m:num><m:den>{words.letters('2')}</m:den></m:f>"
    more = words.paragraph("8. 看图", words.picture("p.png"), words.formula(half), "____")
    return words.word_bytes(*EXAMPLE.split("\n"), more, media={"p.png": picture_bytes(80, 60)})


def table_file() -> bytes:
    """A table of questions as CSV."""
    return "题型,题干,选项A,选项B,答案\n单选题,1+1=（ ）,1,2,B\n判断题,0 是自然数。,,,对\n".encode()


def workbook_file() -> bytes:
    """The same as an Excel workbook."""
    book = openpyxl.Workbook()
    for line in table_file().decode().split():
        book.worksheets[0].append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SAMPLES = {
    "gift": gift, "aiken": aiken, "moodle": moodle_file, "qti": qti_file, "paper": paper_file,
    "word": word_paper, "csv": table_file, "workbook": workbook_file,
}  # fmt: skip
