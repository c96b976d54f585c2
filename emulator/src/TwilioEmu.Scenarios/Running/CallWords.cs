using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Which journal entries tell what is said and done in a call.</summary>
public static class CallWords
{
    /// <summary>Entries that a transcript is made of; others of a call tell its statuses.</summary>
    public static readonly IReadOnlyList<string> TranscriptKinds =
        [
            "call.heard", "call.cut_short", "call.said", "call.pressed", "call.gathered", "call.bridged", "call.parted", "call.held",
            "call.resumed", "call.stand_in_played",
        ];

    /// <summary>When what was begun to be heard has been said.</summary>
    internal static DateTimeOffset EndOf(JournalLine heard) =>
        heard.Data.TryGetProperty("duration", out var seconds) && seconds.TryGetDouble(out var length)
            ? heard.At + TimeSpan.FromSeconds(length)
            : heard.At;

    /// <summary>A phone's owner hears words in a call.</summary>
    internal static JournalMatch Heard(string callSid, string number, TextPattern words) => new()
    {
        Kind = "call.heard",
        Subject = callSid,
        Data = new ValueMatch.Members([("who", new ValueMatch.Is(number)), ("words", new ValueMatch.Fits(words))]),
    };

    /// <summary>A call has come to one of its last statuses.</summary>
    internal static JournalMatch Ended(string callSid) =>
        new() { Kind = "call.*", Subject = callSid, Data = new ValueMatch.Members([("status", new ValueMatch.Fits(LastStatuses))]) };

    private static readonly TextPattern LastStatuses =
        TextPattern.TryParse("/^(completed|busy|no-answer|failed|canceled)$/", out var last, out var error)
            ? last
            : throw new InvalidOperationException(error);
}
