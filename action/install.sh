#!/usr/bin/env bash
# Installs the checkout that this file lies in, into a folder that the runner clears, and says where its command is.
# Reads RUNNER_TEMP, GITHUB_ACTION_PATH and GITHUB_OUTPUT.
set -euo pipefail

# The work tree is a stranger's: Python must not find modules in the current folder, nor be told to by variables.
cd "$RUNNER_TEMP"

python=
for name in python3 python; do
  # On Windows `python3` may be a stub that only opens the Store.
  if command -v "$name" >/dev/null && "$name" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  echo '::error::vaultlint needs Python 3.11 or later: put a step "uses: actions/setup-python" with a "python-version" before this one'
  exit 2
fi

folder=$(mktemp -d "$RUNNER_TEMP/vaultlint-install-XXXXXX")
if ! "$python" -I -m venv "$folder"; then
  echo '::error::this Python can not make virtual environments (on Debian: apt-get install python3-venv), or put a step "uses: actions/setup-python" before this one'
  exit 2
fi
bin=$folder/bin
if [ -d "$folder/Scripts" ]; then # Windows
  bin=$folder/Scripts
fi

pip=("$bin/python" -I -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-compile)
# Every file by its hash, and none that would have to be built: building would fetch what is in no lock.
"${pip[@]}" --require-hashes --only-binary :all: --requirement "$GITHUB_ACTION_PATH/action/requirements.txt"
"${pip[@]}" --no-build-isolation --no-index "$GITHUB_ACTION_PATH"

printf 'command=%s\n' "$bin/vaultlint" >>"$GITHUB_OUTPUT"
