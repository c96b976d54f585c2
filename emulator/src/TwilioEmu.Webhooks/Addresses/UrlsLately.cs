namespace TwilioEmu.Webhooks.Addresses;

/// <summary>URLs taken apart lately: an app has a few, and each is asked for over and over (memo).</summary>
/// <remarks>Loop-confined. Bounded: when it is full it begins anew.</remarks>
internal sealed class UrlsLately
{
    private const int Most = 512;

    // A longer one is an accident or an attack, and not kept.
    private const int MostCharacters = 1_024;

    private readonly Dictionary<string, WebhookUrl> _urls = new(StringComparer.Ordinal);

    /// <inheritdoc cref="WebhookUrl.TryParse"/>
    public WebhookUrl? TryParse(string text, out AddressFault? fault)
    {
        fault = null;
        if (_urls.TryGetValue(text, out var url)) return url;
        url = WebhookUrl.TryParse(text, out fault);
        if (url is null || text.Length > MostCharacters) return url;
        if (_urls.Count == Most) _urls.Clear();
        return _urls[text] = url;
    }
}
