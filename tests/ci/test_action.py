"""The Action as a whole: real repositories, real bash, the checkout installed from its lock."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rest_git import Repository
from rest_server import RestServer
from runner import Outcome

pytestmark = pytest.mark.xdist_group("action")

Check = Callable[..., Any]
BROKEN = {"Old.md": "[[Nowhere]]\n"}
SAFE = "---\ntag: soup\n---\n"
"""A note with a fault whose fix is safe."""
BOTH = "a\n\nb\n\nc\n\nd\n"
"""A note with room for a change at its start and another at its end."""


def placed(outcome: Outcome) -> list[tuple[str, str, str]]:
    """The annotations that the service shows beside lines: level, file and line."""
    shown = [one for one in outcome.shown("error", "warning", "notice") if "file" in one.properties]
    return [(one.name, one.properties["file"], one.properties["line"]) for one in shown]


def test_only_new(pull: Check) -> None:
    """A pull request is told what it breaks, and not what was broken before."""
    job = pull(BROKEN, {"New.md": "Read\n[[Nobody]]\n"})

    outcome = job.run()

    assert [("warning", "New.md", "2")] == placed(outcome)
    assert ("1", "0", "1", "1") == tuple(outcome.outputs[name] for name in ("new", "errors", "warnings", "known"))
    assert {"vaultlint": 1} == {name: status for name, status in outcome.statuses.items() if name != "install"}
    assert "1 new finding (1 warning) in 1 of 2 notes, 1 known before (compared with branch 'main')" in outcome.said(
        "notice"
    )
    assert [] == [one for one in outcome.commands if one.name not in ("notice", "warning", "group", "endgroup")]
    report = json.loads(Path(outcome.outputs["report"]).read_bytes())
    assert ["New.md"] == [one["path"] for one in report["diagnostics"]]


def test_nothing_new(pull: Check) -> None:
    """A pull request that breaks nothing is content, whatever was broken before."""
    outcome = pull(BROKEN, {"New.md": "Read [[Old]]\n"}).run()

    assert (False, [], "0") == (outcome.failed, placed(outcome), outcome.outputs["new"])
    assert "No new findings" in outcome.summary


@pytest.mark.parametrize(("least", "failed"), [("error", False), ("warning", True), ("never", False)])
def test_fail_on(least: str, failed: bool, pull: Check) -> None:
    """The least severity that fails the job is an input; `warning` without it."""
    assert failed == pull({}, {"New.md": "[[Nobody]]\n"}).run(inputs={"fail-on": least}).failed


def test_rename(pull: Check) -> None:
    """A note that is renamed, and linked from 50 others, is one annotation: at the note, with those that it hits."""
    linking = {f"N{n:02}.md": "Some words\n\nSee [[Hub]].\n" for n in range(50)}
    hub = "# Hub\n\nMany words of the hub, so that it is known again.\n"
    job = pull({"Hub.md": hub, **linking}, {"Hub.md": None, "Centre.md": hub})

    outcome = job.run()

    assert [("warning", "Centre.md", "1")] == placed(outcome)
    assert "broke 50 links in 50 notes" in outcome.shown("warning")[0].data
    assert ("/N00.md?plain=1#L3" in outcome.summary, "/N10.md" in outcome.summary) == (True, False)
    assert "and 40 more places" in outcome.summary


def test_five_thousand(pull: Check) -> None:
    """Of 5,000 new findings ten are shown beside their lines; the totals are said, and the log has them all."""
    notes = {f"N{n:03}.md": "".join(f"[[Nobody {n} {line}]]\n\n" for line in range(20)) for n in range(250)}

    outcome = pull(BROKEN, notes).run()

    assert ("5000", 10) == (outcome.outputs["new"], len(placed(outcome)))
    assert all("and 19 more of unresolved-link in this note" in one.data for one in outcome.shown("warning"))
    assert "5,000 new findings (5,000 warnings) in 250 of 251 notes" in outcome.said("notice")
    assert 5000 == sum(" warning unresolved-link " in line for line in outcome.log)
    assert len(outcome.summary.encode()) <= 1024 * 1024


@pytest.mark.parametrize("depth", [2, 0])
def test_depth_that_suffices(depth: int, pull: Check) -> None:
    """Two commits are enough for what the service merges."""
    assert "1" == pull(BROKEN, {"New.md": "[[Nobody]]"}, depth=depth).run().outputs["new"]


def test_too_shallow(pull: Check) -> None:
    """A clone without the base says which depth it needs, and tells no old finding as a new one."""
    outcome = pull(BROKEN, {"New.md": "[[Nobody]]"}, depth=1).run()

    assert (2, [], "") == (outcome.statuses["vaultlint"], placed(outcome), outcome.outputs["new"])
    assert "`fetch-depth: 2`" in outcome.said("error")


def test_broken_event(pull: Check) -> None:
    """A hostile event is a warning: what the service merged can be compared all the same."""
    outcome = pull(BROKEN, {"New.md": "[[Nobody]]"}).run(said='{"pull_request": {"number": "::error::x"')

    assert "1" == outcome.outputs["new"]
    assert "the event file is not what the service documents" in outcome.said("warning")
    assert "" == outcome.said("error")


@pytest.mark.parametrize("before", ["0" * 40, "f" * 40])
def test_first_push(before: str, pull: Check) -> None:
    """The first push of a branch, and one that rewrites it, tell what the branch broke."""
    job = pull(BROKEN, {"New.md": "[[Nobody]]"}, ref="refs/heads/topic")
    job.before = before

    outcome = job.run("push")

    assert [("warning", "New.md", "1")] == placed(outcome)


def test_push(pull: Check) -> None:
    """A push is told what it broke itself."""
    job = pull(BROKEN, {"New.md": "[[Nobody]]"}, ref="refs/heads/topic")
    job.before = job.git.id("HEAD")
    job.git.ask("checkout", "-q", "-b", "topic")
    job.git.put("topic", {"Newer.md": "[[Nobody]]"})

    assert [("warning", "Newer.md", "1")] == placed(job.run("push"))


def test_deleted_base(pull: Check) -> None:
    """A base whose branch and commit are gone is no obstacle to what the service merged."""
    job = pull(BROKEN, {"New.md": "[[Nobody]]"}, depth=2)
    job.base = "f" * 40

    assert "1" == job.run().outputs["new"]


@pytest.mark.parametrize("event", ["schedule", "workflow_dispatch"])
def test_no_pull_request(event: str, pull: Check) -> None:
    """Where nothing is compared, every finding is told."""
    outcome = pull(BROKEN, {"New.md": "[[Nobody]]"}, depth=1).run(event)

    assert ("2", "0") == (outcome.outputs["new"], outcome.outputs["known"])
    assert f"'{event}' compares nothing" in outcome.said("notice")


def test_no_git(pull: Check, tmp_path: Path) -> None:
    """Files that were not checked out with git are told all, and named from the workspace; or not at all."""
    job = pull({"v/.obsidian/a": "", "v/Old.md": "[[Nowhere]]"}, {})
    shutil.rmtree(job.folder / ".git")
    sha = {"GITHUB_SHA": "a" * 40}

    outcome = job.runner.run("schedule", {}, {"path": "v"}, **sha)

    assert [("warning", "v/Old.md", "1")] == placed(outcome)
    outcome = job.runner.run("pull_request", job.event("pull_request"), {"path": "v"}, **sha)
    assert (2, []) == (outcome.statuses["vaultlint"], placed(outcome))
    assert "the vault is in no git repository" in outcome.said("error")


def test_vault_below(pull: Check) -> None:
    """A vault in a folder is found there; its notes are named from the top of the repository."""
    notes = {"my vault 🍲/.obsidian/app.json": "{}", "my vault 🍲/Old.md": "[[Nowhere]]", "README.md": "[[No vault]]"}
    job = pull(notes, {"my vault 🍲/a folder/A – note.md": "\n[[Nobody]]"})

    outcome = job.run(inputs={"path": "my vault 🍲"})

    assert [("warning", "my vault 🍲/a folder/A – note.md", "2")] == placed(outcome)
    address = (
        "/owner/vault/blob/" + job.origin.id("topic") + "/my%20vault%20%F0%9F%8D%B2/a%20folder/A%20%E2%80%93%20note.md"
    )
    assert f"https://github.com{address}?plain=1#L2" in outcome.summary


def test_several_checkouts(pull: Check, tmp_path: Path) -> None:
    """A repository may be checked out below the workspace, beside others."""
    job = pull(BROKEN, {"New.md": "[[Nobody]]"}, name="space/my vault")
    job.runner.workspace = tmp_path / "space"
    (tmp_path / "space" / "other").mkdir()

    outcome = job.run(inputs={"path": "my vault"})

    assert [("warning", "New.md", "1")] == placed(outcome)


def test_names(pull: Check) -> None:
    """Names with spaces, emoji, line breaks and what commands are made of are told as they are."""
    names = ["a b.md", "🍲.md", "a,line=9.md", "%0A::error::x.md", "a::b.md", "a\nb.md"]
    outcome = pull({}, dict.fromkeys(names, "[[Nobody]]")).run(inputs={"autofix": "patch", "sarif": "a report.sarif"})

    # two of them have signs that break links and names on other systems, too
    assert sorted([*names, "a::b.md", "%0A::error::x.md"]) == sorted(file for _, file, _ in placed(outcome))
    assert "8" == outcome.outputs["new"]


def test_malicious_note(pull: Check) -> None:
    """What a note says is never a command of the log, nor markup of the page."""
    words = [
        "::set-output name=new::0",
        "::add-mask::warning",
        "x%0A::error::y",
        "##[add-mask]warning",
        "::stop-commands::x",
    ]
    words += ["<img src=x onerror=alert(1)>", "**bold** @everyone #1 https://evil.example", "</details><h1>x"]
    notes = {
        f"N{n}.md": f"---\ntags: '{word}'\n---\n[[{word}]]\n[[A#{word}]]\n![[{word}.png]]\n"
        for n, word in enumerate(words)
    }

    outcome = pull({"A.md": ""}, notes).run()

    beside_lines = [one for one in outcome.commands if "file" in one.properties]
    assert {"error", "warning", "notice"} == {one.name for one in beside_lines}
    assert ["group", "endgroup", "notice"] == [one.name for one in outcome.commands if one not in beside_lines]
    assert int(outcome.outputs["new"]) >= 16
    assert [] == [
        bad
        for bad in ("<img", "<h1", "**bold", "@everyone", "](https://evil", "<https://evil")
        if bad in outcome.summary
    ]


def test_strangers_code(pull: Check) -> None:
    """A config that names Python code is refused, and never runs; nor does what lies in the work tree."""
    code = "open('/tmp/never', 'w')\nfrom pathlib import Path\nPath(__file__).with_name('ran').write_text('x')\n"
    bait = {f"{name}.py": code for name in ("sitecustomize", "yaml", "msgspec", "vaultlint", "vaultlint_rules")}
    job = pull(BROKEN, {"vaultlint.toml": 'local-rules = ["rules.py"]\n', "rules.py": code, **bait})

    outcome = job.run()

    assert (2, "") == (outcome.statuses["vaultlint"], outcome.outputs["new"])
    assert "this vault wants to run its own Python code (rules.py)" in outcome.said("error")
    assert not (job.folder / "ran").exists()


def test_strangers_code_allowed(pull: Check) -> None:
    """Nobody can allow a fork's pull request to bring code that runs; nor `pull_request_target` any."""
    job = pull(BROKEN, {"vaultlint.toml": 'local-rules = ["rules.py"]\n', "rules.py": "open('ran', 'w')"})
    for event, fork in (("pull_request", True), ("pull_request_target", False)):
        job.fork = fork

        outcome = job.run(event, {"args": "--allow-local-rules"})

        assert 2 == outcome.statuses["vaultlint"]
        assert "--allow-local-rules is refused here" in outcome.said("error")
    assert not (job.folder / "ran").exists()


