"""Laws of checking and fixing with every built-in rule on, whatever its options, over generated vaults."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trial
from hypothesis import strategies as st

from vaultlint.config.settings import Settings
from vaultlint.engine.check import VaultRun, check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.suppress import add_suppressions
from vaultlint.rule.finding import Diagnostic
from vaultlint.rule.fix import Applicability
from vaultlint.testing.laws import check_fixes, check_rules
from vaultlint.testing.settings import every_rule, with_options
from vaultlint.testing.strategies import vaults

TRUSTS = st.sampled_from([Applicability.SAFE, Applicability.UNSAFE])
slow = trial(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = trial(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@functools.cache
def every() -> Settings:
    folder = Path(tempfile.mkdtemp()).resolve()
    return every_rule(folder)


@st.composite
def drawn_settings(draw: st.DrawFn) -> Settings:
    """Every rule on, each with options of its own types."""
    return with_options(every(), lambda values: draw(st.sampled_from(values)))


@slow
@given(drawn_settings(), vaults(most=3))
def test_no_rule_raises(settings: Settings, vault: dict[str, str]) -> None:
    """Whatever the notes and the options, every rule comes to its end, and so do its hints and fixes."""
    check_rules(settings, vault)


@slow
@given(drawn_settings(), vaults(most=3), TRUSTS)
@example(every(), {"A.md": "# %% vaultlint-disable %%\n\n"}, Applicability.SAFE)
@example(every(), {"A.md": "[](<!--vaultlint-disable-->)\n[[a | b]]"}, Applicability.SAFE)
@example(every(), {"A.md": "[[b|]]|||*\n-|-|-|-"}, Applicability.SAFE)
@example(every(), {"A.md": "|||\n-|-\n<%[[a|]]%>"}, Applicability.SAFE)
@example(every(), {"A.md": "e|\n-|\n[[a|]]<!-->"}, Applicability.SAFE)
@example(every(), {"A.md": "<hs:[[\\|b]]>"}, Applicability.UNSAFE)
@example(every(), {"A.md": "---\naliases:\n  - h\n\r  - A\n---"}, Applicability.SAFE)
@example(every(), {"A.md": "---\naliases:\n- a\n\n-\n---"}, Applicability.SAFE)
def test_fixes_are_proved_and_settle(settings: Settings, vault: dict[str, str], at_least: Applicability) -> None:
    """No fix of a built-in rule is refused or fights with another, and a second run has nothing to do."""
    check_fixes(settings, vault, at_least)


def told(settings: Settings, **more: object) -> list[str]:
    report = check_vault(settings, **more)  # type: ignore[arg-type]
    return [f"{one!r} {one.hint} {fix_of(one)}" for one in report.diagnostics]


def fix_of(one: Diagnostic) -> object:
    """Its fix as a value whose text is always the same; a set has no order."""
    fix = one.fix
    return fix and (
        fix.title,
        fix.changes,
        fix.applicability,
        sorted(each.value for each in fix.may_change),
        fix.reason,
    )


def on_disk(folder: Path, notes: Mapping[str, str], order: list[str] | None = None) -> Settings:
    folder.mkdir()
    for path in order or notes:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(notes[path].encode())
    return every_rule(folder)


@few
@given(vaults(least=2, most=4))
def test_order_and_repetition_do_not_matter(tmp_path_factory: pytest.TempPathFactory, vault: dict[str, str]) -> None:
    """A second run says the same, and so does one over the same notes written in another order."""
    folder = tmp_path_factory.mktemp("order")
    settings = on_disk(folder / "one", vault)
    first = told(settings)

    assert first == told(settings)
    assert first == told(on_disk(folder / "two", vault, sorted(vault, reverse=True)))


@trial(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(vaults(most=4), min_size=3, max_size=3))
def test_workers_agree(tmp_path_factory: pytest.TempPathFactory, several: list[dict[str, str]]) -> None:
    """Two processes, started afresh, say and mend the same as one."""
    notes = {f"{place}/{path}": text for place, vault in enumerate(several) for path, text in vault.items()}
    settings = on_disk(tmp_path_factory.mktemp("workers") / "vault", notes)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert told(settings) == told(settings, executor=pool)
        mended = fix_vault(settings, at_least=Applicability.UNSAFE, write=False, executor=pool).changed
    assert fix_vault(settings, at_least=Applicability.UNSAFE, write=False).changed == mended


@few
@given(vault=vaults(most=2))
def test_suppressed_is_quiet(tmp_path_factory: pytest.TempPathFactory, vault: dict[str, str]) -> None:
    """After comments were added, a check finds what was said to be left."""
    settings = on_disk(tmp_path_factory.mktemp("quiet") / "vault", vault)

    left = add_suppressions(settings).report.diagnostics

    assert [(one.path, one.rule, one.message) for one in left] == [
        (one.path, one.rule, one.message) for one in check_vault(settings).diagnostics
    ]


@slow
@given(vaults(most=3))
def test_a_note_nobody_names_changes_nothing(vault: dict[str, str]) -> None:
    """A note without links, of a name like no other, changes no finding and no fix of the others but a guess."""

    def found(notes: Mapping[str, str]) -> list[str]:
        run = VaultRun(every(), texts=notes)
        run.examine(None, 1, None)
        return [f"{one!r}" for one in run.judge() if one.path != other]

    other = "Zzyzx/Qqqqqqqq.md"
    assert found(vault) == found({**vault, other: "Plain words.\n"})
