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
    "bare-url": "vaultlint_rules.links.bare_url:BareUrl",
    "block-id-duplicate": "vaultlint_rules.blocks.block_id_duplicate:BlockIdDuplicate",
    "block-id-syntax": "vaultlint_rules.blocks.block_id_syntax:BlockIdSyntax",
    "date-invalid": "vaultlint_rules.dates.date_invalid:DateInvalid",
    "date-order": "vaultlint_rules.dates.date_order:DateOrder",
    "deprecated-property": "vaultlint_rules.frontmatter.deprecated_property:DeprecatedProperty",
    "duplicate-property": "vaultlint_rules.frontmatter.duplicate_property:DuplicateProperty",
    "embed-size": "vaultlint_rules.links.embed_size:EmbedSize",
    "empty-alias": "vaultlint_rules.aliases.empty_alias:EmptyAlias",
    "empty-link": "vaultlint_rules.links.empty_link:EmptyLink",
    "file-name-case-collision": "vaultlint_rules.files.file_name_case_collision:FileNameCaseCollision",
    "file-name-characters": "vaultlint_rules.files.file_name_characters:FileNameCharacters",
    "file-sync-conflict": "vaultlint_rules.files.file_sync_conflict:FileSyncConflict",
    "frontmatter-syntax": "vaultlint_rules.frontmatter.frontmatter_syntax:FrontmatterSyntax",
    "heading-capitalization": "vaultlint_rules.headings.heading_capitalization:HeadingCapitalization",
    "heading-duplicate": "vaultlint_rules.headings.heading_duplicate:HeadingDuplicate",
    "heading-empty-section": "vaultlint_rules.headings.heading_empty_section:HeadingEmptySection",
    "heading-file-name": "vaultlint_rules.headings.heading_file_name:HeadingFileName",
    "heading-increment": "vaultlint_rules.headings.heading_increment:HeadingIncrement",
    "heading-link-unsafe-chars": "vaultlint_rules.headings.heading_link_unsafe_chars:HeadingLinkUnsafeChars",
    "heading-punctuation": "vaultlint_rules.headings.heading_punctuation:HeadingPunctuation",
    "heading-single-h1": "vaultlint_rules.headings.heading_single_h1:HeadingSingleH1",
    "heading-space": "vaultlint_rules.headings.heading_space:HeadingSpace",
    "image-alt-text": "vaultlint_rules.links.image_alt_text:ImageAltText",
    "link-case-mismatch": "vaultlint_rules.links.link_case_mismatch:LinkCaseMismatch",
    "link-extension": "vaultlint_rules.links.link_extension:LinkExtension",
    "link-style": "vaultlint_rules.links.link_style:LinkStyle",
    "link-syntax": "vaultlint_rules.links.link_syntax:LinkSyntax",
    "link-text-spacing": "vaultlint_rules.links.link_text_spacing:LinkTextSpacing",
    "linked-schema": "vaultlint_rules.frontmatter.linked_schema:LinkedSchema",
    "missing-embed": "vaultlint_rules.links.missing_embed:MissingEmbed",
    "property-relation": "vaultlint_rules.frontmatter.property_relation:PropertyRelation",
    "property-schema": "vaultlint_rules.frontmatter.property_schema:PropertySchema",
    "property-target": "vaultlint_rules.frontmatter.property_target:PropertyTarget",
    "property-type": "vaultlint_rules.frontmatter.property_type:PropertyType",
    "property-unique": "vaultlint_rules.frontmatter.property_unique:PropertyUnique",
    "redundant-alias": "vaultlint_rules.aliases.redundant_alias:RedundantAlias",
    "reference-link": "vaultlint_rules.links.reference_link:ReferenceLink",
    "required-headings": "vaultlint_rules.headings.required_headings:RequiredHeadings",
    "reversed-link": "vaultlint_rules.links.reversed_link:ReversedLink",
    "template-placeholder": "vaultlint_rules.files.template_placeholder:TemplatePlaceholder",
    "timestamp-beyond-end": "vaultlint_rules.timestamps.timestamp_beyond_end:TimestampBeyondEnd",
    "timestamp-mismatch": "vaultlint_rules.timestamps.timestamp_mismatch:TimestampMismatch",
    "timestamp-order": "vaultlint_rules.timestamps.timestamp_order:TimestampOrder",
    "timestamp-scale": "vaultlint_rules.timestamps.timestamp_scale:TimestampScale",
    "timestamp-syntax": "vaultlint_rules.timestamps.timestamp_syntax:TimestampSyntax",
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
