namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>Twilio's limits on what a message may be.</summary>
/// <remarks>twilio.com/docs/messaging/api/message-resource.</remarks>
internal static class MessageLimits
{
    /// <summary>Characters of a body (21617).</summary>
    public const int MaxBody = 1600;

    /// <summary>Media of a message (21623).</summary>
    public const int MaxMedia = 10;

    /// <summary>Characters of a status callback URL (21609).</summary>
    public const int MaxCallbackUrl = 4000;

    /// <summary>True for an absolute http(s) URL whose host has no underscore, within the length (21609).</summary>
    public static bool IsCallbackUrl(string url) =>
        url.Length <= MaxCallbackUrl && Uri.TryCreate(url, UriKind.Absolute, out var uri) && IsHttp(uri) && uri.Host.Length > 0
            && !uri.Host.Contains('_');

    /// <summary>True for an absolute http(s) URL.</summary>
    public static bool IsHttpUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && IsHttp(uri);

    private static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;
}
