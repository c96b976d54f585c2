# What each part of .ci/run does. A part runs in a subshell with -e, from the top of the repository.
solution=TwilioEmu.sln
program=artifacts/bin/TwilioEmu/release/twilioemu
published=$results/published

check_tools() {
  local missing=()
  for tool in curl node npm; do command -v $tool >/dev/null || missing+=("$tool"); done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "missing: ${missing[*]}"
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || { echo "install them and run again" >&2; return 1; }
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]/node/nodejs}" >/dev/null
  fi
  command -v dotnet >/dev/null || { echo "the .NET SDK named in global.json is missing: https://dot.net/download" >&2; return 1; }
  echo "dotnet $(dotnet --version), node $(node --version), $(nproc) processors"
  [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] || { echo "node 20 or later is needed" >&2; return 1; }
}

check_restore() {
  dotnet restore $solution -v quiet
}

# Warnings are errors: Directory.Build.props.
check_build() {
  dotnet build $solution -c Release --no-restore -v quiet
}

check_format() {
  dotnet format $solution --verify-no-changes --no-restore
}

check_test() {
  local code=0
  dotnet test $solution -c Release --no-build --logger trx --results-directory "$results/tests" || code=$?
  local counters
  counters=$(cat "$results"/tests/*.trx | grep -o '<Counters [^>]*')
  count "$(sum_of passed <<<"$counters")" "$(sum_of failed <<<"$counters")"
  return $code
}

check_sdk() {
  [ -d sdk-tests/node ] || skip "sdk-tests/node does not exist yet"
  npm ci --prefix sdk-tests/node --no-audit --no-fund --loglevel=error
  local code=0
  (cd sdk-tests/node && TWILIOEMU="$PWD/../../$program.dll" npm test --silent -- --test-reporter=tap) | tee "$results/sdk.tap" || code=$?
  count "$(sed -n "s/^# pass //p" "$results/sdk.tap" | tail -1)" "$(sed -n "s/^# fail //p" "$results/sdk.tap" | tail -1)"
  return $code
}

check_scenarios() {
  [ -d scenarios ] || skip "scenarios does not exist yet"
  local code=0 report=$results/scenarios.xml
  dotnet $program.dll run scenarios/*.yaml --junit "$report" || code=$?
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
