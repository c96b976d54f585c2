using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>A journal entry nobody hopes for, and what to tell a person about it (root cause).</summary>
/// <param name="Kind">Of the entry.</param>
/// <param name="Name">What there is, for "the journal holds ...".</param>
/// <param name="Tell">The entry in a sentence, with its cure where one is known.</param>
public sealed record Trouble(string Kind, string Name, Func<JournalLine, string> Tell)
{
    private const int MaxText = 200;

    /// <summary>All sorts, the gravest first.</summary>
    public static IReadOnlyList<Trouble> All { get; } =
    [
        new(
            "fault", "a fault of the emulator's own",
            l => $"the emulator itself faltered, which is no fault of the app's: {Text(l, "message") ?? Short(l)}"),
        new("alert", "an alert of level error that no claim expected", TellAlert),
        new("not_emulated", "something that is not emulated", l => $"not emulated: {Text(l, "what") ?? Short(l)}"),
        new("handset.script_failed", "a script that waited in vain", l =>
            $"handset {l.Subject} waited {Text(l, "within")} s in vain to hear \"{Text(l, "wanted")}\"; it heard {Heard(l)}"),
        new("handset.script_cut_short", "a script that was cut short", TellCutShort),
    ];

    /// <summary>The sort of an entry, or null where it is none: alerts below level error are not.</summary>
    public static Trouble? Of(JournalLine line) =>
        All.FirstOrDefault(t => t.Kind == line.Kind) is { } trouble && (trouble.Kind != "alert" || Text(line, "level") == "error")
            ? trouble
            : null;

    /// <summary>True for the kinds among which troubles are, before anything is rendered.</summary>
    public static bool MayBe(Entry entry) => All.Any(t => t.Kind == entry.Kind);

    /// <summary>What an app answered, short: its exception or error page without the markup.</summary>
    internal static string Excerpt(string body)
    {
        var flat = PageWords.Of(body) ?? string.Join(' ', body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return flat.Length <= MaxText ? flat : flat[..(MaxText - 3)] + "...";
    }

    internal static string? Text(JournalLine line, string name) => line.Data.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        }
        : null;

    internal static string TellAlert(JournalLine line)
    {
        var about = Text(line, "url") is { } url ? $" ({(Text(line, "method") is { } method ? method + " " : "")}{url})" : "";
        return $"{Text(line, "code")}: {Text(line, "message")}{about}";
    }

    private static string TellCutShort(JournalLine line)
    {
        var wanted = Text(line, "wanted") is { } words ? $" \"{words}\"" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"the call ended ({Text(line, "end")}) before handset {line.Subject} was through with its script: step {Text(line, "number")} "
                + $"of {Text(line, "of")}, "
            + $"{Text(line, "step")}{wanted}, was still to come; it heard {Heard(line)}");
    }

    private static string Heard(JournalLine line) => Text(line, "heard") is { Length: > 0 } heard ? $"\"{heard}\"" : "nothing";

    private static string Short(JournalLine line) => Excerpt(line.Data.GetRawText());
}
