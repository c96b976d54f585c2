using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Breakpoints;

/// <summary>Which webhooks are held before they go out, for somebody to look at and to answer.</summary>
/// <param name="Url">What the URL is to be, as configured; a star at its end takes all that begin so. Null for any.</param>
/// <param name="Purpose">What it is to be for; null for any but files.</param>
/// <param name="IsOnce">True where the first that is held ends the rule.</param>
public sealed record BreakRule(string? Url, WebhookPurpose? Purpose, bool IsOnce)
{
    internal bool Takes(WebhookRequest request) =>
        (Purpose is null ? !request.IsMedia : Purpose == request.Purpose)
        && (Url is null || (Url.EndsWith('*') ? request.Url.StartsWith(Url[..^1], StringComparison.Ordinal) : request.Url == Url));
}

/// <summary>The answer that somebody gives in the app's place.</summary>
/// <param name="Status">100 to 599.</param>
/// <param name="ContentType">Null for none.</param>
/// <param name="Body">UTF-8.</param>
public sealed record HandAnswer(int Status, string? ContentType, string Body);
