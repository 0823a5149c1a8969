"""Photographs; not committed."""

import io
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from accounts.people.models import Hat
from accounts.organisations.models import Organisation
from homework.load.models import Excess
from core import clock
from core.database import db, transaction
from homework.annotations.queries import sheet_of
from homework.annotations.services import Changes, Drawn, annotate
from homework.annotations.shapes import NoteKind
from homework.assignments.queries import questions_of
from homework.corrections import services as corrections
from homework.corrections.models import Correction, CorrectionPage
from homework.load.limits import day_of
from homework.marking.services import mark, return_one
from homework.redpen import queries as redpen
from homework.submissions.models import Answer, Page, Submission
from homework.submissions.services import Work
from homework.workbook.services import hand_in
from library.items.models import ItemKind
from library.media.pictures import take_picture
from tests.browser.accessibility import too_wide, violations_of
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_question_kinds import FORMULA
from tests.factories.accounts import make_administrator, make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import RIGHT, make_assignment, make_submission
from tests.factories.library import make_subject, make_version, make_item, make_point, make_stimulus

pytestmark = pytest.mark.browser
OUT = Path("/tmp/pupillook-shots")
LONG = "七年级上册第三章第三节《一元一次方程的应用——行程问题与工程问题》课后巩固与提高练习(含选做题)"


def sheet(seed):
    image = Image.new("RGB", (1200, 1600), "#f6f2e8")
    pen = ImageDraw.Draw(image)
    for row in range(8):
        pen.line((120, 240 + 160 * row, 900 + (seed * 37 + row * 53) % 200, 240 + 160 * row), fill="#3b3b6d", width=6)
    out = io.BytesIO(); image.save(out, "JPEG"); out.seek(0)
    return take_picture(out)


def notes():
    return Changes(added=[
        Drawn(uuid4(), NoteKind.PEN, {"points": [1000, 2000, 4000, 2300, 8000, 1900], "colour": "red", "width": 60}),
        Drawn(uuid4(), NoteKind.STAMP, {"x": 8000, "y": 4000, "name": "wrong", "size": 1200}),
        Drawn(uuid4(), NoteKind.TEXT, {"x": 1500, "y": 6000, "text": "移项要变号\n再算一遍", "colour": "blue", "size": 600}),
    ])


