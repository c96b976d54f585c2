namespace TwilioEmu;

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
/// <param name="What"><c>heard</c>, <c>cut_short</c>, <c>said</c>, <c>pressed</c>, <c>gathered</c>, <c>bridged</c>, <c>parted</c>,
/// <c>stand_in_played</c>.</param>
/// <param name="Who">The number that heard, said or pressed.</param>
/// <param name="Kind">Of what was heard or said: <c>speech</c>, <c>audio</c>, <c>keys</c>, ...</param>
/// <param name="Words">What was said, or a file's name.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Digits">Keys pressed or gathered.</param>
/// <param name="Speech">Words gathered.</param>
/// <param name="EndedBy">Why gathering ended.</param>
/// <param name="With">SID of the call it was bridged with.</param>
/// <param name="Party">Number of that call's far end.</param>
public sealed record TranscriptLine(
    long Seq, DateTimeOffset At, string What, string? Who = null, string? Kind = null, string? Words = null, double? Duration = null,
    string? Digits = null,
    string? Speech = null, string? EndedBy = null, string? With = null, string? Party = null)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{At:HH:mm:ss.fff} {Who} {What} {Words ?? Speech ?? Digits ?? Party}".TrimEnd();
}
