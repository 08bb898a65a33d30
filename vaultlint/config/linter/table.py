"""The table: all rules of the plug-in, in the order of its settings."""

from __future__ import annotations

from vaultlint.config.linter import content, headings, paste, spacing, yaml

SECTIONS = (
    ("Properties", yaml.ROWS),
    ("Headings and footnotes", headings.ROWS),
    ("Content", content.ROWS),
    ("Spacing", spacing.ROWS),
    ("Paste", paste.ROWS),
)
ROWS = tuple(row for _, rows in SECTIONS for row in rows)
