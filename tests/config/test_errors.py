"""What a config may not say, and what its owner is told."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultlint.config.settings import Settings
from vaultlint.rule.errors import ConfigError, LocalCodeError, RuleError

Load = Callable[..., Settings]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("\nexlude = []", "2: unknown key 'exlude'; did you mean 'exclude'?"),
        ("max_note_size = 1", "1: unknown key 'max_note_size'; did you mean 'max-note-size'?"),
        ("cache-dir = '/x'", "1: 'cache-dir': a vault's config can't say where to write or what to trust"),
        ("exclude = 'x'", "1: exclude: \"x\" should be a list"),
        ("exclude = [\n  'x',\n  1,\n]", "1: exclude[1]: 1 should be text"),
        ("fail-on = 'errors'", "1: fail-on: \"errors\" is none of 'error', 'warning', 'info' or 'nev"),
        ("packs = ['recomended']", "1: no pack named 'recomended'; did you mean 'recommended'?"),
        ("max-note-size = '20 XB'", "1: max-note-size: '20 XB' is no size such as \"20 MB\""),
        ("max-note-size = 0", "1: max-note-size: '0' is no size such as \"20 MB\""),
        ("[rules]\n\nunresolved-lnk = 'on'", "3: no rule named 'unresolved-lnk'; did you mean 'unresolved-l"),
        ("[rules]\nlinks = 'off'", "2: 'links' is a group, and rules are named one by one: `vaultlint explain` lists"),
        ("[rules]\nformat = 'on'", "2: 'format' is a pack: packs stand in `packs = [...]`"),
        ("[rules]\nqqq = 'on'", "2: no rule named 'qqq'; `vaultlint explain` lists them"),
        ("packs = ['qqq']", "1: no pack named 'qqq'; `vaultlint explain --pack` lists them"),
        ("[rules]\nvideo-id = 'o'", "2: video-id: \"o\" is none of 'error', 'warning', 'info', 'off', 'on';"),
        ("[rules]\nvideo-id = 1", "2: video-id: 1 is none of 'error', "),
        ("[rules]\nalias-spacing = { severty = 'off' }", "2: alias-spacing: rule 'alias-spacing' has no op"),
        (
            "[rules.alias-spacing]\nseverity = 'info'\nstyl = 'none'",
            "3: alias-spacing: rule 'alias-spacing' has no option 'styl'; did you mean 'style'?",
        ),
        ("[rules.alias-spacing]\nstyle = 'spacd'", "2: alias-spacing: style: \"spacd\" is none of "),
        ("[rules]\nunresolved-link = { scope = 1 }", "2: unresolved-link: rule 'unresolved-link' has no opt"),
        ("[rules]\nnote-encoding = { x = 1 }", "2: 'note-encoding' has no options"),
        ("[[override]]\nmatch = 'x'\n[override.rules]\nnone-such = 'off'", "4: no rule named 'none-such'"),
        ("[[override]]\nmatch = 'x'\nrule = {}", "3: unknown key 'override[0].rule'; did you mean 'rules'?"),
        (
            "[[override]]\nmatch = 'x'\nrules = { alias-spacing = { style = 'none' } }",
            "3: alias-spacing: an override says how severe a rule is, or \"off\"; its options stand in [rules]",
        ),
        ("[[override]]\nrules = {}", "1: the key 'override[0].match' is missing"),
        ("[schema]\nmatch = 'a'", "1: [schema] takes two brackets on each side, [[schema]]: there may be several"),
        ("[override]\nmatch = 'a'", "1: [override] takes two brackets on each side, [[override]]: there may be"),
        ("[[schema]]\nmatch = 'a'\n\n[[schema]]\nrequired = ['a']", "5: schema: required"),
        ("[[schema]]\n[schema.properties]\nx = 'txt'", "3: schema: properties.x"),
        ("x = " + "[" * 300 + "]" * 300, "tables and lists are nested too deep"),
        ("x = [", "no valid TOML"),
        ("extend = 'base.toml'", "1: no file 'base.toml' to extend"),
        ("extend = 'vaultlint.toml'", "1: a config can't extend itself"),
    ],
)  # fmt: skip
def test_wrong_configs(load: Load, config: str, message: str):
    """A mistake in a config is told with file, line and key, and the nearest right word."""
    with pytest.raises(ConfigError) as caught:
        load(config)

    assert str(caught.value).startswith(
        f"vaultlint.toml:{message}" if message[0].isdigit() else f"vaultlint.toml: {message}"
    )


def test_the_line_in_a_pyproject(load: Load):
    """In a `pyproject.toml` too, the line is that of the file."""
    text = '[project]\nname = "x"\n\n[tool.vaultlint]\npakcs = []\n'

    with pytest.raises(ConfigError, match=r"^pyproject\.toml:5: unknown key 'pakcs'; did you mean 'packs'"):
        load(None, {"pyproject.toml": text})


def test_the_layer_that_said_it(load: Load):
    """A wrong option is told where it was written, not where it was used last."""
    base = "[rules]\n\nalias-spacing = { style = 'spacd' }"

    with pytest.raises(ConfigError, match=r"^base\.toml:3: alias-spacing: style"):
        load("extend = 'base.toml'\n[rules]\nalias-spacing = 'error'", {"base.toml": base})


def test_extend(load: Load):
    """A config lies over the one that it extends: rules by name, lists one after the other, packs instead."""
    base = 'packs = ["video-notes"]\nexclude = ["a/**"]\n[rules]\nvideo-id = "info"\nmissing-embed = "info"'
    settings = load(
        'extend = "config/base.toml"\npacks = []\nexclude = ["b/**"]\n[rules]\nvideo-id = "error"',
        {"config/base.toml": base},
    )

    assert {"video-id": "error", "missing-embed": "info"} == {one.name: str(one.severity) for one in settings.rules}
    assert ("a/**", "b/**") == settings.exclude
    assert ["base.toml", "vaultlint.toml"] == [file.name for file in settings.files]


def test_extend_in_a_circle(load: Load):
    """Files that extend each other in a circle are refused."""
    with pytest.raises(ConfigError, match="can't extend itself"):
        load('extend = "a.toml"', {"a.toml": 'extend = "vaultlint.toml"'})


def test_extend_something_outside(load: Load, tmp_path: Path):
    """A vault's config can't reach out of the vault, by a path as little as by a link."""
    (tmp_path / "outside.toml").write_text("", encoding="utf-8")

    with pytest.raises(
        ConfigError, match=r"'\.\./outside\.toml' is neither in the vault nor in your own config folder"
    ):
        load('extend = "../outside.toml"')
    (tmp_path / "vault" / "link.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(ConfigError, match=r"'link\.toml' is neither in the vault"):
        load('extend = "link.toml"')


def test_extend_the_users_own(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A vault's config may extend a file of the user's own config folder."""
    own = tmp_path / "config" / "vaultlint"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('fail-on = "info"', encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_args, **_keys: own)

    assert "info" == str(load(f'extend = "{(own / "mine.toml").as_posix()}"').fail_on)


