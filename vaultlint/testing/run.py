"""Running an example: exactly the findings it lists, exactly the text it shows, nothing the second time."""

from __future__ import annotations

import tomllib
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.edits import proposal_of, well_formed
from vaultlint.engine.fix import fix_vault, prove
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Applicability
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.registry import RuleSet, installed_rules
from vaultlint.testing.examples import CONFIG, Example
from vaultlint.testing.history import record_history

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultlint.config.settings import Settings
    from vaultlint.engine.edits import Proposal
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Fix

_NO_PACKS = "packs = []\n"


def run_example(example: Example, ruleset: RuleSet | None = None) -> None:
    """Effect: works in a temporary folder. Raises `AssertionError` where an example is not true."""
    if example.found is None:
        raise AssertionError(f"{example} (line {example.line}) has no block 'text found'")
    ruleset = ruleset or installed_rules()
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        _prepare(root, example)
        settings = _settings(root, example, ruleset)
        found = check_vault(settings).diagnostics
        _same(example, "found", example.found, _lines(example, found))
        _fixes(example, settings, Applicability.SAFE, example.fixed)
        _write(root, example.files)
        _fixes(example, settings, Applicability.UNSAFE, example.fixed_unsafe)
        _harmless(example, found)


def offers(example: Example, ruleset: RuleSet) -> list[Fix]:
    """Effect: works in a temporary folder. The fixes of an example's findings."""
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        _prepare(root, example)
        found = check_vault(_settings(root, example, ruleset)).diagnostics
        return [one.fix for one in found if one.rule == example.rule and one.fix]


def _prepare(root: Path, example: Example) -> None:
    _write(root, example.files)
    if example.history:
        record_history(root, example.history, example.files)


def _settings(root: Path, example: Example, ruleset: RuleSet) -> Settings:
    config = example.files.get(CONFIG, "")
    if "packs" not in tomllib.loads(config):
        (root / CONFIG).write_text(_NO_PACKS + config, encoding="utf-8", newline="")
    wanted = (example.rule,) if example.rule in ruleset else ()
    return load_settings(root, ruleset, extend_select=wanted)


def _fixes(example: Example, settings: Settings, at_least: Applicability, expected: Mapping[str, str]) -> None:
    kind = "fixed" if at_least is Applicability.SAFE else "fixed-unsafe"
    result = fix_vault(settings, at_least=at_least, write=False)
    left = _lines(example, result.report.diagnostics)
    by_engine = [line for line in left if line.split()[1] in ENGINE_FINDINGS and line not in (example.found or ())]
    _same(example, f"said by the engine ({kind})", (), by_engine)
    after = {note.path: note.after for note in result.changed}
    if expected or at_least is Applicability.SAFE:
        for path in sorted({*after, *expected}):
            before = example.files.get(path, "")
            wanted = expected.get(path, before).splitlines(keepends=True)
            _same(example, f"{kind} {path}", wanted, after.get(path, before).splitlines(keepends=True))
    _write(settings.root, after)
    again = fix_vault(settings, at_least=at_least, write=False).changed
    _same(example, f"changed by a second run ({kind})", (), [note.path for note in again])


def _harmless(example: Example, found: Iterable[Diagnostic]) -> None:
    """Prove each fix by itself: nobody applies a suggestion here, and so nothing else would show what it damages."""
    for proposal in map(proposal_of, (one for one in found if one.rule == example.rule)):
        # The engine leaves out a tentative fix that fails its proof: that is its way of asking.
        if proposal is None or proposal.fix.tentative:
            continue
        damage = _damage(example, proposal)
        if damage:
            raise AssertionError(f"{example} (line {example.line}): the fix '{proposal.fix.title}' {damage}")


def _damage(example: Example, proposal: Proposal) -> str | None:
    if not well_formed(proposal.edits, {path: len(text) for path, text in example.files.items()}):
        return "has edits that overlap, lie outside or are no text"
    for path in sorted(proposal.paths):
        refused = prove(parse_note(example.files[path], path), proposal)
        if refused:
            return f"{refused} in {path}"
    return None


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        file = root / name
        if not file.resolve().is_relative_to(root):
            raise AssertionError(f"'{name}' is outside the example's vault")
        file.parent.mkdir(parents=True, exist_ok=True)
        if name != CONFIG or not file.exists():
            file.write_bytes(text.encode())


def _lines(example: Example, diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [
        f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}"
        for one in diagnostics
        if one.rule == example.rule or one.rule in ENGINE_FINDINGS
    ]


def _same(example: Example, what: str, expected: Iterable[str], got: Iterable[str]) -> None:
    wanted, found = [line.rstrip("\n") for line in expected], [line.rstrip("\n") for line in got]
    if list(expected) != list(got):
        diff = "\n".join(unified_diff(wanted, found, "the note says", "vaultlint says", lineterm="", n=99))
        raise AssertionError(f"{example} (line {example.line}): {what}\n{diff}")
