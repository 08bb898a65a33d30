"""Dates in another form than asked for: what is safe to write anew, and why the rest is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import vaultlint
from vaultlint.rule.errors import UserError

Make = Callable[..., Path]
CONFIG = 'packs = []\n[rules]\ndate-format = {{ formats = {{ day = "{}" }} }}\n'
ONLY = 'packs = []\n[rules]\ndate-format = "warning"\n'


def dated(**days: str) -> dict[str, str]:
    """Notes with a property `day`; `__` in a name is a slash."""
    return {f"{name.replace('__', '/')}.md": f"---\nday: {day}\n---\n" for name, day in days.items()}


def told(folder: Path) -> dict[str, tuple[str, str]]:
    """Note -> the title of the fix and why it is not safe."""
    return {
        one.path: (one.fix.title, one.fix.reason) if one.fix else ("", "")
        for one in vaultlint.check(folder).diagnostics
    }


def test_a_folder_shows_which_part_is_the_month(made_vault: Make) -> None:
    """Values of the same shape, of this property, in this folder alone; conforming ones count, too."""
    folder = made_vault(
        {
            **dated(a__one="5/1/2024", a__two="13/1/2024", b__one="5/1/2024", b__two="1/13/2024", c__one="5/1/2024"),
            **dated(d__one="5/1/2024", d__two="13/1/2024", d__three="1/13/2024", e__one="5.1.2024", e__two="13/1/2024"),
            "vaultlint.toml": CONFIG.format("YYYY-MM-DD"),
        }
    )
    found = told(folder)
    assert ("write 2024-01-05", "") == found["a/one.md"]
    assert ("write 2024-05-01", "") == found["b/one.md"]
    assert ("write 2024-01-13", "") == found["d/two.md"]
    unsure = "'5/1/2024' may be 1 May 2024 or 5 January 2024, and "
    assert ("write 2024-05-01", unsure + "no other in its folder shows which") == found["c/one.md"]
    assert ("write 2024-05-01", unsure + "its folder has both ways") == found["d/one.md"]
    assert (
        "'5.1.2024' may be 5 January 2024 or 1 May 2024, and no other in its folder shows which" == found["e/one.md"][1]
    )


def test_values_in_the_right_form_show_it_too(made_vault: Make) -> None:
    """They are no findings."""
    notes = dated(a="25/01/2024", b="5/1/2024", c="05/01/2024")
    assert {"b.md": ("write 05/01/2024", "")} == told(
        made_vault({**notes, "vaultlint.toml": CONFIG.format("DD/MM/YYYY")})
    )


def test_all_notes_of_a_property_settle_the_guess(made_vault: Make) -> None:
    """Where the folder shows nothing, it stays a guess, though the better one."""
    notes = dated(a__one="13/1/2024", b__one="5/1/2024")
    assert (
        "write 2024-01-05" == told(made_vault({**notes, "vaultlint.toml": CONFIG.format("YYYY-MM-DD")}))["b/one.md"][0]
    )


@pytest.mark.parametrize(
    ("form", "value", "title", "reason"),
    [
        ("YYYY-MM-DD", "2024-01-05T10:30", "write 2024-01-05", "the time of day is left out"),
        ("YYYY-MM-DDTHH:mm", "2024-01-05", "write 2024-01-05T00:00", "it tells no time of day, so midnight is written"),
        ("YYYY-MM-DDTHH:mm", "2024-01-05 10:30", "write 2024-01-05T10:30", ""),
        ("YYYY-MM-DDTHH:mm", "2024-01-05 10:30Z", "write 2024-01-05T10:30", "the time zone is left out"),
        ("YYYY-MM-DDTHH:mm", "2024-01-05 10:30:15", "write 2024-01-05T10:30", "the new form does not tell all of it"),
        (
            "YYYY-MM-DDTHH:mmZ",
            "2024-01-05 10:30",
            "write 2024-01-05T10:30+00:00",
            "it tells no time zone, so that of Greenwich is written",
        ),
        ("YYYY-MM", "2024-01-05", "write 2024-01", "the new form does not tell all of it"),
        ("YYYYMMDD", "2024-01-05", 'write "20240105"', ""),
        ("MMM D, YYYY", "2024-01-05", 'write "Jan 5, 2024"', ""),
        ("D.M.YYYY", "'2024-01-05'", "write '5.1.2024'", ""),
        ("YYYY-MM-DD", "soon", "", ""),
        ("YYYY-MM-DD", "true", "", ""),
        ("YYYY-MM-DD", "1704450600000", "write 2024-01-05", "the time of day is left out"),
        ("YYYY-MM-DD", "|\n  Jan 5, 2024", "", ""),
    ],
)
def test_what_a_new_form_loses_is_said(made_vault: Make, form: str, value: str, title: str, reason: str) -> None:
    """Safe only where it tells the same; written as the value was, and as text."""
    folder = made_vault({**dated(a=value), "vaultlint.toml": CONFIG.format(form)})
    assert {"a.md": (title, reason)} == told(folder)


@pytest.mark.parametrize(
    "value", ["2024-01-05", "", "null", "2024-13-40", "'{{date}}'", "<% tp.date.now() %>", "[2024-01-05]", "[]"]
)
def test_what_is_left_alone(made_vault: Make, value: str) -> None:
    """Dates in the right form, nothing, what `date-invalid` tells, and what is still to be filled in."""
    assert {} == told(made_vault({**dated(a=value), "vaultlint.toml": CONFIG.format("YYYY-MM-DD")}))


def test_templates_and_broken_notes_are_left_alone(made_vault: Make) -> None:
    """Their properties are none of a note."""
    folder = made_vault(
        {
            **dated(T__a="5.1.2024", b="5.1.2024\nday: 6.1.2024"),
            ".obsidian/templates.json": '{"folder": "T"}',
            "vaultlint.toml": CONFIG.format("YYYY-MM-DD"),
        }
    )
    assert {} == told(folder)


@pytest.mark.parametrize(
    ("wanted", "value", "title", "reason"),
    [
        ('"date"', "2024/1/25", "write 2024-01-25", ""),
        ('"date"', "20240105", "write 2024-01-05", ""),
        ('"date"', "2024-01-05T10:30", "write 2024-01-05", "the time of day is left out"),
        ('"datetime"', "2024-01-05 9:30", "write 2024-01-05T09:30", ""),
        ('"datetime"', "2024-01-05 10:30:15.5 +02:00", "write 2024-01-05T10:30:15.5+02:00", ""),
        ('"datetime"', "Jan 5, 2024 10:30 PM", "write 2024-01-05T22:30:00", ""),
        ('{ type = "date", format = "D.M.YYYY" }', "2024-01-05", "write 5.1.2024", ""),
        ('{ type = "list", items = "date" }', "[Jan 5 2024]", "write 2024-01-05", ""),
    ],
)
def test_a_schema_gives_the_form(made_vault: Make, wanted: str, value: str, title: str, reason: str) -> None:
    """The app's own, unless it says another."""
    config = f"{ONLY}[[schema]]\n[schema.properties]\nday = {wanted}\n"
    assert {"a.md": (title, reason)} == told(made_vault({**dated(a=value), "vaultlint.toml": config}))


