"""Running a vault's own Python files. Whether they may be run is for others to decide, before."""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType, ModuleType


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
