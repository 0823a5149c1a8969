"""Packages of other systems, made in memory."""

import io
import zipfile
from collections.abc import Mapping

CARTRIDGE = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m1" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
  xmlns:m="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest">
  <metadata><schema>IMS Common Cartridge</schema><schemaversion>{version}</schemaversion>{lom}</metadata>
  <organizations><organization identifier="o1" structure="rooted-hierarchy">
  <item identifier="root">{items}</item></organization></organizations>
  <resources>{resources}</resources>
</manifest>"""
LOM = """<m:lom><m:general><m:title><m:string language="zh">分数单元</m:string></m:title>
  <m:language>zh-CN</m:language><m:keyword><m:string>分数,通分</m:string></m:keyword>
  <m:coverage><m:string>中国</m:string></m:coverage></m:general>
  <m:lifeCycle><m:contribute><m:role><m:value>author</m:value></m:role>
  <m:entity>BEGIN:VCARD\nFN:王老师\nEND:VCARD</m:entity></m:contribute></m:lifeCycle>
  <m:rights><m:description><m:string>https://creativecommons.org/licenses/by-sa/4.0/</m:string></m:description></m:rights>
  </m:lom>"""


def make_zip(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of *files*, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_manifest(items: str = "", resources: str = "", *, version: str = "1.3.0", lom: str = "") -> str:
    """The manifest of a Common Cartridge."""
    return CARTRIDGE.format(items=items, resources=resources, version=version, lom=lom)


def make_item(identifier: str, title: str, resource: str = "", inner: str = "") -> str:
    """A line of the table of contents."""
    named = f' identifierref="{resource}"' if resource else ""
    return f'<item identifier="{identifier}"{named}><title>{title}</title>{inner}</item>'


def make_part(identifier: str, kind: str, href: str) -> str:
    """A resource of the manifest with one file."""
    return f'<resource identifier="{identifier}" type="{kind}" href="{href}"><file href="{href}"/></resource>'


def make_question(
    ident: str, profile: str, prompt: str, response: str, key: str = "", feedback: str = ""
) -> str:
    """A QTI 1.2 question as Common Cartridges hold it."""
    processing = (
        f"<resprocessing><outcomes><decvar varname='SCORE'/></outcomes>{key}</resprocessing>" if key else ""
    )
    return (
        f'<item ident="{ident}"><itemmetadata><qtimetadata><qtimetadatafield>'
        f"<fieldlabel>cc_profile</fieldlabel><fieldentry>{profile}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>"
        f'<presentation><material><mattext texttype="text/html">{prompt}</mattext></material>{response}'
        f"</presentation>{processing}{feedback}</item>"
    )


def right(*conditions: str) -> str:
    """A condition that scores everything."""
    return (
        f"<respcondition continue='No'><conditionvar>{''.join(conditions)}</conditionvar>"
        "<setvar action='Set' varname='SCORE'>100</setvar></respcondition>"
    )


def choices(texts: Mapping[str, str], cardinality: str = "Single") -> str:
    """The choices of a question."""
    labels = "".join(
        f'<response_label ident="{ident}"><material><mattext>{text}</mattext></material></response_label>'
        for ident, text in texts.items()
    )
    rendered = f"<render_choice>{labels}</render_choice>"
    return f'<response_lid ident="r1" rcardinality="{cardinality}">{rendered}</response_lid>'


FIB = (
    '<response_str ident="r1" rcardinality="Single"><render_fib><response_label ident="a"/></render_fib>'
    "</response_str>"
)
QTI = (
    '<?xml version="1.0"?><questestinterop>'
    '<assessment ident="a1" title="{title}"><section ident="s">{items}</section>'
    "</assessment></questestinterop>"
)


def make_cartridge(version: str = "1.3.0", **more: str | bytes) -> bytes:
    """A course with a page and its picture, a link, a topic, a quiz, a tool, and a broken part."""
    short = version[:3].replace(".", "p")
    quiz = QTI.format(
        title="分数测验",
        items=(
            make_question(
                "q1",
                "cc.multiple_choice.v0p1",
                "&lt;p&gt;\\(\\frac12+\\frac14\\) 等于?&lt;/p&gt;",
                choices({"x1": "$\\frac34$", "x2": "$\\frac26$"}),
                right("<varequal respident='r1'>x1</varequal>"),
                "<itemfeedback ident='general_fb'><flow_mat><material><mattext>先通分。</mattext></material>"
                "</flow_mat></itemfeedback>",
            )
            + make_question(
                "q2",
                "cc.multiple_response.v0p1",
                "哪些大于一?",
                choices({"a": "3/2", "b": "1/2", "c": "5/4"}, "Multiple"),
                right(
                    "<and><varequal respident='r1'>a</varequal>"
                    "<not><varequal respident='r1'>b</varequal></not>"
                    "<varequal respident='r1'>c</varequal></and>"
                ),
            )
            + make_question(
                "q3",
                "cc.true_false.v0p1",
                "1/2 等于 2/4。",
                choices({"t": "对", "f": "错"}),
                right("<varequal respident='r1'>t</varequal>"),
            )
            + make_question(
                "q4",
                "cc.fib.v0p1",
                "分数线上面的数叫什么?",
                FIB,
                right("<varequal respident='r1'>分子</varequal>")
                + right("<varequal respident='r1'>分 子</varequal>"),
            )
            + make_question("q5", "cc.essay.v0p1", "画一画 3/4。", FIB)
            + make_question("q6", "cc.multiple_choice.v0p1", "没有答案的题", choices({"a": "1", "b": "2"}))
        ),
    )
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": make_manifest(
            make_item(
                "i1",
                "第一课",
                inner=make_item("i2", "认识分数", "r1")
                + make_item("i3", "动画", "r2")
                + make_item("i4", "说说看", "r3"),
            )
            + make_item("i5", "测验", "r4")
            + make_item("i6", "外部工具", "r5")
            + make_item("i7", "坏的", "r6"),
            make_part("r1", "webcontent", "web/page.html")
            + make_part("r2", f"imswl_xmlv{short}", "link.xml")
            + make_part("r3", f"imsdt_xmlv{short}", "topic.xml")
            + make_part("r4", f"imsqti_xmlv1p2/imscc_xmlv{short}/assessment", "quiz.xml")
            + make_part("r5", "imsbasiclti_xmlv1p0", "lti.xml")
            + make_part("r6", f"imswl_xmlv{short}", "broken.xml")
            + make_part("r7", "webcontent", "web/half.png"),
            version=version,
            lom=LOM,
        ),
        "web/page.html": (
            "<html><head><title>认识分数</title><script>alert(1)</script></head><body><h1>认识分数</h1>"
            "<p>把一个月饼<b>平均</b>分成两份,每份是 \\(\\frac12\\)。</p><img src='half.png' alt='半个月饼'>"
            "<ul><li>分子</li><li>分母</li></ul><script>alert(2)</script></body></html>"
        ),
        "link.xml": (
            f'<webLink xmlns="http://www.imsglobal.org/xsd/imsccv{short}/imswl_v{short}"><title>动画</title>'
            '<url href="https://example.org/fractions" target="_blank"/></webLink>'
        ),
        "topic.xml": "<topic><title>说说看</title><text texttype='text/html'>"
        "&lt;p&gt;生活里哪里有分数?&lt;/p&gt;</text></topic>",
        "quiz.xml": quiz,
        "lti.xml": "<cartridge_basiclti_link/>",
        "broken.xml": "<webLink><title>坏的",
    }
    return make_zip(files | more)
