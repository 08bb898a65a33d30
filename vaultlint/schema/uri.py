"""What a file of the vault is called among JSON Schemas."""

from __future__ import annotations

from urllib.parse import quote


def uri_of(path: str) -> str:
    """`vault:///schemas/paper.json` of the vault-relative `schemas/paper.json`."""
    return "vault:///" + quote(path)
