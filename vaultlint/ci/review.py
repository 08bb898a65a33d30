"""Suggestions as ONE review of a pull request, kept up to date from push to push.

What a person sees, and why:

- The first time there is something to suggest, one review is made: a summary, and a comment with a suggestion on
  each place, `MOST` at the most. There is never a second summary: this one is edited in place at later pushes.
- A comment is known by a hidden mark: a digest of path, rules, replaced lines and replacement, but no line number.
  A suggestion whose comment stands there already is left alone, also where the conversation was resolved: nobody
  is told twice. The service moves the comment with its line; one that it calls outdated (no line) can no longer be
  committed and does not count: the suggestion is made anew, and the outdated comment withdrawn.
- A comment whose suggestion no longer holds (committed, mended otherwise, rule switched off) is deleted; where
  somebody replied, it is edited to say that it is done, so that the conversation stays.
- What is new at a later push comes in one further review without visible text. A service that refuses a comment
  refuses its whole review and does not say which: then the comments are sent in halves, and one bad line loses
  itself alone.
- Only comments of the account that the token speaks for count: a mark in a stranger's comment is text. Marks hold
  the vault's place in the repository, so that the jobs of two vaults leave each other's comments alone.
- Nothing is offered if the branch has moved on: the job of its newest commit does that.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from vaultlint.ci.markdown import code, text
from vaultlint.ci.rest import RestError, path_of
from vaultlint.ci.suggestions import placed
from vaultlint.report.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultlint.ci.event import PullRequest
    from vaultlint.ci.rest import Api
    from vaultlint.ci.suggestions import Suggestion

MOST = 20
"""Suggestions that stand in a pull request at one time: more is a flood."""
MOST_REVIEWS = 16
"""Reviews that are tried where the service refuses lines: enough to part two bad ones from 18 good ones."""
SETTLING = 2.0
"""Seconds until a call that was cut off shows in what the service lists."""

WRITE = "pull-requests: write"
READ = "pull-requests: read"
OUTSIDE = "the lines are not in the diff of the pull request"
FULL = f"there are {MOST} suggestions already"
REFUSED = "the service does not take a comment there"

_MARK = re.compile(r"<!-- vaultlint ([0-9a-f]{8}) ([0-9a-f]{32}|review) -->")
_DONE = "*vaultlint: this suggestion no longer holds.*"


class ReviewOutcome(Struct, frozen=True):
    """What became of the suggestions."""

    offered: int = 0
    """New comments."""
    already: int = 0
    """Comments that stood there and still hold."""
    withdrawn: int = 0
    """Comments of earlier pushes that no longer hold."""
    left_out: int = 0
    why: tuple[str, ...] = ()
    """Why suggestions were left out, a line for each reason, with how many."""
    problem: str | None = None
    """What went wrong, in a line; what was done before that is counted."""


def offer(api: Api, pull: PullRequest, suggestions: Sequence[Suggestion], scope: str = "") -> ReviewOutcome:
    """Effect: writes and removes comments of a pull request, until they are what is suggested.

    Trouble with the service is the outcome's `problem`, never raised.
    `scope` is the place of the vault in the repository. Call it without suggestions too: earlier ones are withdrawn.
    """
    offering = _Offering(api, pull, hashlib.sha256(scope.encode("utf-8", "surrogateescape")).hexdigest()[:8])
    problem = None
    try:
        offering.run(suggestions)
    except RestError as error:
        problem = str(error)
    return offering.outcome(problem)


class _User(Struct, frozen=True):
    id: int


class _Comment(Struct, frozen=True):
    id: int
    path: str
    body: str
    user: _User | None = None
    """`None`: the account is gone."""
    line: int | None = None
    """In the newest commit; `None`: outdated."""
    in_reply_to_id: int | None = None


class _Review(Struct, frozen=True):
    id: int
    body: str | None = None
    user: _User | None = None


class _File(Struct, frozen=True):
    filename: str
    patch: str | None = None
    """`None`: binary, or too large to show."""


class _Head(Struct, frozen=True):
    sha: Annotated[str, Meta(pattern="^[0-9a-f]{40,64}$")]


class _Pull(Struct, frozen=True):
    head: _Head


class _Offering:
    """One job's review."""

    def __init__(self, api: Api, pull: PullRequest, scope: str) -> None:
        self._api = api
        self._pull = pull
        self._scope = scope
        self._repository = path_of("repos", *pull.repository.split("/"))
        self._path = self._repository + path_of("pulls", pull.number)
        self._me = 0
        self._summary: _Review | None = None
        self._offered = self._already = self._withdrawn = 0
        self._left_out: Counter[str] = Counter()

    def outcome(self, problem: str | None) -> ReviewOutcome:
        why = tuple(f"{counted(number, 'suggestion')}: {reason}" for reason, number in self._left_out.items())
        left_out = self._left_out.total()
        return ReviewOutcome(self._offered, self._already, self._withdrawn, left_out, why, problem)

    def run(self, suggestions: Sequence[Suggestion]) -> None:
        """Effect: see `offer`. Raises `RestError`."""
        self._check_head()
        self._me = self._api.viewer().id
        comments = self._api.pages(f"{self._path}/comments", _Comment, READ)
        mine = [one for one in comments if self._mark(one)]
        wanted = self._placed(suggestions)
        kept, fresh = _matched(wanted, [(one, self._mark(one)) for one in mine if one.line is not None])
        self._already = len(kept)
        room = max(MOST - len(kept), 0)
        self._leave_out(FULL, fresh[room:])
        if fresh or mine:
            self._summary = self._find_summary()
        self._post_all(fresh[:room])
        answered = {one.in_reply_to_id for one in comments}
        for one in mine:
            if one.id not in kept:
                self._withdraw(one, keep=one.id in answered)
        self._tell()

    def _check_head(self) -> None:
        newest = self._api.get(self._path, _Pull, READ).head.sha
        if newest != self._pull.head_sha:
            raise RestError("the branch has newer commits: their job makes the suggestions")

    def _placed(self, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
        """Those that the service can show."""
        for one in suggestions:
            if one.obstacle:
                self._leave_out(one.obstacle, [one])
        able = [one for one in suggestions if not one.obstacle]
        if not able:
            return []
        files = self._api.pages(f"{self._path}/files", _File, READ)
        inside, outside = placed(able, {file.filename: file.patch for file in files if file.patch is not None})
        self._leave_out(OUTSIDE, outside)
        return inside

    def _leave_out(self, reason: str, some: Sequence[Suggestion]) -> None:
        if some:
            self._left_out[reason] += len(some)

    def _mark(self, written: _Comment | _Review) -> str:
        """The mark of one of our own; empty for anybody else's."""
        if written.user is None or written.user.id != self._me:
            return ""
        found = _MARK.fullmatch((written.body or "").rsplit("\n", 1)[-1].strip())
        return found[2] if found and found[1] == self._scope else ""

    def _find_summary(self) -> _Review | None:
        reviews = self._api.pages(f"{self._path}/reviews", _Review, READ)
        return next((one for one in reviews if self._mark(one) == "review"), None)

    def _post_all(self, fresh: list[Suggestion]) -> None:
        """Effect: writes comments; those that the service refuses are left out."""
        waiting, tried = [fresh] if fresh else [], 0
        while waiting:
            some = waiting.pop(0)
            if tried == MOST_REVIEWS:
                self._leave_out(REFUSED, some)
                continue
            tried += 1
            try:
                self._post(some)
            except RestError as error:
                if error.status != 422:
                    raise
                if tried == 1:
                    self._check_head()
                half = len(some) // 2
                if half:
                    waiting[:0] = [some[:half], some[half:]]
                else:
                    self._leave_out(REFUSED, some)
            else:
                self._offered += len(some)

    def _post(self, some: Sequence[Suggestion]) -> None:
        """Effect: writes one review. Where the answer got lost, what is there decides what is sent again."""
        try:
            self._send(some)
        except RestError as error:
            if error.refused:
                raise
            self._api.wait(SETTLING)
            missing = self._missing(some)
            if missing:
                self._send(missing)

    def _send(self, some: Sequence[Suggestion]) -> None:
        body = self._hidden("0" * 32) if self._summary else self._said(self._already + self._offered + len(some))
        review = {
            "commit_id": self._pull.head_sha,
            "event": "COMMENT",
            "body": body,
            "comments": [self._comment(one) for one in some],
        }
        made = self._api.send("POST", f"{self._path}/reviews", review, _Review, WRITE, repeatable=False)
        self._summary = self._summary or made

    def _missing(self, some: Sequence[Suggestion]) -> list[Suggestion]:
        """Effect: asks the service. Those of `some` that have no comment."""
        comments = self._api.pages(f"{self._path}/comments", _Comment, READ)
        there = [(one, mark) for one in comments if one.line is not None and (mark := self._mark(one))]
        self._summary = self._summary or self._find_summary()
        return _matched(some, there)[1]

    def _comment(self, one: Suggestion) -> dict[str, str | int]:
        place: dict[str, str | int] = {"path": one.path, "line": one.end_line, "side": "RIGHT"}
        if one.start_line < one.end_line:  # the service refuses a range of one line
            place |= {"start_line": one.start_line, "start_side": "RIGHT"}
        return place | {"body": f"{comment_body(one)}\n\n{self._hidden(one.mark)}"}

    def _withdraw(self, one: _Comment, *, keep: bool) -> None:
        path = self._repository + path_of("pulls", "comments", one.id)
        if keep:
            self._api.send("PATCH", path, {"body": _DONE}, _Comment, WRITE)
        else:
            self._api.delete(path, WRITE)
        self._withdrawn += 1

    def _tell(self) -> None:
        """Effect: brings the summary up to date."""
        body = self._said(self._already + self._offered)
        if self._summary is not None and (self._summary.body or "").strip() != body:
            path = f"{self._path}/reviews{path_of(self._summary.id)}"
            self._api.send("PUT", path, {"body": body}, _Review, WRITE)

    def _said(self, standing: int) -> str:
        """The text of the summary, with its mark."""
        many = counted(standing, "suggestion")
        lines = [f"vaultlint: {many} to commit here." if standing else "vaultlint has nothing left to suggest."]
        if self._left_out:
            lines += ["", "Not shown here, but `vaultlint check --fix` makes the changes:", ""]
            lines += [f"- {text(line)}" for line in self.outcome(None).why]
        return "\n".join((*lines, "", self._hidden("review")))

    def _hidden(self, mark: str) -> str:
        return f"<!-- vaultlint {self._scope} {mark} -->"


def comment_body(one: Suggestion) -> str:
    """A suggestion as people read it: what is wrong, what the fix does, and the block that can be committed."""
    told = [f"{text(reason.message)} ({code(reason.rule)}): {text(reason.title)}" for reason in one.reasons]
    said = "\n".join(told) if len(told) == 1 else "\n".join(f"- {line}" for line in told)
    longest = max((len(run) for line in one.replacement for run in re.findall("`+", line)), default=0)
    fence = "`" * max(longest + 1, 3)
    return "\n".join((said, "", f"{fence}suggestion", *one.replacement, fence))


def _matched(wanted: Iterable[Suggestion], there: Sequence[tuple[_Comment, str]]) -> tuple[set[int], list[Suggestion]]:
    """The comments that say what is wanted, each once, by their ids; and what no comment says.

    The same suggestion may be wanted on several lines: a comment on the very line is taken before others.
    """
    kept: set[int] = set()
    left = list(wanted)
    for exact in (True, False):
        still: list[Suggestion] = []
        for one in left:
            same = (
                comment.id
                for comment, mark in there
                if mark == one.mark and comment.id not in kept and (not exact or comment.line == one.end_line)
            )
            found = next(same, None)
            if found is None:
                still.append(one)
            else:
                kept.add(found)
        left = still
    return kept, left
