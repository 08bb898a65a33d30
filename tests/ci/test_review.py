from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from rest_clock import Clock
from rest_git import Repository
from rest_server import RestServer
from rest_shapes import Comment
from rest_state import user

from vaultlint.ci import review as module
from vaultlint.ci.event import PullRequest
from vaultlint.ci.rest import Api
from vaultlint.ci.review import MOST, ReviewOutcome, comment_body, offer
from vaultlint.ci.suggestions import CARRIAGE_RETURNS, Reason, Suggestion

NOTE = "".join(f"line {number}\n" for number in range(1, 31))
REVIEWS = "POST /repos/owner/vault/pulls/7/reviews"


def wanted(*lines: int, path: str = "A.md", text: str = "line {}", to: str = "LINE {}") -> list[Suggestion]:
    reason = (Reason("a-rule", "'line' is small", "write it large"),)
    return [Suggestion(path, n, n, (text.format(n),), (to.format(n),), reason) for n in lines]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.new(tmp_path / "repository")
    made.put("topic", {"A.md": NOTE})
    return made


@pytest.fixture
def server(repository: Repository) -> Iterator[RestServer]:
    with RestServer(repository) as running:
        yield running


Offer = Callable[..., ReviewOutcome]


@pytest.fixture
def push(server: RestServer) -> Offer:
    """What the job of the newest commit does."""

    def run(suggestions: Sequence[Suggestion], **more: Any) -> ReviewOutcome:
        server.state.calls.clear()
        pull = PullRequest(7, server.head_sha, "", server.head, "main", server.name, server.name)
        return offer(Api(server.url, server.state.token, Clock()), pull, suggestions, **more)

    return run


def standing(server: RestServer) -> list[tuple[str, int | None]]:
    return [(one["path"], one["line"]) for one in server.comments()]


def changing(server: RestServer) -> list[str]:
    return [call for call in server.state.calls if not call.startswith("GET") and call != "POST /graphql"]


def test_first_push(server: RestServer, push: Offer) -> None:
    """Suggestions come as one review: a summary, and a comment on each place."""
    assert ReviewOutcome(offered=2) == push(wanted(3, 5))

    assert [("A.md", 3), ("A.md", 5)] == standing(server)
    assert [REVIEWS] == changing(server)
    (review,) = server.state.reviews
    assert re.fullmatch(
        r"vaultlint: 2 suggestions to commit here\.\n\n<!-- vaultlint [0-9a-f]{8} review -->", review["body"]
    )


def test_comment(server: RestServer, push: Offer) -> None:
    """A comment says what is wrong and what the fix does, and ends in a hidden mark."""
    push(wanted(3))

    expected = (
        "&#39;line&#39; is small (<code>a&#45;rule</code>): write it large\n\n"
        "```suggestion\nLINE 3\n```\n\n<!-- vaultlint MARK -->"
    )
    assert expected == re.sub("[0-9a-f]{8} [0-9a-f]{32}", "MARK", server.state.comments[0]["body"])


def test_nothing_to_say(server: RestServer, push: Offer) -> None:
    """Where there is nothing to suggest, and never was, nothing is written."""
    assert ReviewOutcome() == push([])

    assert [] == changing(server)


def test_none_twice(server: RestServer, push: Offer) -> None:
    """What is suggested already is left alone, though the lines above it moved, and nothing is written."""
    push(wanted(3, 5))
    server.repository.put("topic", {"A.md": "new\n" + NOTE})

    again = [*wanted(4, text="line 3", to="LINE 3"), *wanted(6, text="line 5", to="LINE 5")]
    assert ReviewOutcome(already=2) == push(again)

    assert [] == changing(server)
    assert [("A.md", 4), ("A.md", 6)] == standing(server)


def test_next_push(server: RestServer, push: Offer) -> None:
    """At the next push what no longer holds goes, what is new comes, and the one summary is brought up to date."""
    push(wanted(3, 5))
    server.repository.put("topic", {"A.md": NOTE.replace("line 3\n", "LINE 3\n")})

    assert ReviewOutcome(offered=2, already=1, withdrawn=1) == push(wanted(5, 7, 8))

    assert [("A.md", 5), ("A.md", 7), ("A.md", 8)] == standing(server)
    first, second = server.state.reviews
    assert first["body"].startswith("vaultlint: 3 suggestions to commit here.")
    assert re.fullmatch("<!--[^>]*-->", second["body"])


def test_third_push(server: RestServer, push: Offer) -> None:
    """When all is mended, all is withdrawn, and the summary says so; later pushes write nothing."""
    push(wanted(3, 5))
    server.repository.put("topic", {"A.md": NOTE.replace("line", "LINE")})
    assert ReviewOutcome(withdrawn=2) == push([])

    assert ReviewOutcome() == push([])

    assert [] == changing(server)
    assert [] == server.state.comments
    assert server.state.reviews[0]["body"].startswith("vaultlint has nothing left to suggest.")


