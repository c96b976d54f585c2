#!/usr/bin/env bash
# Unchanged apps, led to the built emulator by nothing but their environment, or by names; and apps that take a base URL:
# sdk-tests/redirection/run.sh
#
# Each row starts an app that knows Twilio alone, then asks the emulator's phone whether it got the text, and the journal for the
# call. A row whose tools this machine lacks is skipped, and says so. TWILIOEMU names another program to test.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only if nothing failed.
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
work=$(mktemp -d)
passed=0 failed=0 skipped=0
emulator=

# What this machine's own shell presets must not help.
unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy NO_PROXY no_proxy ALL_PROXY all_proxy NODE_EXTRA_CA_CERTS NODE_OPTIONS REQUESTS_CA_BUNDLE \
  SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE PYTHONPATH PHP_INI_SCAN_DIR JAVA_TOOL_OPTIONS TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_REGION TWILIO_EDGE

for built in "${TWILIOEMU:-}" "$root"/artifacts/bin/TwilioEmu/{release,debug}/twilioemu.dll; do
  [ -n "$built" ] && [ -e "$built" ] && break
done
case "$built" in *.dll) program=(dotnet "$built") ;; *) program=("$built") ;; esac

# Starts an emulator: start NAME OPTION... ; sets $emulator (its process), $http, $tls.
start() {
  local said=$work/$1.said
  shift
  "${program[@]}" serve --clock auto --seed 1 "$@" >"$said" 2>"$said.err" &
  emulator=$!
  for _ in $(seq 300); do
    grep -qs 'is ready' "$said" && break
    kill -0 "$emulator" 2>/dev/null || { cat "$said.err" >&2; return 1; }
    sleep 0.1
  done
  http=$(sed -n 's/.*REST \(http:[^ ]*\).*/\1/p' "$said")
  tls=$(sed -n 's/.*TLS \(https:[^ ]*\).*/\1/p' "$said")
  [ -n "$http" ]
}

stop() {
  [ -n "$emulator" ] && kill "$emulator" 2>/dev/null && wait "$emulator" 2>/dev/null
  emulator=
}
trap 'stop; rm -rf "$work"' EXIT

# Runs a row: row NAME NEEDS COMMAND... ; the app's last line of output names what it made.
row() {
  local name=$1 needs=$2 out
  shift 2
  if ! eval "$needs" >/dev/null 2>&1; then echo "skipped  $name: no $needs"; skipped=$((skipped + 1)); return; fi
  out=$("$@" 2>&1 </dev/null) || { echo "failed   $name"; echo "$out" | tail -20; failed=$((failed + 1)); return; }
  local made message call journal
  made=$(printf '%s\n' "$out" | tail -1)
  message=$(sed -n 's/.*"message": *"\(SM[0-9a-f]*\)".*/\1/p' <<<"$made")
  call=$(sed -n 's/.*"call": *"\(CA[0-9a-f]*\)".*/\1/p' <<<"$made")
  journal=$(curl --noproxy '*' -s "$http/_emu/v1/journal?subject=$message&limit=1000")
  if [ -z "$message" ] || ! grep -q 'message\.' <<<"$journal"; then echo "failed   $name: the emulator knows no message \"$message\""; failed=$((failed + 1)); return; fi
  if [ -n "$call" ] && ! curl --noproxy '*' -s "$http/_emu/v1/journal?subject=$call&limit=1000" | grep -q 'call\.'; then
    echo "failed   $name: the emulator knows no call $call"; failed=$((failed + 1)); return
  fi
  echo "passed   $name"
  passed=$((passed + 1))
}

# Where an app finds the SDK for Node: the newest major, and the one before it under its own name.
newest=$root/sdk-tests/node/ previous=$work/previous/
has_newest="test -d $root/sdk-tests/node/node_modules/twilio" has_previous="test -d $root/sdk-tests/node/node_modules/twilio-previous"
mkdir -p "$previous/node_modules" && ln -s "$root/sdk-tests/node/node_modules/twilio-previous" "$previous/node_modules/twilio"
has_python="/usr/bin/python3 -c 'import twilio'"
has_httplib2="/usr/bin/python3 -c 'import httplib2'"
has_aiohttp="/usr/bin/python3 -c 'import aiohttp'"
has_php="php -r 'exit(function_exists(\"curl_init\") ? 0 : 1);'"
# Built before anything leads here: a compiler may have to look something up.
command -v go >/dev/null && GOCACHE=$work/go-cache GOFLAGS=-mod=mod CGO_ENABLED=0 go build -o "$work/app-go" app.go 2>"$work/go.err"
mkdir "$work/cs" && cp app.cs "$work/cs" && (cd "$work/cs" && dotnet build app.cs -o "$work/app-cs" >"$work/cs.err" 2>&1)
has_net="test -e $work/app-cs/app.dll"
who=(env TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001 TWILIO_AUTH_TOKEN=00000000000000000000000000000001)

