from __future__ import annotations

from findings import ERROR, INFO, WARNING, fix, found, report
from runner import read_outputs

from vaultlint.ci.outputs import counts, fails, outputs
from vaultlint.rule.fix import Applicability


def test_round() -> None:
    """Whatever a value holds, the service reads it as it was, and no output besides."""
    values = {"new": "3", "patch": "/a\nEOF\nreport=/etc\nx<<y\n", "report": "", "sarif": "a=b<<c"}

    assert values == read_outputs(outputs(values))


def test_delimiter_is_random() -> None:
    """Nobody who writes a value can know the line that ends it."""
    assert outputs({"a": ""}) != outputs({"a": ""})


def test_counts() -> None:
    """The numbers of a run: fixable are those that `--fix` mends."""
    unsafe = fix(applicability=Applicability.UNSAFE)
    told = report(found(severity=ERROR, fix=fix()), found(fix=unsafe), found(), found(severity=INFO))

    assert {"new": "4", "errors": "1", "warnings": "2", "infos": "1", "fixable": "1", "known": "5"} == counts(told, 5)


def test_fails() -> None:
    """A job fails by the severity that it was told, and by no finding where that is none."""
    assert [True, True, False, False] == [fails(report(found()), least) for least in (INFO, WARNING, ERROR, None)]
    assert not fails(report(), INFO)
