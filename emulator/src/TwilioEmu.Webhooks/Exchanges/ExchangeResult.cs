using System.Collections.Immutable;
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
    IReadOnlyList<KeyValuePair<string, string>> Headers);
