using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>A request to be made to the app.</summary>
public sealed record WebhookRequest
{
    /// <summary>Along its members: what was not sent yet outlives the process.</summary>
    internal static WebhookRequest Walk(WebhookRequest? r, Members m) => new()
    {
        Account = m.Account("account_sid", r?.Account),
        Url = m.Text("url", r?.Url),
        Method = m.Text("method", r?.Method),
        Parameters = m.List(
            "parameters", r?.Parameters,
            static (p, m) => new KeyValuePair<string, string>(m.Text("name", p.Key), m.Text("value", p.Value))),
        Subject = m.Text("subject", r?.Subject),
        Purpose = WebhookPurpose.Of(m.Text("purpose", r?.Purpose.Word)),
        Cause = m.Long("cause", r?.Cause),
        CookieJar = m.TextOrNull("cookie_jar", r?.CookieJar),
        IsVoice = m.Flag("voice", r?.IsVoice),
        Json = m.TextOrNull("json", r?.Json),
    };

    /// <summary>The account it is made for, whose primary auth token signs when it leaves.</summary>
    public required AccountSid Account { get; init; }

    /// <summary>As configured: query, credentials and connection-override fragment included.</summary>
    public required string Url { get; init; }

    /// <summary><c>GET</c> or <c>POST</c>, upper case; of a file <c>HEAD</c> too, whose answer is usable whatever its status.</summary>
    public required string Method { get; init; }

    /// <summary>In the order they are to be sent; names may repeat.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>SID of the message or call it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>Why it is made.</summary>
    public required WebhookPurpose Purpose { get; init; }

    /// <summary>Seq of the entry it follows from.</summary>
    public required long Cause { get; init; }

    /// <summary>Cookies live per jar: a call's SID, or the (from, to) pair of a message. Null keeps none.</summary>
    public string? CookieJar { get; init; }

    /// <summary>True where the voice rules for signatures hold (twilio.com/docs/usage/security: an https port is stripped).</summary>
    public bool IsVoice { get; init; }

    /// <summary>The body where it is JSON and no form: POST alone, <see cref="Parameters"/> say the same; null for a form.</summary>
    public string? Json { get; init; }

    /// <summary>
    /// True for something of the account's own at the API, which the service gets from itself: the account's credentials go along. Of
    /// fetches alone, which are not kept.
    /// </summary>
    public bool IsOwn { get; init; }

    /// <summary>What becomes of the answer.</summary>
    internal WebhookUse Use => Purpose.Use;

    /// <summary>True where the answer is only acknowledged, never run. Such requests give way to others.</summary>
    internal bool IsCallback => Use == WebhookUse.Acknowledged;

    /// <summary>True where a file is fetched and no document: larger answers are taken, and nothing is signed.</summary>
    internal bool IsMedia => Use == WebhookUse.Fetched;
}
