"""Ways in which the files of a search index come to harm."""

import shutil
from pathlib import Path


def harm_index(root: Path, harm: str) -> None:
    """Do *harm* to the index in *root*: "delete", "cut", "flip", "no manifest" or "foreign"."""
    (folder,) = root.glob("index-*")
    (postings,) = folder.glob("*.pst")
    match harm:
        case "delete":
            shutil.rmtree(folder)
        case "cut":
            postings.write_bytes(postings.read_bytes()[:-3])
        case "flip":
            content = bytearray(postings.read_bytes())
            content[len(content) // 2] ^= 0xFF
            postings.write_bytes(content)
        case "no manifest":
            (root / "current").unlink()
        case "foreign":
            # A pickle that somebody put in the place of ours: unpickling it would run a program.
            (contents,) = folder.glob("*.toc")
            contents.write_bytes(b"cos\nsystem\n(S'touch harmed'\ntR.")
        case _:
            raise ValueError(harm)
