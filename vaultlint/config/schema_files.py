"""The files of a vault that its schemas name: JSON Schemas, with what they refer to, and Python with models."""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from vaultlint.schema.local_model import load_model
from vaultlint.schema.model import JsonSchema, ModelFile
from vaultlint.schema.uri import uri_of
from vaultlint.vault.files import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_BYTES = 4_000_000
_MOST_FILES = 200
_REFERENCES = ("$ref", "$dynamicRef")


class VaultFiles:
    """Finds them; see `schema.read.Files`. Nothing outside the vault is read."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def json_schema(self, name: str) -> JsonSchema:
        """Effect: reads a JSON Schema and, if they lie in the vault, the files that it refers to."""
        from vaultlint.schema.json_schema import JsonSchemaContract

        path = posixpath.normpath(name)
        read = {path: self._read(path)}
        left = [path]
        while left:
            at = left.pop()
            for other in sorted(_point_into_vault(read[at], at)):
                if other not in read:
                    if len(read) == _MOST_FILES:
                        raise ValueError(f"'{name}' refers to over {_MOST_FILES} files")
                    read[other] = self._read(other)
                    left.append(other)
        texts = {at: json.dumps(content) for at, content in read.items()}
        schema = JsonSchema(path, texts.pop(path), texts)
        JsonSchemaContract(schema)  # tells now what is wrong
        return schema

    def model(self, name: str) -> ModelFile:
        """Effect: runs the vault's Python, once a process; whether it may is decided before."""
        file, colon, attribute = name.partition(":")
        if not colon or not file.endswith(".py") or not attribute.isidentifier():
            raise ValueError(f"'{name}' names no model: write the file and the class, \"schemas.py:Paper\"")
        found = ModelFile(str(self._inside(file)), name, attribute)
        from vaultlint.schema.pydantic_model import ModelContract

        ModelContract(load_model(found))  # tells now what is wrong
        return found

    def _read(self, path: str) -> Any:
        file = self._inside(path)
        try:
            data = read_regular(str(file), _MOST_BYTES + 1)
        except OSError as error:
            raise ValueError(f"'{path}' can't be read: {error.strerror or error}") from None
        if len(data) > _MOST_BYTES:
            raise ValueError(f"'{path}' is over {_MOST_BYTES // 1_000_000} MB: no schema is as large")
        try:
            return json.loads(data.decode("utf-8-sig"))
        except json.JSONDecodeError as error:
            raise ValueError(f"'{path}:{error.lineno}' is no valid JSON: {error.msg}") from None
        except (UnicodeDecodeError, RecursionError) as error:
            raise ValueError(f"'{path}' is no valid JSON: {error}") from None

    def _inside(self, path: str) -> Path:
        file = self._root / path
        if not file.resolve().is_relative_to(self._root.resolve()):
            raise ValueError(f"'{path}' is outside the vault")
        if not file.is_file():
            raise ValueError(f"there is no file '{path}' in the vault")
        return file


def _point_into_vault(content: Any, path: str) -> set[str]:
    """Make all references of a schema absolute, in place; the paths that they lead to.

    A schema is known by where it lies, whatever its `$id` says: what that makes of relative references is followed as
    far as it stays beside the schema.
    """
    named = content.pop("$id", "") if isinstance(content, dict) else ""
    beside = urljoin(named, ".") if isinstance(named, str) and urlsplit(named).scheme else ""
    inside = {node["$id"] for node in _objects(content) if isinstance(node.get("$id"), str)}
    found = set()
    for node in _objects(content):
        for key in _REFERENCES:
            written = node.get(key)
            if isinstance(written, str) and not written.startswith("#"):
                target, _, fragment = written.partition("#")
                if target in inside:
                    continue
                if target == named:
                    node[key] = f"#{fragment}"
                    continue
                if beside and target.startswith(beside):
                    target = target.removeprefix(beside)
                if urlsplit(target).scheme:
                    raise ValueError(f"'{path}' refers to '{target}': only what lies in the vault is read")
                other = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
                node[key] = uri_of(other) + (f"#{fragment}" if fragment else "")
                found.add(other)
    return found


_DATA = frozenset({"const", "enum", "default", "examples"})
"""What stands there is no schema, whatever it looks like."""


def _objects(content: Any) -> Iterator[dict[str, Any]]:
    left = [content]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            yield node
            left += (value for key, value in node.items() if key not in _DATA)
        elif isinstance(node, list):
            left += node
