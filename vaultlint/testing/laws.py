"""Laws that hold for every note and every rule, whatever they are: for generated notes, and for fuzzing.

Each raises `AssertionError` with all that is wrong, and does nothing else.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from vaultlint.engine.check import VaultRun
from vaultlint.engine.fix import fix_run
from vaultlint.note.model import Span
from vaultlint.note.note import Note, parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.meta import ENGINE_FINDINGS, FIX_REFUSED
from vaultlint.testing.agreement import differences
from vaultlint.tree import Unreadable
from vaultlint.vault.history import NoHistory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultlint.config.settings import Settings
    from vaultlint.note.model import BlockId, Tag, Wikilink
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Applicability

_NO_NODES = ("path", "text", "hidden", "property")
_REACHES_OUT = ("block_ids", "links", "internal_links", "embeds")
"""What names a place outside itself: the block of an id, the definition of a link."""
_MARKERS = ("-", "*", "+", ".", ")")


def check_reading(text: str) -> Note:
    """The note of this text, all of it read: its spans lie in it, nest, and cover what they say."""
    note = parse_note(text)
    problems = [*_encoding(text), *_outline(note), *_nesting(note), *_wording(note)]
    if problems:
        raise AssertionError("\n".join(problems))
    return note


def check_rules(settings: Settings, notes: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What the rules say of a vault that consists of these notes (path -> text): none of them raises, hints too.

    The vault's own settings come from `settings.root`; nothing else is read there.
    """
    return _found(_run(settings, notes))


def check_fixes(settings: Settings, notes: Mapping[str, str], at_least: Applicability) -> dict[str, str]:
    """These notes after their fixes, all of which were proved and settled: a second run finds nothing to mend.

    As `check_rules`, the notes are the vault. Only of a note that the two readers of the proof do not read alike may
    a fix be refused.
    """
    return _settled(_run(settings, notes), notes, at_least)


def check_rules_and_fixes(settings: Settings, notes: Mapping[str, str], at_least: Applicability) -> dict[str, str]:
    """`check_rules`, then `check_fixes`, of a vault that is examined once for both: what many vaults are held to."""
    run = _run(settings, notes)
    _found(run)
    return _settled(run, notes, at_least)


def is_read_alike(text: str) -> bool:
    """Whether the two readers of the proof see the same in a note: else no fix can be proved, whoever made it."""
    try:
        return not differences(text)
    except Unreadable:
        return False


def _run(settings: Settings, notes: Mapping[str, str]) -> VaultRun:
    run = VaultRun(settings, texts=notes, debug=True)
    run.index.history = NoHistory()
    run.examine(None, 1, None)
    return run


def _found(run: VaultRun) -> tuple[Diagnostic, ...]:
    found = run.judge()
    for one in found:
        late = one._fix  # the engine takes a fix that can't be made for none
        if isinstance(late, partial):
            late.args[-1]()
        if "failed to make a hint" in (one.hint or ""):
            raise AssertionError(f"{one!r}: {one.hint}")
    _no_word_of_the_engine(found, run.tracebacks)
    return found


def _settled(run: VaultRun, notes: Mapping[str, str], at_least: Applicability) -> dict[str, str]:
    after = _fixed(run, notes, at_least)
    if after == notes:
        return after  # a second run would be the first once more
    again = _fixed(_run(run.settings, after), after, at_least)
    if again != after:
        paths = sorted(path for path in after if again[path] != after[path])
        raise AssertionError(f"changed by a second run: {paths}\n{after[paths[0]]!r}\n{again[paths[0]]!r}")
    return after


def _fixed(run: VaultRun, notes: Mapping[str, str], at_least: Applicability) -> dict[str, str]:
    result = fix_run(run, at_least, write=False)
    _no_word_of_the_engine(result.report.diagnostics, result.report.notices, notes)
    return {**notes, **{note.path: note.after for note in result.changed}}


def _no_word_of_the_engine(
    found: Iterable[Diagnostic], notices: Iterable[str], notes: Mapping[str, str] | None = None
) -> None:
    said = [
        f"{one.rule} {one.path}: {one.message}"
        for one in found
        if one.rule in ENGINE_FINDINGS
        and not (one.rule == FIX_REFUSED and notes is not None and not is_read_alike(notes[one.path]))
    ]
    if said:
        raise AssertionError("\n".join((*said, *notices)))


def _encoding(text: str) -> Iterator[str]:
    try:
        same = decode(text.encode()) == text
    except (UnicodeEncodeError, NoteDecodeError):  # half a surrogate pair, or a NUL: no file is read as this
        return
    if not same:
        yield "the text is another after it was written and read"


