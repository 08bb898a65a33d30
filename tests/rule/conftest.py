"""Packages of strangers, made up in a folder that Python looks for packages in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Install = Callable[..., Path]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a package: its name, its Python module, and perhaps a pack."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(name: str, code: str, *, pack: str | None = None) -> Path:
        module = name.replace("-", "_")
        folder = tmp_path / module
        folder.mkdir()
        (folder / "__init__.py").write_text(code, encoding="utf-8")
        entries = f"[vaultlint.rules]\n{name} = {module}:RULES\n"
        if pack is not None:
            (folder / "packs").mkdir()
            (folder / "packs" / f"{name}-pack.toml").write_text(pack, encoding="utf-8")
            entries += f"[vaultlint.packs]\n{name} = {module}:PACKS\n"
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(entries, encoding="utf-8")
        return folder

    before = set(sys.modules)
    yield install
    for module in set(sys.modules) - before:
        if str(getattr(sys.modules[module], "__file__", None)).startswith(str(tmp_path)):
            del sys.modules[module]
