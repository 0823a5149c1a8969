"""Voices: syllables hummed in the tones of Chinese, since nobody's real voice belongs into a demo city."""

import io
import wave
from random import Random

import numpy as np
import numpy.typing as npt

from library.media.sounds import Sound, take_sound

RATE = 16_000
SYLLABLE_SECONDS, PAUSE_SECONDS = 0.24, 0.35
SYLLABLES_A_PHRASE = 6
FORMANTS = ((730, 1090), (270, 2290), (300, 870), (530, 1840), (570, 840))
"""The two resonances, in hertz, of a, i, u, e, o (Peterson and Barney, 1952)."""
BREADTH = 110.0
HIGHEST = 4_000.0
TONES = ((1.0, 1.0), (0.85, 1.15), (0.9, 0.75), (1.2, 0.75))
"""Pitch at the beginning and the end of the four tones, as shares of the voice's own."""
LOUDNESS = 0.5

Samples = npt.NDArray[np.float64]


def speak(name: str, *, hertz: float, phrases: int) -> Sound:
    """Hum *phrases* in a voice of *hertz* and store the sound as every recording is stored."""
    rng = Random(f"voice/{name}")
    pause = np.zeros(int(PAUSE_SECONDS * RATE))
    parts = []
    for _ in range(phrases):
        parts += [_syllable(rng, hertz) for _ in range(SYLLABLES_A_PHRASE)]
        parts.append(pause)
    sound = np.concatenate(parts)
    samples = (sound / np.abs(sound).max() * LOUDNESS * 32767).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    out.seek(0)
    return take_sound(out, round(len(sound) / RATE) + 1)


def _syllable(rng: Random, hertz: float) -> Samples:
    """One syllable: float64, shape (samples,); harmonics of the pitch, loud where the vowel resonates."""
    begin, end = rng.choice(TONES)
    vowel = rng.choice(FORMANTS)
    count = int(SYLLABLE_SECONDS * rng.uniform(0.8, 1.3) * RATE)
    pitch = hertz * np.linspace(begin, end, count)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    sound = np.zeros(count)
    for number in range(1, int(HIGHEST / (hertz * max(begin, end))) + 1):
        harmonic = pitch * number
        loud = sum(np.exp(-(((harmonic - one) / (2 * BREADTH)) ** 2)) for one in vowel)
        sound += (loud + 0.05) / number**0.5 * np.sin(number * phase)
    swell: Samples = np.sin(np.linspace(0, np.pi, count)) ** 0.5
    return sound * swell