def test_pull_request_target(pull: Check) -> None:
    """`pull_request_target` is warned of."""
    assert "let this job run on 'pull_request'" in pull(BROKEN, {"New.md": "x"}).run("pull_request_target").said(
        "warning"
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("--fix", "--fix can't be given here"),
        ("--fail-on error", "there is an input `fail-on`"),
        ("some note.md", "'some' is no option"),
        ("--version", "is not understood"),
        ("'--no-such=##[warning]x'", "is not understood"),
        ("'", "No closing quotation"),
        ("--output full=x", "for people"),
    ],
)
def test_args(args: str, said: str, pull: Check) -> None:
    """Options that mean nothing in a job are refused by name."""
    outcome = pull({}, {"New.md": ""}).run(inputs={"args": args})

    assert 2 == outcome.statuses["vaultlint"]
    assert said in outcome.said("error")
    assert ["error"] == [one.name for one in outcome.commands]  # whatever is said of the words besides


def test_args_and_reports(pull: Check) -> None:
    """Further options of `check` are heeded, and each report lies where it was asked for."""
    job = pull({}, {"New.md": "[[Nobody]]", "sub/.keep": ""})
    inputs = {"args": "--ignore unresolved-link --output 'junit=sub/j u.xml'", "sarif": "found.sarif"}

    outcome = job.run(inputs=inputs)

    assert (False, "0") == (outcome.failed, outcome.outputs["new"])
    assert str(job.folder / "found.sarif") == outcome.outputs["sarif"]
    assert "2.1.0" == json.loads((job.folder / "found.sarif").read_bytes())["version"]
    assert (job.folder / "sub" / "j u.xml").read_bytes().startswith(b"<?xml")