@pytest.mark.parametrize(
    ("wanted", "value"),
    [('"date"', "soon"), ('"datetime"', "2024-01-05"), ('"datetime"', "2024-01-05T10:30Z"), ('"text"', "5.1.2024")],
)
def test_what_is_of_another_type_is_told_by_others(made_vault: Make, wanted: str, value: str) -> None:
    """`property-schema` speaks of what is no date at all."""
    config = f"{ONLY}[[schema]]\n[schema.properties]\nday = {wanted}\n"
    assert {} == told(made_vault({**dated(a=value), "vaultlint.toml": config}))


def test_the_option_comes_before_the_schema(made_vault: Make) -> None:
    """It is the nearer."""
    config = CONFIG.format("D.M.YYYY") + '[[schema]]\n[schema.properties]\nday = "date"\n'
    assert {"a.md": ("write 5.1.2024", "")} == told(made_vault({**dated(a="2024-01-05"), "vaultlint.toml": config}))


def test_a_form_that_can_t_be_used_is_refused(made_vault: Make) -> None:
    """In the config, by the name of its property."""
    folder = made_vault({"vaultlint.toml": CONFIG.format("YYYY NN")})
    with pytest.raises(UserError, match="the form of 'day' can't be used: the token 'NN' is not supported"):
        vaultlint.check(folder)


def test_a_long_text_is_cut_in_the_message(made_vault: Make) -> None:
    """Whoever put a whole story there knows it."""
    folder = made_vault({**dated(One="long ago " * 100), "vaultlint.toml": CONFIG.format("YYYY-MM-DD")})

    (found,) = vaultlint.check(folder).diagnostics

    assert len(found.message) < 150
    assert found.message.endswith("…', which is no date of the form YYYY-MM-DD")