# 1. Proxy and CA, by the variables of `twilioemu env`.
through_the_proxy() {
  start proxy --port 0 || { echo "failed   no emulator"; failed=$((failed + 1)); return; }
  "${program[@]}" env --url "$http" --port "${http##*:}" --out-dir "$work/env" >"$work/env.sh" || { echo "failed   twilioemu env"; failed=$((failed + 1)); return; }
  led() { ( . "$work/env.sh"; "$@" ); }
  row "node, proxy and CA from the environment" "$has_newest" led env APP_MODULES="$newest" node app.mjs
  row "node 5.x, proxy and CA from the environment" "$has_previous" led env APP_MODULES="$previous" node app.mjs
  row "python, proxy and CA from the environment" "$has_python" led /usr/bin/python3 app.py
  row "python 5.x's httplib2, which is given its own roots and no proxy" "$has_httplib2" led /usr/bin/python3 httplib2_app.py
  row "python's asynchronous client, whose aiohttp asks no environment for a proxy" "$has_aiohttp" led /usr/bin/python3 aiohttp_app.py
  row "java, JAVA_TOOL_OPTIONS" "command -v javac" led java App.java
  row ".NET, HTTPS_PROXY and SSL_CERT_FILE" "$has_net" led dotnet "$work/app-cs/app.dll"
  row "ruby, HTTPS_PROXY and SSL_CERT_FILE" "command -v ruby" led ruby app.rb
  row "php, HTTPS_PROXY and PHP_INI_SCAN_DIR" "$has_php" led php app.php
  row "go, HTTPS_PROXY and SSL_CERT_FILE" "test -x $work/app-go" led "$work/app-go"
  row "curl, proxy and CA from the environment" "command -v curl" led bash -c \
    'curl -sf -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json" -d To=+14155550199 -d From=+14155550100 -d Body=curl | sed "s/.*\"sid\":\"\(SM[^\"]*\)\".*/{\"message\":\"\1\"}/"'
  stop
}

# 2. Names that lead here: a hosts file for this process and its children alone, and the TLS port at 443 of an address nobody uses.
by_host_alias() {
  local can="unshare -m true"
  start alias --host 127.0.0.2 --port 0 --https-port 443 || { echo "skipped  host aliases: 127.0.0.2:443 is not to be had"; skipped=$((skipped + 7)); return; }
  curl --noproxy '*' -s "$http/_emu/v1/ca.pem" >"$work/ca.pem"
  curl --noproxy '*' -s "$http/_emu/v1/ca-bundle.pem" >"$work/bundle.pem"
  printf '127.0.0.1 localhost\n127.0.0.2 api.twilio.com verify.twilio.com\n' >"$work/hosts"
  aliased() { unshare -m sh -c 'mount --bind "$0" /etc/hosts && exec "$@"' "$work/hosts" "$@"; }
  row "node, host alias and NODE_EXTRA_CA_CERTS" "$has_newest && $can" \
    aliased "${who[@]}" NODE_EXTRA_CA_CERTS="$work/ca.pem" APP_MODULES="$newest" node app.mjs
  row "node 5.x, host alias and NODE_EXTRA_CA_CERTS" "$has_previous && $can" \
    aliased "${who[@]}" NODE_EXTRA_CA_CERTS="$work/ca.pem" APP_MODULES="$previous" node app.mjs
  row ".NET, host alias and SSL_CERT_FILE" "$has_net && $can" aliased "${who[@]}" SSL_CERT_FILE="$work/bundle.pem" dotnet "$work/app-cs/app.dll"
  row "ruby, host alias and SSL_CERT_FILE" "command -v ruby && $can" aliased "${who[@]}" SSL_CERT_FILE="$work/bundle.pem" ruby app.rb
  row "php, host alias and curl.cainfo" "$has_php && $can" aliased "${who[@]}" php -d "curl.cainfo=$work/bundle.pem" app.php
  row "go, host alias and SSL_CERT_FILE" "test -x $work/app-go && $can" aliased "${who[@]}" SSL_CERT_FILE="$work/bundle.pem" "$work/app-go"
  # This SDK asks no variable for its roots: its bundle is the system's, so that is what is laid over, for it alone.
  local roots=/etc/ssl/certs/ca-certificates.crt
  with_roots() { unshare -m sh -c 'mount --bind "$0" "$1" && shift && exec "$@"' "$work/bundle.pem" "$roots" "$@"; }
  row "python, host alias and the system's bundle" "$has_python && test -f $roots && $can" \
    with_roots unshare -m sh -c 'mount --bind "$0" /etc/hosts && exec "$@"' "$work/hosts" "${who[@]}" /usr/bin/python3 app.py
  stop
}

# 3. A base URL: the one line an app needs.
by_base_url() {
  start based --port 0 || { echo "failed   no emulator"; failed=$((failed + 1)); return; }
  row "node, base URL" "$has_newest" "${who[@]}" EMULATOR="$http" APP_MODULES="$newest" node based.mjs
  row "node 5.x, base URL" "$has_previous" "${who[@]}" EMULATOR="$http" APP_MODULES="$previous" node based.mjs
  row "python, base URL" "$has_python" "${who[@]}" EMULATOR="$http" /usr/bin/python3 based.py
  stop
}

