"""A table in which nearly every key has one value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.vault.files import FileTable
from vaultlint.vault.name_table import NameTable
from vaultlint.vault.names import path_key, shortest_first

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.text("xyz/", min_size=1, max_size=3)), unique=True)


@given(PAIRS, st.sampled_from([None, shortest_first]))
def test_it_is_a_dict_of_tuples(pairs: list[tuple[str, str]], order: None) -> None:
    """Each key with all its values, sorted; what is not there is not there, however it is asked for."""
    expected = {key: tuple(sorted((v for k, v in pairs if k == key), key=order)) for key, _ in pairs}

    table = NameTable(pairs, order)

    assert expected == table
    assert list(expected) == list(table)
    assert len(expected) == len(table)
    for key in "abcd":
        assert expected.get(key) == table.get(key)
        assert expected.get(key, ()) == table.get(key, ())
        assert (key in expected) == (key in table)


def test_a_name_that_is_its_own_key_is_there_once() -> None:
    """A path in small letters is the key that it is found by, not a copy of it."""
    files = FileTable("/", files=("a folder/a note.md", "a folder/Another.md"))

    assert [path is key for path, key in zip(files.files, files.by_path, strict=True)] == [True, False]
    assert path_key(files.files[0]) is files.files[0]
