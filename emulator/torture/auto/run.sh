#!/bin/sh
# Runs the ordinary suites (Node, Python, C#), each against an emulator of its own. run.sh CLOCK REPEATS [SUITE...]; TWILIOEMU names the program.
set -u
cd "$(dirname "$0")" || exit 2
clock=${1:-auto} repeats=${2:-10}
[ $# -gt 2 ] && shift 2 && suites=$* || suites="suite.mjs suite.py suite.cs"
program=${TWILIOEMU:-../../../artifacts/bin/TwilioEmu/debug/twilioemu}
status=0
work=$(mktemp -d) pid=
# However it ends: neither an emulator nor a folder stays.
trap '[ -z "$pid" ] || kill "$pid" 2> /dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
for suite in $suites; do
  # Built elsewhere: a program in one file would take this repository's own rules for builds.
  case $suite in *.cs) cp "$suite" "$work" && (cd "$work" && dotnet build "$suite" -o "$work/suite" > "$work/log" 2>&1) || { cat "$work/log"; status=1; continue; } ;; esac
  ready=$work/ready
  : > "$ready"
  case $program in
    *.dll) dotnet "$program" serve --port 0 --https-port off --sip-port off --clock "$clock" --seed 1 > "$ready" & ;;
    *) "$program" serve --port 0 --https-port off --sip-port off --clock "$clock" --seed 1 > "$ready" & ;;
  esac
  pid=$!
  i=0
  while ! grep -q 'http://' "$ready" && [ $i -lt 200 ]; do sleep 0.1; i=$((i + 1)); done
  url=$(grep -o 'http://127.0.0.1:[0-9]*' "$ready" | head -n 1)
  case $suite in
    *.mjs) timeout 1800 node "$suite" "$url" "$repeats" || status=1 ;;
    *.py) timeout 1800 python3 "$suite" "$url" "$repeats" || status=1 ;;
    *.cs) timeout 1800 dotnet "$work/suite/suite.dll" "$url" "$repeats" || status=1 ;;
  esac
  printf '%s stood, in seconds of the wall: ' "$suite"
  curl --noproxy '*' -s "$url/_emu/v1/clock" | grep -o '"graces":.*[0-9]'
  kill "$pid"
  wait "$pid" 2> /dev/null
  pid=
done
exit $status