# 4. An emulator of its own: exec starts it, and the command's exit code is all there is to see.
verdict() { # name, whether it holds
  if [ "$2" = 0 ]; then echo "passed   $1"; passed=$((passed + 1)); else echo "failed   $1"; tail -20 "$work/exec.out"; failed=$((failed + 1)); fi
}

by_exec() {
  local name="node under twilioemu exec"
  if ! $has_newest; then echo "skipped  $name: no npm ci"; skipped=$((skipped + 1)); else
    "${program[@]}" exec --clock auto -- env APP_MODULES="$newest" node app.mjs >"$work/exec.out" 2>&1
    verdict "$name" $?
  fi
  "${program[@]}" exec --keep "$work/kept" -- sh -c 'curl -sf -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" \
    "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json" -d To=+14155550199 -d From=+14155550100 -d Body=x && exit 7' >"$work/exec.out" 2>&1
  [ $? = 7 ] && grep -q 'message.queued' "$work/kept/journal.jsonl" && [ -f "$work/kept/webhooks.jsonl" ]
  verdict "exec ends as its command does, and keeps the journal when that is badly" $?
  "${program[@]}" exec -- no-such-command-anywhere >"$work/exec.out" 2>&1
  [ $? = 127 ]
  verdict "exec of nothing ends with 127" $?
  told_to_end
}

# Each has an emulator of its own, and env asks the one that is meant, whatever its account and wherever it listens.
two_at_once() {
  local ask='curl --noproxy "*" -sf -o /dev/null "$TWILIOEMU_URL/_emu/v1/health" && echo "$TWILIOEMU_URL" && sleep 2'
  "${program[@]}" exec -- sh -c "$ask" >"$work/exec.one" 2>&1 & local one=$!
  "${program[@]}" exec -- sh -c "$ask" >"$work/exec.two" 2>&1 & local two=$!
  wait $one && wait $two && [ "$(grep -h '^http' "$work/exec.one" "$work/exec.two" | sort -u | wc -l)" = 2 ]
  local code=$?
  cat "$work/exec.one" "$work/exec.two" >"$work/exec.out"
  verdict "two execs at once have two emulators" $code
}

env_of_the_one_that_runs() {
  TWILIO_ACCOUNT_SID=AC0000000000000000000000000000beef TWILIO_AUTH_TOKEN=beef start other --port 0 || { verdict "an emulator with an account of its own" 1; return; }
  "${program[@]}" env --port "${http##*:}" --out-dir "$work/other" >"$work/exec.out" 2>&1
  grep -q "^export TWILIO_ACCOUNT_SID='AC0000000000000000000000000000beef'" "$work/exec.out" && grep -q "^export TWILIO_AUTH_TOKEN='beef'" "$work/exec.out"
  verdict "env asks the emulator that runs for its account" $?
  ( export NO_PROXY=mine PYTHONPATH=/mine; unset HTTP_PROXY
    eval "$("${program[@]}" env --port "${http##*:}" --out-dir "$work/other")" && [ -n "$HTTP_PROXY" ] && [ "$NO_PROXY" != mine ] || exit 1
    eval "$("${program[@]}" env --undo)" && [ -z "${HTTP_PROXY+x}" ] && [ "$NO_PROXY" = mine ] && [ "$PYTHONPATH" = /mine ] || exit 2
    "${program[@]}" env --undo; [ $? = 2 ] ) >"$work/exec.out" 2>&1
  verdict "env --undo leads a shell back" $?
  stop
  ( eval "$("${program[@]}" env --prot 4010 2>/dev/null)" && echo "went on to the real Twilio" ) >"$work/exec.out" 2>&1
  [ ! -s "$work/exec.out" ]
  verdict "an env that fails ends the eval it stands in" $?
}

# The command catches the signal and leaves a child behind, which does not: both are gone when exec is.
told_to_end() {
  cat >"$work/stubborn.sh" <<'SCRIPT'
trap 'exit 9' TERM
sh -c 'trap "" TERM; echo $$ >"$0.child"; while :; do sleep 0.1; done' "$0" &
: >"$0.ready"
while :; do sleep 0.1; done
SCRIPT
  "${program[@]}" exec -- sh "$work/stubborn.sh" >"$work/exec.out" 2>&1 &
  local exec=$!
  for _ in $(seq 300); do [ -s "$work/stubborn.sh.child" ] && [ -f "$work/stubborn.sh.ready" ] && break; sleep 0.1; done
  kill "$exec"
  wait "$exec"; local code=$?
  # What has ended may still be listed, as a zombie.
  [ $code = 9 ] && ! grep -qs '^State:[[:space:]]*[A-WYa-z]' "/proc/$(cat "$work/stubborn.sh.child")/status"
  verdict "a signal to exec reaches the command, and what it leaves behind" $?
}

through_the_proxy
by_host_alias
by_base_url
by_exec
two_at_once
env_of_the_one_that_runs
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
