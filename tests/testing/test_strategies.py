"""Generated notes and vaults: what rule authors get, and that it is worth having."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from vaultlint.note.note import parse_note
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.settings import samples
from vaultlint.testing.strategies import PIECES, notes, options, renamed, vaults

MANUAL = Path(__file__).parents[2] / "CONTRIBUTING.md"
NODES = [
    *("wikilinks", "links", "tags", "block_ids", "headings", "callouts", "code", "math", "comments", "html", "items"),
    *("tables", "footnotes", "highlights", "inline_fields", "templater", "timestamps", "properties", "property_links"),
]
quick = settings(max_examples=40, deadline=None, database=None)


@functools.cache
def some_notes() -> tuple[str, ...]:
    made: list[str] = []
    plain = settings(max_examples=400, deadline=None, database=None, phases=[Phase.generate], derandomize=True)
    plain(given(notes())(lambda text: made.append(text)))()
    return tuple(made)


@pytest.mark.parametrize("name", NODES)
def test_every_construct_comes_up(name: str) -> None:
    """Each construct of the app is in some of 400 notes."""
    assert any(getattr(parse_note(text), name) for text in some_notes())


@quick
@given(notes())
def test_a_file_can_hold_every_note(text: str) -> None:
    """A note is text in UTF-8 without NUL."""
    assert text == text.encode().decode()
    assert "\0" not in text


@pytest.mark.parametrize("wanted", ["\r\n", "\r", "\ufeff", "日本", "😀", "[ ]", "|---|", "$$", "data-t", "vaultlint-"])
def test_oddities_come_up(wanted: str) -> None:
    """Line breaks of all systems, byte order marks and other scripts are in some of 400 notes."""
    assert any(wanted in text for text in some_notes())


@quick
@given(st.data())
def test_vaults(data: st.DataObject) -> None:
    """A vault has paths of notes that differ by more than case; a note can be given another name."""
    vault = data.draw(vaults(least=2))

    assert all(path.endswith(".md") for path in vault)
    assert len(vault) == len({path.casefold() for path in vault})
    after = data.draw(renamed(vault))
    assert sorted(vault.values()) == sorted(after.values())
    assert len(vault.keys() & after.keys()) == len(vault) - 1


OF_OWN_TYPES = {("alias-from-title", "helper"), ("forbidden-terms", "patterns"), ("removed-property", "properties")}
"""Options whose types say what a value is, and not which there are: only the default is drawn."""


@pytest.mark.parametrize("name", installed_rules().names)
def test_options(name: str) -> None:
    """Options of every rule are drawn by their types; each has more values than its default."""
    rule = installed_rules().load(name)
    kind = rule.Options

    found = find(options(rule), lambda _: True, settings=settings(database=None))

    assert found is None if kind is None else found == kind()
    assert all(len(values) > 1 for option, values in samples(rule) if (name, option) not in OF_OWN_TYPES)


@pytest.mark.parametrize("name", sorted(PIECES))
@settings(max_examples=15, deadline=None, database=None)
@given(data=st.data())
def test_every_piece_alone(name: str, data: st.DataObject) -> None:
    """Each strategy for a piece of a note makes text that can be read."""
    text = data.draw(PIECES[name]())

    assert text == parse_note(text).text


def test_the_example_of_the_manual() -> None:
    """What CONTRIBUTING shows runs as it stands."""
    (code,) = re.findall(r"```python\n(from hypothesis.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    module = ModuleType("manual")
    exec(code, module.__dict__)
    for name, test in vars(module).copy().items():
        if name.startswith("test_"):
            test()