def _outline(note: Note) -> Iterator[str]:
    """Every attribute can be asked for; its nodes are in order, and their spans inside them."""
    for name in vars(Note):
        nodes: Any = getattr(note, name)
        if name.startswith("_") or name in _NO_NODES or not isinstance(nodes, tuple):
            continue
        if name in ("opaque", "prose"):
            if any(one.end > other.start for one, other in pairwise(nodes)):
                yield f"{name}: some overlap: {nodes}"
            if not all(0 <= span.start < span.end <= len(note.text) for span in nodes):
                yield f"{name}: outside the text, or empty: {nodes}"
            continue
        starts = [_span(node).start for node in nodes]
        if starts != sorted(starts) and name not in ("properties", "property_links"):
            yield f"{name}: out of order: {starts}"
        for node in nodes:
            for span in _spans(node):
                if not 0 <= span.start <= span.end <= len(note.text):
                    yield f"{name}: outside the text: {node}"
                elif name not in _REACHES_OUT and not _span(node).covers(span):
                    yield f"{name}: a part lies outside it: {node}"


def _span(node: Any) -> Span:
    span = getattr(node, "span", None)  # one of no length is false
    return cast("Span", node.link.span if span is None else span)


def _spans(node: Any) -> list[Span]:
    return [value for name in node.__struct_fields__ if isinstance(value := getattr(node, name), Span)]


def _nesting(note: Note) -> Iterator[str]:
    """Items lie in their lists, nested ones in the item around them; cells in rows; nothing in what hides it."""
    for place, each in enumerate(note.lists):
        for at in each.items:
            if note.items[at].list != place or not each.span.covers(note.items[at].span):
                yield f"an item outside its list: {note.items[at]}"
    for at, item in enumerate(note.items):
        if item.parent is not None and not (item.parent < at and note.items[item.parent].span.covers(item.span)):
            yield f"an item outside the one around it: {item}"
    for table in note.tables:
        for row in table.rows:
            if not table.span.covers(row.span) or not all(row.span.covers(cell.span) for cell in row.cells):
                yield f"a row outside its table, or a cell outside its row: {row}"
    visible: tuple[Wikilink | Tag | BlockId, ...] = (*note.wikilinks, *note.tags, *note.block_ids)
    for node in visible:
        if note.hidden(node.span):
            yield f"in what hides it: {node}"
    for span in note.prose:
        if note.hidden(span) or {"\n", "\r"} & set(span.of(note.text)):
            yield f"no prose: {span}"
    if any(one.span.end > other.span.start for one, other in pairwise(note.sections)):
        yield f"sections overlap: {note.sections}"


def _wording(note: Note) -> Iterator[str]:
    """The text under a span is the very thing that the node says."""
    text = note.text
    for span, said in _said(note):
        if span.of(text) != said:
            yield f"{span} covers {span.of(text)!r}, not {said!r}"
    for link in note.wikilinks:
        written = link.span.of(text)
        whole = written.startswith("![[" if link.embed else "[[") and written.endswith("]]")
        if not whole or {"\n", "\r"} & set(written) or not link.target_span.covers(link.path_span):
            yield f"no wikilink: {link}"
        if link.bar_span and link.bar_span.of(text) not in ("|", "\\|"):
            yield f"no bar: {link}"
    for item in note.items:
        if item.marker_span.of(text).strip("0123456789") not in _MARKERS:
            yield f"no marker of a list: {item}"
    for heading in note.headings:
        if not 1 <= heading.level <= 6:
            yield f"no such level: {heading}"
    for comment in note.comments:
        if not comment.span.of(text).startswith("<!--" if comment.html else "%%"):
            yield f"no comment: {comment}"
    for math in note.math:
        if not math.span.of(text).startswith("$$" if math.display else "$"):
            yield f"no math: {math}"
    for code in note.code:
        if code.kind == "inline" and set(code.span.of(text)[:1] + code.span.of(text)[-1:]) != {"`"}:
            yield f"no code: {code}"


def _said(note: Note) -> Iterator[tuple[Span, str]]:
    """Spans with the text that they must cover."""
    for tag in note.tags:
        yield tag.span, "#" + tag.name
    for block in note.block_ids:
        yield block.span, "^" + block.id
    for heading in note.headings:
        yield heading.text_span, heading.text
    for item in note.items:
        if item.task is not None and item.task_span is not None:
            yield item.task_span, f"[{item.task}]"
    for wikilink in note.wikilinks:
        if wikilink.alias_span and wikilink.bar_span and wikilink.alias is not None:
            yield wikilink.alias_span, wikilink.alias
    for link in note.links:
        yield link.text_span, link.text
    for callout in note.callouts:
        yield callout.title_span, callout.title
        yield callout.type_span, callout.type
    for field in note.inline_fields:
        yield field.key_span, field.key
        yield field.value_span, field.value


def counts(found: Iterable[Diagnostic]) -> Counter[str]:
    """How often each rule found something."""
    return Counter(one.rule for one in found)
