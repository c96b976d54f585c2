#!/usr/bin/env bash
# The packages, as their users meet them: packed into a folder, installed from there into fresh projects, used. sdk-tests/packages/run.sh
#
# Nothing of the repository's build is in those projects; the machine's own package folder is only read. PACKED=FOLDER takes packages that are
# packed already. The last line is "N passed, N failed, N skipped"; the exit code is 0 only if nothing failed.
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
version=0.1.$(date +%s)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

verdict() { # name, whether it holds
  if [ "$2" = 0 ]; then echo "passed   $1"; passed=$((passed + 1)); else echo "failed   $1"; grep -vE '^\s*$' "$work/out" | tail -"${LINES_SHOWN:-25}"; failed=$((failed + 1)); fi
}
try() { # name, command...
  local name=$1
  shift
  "$@" >"$work/out" 2>&1 </dev/null
  verdict "$name" $?
}
leave() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}

try "the three packages are packed" dotnet pack "$root/Packages.slnf" -c Release -o "$work/packed" -v quiet -p:PackageVersion="$version"
[ "$failed" -eq 0 ] || leave

# What lies in each.
holds() { # package, file...
  local package=$1 each
  shift
  unzip -l "$work/packed/$package.$version.nupkg" | awk '{print $4}' >"$work/out"
  for each in LICENSE THIRD-PARTY-NOTICES README.md "$@"; do grep -qx "$each" "$work/out" || { echo "no $each" >>"$work/out"; return 1; }; done
  unzip -p "$work/packed/$package.$version.nupkg" '*.nuspec' >"$work/out"
  grep -q '<license type="expression">MIT</license>' "$work/out" && grep -q '<readme>README.md</readme>' "$work/out"
}
check() { local name=$1; shift; "$@"; verdict "$name" $?; }
check "TwilioEmu.Client holds both frameworks, symbols, licence, notices, readme" holds TwilioEmu.Client lib/net8.0/TwilioEmu.Client.{dll,pdb,xml} lib/net10.0/TwilioEmu.Client.{dll,pdb,xml}
check "TwilioEmu.Host holds the house" holds TwilioEmu.Host lib/net10.0/{TwilioEmu.Host,twilioemu,TwilioEmu.Kernel,TwilioEmu.Rest}.{dll,pdb} lib/net10.0/TwilioEmu.Host.xml
check "TwilioEmu holds the program" holds TwilioEmu tools/net10.0/any/twilioemu.{dll,pdb,runtimeconfig.json}
host_asks_for_no_tool() {
  unzip -p "$work/packed/TwilioEmu.Host.$version.nupkg" '*.nuspec' >"$work/out"
  grep -q 'id="TwilioEmu.Client"' "$work/out" && ! grep -qE 'dependency id="TwilioEmu(\.(Kernel|Rest|Products|Console|Scenarios|Webhooks|Carrier|Media|Sip|Accounts|Messaging|Voice|Twiml))?"' "$work/out"
}
check "TwilioEmu.Host depends on TwilioEmu.Client and on no other of ours" host_asks_for_no_tool

# Fresh projects elsewhere. Packages come from the folder, or as ever; those that the machine has are not fetched again.
mkdir "$work/fresh"
cp -r Directory.*.props Directory.Build.targets Shop* Caller "$work/fresh"
machine=${NUGET_PACKAGES:-$HOME/.nuget/packages}
cat >"$work/fresh/nuget.config" <<XML
<configuration>
  <config><add key="globalPackagesFolder" value="$work/installed" /></config>
  <packageSources><add key="packed" value="$work/packed" /></packageSources>
  <fallbackPackageFolders><clear />$([ -d "$machine" ] && echo "<add key=\"machine\" value=\"$machine\" />")</fallbackPackageFolders>
