"""What is cut off pictures before they are shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """What is cut off each side of a picture, as a share of its width or height, 0 to 1."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    def of(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what stays, in pixels: one at least each way."""
        left = min(round(self.left * width), width - 1)
        top = min(round(self.top * height), height - 1)
        right = max(width - round(self.right * width), left + 1)
        bottom = max(height - round(self.bottom * height), top + 1)
        return left, top, right, bottom


WHOLE = Cut()
