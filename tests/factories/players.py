"""Small packages that are played: an H5P content with a library of its own, and SCORM courses."""

import io
import json
from collections.abc import Mapping
from typing import Any

from accounts.people.models import Hat
from core.files import files
from library.documents.packages import read_package
from library.media.models import MediaAsset, MediaKind, MediaState
from library.packages.playable import MEDIA_TYPES, Standard
from library.resources.models import Resource, ResourceAsset, ResourceExtract, ResourceKind, ReviewState, Tier
from tests.factories.accounts import added
from tests.factories.library import MADE_AT, make_resource
from tests.factories.packages import make_zip

MAIN_JS = """
H5P.Greeting = (function (EventDispatcher) {
  function Greeting(params, id) {
    EventDispatcher.call(this);
    const self = this;
    this.attach = function ($container) {
      localStorage.setItem("seen", "yes");
      document.cookie = "a=b";
      const said = params.text + " " + localStorage.getItem("seen");
      $container.html("<p class='said'>" + said + "</p><button>Done</button>");
      $container.find("button").on("click", function () {
        const event = self.createXAPIEventTemplate("completed");
        event.setScoredResult(3, 4, self, true, true);
        self.trigger(event);
      });
    };
  }
  Greeting.prototype = Object.create(EventDispatcher.prototype);
  Greeting.prototype.constructor = Greeting;
  return Greeting;
})(H5P.EventDispatcher);
"""
"""The whole of a library that greets, uses the storage, and reports three of four points when asked to."""
LIBRARY = {
    "title": "Greeting", "machineName": "H5P.Greeting", "majorVersion": 1, "minorVersion": 2,
    "patchVersion": 0, "runnable": 1, "preloadedJs": [{"path": "greeting.js"}],
}  # fmt: skip


