"""Pydantic models in Python files of the vault. That they may be run is decided where the config is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaultlint.vault.local_code import load_file

if TYPE_CHECKING:
    from pydantic import BaseModel

    from vaultlint.schema.model import ModelFile


def load_model(model: ModelFile) -> type[BaseModel]:
    """Effect: runs the file, once a process. Raises `ValueError`, in words, where it has no such model, or fails."""
    from pydantic import BaseModel

    file = model.shown.partition(":")[0]
    try:
        found: Any = getattr(load_file(Path(model.file)), model.name, None)
    except (Exception, SystemExit) as error:  # a vault's own code can raise anything
        raise ValueError(f"'{file}' can't be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(found, type) or not issubclass(found, BaseModel):
        raise ValueError(f"'{file}' has no pydantic model named '{model.name}'")
    return found
