"""A first config: today's vault has no errors under it, whatever the vault calls its files and properties."""

from __future__ import annotations

import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultlint.config.settings import Settings, load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.first_config import MANY, FirstConfig, first_config
from vaultlint.engine.survey import survey
from vaultlint.engine.values import Report
from vaultlint.rule.finding import Severity
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.strategies import notes, vaults

Build = Callable[[Mapping[str, str | bytes]], Path]

SCHEMAS = {"obsidian-help-en": 1, "obsidian-hub": 5, "knowledge-garden": 4, "ctf-notes": 6}
"""Vault -> how many schemas its notes keep."""


def first(root: Path) -> FirstConfig:
    """A first config of the vault."""
    return first_config(root, installed_rules())


def under(made: FirstConfig, root: Path) -> Settings:
    """The settings that the config comes to, read by our own reader from a file of the vault."""
    (root / "vaultlint.toml").write_text(made.text, encoding="utf-8", newline="\n")
    return load_settings(root, installed_rules())


def assert_quiet(report: Report, made: FirstConfig) -> None:
    """No errors, no rule that drowns the others, and as much as the config was made for."""
    counts = Counter(one.severity for one in report.diagnostics)
    loud = Counter(one.rule for one in report.diagnostics if one.severity is Severity.WARNING)
    assert made.counts == counts
    assert 0 == counts[Severity.ERROR]
    assert {} == {rule: count for rule, count in loud.items() if count >= MANY}


def test_a_vault_without_faults_gets_no_more_than_the_recommended_pack(made_vault: Build) -> None:
    made = first(made_vault({"Home.md": "See [[Home]].\n"}))

    assert {"packs": ["recommended"]} == tomllib.loads(made.text)


def test_rules_with_hundreds_of_findings_are_lowered_with_their_number_beside(made_vault: Build) -> None:
    made = first(made_vault({"Home.md": "[[Nowhere]]\n" * 1234}))

    assert 'unresolved-link = "off"  # 1,234 today, usually a warning\n' in made.text


def test_a_rule_with_some_warnings_stays_as_it_is(made_vault: Build) -> None:
    made = first(made_vault({"Home.md": "[[Nowhere]]\n" * 3} | {f"{number}.md": "" for number in range(40)}))

    assert ((), {Severity.WARNING: 3}) == (made.draft.levels, made.counts)


def test_errors_of_today_become_warnings(made_vault: Build) -> None:
    made = first(made_vault({"Home.md": "![[nowhere.png]]\n"}))

    assert 'missing-embed = "warning"  # 1 today, usually an error\n' in made.text
    assert {Severity.WARNING: 1} == made.counts


def test_what_a_rule_says_in_a_low_voice_does_not_lower_it(made_vault: Build) -> None:
    """`property-type` gives time zones as information, whatever its own level."""
    zoned = {f"{number}.md": "---\nat: 2024-01-05T12:00:00Z\n---\n" for number in range(150)}
    made = first(made_vault(zoned | {".obsidian/types.json": '{"types": {"at": "datetime"}}'}))

    assert ((), {Severity.INFO: 150}) == (made.draft.levels, made.counts)


def test_rules_of_video_notes_are_for_vaults_that_have_some(made_vault: Build) -> None:
    talks = {f"Talks/{number}.md": "---\ntitle: t\nvideoId: dQw4w9WgXcQ\n---\n" for number in range(3)}

    assert ["recommended", "video-notes"] == [name for name, _ in first(made_vault(talks)).draft.packs]


def test_templates_are_excluded_where_the_app_knows_them_and_where_they_look_like_it(made_vault: Build) -> None:
    root = made_vault(
        {
            ".obsidian/templates.json": '{"folder": "Forms"}',
            ".obsidian/daily-notes.json": '{"template": "Other/day"}',
            "Forms/a.md": "[[{{title}}]]\n",
            "Other/day.md": "",
            "Meta/Templates/b.md": "# <% tp.file.title %>\n",
            "On templates/c.md": "How to write templates.\n",
        }
    )

    exclude = tomllib.loads(first(root).text)["exclude"]

    assert ["Forms/**", "Meta/Templates/**", "Other/day.md"] == exclude


