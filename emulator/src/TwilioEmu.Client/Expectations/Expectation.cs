using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Client.Wire;

namespace TwilioEmu.Client.Expectations;

/// <summary>One call of <c>POST /_emu/v1/expect</c>, and the exception that tells of its failure.</summary>
/// <param name="wire">To the emulator.</param>
/// <param name="match">Which entries.</param>
/// <param name="rule"><c>count</c> (at least; 0 for none) or <c>exactly</c>.</param>
/// <param name="number">How many; up to 10,000.</param>
/// <param name="within">World time; null for <see cref="UsualWait"/>.</param>
/// <param name="after">Only entries behind this one.</param>
/// <param name="strict">True fails also where troubles nobody asked about were seen.</param>
internal sealed class Expectation(
    ControlWire wire, EntryMatch match, string rule, int number, TimeSpan? within, long after, bool strict = false)
{
    /// <summary>The emulator's own, also for stories.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    private const string Path = "/expect";
    private const int ShownEntries = 8;
    private const int ShownTroubles = 3;
    private const long LookedAt = 1000;

    // What Twilio's debugger would show, scripts that heard nothing, and the emulator's own faults.
    private static readonly string[] Troubles = ["alert", "handset.script_failed", "fault"];

    /// <summary>The matching entries.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="claim">What was expected, for the message; null for the match itself.</param>
    /// <exception cref="ExpectationFailedException">It did not happen in time.</exception>
    public async Task<FoundEntries> WaitAsync(CancellationToken cancellation, string? claim = null)
    {
        var wait = within ?? UsualWait;
        var body = new JsonObject { ["match"] = match.ToJson(), [rule] = number, ["within"] = Durations.Write(wait) };
        if (after > 0) body["after"] = after;
        if (strict) body["strict"] = true;
        var (status, bytes) = await wire.SendAsync(HttpMethod.Post, Path, body, wait, cancellation);
        if (status != HttpStatusCode.RequestTimeout && !ControlWire.IsSuccess(status))
        {
            throw ControlWire.Refusal(status, bytes, HttpMethod.Post, Path);
        }
        var answer = JsonSerializer.Deserialize(bytes.Span, ClientJson.Default.ExpectAnswer)
            ?? throw new EmulatorException(status, "the answer is null", $"POST {Path}");
        if (status != HttpStatusCode.RequestTimeout) return new FoundEntries(answer.Entries, answer.Also ?? []);
        throw new ExpectationFailedException(
            await TellAsync(answer, claim, cancellation), match, answer.Entries, answer.Nearest ?? [], answer.Also ?? []);
    }

    private async Task<string> TellAsync(ExpectAnswer answer, string? claim, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        if (claim is not null) text.Append(claim).Append(": ");
        text.Append(answer.Detail).Append(CultureInfo.InvariantCulture, $", looking for {match}");
        foreach (var entry in answer.Entries.Take(ShownEntries)) text.Append("\n  found    ").Append(entry);
        if (answer.Entries.Count > ShownEntries)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  and {answer.Entries.Count - ShownEntries} more");
        }
        foreach (var miss in answer.Nearest ?? [])
        {
            text.Append("\n  nearest  ").Append(miss.Entry);
            foreach (var reason in miss.Because) text.Append("\n           but ").Append(reason);
        }
        var isNear = answer.Entries.Count > 0 || answer.Nearest is { Count: > 0 };
        if (!isNear) foreach (var entry in await LatestAsync(wire, after, null, cancellation)) text.Append("\n  happened ").Append(entry);
        var told = await WithTroublesAsync(wire, text.ToString(), after, cancellation);
        return answer.See is null ? told : $"{told}\n  see      {answer.See}";
    }

    /// <summary>A message with what went wrong lately: an app that failed is why most things do not happen.</summary>
    public static async Task<string> WithTroublesAsync(ControlWire wire, string message, long after, CancellationToken cancellation)
    {
        var text = new StringBuilder(message);
        foreach (var kind in Troubles)
        {
            foreach (var entry in await LatestAsync(wire, after, kind, cancellation)) text.Append("\n  trouble  ").Append(entry);
        }
        foreach (var fault in wire.AppFaults?.Invoke() ?? []) text.Append("\n  the app  ").Append(fault);
        return text.ToString();
    }

    /// <summary>The end of the journal, or of its entries of a kind: for a reader who wonders why.</summary>
    private static async Task<IEnumerable<JournalEntry>> LatestAsync(
        ControlWire wire, long after, string? kind, CancellationToken cancellation)
    {
        try
        {
            var end = await wire.AskAsync(HttpMethod.Get, "/journal?limit=1", null, ClientJson.Default.JournalPage, cancellation);
            var from = Math.Max(after, end.LastSeq - (kind is null ? ShownEntries : LookedAt));
            var path = new QueryText("/journal").Add("after", Math.Max(0, from)).Add("kind", kind).Add("limit", LookedAt).ToString();
            return (await wire.AskAsync(HttpMethod.Get, path, null, ClientJson.Default.JournalPage, cancellation)).Entries
                .TakeLast(kind is null ? ShownEntries : ShownTroubles);
        }
        catch (Exception fault) when (fault is EmulatorException or HttpRequestException or TimeoutException)
        {
            return [];
        }
    }
}

/// <summary>An answer of <c>expect</c>: of success, or (<c>408</c>) of failure.</summary>
/// <param name="Found">How many.</param>
/// <param name="Entries">They.</param>
/// <param name="Detail">What failed, in words.</param>
/// <param name="Nearest">Of failure.</param>
/// <param name="Also">Troubles nobody asked about.</param>
/// <param name="See">Of failure: where the web UI shows what is to blame, most likely; null where none is served.</param>
internal sealed record ExpectAnswer(
    int Found, IReadOnlyList<JournalEntry> Entries, string? Detail = null, IReadOnlyList<NearMiss>? Nearest = null,
    IReadOnlyList<AlsoSeen>? Also = null, string? See = null);
