"""Properties that are out to hurt cost a bounded time and space, and make no object but plain data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NINE = ", ".join
ALIASES = "\n".join(["a0: &a0 [x, x, x]", *(f"a{n}: &a{n} [{NINE([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))])
MERGES = "\n".join(["a0: &a0 {k: 1}", *(f"a{n}: &a{n} {{<<: [{NINE([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 40))])
NOTES = {
    "aliases": ALIASES,
    "merges": MERGES,
    "circle": "a: &a [*a]",
    "circle of maps": "a: &a\n  <<: *a",
    "flow": "a: " + "[" * 100_000,
    "closed flow": "a: " + "[" * 100_000 + "]" * 100_000,
    "maps": "a: " + "{a: " * 100_000,
    "blocks": "- " * 100_000,
    "indents": "\n".join(" " * depth + "a:" for depth in range(1_000)),
    "keys": "? " * 100_000,
    "call": "a: !!python/object/apply:os.system ['touch ran']",
    "new": "a: !!python/object/new:subprocess.Popen [['touch', 'ran']]",
    "name": "a: !!python/name:os.system",
    "module": "a: !!python/module:antigravity",
    "tag": "%TAG ! tag:yaml.org,2002:python/\n--- \na: !module:antigravity x",
    "digits": "a: " + "9" * 100_000,
    "exponent": "a: 1e999999999",
    "base": "a: 0x" + "f" * 100_000,
    "keys of lists": "? [a, b]\n: c",
    "anchors": "\n".join(f"a{n}: &a{n} x" for n in range(20_000)),
    "binary": "a: !!binary " + "A" * 100_000,
    "set": "a: !!set {b, c}",
    "quotes": 'a: "' + "\\" * 100_001,
    "date": "a: 9999999999-99-99",
}


@pytest.mark.parametrize("name", NOTES)
def test_properties_that_are_out_to_hurt(name: str, vault, run) -> None:
    """The run ends, in half a gigabyte of memory; nothing runs, and no other note is lost for it."""
    root = vault({"hostile.md": f"---\n{NOTES[name]}\n---\nText.\n", "other.md": "[[nowhere]]\n"})
    (root / "vaultlint.toml").write_text('[[schema]]\n[schema.properties]\na = { type = "text", pattern = "x" }\n')

    ran = run(root, "check", "--output-format", "json", "--jobs", "1", limit=1_500_000_000)

    assert b"" == ran.stderr
    assert "other.md" in {one["path"] for one in json.loads(ran.stdout)["diagnostics"]}
    assert not Path(root / "ran").exists()
