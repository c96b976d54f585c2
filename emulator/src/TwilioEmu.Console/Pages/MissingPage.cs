namespace TwilioEmu.Console.Pages;

/// <summary>What stands at the page's place where the program was built without it.</summary>
internal static class MissingPage
{
    /// <summary>UTF-8; no script, no style: the policy of the page's files holds here too.</summary>
    public static ReadOnlyMemory<byte> Html { get; } = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>TwilioEmu: the web UI was not built</title>
        <h1>The web UI was not built</h1>
        <p>This program was built on a machine without Node, which makes the page. Everything else works: the REST API, the control API
        below <code>/_emu/v1</code>, webhooks, stories.</p>
        <ol>
        <li>Install Node 20.19 or later (nodejs.org).</li>
        <li>Build again: <code>dotnet build emulator/src/TwilioEmu -c Release</code>.</li>
        <li>Start the program and load this page again.</li>
        </ol>
        <p>The published file, the .NET tool and the container always carry it.</p>
        </html>

        """u8.ToArray();
}