def test_a_config_that_is_a_link_out_of_the_vault(load: Load, tmp_path: Path):
    """A vault's config that is itself a link out of the vault is not read."""
    (tmp_path / "outside.toml").write_text("", encoding="utf-8")
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "vaultlint.toml").symlink_to(tmp_path / "outside.toml")

    with pytest.raises(ConfigError, match="this link leads out of the vault"):
        load()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_config_that_is_no_file(load: Load, tmp_path: Path):
    """A config that would never end is not read."""
    os.mkfifo(tmp_path / "pipe.toml")

    with pytest.raises(ConfigError, match="this is no file"):
        load(config=tmp_path / "pipe.toml")


def test_a_large_config(load: Load):
    """A config of more than a megabyte is refused."""
    with pytest.raises(ConfigError, match="over 1 MB"):
        load("#" * 1_000_001)


def test_a_config_in_another_encoding(load: Load, tmp_path: Path):
    """A config that is not UTF-8 is refused; a byte order mark does no harm."""
    file = tmp_path / "x.toml"
    file.write_bytes('packs = ["é"]'.encode("latin-1"))
    with pytest.raises(ConfigError, match="it is not UTF-8"):
        load(config=file)
    file.write_bytes(b"\xef\xbb\xbfpacks = []")
    assert () == load(config=file).packs


RULE = '''
from dataclasses import dataclass
from typing import Annotated
from vaultlint.rule.kinds import Group, NoteRule

@dataclass(frozen=True)
class Turns:
    word: Annotated[str, "What must not be."] = "x"

class NoX(NoteRule):
    """A note has an x."""

    name = "no-x"
    group = Group.STYLE
    Options = Turns
'''


