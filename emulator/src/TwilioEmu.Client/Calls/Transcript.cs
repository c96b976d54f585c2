using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwilioEmu.Client.Calls;

/// <summary>What was said, played, pressed and gathered in a call, in order.</summary>
/// <param name="CallSid">SID.</param>
/// <param name="Lines">Oldest first.</param>
public sealed record Transcript(string CallSid, IReadOnlyList<TranscriptLine> Lines)
{
    /// <summary>One line a row.</summary>
    public override string ToString() => string.Join('\n', Lines);
}

/// <summary>One line of a transcript.</summary>
/// <param name="Seq">Its place in the journal.</param>
/// <param name="At">World time, UTC.</param>
/// <param name="What"><c>heard</c>, <c>cut_short</c>, <c>said</c>, <c>pressed</c>, <c>gathered</c>, <c>bridged</c>, <c>parted</c>, <c>stand_in_played</c>.</param>
/// <param name="Who">The number that heard, said or pressed.</param>
/// <param name="Words">What was said, or a file's name.</param>
/// <param name="Digits">Keys.</param>
public sealed record TranscriptLine(long Seq, DateTimeOffset At, string What, string? Who = null, string? Words = null, string? Digits = null)
{
    /// <summary>All other particulars, by name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>One line for people.</summary>
    public override string ToString() => $"{At:HH:mm:ss.fff} {Who} {What} {Words ?? Digits}".TrimEnd();
}
