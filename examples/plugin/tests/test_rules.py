"""The notes of the rules are their tests."""

import pytest

from vaultlint.testing import check_rule_note, rule_examples, run_example


@pytest.mark.parametrize("example", rule_examples(package="vaultlint-todo"), ids=str)
def test_example(example):
    """Every example in a rule's note is true."""
    run_example(example)


def test_note():
    """The note is complete and agrees with the rule."""
    check_rule_note("no-todo-marker")
