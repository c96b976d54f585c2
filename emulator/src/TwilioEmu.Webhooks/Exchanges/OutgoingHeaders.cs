using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>
/// The headers Twilio sends (twilio.com/docs/messaging/twiml, from captured requests), in one place for the wire and for the journal.
/// </summary>
internal static class OutgoingHeaders
{
    /// <summary>Exactly as Twilio writes it.</summary>
    public const string FormType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <summary>Of the few that send JSON.</summary>
    private const string JsonType = "application/json";

    /// <param name="outgoing">The request.</param>
    /// <param name="idempotencyToken">Constant over all attempts of one event; null for fetches.</param>
    /// <param name="homeRegion">Such as <c>us1</c>.</param>
    public static List<KeyValuePair<string, string>> For(Outgoing outgoing, string? idempotencyToken, string homeRegion)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("Host", outgoing.Url.Authority),
            new("User-Agent", "TwilioProxy/1.1"),
            new("Accept", "*/*"),
            new("Accept-Encoding", "gzip,deflate"),
            new("Cache-Control", "max-age=259200"),
        ];
        if (outgoing.Signature is not null) headers.Add(new("X-Twilio-Signature", outgoing.Signature));
        if (idempotencyToken is not null) headers.Add(new(WorldJournal.TokenHeader, idempotencyToken));
        headers.Add(new("X-Home-Region", homeRegion));
        if (outgoing.Method == "POST") headers.Add(new("Content-Type", outgoing.Json is null ? FormType : JsonType));
        return headers;
    }
}
