"""Names of contents."""

from __future__ import annotations


def digest_of(data: bytes, algorithm: str) -> bytes:
    """The name that git gives these bytes, by the algorithm of the repository: `sha1` or `sha256`."""
    import hashlib  # only runs with fixes, with a cache, or that compare with a base, need it

    made = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.digest()
