"""Keep texts: new ones, and other words for all questions that are about one."""

from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db, hold_rows
from library.authoring.errors import AskedElsewhere
from library.items.models import Stimulus, StimulusVersion
from library.items.records import ItemRecord, StimulusRecord
from library.items.services import Placed, revise, write_stimuli
from library.items.wholes import whole_items
from library.passages import queries
from library.passages.errors import TextChanged
from library.resources.models import Resource
from library.sets import queries as sets
from library.sets.services import following, points_by_code, subject_of


def keep_new(resource: Resource, record: StimulusRecord, by: Hat, *, now: datetime) -> Stimulus:
    """Add a text, of which questions can then be.

    Raises:
        NoSubject: the set has no subject.
    """
    write_stimuli([(record, subject_of(resource))], now=now)
    made = db.session.scalars(select(Stimulus).where(Stimulus.identifier == record.identifier)).one()
    made.created_by_id = by.person_id
    return made


def save(
    resource: Resource, stimulus: Stimulus, record: StimulusRecord, by: Hat, *, seen: int, now: datetime
) -> int:
    """Let a text say something else; how many questions got a new version by it.

    Raises:
        TextChanged: it is no longer the version *seen* that was edited.
        AskedElsewhere: one of its questions is asked elsewhere, where it is not the person's to change.
    """
    hold_rows(select(Stimulus.id).where(Stimulus.id == stimulus.id).with_for_update())
    db.session.refresh(stimulus, ["current_version_id"])
    current = db.session.get_one(StimulusVersion, stimulus.current_version_id)
    if current.number != seen:
        raise TextChanged
    items = list(db.session.scalars(queries.items_about(stimulus.id)))
    for item in items:
        if other := db.session.scalars(sets.others_asking(item.id, resource.id, by).limit(1)).first():
            raise AskedElsewhere(title=other.title)
    wordings = write_stimuli([(record, stimulus.subject_id)], now=now)
    if wordings[record.identifier] == current.id:
        return 0
    wholes = whole_items([one.id for one in items])
    with following(resource, now=now):
        for item in items:
            whole = wholes[item.id]
            same = ItemRecord.model_validate(whole.fields())
            placed = Placed(same, whole.version.stimulus_position or 0, item.subject_id)
            revise(item, placed, wordings, points_by_code(whole.points), by_id=by.person_id, now=now)
    return len(items)
