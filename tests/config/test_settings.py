"""From config, packs and flags to what governs a run."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultlint.config.settings import Settings, load_settings
from vaultlint.rule.errors import RuleError, UnknownNameError, UserError
from vaultlint.rule.finding import Severity
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.registry import Pack, RuleSet, installed_rules

Load = Callable[..., Settings]


def severities(settings: Settings) -> dict[str, str]:
    """Rule -> severity of all that are on."""
    return {rule.name: str(rule.severity) for rule in settings.rules}


def test_without_a_config_the_pack_recommended(load: Load):
    """A vault without a config is judged by the pack `recommended`, and by no other rule."""
    recommended = installed_rules().pack("recommended").data()["rules"]

    settings = load()

    assert recommended == severities(settings)
    assert ("recommended",) == settings.packs
    assert () == settings.files
    assert "pack 'recommended'" == settings.rules[0].source


def test_without_a_config_nothing_heavy_is_imported(tmp_path: Path):
    """Without a config, no rule, no pydantic and no difflib is needed to know what governs the run."""
    program = (
        "import sys; from pathlib import Path; from vaultlint.config.settings import load_settings;"
        "from vaultlint.rule.registry import installed_rules;"
        f"load_settings(Path({str(tmp_path)!r}), installed_rules());"
        "heavy = ('pydantic', 'yaml', 'pyromark', 'difflib', 'rich', 'platformdirs', 'rapidfuzz');"
        "print([m for m in sys.modules if m.startswith('vaultlint_rules.') or m in heavy])"
    )

    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert "[]\n" == out


def test_levels(load: Load):
    """A rule is set to a severity, off, or on: on is the severity that the rule has by itself."""
    settings = load(
        """
        [rules]
        unresolved-link = "error"
        missing-embed = "off"
        redundant-alias = "on"
        """
    )

    found = severities(settings)
    assert ("error", "info") == (found["unresolved-link"], found["redundant-alias"])
    assert "missing-embed" not in found


def test_a_table_sets_options(load: Load):
    """A table sets severity and options; options alone turn a rule on."""
    settings = load('[rules]\nalias-spacing = { style = "spaced" }\n')

    rule = settings.setting("alias-spacing", "Note.md")
    assert rule is not None
    assert (Severity.INFO, "spaced") == (rule.severity, rule.options.style)


def test_later_packs_win(load: Load):
    """Of two packs that set a rule the later one wins, and the config wins over both."""
    assert "error" == severities(load('packs = ["recommended", "video-notes"]'))["unresolved-link"]
    assert "warning" == severities(load('packs = ["video-notes", "recommended"]'))["unresolved-link"]
    both = load('packs = ["recommended", "video-notes"]\n[rules]\nunresolved-link = "info"')
    assert "info" == severities(both)["unresolved-link"]


def test_a_config_keeps_the_options_of_a_pack(load: Load):
    """A config that sets only the severity leaves the options that a pack has set."""
    settings = load('packs = ["video-notes"]\n[rules]\nalias-spacing = "error"')

    rule = settings.setting("alias-spacing", "Note.md")
    assert rule is not None
    assert (Severity.ERROR, "spaced") == (rule.severity, rule.options.style)


def test_no_packs(load: Load):
    """With an empty list of packs only what the config turns on is on."""
    assert {"video-id": "info"} == severities(load('packs = []\n[rules]\nvideo-id = "info"'))


def test_pyproject(load: Load):
    """A `pyproject.toml` can hold the config, under `[tool.vaultlint]`."""
    settings = load(None, {"pyproject.toml": '[tool.vaultlint]\npacks = []\n[tool.vaultlint.rules]\nvideo-id = "info"'})

    assert {"video-id": "info"} == severities(settings)


def test_a_pyproject_of_something_else(load: Load):
    """A `pyproject.toml` without `[tool.vaultlint]` says nothing, even if it is broken."""
    assert () == load(None, {"pyproject.toml": "[tool.other]\nx = 1"}).files
    assert () == load(None, {"pyproject.toml": "[[[["}).files


def test_overrides(load: Load):
    """An override changes severities for some notes; later ones win."""
    settings = load(
        """
        [rules]
        redundant-alias = "info"

        [[override]]
        match = "Journal/**"
        rules = { unresolved-link = "off", redundant-alias = "error" }

        [[override]]
        match = ["Journal/2024", "*.md"]
        rules = { unresolved-link = "on", alias-spacing = "warning" }
        """
    )

    def severity(rule: str, path: str) -> str | None:
        found = settings.setting(rule, path)
        return str(found.severity) if found else None

    assert "warning" == severity("unresolved-link", "Deep/Note.md")
    assert None is severity("unresolved-link", "Journal/Note.md")
    assert "warning" == severity("unresolved-link", "Journal/2024/Note.md")
    assert "warning" == severity("alias-spacing", "Journal/2024/Deep/Note.md")
    assert "error" == severity("redundant-alias", "Journal/Note.md")
    assert "info" == severity("redundant-alias", "Note.md")
    assert None is severity("alias-spacing", "Deep/Note.md")
    assert "warning" == severity("alias-spacing", "Note.md")


def test_select(load: Load):
    """`--select` replaces the rules by those named: a rule, a group, a pack or all of them."""
    assert {"missing-embed": "error"} == severities(load(select=["missing-embed"]))
    assert set(installed_rules().names) == set(severities(load(select=["all"])))
    assert set(installed_rules().in_group("dates")) == set(severities(load(select=["dates"])))
    pack = installed_rules().pack("video-notes").data()["rules"]
    assert set(pack) == set(severities(load(select=["video-notes"])))


def test_select_keeps_what_the_config_says(load: Load):
    """A selected rule has the severity and the options of the config; one that is off there, its default."""
    config = '[rules]\nunresolved-link = "error"\nmissing-embed = "off"'

    found = severities(load(config, select=["unresolved-link", "missing-embed"]))

    assert {"unresolved-link": "error", "missing-embed": "error"} == found


def test_select_a_pack_with_options(load: Load):
    """A rule that is selected by a pack alone has the options of that pack."""
    rule = load(select=["video-notes"]).setting("alias-spacing", "Note.md")

    assert rule is not None
    assert "spaced" == rule.options.style


def test_extend_and_ignore(load: Load):
    """`--extend-select` adds rules, `--ignore` takes some away, and that is the last word."""
    recommended = set(severities(load()))

    assert recommended | {"video-id"} == set(severities(load(extend_select=["video-id"])))
    assert recommended - {"missing-embed"} == set(severities(load(ignore=["missing-embed"])))
    assert set() == set(severities(load(select=["missing-embed"], ignore=["links"])))


def test_narrowed(load: Load):
    """Flags that leave rules out are known, since a blanket suppression can't be judged then."""
    assert (False, True, False, True) == (
        load().narrowed,
        load(select=["links"]).narrowed,
        load(extend_select=["all"]).narrowed,
        load(ignore=["links"]).narrowed,
    )


