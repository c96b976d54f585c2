using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TwilioEmu.Client.Expectations;
using TwilioEmu.Client.Wire;

namespace TwilioEmu.Client.Webhooks;

/// <summary>
/// Waits until the app was told of something, and has taken it. What was found once is not found again. Safe from any thread.
/// </summary>
internal sealed class Telling(EmulatorClient emulator, ControlWire wire)
{
    private const string Sent = "webhook.sent";
    private const string InFlight = "in-flight";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly HashSet<long> _found = [];

    /// <summary>The oldest request of that kind that was not found before, with the app's answer.</summary>
    /// <param name="url">Whole, or a path.</param>
    /// <param name="status">Value of <c>MessageStatus</c>, <c>CallStatus</c> or
    /// any other parameter whose name ends so; null for any request.</param>
    /// <param name="about">SID; null for any.</param>
    /// <param name="within">World time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">It was not told in time, or its answer was no success.</exception>
    public async Task<Webhook> WaitAsync(string url, string? status, string? about, TimeSpan within, CancellationToken cancellation)
    {
        var match = new EntryMatch { Kind = Sent, Subject = about, Data = new JsonObject { ["url"] = Expected.Matches(Pattern(url)) } };
        var claim = $"the app should be told {(status is null ? "something" : $"\"{status}\"")} at {url}";
        var begin = (await emulator.ClockAsync(cancellation)).Now;
        var heard = "";
        for (var count = 1; ;)
        {
            var left = begin + within - (await emulator.ClockAsync(cancellation)).Now;
            var entries = await new Expectation(wire, match, "count", count, left > TimeSpan.Zero ? left : TimeSpan.Zero, 0)
                .WaitAsync(cancellation, claim + heard);
            JournalEntry? told;
            lock (_found) told = entries.FirstOrDefault(e => (status is null || StatusesOf(e).Contains(status)) && _found.Add(e.Seq));
            if (told is not null) return await AnsweredAsync(told, claim, match, cancellation);
            heard = $" (it was told {string.Join(", ", entries.SelectMany(StatusesOf).Distinct())})";
            count = entries.Count + 1;
        }
    }

    private async Task<Webhook> AnsweredAsync(JournalEntry told, string claim, EntryMatch match, CancellationToken cancellation)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var webhook = await emulator.WebhookAsync(told.Seq, cancellation);
            if (webhook.Outcome != InFlight)
            {
                if (webhook.Status is >= 200 and < 300) return webhook;
                var answered = webhook.Status is { } status ? $"and answered {status}" : "and did not answer";
                throw new ExpectationFailedException(
                    await Expectation.WithTroublesAsync(wire, $"{claim}: it was, {answered}", 0, cancellation), match, [told], []);
            }
            if (TimeProvider.System.GetElapsedTime(patience) > emulator.Patience)
            {
                throw new TimeoutException($"{claim}: it was, and has not answered after {emulator.Patience.TotalSeconds:0} s");
            }
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }

    private static IEnumerable<string> StatusesOf(JournalEntry entry) =>
        entry.Data.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object
            ? parameters.EnumerateObject()
                .Where(p => p.Name.EndsWith("Status", StringComparison.Ordinal) && p.Value.ValueKind == JsonValueKind.String)
                .Select(p => p.Value.GetString()!)
            : [];

    // A query of the app's own may follow, or be part of what is looked for.
    private static string Pattern(string url)
    {
        var origin = url.StartsWith('/') ? "https?://[^/]+" : "";
        return $"^{origin}{Regex.Escape(url)}($|[?#{(url.Contains('?', StringComparison.Ordinal) ? "&" : "")}])";
    }
}
