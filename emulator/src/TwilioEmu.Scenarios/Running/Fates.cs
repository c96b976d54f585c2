using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>What became of the text or call that a claim waited for (root cause): undelivered, queued, busy.</summary>
internal static class Fates
{
    private const int MaxLines = 1000;

    /// <summary>The fate in a sentence; null where the claim is about no phone, or nothing came in its way.</summary>
    public static async Task<string?> FindAsync(Step failed, IStoryHands hands, long since, CancellationToken cancellation) => failed switch
    {
        Step.Expects { Match: { Kind: "handset.received", Subject: { } phone } } =>
            TellText(phone, await LastAsync("message.*", phone, hands, since, cancellation)),
        Step.Hears { Number: var phone } => TellCall(phone, await LastAsync("call.*", phone, hands, since, cancellation)),
        Step.Acts { Number: var phone } => TellCall(phone, await LastAsync("call.*", phone, hands, since, cancellation)),
        _ => null,
    };

    /// <summary>The last that is known of a text or call to the phone, of what came after the deeds.</summary>
    private static async Task<JournalLine?> LastAsync(
        string kind, string phone, IStoryHands hands, long since, CancellationToken cancellation)
    {
        var match = new JournalMatch
        {
            Kind = kind,
            Data = new ValueMatch.Members([("to", new ValueMatch.Is(phone)), ("status", new ValueMatch.IsPresent(true))]),
        };
        var sighting = await hands.WatchAsync(match, new EntryCount(MaxLines, false), since, TimeSpan.Zero, cancellation);
        return sighting.Found.LastOrDefault(l => !hands.IsShared || hands.Accounts.Any(a => a.Sid == l.Account));
    }

    private static string? TellText(string phone, JournalLine? line) => line is null ? null : Trouble.Text(line, "status") switch
    {
        "undelivered" or "failed" => $"the text to {phone} was {Trouble.Text(line, "status")}{Why(line)}",
        "canceled" => $"the text to {phone} was canceled before it left",
        "scheduled" => $"the text to {phone} is scheduled for later",
        "accepted" or "queued" => $"the text to {phone} still waits at its sender {Trouble.Text(line, "from")}, "
            + "which sends so many segments a second: wait longer (within:), or send less",
        "sending" or "sent" => $"the text to {phone} is still on its way: wait longer (within:)",
        _ => null,
    };

    private static string? TellCall(string phone, JournalLine? line) => line is null ? null : Trouble.Text(line, "status") switch
    {
        "busy" => $"the phone {phone} was busy",
        "no-answer" => $"the phone {phone} did not answer",
        "failed" => $"the call to {phone} failed{Why(line)}",
        "canceled" => $"the call to {phone} was canceled",
        "queued" or "initiated" or "ringing" => $"the phone {phone} has not answered yet",
        _ => null,
    };

    private static string Why(JournalLine line) => (Trouble.Text(line, "error_code"), Trouble.Text(line, "error_message")) switch
    {
        (null or "0", _) => "",
        (var code, null or "") => $", {code}",
        var (code, words) => $", {code}: {words}",
    };
}
