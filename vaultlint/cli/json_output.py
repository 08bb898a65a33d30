"""JSON that a command prints: as it is for programs, in ASCII where people read it on a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultlint.cli.output import Output


def json_text(data: Any, *, ascii_only: bool = False) -> str:
    """`data` over several lines, with a line break at the end."""
    return json.dumps(data, indent=2, ensure_ascii=ascii_only) + "\n"


def write_json(data: Any, output: Output) -> None:
    """Effect: prints `data`; a name that is no Unicode becomes an escape, which JSON knows."""
    text = json_text(data, ascii_only=output.is_terminal)
    output.write_bytes(text.encode("utf-8", "backslashreplace"))