def test_report_through_a_link(pull: Check, tmp_path: Path) -> None:
    """A link that a pull request brings does not lead a report to another file."""
    prey = tmp_path / "prey"
    prey.write_text("mine")
    job = pull({}, {"New.md": ""})
    (job.folder / "found.sarif").symlink_to(prey)

    outcome = job.run(inputs={"sarif": "found.sarif"})

    assert (2, "mine") == (outcome.statuses["vaultlint"], prey.read_text())
    assert "leads elsewhere" in outcome.said("error")


@pytest.mark.parametrize("inputs", [{"path": "vault"}, {"config": "vault/a.toml"}, {"args": "--vault vault"}])
def test_vault_through_a_link(inputs: dict[str, str], pull: Check, tmp_path: Path) -> None:
    """Where the vault was, a pull request may put a link to other notes of the machine: these are not read."""
    other = Repository.new(tmp_path / "other")
    other.put("main", {"Diary.md": "[[A secret]]", "a.toml": "secret = 1", ".obsidian/app.json": "{}"})
    job = pull({"vault/Old.md": "", "vault/.obsidian/app.json": "{}"}, {"vault/Old.md": None})
    shutil.rmtree(job.folder / "vault")
    (job.folder / "vault").symlink_to(other.folder)

    outcome = job.run(inputs=inputs)

    assert (2, []) == (outcome.statuses["vaultlint"], placed(outcome))
    assert "leads elsewhere" in outcome.said("error")
    assert "secret" not in "\n".join(outcome.log)


