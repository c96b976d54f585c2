# What each part of test.sh does. A part runs in a subshell with -e, from the top of the repository.
solution=TwilioEmu.sln
program=artifacts/bin/TwilioEmu/release/twilioemu
published=$results/published

# The program for those who run it while others build: packing writes its settings anew, for packages have a version of their own, and who starts it in that
# instant finds half a file. A run that built none takes it as it stands.
program_to_run() {
  if [ -f "$results/program/twilioemu.dll" ]; then echo "$PWD/$results/program/twilioemu"; else echo "$PWD/$program"; fi
}

# Debian's names of what is missing on this machine and cannot be done without.
missing_packages() {
  command -v curl >/dev/null || echo curl
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
  command -v unzip >/dev/null || echo unzip
}

# And of what single tests cannot do without, which are skipped where it cannot be had: the SDK for Python, a browser for the web UI, networks of one's own for
# the README's ways, runtimes of which an app each is led here, SIP phones and tools, a queue for apps, an SMS gateway, an encoder, a voice.
welcome_packages() {
  has_python_sdk || echo python3-twilio
  /usr/bin/python3 -c 'import httplib2' 2>/dev/null || echo python3-httplib2
  /usr/bin/python3 -c 'import flask, pytest' 2>/dev/null || echo python3-flask python3-pytest
  /usr/bin/python3 -c 'import aiohttp' 2>/dev/null || echo python3-aiohttp
  /usr/bin/python3 -c 'import yaml' 2>/dev/null || echo python3-yaml
  command -v chromium >/dev/null || echo chromium
  command -v ip >/dev/null || echo iproute2
  ruby -e 'require "webrick"' 2>/dev/null || echo ruby ruby-webrick
  php -r 'exit(function_exists("curl_init") ? 0 : 1);' 2>/dev/null || echo php-cli php-curl
  command -v go >/dev/null || echo golang-go
  command -v sipp >/dev/null || echo sip-tester
  command -v sipsak >/dev/null || echo sipsak
  command -v svwar >/dev/null || echo sipvicious
  command -v baresip >/dev/null || echo baresip
  command -v redis-server >/dev/null || echo redis-server
  [ -x /usr/sbin/bearerbox ] || echo kannel
  command -v linphonec >/dev/null || echo linphone-cli
  command -v lame >/dev/null || echo lame
  command -v espeak-ng >/dev/null || echo espeak-ng
}

has_python_sdk() {
  /usr/bin/python3 -c 'import twilio' 2>/dev/null
}

