"""Rules from files: a vault's own Python, and the notes beside modules."""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib import resources
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.rule.errors import RuleError
from vaultlint.rule.kinds import Rule

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from types import CodeType, ModuleType

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


class _FromSource(SourceFileLoader):
    """Runs what a file says: no bytecode that lies beside it, and leaves none in the vault."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def load_file(file: Path) -> ModuleType:
    """Run a Python file as a module, once a process; raises whatever the file raises."""
    name = f"vaultlint_local_{sha256(str(file).encode()).hexdigest()[:16]}"
    if name in sys.modules:
        return sys.modules[name]
    loader = _FromSource(name, str(file))
    module = module_from_spec(ModuleSpec(name, loader, origin=str(file)))
    sys.modules[name] = module  # dataclasses look their module up while it is being run
    try:
        loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def local_sources(root: Path, file: Path) -> list[Source]:
    """The rules that a vault's own Python file defines; raises `RuleError` where it has none, or fails."""
    from vaultlint.rule.registry import Source

    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    try:
        module = load_file(file)
    except Exception as error:  # a vault's own code can raise anything
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
