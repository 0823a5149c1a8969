"""The films: long enough, told in two languages, with chapters, a question and a picture that moves."""

import wave
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import ImageFont

from demo import lessons
from demo.curriculum import points
from demo.fonts import NoChineseFont, font, lacking
from demo.items.bank import generators
from demo.items.question import Kind
from demo.lessons.catalogue import FILMS
from demo.lessons.film import FRAMES_A_SECOND, Film, frames
from demo.lessons.pen import HEIGHT, PI, WIDTH
from demo.lessons.sound import RATE, write_sound
from learning.lessons.captions import read_captions

LESSONS = Path(lessons.__file__).parent


def test_there_are_at_least_eight_films_in_four_subjects() -> None:
    assert len(FILMS) >= 8
    assert {film.subject for film in FILMS} == {"math", "physics", "chinese", "english"}
    assert len({film.slug for film in FILMS}) == len(FILMS)


@pytest.mark.parametrize("film", FILMS, ids=lambda f: f.slug)
def test_a_film_is_a_minute_or_two_and_says_what_it_is_about(film: Film) -> None:
    assert 60 <= film.seconds <= 120
    assert all(code in points() for code in film.points)
    assert points()[film.points[0]].subject == film.subject


@pytest.mark.parametrize("film", FILMS, ids=lambda f: f.slug)
@pytest.mark.parametrize("language", [0, 1])
def test_captions_are_what_the_platform_reads_and_stay_within_the_film(film: Film, language: int) -> None:
    cues = read_captions(film.captions(language))
    assert cues
    assert cues[-1].end <= film.seconds


@pytest.mark.parametrize("film", FILMS, ids=lambda f: f.slug)
def test_chapters_begin_with_the_film_and_follow_each_other(film: Film) -> None:
    starts = [at for at, _ in film.chapters()]
    assert starts[0] == 0
    assert all(a < b for a, b in pairwise(starts))


@pytest.mark.parametrize("film", FILMS, ids=lambda f: f.slug)
def test_the_question_is_asked_before_the_end_and_can_be_marked_at_once(film: Film) -> None:
    assert 0 < film.question_at < film.seconds
    maker = next(one for one in generators() if one.name == film.question)
    assert maker.point in film.points
    assert maker.make(f"checkpoint/{film.slug}").kind is not Kind.PHOTO


@pytest.fixture
def face() -> ImageFont.FreeTypeFont:
    try:
        return font(40)
    except NoChineseFont:
        pytest.skip("no Chinese font on this machine")


def test_nothing_that_is_drawn_comes_out_as_an_empty_box(face: ImageFont.FreeTypeFont) -> None:
    demo = LESSONS.parent
    on_paper = [*(demo / "handwriting").glob("*.py"), demo / "showcase" / "teams.py"]
    drawn = "".join(source.read_text(encoding="utf-8") for source in (*LESSONS.glob("*.py"), *on_paper))
    assert lacking(face, drawn.replace(PI, "")) == set()


@pytest.mark.usefixtures("face")
def test_a_film_moves() -> None:
    film = min(FILMS, key=lambda f: f.seconds)
    shown = set()
    for number, one in enumerate(frames(film)):
        assert len(one) == WIDTH * HEIGHT * 3
        shown.add(hash(one))
        if number == 6 * FRAMES_A_SECOND:
            break
    assert len(shown) > FRAMES_A_SECOND


def test_the_sound_is_as_long_as_the_film_and_not_silent(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav", 5.0, [0.0, 2.0])
    with wave.open(str(tmp_path / "a.wav")) as sound:
        assert sound.getnframes() == 5 * RATE
        assert any(sound.readframes(5 * RATE))
