using System.Globalization;
using System.Text;
using TwilioEmu.Carrier.Handsets.Deeds;

namespace TwilioEmu.Scenarios.Reference;

/// <summary>Writes <c>docs/words.md</c>: every word of config, handsets, scripts and steps.</summary>
public static class WordPage
{
    /// <summary>The page, lines ended by LF.</summary>
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("# Words\n\nEvery word of config files, handsets, scripts and stories, made from the tables that read them; a test "
            + "keeps it true. ");
        page.Append("How stories are told is in [scenarios](../scenarios/README.md).\n\n");
        page.Append("For editors that complete and check YAML there is [twilioemu.schema.json](twilioemu.schema.json) of config files, "
            + "from the same tables: ");
        page.Append("`# yaml-language-server: $schema=path/to/twilioemu.schema.json` in a file's first line.\n\n## Config\n");
        foreach (var place in WordTable.Config) Append(page, place.Title, place.Words);
        page.Append("\n## What a person at a phone can do\n\nThe steps of a `script`. Those done by hand are also steps of stories "
            + "(`handset: N, says: ...`) and bodies of ");
        page.Append("`POST /_emu/v1/calls/{sid}/act`: `{\"says\": \"sales please\"}`, with `handset` where several take part.\n\n| word | "
            + "takes | does | by hand |\n|---|---|---|---|\n");
        foreach (var deed in DeedRegistry.All)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"| `{deed.Word}` | {deed.Takes} | {deed.Means} | {(deed.IsByHand ? "yes" : "")} |\n");
        }
        page.Append("\n## Steps of stories\n");
        foreach (var place in WordTable.Steps) Append(page, place.Title, place.Words);
        return page.ToString();
    }

    private static void Append(StringBuilder page, string title, IReadOnlyList<Word> words)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n| word | takes | means |\n|---|---|---|\n");
        foreach (var word in words)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{word.Name}` | {word.Takes.Replace("|", "\\|", StringComparison.Ordinal)} | {word.Means} |\n");
        }
    }
}
