#!/usr/bin/env bash
# smoke.sh PROGRAM: starts the published program, sends a message with curl, reads it back delivered, stops the program.
set -euo pipefail
program=$(realpath "$1")
sid=AC00000000000000000000000000000001
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

fail() {
  echo "smoke: $*" >&2
  cat "$work/out" "$work/err" >&2
  exit 1
}

# Asks again until a command succeeds.
within() { # seconds command...
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] && kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.05
  done
}

cat >"$work/twilioemu.yaml" <<'YAML'
numbers:
  - { number: "+14155550100", type: long-code }
YAML
cd "$work"
begun=$(date +%s%N)
"$program" serve --port 0 --config twilioemu.yaml >out 2>err &
pid=$!

has_url() { url=$(grep -oE 'http://[0-9.]+:[0-9]+' out | head -1) && [ -n "$url" ]; }
within 20 has_url || fail "it never said where it listens"
within 20 "$program" health --port "${url##*:}" || fail "it never became ready"
echo "smoke: ready after $((($(date +%s%N) - begun) / 1000000)) ms at $url"

api=$url/2010-04-01/Accounts/$sid/Messages
message=$(curl -sS -f -u $sid:${sid#AC} "$api.json" -d To=+14155550199 -d From=+14155550100 -d Body=Hello | sed -E 's/.*"sid": ?"(SM[0-9a-f]{32})".*/\1/')
[[ $message =~ ^SM[0-9a-f]{32}$ ]] || fail "POST Messages answered: $message"
is_delivered() { curl -sS -f -u $sid:${sid#AC} "$api/$message.json" | grep -qE '"status": ?"delivered"'; }
within 10 is_delivered || fail "$message was not delivered: $(curl -sS -u $sid:${sid#AC} "$api/$message.json")"
echo "smoke: $message delivered; resident $(awk '/VmRSS/ {print $2, $3}' /proc/$pid/status)"

kill "$pid"
code=0
wait "$pid" || code=$?
pid=
[ $code -eq 0 ] || fail "it stopped with code $code"
echo "smoke: stopped when told"
