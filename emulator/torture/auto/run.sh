#!/bin/sh
# Runs the ordinary suites against an emulator of their own. run.sh CLOCK REPEATS; TWILIOEMU names the program.
set -u
cd "$(dirname "$0")" || exit 2
clock=${1:-auto} repeats=${2:-10}
program=${TWILIOEMU:-../../../artifacts/bin/TwilioEmu/debug/twilioemu}
status=0
for suite in suite.mjs suite.py; do
  ready=$(mktemp)
  "$program" serve --port 0 --https-port off --clock "$clock" --seed 1 > "$ready" &
  pid=$!
  i=0
  while ! grep -q 'http://' "$ready" && [ $i -lt 200 ]; do sleep 0.1; i=$((i + 1)); done
  url=$(grep -o 'http://127.0.0.1:[0-9]*' "$ready" | head -n 1)
  case $suite in
    *.mjs) timeout 1800 node "$suite" "$url" "$repeats" || status=1 ;;
    *.py) timeout 1800 python3 "$suite" "$url" "$repeats" || status=1 ;;
  esac
  kill "$pid"
  wait "$pid" 2> /dev/null
  rm -f "$ready"
done
exit $status