def h5p_bytes(
    content: Any = None,  # noqa: ANN401 -- JSON
    *,
    main: str = "H5P.Greeting",
    manifest: Mapping[str, Any] | None = None,
    libraries: bool = True,
    files: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An H5P package; *manifest* adds to what it says of itself, *files* to what is in it."""
    described = {
        "title": "打招呼", "language": "zh-CN", "mainLibrary": main, "embedTypes": ["div"],
        "license": "CC BY", "licenseVersion": "4.0", "authors": [{"name": "王老师", "role": "Author"}],
        "preloadedDependencies": [{"machineName": main, "majorVersion": 1, "minorVersion": 2}],
    }  # fmt: skip
    inside: dict[str, str | bytes] = {
        "h5p.json": json.dumps(described | dict(manifest or {})),
        "content/content.json": json.dumps({"text": "你好"} if content is None else content),
    }
    if libraries:
        inside[f"{main}-1.2/library.json"] = json.dumps(LIBRARY | {"machineName": main})
        inside[f"{main}-1.2/greeting.js"] = MAIN_JS
    return make_zip(inside | dict(files or {}))


PAGE = """<!DOCTYPE html><html><head><title>SCO</title><script>
function find(win) {
  let steps = 0;
  while (!win.%(api)s && win.parent && win.parent !== win && steps < 10) { win = win.parent; steps += 1; }
  return win.%(api)s || null;
}
</script></head><body><h1>分数的意义</h1><p>把一个月饼平均分成四份。</p><p id="out"></p>
<script>%(script)s</script></body></html>"""
SCRIPT_12 = """
const api = find(window.parent);  // as ADL's own sample does: the page's own window is not asked
api.LMSInitialize("");
const place = Number(api.LMSGetValue("cmi.core.lesson_location") || 0) + 1;
document.getElementById("out").textContent =
  ["visit", place, api.LMSGetValue("cmi.core.entry"), api.LMSGetValue("cmi.suspend_data")].join(" ");
api.LMSSetValue("cmi.core.lesson_location", String(place));
api.LMSSetValue("cmi.suspend_data", "seen:" + place);
api.LMSSetValue("cmi.core.score.raw", "80");
api.LMSSetValue("cmi.core.lesson_status", place > 1 ? "passed" : "incomplete");
api.LMSSetValue("cmi.core.exit", "suspend");
api.LMSCommit("");
"""
SCRIPT_2004 = """
const api = find(window);
api.Initialize("");
const place = Number(api.GetValue("cmi.location") || 0) + 1;
document.getElementById("out").textContent =
  ["visit", place, api.GetValue("cmi.entry"), api.GetValue("cmi.suspend_data")].join(" ");
api.SetValue("cmi.location", String(place));
api.SetValue("cmi.suspend_data", "seen:" + place);
api.SetValue("cmi.score.scaled", "0.8");
api.SetValue("cmi.completion_status", "completed");
api.SetValue("cmi.exit", "suspend");
api.Terminate("");
"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion>{lom}</metadata>
  <organizations default="o2"><organization identifier="o1"><title>另一个</title></organization>
  <organization identifier="o2"><title>分数课件</title>{items}{rules}</organization></organizations>
  <resources xml:base="course/">
    <resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="one.html?lang=zh"/>
    <resource identifier="r2" type="webcontent" adlcp:scormtype="sco" href="two.html"/>
    <resource identifier="r3" type="webcontent" adlcp:scormtype="asset" href="https://example.org/far.html"/>
    <resource identifier="r4" type="webcontent" adlcp:scormtype="asset" href="../../etc/passwd"/>
  </resources>
</manifest>"""
ITEMS = (
    '<item identifier="i1" identifierref="r1"><title>第一节</title>'
    "<adlcp:masteryscore>60</adlcp:masteryscore></item>"
    '<item identifier="i0"><title>练一练</title>'
    '<item identifier="i2" identifierref="r2" parameters="?a=1"><title>第二节</title></item></item>'
    '<item identifier="i3" identifierref="r3"><title>远处</title></item>'
    '<item identifier="i4" identifierref="r4"><title>外面</title></item>'
    '<item identifier="i5" identifierref="r1" isvisible="false"><title>看不见</title></item>'
)


def scorm_bytes(
    *,
    version: str = "1.2",
    items: str = ITEMS,
    rules: str = "",
    lom: str = "",
    files: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A SCORM package of two pages; the first counts its visits in what is kept for it."""
    is_later = version != "1.2"
    page = PAGE % {
        "api": "API_1484_11" if is_later else "API",
        "script": SCRIPT_2004 if is_later else SCRIPT_12,
    }
    inside: dict[str, str | bytes] = {
        "imsmanifest.xml": MANIFEST.format(version=version, items=items, rules=rules, lom=lom),
        "course/one.html": page,
        "course/two.html": "<html><body><p>第二节的正文。</p></body></html>",
    }
    return make_zip(inside | dict(files or {}))


def make_package(
    teacher: Hat, content: bytes, standard: Standard = Standard.H5P, title: str = "打招呼"
) -> Resource:
    """A published package of the teacher's school, read already."""
    stored = files().put(io.BytesIO(content))
    contents, renditions = read_package(files().path(stored.sha256))
    resource = make_resource(
        title,
        kind=ResourceKind.PACKAGE,
        tier=Tier.SCHOOL,
        organisation=teacher.organisation,
        created_by=teacher.person,
        review_state=ReviewState.PUBLISHED,
    )
    asset = added(
        MediaAsset(
            kind=MediaKind.PACKAGE,
            source_sha256=stored.sha256,
            media_type=MEDIA_TYPES[standard],
            size_bytes=stored.size_bytes,
            state=MediaState.READY,
            renditions=renditions,
            uploaded_by_id=teacher.person_id,
            created_at=MADE_AT,
        )
    )
    added(ResourceAsset(resource_id=resource.id, asset_id=asset.id))
    added(ResourceExtract(resource_id=resource.id, text=contents.text(), title=contents.title))
    return resource
