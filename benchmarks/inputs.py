"""The vaults that are measured: one real one, and generated ones of any size, made once in a work folder."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from make_vault import Shape, write_vault

DEFAULT_WORK = Path(tempfile.gettempdir()) / "vaultlint-benchmarks"


def unpack_hub(folder: Path) -> Path:
    """Effect: unpacks the real vault of the shared test data (VAULTLINT_SHARED), unless it is there."""
    vault = folder / "obsidian-hub"
    if not vault.exists():
        shared = Path(os.environ.get("VAULTLINT_SHARED", Path(__file__).parents[2] / "shared"))
        with (
            tempfile.TemporaryDirectory(dir=folder) as part,
            tarfile.open(shared / "corpora" / "obsidian-hub.tar.xz") as tar,
        ):
            tar.extractall(part, filter="data")
            (Path(part) / "obsidian-hub").rename(vault)
    return vault


def generated(folder: Path, notes: int, mean_bytes: int = 2500) -> Path:
    """Effect: writes a vault of so many notes, unless it is there."""
    vault = folder / f"generated-{notes}-{mean_bytes}"
    if not vault.exists():
        part = folder / f"{vault.name}.part"
        shutil.rmtree(part, ignore_errors=True)
        write_vault(part, Shape(notes, mean_bytes=mean_bytes))
        part.rename(vault)
        os.sync()
    return vault


def fresh_copy(vault: Path, folder: Path) -> Path:
    """Effect: copies a vault, so that no run has touched it, in place of the copy before it."""
    copy = folder / f"copy-of-{vault.name}"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(vault, copy, symlinks=True)
    os.sync()
    return copy


def one_note(vault: Path) -> Path:
    """A note in the middle of the vault."""
    notes = sorted(path for path in vault.rglob("*.md") if "/." not in f"/{path.relative_to(vault).as_posix()}")
    return notes[len(notes) // 2]
