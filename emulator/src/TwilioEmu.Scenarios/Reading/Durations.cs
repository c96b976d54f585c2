using System.Buffers;
using System.Globalization;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>Durations as people write them: a number and its unit, <c>250ms</c>, <c>5s</c>, <c>1.5m</c>, <c>10h</c>, <c>2d</c>.</summary>
public static class Durations
{
    /// <summary>The longest one may write; records live no longer either (WorldOptions.MaxAge).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private static readonly SearchValues<char> Amount = SearchValues.Create("0123456789.");

    // Longest unit names first: "ms" ends in "s".
    private static readonly (string Unit, double Milliseconds)[] Units =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads one; false (and the reason) for anything else.</summary>
    public static bool TryParse(string text, out TimeSpan duration, out string? error)
    {
        duration = default;
        error = null;
        foreach (var (unit, milliseconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            if (!double.TryParse(
                text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                continue;
            }
            var total = amount * milliseconds;
            if (total > Longest.TotalMilliseconds)
            {
                error = $"\"{text}\" is longer than the longest duration, {Write(Longest)}";
                return false;
            }
            duration = TimeSpan.FromTicks((long)Math.Round(total * TimeSpan.TicksPerMillisecond));
            return true;
        }
        error = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? $"\"{text}\" has no unit: write \"{text}s\" for seconds (or ms, m, h, d)"
            : $"\"{text}\" is not a duration such as 250ms, 5s, 2m, 1h{(Meant(text) is { } meant ? $" (did you mean \"{meant}\"?)" : "")}";
        return false;
    }

    /// <summary>A number and a unit spelt out, <c>5 seconds</c>, <c>2 min</c>, as it is written here.</summary>
    private static string? Meant(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExcept(Amount);
        if (digits <= 0) return null;
        var word = text[digits..].Trim().ToLowerInvariant().TrimEnd('.');
        var unit = word switch
        {
            "ms" or "msec" or "msecs" or "millis" or "millisecond" or "milliseconds" => "ms",
            "s" or "sec" or "secs" or "second" or "seconds" => "s",
            "m" or "min" or "mins" or "minute" or "minutes" => "m",
            "h" or "hr" or "hrs" or "hour" or "hours" => "h",
            "d" or "day" or "days" => "d",
            _ => null,
        };
        return unit is not null && TryParse(text[..digits] + unit, out _, out _) ? text[..digits] + unit : null;
    }

    /// <summary>Writes one as <see cref="TryParse"/> reads it, in the largest unit that needs no fraction.</summary>
    public static string Write(TimeSpan duration)
    {
        var milliseconds = duration.TotalMilliseconds;
        foreach (var (unit, size) in Units.Reverse())
        {
            if (milliseconds != 0 && milliseconds % size == 0)
            {
                return (milliseconds / size).ToString("0", CultureInfo.InvariantCulture) + unit;
            }
        }
        return milliseconds == 0 ? "0s" : milliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";
    }
}