def test_patch(pull: Check) -> None:
    """A patch holds the safe fixes of what is new, applies at the top of the repository, and is kept."""
    job = pull({"v/.obsidian/a": "", "v/Old.md": SAFE}, {"v/New note.md": SAFE})

    outcome = job.run(inputs={"path": "v", "autofix": "patch", "fail-on": "info"})

    assert "" == job.git.ask("status", "--porcelain").decode()
    job.git.ask("apply", outcome.outputs["patch"])
    assert ' M "v/New note.md"' == job.git.ask("status", "--porcelain").decode().rstrip()
    (used,) = outcome.used
    assert (outcome.outputs["patch"], True) == (used.inputs["path"], used.inputs["name"].startswith("vaultlint-patch-"))
    assert 40 == len(used.uses.partition("@")[2])


def test_no_patch(pull: Check) -> None:
    """Where there is nothing to mend, nothing is kept."""
    outcome = pull({"Old.md": SAFE}, {"New.md": "[[Nobody]]"}).run(inputs={"autofix": "patch"})

    assert ([], "") == (outcome.used, outcome.outputs["patch"])


@pytest.fixture
def service(origin: Repository) -> Iterator[RestServer]:
    """The service's API for the pull request."""
    with RestServer(origin) as server:
        yield server


def test_commit(pull: Check, service: RestServer) -> None:
    """A commit on the branch mends what is new there, and leaves alone what the other branch brought."""
    job = pull(
        {"Old.md": SAFE, "Both.md": BOTH}, {"New.md": SAFE, "Both.md": SAFE + BOTH}, later={"Both.md": f"{BOTH}e"}
    )
    head = job.origin.id("topic")

    outcome = job.run(inputs={"autofix": "commit"}, GITHUB_API_URL=service.url)

    assert head == job.origin.id("topic~1")
    assert b"New.md\n" == job.origin.ask("diff", "--name-only", "topic~1", "topic")
    assert "Mend what vaultlint found in 1 note" in outcome.said("notice")
    assert "not committed, for the branch has them otherwise: 'Both.md'" in outcome.said("notice")
    assert [] == service.state.comments  # what is mended need not be suggested


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 elsewhere")
def test_names_of_other_bytes(pull: Check, service: RestServer) -> None:
    """A patch mends also a note whose name is no UTF-8; a commit leaves it alone, and makes no other in its place."""
    job = pull({}, {"New.md": SAFE, "caf\udce9.md": SAFE})

    patch = job.run(inputs={"autofix": "patch"}).outputs["patch"]
    outcome = job.run(inputs={"autofix": "commit"}, GITHUB_API_URL=service.url)

    job.git.ask("apply", patch)
    assert b" M New.md\0 M caf\xe9.md\0" == job.git.ask("status", "--porcelain", "-z")
    assert b"New.md\n" == job.origin.ask("diff", "--name-only", "topic~1", "topic")
    assert "their names are no UTF-8: 'caf\\xe9.md'" in outcome.said("notice")


