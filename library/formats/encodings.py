"""The letters of a file: in which encoding they are, and that it was assumed."""

import codecs
import re

from library.formats.errors import UnknownEncoding, UnreadableLetters
from library.formats.reading import Fate, Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CHINESE_IN_UTF8 = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){4}")
"""Four Chinese letters or signs in a row, such as no two of another encoding make by chance."""
_SAMPLE = 2_000
_LONGEST_LETTER = 4


def decoded(content: bytes) -> tuple[str, list[Note]]:
    """The text of a file, and what is to be said of its encoding where that is not plain UTF-8.

    UTF-8, UTF-16 and UTF-32 with their mark, UTF-8 and UTF-16 without it, else GB 18030, which holds GBK and
    GB 2312; where somebody mixed it with UTF-8, each line is read in its own. A file that was cut inside a
    letter loses that letter only.

    Raises:
        UnknownEncoding: it is none of these.
        UnreadableLetters: nor is one of its lines, where others are.
    """
    for mark, encoding, name in _BOMS:
        if content.startswith(mark):
            return _with(content[len(mark) :], encoding), [] if encoding == "utf-8" else [_assumed(name)]
    if encoding := _wide(content):
        return _with(content, encoding), [_assumed("UTF-16")]
    try:
        return _whole(content, "utf-8"), []
    except UnicodeDecodeError:
        pass
    if _is_mixed(content):
        return _line_by_line(content), [Note(Fate.CHANGED, "encoding", "mixed-encodings")]
    try:
        return _whole(content, "gb18030"), [_assumed("GB 18030")]
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error


def _is_mixed(content: bytes) -> bool:
    """Whether some lines of what is no UTF-8 are Chinese in UTF-8: somebody put two files into one."""
    return any(_CHINESE_IN_UTF8.search(line) and _fits(line, "utf-8") for line in content.split(b"\n"))


def _line_by_line(content: bytes) -> str:
    """Each line in its own encoding.

    Raises:
        UnreadableLetters: one is in neither.
    """
    lines = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        encoding = next((one for one in ("utf-8", "gb18030") if _fits(line, one)), None)
        if encoding is None:
            raise UnreadableLetters(line=number)
        lines.append(line.decode(encoding))
    return "\n".join(lines)


def _fits(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _assumed(name: str) -> Note:
    return Note(Fate.CHANGED, "encoding", "encoding", {"encoding": name})


def _with(content: bytes, encoding: str) -> str:
    try:
        return _whole(content, encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error


def _whole(content: bytes, encoding: str) -> str:
    """All but a last letter that was cut.

    Raises:
        UnicodeDecodeError: something else is wrong with it.
    """
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start and error.end >= len(content) and len(content) - error.start < _LONGEST_LETTER:
            return content[: error.start].decode(encoding)
        raise


def _wide(content: bytes) -> str:
    """The UTF-16 that a file without a mark is in: every other byte of its spaces and signs is zero."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample) or min(even, odd) * 2 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
