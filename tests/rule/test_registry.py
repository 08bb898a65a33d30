"""Which rules and packs there are."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from vaultlint.rule.entry_points import entry_points
from vaultlint.rule.errors import RuleError, UnknownNameError
from vaultlint.rule.kinds import Rule
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.registry import GROUPS, RuleSet, Source, installed_rules

RULE = '''
from vaultlint.rule.kinds import Group, NoteRule

RULES = {"no-x": "stranger:NoX", "x-found": "no-x"}

class NoX(NoteRule):
    """A note has an x."""

    name = "no-x"
    group = Group.STYLE
'''


def test_built_in_rules_are_listed_and_none_is_imported():
    """Reading the list of rules imports no rule and none of the heavy libraries."""
    program = (
        "import sys; from vaultlint.rule.registry import installed_rules;"
        "print('unresolved-link' in installed_rules());"
        "heavy = ('pydantic', 'yaml', 'pyromark');"
        "print([m for m in sys.modules if m.startswith('vaultlint_rules.') or m in heavy])"
    )

    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert "True\n[]\n" == out


def test_every_built_in_rule_loads_under_its_own_name():
    """What the list names is there, bears that name, and says in a sentence what it finds."""
    ruleset = installed_rules()

    assert [(name, name, True) for name in ruleset.names] == [
        (name, rule.name, bool(rule.__doc__)) for name in ruleset.names for rule in [ruleset.load(name)]
    ]


def test_what_the_engine_finds_has_a_note_but_is_no_rule():
    """The engine's findings can be explained, and can't be run."""
    ruleset = installed_rules()

    assert set(ENGINE_FINDINGS) <= set(ruleset.explainable)
    assert set() == set(ENGINE_FINDINGS) & set(ruleset.names)
    with pytest.raises(UnknownNameError, match="no rule that can be run named 'note-encoding'"):
        ruleset.load("note-encoding")


def test_a_name_that_no_rule_has():
    """An unknown name is an error that names the nearest right one."""
    with pytest.raises(UnknownNameError, match=r"^no rule named 'unresolved_links'; did you mean 'unresolved-link'\?$"):
        installed_rules().load("unresolved_links")


def test_a_stranger_brings_a_rule(package: Callable[..., Path]):
    """A rule of another package is loaded as a built-in one is, and explained by its note."""
    folder = package("stranger", RULE)
    (folder / "no_x.md").write_text("Its note\n", encoding="utf-8")

    ruleset = installed_rules()

    assert "A note has an x." == ruleset.load("no-x").__doc__
    assert "Its note\n" == ruleset.note("no-x")


def test_a_rule_without_a_note(package: Callable[..., Path]):
    """Where a rule has no note, its docstring explains it."""
    package("stranger", RULE)

    assert "A note has an x.\n" == installed_rules().note("no-x")


def test_an_old_name(package: Callable[..., Path]):
    """A name that a rule had before still finds it."""
    package("stranger", RULE)

    ruleset = installed_rules()

    assert ruleset.load("no-x") is ruleset.load("x-found")
    assert "no-x" == ruleset.current("x-found")


def test_two_packages_bring_one_name(package: Callable[..., Path]):
    """Two packages with a rule of one name stop the run, and both are named."""
    package("stranger", RULE)
    package("other", RULE.replace("stranger", "other"))

    with pytest.raises(RuleError, match=r"'no-x' is brought by both (stranger and other|other and stranger)"):
        installed_rules()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1 / 0", "the rules of stranger can't be loaded .*ZeroDivisionError"),
        ("RULES = ['no-x']", "is no mapping of rule names"),
        ("RULES = {'No X': 'stranger:NoX'}", "'No X', which is no name for a rule"),
        ("RULES = {'links': 'stranger:NoX'}", "'links', which is no name for a rule"),
        ("RULES = {'rule-crashed': 'stranger:X'}", "'rule-crashed'"),
        ("RULES = {'x-found': 'no-y'}", "'x-found' can't be an old name of 'no-y'"),
    ],
)
def test_a_package_that_brings_nonsense(package: Callable[..., Path], code: str, reason: str):
    """A package whose list is no list stops the run: vaultlint never goes on with fewer rules."""
    package("stranger", code)

    with pytest.raises(RuleError, match=reason):
        installed_rules()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("nowhere:NoX", "rule 'no-x' of a can't be loaded: ModuleNotFoundError"),
        ("json:NoX", "AttributeError"),
        ("json:loads", "json:loads is no rule class"),
        ("vaultlint.rule.kinds:NoteRule", "has another name, or no group"),
    ],
)
def test_a_rule_that_cannot_be_loaded(target: str, reason: str):
    """A rule that can't be loaded is an error that says which and why."""
    ruleset = RuleSet([Source("no-x", target, "a")])

    with pytest.raises(RuleError, match=reason):
        ruleset.load("no-x")


def test_a_stranger_brings_a_pack(package: Callable[..., Path]):
    """A pack of another package is there under the name of its file."""
    package(
        "stranger",
        RULE + "\nfrom pathlib import Path\nPACKS = Path(__file__).parent / 'packs'\n",
        pack='[rules]\nno-x = "on"\n',
    )

    assert {"no-x": "on"} == installed_rules().pack("stranger-pack").data()["rules"]


def test_rules_of_one_group():
    """A group names its rules."""
    assert "alias-spacing" in installed_rules().in_group("aliases")
    assert "unresolved-link" not in installed_rules().in_group("aliases")


def test_a_rule_set_travels():
    """A rule set can be sent to a worker, and loads its rules there anew."""
    ruleset = installed_rules()
    here: type[Rule] = ruleset.load("alias-spacing")

    there: RuleSet = pickle.loads(pickle.dumps(ruleset))

    assert ruleset.names == there.names
    assert here is there.load("alias-spacing")


def test_packages_in_a_zip_file(package: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A package that lies in a zip file brings its rules too."""
    package("stranger", RULE)
    archive = shutil.make_archive(str(tmp_path.parent / f"{tmp_path.name}-zip"), "zip", tmp_path)
    monkeypatch.setattr(sys, "path", [archive, *(place for place in sys.path if place != str(tmp_path))])

    assert "stranger" == installed_rules().source("no-x").package


def test_entry_points_agree_with_the_standard_library():
    """What is read of installed packages is what `importlib.metadata` says of them."""
    theirs = {(group, one.name, one.value) for group in GROUPS for one in metadata.entry_points(group=group)}

    assert theirs == {(one.group, one.name, one.value) for one in entry_points(*GROUPS)}


def test_the_first_of_two_versions_counts(package: Callable[..., Path], tmp_path: Path):
    """Of one package that is installed twice, the one that Python would import counts."""
    package("stranger", RULE)
    older = tmp_path / "stranger-0.9.dist-info"
    shutil.copytree(tmp_path / "stranger-1.0.dist-info", older)
    (older / "METADATA").write_text("Metadata-Version: 2.1\nName: Stranger\nVersion: 0.9\n", encoding="utf-8")

    assert ["Stranger"] == [one.package for one in entry_points(*GROUPS) if one.value == "stranger:RULES"]