def test_local_rules_are_refused(load: Load, tmp_path: Path):
    """Python that a vault brings is not run, not even looked at, unless the person says so."""
    ran = tmp_path / "ran"

    with pytest.raises(LocalCodeError, match=r"^vaultlint\.toml:2: .*\(rules\.py\).* --allow-local-rules "):
        load('\nlocal-rules = ["rules.py"]', {"rules.py": f"open({str(ran)!r}, 'w')"})

    assert not ran.exists()


def test_local_rules_of_a_base_are_refused(load: Load):
    """So is Python that a file names which the config extends."""
    with pytest.raises(LocalCodeError, match=r"^base\.toml:1: "):
        load('extend = "base.toml"', {"base.toml": 'local-rules = ["rules.py"]', "rules.py": ""})


def test_models_are_refused(load: Load):
    """A schema that is a Python model is code as well."""
    with pytest.raises(LocalCodeError, match=r"^vaultlint\.toml:3: .*\(schemas\.py:Paper\).* --allow-local-rules "):
        load('[[schema]]\nmatch = "papers/**"\nmodel = "schemas.py:Paper"')


def test_local_rules_that_are_allowed(load: Load):
    """With the flag, a vault's own rules are configured like any other."""
    settings = load(
        'packs = []\nlocal-rules = ["rules.py"]\n[rules]\nno-x = { severity = "error", word = "y" }',
        {"rules.py": RULE},
        allow_local_rules=True,
    )

    assert [("no-x", "error", "y")] == [(one.name, str(one.severity), one.options.word) for one in settings.rules]
    assert "A note has an x." == settings.ruleset.load("no-x").__doc__


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("rules.py", "1 / 0", "the rules of 'rules.py' can't be loaded: ZeroDivisionError"),
        ("rules.py", "", "'rules.py' defines no rule"),
        ("rules.py", RULE.replace("no-x", "missing-embed"), "'missing-embed' is brought by both"),
    ],
)
def test_local_rules_that_do_not_work(load: Load, name: str, text: str, message: str):
    """A vault's own file that can't be used stops the run."""
    with pytest.raises(RuleError, match=message):
        load(f'local-rules = ["{name}"]', {name: text}, allow_local_rules=True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../rules.py", "is outside the vault"),
        ("nowhere.py", "no Python file"),
        ("rules.txt", "no Python file"),
    ],
)
def test_local_rules_that_are_not_there(load: Load, tmp_path: Path, name: str, message: str):
    """Only Python files inside the vault can be its rules."""
    (tmp_path / "rules.py").write_text(RULE, encoding="utf-8")

    with pytest.raises(ConfigError, match=f"^vaultlint.toml:1: .*{message}"):
        load(f'local-rules = ["{name}"]', {"rules.txt": ""}, allow_local_rules=True)


def test_local_rules_leave_nothing_in_the_vault(load: Load):
    """Running a vault's own rules writes no bytecode beside them, and reads none."""
    settings = load('local-rules = ["rules.py"]', {"rules.py": RULE}, allow_local_rules=True)

    assert {"rules.py", "vaultlint.toml"} == {file.name for file in settings.root.iterdir()}


def test_local_rules_travel(load: Load):
    """Settings with a vault's own rules can be sent to a worker that has never heard of them."""
    config = 'packs = []\nlocal-rules = ["rules.py"]\n[rules]\nno-x = { word = "y" }'
    settings = load(config, {"rules.py": RULE}, allow_local_rules=True)
    program = "import pickle, sys; print(pickle.load(sys.stdin.buffer).rules[0].options.word)"

    out = subprocess.check_output([sys.executable, "-c", program], input=pickle.dumps(settings))

    assert b"y" == out.strip()


@pytest.mark.parametrize(
    "config",
    [
        "max-note-size = " + "9" * 5_000,
        "[rules]\nalias-spacing = { style = " + "[" * 5_000 + "]" * 5_000 + " }",
        "[rules]\nalias-spacing = { style = " + "[" * 150 + "]" * 150 + " }",
        "[rules]\nalias-spacing = { style = nan }",
        "[rules]\nalias-spacing = { style = 2024-01-01 }",
        'extend = "~nobody-of-this-name/x.toml"',
        'extend = "a\\u0000b"',
        'extend = ""',
    ],
)
def test_hostile_configs(load: Load, config: str):
    """Whatever stands in a config, the answer is a line about it."""
    with pytest.raises(ConfigError, match=r"^vaultlint\.toml"):
        load(config)


def test_a_hostile_name_of_a_file(load: Load):
    """So it is where Python files are named that no system can have."""
    with pytest.raises(ConfigError, match="no Python file"):
        load('local-rules = ["a\\u0000.py"]', allow_local_rules=True)