</configuration>
XML
export PackedVersion=$version
unset NUGET_PACKAGES
cd "$work/fresh"
# The C# of the pages beside them.
try "the pages show C# that can be taken from them" node "$root/sdk-tests/packages/snippets.mjs" "$root" "$work/fresh"
cp "$work/out" "$work/counts"
for each in "Shop.XunitTests:xunit.v3" "Shop.Xunit2Tests:xunit 2" "Shop.NUnitTests:NUnit" "Shop.MSTestTests:MSTest"; do
  # A framework that ran nothing has proved nothing.
  count=$(awk -v project="${each%%:*}" '$1 == project {print $2}' "$work/counts")
  try "TwilioEmu.Host in ${each#*:}, with an app of .NET 8" bash -c "dotnet test ${each%%:*} | tee $work/said && grep -qE 'Passed: +$count,' $work/said"
done

# The first hour's own words, from a folder that stands for the clone.
mkdir -p "$work/hour/clone" && ln -s "$work/packed" "$work/hour/clone/packages"
first_hour() {
  cd "$work/hour/clone" && NUGET_PACKAGES="$work/installed" NUGET_FALLBACK_PACKAGES="$([ -d "$machine" ] && echo "$machine")" bash "$work/fresh/first-hour.sh" >"$work/said" && grep -qE 'Passed: +1,' "$work/said"
}
(first_hour) >"$work/out" 2>&1 </dev/null
code=$?
[ $code = 0 ] || tail -20 "$work/said" >>"$work/out"
verdict "the first hour's C#, in its own words" $code

try "the tool is installed" dotnet tool install TwilioEmu --version "$version" --tool-path "$work/tools" --add-source "$work/packed" --configfile "$work/fresh/nuget.config"
export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
try "the tool runs" "$work/tools/twilioemu" --version
try "TwilioEmu.Client in an app of .NET 8" dotnet build Caller -v quiet
[ "$(grep -c . "$work/fresh/Caller/bin/Debug/net8.0/Caller.dll" 2>/dev/null)" ] &&
  try "and it is led to the emulator of the tool" "$work/tools/twilioemu" exec --clock auto -- dotnet Caller/bin/Debug/net8.0/Caller.dll

cat >"$work/client.yaml" <<'YAML'
numbers: [{ number: "+14155550100", sms_url: "http://app/sms" }]
app: { /sms: "<Response><Message>{{Body}} yourself</Message></Response>" }
YAML
try "the page of TwilioEmu.Client, in an app of .NET 8" dotnet build Client -v quiet
[ "$(grep -c . "$work/fresh/Client/bin/Debug/net8.0/Client.dll" 2>/dev/null)" ] &&
  try "and it does what it says" "$work/tools/twilioemu" exec --clock auto --config "$work/client.yaml" -- dotnet Client/bin/Debug/net8.0/Client.dll

# The helper for Node.
if ! command -v npm >/dev/null || ! [ -d "$root/sdk-tests/node/node_modules/twilio" ]; then
  echo "skipped  the helper for Node: no npm ci"; skipped=$((skipped + 2)); leave
fi
mkdir "$work/node" && cd "$work/node"
npm_packed() {
  npm pack "$root/sdk-tests/node-helper" --silent --pack-destination "$work/packed" >/dev/null && tar tzf "$work/packed"/twilioemu-*.tgz >"$work/out" &&
    grep -q package/LICENSE "$work/out" && grep -q package/THIRD-PARTY-NOTICES "$work/out" && grep -q package/README.md "$work/out" && grep -q package/types/index.d.ts "$work/out"
}
npm_packed
verdict "the helper for Node is packed, with licence and notices" $?
echo '{ "private": true, "type": "module" }' >package.json
cat >proof.mjs <<JS
import { redirect, startEmulator } from 'twilioemu';
import { createRequire } from 'node:module';
const twilio = createRequire('$root/sdk-tests/node/')('twilio');
const emulator = await startEmulator();
const client = redirect(twilio(emulator.accountSid, emulator.authToken), emulator.url);
await client.messages.create({ from: '+14155550100', to: '+14155550199', body: 'by the helper' });
await emulator.client.handset('+14155550199').shouldReceive('by the helper');
await emulator.stop();
JS
try "and it is installed and used" bash -c "npm install --silent --no-audit --no-fund --offline '$work'/packed/twilioemu-*.tgz && TWILIOEMU='$work/tools/twilioemu' node proof.mjs"
leave