def test_the_app_s_own_settings_are_named(made_vault: Build) -> None:
    root = made_vault(
        {
            ".obsidian/app.json": '{"useMarkdownLinks": true, "newLinkFormat": "relative"}',
            ".obsidian/types.json": '{"types": {"due": "date"}}',
            ".obsidian/daily-notes.json": '{"folder": "Day\\n[rules]\\nx = 1", "format": "YYYY"}',
        }
    )

    text = first(root).text

    assert "# - new links are Markdown links, with relative paths\n" in text
    assert "# - daily notes: 'YYYY' in 'Day\\u000A[rules]\\u000Ax = 1'\n" in text
    assert {"packs"} == tomllib.loads(text).keys()


def test_a_config_that_is_there_has_no_say(made_vault: Build) -> None:
    notes_of_folder = {f"A/{number}.md": "---\ntitle: t\nyear: 1\n---\n" for number in range(20)}
    root = made_vault(notes_of_folder | {"vaultlint.toml": 'exclude = ["A/**"]\n[rules]\nno-such-rule = "on"\n'})

    assert 1 == len(first(root).draft.schemas)


def test_a_note_that_can_t_be_read_is_no_error_either(made_vault: Build) -> None:
    root = made_vault({"latin.md": b"caf\xe9\n"})

    assert {Severity.WARNING: 1} == first(root).counts
    assert not [one for one in check_vault(under(first(root), root)).diagnostics if one.severity is Severity.ERROR]


names = st.sampled_from(
    ["Talks", 'a"b', "a]b[[c", "a\nb", "a\x1bb", "# x", "\u202ea", "'''", "a\\b", "a*b", "a?b", "**", "caf\udce9", "é."]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(names, min_size=1, max_size=3, unique=True), st.lists(notes(most=3), min_size=1, max_size=4), vaults())
def test_no_vault_has_errors_under_its_first_config(
    folders: list[str], shapes: list[str], others: dict[str, str]
) -> None:
    """Each folder has many notes of a few shapes, so that there are schemas; other notes link to one another."""
    files = {f"{name}/{number}.md": shapes[number % len(shapes)] for name in folders for number in range(24)}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / ".obsidian").mkdir()
        for path, text in (files | others).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode())
        made = first(root)
        report = check_vault(under(made, root))

    assert_quiet(report, made)


def test_a_name_of_a_folder_that_is_no_unicode_is_matched_all_the_same(made_vault: Build) -> None:
    root = made_vault({f"{number}.md": "" for number in range(20)})
    try:
        (root / "caf\udce9").mkdir()
    except OSError:
        pytest.skip("file names are Unicode here")
    for number in range(20):
        text = "---\nyear: 1\n---\n" if number == 7 else "---\ntitle: t\nyear: 1\n---\n"
        (root / "caf\udce9" / f"{number}.md").write_text(text)

    made = first(root)

    assert [("caf\\xe9/**",)] == [one.schema.selector.match for one in made.draft.schemas]
    assert {Severity.WARNING: 2} == made.counts


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_real_vault_is_clean_under_its_first_config(name: str, corpus: Callable[[str], Path], tmp_path: Path) -> None:
    """No errors, few warnings, and the schemas that somebody who knows the vault would write."""
    root, file = corpus(name), tmp_path / "vaultlint.toml"
    made = first_config(root, installed_rules(), jobs=None)
    file.write_text(made.text, encoding="utf-8")
    report = check_vault(load_settings(root, installed_rules(), config=file), jobs=None)

    assert_quiet(report, made)
    assert SCHEMAS[name] == len(made.draft.schemas)


def test_every_tenth_of_a_real_vault_s_notes_can_be_missing(corpus: Callable[[str], Path]) -> None:
    """The schemas of a vault are found in most of its notes, too: they hang on no single one."""
    seen = survey(corpus("ctf-notes"))
    all_notes = {one.schema.selector for one in seen.schemas()}
    for left_out in range(10):
        paths = {one.path for one in seen.witnesses[left_out::10]}
        fewer = survey(corpus("ctf-notes"), left_out=paths.__contains__)
        assert len(all_notes - {one.schema.selector for one in fewer.schemas()}) <= 1
