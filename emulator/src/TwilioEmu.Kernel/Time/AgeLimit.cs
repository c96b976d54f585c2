namespace TwilioEmu.Kernel.Time;

/// <summary>How old the things of a bounded list may grow.</summary>
/// <remarks>
/// Trimming begins when the oldest is a sixteenth over age: it then takes many at once, and does not write an entry for every one.
/// </remarks>
internal readonly record struct AgeLimit(TimeSpan Max)
{
    private TimeSpan Slack => TimeSpan.FromTicks(Math.Min(Max.Ticks / 16, TimeSpan.MaxValue.Ticks - Max.Ticks));

    /// <summary>It may go.</summary>
    public bool IsOver(DateTimeOffset now, DateTimeOffset since) => now - since > Max;

    /// <summary>It must go, and what else is over age with it.</summary>
    public bool IsWellOver(DateTimeOffset now, DateTimeOffset since) => now - since > Max + Slack;
}
