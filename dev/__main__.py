"""`python3 -m dev lint` checks `seeds/`; `python3 -m dev test` runs the tests.

Each makes its own `.venv` beside this folder on first use and again when `pyproject.toml` changes. Whatever
stands behind the word goes to the tool: `python3 -m dev test -k aliases`.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "vaultlint-installed"


def main(arguments):
    """Do what the first word says; the exit status of the tool that did it."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this line is for those who have an older one
        print("vaultlint needs Python 3.11 or newer; this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    commands = {
        "lint": lint,
        "test": test,
        "types": types,
        "style": style,
        "contracts": contracts,
        "fuzz": fuzz,
        "docs": docs,
    }
    if not arguments or arguments[0] not in commands:
        print("usage: python3 -m dev {" + ",".join(commands) + "} [ARGUMENTS]", file=sys.stderr)
        return 2
    os.chdir(PROJECT)
    prepare()
    return commands[arguments[0]](arguments[1:])


def prepare():
    """Make `.venv` with the project and its tools in it, unless it is there and current."""
    wanted = hashlib.sha256((PROJECT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return
    import tomllib

    print("preparing .venv (once)", file=sys.stderr, flush=True)
    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--editable", ".", *groups["dev"]], check=True)
    STAMP.write_text(wanted, encoding="utf-8")


def run(*command):
    """Run a tool of `.venv` by module name; its exit status."""
    return subprocess.run([str(PYTHON), "-m", *command]).returncode


def lint(arguments):
    """Check the small vault in `seeds/`, or the paths given."""
    named = any(not argument.startswith("-") for argument in arguments)
    return run("vaultlint", "check", *arguments, *([] if named else ["seeds"]))


def test(arguments):
    """Run the tests: all of them side by side, a core each, or as the arguments say."""
    # What needs something dear, such as an environment of its own, says so by a group: it is made once for all of it.
    side_by_side = ["-n", str(os.cpu_count() or 1), "--dist", "loadgroup"]
    return run("pytest", *(arguments or side_by_side))


def types(arguments):
    """Check the types, strictly."""
    return run("mypy", "--strict", "vaultlint", "rules", *arguments)


def style(arguments):
    """Check style and layout of the code."""
    return run("ruff", "check", *arguments) or run("ruff", "format", "--check")


def contracts(arguments):
    """Check that no floor imports a higher one."""
    return subprocess.run([str(BIN / "lint-imports"), "--no-cache", *arguments]).returncode


def fuzz(arguments):
    """Mutate real notes and hold every rule to the laws of `vaultlint.testing.laws`."""
    return subprocess.run([str(PYTHON), str(PROJECT / "benchmarks" / "fuzz.py"), *arguments]).returncode


def docs(arguments):
    """Make what is made of the rules: the reference in `docs/rules`, and the JSON Schema of the config."""
    schema = subprocess.run(
        [str(PYTHON), "-m", "vaultlint", "config", "--json-schema"], stdout=subprocess.PIPE, check=True
    )
    (PROJECT / "vaultlint" / "vaultlint.schema.json").write_bytes(schema.stdout)
    return run("dev.reference", *arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        print("this step failed: " + " ".join(map(str, error.cmd)), file=sys.stderr)
        sys.exit(error.returncode or 1)
    except KeyboardInterrupt:
        sys.exit(130)
