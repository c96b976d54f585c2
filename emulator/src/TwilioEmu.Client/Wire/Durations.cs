using System.Globalization;

namespace TwilioEmu.Client.Wire;

/// <summary>Durations as the control API spells them: a number and its unit, <c>250ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>, <c>2d</c>.</summary>
internal static class Durations
{
    // Longest unit names first: "ms" ends in "s".
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Whole seconds as such, all else in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static string Write(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        return duration.Ticks % TimeSpan.TicksPerSecond == 0
            ? duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + "s"
            : duration.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Read(string text)
    {
        foreach (var (unit, milliseconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return TimeSpan.FromMilliseconds(amount * milliseconds);
            }
        }
        throw new FormatException($"\"{text}\" is not a duration such as 250ms, 5s, 2m, 1h");
    }
}
