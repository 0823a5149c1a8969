"""Which sent files are spent, and which are still needed."""

from datetime import datetime

from sqlalchemy import CompoundSelect, Select, and_, or_, select, union

from library.channels.models import ChannelImport
from library.intake.models import IntakeState, QuestionImport
from library.interchange.models import ImportOrder, OrderState
from library.packages.models import ImportState, PackageImport

_OVER = (OrderState.DONE, OrderState.FAILED)
_PAUSED = (OrderState.CHECKED, OrderState.STOPPED)
OF_IMPORTS = frozenset(
    {"import_order", "channel_import", "package_import", "question_import", "resource_import"}
)
"""Tables that name files as what was imported; the last one only tells one file from another."""


def spent(before: datetime) -> CompoundSelect[str]:
    """The hashes of files whose import is over, or was left alone since *before*."""
    parts: list[Select[str]] = [
        select(one.content_sha256).where(
            or_(one.state.in_(_OVER), and_(one.state.in_(_PAUSED), one.ordered_at < before))
        )
        for one in (ImportOrder, ChannelImport)
    ]
    packages = select(PackageImport.source_sha256).where(PackageImport.state != ImportState.WAITING)
    questions = select(QuestionImport.source_sha256).where(QuestionImport.state != IntakeState.WAITING)
    return union(*parts, packages, questions)


def needed(sha256: str, before: datetime) -> CompoundSelect[int]:
    """The imports that still need a file."""
    parts: list[Select[int]] = [
        select(one.id).where(
            one.content_sha256 == sha256,
            one.state.not_in(_OVER),
            or_(one.state.not_in(_PAUSED), one.ordered_at >= before),
        )
        for one in (ImportOrder, ChannelImport)
    ]
    packages = select(PackageImport.id).where(
        PackageImport.source_sha256 == sha256, PackageImport.state == ImportState.WAITING
    )
    questions = select(QuestionImport.id).where(
        QuestionImport.source_sha256 == sha256, QuestionImport.state == IntakeState.WAITING
    )
    return union(*parts, packages, questions)
