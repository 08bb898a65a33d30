from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import Struct
from rest_git import Repository
from rest_server import RestServer

from vaultlint.ci.rest import Api

PULL = "/repos/owner/vault/pulls/7"


class File(Struct):
    filename: str


class Pull(Struct):
    number: int


class Clock:
    """Time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.waits: list[float] = []

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository.new(tmp_path_factory.mktemp("repository"))
    made.put("topic", {f"{number}.md": "a\n" for number in range(120)})
    return made


@pytest.fixture
def server(repository: Repository) -> Iterator[RestServer]:
    with RestServer(repository) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(server: RestServer, clock: Clock) -> Api:
    return Api(server.url, server.state.token, clock)


def test_get(api: Api) -> None:
    """A call sends the headers that the service documents, and reads what it asked for."""
    assert Pull(7) == api.get(PULL, Pull)
