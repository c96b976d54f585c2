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

stop() { # kept: what is said in the end
  kill "$pid"
  code=0
  wait "$pid" || code=$?
  pid=
  [ $code -eq 0 ] || fail "it stopped with code $code"
  echo "smoke: $1"
}
stop "stopped when told"

# With --data: killed and started, stopped and started, carried elsewhere and started; the message of before is there each time, and the file is laid down.
serve() { # folder
  rm -f out
  "$program" serve --port 0 --config twilioemu.yaml --data "$1" >out 2>err &
  pid=$!
  within 20 has_url || fail "with --data $1 it never said where it listens"
  within 20 "$program" health --port "${url##*:}" || fail "with --data $1 it never became ready"
  api=$url/2010-04-01/Accounts/$sid/Messages
}
serve data
message=$(curl -sS -f -u $sid:${sid#AC} "$api.json" -d To=+14155550199 -d From=+14155550100 -d Body=Kept | sed -E 's/.*"sid": ?"(SM[0-9a-f]{32})".*/\1/')
kill -9 "$pid"
wait "$pid" || true
serve data
within 10 is_delivered || fail "$message is not there, or not delivered, after a kill"
stop "kept over a kill -9"
serve data
within 10 is_delivered || fail "$message is not there after a stop"
curl -sS -f "$url/_emu/v1/world" >world.jsonl || fail "the world cannot be had"
stop "kept over a stop"
[ ! -s data/twilioemu-log.db ] || fail "the file was not laid down before the end"
"$program" export --data data --out folder.jsonl 2>err || fail "export"
grep -q "$message" folder.jsonl && grep -q "$message" world.jsonl || fail "the lines do not tell of $message"
"$program" import world.jsonl --data elsewhere 2>err || fail "import"
serve elsewhere
within 10 is_delivered || fail "$message is not there after it was carried"
stop "kept where it was carried"
