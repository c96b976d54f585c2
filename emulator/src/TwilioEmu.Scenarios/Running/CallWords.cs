using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Which journal entries tell what is said and done in a call.</summary>
public static class CallWords
{
    /// <summary>Entries that a transcript is made of; others of a call tell its statuses.</summary>
    public static readonly IReadOnlyList<string> TranscriptKinds =
        ["call.heard", "call.cut_short", "call.said", "call.pressed", "call.gathered", "call.bridged", "call.parted", "call.stand_in_played"];

    /// <summary>Entries that spoil a story in which nobody looked for them.</summary>
    internal static readonly IReadOnlyList<string> Troubles = ["fault", "handset.script_failed"];

    /// <summary>When what was begun to be heard has been said.</summary>
    internal static DateTimeOffset EndOf(JournalLine heard) =>
        heard.Data.TryGetProperty("duration", out var seconds) && seconds.TryGetDouble(out var length) ? heard.At + TimeSpan.FromSeconds(length) : heard.At;

    /// <summary>A phone's owner hears words in a call.</summary>
    internal static JournalMatch Heard(string callSid, string number, TextPattern words) => new()
    {
        Kind = "call.heard",
        Subject = callSid,
        Data = new ValueMatch.Members([("who", new ValueMatch.Is(number)), ("words", new ValueMatch.Fits(words))]),
    };
}
