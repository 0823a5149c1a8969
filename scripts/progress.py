"""One clean line for each long step: a bar with an estimate on a terminal, a plain line elsewhere."""

import shutil
import sys
import threading
import time
from types import TracebackType
from typing import Self, TextIO

REPAINT_SECONDS = 0.2
LONGEST_LABEL = 26
BAR_CELLS = 28
NEARLY = 0.97
"""What a step that only estimates may show: it is full when it is over, not when it should be."""


class Step:
    """A long step, shown while it lasts.

    The share done is whatever was counted (`reach`), or what the clock says against *expected_seconds*
    where a tool gives nothing to count; the larger of the two, so that the bar never goes back.
    """

    def __init__(self, label: str, *, expected_seconds: float, out: TextIO = sys.stderr) -> None:
        self.label = label
        self.expected_seconds = expected_seconds
        self.counted = 0.0
        self.shown = 0.0
        self.out = out
        self.live = out.isatty()
        self.started = time.monotonic()
        self._ended = threading.Event()
        self._painter = threading.Thread(target=self._paint_until_ended, daemon=True)

    def reach(self, share: float) -> None:
        """Say that *share* (0-1) of the work is done."""
        self.counted = max(self.counted, min(share, 1.0))

    def elapsed_seconds(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self.started

    def share(self) -> float:
        """The share to show, 0-1, never less than before."""
        estimated = self.elapsed_seconds() / self.expected_seconds if self.expected_seconds else 1.0
        self.shown = max(self.shown, min(max(self.counted, estimated), NEARLY))
        return self.shown

    def remaining_seconds(self) -> float:
        """How long the rest should take, from the pace so far where there is one."""
        share = self.share()
        by_pace = self.elapsed_seconds() * (1 - share) / share if share else self.expected_seconds
        if self.counted:
            return by_pace
        return max(self.expected_seconds - self.elapsed_seconds(), by_pace if share >= NEARLY else 1.0)

    def __enter__(self) -> Self:
        self.started = time.monotonic()
        if self.live:
            self._painter.start()
        else:
            print(
                f"{self.label} (about {duration(self.expected_seconds)}) ...",
                end="",
                file=self.out,
                flush=True,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        word = "stopped" if error else "done"
        if self.live:
            self._painter.join()
            line = f"{self.label:<{LONGEST_LABEL}} {word} in {duration(self.elapsed_seconds())}"
            print(f"\r\033[K{line}", file=self.out, flush=True)
        else:
            print(f" {word} in {duration(self.elapsed_seconds())}", file=self.out, flush=True)

    def _paint_until_ended(self) -> None:
        while not self._ended.wait(REPAINT_SECONDS):
            self.out.write(f"\r\033[K{self.line()}")
            self.out.flush()

    def line(self) -> str:
        """The bar as it stands."""
        share = self.share()
        full = round(share * BAR_CELLS)
        bar = "━" * full + "╌" * (BAR_CELLS - full)
        left = duration(self.remaining_seconds())
        text = f"{self.label:<{LONGEST_LABEL}} {bar} {share:4.0%}  about {left} left"
        return text[: shutil.get_terminal_size().columns - 1]


def duration(seconds: float) -> str:
    """Seconds as people say them: "8 s", "2 min 05 s"."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
