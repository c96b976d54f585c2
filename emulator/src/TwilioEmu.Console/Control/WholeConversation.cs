using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Control;

/// <summary>
/// A conversation whole: a call with those it dialled or was dialled by and was bridged with, and all that the journal tells of them.
/// </summary>
/// <remarks>
/// Any thread; the journal is read once from its beginning. Statuses with who ended what,
/// requests to the app and their answers, words, keys, alerts, REST orders, and what phones did.
/// </remarks>
internal sealed class WholeConversation
{
    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);
    private readonly List<JournalLine> _lines = [];

    /// <summary>The SIDs of its calls, the one that was asked for first.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>In the order of the journal.</summary>
    public IReadOnlyList<JournalLine> Lines => _lines;

    /// <summary>Null where the journal knows no such call.</summary>
    public static WholeConversation? Of(WorldJournal journal, string sid)
    {
        var whole = new WholeConversation();
        var ties = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var isKnown = false;
        foreach (var entry in journal.After(0).Where(e => e.Kind.StartsWith("call.", StringComparison.Ordinal)))
        {
            isKnown |= entry.Subject == sid;
            if (TiedTo(entry) is not { } other) continue;
            Tie(ties, entry.Subject, other);
            Tie(ties, other, entry.Subject);
        }
        if (!isKnown) return null;
        var open = new Queue<string>([sid]);
        while (open.TryDequeue(out var call))
        {
            if (!whole._calls.Add(call) || !ties.TryGetValue(call, out var others)) continue;
            foreach (var other in others) open.Enqueue(other);
        }
        whole._lines.AddRange(journal.After(0).Where(e => whole.IsOfIt(e)).Select(JournalLine.Of));
        return whole;
    }

    /// <summary><c>{"call_sid","calls":[...],"lines":[{"seq","at","subject","what",...}]}</c>, in the order of the journal.</summary>
    public ControlAnswer Answer() => ControlAnswer.Ok(json =>
    {
        json.WriteString("call_sid", _calls.First());
        json.WriteStartArray("calls");
        foreach (var call in _calls) json.WriteStringValue(call);
        json.WriteEndArray();
        json.WriteStartArray("lines");
        foreach (var line in _lines)
        {
            json.WriteStartObject();
            json.WriteNumber("seq", line.Seq);
            json.WriteString("at", line.At.UtcDateTime);
            json.WriteString("what", line.Kind);
            json.WriteString("subject", line.Subject);
            json.WritePropertyName("data");
            line.Data.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>The call that made this one, or that it is bridged with; null where the entry tells of none.</summary>
    private static string? TiedTo(Entry entry) => entry.Kind switch
    {
        "call.bridged" => Text(entry, "with"),
        "call.queued" or "call.initiated" or "call.ringing" => Text(entry, "parent_call_sid"),
        _ => null,
    };

    /// <summary>
    /// About one of its calls: by its subject, by the <c>call_sid</c> it names, or as a request whose path has the call's SID.
    /// </summary>
    private bool IsOfIt(Entry entry) =>
        _calls.Contains(entry.Subject)
        || (Text(entry, "call_sid") is { } call && _calls.Contains(call))
        || (entry.Subject.Contains("/Calls/CA", StringComparison.Ordinal)
            && _calls.Any(c => entry.Subject.Contains(c, StringComparison.Ordinal)));

    private static string? Text(Entry entry, string name)
    {
        var data = JournalLine.Of(entry).Data;
        return data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    private static void Tie(Dictionary<string, HashSet<string>> ties, string from, string to)
    {
        if (!ties.TryGetValue(from, out var others)) ties.Add(from, others = new HashSet<string>(StringComparer.Ordinal));
        others.Add(to);
    }
}
