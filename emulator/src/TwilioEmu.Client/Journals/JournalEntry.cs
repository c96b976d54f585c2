using System.Globalization;
using System.Text.Json;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>One thing that happened in the emulator's world.</summary>
/// <param name="Seq">1, 2, 3, ... without gaps.</param>
/// <param name="At">World time, UTC.</param>
/// <param name="Account">SID, or empty where it is nobody's.</param>
/// <param name="Kind">Dotted words: <c>message.delivered</c>, <c>handset.received</c>, <c>webhook.failed</c>.</param>
/// <param name="Subject">What it happened to: a SID, a phone number.</param>
/// <param name="Cause">The <see cref="Seq"/> of the entry this one follows from, or 0.</param>
/// <param name="Data">An object of particulars.</param>
public sealed record JournalEntry(long Seq, DateTimeOffset At, string Account, string Kind, string Subject, long Cause, JsonElement Data)
{
    private const int ShownLength = 300;

    /// <summary>A particular as text, or null: <c>entry["body"]</c>.</summary>
    public string? this[string name] =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : null;

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"#{Seq} {At:HH:mm:ss.fff} {Kind} {Subject} {(Data.ValueKind == JsonValueKind.Undefined ? "" : Data.GetRawText())}");
        return line.Length <= ShownLength ? line : line[..ShownLength] + "...";
    }
}

/// <summary>A page of the journal, oldest first.</summary>
/// <param name="Entries">What was asked for.</param>
/// <param name="FirstSeq">The oldest entry kept.</param>
/// <param name="LastSeq">The newest written.</param>
/// <param name="NextAfter">Ask with this as <see cref="JournalQuery.After"/> for what comes next.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, long FirstSeq, long LastSeq, long NextAfter);

/// <summary>Which entries are asked for.</summary>
public sealed record JournalQuery
{
    /// <summary>Only entries behind this one; null for all, and in a stream for what is yet to come.</summary>
    public long? After { get; init; }

    /// <summary>The kind, or its beginning and a star: <c>message.*</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>A SID or phone number.</summary>
    public string? Subject { get; init; }

    /// <summary>SID.</summary>
    public string? Account { get; init; }

    /// <summary>Entries of a page, 1 to 1000; not for streams.</summary>
    public int? Limit { get; init; }

    /// <summary>Into a path's query, all but the limit.</summary>
    internal QueryText AddTo(QueryText path) => path.Add("after", After).Add("kind", Kind).Add("subject", Subject).Add("account", Account);
}
