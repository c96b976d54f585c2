using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Caching;

/// <summary>An answer that was kept.</summary>
/// <param name="Answer">As it came.</param>
/// <param name="KeptAt">When it came, or was last found to be still good; world time.</param>
/// <param name="FreshUntil">Until then it is used unasked.</param>
internal sealed record KeptAnswer(WireAnswer Answer, DateTimeOffset KeptAt, DateTimeOffset FreshUntil)
{
    /// <summary>The headers that ask whether it is still good (RFC 9111 §4.3.1).</summary>
    public IEnumerable<KeyValuePair<string, string>> Validators
    {
        get
        {
            if (Answer.Header("ETag") is { } tag) yield return new("If-None-Match", tag);
            if (Answer.Header("Last-Modified") is { } since) yield return new("If-Modified-Since", since);
        }
    }

    /// <summary>It is still good, says the app: its headers are those of the 304 where that has them (§4.3.4).</summary>
    public KeptAnswer Renewed(WireAnswer notModified, DateTimeOffset now)
    {
        List<KeyValuePair<string, string>> headers =
        [
            .. Answer.Headers.Where(h => notModified.Header(h.Key) is null || IsOfBody(h.Key)),
            .. notModified.Headers.Where(h => !IsOfBody(h.Key)),
        ];
        var answer = Answer with { Headers = headers };
        return new KeptAnswer(answer, now, now + CacheRules.LifeOf(answer));
    }

    private static bool IsOfBody(string header) =>
        header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
            || header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase);
}
