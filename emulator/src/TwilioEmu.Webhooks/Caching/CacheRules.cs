using System.Globalization;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Caching;

/// <summary>What an answer's headers say of keeping it.</summary>
/// <remarks>
/// Pure. RFC 9111 as for a shared cache, which is what stands before the live
/// service: <c>private</c> is not kept, <c>s-maxage</c> goes before <c>max-age</c>.
/// </remarks>
internal static class CacheRules
{
    // Requests differ in nothing else; an answer that varies by more is not kept.
    private static readonly string[] SameForAll = ["accept", "accept-encoding", "user-agent"];

    /// <summary>True for a whole 200 with a validator or a lifetime, that is nobody's own (§3).</summary>
    public static bool MayKeep(WireAnswer answer)
    {
        if (answer is not { Status: 200, Fault: null, IsBodyCut: false }) return false;
        var directives = Directives(answer);
        if (directives.ContainsKey("no-store") || directives.ContainsKey("private")) return false;
        if (answer.Header("Set-Cookie") is not null) return false;
        var varies = (answer.Header("Vary") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!varies.All(v => SameForAll.Contains(v, StringComparer.OrdinalIgnoreCase))) return false;
        return answer.Header("ETag") is not null || answer.Header("Last-Modified") is not null || LifeOf(answer) > TimeSpan.Zero;
    }

    /// <summary>For how long from now it may be used unasked (§4.2); zero: ask each time.</summary>
    /// <remarks>Nothing is guessed from <c>Last-Modified</c>.</remarks>
    public static TimeSpan LifeOf(WireAnswer answer)
    {
        var directives = Directives(answer);
        if (directives.ContainsKey("no-cache")) return TimeSpan.Zero;
        var life = Seconds(directives, "s-maxage") ?? Seconds(directives, "max-age") ?? Expiry(answer);
        var age = long.TryParse(answer.Header("Age"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? Whole(seconds)
            : TimeSpan.Zero;
        return life > age ? life - age : TimeSpan.Zero;
    }

    /// <summary>By the app's own two clocks, which no virtual time enters.</summary>
    private static TimeSpan Expiry(WireAnswer answer) =>
        Date(answer.Header("Expires")) is { } expires && Date(answer.Header("Date")) is { } date && expires > date
            ? expires - date
            : TimeSpan.Zero;

    private static Dictionary<string, string> Directives(WireAnswer answer)
    {
        var directives = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in answer.Headers)
        {
            if (!string.Equals(name, "Cache-Control", StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var sign = part.IndexOf('=', StringComparison.Ordinal);
                directives.TryAdd(sign < 0 ? part : part[..sign].TrimEnd(), sign < 0 ? "" : part[(sign + 1)..].Trim().Trim('"'));
            }
        }
        return directives;
    }

    private static TimeSpan? Seconds(Dictionary<string, string> directives, string name) =>
        !directives.TryGetValue(name, out var text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Whole(seconds)
        // What cannot be read is stale (§4.2.1).
        : TimeSpan.Zero;

    private static TimeSpan Whole(long seconds) => TimeSpan.FromSeconds(Math.Min(seconds, (long)TimeSpan.FromDays(365).TotalSeconds));

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
