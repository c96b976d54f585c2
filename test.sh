#!/usr/bin/env bash
# All that must hold before a change is good, on a clean clone of a new machine: ./test.sh [PART...]
# Installs what tests need (as root of a Debian machine; elsewhere it names what is missing) and takes less than half an hour on two processors.
#
# Parts: tools restore build test, phones beside format and publish, sdk ways scenarios beside packages and smoke, ui torture. A part whose folder does not exist
# yet is skipped, and says so. Parts that are named run one after the other; "phones : format" runs them side by side.
# One more, asked for by name since it takes a quarter of an hour: orders, the .NET tests in two more orders (each day has its own anyway).
# Results lie in artifacts/ci. The last line is "N passed, N failed"; the exit code is 0 only if nothing failed.
set -uo pipefail
cd "$(dirname "$0")"
source .ci/parts.sh
source .ci/checks.sh

# No compiler or build server outlives the run, or the next job inherits it.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NO_COLOR=1
# What tools leave behind goes with the run: dotnet test two empty folders each time, a killed process its diagnostic sockets. Open to all, as /tmp is: apt asks as
# another user.
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/twilioemu-XXXXXX")
export TMPDIR
chmod 1777 "$TMPDIR"
trap 'stop_part; rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM

# Two parts with a colon between are lanes that run side by side.
plan=("$@")
if [ ${#plan[@]} -eq 0 ]; then
  plan=(tools restore build test "phones : format publish" "sdk ways scenarios : packages smoke" ui torture)
fi
parts=($(tr -d : <<<"${plan[*]}"))
for part in "${parts[@]}"; do
  declare -F "check_$part" >/dev/null || { echo "test.sh: no part is called $part" >&2; exit 2; }
done

rm -rf "$results"
mkdir -p "$results"
for step in "${plan[@]}"; do
  case $step in
    *:*) run_lanes "${step%%:*}" "${step#*:}" ;;
    *) run_part "$step" ;;
  esac
  [ -z "$is_over" ] || break
done
tell_and_leave
