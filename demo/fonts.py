"""The font of drawn lessons and pages: the one that the front-end build brings, or the system's."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

BUILT = Path(__file__).parent.parent / "build" / "fonts"
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
SYSTEM_NAMES = (
    "NotoSansCJK-{weight}.ttc",
    "NotoSansSC-{weight}.otf",
    "SourceHanSansSC-{weight}.otf",
    "wqy-microhei.ttc",
    "PingFang.ttc",
    "msyh.ttc",
    "simhei.ttf",
)
SAMPLE = "永清忄A½²×−"
NO_CHARACTER = "\U000f0000"
CHINESE_FACE = 2
"""Index of the simplified Chinese face in the Noto CJK collections."""


class NoChineseFont(RuntimeError):
    """No font with Chinese characters was found; lessons would show empty boxes."""

    def __init__(self) -> None:
        super().__init__(
            "No Chinese font was found for drawing the lessons: run `make run`, whose build brings one, "
            "or install Noto Sans CJK (on Debian: apt-get install fonts-noto-cjk)."
        )


@cache
def font(size: int, *, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the font in *size* pixels.

    Raises:
        NoChineseFont: there is none that has Chinese characters.
    """
    path = font_path(is_bold=is_bold)
    index = CHINESE_FACE if path.name.startswith("NotoSansCJK") else 0
    return ImageFont.truetype(path, size, index)


@cache
def font_path(*, is_bold: bool = False) -> Path:
    """Return the file of the font.

    Raises:
        NoChineseFont: there is none that has Chinese characters.
    """
    weight = "700" if is_bold else "400"
    for built in sorted(BUILT.glob(f"noto-sans-sc-chinese-simplified-{weight}-normal.*")):
        if _has_chinese(built):
            return built
    for pattern in SYSTEM_NAMES:
        name = pattern.format(weight="Bold" if is_bold else "Regular")
        for folder in SYSTEM_FOLDERS:
            for found in sorted(folder.rglob(name)) if folder.is_dir() else []:
                if _has_chinese(found):
                    return found
    raise NoChineseFont


def _has_chinese(path: Path) -> bool:
    try:
        face = ImageFont.truetype(path, 32)
    except OSError:
        return False
    return not lacking(face, SAMPLE)


def lacking(face: ImageFont.FreeTypeFont, text: str) -> set[str]:
    """Return the characters of *text* that *face* has not: those are all drawn as the same box."""
    box = bytes(face.getmask(NO_CHARACTER))
    return {one for one in text if one.strip() and bytes(face.getmask(one)) == box}
