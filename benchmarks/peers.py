"""The linters that vaultlint is held against, each in an environment of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

RUMDL = "rumdl==0.3.0"
MDSMITH = "mdsmith==0.57.0"
MARKDOWNLINT = "markdownlint-cli2@0.22.1"
"""The last that runs on Node.js 20."""


def install_rumdl(folder: Path) -> Path:
    """Effect: installs rumdl from PyPI, unless it is there. The program."""
    return _from_pypi(RUMDL, folder)


def install_mdsmith(folder: Path) -> Path:
    """Effect: installs mdsmith from PyPI, unless it is there. The program itself, not the Python that starts it."""
    python = str(_from_pypi(MDSMITH, folder).with_name("python"))
    words = [python, "-c", "from mdsmith.__main__ import binary_path; print(binary_path())"]
    return Path(subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip())


def install_markdownlint(folder: Path) -> list[str]:
    """Effect: installs markdownlint-cli2 from npm, unless it is there. The words that start it."""
    home = folder / MARKDOWNLINT.replace("@", "-")
    script = home / "node_modules" / "markdownlint-cli2" / "markdownlint-cli2-bin.mjs"
    if not script.exists():
        npm = shutil.which("npm") or "npm"
        home.mkdir(parents=True, exist_ok=True)
        words = [npm, "install", "--silent", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home)]
        subprocess.run([*words, MARKDOWNLINT], check=True)
    return [shutil.which("node") or "node", str(script)]


def rules_of_rumdl(rumdl: Path) -> list[str]:
    """The names of all its rules."""
    listed = subprocess.run([str(rumdl), "rule"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^ *(MD\d+) - ", listed, re.MULTILINE)


def _from_pypi(package: str, folder: Path) -> Path:
    name = package.partition("==")[0]
    home = folder / package.replace("==", "-")
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    program = programs / (f"{name}.exe" if os.name == "nt" else name)
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", package], check=True)
    return program
