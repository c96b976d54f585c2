using System.Collections.Immutable;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>What came of an exchange.</summary>
/// <param name="Answer">The last answer.</param>
/// <param name="DocumentBase">What relative URLs in it resolve against.</param>
/// <param name="Verdict">Whether it can be used.</param>
/// <param name="Attempts">Every request made, in order: retries, challenges, redirects.</param>
internal sealed record ExchangeResult(WireAnswer Answer, Uri DocumentBase, Verdict Verdict, ImmutableArray<AttemptNote> Attempts);

/// <summary>One request of an exchange, for the journal.</summary>
/// <param name="Cookies">What the <c>Cookie</c> header said, or null.</param>
/// <param name="Headers">Every header sent, credentials masked.</param>
/// <param name="Elapsed">Null unless the clock is real: wall time would make two runs of one story differ.</param>
internal sealed record AttemptNote(string Method, string Url, int? Status, int Code, string? Message, string? Cookies, TimeSpan? Elapsed,
    IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Along its members.</summary>
    public static AttemptNote Walk(AttemptNote? a, Members m) => new(
        m.Text("method", a?.Method), m.Text("url", a?.Url), m.NumberOrNull("status", a?.Status), m.Number("error_code", a?.Code),
        m.TextOrNull("error_message", a?.Message),
        m.TextOrNull("cookie", a?.Cookies), m.SpanOrNull("elapsed", a?.Elapsed),
        m.List("headers", a?.Headers, static (p, m) => new KeyValuePair<string, string>(m.Text("name", p.Key), m.Text("value", p.Value))));
}