def test_replies_stay(server: RestServer, push: Offer) -> None:
    """A comment that somebody answered is not deleted: it says that it is done."""
    push(wanted(3))
    (ours,) = server.state.comments
    server.add_comment(Comment("A.md", "why?", 3), server.head_sha, 1, user("octocat", 1), reply_to=ours["id"])

    assert ReviewOutcome(withdrawn=1) == push([])

    assert ["*vaultlint: this suggestion no longer holds.*", "why?"] == [one["body"] for one in server.state.comments]
    assert ReviewOutcome() == push([])


def test_outdated(server: RestServer, push: Offer) -> None:
    """A comment that can't be committed any more is replaced by one that can, where it still holds."""
    push(wanted(3))
    server.state.comments[0]["outdated"] = True

    assert ReviewOutcome(offered=1, withdrawn=1) == push(wanted(3))

    assert [("A.md", 3)] == standing(server)


def test_strangers_marks(server: RestServer, push: Offer) -> None:
    """A mark in somebody else's comment is text: nothing counts as suggested for it, and it is left alone."""
    push(wanted(3))
    (ours,) = server.state.comments
    ours["user"] = server.state.reviews[0]["user"] = user("mallory[bot]", 2)

    assert ReviewOutcome(offered=1) == push(wanted(3))

    assert 2 == len(server.state.comments)
    assert 2 == len(server.state.reviews)


def test_marks_in_text(server: RestServer, push: Offer) -> None:
    """A mark in a replacement is text as well: the last line of a comment is the mark."""
    push(wanted(3))
    mark = server.state.comments[0]["body"].rsplit("\n", 1)[-1]
    server.state.comments.clear()

    assert ReviewOutcome(offered=2) == push([*wanted(3), *wanted(5, to=mark)])

    assert ReviewOutcome(already=2) == push([*wanted(3), *wanted(5, to=mark)])


def test_same_text_on_several_lines(server: RestServer, push: Offer) -> None:
    """The same suggestion on several lines stands on each of them, and each is known again at its line."""
    server.repository.put("topic", {"A.md": "same\nsame\nsame\n"})
    three = wanted(1, 2, 3, text="same", to="other")
    assert ReviewOutcome(offered=3) == push(three)

    assert ReviewOutcome(already=2, withdrawn=1) == push([three[0], three[2]])

    assert [("A.md", 1), ("A.md", 3)] == standing(server)


def test_one_comment_for_two_lines(server: RestServer, push: Offer) -> None:
    """A comment that stands elsewhere says one of two suggestions alike, not both."""
    server.repository.put("topic", {"A.md": "same\nsame\nsame\n"})
    push(wanted(1, text="same", to="other"))

    outcome = push(wanted(2, 3, text="same", to="other"))

    assert ReviewOutcome(offered=1, already=1) == outcome


def test_at_most(server: RestServer, push: Offer) -> None:
    """At most twenty suggestions stand at one time; the others are counted, and come when there is room."""
    outcome = push(wanted(*range(1, 26)))

    assert (MOST, 5) == (outcome.offered, outcome.left_out)
    assert (f"5 suggestions: {module.FULL}",) == outcome.why
    assert "5 suggestions&#58; there are 20" in server.state.reviews[0]["body"]
    outcome = push(wanted(*range(4, 26)))
    assert (3, 17, 3, 2) == (outcome.offered, outcome.already, outcome.withdrawn, outcome.left_out)


def test_several_lines(server: RestServer, push: Offer) -> None:
    """A suggestion for several lines says where it begins; the service refuses a range of one line."""
    before, reason = ("line 3", "line 4"), wanted(3)[0].reasons
    many = [Suggestion("A.md", 3, 4, before, (), reason), *wanted(9)]

    assert ReviewOutcome(offered=2) == push(many)

    assert [3, None] == [one["original_start_line"] for one in server.state.comments]
    assert "```suggestion\n```\n" in server.state.comments[0]["body"]


def test_fence() -> None:
    """The fence is longer than any run of back-ticks in the text, so that no line of it ends the block."""
    (one,) = wanted(1, to="````` a ```")

    assert "``````suggestion\n````` a ```\n``````" == comment_body(one).split("\n\n")[1]


def test_strangers_words() -> None:
    """What a note says has no meaning on the page."""
    reason = Reason("a-rule", "no file named '@octocat <img> ![x](y)'", "```\n# heading")
    body = comment_body(Suggestion("A.md", 1, 1, ("a",), ("b",), (reason,)))

    assert not set("@<>!") & set(re.sub("</?(?:code|span)>", "", body.split("\n\n")[0]))
    assert 3 == body.count("\n") - body.split("\n\n")[0].count("\n") - 1


