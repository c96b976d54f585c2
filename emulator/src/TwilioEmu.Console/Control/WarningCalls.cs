using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Control;

/// <summary>What was asked for and is not done here, each thing once, with how often it was.</summary>
internal static class WarningCalls
{
    /// <summary>
    /// <c>GET /warnings?after&amp;limit&amp;account&amp;subject</c>: first met first; the same words of the same account are one.
    /// </summary>
    public static Task<ControlAnswer?> ListAsync(ControlRequest request)
    {
        var after = request.QueryNumber("after")!.Value;
        var limit = request.Limit;
        var match = new JournalMatch { Subject = request.Query("subject"), Account = request.Query("account") };
        var warnings = Collect(request.World.Journal.After(after, match.Selection), limit);
        return Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("warnings");
            foreach (var warning in warnings)
            {
                json.WriteStartObject();
                json.WriteNumber("id", warning.First.Seq);
                json.WriteString("kind", warning.First.Kind);
                json.WriteString("at", warning.First.At.UtcDateTime);
                json.WriteString("last_at", warning.LastAt.UtcDateTime);
                json.WriteNumber("count", warning.Count);
                json.WriteString("account", warning.First.Account.Value);
                json.WriteString("subject", warning.First.Subject);
                json.WriteString("warning", warning.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }));
    }

    private static List<Warning> Collect(IEnumerable<Entry> entries, int limit)
    {
        var warnings = new List<Warning>();
        var places = new Dictionary<(string Account, string Text), int>();
        foreach (var entry in entries)
        {
            if (WorldEntries.WarningOf(entry) is not { } text) continue;
            if (places.TryGetValue((entry.Account.Value, text), out var at)) warnings[at] = warnings[at] with
            {
                Count = warnings[at].Count + 1,
                LastAt = entry.At,
            };
            else if (warnings.Count < limit)
            {
                places.Add((entry.Account.Value, text), warnings.Count);
                warnings.Add(new Warning(entry, text, 1, entry.At));
            }
        }
        return warnings;
    }

    private sealed record Warning(Entry First, string Text, int Count, DateTimeOffset LastAt);
}