install() { # package...
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

check_tools() {
  local missing welcome
  missing=$(missing_packages)
  if [ -n "$missing" ]; then
    echo "missing:" $missing
    install $missing || { echo "install them and run again" >&2; return 1; }
  fi
  welcome=$(welcome_packages)
  if [ -n "$welcome" ]; then
    echo "missing, but not needed by most:" $welcome
    install $welcome || echo "not to be had: what needs them is skipped"
  fi
  command -v dotnet >/dev/null || { echo "the .NET SDK named in global.json is missing: https://dot.net/download" >&2; return 1; }
  echo "dotnet $(dotnet --version), node $(node --version), $(nproc) processors"
  node -e "const [a,b]=process.versions.node.split('.').map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)" || { echo "node 20.19 or later is needed" >&2; return 1; }
}

check_restore() {
  dotnet restore $solution -v quiet
}

# Warnings are errors: Directory.Build.props. One compiler serves all projects (290 s in place of 472); it is of the part's process group and ends with it.
check_build() {
  dotnet build $solution -c Release --no-restore -v quiet -p:UseSharedCompilation=true
  # A build goes on without the web UI where Node's packages cannot be had; here that is a fault.
  [ -f artifacts/ui/built.stamp ] || { echo "the web UI was not built: npm ci --prefix emulator/src/TwilioEmu.Console/Ui" >&2; return 1; }
  cp -r "${program%/*}" "$results/program"
}

# White space alone: rules of style and unused usings are warnings of the build, and so errors of it (EnforceCodeStyleInBuild).
check_format() {
  dotnet format whitespace $solution --verify-no-changes --no-restore
}

# The classes of a project and the tests of each are shuffled by a seed (emulator/tests/Order); a run that failed is had again by its seed.
check_test() {
  local code=0
  export TWILIOEMU_TEST_SEED=${TWILIOEMU_TEST_SEED:-$(date -u +%Y%m%d)}
  echo "order of seed $TWILIOEMU_TEST_SEED (TWILIOEMU_TEST_SEED)"
  dotnet test $solution -c Release --no-build --filter 'FullyQualifiedName!~SipPhones' --logger trx --results-directory "$results/tests" || code=$?
  local counters
  counters=$(cat "$results"/tests/*.trx | grep -o '<Counters [^>]*')
  count "$(sum_of passed <<<"$counters")" "$(sum_of failed <<<"$counters")"
  return $code
}

# Phones whose sound is heard by the wall: most of it is waiting, and nothing but what gives way to it runs beside.
check_phones() {
  local code=0 counters
  export TWILIOEMU_TEST_SEED=${TWILIOEMU_TEST_SEED:-$(date -u +%Y%m%d)}
  dotnet test emulator/tests/TwilioEmu.Tests -c Release --no-build --filter 'FullyQualifiedName~SipPhones' --logger trx --results-directory "$results/phones" || code=$?
  counters=$(cat "$results"/phones/*.trx | grep -o '<Counters [^>]*')
  count "$(sum_of passed <<<"$counters")" "$(sum_of failed <<<"$counters")"
  return $code
}

# The same in other orders, asked for by name: no test needs another before it. A day has an order of its own, so CI sees many.
check_orders() {
  local code=0 seed
  for seed in ${TWILIOEMU_TEST_SEEDS:-$RANDOM $RANDOM}; do
    echo "order of seed $seed (TWILIOEMU_TEST_SEEDS)"
    TWILIOEMU_TEST_SEED=$seed dotnet test $solution -c Release --no-build --filter 'FullyQualifiedName!~SipPhones' --logger trx \
      --results-directory "$results/orders/$seed" || code=$?
  done
  local counters
  counters=$(cat "$results"/orders/*/*.trx | grep -o '<Counters [^>]*')
  count "$(sum_of passed <<<"$counters")" "$(sum_of failed <<<"$counters")"
  return $code
}

check_sdk() {
  [ -d sdk-tests/node ] || skip "sdk-tests/node does not exist yet"
  npm ci --prefix sdk-tests/node --no-audit --no-fund --loglevel=error
  npm ci --prefix sdk-tests/smpp --no-audit --no-fund --loglevel=error
  local code=0 each
  TWILIOEMU=$(program_to_run).dll
  export TWILIOEMU
  for each in node:test node:test:previous node-helper:test smpp:test; do
    (cd sdk-tests/${each%%:*} && npm run ${each#*:} --silent -- --test-reporter=tap) | tee "$results/sdk.tap" || code=$?
    count "$(sed -n "s/^# pass //p" "$results/sdk.tap" | tail -1)" "$(sed -n "s/^# fail //p" "$results/sdk.tap" | tail -1)"
  done
  dotnet build sdk-tests/dotnet -c Release -v quiet &&
    dotnet test sdk-tests/dotnet -c Release --no-build --logger trx --results-directory "$results/strangers" --logger 'console;verbosity=detailed' || code=$?
  local counters
  counters=$(cat "$results"/strangers/*.trx 2>/dev/null | grep -o '<Counters [^>]*' || true)
  count "$(sum_of passed <<<"$counters")" "$(sum_of failed <<<"$counters")"
  has_python_sdk || { echo "SKIPPED: sdk-tests/python, for want of python3-twilio"; return $code; }
  (cd sdk-tests/python && /usr/bin/python3 -m unittest discover 2>&1) | tee "$results/sdk.python" || code=$?
  local ran bad
  ran=$(sed -n 's/^Ran \([0-9]*\) test.*/\1/p' "$results/sdk.python")
  bad=$(grep -cE '^(FAIL|ERROR):' "$results/sdk.python" || true)
  count $((${ran:-0} - bad)) "$bad"
  return $code
}

# The web UI in a real browser.
check_ui() {
  command -v chromium >/dev/null || skip "no chromium here"
  [ -d sdk-tests/node/node_modules ] || npm ci --prefix sdk-tests/node --no-audit --no-fund --loglevel=error
  npm ci --prefix sdk-tests/ui --no-audit --no-fund --loglevel=error
  local code=0
  TWILIOEMU=$(program_to_run).dll
  export TWILIOEMU
  (cd sdk-tests/ui && npm test --silent -- --test-reporter=tap) | tee "$results/ui.tap" || code=$?
  count "$(sed -n "s/^# pass //p" "$results/ui.tap" | tail -1)" "$(sed -n "s/^# fail //p" "$results/ui.tap" | tail -1)"
  return $code
}

# Apps that do not know the emulator, the README's own words, and the examples' compose files and workflow.
check_ways() {
  local code=0 each
  TWILIOEMU=$(program_to_run).dll
  export TWILIOEMU
  for each in sdk-tests/redirection/run.sh sdk-tests/readme/run.sh sdk-tests/examples/run.sh "node sdk-tests/languages/run.mjs"; do
    $each | tee "$results/ways.out" || code=$?
    count $(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$results/ways.out")
  done
  return $code
}

# What users install, and what they are shown.
check_packages() {
  local code=0 each
  TWILIOEMU=$(program_to_run).dll
  export TWILIOEMU
  sdk-tests/packages/run.sh | tee "$results/packages.out" || code=$?
  count $(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$results/packages.out")
  for each in run console; do
    node sdk-tests/docs/$each.mjs | tee "$results/docs.out" || code=$?
    count $(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$results/docs.out")
  done
  return $code
}

# What attacks the published program has to bear, in the room of a container of 256 MB; and the same session, time and again.
check_torture() {
  [ -x "$published/twilioemu" ] || { echo "nothing was published" >&2; return 1; }
  local code=0
  TORTURE_HEAP=268435456 node emulator/torture/figures.mjs "$published/twilioemu" | tee "$results/figures.md" || code=$?
  count $(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$results/figures.md")
  # What --data has accepted outlives kills and a full disk, and is not passed over where the folder is broken.
  local each
  for each in "kill.mjs $published/twilioemu 5" "full.mjs $published/twilioemu" "broken.mjs $published/twilioemu few"; do
    if node emulator/torture/durable/$each; then count 1 0; else count 0 1; code=1; fi
  done
  # Shown, not judged: a machine that is busy with other work may be slower than the graces (docs/time.md).
  node emulator/torture/same/run.mjs "$published/twilioemu" 5 || echo "not the same run each time"
  return $code
}

check_scenarios() {
  [ -d scenarios ] || skip "scenarios does not exist yet"
  local code=0 report=$results/scenarios.xml
  dotnet "$(program_to_run).dll" run scenarios/*.yaml --junit "$report" || code=$?
  local total bad
  total=$(grep -c '<testcase' "$report" || true)
  bad=$(grep -cE '<(failure|error)[ >]' "$report" || true)
  count $((total - bad)) "$bad"
  return $code
}

check_publish() {
  dotnet publish emulator/src/TwilioEmu -c Release -r linux-"$(uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')" -o "$published" -v quiet
  ls -l "$published"
}

check_smoke() {
  [ -x "$published/twilioemu" ] || { echo "nothing was published" >&2; return 1; }
  if "$(dirname "${BASH_SOURCE[0]}")/smoke.sh" "$published/twilioemu"; then count 1 0; else count 0 1; return 1; fi
}

sum_of() { # attribute, of the elements on stdin
  grep -oE " $1=\"[0-9]+\"" | tr -dc '0-9\n' | awk '{n += $1} END {print n + 0}'
}
