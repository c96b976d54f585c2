#!/usr/bin/env bash
# The compose files and the workflow that users are shown, without a container: their own words run as they stand. sdk-tests/examples/run.sh
#
# What an image would hold is this build; volumes are folders; names are lines of a hosts file; all of it in a network and a process space of its own.
# What is not seen: that images build, and that services are apart. TWILIOEMU names the program. The last line is "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
leave() { echo "skipped  $1"; echo "0 passed, 0 failed, 5 skipped"; exit 0; }

for built in "${TWILIOEMU:-}" "$root"/artifacts/bin/TwilioEmu/{release,debug}/twilioemu.dll; do
  [ -n "$built" ] && [ -e "$built" ] && break
done
mkdir -p "$work/bin"
case "$built" in
  *.dll) printf '#!/bin/sh\nexec dotnet "%s" "$@"\n' "$(realpath "$built")" >"$work/bin/twilioemu" ;;
  *) printf '#!/bin/sh\nexec "%s" "$@"\n' "$(realpath "$built")" >"$work/bin/twilioemu" ;;
esac
chmod +x "$work/bin/twilioemu"

unshare --mount --net --pid --fork --mount-proc ip link set lo up 2>/dev/null || leave "a network of one's own (unshare, ip) is not to be had here"
[ -d "$root/sdk-tests/node/node_modules" ] || leave "npm ci --prefix sdk-tests/node was not run"
to_json='import json, sys, yaml; json.dump(yaml.load(open(sys.argv[1]), yaml.BaseLoader), sys.stdout)'
for each in compose.yaml examples/unchanged-app/compose.yaml examples/unchanged-app/actions.yaml; do
  /usr/bin/python3 -c "$to_json" "$root/$each" >"$work/$(basename "$(dirname "$root/$each")")-$(basename "$each").json" 2>"$work/err" || leave "python3-yaml is not to be had here: $(tail -1 "$work/err")"
done
cp /etc/hosts "$work/hosts"
mv "$work/$(basename "$root")-compose.yaml.json" "$work/weather-compose.json"
env -i PATH="$work/bin:$PATH" HOME="$work" DOTNET_ROOT="${DOTNET_ROOT:-}" DOTNET_NOLOGO=1 TMPDIR=/tmp LINES_SHOWN="${LINES_SHOWN:-30}" \
  timeout 300 unshare --mount --net --pid --fork --kill-child --mount-proc \
  bash -c 'ip link set lo up && mount --bind "$1/hosts" /etc/hosts && exec node run.mjs "$1" "$2"' - "$work" "$root"
