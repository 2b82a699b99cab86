"""A folder that is ours in part: files are replaced whole, and only ours are ever touched.

What we wrote is noted by its hash, before it is written as well as after, so that a cut-off write
never looks like somebody's edit. A file that we did not write, or that was edited since, is left
unless the caller says that it is generated anyway.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path, PurePosixPath


class OurFiles:
    """``folder``: what is served. ``manifest``: a file elsewhere."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        self._folder, self._manifest = folder, manifest
        self._known: dict[str, list[str]] = (
            json.loads(manifest.read_text("utf-8")) if manifest.exists() else {}
        )

    def read(self, name: str) -> bytes | None:
        """``None``: there is no such file."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def knows(self, name: str) -> bool:
        """Whether we wrote it once and did not remove it."""
        return name in self._known

    def is_foreign(self, name: str) -> bool:
        """Whether somebody else wrote what stands there."""
        return name not in self._known and self._path(name).exists()

    def is_edited(self, name: str) -> bool:
        """Whether what stands there is other than what we wrote."""
        now = self.read(name)
        return now is not None and _hash(now) not in self._known.get(name, [])

    def write(self, files: Mapping[str, bytes]) -> None:
        changed = {
            name: body
            for name, body in files.items()
            if self.read(name) != body or self._known.get(name) != [_hash(body)]
        }
        if not changed:
            return
        for name, body in changed.items():
            self._known[name] = sorted({*self._known.get(name, []), _hash(body)})
        self._save()
        for name, body in changed.items():
            _replace(self._path(name), body)
        for name, body in changed.items():
            self._known[name] = [_hash(body)]
        self._save()

    def remove(self, name: str) -> None:
        """Whatever it holds now; and the folders that it leaves empty."""
        if name not in self._known:
            return
        path = self._path(name)
        path.unlink(missing_ok=True)
        for parent in path.relative_to(self._folder).parents:
            if parent == Path() or any((self._folder / parent).iterdir()):
                break
            (self._folder / parent).rmdir()
        del self._known[name]
        self._save()

    def remove_all_but(self, names: Mapping[str, object], below: str) -> None:
        """Of those ``below`` that were not edited."""
        for name in [name for name in self._known if name.startswith(below)]:
            if name not in names and not self.is_edited(name):
                self.remove(name)

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise ValueError(name)
        return self._folder / parts

    def _save(self) -> None:
        text = json.dumps(dict(sorted(self._known.items())), indent=0, sort_keys=True)
        _replace(self._manifest, text.encode())


def _replace(path: Path, body: bytes) -> None:
    """Readers see the old file or the new one, whenever the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    _replace(path, text.encode())


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
