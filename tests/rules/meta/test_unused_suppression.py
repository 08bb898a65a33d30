"""unused-suppression, beyond the examples of its note."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from vaultlint_rules.meta.unused_suppression import UnusedSuppression

from vaultlint.note.note import parse_note
from vaultlint.rule.finding import Finding
from vaultlint.rule.fix import Edit, Fix
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.run import Run
from vaultlint.vault.suppressions import find_suppressions

RULES = frozenset({"one", "two", "three", "unused-suppression"})


def found(
    text: str,
    used: Iterable[tuple[int, str]] = (),
    *,
    judged: frozenset[str] = RULES,
    narrowed: bool = False,
) -> list[Finding]:
    """What the rule says of a note's suppressions; `used`: their places with the rules that they hid."""
    run = Run(
        suppressions={"Note.md": find_suppressions(parse_note(text, "Note.md"))},
        used={"Note.md": frozenset(used)},
        judged=judged,
        known=RULES | {"four"} | ENGINE_FINDINGS.keys(),
        old_names={"uno": "one"},
        narrowed=narrowed,
    )
    return list(UnusedSuppression().check(run))


def messages(text: str, used: Iterable[tuple[int, str]] = (), **run: object) -> list[str]:
    """The messages alone."""
    return [finding.message for finding in found(text, used, **run)]  # type: ignore[arg-type]  # passed on


def fixed(text: str, used: Iterable[tuple[int, str]] = ()) -> str:
    """The text after the one finding is mended."""
    [finding] = found(text, used)
    assert isinstance(finding.fix, Fix)
    for change in sorted(finding.fix.changes, key=lambda edit: edit.span, reverse=True):  # type: ignore[union-attr]
        assert isinstance(change, Edit)
        text = text[: change.span.start] + change.text + text[change.span.end :]
    return text


def test_what_hid_something():
    """A suppression that hid a finding of each rule that it names is used."""
    assert [] == messages("%% vaultlint-disable one, two %%", {(0, "one"), (0, "two")})


def test_of_all_rules():
    """One without names is used if it hid anything at all."""
    assert [] == messages("%% vaultlint-disable %%", {(0, "one")})
    assert ["this comment hides nothing"] == messages("%% vaultlint-disable %%")


def test_of_all_rules_where_some_were_left_out():
    """Where rules were left out of the run, one without names might have hidden theirs."""
    assert [] == messages("%% vaultlint-disable %%", narrowed=True)


def test_rules_that_did_not_run():
    """Of a rule that is off nothing can be said."""
    assert [] == messages("%% vaultlint-disable four %%")
    assert [] == messages("%% vaultlint-disable one %%", judged=frozenset())


def test_an_old_name():
    """An old name of a rule stands for the rule."""
    assert [] == messages("%% vaultlint-disable uno %%", {(0, "one")})
    assert ["this comment hides no 'uno'"] == messages("%% vaultlint-disable uno %%")


def test_itself():
    """One that names this rule is never called unused: nobody can know before this rule has spoken."""
    assert [] == messages("%% vaultlint-disable unused-suppression %%")


def test_what_the_engine_finds():
    """What the engine itself finds can't be hidden, so naming it is idle."""
    assert ["this comment hides no 'note-encoding'"] == messages("%% vaultlint-disable note-encoding %%")


def test_parts_of_one_comment():
    """Names that end at different places are one comment still."""
    text = "%% vaultlint-disable one, two %%\n\n%% vaultlint-enable one %%\n"

    assert ["this comment hides no 'one', 'two'"] == messages(text)
    assert ["this comment hides no 'two'"] == messages(text, {(0, "one")})


def test_an_end_for_more_than_began():
    """In a `vaultlint-enable`, a name that nothing suppressed is idle."""
    text = "%% vaultlint-disable one %%\n\n%% vaultlint-enable one, two %%\n"

    assert ["there is nothing here that 'vaultlint-enable' could end for 'two'"] == messages(text, {(0, "one")})
    assert "%% vaultlint-disable one %%\n\n%% vaultlint-enable one %%\n" == fixed(text, {(0, "one")})


@pytest.mark.parametrize(
    ("names", "used", "expected"),
    [
        ("one, two, three", {"two", "three"}, "two, three"),
        ("one, two, three", {"one", "three"}, "one, three"),
        ("one, two, three", {"one", "two"}, "one, two"),
        ("one, two, three", {"one"}, "one"),
        ("one, two, three", {"two"}, "two"),
        ("one, two, three", {"three"}, "three"),
        ("one two  three", {"one", "three"}, "one  three"),
        ("one, one", {"one"}, None),
    ],
)
def test_taking_names_out(names: str, used: set[str], expected: str | None):
    """With names go their commas and spaces; the rest of the comment stays."""
    text = f"x %% vaultlint-disable {names} -- why %%\n"
    pairs = {(0, name) for name in used}

    if expected is None:
        assert [] == found(text, pairs)
    else:
        assert f"x %% vaultlint-disable {expected} -- why %%\n" == fixed(text, pairs)


def test_places():
    """The finding stands at the name where a name is idle, and at the comment where all of it is."""
    text = "x %% vaultlint-disable one, two %%\n"

    assert ["two"] == [finding.span.of(text) for finding in found(text, {(0, "one")})]
    assert ["%% vaultlint-disable one, two %%"] == [finding.span.of(text) for finding in found(text)]
