"""From upload to ready, or to a failure that says why."""

import io
from datetime import UTC, datetime

import pytest
from flask import Flask

from core.database import db, transaction
from core.files import files
from library.media import services
from library.media.errors import NotAVideo
from library.media.models import MediaAsset, MediaState
from tests.factories.media import video_bytes, zip_bytes

MOMENT = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)


def unheard(done: int, total: int) -> None:
    """Nobody waits for this video."""


def uploaded(content: bytes) -> int:
    upload = services.receive_video(io.BytesIO(content))
    with transaction():
        return services.add_asset(upload, None, now=MOMENT).id


@pytest.mark.parametrize("container", ["mp4", "mov", "mkv", "webm"])
def test_each_container_that_phones_and_screens_write_becomes_ready(context: Flask, container: str) -> None:
    asset_id = uploaded(video_bytes(2, container=container))
    services.prepare_video(asset_id, unheard)
    asset = db.session.get_one(MediaAsset, asset_id)
    assert (asset.state, asset.problem) == (MediaState.READY, "")
    assert asset.duration_seconds == pytest.approx(2, abs=0.3)
    assert (services.asset_folder(asset_id) / "master.m3u8").is_file()


def test_an_archive_named_like_a_video_is_refused_at_once(context: Flask) -> None:
    with pytest.raises(NotAVideo):
        services.receive_video(io.BytesIO(zip_bytes()))


def test_an_unreadable_video_fails_with_the_code_of_its_refusal(context: Flask) -> None:
    asset_id = uploaded(video_bytes(2)[:2000])
    services.prepare_video(asset_id, unheard)
    asset = db.session.get_one(MediaAsset, asset_id)
    assert (asset.state, asset.problem) == (MediaState.FAILED, "unreadable_video")
    assert not services.asset_folder(asset_id).exists()


def test_preparing_twice_is_preparing_once(context: Flask) -> None:
    asset_id = uploaded(video_bytes(2))
    services.prepare_video(asset_id, unheard)
    before = (services.asset_folder(asset_id) / "master.m3u8").stat().st_mtime_ns
    services.prepare_video(asset_id, unheard)
    assert (services.asset_folder(asset_id) / "master.m3u8").stat().st_mtime_ns == before


def test_progress_is_told_in_hundredths(context: Flask) -> None:
    told: list[tuple[int, int]] = []
    services.prepare_video(uploaded(video_bytes(2)), lambda done, total: told.append((done, total)))
    assert told
    assert told == sorted(set(told))


def test_the_source_is_stored_by_its_content(context: Flask) -> None:
    upload = services.receive_video(io.BytesIO(video_bytes(2)))
    with files().open(upload.stored.sha256) as stored:
        assert stored.read() == video_bytes(2)
