"""The lessons' sound: slow, quiet chords that change with the chapter."""

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 22_050
CHORDS = ((0, 7, 12, 16), (-3, 4, 9, 12), (5, 9, 12, 17), (-5, 2, 7, 11), (0, 4, 7, 12))
"""Semitones above C: a calm round of C, A minor, F, G, C."""
BASE_HERTZ = 196.0
NOTE_SECONDS = 2.4
LOUDNESS = 0.11


def write_sound(target: Path, seconds: float, chapters: Sequence[float]) -> None:
    """Write a sound of *seconds* whose chord changes at each of *chapters*."""
    total = int(seconds * RATE)
    sound = np.zeros(total, dtype=np.float32)
    starts = np.arange(0.0, seconds, NOTE_SECONDS / 2)
    for number, start in enumerate(starts):
        chapter = sum(1 for at in chapters if at <= start) - 1
        chord = CHORDS[max(0, chapter) % len(CHORDS)]
        semitones = chord[(number * 3) % len(chord)] + (12 if number % 8 == 5 else 0)
        begin = int(start * RATE)
        note = _note(BASE_HERTZ * 2 ** (semitones / 12))[: total - begin]
        sound[begin : begin + len(note)] += note
    fade = min(total, RATE)
    sound[:fade] *= np.linspace(0, 1, fade, dtype=np.float32)
    sound[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    samples = (np.clip(sound * LOUDNESS, -1, 1) * 32767).astype("<i2")
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())


def _note(hertz: float) -> npt.NDArray[np.float32]:
    """Return one soft note: float32, shape (samples,), -1 to 1."""
    length = int(NOTE_SECONDS * 1.6 * RATE)
    time = np.arange(length, dtype=np.float32) / RATE
    envelope = np.minimum(time / 0.06, 1) * np.exp(-time * 1.6)
    tone = np.sin(2 * np.pi * hertz * time) + 0.28 * np.sin(4 * np.pi * hertz * time) * np.exp(-time * 3)
    note: npt.NDArray[np.float32] = (tone * envelope).astype(np.float32)
    return note
