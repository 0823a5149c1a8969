"""A client that others wrote harvests our provider over a real connection."""

import warnings
from collections.abc import Iterator

import pytest
from flask import Flask

from core.database import transaction
from library.oai import provider, services
from library.resources.models import ReviewState
from tests.conftest import MONDAY
from tests.factories.library import make_resource
from tests.webs import served

with warnings.catch_warnings():
    # It is older than Python's warning about the backslashes in its patterns.
    warnings.simplefilter("ignore", DeprecationWarning)
    from sickle import Sickle
    from sickle.oaiexceptions import BadArgument, CannotDisseminateFormat, IdDoesNotExist, NoRecordsMatch

MANY = 25


@pytest.fixture
def sickle(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sickle]:
    monkeypatch.setattr(provider, "RECORDS", 4)
    monkeypatch.setattr(provider, "IDENTIFIERS", 7)
    with app.app_context(), transaction():
        made = [make_resource(f"第{number:02}", licence="CC-BY-4.0") for number in range(MANY)]
        services.refresh("library.example.cn", now=MONDAY)
        made[0].review_state = ReviewState.WITHDRAWN
        made[0].updated_at = MONDAY
        services.refresh("library.example.cn", now=MONDAY)
    with served(app) as url:
        yield Sickle(f"{url}/oai", timeout=30)


def test_sickle_understands_who_we_are(sickle: Sickle) -> None:
    identity = sickle.Identify()
    assert identity.protocolVersion == "2.0"
    assert identity.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert [one.metadataPrefix for one in sickle.ListMetadataFormats()] == ["oai_dc", "lom", "weike"]
    assert [one.setSpec for one in sickle.ListSets()][:2] == ["public", "subject"]


def test_sickle_reads_the_whole_list_with_its_tombstone(sickle: Sickle) -> None:
    records = list(sickle.ListRecords(metadataPrefix="oai_dc"))
    assert len({one.header.identifier for one in records}) == len(records) == MANY
    assert sum(one.deleted for one in records) == 1
    titles = sorted(one.metadata["title"][0] for one in records if not one.deleted)
    assert titles == [f"第{number:02}" for number in range(1, MANY)]
    assert len(list(sickle.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True))) == MANY - 1


def test_sickle_reads_identifiers_and_single_records(sickle: Sickle) -> None:
    headers = list(sickle.ListIdentifiers(metadataPrefix="lom"))
    assert len(headers) == MANY
    for header in (headers[0], headers[-1]):
        record = sickle.GetRecord(identifier=header.identifier, metadataPrefix="oai_dc")
        assert record.header.datestamp == header.datestamp


def test_sickle_understands_our_refusals(sickle: Sickle) -> None:
    with pytest.raises(IdDoesNotExist):
        sickle.GetRecord(identifier="oai:library.example.cn:nothing", metadataPrefix="oai_dc")
    with pytest.raises(CannotDisseminateFormat):
        sickle.ListRecords(metadataPrefix="marc21")
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="oai_dc", set="nothing")
    with pytest.raises(BadArgument):
        sickle.ListRecords(metadataPrefix="oai_dc", **{"from": "yesterday"})
