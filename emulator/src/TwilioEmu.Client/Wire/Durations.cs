using System.Globalization;

namespace TwilioEmu.Client.Wire;

/// <summary>
/// Durations as the control API spells them: a number and its unit, <c>250ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>, <c>2d</c>.
/// </summary>
internal static class Durations
{
    /// <summary>Whole seconds as such, all else in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static string Write(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        return duration.Ticks % TimeSpan.TicksPerSecond == 0
            ? duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + "s"
            : duration.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";
    }
}