def test_outside_the_diff(server: RestServer, push: Offer) -> None:
    """Lines that the diff does not show, files without a diff, and notes that can't be suggested for, are left out."""
    server.repository.put("main", {"Old.md": NOTE})
    server.repository.ask("checkout", "-q", "topic")
    server.repository.ask("merge", "-q", "--no-edit", "main")
    server.repository.put("topic", {"Old.md": NOTE.replace("line 1\n", "line one\n"), "B.md": NOTE})
    server.state.without_patch.add("B.md")
    windows = Suggestion("A.md", 3, 3, ("a",), ("b",), (), CARRIAGE_RETURNS)

    outcome = push([*wanted(3, 20, path="Old.md"), *wanted(3, path="B.md"), windows])

    assert (1, 3, None) == (outcome.offered, outcome.left_out, outcome.problem)
    assert (f"1 suggestion: {CARRIAGE_RETURNS}", f"2 suggestions: {module.OUTSIDE}") == outcome.why
    assert [("Old.md", 3)] == standing(server)


def test_one_bad_line(server: RestServer, push: Offer) -> None:
    """A line that the service refuses loses itself alone."""
    server.state.refused_lines = {("A.md", 7), ("A.md", 12)}

    outcome = push(wanted(*range(1, 21)))

    assert (18, 2, None) == (outcome.offered, outcome.left_out, outcome.problem)
    assert {("A.md", line) for line in range(1, 21)} - {("A.md", 7), ("A.md", 12)} == set(standing(server))
    summaries = [one["body"] for one in server.state.reviews if "review -->" in one["body"]]
    assert 1 == len(summaries)
    assert summaries[0].startswith("vaultlint: 18 suggestions to commit here.")


def test_all_lines_bad(server: RestServer, push: Offer) -> None:
    """A service that refuses every line is not asked for ever."""
    server.state.refused_lines = {("A.md", line) for line in range(1, 31)}

    outcome = push(wanted(*range(1, 21)))

    assert (0, 20, None) == (outcome.offered, outcome.left_out, outcome.problem)
    assert module.MOST_REVIEWS == server.state.calls.count(REVIEWS)


def test_head_moved(server: RestServer, push: Offer) -> None:
    """Where the branch has moved on, nothing is offered, and that is said."""
    old = server.head_sha
    server.repository.put("topic", {"A.md": "else\n"})
    pull = PullRequest(7, old, "", "topic", "main", server.name, server.name)

    outcome = offer(Api(server.url, server.state.token, Clock()), pull, wanted(3))

    assert ReviewOutcome(problem="the branch has newer commits: their job makes the suggestions") == outcome
    assert [] == changing(server)


def test_read_only(server: RestServer, push: Offer) -> None:
    """A token that may not write is a problem that names the permission."""
    server.state.permissions.clear()

    outcome = push(wanted(3))

    expected = "the token may not do this: the workflow needs 'permissions: pull-requests: write'"
    assert f"{expected} (Resource not accessible by integration)" == outcome.problem


@pytest.mark.parametrize("cut", [False, True])
def test_carried_out_all_the_same(server: RestServer, push: Offer, cut: bool) -> None:
    """A review that was made though the answer failed is not made again."""
    server.fail("POST .*/reviews", status=None if cut else 502, cut=cut, after=True)

    assert ReviewOutcome(offered=2) == push(wanted(3, 5))

    assert 1 == len(server.state.reviews)
    assert [("A.md", 3), ("A.md", 5)] == standing(server)


@pytest.mark.parametrize("cut", [False, True])
def test_not_carried_out(server: RestServer, push: Offer, cut: bool) -> None:
    """A review that was not made, for the service was down for a moment, is made after a look."""
    server.fail("POST .*/reviews", status=200 if cut else 503, cut=cut)

    assert ReviewOutcome(offered=2) == push(wanted(3, 5))

    assert 1 == len(server.state.reviews)


def test_service_down(server: RestServer, push: Offer) -> None:
    """A service that stays down is a problem, never an exception."""
    server.fail("POST .*/reviews", status=500, times=99)

    outcome = push(wanted(3))

    assert "the service has an error of its own (no luck)" == outcome.problem
    assert 2 == server.state.calls.count(REVIEWS)


def test_two_vaults(server: RestServer, push: Offer) -> None:
    """The jobs of two vaults of one repository leave each other's comments and summaries alone."""
    push(wanted(3), scope="one/")

    assert ReviewOutcome(offered=1) == push(wanted(5), scope="two/")
    assert ReviewOutcome(withdrawn=1) == push([], scope="one/")
    assert [("A.md", 5)] == standing(server)


def test_many_comments(server: RestServer, push: Offer) -> None:
    """Own comments are found behind pages of others'."""
    for number in range(250):
        server.add_comment(Comment("A.md", str(number), 1), server.head_sha, 1, user("octocat", 1))
    push(wanted(3))

    assert ReviewOutcome(already=1) == push(wanted(3))


def test_own_account(server: RestServer, push: Offer) -> None:
    """With the token of a person or of another app, its own comments are known as well."""
    server.state.viewer = user("a-person", 99)
    push(wanted(3))

    assert ReviewOutcome(already=1) == push(wanted(3))
