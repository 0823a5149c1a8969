"""Lines that were corrected, read again and kept in the place of those before them."""

from flask import flash
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import find
from core.database import transaction
from core.i18n import _, ngettext
from library.formats.reading import Reading
from library.intake import queries, services
from library.intake.correcting import lines_to_correct, with_what_was_there
from library.intake.errors import NoText
from library.intake.keeping import Album
from library.intake.models import ImportedQuestion, QuestionImport
from library.intake.reading import Read, read_text


def my_import(import_id: int, *, is_held: bool = False) -> QuestionImport:
    """The teacher's import; *is_held* while it is changed."""
    wanted = queries.imports_of(current_hat()).where(QuestionImport.id == import_id)
    run: QuestionImport = find(
        wanted.with_for_update(of=QuestionImport)
        if is_held
        else wanted.options(joinedload(QuestionImport.subject), joinedload(QuestionImport.resource))
    )
    return run


def read_whole(run: QuestionImport, text: str) -> None:
    """Read the whole text again."""
    import_id, subject_id, reading = run.id, run.subject_id, run.reading
    read = Read(read_text(text, run.pictures), text)
    prompts = services.prompts_of(run, besides=read.reading)
    known = services.known_words(current_hat(), subject_id, prompts)
    now = clock.now()
    with transaction():
        held = my_import(import_id, is_held=True)
        services.check_present(held, reading)
        services.keep(held, read, known, Album(now), now=now)
    _tell_problems(read.reading)


def read_one(run: QuestionImport, row: ImportedQuestion, text: str) -> None:
    """Read one question again, where there is no text of the whole.

    Raises:
        NoText: no lines could say it, so that none can be corrected here.
        PictureLost: one of its pictures is gone.
    """
    if not lines_to_correct(row):
        raise NoText
    import_id, position, reading = run.id, row.position, run.reading
    pictures = row.record["pictures"] if row.record else []
    found = read_text(text, pictures) if text.strip() else Reading([])
    read = Read(with_what_was_there(found, run, row))
    prompts = services.prompts_of(run, besides=read.reading)
    known = services.known_words(current_hat(), run.subject_id, prompts)
    with transaction():
        held = my_import(import_id, is_held=True)
        services.check_present(held, reading)
        services.exchange(held, position, read, known, Album(clock.now()))
    _tell_problems(read.reading)


def _tell_problems(reading: Reading) -> None:
    bad = sum(1 for one in reading.questions if one.problem)
    if bad:
        flash(
            ngettext(
                "Read again. %(num)s place cannot be read yet.",
                "Read again. %(num)s places cannot be read yet.",
                bad,
            ),
            "warning",
        )
    else:
        flash(_("Read again. Everything can be read."), "success")
