"""What installed packages bring, read from their `entry_points.txt`.

`importlib.metadata` tells the same, but importing it takes half as long as a run in which nothing changed.
It is asked only where packages may lie in zip files.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = (".dist-info", ".egg-info")


class EntryPoint(Struct, frozen=True):
    """One line of a package's entry points."""

    group: str
    name: str
    value: str
    """`module:attribute`."""
    package: str
    """The name of the distribution that brings it."""

    def load(self) -> object:
        """Import the module and get what the value names; raises whatever that raises."""
        from importlib import import_module

        module, _, attributes = self.value.partition(":")
        found: object = import_module(module.strip())
        for attribute in attributes.split("[")[0].strip().split("."):
            found = getattr(found, attribute)
        return found


def entry_points(*groups: str) -> list[EntryPoint]:
    """The entry points of these groups, by package."""
    if any(place and os.path.isfile(place) for place in sys.path):  # noqa: PTH113 - before pathlib is needed
        found = list(_of_metadata(groups))
    else:
        found = [entry for folder in _folders() for entry in _of_folder(folder, groups)]
    return sorted(found, key=lambda entry: (entry.package, entry.group, entry.name))


def _folders() -> Iterator[str]:
    """The folder of what is known of each package; of two of one name, the first that Python would import."""
    seen: set[str] = set()
    for place in dict.fromkeys(sys.path):
        try:
            with os.scandir(place or ".") as entries:
                names = sorted(entry.name for entry in entries if entry.name.endswith(_FOLDERS))
        except OSError:
            continue
        for name in names:
            package = name.rpartition(".")[0].partition("-")[0].lower().replace(".", "_")
            if package not in seen:
                seen.add(package)
                yield os.path.join(place or ".", name)  # noqa: PTH118 - as above


def _of_folder(folder: str, groups: tuple[str, ...]) -> Iterator[EntryPoint]:
    text = _read(folder, "entry_points.txt")
    if not any(group in text for group in groups):
        return
    group = ""
    package = _package_name(folder)
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif group in groups and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield EntryPoint(group, name.strip(), value.strip(), package)


def _package_name(folder: str) -> str:
    for line in (_read(folder, "METADATA") or _read(folder, "PKG-INFO")).splitlines():
        if line.startswith("Name:"):
            return line.removeprefix("Name:").strip()
    return os.path.basename(folder)  # noqa: PTH119 - as above


def _read(folder: str, name: str) -> str:
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as file:  # noqa: PTH118, PTH123 - as above
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def _of_metadata(groups: tuple[str, ...]) -> Iterator[EntryPoint]:
    from importlib import metadata

    for group in groups:
        for entry in metadata.entry_points(group=group):
            yield EntryPoint(group, entry.name, entry.value, entry.dist.name if entry.dist else entry.value)
