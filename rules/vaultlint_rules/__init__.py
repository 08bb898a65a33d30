"""The built-in rules, found through the same entry points as anybody's plug-in.

Importing this module imports no rule: `RULES` says where each one is.
"""

from __future__ import annotations

from pathlib import Path

RULES: dict[str, str] = {
    "alias-as-target": "vaultlint_rules.aliases.alias_as_target:AliasAsTarget",
    "alias-collision": "vaultlint_rules.aliases.alias_collision:AliasCollision",
    "alias-spacing": "vaultlint_rules.aliases.alias_spacing:AliasSpacing",
    "aliases-property": "vaultlint_rules.aliases.aliases_property:AliasesProperty",
    "ambiguous-link": "vaultlint_rules.links.ambiguous_link:AmbiguousLink",
    "conflict-marker": "vaultlint_rules.blocks.conflict_marker:ConflictMarker",
    "daily-note-date": "vaultlint_rules.dates.daily_note_date:DailyNoteDate",
    "date-format": "vaultlint_rules.dates.date_format:DateFormat",
    "date-future": "vaultlint_rules.dates.date_future:DateFuture",
    "date-invalid": "vaultlint_rules.dates.date_invalid:DateInvalid",
    "date-missing": "vaultlint_rules.dates.date_missing:DateMissing",
    "date-order": "vaultlint_rules.dates.date_order:DateOrder",
    "date-stale": "vaultlint_rules.dates.date_stale:DateStale",
    "deprecated-property": "vaultlint_rules.frontmatter.deprecated_property:DeprecatedProperty",
    "duplicate-property": "vaultlint_rules.frontmatter.duplicate_property:DuplicateProperty",
    "empty-alias": "vaultlint_rules.aliases.empty_alias:EmptyAlias",
    "footnote-leftover": "vaultlint_rules.blocks.footnote_leftover:FootnoteLeftover",
    "footnote-location": "vaultlint_rules.blocks.footnote_location:FootnoteLocation",
    "footnote-order": "vaultlint_rules.blocks.footnote_order:FootnoteOrder",
    "footnote-punctuation": "vaultlint_rules.blocks.footnote_punctuation:FootnotePunctuation",
    "footnote-reference": "vaultlint_rules.blocks.footnote_reference:FootnoteReference",
    "frontmatter-syntax": "vaultlint_rules.frontmatter.frontmatter_syntax:FrontmatterSyntax",
    "html-in-note": "vaultlint_rules.blocks.html_in_note:HtmlInNote",
    "linked-schema": "vaultlint_rules.frontmatter.linked_schema:LinkedSchema",
    "list-empty-item": "vaultlint_rules.tables.list_empty_item:ListEmptyItem",
    "list-indent": "vaultlint_rules.tables.list_indent:ListIndent",
    "list-marker-duplicate": "vaultlint_rules.tables.list_marker_duplicate:ListMarkerDuplicate",
    "list-marker-space": "vaultlint_rules.tables.list_marker_space:ListMarkerSpace",
    "list-marker-style": "vaultlint_rules.tables.list_marker_style:ListMarkerStyle",
    "missing-embed": "vaultlint_rules.links.missing_embed:MissingEmbed",
    "ordered-list-style": "vaultlint_rules.tables.ordered_list_style:OrderedListStyle",
    "property-relation": "vaultlint_rules.frontmatter.property_relation:PropertyRelation",
    "property-schema": "vaultlint_rules.frontmatter.property_schema:PropertySchema",
    "property-target": "vaultlint_rules.frontmatter.property_target:PropertyTarget",
    "property-type": "vaultlint_rules.frontmatter.property_type:PropertyType",
    "property-unique": "vaultlint_rules.frontmatter.property_unique:PropertyUnique",
    "redundant-alias": "vaultlint_rules.aliases.redundant_alias:RedundantAlias",
    "table-format": "vaultlint_rules.tables.table_format:TableFormat",
    "table-structure": "vaultlint_rules.tables.table_structure:TableStructure",
    "timestamp-beyond-end": "vaultlint_rules.timestamps.timestamp_beyond_end:TimestampBeyondEnd",
    "timestamp-mismatch": "vaultlint_rules.timestamps.timestamp_mismatch:TimestampMismatch",
    "timestamp-order": "vaultlint_rules.timestamps.timestamp_order:TimestampOrder",
    "timestamp-scale": "vaultlint_rules.timestamps.timestamp_scale:TimestampScale",
    "timestamp-syntax": "vaultlint_rules.timestamps.timestamp_syntax:TimestampSyntax",
    "unclosed-syntax": "vaultlint_rules.blocks.unclosed_syntax:UnclosedSyntax",
    "unescaped-alias-bar": "vaultlint_rules.aliases.unescaped_alias_bar:UnescapedAliasBar",
    "unknown-property": "vaultlint_rules.frontmatter.unknown_property:UnknownProperty",
    "unquoted-property-link": "vaultlint_rules.frontmatter.unquoted_property_link:UnquotedPropertyLink",
    "unresolved-block": "vaultlint_rules.links.unresolved_block:UnresolvedBlock",
    "unresolved-heading": "vaultlint_rules.links.unresolved_heading:UnresolvedHeading",
    "unresolved-link": "vaultlint_rules.links.unresolved_link:UnresolvedLink",
    "unresolved-property-link": "vaultlint_rules.frontmatter.unresolved_property_link:UnresolvedPropertyLink",
    "unused-suppression": "vaultlint_rules.meta.unused_suppression:UnusedSuppression",
    "video-id": "vaultlint_rules.timestamps.video_id:VideoId",
    # what the engine itself finds has a note, but no class
    "fix-refused": "vaultlint_rules.meta:fix_refused.md",
    "fix-unsettled": "vaultlint_rules.meta:fix_unsettled.md",
    "note-changed": "vaultlint_rules.meta:note_changed.md",
    "note-encoding": "vaultlint_rules.meta:note_encoding.md",
    "note-too-large": "vaultlint_rules.meta:note_too_large.md",
    "rule-crashed": "vaultlint_rules.meta:rule_crashed.md",
    "unreadable-note": "vaultlint_rules.meta:unreadable_note.md",
}
"""Name -> `module:Class`."""

PACKS = Path(__file__).parent / "packs"
"""The folder of the built-in packs, a TOML file each."""
