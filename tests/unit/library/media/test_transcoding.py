"""A video becomes rungs, poster and thumbnails; what is no video is refused with a reason."""

from pathlib import Path

import pytest
from PIL import Image

from core.errors import DomainError
from library.media.errors import NoMovingPicture, UnreadableVideo, VideoTooLong
from library.media.transcoding import Probe, probe, timestamp, transcode, understand
from tests.factories.media import sound_bytes, video_bytes


def stored(folder: Path, content: bytes) -> Path:
    source = folder / "source"
    source.write_bytes(content)
    return source


def unheard(share: float) -> None:
    """Nobody waits for this video."""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def test_one_run_makes_all_rungs_a_poster_and_thumbnails(tmp_path: Path, target: Path) -> None:
    shares: list[float] = []
    about, renditions = transcode(stored(tmp_path, video_bytes(6)), "mov", target, shares.append)
    assert about.duration_seconds == pytest.approx(6, abs=0.2)
    assert (about.width, about.height, about.has_sound) == (320, 180, True)
    assert renditions["rungs"] == ["240p", "480p", "audio"]
    master = (target / "master.m3u8").read_text()
    for rung in renditions["rungs"]:
        assert f"{rung}/index.m3u8" in master
        playlist = (target / rung / "index.m3u8").read_text()
        assert playlist.rstrip().endswith("#EXT-X-ENDLIST")
        named = [line for line in playlist.splitlines() if line and not line.startswith("#")]
        assert all((target / rung / name).is_file() for name in named)
    with Image.open(target / "poster.jpg") as poster:
        assert poster.size == (320, 180)
    assert shares[-1] == pytest.approx(1, abs=0.1)


def test_each_thumbnail_points_into_the_sprite(tmp_path: Path, target: Path) -> None:
    transcode(stored(tmp_path, video_bytes(6)), "mov", target, unheard)
    track = (target / "thumbnails.vtt").read_text()
    assert track.startswith("WEBVTT")
    assert track.count("thumbnails.jpg#xywh=") == 3
    assert "00:00:02.000 --> 00:00:04.000\nthumbnails.jpg#xywh=160,0,160,90" in track


def test_a_silent_video_has_no_sound_rung(tmp_path: Path, target: Path) -> None:
    about, renditions = transcode(stored(tmp_path, video_bytes(5, sound=False)), "mov", target, unheard)
    assert not about.has_sound
    assert renditions["rungs"] == ["240p", "480p"]
    assert "sound" not in renditions


def test_an_upright_phone_video_keeps_its_shape(tmp_path: Path, target: Path) -> None:
    transcode(stored(tmp_path, video_bytes(2, size="360x640")), "mov", target, unheard)
    assert "RESOLUTION=240x426" in (target / "master.m3u8").read_text()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\0\0\0\x18ftypmp42" + b"\0" * 500, UnreadableVideo),
        (video_bytes(5)[:3000], UnreadableVideo),
        (sound_bytes(), NoMovingPicture),
    ],
    ids=["a head only", "cut off", "sound only"],
)
def test_what_cannot_be_played_is_refused(
    tmp_path: Path, target: Path, content: bytes, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        transcode(stored(tmp_path, content), "mov", target, unheard)


def test_a_playlist_is_not_opened_under_the_name_of_a_video(tmp_path: Path) -> None:
    secret = stored(tmp_path, video_bytes(2))
    playlist = tmp_path / "trap"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://{secret}\n#EXT-X-ENDLIST\n")
    with pytest.raises(UnreadableVideo):
        probe(playlist, "mov")


def test_more_than_an_hour_is_refused_before_any_work() -> None:
    with pytest.raises(VideoTooLong):
        understand("Duration: 01:00:01.00\nStream #0:0: Video: h264, yuv420p, 640x360")


def test_what_ffmpeg_says_is_understood() -> None:
    told = (
        "  Duration: 00:01:02.50, start: 0.000000, bitrate: 376 kb/s\n"
        "  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv), 1280x720 [SAR 1:1]\n"
        "  Stream #0:1[0x2](und): Audio: aac (LC), 44100 Hz, mono"
    )
    assert understand(told) == Probe(62.5, 1280, 720, has_sound=True)


def test_times_are_written_as_webvtt_wants_them() -> None:
    assert timestamp(3661.5) == "01:01:01.500"
