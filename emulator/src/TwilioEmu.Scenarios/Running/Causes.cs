using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>
/// Looks in the journal for why a story went wrong: what its report says first, and what fails a story whose claims were met.
/// </summary>
internal sealed class Causes(IStoryHands hands, long start)
{
    private const int MaxLines = 1000;

    /// <summary>The troubles since the story began that no met claim expected, the gravest first.</summary>
    public async Task<IReadOnlyList<(Trouble Trouble, JournalLine Line)>> TroublesAsync(
        IReadOnlyList<JournalMatch> expected, CancellationToken cancellation)
    {
        var troubles = new List<(Trouble, JournalLine)>();
        foreach (var trouble in Trouble.All)
        {
            foreach (var line in await SeeAsync(trouble.Kind, cancellation))
            {
                // A claim about everything of a subject did not ask for its troubles.
                if (Trouble.Of(line) is not null && !expected.Any(m => m.Kind is not null && m.IsMetBy(line)))
                {
                    troubles.Add((trouble, line));
                }
            }
        }
        return troubles;
    }

    /// <summary>The most likely cause of a failure, in a sentence; null when the journal shows none.</summary>
    /// <param name="failed">The step that went wrong.</param>
    /// <param name="expected">What met claims looked for.</param>
    /// <param name="since">Where the deeds began that the failed claim was about.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<string?> FindAsync(Step failed, IReadOnlyList<JournalMatch> expected, long since, CancellationToken cancellation)
    {
        var troubles = await TroublesAsync(expected, cancellation);
        var faults = troubles.Where(t => t.Trouble.Kind is "fault" or "alert").ToList();
        if (Pick(faults.Select(f => f.Line), since) is { } line) return await TellAsync(line, cancellation);
        var unanswered = (await SeeAsync("webhook.*", cancellation))
            .Where(l => IsFailed(l) && !expected.Any(m => m.Kind is not null && m.IsMetBy(l)));
        if (Pick(unanswered, since) is { } webhook) return TellWebhook(webhook);
        if (Pick(
            (await SeeAsync("handset.received", cancellation))
                .Where(l => Trouble.Text(l, "message_sid") == "" && l.Account == AccountSid.None.Value),
            since) is { } strayed)
        {
            return TellStray(strayed);
        }
        if (troubles is [var (trouble, first), ..]) return trouble.Tell(first);
        return await Fates.FindAsync(failed, hands, since, cancellation) ?? await FindWarningAsync(since, cancellation);
    }

    /// <summary>What was warned of after the deeds that a failed claim is about; it may be the cause, and may not.</summary>
    private async Task<string?> FindWarningAsync(long since, CancellationToken cancellation)
    {
        if ((await SeeAsync("alert", cancellation)).FirstOrDefault(l => l.Seq > since) is { } alert)
        {
            return $"perhaps: {Trouble.TellAlert(alert)}";
        }
        return (await SeeAsync("warning", cancellation)).FirstOrDefault(l => l.Seq > since) is { } warning
            ? $"perhaps: {Trouble.Text(warning, "warning")}"
            : null;
    }

    /// <summary>A trouble in a sentence, with what the app answered where that was the trouble.</summary>
    public async Task<string> TellAsync(JournalLine line, CancellationToken cancellation)
    {
        var told = Trouble.Of(line)?.Tell(line) ?? line.Kind;
        if (line.Kind != "alert") return told;
        var answer = (await SeeAsync("webhook.*", cancellation)).FirstOrDefault(l => l.Seq == line.Cause);
        return answer is not null && Trouble.Text(answer, "body") is { Length: > 0 } body ? $"{told}: \"{Trouble.Excerpt(body)}\"" : told;
    }

    private static JournalLine? Pick(IEnumerable<JournalLine> lines, long since)
    {
        var all = lines.ToList();
        return all.Find(l => l.Seq > since) ?? all.FirstOrDefault();
    }

    private static bool IsFailed(JournalLine line) => line.Kind == "webhook.failed"
        || (line.Kind == "webhook.answered" && line.Data.TryGetProperty("status", out var status) && status.TryGetInt32(out var code)
            && code >= 400);

    private static string TellWebhook(JournalLine line)
    {
        var what = Trouble.Text(line, "status") is { } status
            ? $"answered {status}"
            : $"was not reached: {Trouble.Text(line, "error_message")}";
        var body = Trouble.Text(line, "body") is { Length: > 0 } said ? $": \"{Trouble.Excerpt(said)}\"" : "";
        return $"the app {what} ({Trouble.Text(line, "url")}){body}";
    }

    private string TellStray(JournalLine line)
    {
        var to = Trouble.Text(line, "to");
        return $"nobody here owns {to}: the text of {Trouble.Text(line, "from")} went to a handset of that number, and to no app; give "
            + $"{to} under numbers: to an account";
    }

    private async Task<IEnumerable<JournalLine>> SeeAsync(string kind, CancellationToken cancellation)
    {
        var sighting = await hands.WatchAsync(
            new JournalMatch { Kind = kind }, new EntryCount(MaxLines, false), start, TimeSpan.Zero, cancellation);
        return hands.IsShared
            ? sighting.Found.Where(l => l.Account.Length == 0 || hands.Accounts.Any(a => a.Sid == l.Account))
            : sighting.Found;
    }
}
