"""Rules from files: a vault's own Python, and the notes beside modules."""

from __future__ import annotations

from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.rule.errors import RuleError
from vaultlint.rule.kinds import Rule
from vaultlint.vault.local_code import load_file

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from vaultlint.rule.registry import Source


def beside(module: str, file: str) -> Traversable:
    """The file of that name beside a module, which is not imported (the package that holds it is)."""
    try:
        spec = find_spec(module)
    except ImportError as error:
        raise RuleError(f"the module '{module}' can't be found: {error}") from error
    if spec is None:
        raise RuleError(f"the module '{module}' can't be found")
    package = module if spec.submodule_search_locations else module.rpartition(".")[0]
    return resources.files(package) / file if package else Path(spec.origin or "").with_name(file)


def local_sources(root: Path, file: Path) -> list[Source]:
    """The rules that a vault's own Python file defines; raises `RuleError` where it has none, or fails."""
    from vaultlint.rule.registry import Source

    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    try:
        module = load_file(file)
    except (Exception, SystemExit) as error:  # a vault's own code can raise anything
        raise RuleError(f"the rules of '{shown}' can't be loaded: {type(error).__name__}: {error}") from error
    rules = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__
    ]
    named = [rule for rule in rules if hasattr(rule, "name")]
    if not named:
        raise RuleError(f"'{shown}' defines no rule")
    return [Source(rule.name, f"{module.__name__}:{rule.__name__}", shown, file) for rule in named]
