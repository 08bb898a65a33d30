"""The plug-in's rules for what is pasted: a linter finds the same in the note."""

from __future__ import annotations

from vaultlint.config.linter.rows import Row, always

_LATER = "it is found in the note, not while one pastes"

ROWS = (
    Row(
        "add-blockquote-indentation-on-paste",
        (),
        "none",
        "it is an action of the editor: no note shows afterwards what was pasted into its quote",
    ),
    Row(
        "prevent-double-checklist-indicator-on-paste",
        ("list-marker-duplicate",),
        "differs",
        _LATER,
        always("list-marker-duplicate"),
    ),
    Row(
        "prevent-double-list-item-indicator-on-paste",
        ("list-marker-duplicate",),
        "differs",
        _LATER,
        always("list-marker-duplicate"),
    ),
    Row(
        "proper-ellipsis-on-paste",
        ("ellipsis",),
        "differs",
        f"{_LATER}; dots with spaces between them stay",
        always("ellipsis", style="sign"),
    ),
    Row(
        "remove-hyphens-on-paste",
        ("hyphenated-line-break",),
        "differs",
        _LATER,
        always("hyphenated-line-break", hyphen="any"),
    ),
    Row(
        "remove-leading-or-trailing-whitespace-on-paste",
        ("trailing-spaces",),
        "differs",
        f"{_LATER}; spaces at the beginning of a line stay",
        always("trailing-spaces", line_breaks="keep"),
    ),
    Row(
        "remove-leftover-footnotes-from-quote-on-paste",
        ("footnote-leftover",),
        "differs",
        f"{_LATER}; numbers in brackets ('[12]') count, too; what is found is shown, and taken out by hand",
        always("footnote-leftover", digits=True),
    ),
    Row(
        "remove-multiple-blank-lines-on-paste",
        ("consecutive-blank-lines",),
        "differs",
        _LATER,
        always("consecutive-blank-lines", most=1),
    ),
)
