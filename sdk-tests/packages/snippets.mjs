// The C# that users are shown, as tests and programs of the fresh projects: node snippets.mjs ROOT FRESH; prints how many tests each project has now.
//
// README.md and docs/packages/TwilioEmu.Host.md become tests of Shop, whose app stands at http://app.test; docs/testing-dotnet.md's fixtures a class of each
// framework's; docs/packages/TwilioEmu.Client.md a program. Nothing in them is changed but the address of the emulator. A block that is gone is a fault.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [root, fresh] = process.argv.slice(2);

/** The first block of C# of a page that begins so, its usings apart. */
function block(page, begins) {
  const found = [...readFileSync(join(root, page), 'utf8').matchAll(/^```csharp\n([\s\S]*?)^```$/gm)].map(([, text]) => text).find((text) => text.startsWith(begins));
  if (!found) throw new Error(`${page} shows no C# that begins with "${begins}"`);
  const lines = found.split('\n');
  return { usings: lines.filter((l) => /^using [\w.]+;$/.test(l)), text: lines.filter((l) => !/^using [\w.]+;$/.test(l)).join('\n') };
}

const file = (path, usings, text) => writeFileSync(join(fresh, path), `${[...new Set([...usings, 'using TwilioEmu;'])].join('\n')}\n\n${text}\n`);
const test = (name, text) => `    [Fact]\n    public async Task ${name}()\n    {\n${text}\n    }\n`;

const pages = {
  The_readme_holds: block('README.md', '// xunit, NUnit, MSTest'),
  The_package_s_page_holds: block('docs/packages/TwilioEmu.Host.md', 'using Microsoft'),
  The_page_of_tests_holds: block('docs/testing-dotnet.md', 'await using var twilio'),
};
file('Shop.XunitTests/PagesTests.cs', ['using Microsoft.AspNetCore.Mvc.Testing;', 'using Xunit;', ...Object.values(pages).flatMap((p) => p.usings)],
  `public sealed class PagesTests\n{\n${Object.entries(pages).map(([name, page]) => test(name, page.text)).join('\n')}}`);

const fixtures = Object.fromEntries(block('docs/testing-dotnet.md', '// xunit.v3').text.split(/^\/\/ (?=xunit\.v3|xunit 2|NUnit|MSTest)/m).slice(1).map((part) => [/^[\w. ]+/.exec(part)[0].trim(), part.slice(part.indexOf('\n') + 1)]));
const settles = (of) => `await ${of}.SettleAsync();`;
const own = (attribute, modifier, text) => `${attribute}public sealed class PhonesTests\n{\n    private ${modifier}TwilioEmuHost _twilio = null!;\n${text}\n    `;
file('Shop.XunitTests/Phones.cs', ['using Xunit;'], `${fixtures['xunit.v3']}\npublic sealed class PhonesTests(Phones phones) : IClassFixture<Phones>\n{\n${test('They_ring', settles('phones.Twilio'))}}`);
file('Shop.Xunit2Tests/Phones.cs', ['using Xunit;'], `public sealed class Phones : IAsyncLifetime\n{\n    public TwilioEmuHost Twilio { get; private set; } = null!;\n${fixtures['xunit 2']}}\n\npublic sealed class PhonesTests(Phones phones) : IClassFixture<Phones>\n{\n${test('They_ring', settles('phones.Twilio'))}}`);
file('Shop.NUnitTests/Phones.cs', ['using NUnit.Framework;'], `${own('', '', fixtures.NUnit)}[Test]\n    public async Task They_ring() => ${settles('_twilio')}\n}`);
file('Shop.MSTestTests/Phones.cs', ['using Microsoft.VisualStudio.TestTools.UnitTesting;'], `${own('[TestClass]\n', 'static ', fixtures.MSTest)}[TestMethod]\n    public async Task They_ring() => ${settles('_twilio')}\n}`);

// docs/first-hour.md, in a folder of its own: its commands, and between them its two files.
const hour = [...readFileSync(join(root, 'docs/first-hour.md'), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
const of = (language, begins) => hour.find((b) => b.language === language && b.text.startsWith(begins))?.text ?? (() => { throw new Error(`docs/first-hour.md shows no ${language} that begins with "${begins}"`); })();
writeFileSync(join(fresh, 'first-hour.sh'), `set -e\n${of('sh', 'mkdir ../shop')}cat >Shop/Program.cs <<'CS'\n${of('csharp', 'using Twilio.Clients')}CS\nrm -f Shop.Tests/UnitTest1.cs\ncat >Shop.Tests/ShopTests.cs <<'CS'\n${
  of('csharp', 'using Microsoft.AspNetCore.Mvc.Testing')}CS\n${of('sh', 'dotnet test Shop.Tests')}`);

// Under twilioemu exec: whose account it is and where the emulator listens is in the environment.
const client = block('docs/packages/TwilioEmu.Client.md', 'using TwilioEmu');
mkdirSync(join(fresh, 'Client'));
writeFileSync(join(fresh, 'Client/Client.csproj'), readFileSync(join(fresh, 'Caller/Caller.csproj')));
file('Client/Program.cs', client.usings, `var (sid, token) = (Environment.GetEnvironmentVariable("TWILIO_ACCOUNT_SID"), Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN"));\n${
  client.text.replace('"http://127.0.0.1:4010"', 'Environment.GetEnvironmentVariable("TWILIOEMU_URL")!')}\nConsole.WriteLine(twilio.AccountSid);`);
console.log('Shop.XunitTests 5\nShop.Xunit2Tests 2\nShop.NUnitTests 2\nShop.MSTestTests 2');
