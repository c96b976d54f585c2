#!/usr/bin/env bash
# The README's three ways to point an app at the emulator, and every other block of the pages a new user reads first, in their own words: sdk-tests/readme/run.sh
#
# The blocks under <!-- way: NAME --> are taken out of README.md and run as they stand, each way in a network of its own (no port is
# taken from anybody, nothing but this machine is there), with a hosts file of its own. The app is sdk-tests/redirection/app.mjs.
# Where such a network cannot be had (unshare, ip) the rows are skipped, which is said. The last line is "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

for built in "${TWILIOEMU:-}" "$root"/artifacts/bin/TwilioEmu/{release,debug}/twilioemu.dll; do
  [ -n "$built" ] && [ -e "$built" ] && break
done
mkdir -p "$work/bin" "$work/app"
case "$built" in
  *.dll) printf '#!/bin/sh\nexec dotnet "%s" "$@"\n' "$(realpath "$built")" >"$work/bin/twilioemu" ;;
  *) printf '#!/bin/sh\nexec "%s" "$@"\n' "$(realpath "$built")" >"$work/bin/twilioemu" ;;
esac
chmod +x "$work/bin/twilioemu"
cp ../redirection/app.mjs "$work/app/app.mjs"
ln -s "$root/sdk-tests/node/node_modules" "$work/app/node_modules"
echo '{ "private": true, "scripts": { "test": "node app.mjs" } }' >"$work/app/package.json"

# The block of a way: block NAME
block() {
  awk -v mark="<!-- way: $1 -->" '$0 == mark {found = 1; next} found && /^```/ {if (inside) exit; inside = 1; next} inside' "$root/README.md"
}

# Runs a script in a network, a process space and a hosts file of its own: alone FILE
alone() {
  cp /etc/hosts "$work/hosts"
  env -i PATH="$work/bin:$PATH" HOME="$work" DOTNET_ROOT="${DOTNET_ROOT:-}" DOTNET_NOLOGO=1 TMPDIR=/tmp \
    TWILIOEMU_CLOCK=auto APP_MODULES="$root/sdk-tests/node/" TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001 TWILIO_AUTH_TOKEN=00000000000000000000000000000001 \
    timeout 60 unshare --mount --net --pid --fork --kill-child --mount-proc \
    bash -c 'ip link set lo up && mount --bind "$1" /etc/hosts && cd "$2" && exec bash -eo pipefail "$3"' - "$work/hosts" "$work/app" "$1"
}

# A way that must end with an app that names the message it sent and the call it placed: way NAME FILE
way() {
  local name=$1 out
  local lines
  lines=$(grep -c . "$work/way")
  if [ "$lines" -ge 5 ] || [ "$lines" -eq 0 ]; then echo "failed   $name: $lines lines in the README"; failed=$((failed + 1)); return; fi
  if out=$(alone "$2" 2>&1 </dev/null) && grep -q '"message": *"SM[0-9a-f]\{32\}"' <<<"$out" && grep -q '"call": *"CA[0-9a-f]\{32\}"' <<<"$out"; then
    echo "passed   $name"; passed=$((passed + 1))
  else
    echo "failed   $name"; head -${LINES_SHOWN:-30} <<<"$out"; failed=$((failed + 1))
  fi
}

if ! unshare --mount --net --pid --fork --mount-proc ip link set lo up 2>/dev/null; then
  echo "skipped  all: no network of one's own (unshare, ip) is to be had here"
  echo "0 passed, 0 failed, 4 skipped"
  exit 0
fi

# Two lines, two ways of the same way.
block environment >"$work/way"
sed -n 1p "$work/way" >"$work/exec.sh"
sed -n '2,$p' "$work/way" >"$work/env.sh"
way "by environment: exec" "$work/exec.sh"
way "by environment: env" "$work/env.sh"

block names >"$work/way"
way "by host name" "$work/way"

block base-url >"$work/way"
{
  cat "$work/way"
  echo "const message = await client.messages.create({ to: '+14155550199', from: '+14155550100', body: 'Hello' });"
  echo "const call = await client.calls.create({ to: '+14155550199', from: '+14155550100', twiml: '<Response/>' });"
  echo "console.log(JSON.stringify({ message: message.sid, call: call.sid }));"
} >"$work/app/base-url.mjs"
cat >"$work/base-url.sh" <<'SCRIPT'
twilioemu serve &
until curl -sf -o health http://127.0.0.1:4010/_emu/v1/health; do sleep 0.1; done
node base-url.mjs
SCRIPT
way "by base URL" "$work/base-url.sh"

# All other blocks: what runs each, or why none does, is in blocks.mjs.
timeout 1200 unshare --mount --net --pid --fork --kill-child --mount-proc \
  bash -c 'ip link set lo up && exec node blocks.mjs "$1" "$2"' - "$root" "$(realpath "$built")" </dev/null 2>&1 | tee "$work/blocks" | grep -vE "^[0-9]+ passed"
read -r more_passed more_failed more_skipped < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped/\1 \2 \3/p' "$work/blocks" | tail -1)
passed=$((passed + ${more_passed:-0})) failed=$((failed + ${more_failed:-1})) skipped=$((skipped + ${more_skipped:-0}))

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