def test_select_something_unknown(load: Load):
    """A term that nothing is named by is an error with the nearest right one."""
    with pytest.raises(UnknownNameError, match="no rule, group or pack named 'link'; did you mean 'links'"):
        load(select=["link"])
    with pytest.raises(UnknownNameError, match="no rule, group or pack named 'recomended'; did you mean 'recommended'"):
        load(ignore=["recomended"])


def test_the_engine_goes_on(load: Load):
    """What the engine itself finds stays whatever is selected; a config or `--ignore` may turn one off."""
    assert dict(ENGINE_FINDINGS) == load(select=["missing-embed"]).engine
    assert "note-too-large" not in load(ignore=["note-too-large"]).engine
    changed = load('[rules]\nnote-changed = "error"\nnote-too-large = "off"').engine
    assert Severity.ERROR == changed["note-changed"]
    assert "note-too-large" not in changed


def test_exclude(load: Load):
    """`exclude` takes globs; one that names a folder means all that is in it."""
    settings = load('exclude = ["Templates/**", "Archive", "*.draft.md"]')

    assert [True, True, True, False] == [
        settings.excluded(path) for path in ("Templates/a/b.md", "Archive/x.md", "x.draft.md", "Notes/x.md")
    ]


def test_sizes_and_failing(load: Load):
    """Numbers have their defaults, and a size may have a unit."""
    assert (10_000_000, Severity.ERROR) == (load().max_note_size, load().fail_on)
    settings = load('max-note-size = "20 MB"\nfail-on = "never"')
    assert (20_000_000, None) == (settings.max_note_size, settings.fail_on)
    assert 5_000 == load("max-note-size = 5000").max_note_size


def test_schemas(load: Load):
    """Schemas of the packs come first, then those of the config."""
    settings = load(
        """
        packs = ["video-notes"]
        [[schema]]
        match = "people/**"
        require = ["name"]
        """
    )

    assert [("title", "videoId"), ("name",)] == [schema.require for schema in settings.schemas]


def test_settings_travel(load: Load):
    """Settings can be sent to a worker, options and overrides with them."""
    settings = load('[rules]\nalias-spacing = { style = "spaced" }\n[[override]]\nmatch = "a/**"\nrules = {}')
    settings.setting("alias-spacing", "a/b.md")

    assert settings.rules == pickle.loads(pickle.dumps(settings)).rules


def test_an_old_name_of_a_rule(tmp_path: Path):
    """A config that uses an old name of a rule works, and says so in a notice."""
    (tmp_path / "vaultlint.toml").write_text('packs = []\n[rules]\nembed-missing = "info"', encoding="utf-8")
    embed = installed_rules().source("missing-embed")

    settings = load_settings(tmp_path, RuleSet([embed], (), {"embed-missing": "missing-embed"}))

    assert {"missing-embed": "info"} == severities(settings)
    assert ("vaultlint.toml: the rule 'embed-missing' is now called 'missing-embed'",) == settings.notices


def test_a_pack_with_an_unknown_rule(tmp_path: Path):
    """A pack that names a rule that nobody brings stops the run: it would judge less than it says."""
    (tmp_path / "recommended.toml").write_text('[rules]\nno-such-rule = "on"', encoding="utf-8")
    ruleset = RuleSet((), [Pack("recommended", tmp_path / "recommended.toml", "somebody")])

    with pytest.raises(RuleError, match="pack 'recommended': no rule named 'no-such-rule'"):
        load_settings(tmp_path, ruleset)


def test_a_config_named_by_the_caller(load: Load, tmp_path: Path):
    """`--config` takes the place of the vault's own config."""
    own = tmp_path / "mine.toml"
    own.write_text('packs = []\n[rules]\nvideo-id = "info"', encoding="utf-8")

    assert {"video-id": "info"} == severities(load('[rules]\nmissing-embed = "off"', config=own))
    with pytest.raises(UserError, match=r"nowhere\.toml: can't be read"):
        load(config=tmp_path / "nowhere.toml")
