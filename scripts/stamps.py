"""A step is skipped when what it was made from has not changed since it last succeeded."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """One hash of the files, folders and texts a step depends on; that a file is missing counts too."""
    digest = hashlib.sha256()
    for each in inputs:
        if isinstance(each, str):
            digest.update(f"text {len(each)} {each}\n".encode())
            continue
        for path in sorted(each.rglob("*")) if each.is_dir() else [each]:
            if path.is_file():
                content = path.read_bytes()
                digest.update(f"file {path.name} {len(content)}\n".encode())
                digest.update(content)
            elif not path.exists():
                digest.update(f"missing {path.name}\n".encode())
    return digest.hexdigest()


class Stamp:
    """The mark that a step left when it last succeeded."""

    def __init__(self, path: Path, inputs: Iterable[Path | str]) -> None:
        self.path = path
        self.value = fingerprint(inputs)

    def is_fresh(self) -> bool:
        """Whether the step last succeeded with exactly these inputs."""
        return self.path.is_file() and self.path.read_text(encoding="ascii") == self.value

    def renew(self) -> None:
        """Say that the step succeeded with these inputs."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value, encoding="ascii")

    def spoil(self) -> None:
        """Forget the last success, before work begins that might be left half done."""
        self.path.unlink(missing_ok=True)
