using System.Text;
using TwilioEmu.Voice.Verbs.Schema;

namespace TwilioEmu.Voice.Tests.Verbs.Schema;

/// <summary>Makes <c>docs/twiml.md</c> of the rows.</summary>
internal static class TwimlPage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("# TwiML for calls: every attribute\n\nMade from the rows that the emulator itself reads by; do not edit. ")
            .Append(
                "A wrong value raises the code told here, once, and the default is used; codes of the list that are errors stop the verb. ")
            .Append("What is no attribute of an element is 12200, and the rest of the document runs. Names are case-sensitive.\n\n")
            .Append(
                "Not run here: `<Connect>` with its nouns, `<Start><Stream>`, `<Start><Siprec>`. They are told of as `not_emulated`, "
                    + "and a call ends where it would have waited in them.\n");
        foreach (var element in TwimlTable.All)
        {
            page.Append($"\n## `<{element.Place.Replace("/", "><", StringComparison.Ordinal)}>`\n\n{element.Source}\n\n");
            if (element.Rows.Length == 0)
            {
                page.Append("No attributes.\n");
                continue;
            }
            page.Append("| attribute | takes | default | wrong | |\n|---|---|---|---|---|\n");
            foreach (var row in element.Rows)
            {
                var wrong = row.Rule.Wrong.Length > 0 ? $"{row.Code}" : "";
                var note = (row.IsIdle, row.Note) switch
                {
                    (true, "") => "no effect",
                    (true, var why) => $"no effect: {why}",
                    (false, var more) => more,
                };
                page.Append($"| `{row.Name}` | {row.Rule.Takes} | {(row.Default is { } usual ? $"`{usual}`" : "")} | {wrong} | {note} |\n");
            }
        }
        return page.ToString();
    }
}
