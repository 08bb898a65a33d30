"""The lock that the Action installs from."""

from __future__ import annotations

import re
import tomllib

import pytest
from runner import PROJECT

LOCK = (PROJECT / "action" / "requirements.txt").read_text(encoding="utf-8")
PINS = re.findall(
    r"^([a-z0-9-]+)==([0-9.]+)((?: ; [^\\\n]+)?)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", LOCK, re.MULTILINE
)


def versions(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


def test_every_line_is_a_pin() -> None:
    """The lock is versions with hashes, and nothing else: no index, no address, no file."""
    rest = LOCK
    for name, version, marker, hashes in PINS:
        rest = rest.replace(f"{name}=={version}{marker}{hashes}\n", "")

    assert [] == [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("source", ["project", "build-system", "action"])
def test_all_that_is_needed(source: str) -> None:
    """What vaultlint needs to run and to be built is in the lock, as new as it has to be."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {
        "project": project["project"]["dependencies"],
        "build-system": project["build-system"]["requires"],
        "action": [
            line for line in (PROJECT / "action" / "requirements.in").read_text().splitlines() if line[:1] != "#"
        ],
    }[source]
    pinned = {name: version for name, version, *_ in PINS}

    assert needed
    for one in needed:
        name, least = re.fullmatch(r"([A-Za-z0-9-]+)>=([0-9.]+)", one).groups()  # type: ignore[union-attr]
        assert versions(pinned[name.lower()]) >= versions(least)
