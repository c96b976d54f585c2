using System.Globalization;
using System.Text.Json;
using TwilioEmu.Console.Pages;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Console.Control;

/// <summary>Waits, moving virtual time, until the journal holds what is expected.</summary>
internal sealed class ExpectCalls
{
    /// <summary>Entries that one call may wait for, as all of them are in the answer.</summary>
    private const int LargestCount = 10_000;

    /// <summary>Calls that may wait at once; every new entry is shown to each of them, off the loop.</summary>
    internal const int MostWaiting = 1000;

    /// <summary>Entries looked through for what is told beside the answer, the newest; and how many are told.</summary>
    private const int MaxLooked = 10_000;
    private const int MaxAlso = 20;

    // An SDK that nobody led here goes to the real Twilio, and nothing is seen of it.
    private const string PastUs = "; no request has come to the API, and no webhook has left: an app that sends is led here by twilioemu "
        + "exec, a base URL, or in .NET Attach or TwilioRedirectHandler; one that answers is named by sms_url or voice_url";

    private int _waiting;

    public async Task<ControlAnswer?> ExpectAsync(ControlRequest request)
    {
        var asked = await request.BodyAsync(Read);
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return ControlAnswer.Problem(503, $"{MostWaiting} calls of expect are waiting already");
        }
        try
        {
            var journal = request.World.Journal;
            request.World.Clock.Note(Outside.Waits);
            var found = await request.ProcedureAsync(() =>
                journal.ExpectAsync(
                    asked.Match.Selection, asked.Match.IsMetBy, asked.Count.StopAt, asked.After, asked.Within, request.Cancellation));
            if (!asked.Count.IsMetBy(found.Count))
            {
                var trimmedBefore = journal.TrimmedBefore(asked.Match.Account is { } account ? new AccountSid(account) : null);
                var nearest = NearMiss.Among(journal.NewestFirst(OfAccount(asked)), asked.Match, asked.After);
                var blamed = AlsoSeen(journal, asked, found).LastOrDefault() ?? (nearest.Count > 0 ? nearest[0].Line : null);
                var isBlank = found.Count == 0 && nearest.Count == 0 && trimmedBefore <= 1;
                var past = isBlank && IsUnheardOf(journal) ? PastUs : "";
                return Missed(asked, found, nearest, Trimmed(asked, trimmedBefore) + past, LinkTo(request, blamed));
            }
            var also = AlsoSeen(journal, asked, found);
            if (asked.IsStrict && also.Count > 0) return NotAlone(also, found, LinkTo(request, also[0]));
            return ControlAnswer.Ok(json =>
            {
                WriteFound(json, found);
                WriteAlso(json, also);
            });
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static Asked Read(Fields body)
    {
        var match = new JournalMatch();
        if (body.Need("match") && body.Mapping("match") is { } fields)
        {
            match = MatchReader.ReadMatch(fields);
            fields.End();
        }
        var count = MatchReader.ReadCount(body);
        if (count.Number > LargestCount)
        {
            body.Fault(count.IsExact ? "exactly" : "count", $"at most {LargestCount} entries can be waited for");
        }
        return new Asked(
            match, count, body.Whole("after", 0, long.MaxValue) ?? 0, body.Duration("within") ?? MatchReader.UsualWait,
            body.Flag("strict") ?? false);
    }

    private static string Trimmed(Asked asked, long trimmedBefore) => trimmedBefore > asked.After + 1
        ? $"; entries before {trimmedBefore.ToString("N0", CultureInfo.InvariantCulture)} were trimmed"
        : "";

    /// <summary>
    /// True of a world that no app has asked anything, and that has asked none: whoever expects something of one has it somewhere else.
    /// </summary>
    private static bool IsUnheardOf(WorldJournal journal) =>
        journal.LastSeq <= MaxLooked && journal.After(0).All(e => e.Kind is not ("request" or "request.refused" or "webhook.sent"));

    private static ControlAnswer Missed(
        Asked asked, IReadOnlyList<Entry> found, IReadOnlyList<NearMiss> nearest, string why, string? see)
    {
        var more = found.Count > asked.Count.Number ? " or more" : "";
        var told = $"expected {asked.Count} within {Durations.Write(asked.Within)}, found {found.Count}{more}{why}";
        return ControlAnswer.Problem(408, told, json =>
        {
            WriteFound(json, found);
            if (see is not null) json.WriteString("see", see);
            json.WriteStartArray("nearest");
            foreach (var miss in nearest)
            {
                json.WriteStartObject();
                json.WritePropertyName("entry");
                miss.Line.ToElement().WriteTo(json);
                json.WriteStartArray("because");
                foreach (var reason in miss.Because) json.WriteStringValue(reason);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>
    /// What was not asked for and is told all the same: troubles in the account asked about, behind the entry asked about.
    /// </summary>
    private static List<JournalLine> AlsoSeen(WorldJournal journal, Asked asked, IReadOnlyList<Entry> found) =>
    [
        .. journal.NewestFirst(OfAccount(asked)).TakeWhile(e => e.Seq > asked.After).Take(MaxLooked)
            .Where(e => Trouble.MayBe(e) && !found.Contains(e) && !asked.Match.IsMetBy(e))
            .Select(JournalLine.Of).Where(l => Trouble.Of(l) is not null).Take(MaxAlso).Reverse(),
    ];

    // What others do is no near miss of one account's, and must not crowd its own out.
    private static Selection OfAccount(Asked asked) => new(Account: asked.Match.Selection.Account);

    private static ControlAnswer NotAlone(List<JournalLine> also, IReadOnlyList<Entry> found, string? see)
    {
        var told = string.Join("; ", also.Select(l => Trouble.Of(l)!.Tell(l)));
        return ControlAnswer.Problem(408, $"found {found.Count}, but strict, and also: {told}", json =>
        {
            WriteFound(json, found);
            if (see is not null) json.WriteString("see", see);
            WriteAlso(json, also);
        });
    }

    /// <summary>Where the page shows what is to blame, most likely: a trouble, else the nearest miss, else what happened last.</summary>
    /// <returns>Null where no page is served, or nobody can go there.</returns>
    private static string? LinkTo(ControlRequest request, JournalLine? blamed)
    {
        var http = request.Context;
        if (!request.Doors.ServesUi || http.Connection.LocalPort == 0) return null;
        var journal = request.World.Journal;
        var path = blamed is not null && journal.Find(blamed.Seq) is { } entry ? UiLinks.PathOf(journal, entry) : UiLinks.Latest;
        return $"{http.Request.Scheme}://{http.Request.Host}{path}";
    }

    private static void WriteAlso(Utf8JsonWriter json, List<JournalLine> also)
    {
        json.WriteStartArray("also");
        foreach (var line in also)
        {
            json.WriteStartObject();
            json.WriteString("told", Trouble.Of(line)!.Tell(line));
            json.WritePropertyName("entry");
            line.ToElement().WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFound(Utf8JsonWriter json, IReadOnlyList<Entry> found)
    {
        json.WriteNumber("found", found.Count);
        json.WriteStartArray("entries");
        foreach (var entry in found) entry.WriteTo(json);
        json.WriteEndArray();
    }

    private sealed record Asked(JournalMatch Match, EntryCount Count, long After, TimeSpan Within, bool IsStrict);
}
