"""The project's own generator of vaults: the same bytes every time, and just the broken links that it says."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from make_vault import Shape, write_vault

from vaultlint.vault.vault import Vault

SMALL = Shape(notes=400, seed=3, mean_bytes=1200)


def broken_links(vault: Vault) -> Counter[str]:
    found: Counter[str] = Counter()
    for path, facts in vault.index.facts.items():
        for link in facts.links:
            target = vault.index.resolve(link, path)
            if target.missing:
                found["broken note"] += 1
            elif target.heading_missing:
                found["broken heading"] += 1
            elif target.block_missing:
                found["broken block"] += 1
    return found


def digests(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_what_leads_nowhere_is_what_it_says(tmp_path: Path) -> None:
    """Every broken link that was written is found, and no other; as many notes are there as were asked for."""
    said = write_vault(tmp_path / "vault", SMALL, jobs=1)

    vault = Vault.open(tmp_path / "vault")

    assert len(vault.notes) == said["notes"] == 400
    assert broken_links(vault) == {kind: count for kind, count in said.items() if kind.startswith("broken")}
    assert said["broken note"] > 20
    assert min(said["broken heading"], said["broken block"]) > 0


def test_bytes_do_not_hang_on_the_number_of_processes(tmp_path: Path) -> None:
    """One process and two write the same vault, also where it is cut into chunks."""
    shape = Shape(notes=1020, mean_bytes=100, links_per_note=1)

    alone, together = (write_vault(tmp_path / str(jobs), shape, jobs) for jobs in (1, 2))

    assert alone == together
    assert digests(tmp_path / "1") == digests(tmp_path / "2")


def test_every_note_has_a_path_of_its_own() -> None:
    """Up to a million and a half: beyond the words that there are, names are numbered."""
    shape = Shape(notes=1_500_000)
    notes = [*range(500), *range(892_780, 892_830), *range(1_400_000, 1_400_500)]

    assert len({shape.stem(note).lower() for note in notes}) == len(notes)


def test_some_names_are_shared() -> None:
    """A note in 33 has the name of another, and lies in another folder."""
    shape = Shape(notes=330)
    twins = [note for note in range(330) if shape.is_twin(note)]

    assert len(twins) == 10
    assert all(shape.name(note) == shape.name(note - 16) for note in twins)
    assert all(shape.folder(note) != shape.folder(note - 16) for note in twins)


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    """What is there already is not mixed with what is made."""
    (tmp_path / "Mine.md").write_text("mine", encoding="utf-8")

    with pytest.raises(SystemExit, match="not empty"):
        write_vault(tmp_path, SMALL)

    assert [path.name for path in tmp_path.iterdir()] == ["Mine.md"]
