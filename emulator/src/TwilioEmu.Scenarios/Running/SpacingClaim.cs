using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Things that leave a queue leave it exactly so far apart.</summary>
internal static class SpacingClaim
{
    /// <summary>What a clock on the wall may be off; virtual time may not.</summary>
    private static readonly TimeSpan WallTolerance = TimeSpan.FromMilliseconds(50);

    public static Problem? Check(TimeSpan? spaced, IReadOnlyList<JournalLine> lines, bool isPacedByWall)
    {
        if (spaced is not { } wanted) return null;
        var tolerance = isPacedByWall ? WallTolerance : TimeSpan.Zero;
        for (var i = 1; i < lines.Count; i++)
        {
            var gap = lines[i].At - lines[i - 1].At;
            if ((gap - wanted).Duration() <= tolerance) continue;
            return new Problem(
                $"number {i + 1} of {lines.Count} came {Durations.Write(gap)} after the one before it, not {Durations.Write(wanted)}",
                [Describe(lines[i - 1]), Describe(lines[i])]);
        }
        return null;
    }

    private static string Describe(JournalLine line) => $"#{line.Seq} {line.At:HH:mm:ss.fff} {line.Kind} {line.Subject}";
}
