"""Settings of other programs, read from a vault or a file that is named."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from vaultlint.note.yaml12 import YamlFault, read_yaml
from vaultlint.rule.errors import UserError
from vaultlint.vault.files import read_regular
from vaultlint.vault.settings import CONFIG_FOLDER, find_config_folder, read_app_file

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 4_000_000
"""Bytes of a file that is read; no settings are larger."""
_LARGEST_YAML = 1_000_000
"""Bytes of YAML, which takes longer."""

# What is not closed goes to the end of the file, so that a hostile one is read once.
_STRING = r'"(?:[^"\\]|\\.)*+"?'
_COMMENT = re.compile(rf"(?P<string>{_STRING})|//[^\r\n]*+|/\*(?:(?!\*/).)*+(?:\*/)?", re.DOTALL)
_LAST_COMMA = re.compile(rf"(?P<string>{_STRING})|,(?=\s*+[}}\]])", re.DOTALL)


def app_folder(root: Path) -> str:
    """Effect: looks at the disk. The folder of the app's settings, vault-relative."""
    return find_config_folder(root) or CONFIG_FOLDER


def first_of(root: Path, *paths: str, holds: str = "schemas") -> tuple[str, bytes]:
    """Effect: reads a file. The first of these files of the vault that is there, and its bytes. Raises `UserError`."""
    for path in paths:
        try:
            return path, read_app_file(root, path)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UserError(f"'{path}' can't be read: {error.strerror or error}") from None
    raise UserError(f"there is no '{paths[0]}' in '{root}': name the file or folder that holds the {holds}")


def read_foreign(file: Path, holds: str = "schemas") -> bytes:
    """Effect: reads a file that somebody named. Raises `UserError`."""
    try:
        data = read_regular(str(file), LARGEST + 1)
    except OSError as error:
        raise UserError(f"'{file}' can't be read: {error.strerror or error}") from None
    if len(data) > LARGEST:
        raise UserError(f"'{file}' is too large to hold {holds}")
    return data


def as_json(data: bytes, shown: str) -> object:
    """What a file of JSON holds; raises `UserError`."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UserError(f"'{shown}' is no valid JSON: line {error.lineno}: {error.msg}") from None
    except UnicodeDecodeError:
        raise UserError(f"'{shown}' is no valid JSON: it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise UserError(f"'{shown}' is no valid JSON") from None


def as_jsonc(data: bytes, shown: str) -> object:
    """What a file of JSON with comments, and commas behind the last entry, holds; raises `UserError`."""
    try:
        text = data.decode("utf-8-sig")
    except ValueError:
        raise UserError(f"'{shown}' is no valid JSON: it is not UTF-8") from None
    for left_out in (_COMMENT, _LAST_COMMA):  # line breaks stay: errors name lines
        text = left_out.sub(lambda found: found["string"] or " " + "\n" * found[0].count("\n"), text)
    return as_json(text.encode(), shown)


def as_yaml(data: bytes, shown: str) -> object:
    """What a file of YAML holds, one document; raises `UserError`."""
    if len(data) > _LARGEST_YAML:
        raise UserError(f"'{shown}' is over 1 MB: no settings are that large")
    try:
        text = data.decode("utf-8-sig")
        node = read_yaml(text, 0)
    except YamlFault as fault:
        line = text.count("\n", 0, fault.start) + 1
        raise UserError(f"'{shown}' is no valid YAML near line {line}") from None
    except ValueError:
        raise UserError(f"'{shown}' is no valid YAML") from None
    return None if node is None else node.value
