#!/usr/bin/env bash
# Runs the job. Reads the inputs of the Action as VAULTLINT_ variables: whoever wrote them, no shell reads them.
set -euo pipefail
# On Windows, bash would rewrite words that look like paths before the program sees them.
export MSYS_NO_PATHCONV=1 MSYS2_ARG_CONV_EXCL='*'

case $VAULTLINT_SUGGESTIONS in
  true | True | TRUE) suggestions=--suggestions ;;
  false | False | FALSE) suggestions=--no-suggestions ;;
  *)
    echo '::error::the input `suggestions` is true or false'
    exit 2
    ;;
esac
words=(
  "--path=$VAULTLINT_PATH"
  "--fail-on=$VAULTLINT_FAIL_ON"
  "$suggestions"
  "--autofix=$VAULTLINT_AUTOFIX"
  "--args=$VAULTLINT_ARGS"
)
if [ -n "$VAULTLINT_CONFIG" ]; then
  words+=("--config=$VAULTLINT_CONFIG")
fi
if [ -n "$VAULTLINT_SARIF" ]; then
  words+=("--sarif=$VAULTLINT_SARIF")
fi

exec "$VAULTLINT_COMMAND" ci github "${words[@]}"