def build():
    now = clock.now()
    H = timedelta(hours=1)
    school_class = make_class()
    teacher = make_teacher(school_class)
    teacher.person.name = "司马青山"
    student = make_student(school_class, "欧阳慕容雪莉·阿卜杜热合曼")
    guardian = make_guardian(student, "欧阳先生")
    idle = make_student(school_class, "陈小雨")
    mates = [make_student(school_class, n) for n in ("王小明", "李华", "赵一诺")]
    school = make_administrator(school_class.school)
    district = make_administrator(db.session.get(Organisation, school_class.school.parent_id))
    city = make_administrator(db.session.get(Organisation, district.organisation.parent_id))
    times = dict(opens_at=now - H, due_at=now + 5 * H, cut_off_at=now + 48 * H)
    versions = [make_version(kind) for kind in ItemKind]
    all_kinds = make_assignment(teacher, school_class, title=LONG, versions=[*versions, make_version(ItemKind.TEXT_ENTRY, **FORMULA)], estimated_minutes=125.0, **times)
    db.session.add(Excess(assignment_id=all_kinds.id, class_id=school_class.id, day=day_of(all_kinds.opens_at, all_kinds.due_at), minutes=125.0, cap=90, reason="明天期中考试,今天只留数学一科,已与语文、英语老师商量好。", given_by_id=teacher.person_id, given_at=now))
    chinese = make_subject("chinese", "语文", "Chinese")
    overdue = make_assignment(teacher, school_class, title="古诗背诵与默写", subject_id=chinese.id, opens_at=now - 48 * H, due_at=now - H, cut_off_at=now + 24 * H)
    missed = make_assignment(teacher, school_class, title="第二单元复习", subject_id=chinese.id, opens_at=now - 96 * H, due_at=now - 60 * H, cut_off_at=now - 50 * H)
    waiting = make_assignment(teacher, school_class, title="交了还没批的作业", opens_at=now - 48 * H, due_at=now + H, cut_off_at=now + 24 * H)
    make_submission(waiting, student, now=now - H)
    kinds = (ItemKind.CHOICE, ItemKind.TEXT_ENTRY, ItemKind.NUMERIC, ItemKind.EXTENDED_TEXT, ItemKind.PHOTO)
    done = make_assignment(teacher, school_class, title="一元一次方程练习(二)", kinds=kinds, **{**times, "opens_at": now - 50 * H, "due_at": now - 20 * H, "cut_off_at": now - 10 * H})
    qs = {q.item_version.kind: q for q in db.session.scalars(questions_of(done.id))}
    subs = {}
    for n, hat in enumerate((student, *mates)):
        work = Work(client_key=uuid4(), responses={
            qs[ItemKind.CHOICE].id: {"choices": ["A" if n % 2 == 0 else "B"]},
            qs[ItemKind.TEXT_ENTRY].id: {"blanks": ["床前明月光", "疑似地上霜" if n == 0 else "疑是地上霜"]},
            qs[ItemKind.NUMERIC].id: {"value": "35"},
            qs[ItemKind.EXTENDED_TEXT].id: {"text": "小明和小华相向而行,设经过 $x$ 小时相遇,则 $4x+6x=20$,所以 $x=2$。\n答:经过两小时相遇。"},
        }, pictures={qs[ItemKind.PHOTO].id: (sheet(n), sheet(n + 9))})
        subs[hat.id], _ = hand_in(done, hat, work, now=now - 25 * H)
        for a in db.session.scalars(select(Answer).where(Answer.submission_id == subs[hat.id].id)).all():
            if a.assignment_item_id in (qs[ItemKind.EXTENDED_TEXT].id, qs[ItemKind.PHOTO].id):
                mark(a, teacher, points=1.0, comment="思路很清楚,第二步移项时忘了变号。请看照片上我圈出来的地方,再想一想为什么;订正时把每一步都写出来。", version=0, now=now - 5 * H)
                pages = db.session.scalars(select(Page).where(Page.answer_id == a.id)).all()
                for p in pages[:1]:
                    annotate(sheet_of(p.id), teacher, notes(), now=now)
        return_one(subs[hat.id], teacher, now=now - 4 * H)
    def fix(hat, q, response, pics=()):
        return corrections.correct(subs[hat.id], q, hat, corrections.Fix(client_key=uuid4(), response=response, pictures=tuple(pics)), now=now)
    first = fix(student, qs[ItemKind.PHOTO], {}, [sheet(3)])
    page = db.session.scalars(select(CorrectionPage).where(CorrectionPage.correction_id == first.id)).one()
    annotate(redpen.sheet_of(page.id), teacher, notes(), now=now)
    corrections.judge({first.id: 1}, teacher, accept=False, comment="第二步还是没有变号,看我画的地方。", now=now)
    second = fix(student, qs[ItemKind.PHOTO], {}, [sheet(4), sheet(5)])
    page2 = db.session.scalars(select(CorrectionPage).where(CorrectionPage.correction_id == second.id)).first()
    annotate(redpen.sheet_of(page2.id), teacher, notes(), now=now)
    fix(student, qs[ItemKind.TEXT_ENTRY], {"blanks": ["床前明月光", "疑是地上霜"]})
    fix(student, qs[ItemKind.CHOICE], {"choices": ["C"]})
    fix(mates[0], qs[ItemKind.PHOTO], {}, [sheet(7)])
    sub = subs[student.id].id
    cid = school_class.id
    return {
        "student": (student.id, ["/", "/assignments", "/assignments?view=done", f"/assignments/{all_kinds.id}", f"/assignments/{all_kinds.id}/work", f"/assignments/{overdue.id}", f"/assignments/{missed.id}", f"/submissions/{sub}", f"/submissions/{sub}/receipt", f"/submissions/{sub}/corrections", "/corrections", "/reports", "/progress", "/load"]),
        "idle": (idle.id, ["/", "/assignments?view=done", "/corrections", "/reports"]),
        "guardian": (guardian.id, ["/", "/assignments", "/assignments?view=done", f"/assignments/{all_kinds.id}", f"/submissions/{sub}", f"/submissions/{sub}/corrections", "/reports", "/load"]),
        "teacher": (teacher.id, [f"/assignments/{done.id}/corrections", f"/corrections/pages/{page2.id}/annotate"]),
        "school": (school.id, ["/", "/load", "/load/excesses", "/load/caps", f"/load/classes/{cid}", f"/classes/{cid}/homework", f"/assignments/{done.id}/report", "/reports"]),
        "district": (district.id, ["/", "/load"]),
        "city": (city.id, ["/", "/load"]),
    }


def test_photographs(app, open_page, sign_in, site):
    with app.app_context(), transaction():
        world = build()
    OUT.mkdir(exist_ok=True)
    who = os.environ.get("WHO", "").split(",") if os.environ.get("WHO") else list(world)
    locale, dark = os.environ.get("LOCALE", "zh-CN"), bool(os.environ.get("DARK"))
    told = []
    for name in who:
        hat, addresses = world[name]
        for width, view in ((390, PHONE), (1280, DESKTOP)):
            page = open_page(view, locale=locale, dark=dark)
            sign_in(page, hat)
            for n, address in enumerate(addresses):
                answer = page.goto(address)
                page.wait_for_load_state("networkidle")
                label = address.strip("/").replace("/", "-").replace("?", "-") or "home"
                if answer.status != 200:
                    told.append(f"{name} {address}: {answer.status}")
                if too_wide(page):
                    told.append(f"{name} {address} {width}: {too_wide(page)}")
                page.evaluate("async () => { for (const i of document.images) { i.loading = \"eager\"; } await Promise.all([...document.images].map((i) => i.decode().catch(() => 0))); }"); page.screenshot(path=OUT / f"{locale[:2]}{'-dark' if dark else ''}-{name}-{n:02d}-{label}-{width}.png", full_page=True)
    print("\n".join(told))
    Path("/tmp/pupillook-told.txt").write_text("\n".join(told))