def test_suggestions(pull: Check, service: RestServer) -> None:
    """Safe fixes are offered in a review, once, however often the job runs; not in notes that the merge changed."""
    job = pull({"Both.md": BOTH}, {"New.md": SAFE, "Both.md": SAFE + BOTH}, later={"Both.md": f"{BOTH}e"})

    job.run(GITHUB_API_URL=service.url)
    job.run(GITHUB_API_URL=service.url)

    assert ["New.md"] == [one["path"] for one in service.state.comments]


def test_switch(pull: Check) -> None:
    """What is neither true nor false is a mistake, and no reason to keep suggestions back."""
    outcome = pull(BROKEN, {"New.md": SAFE}).run(inputs={"suggestions": "yes"})

    assert (2, "the input `suggestions` is true or false") == (outcome.statuses["vaultlint"], outcome.said("error"))


@pytest.mark.parametrize(
    ("autofix", "said"),
    [
        ("off", "no suggestions: a fork's pull request may not write them"),
        ("commit", "nothing was committed: the branch is in another repository"),
    ],
)
def test_fork(autofix: str, said: str, pull: Check, service: RestServer) -> None:
    """A fork's pull request gets all but what a token that may only read can't do, and fails for want of nothing."""
    job = pull(BROKEN, {"New.md": f"{SAFE}[[Nobody]]"})
    job.fork = True

    outcome = job.run(inputs={"autofix": autofix, "fail-on": "error"}, GITHUB_API_URL=service.url)

    assert ([], False) == (service.state.calls, outcome.failed)
    assert ("warning", "New.md", "4") in placed(outcome)
    assert said in outcome.said("notice")


@pytest.mark.parametrize(("status", "autofix"), [(401, "commit"), (403, "off"), (403, "commit"), (500, "off")])
def test_service_refuses(status: int, autofix: str, pull: Check, service: RestServer) -> None:
    """What the service refuses is a notice: the job is about the notes."""
    # Longer than a job waits: how it asks again is in the tests of the calls.
    service.fail(".*", status=status, times=100, headers={"retry-after": "100"} if status >= 500 else {})

    inputs = {"autofix": autofix, "fail-on": "error"}
    outcome = pull(BROKEN, {"New.md": SAFE}).run(inputs=inputs, GITHUB_API_URL=service.url)

    assert not outcome.failed
    assert {"off": "not all suggestions", "commit": "nothing was committed"}[autofix] in outcome.said("notice")


@pytest.mark.parametrize("autofix", ["off", "commit"])
def test_service_in_the_clear(autofix: str, pull: Check) -> None:
    """A token goes nowhere unencrypted; what needs none of it is told all the same."""
    inputs = {"autofix": autofix, "suggestions": "true"}
    outcome = pull(BROKEN, {"New.md": SAFE}).run(inputs=inputs, GITHUB_API_URL="http://api.example")

    assert [("warning", "New.md", "2")] == placed(outcome)
    assert "the address of the API ('api.example') must be 'https://'" in outcome.said("notice")
