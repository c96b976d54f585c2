using System.Diagnostics.CodeAnalysis;

namespace TwilioEmu.Webhooks.Documents;

/// <summary>Where a document came from: what its relative URLs start from, and what a URL left out means (base URI). Pure.</summary>
/// <param name="Asked">As it was asked for, credentials and connection overrides included; null for TwiML given in a request.</param>
/// <param name="Base">Where it came from after redirects; null for TwiML given in a request.</param>
public sealed record DocumentPlace(string? Asked, Uri? Base)
{
    /// <summary>The document's own URL, as an action or redirect left out means it; null where it has none.</summary>
    public string? Self => (Asked, Base) switch
    {
        // As it was asked for, unless redirects led elsewhere.
        ({ } asked, { } at) when Uri.TryCreate(asked, UriKind.Absolute, out var url) && Plain(url) == Plain(at) => asked,
        (_, { } at) => at.OriginalString,
        _ => null,
    };

    /// <summary>Makes a URL of the document absolute: <c>/menu</c>, <c>menu</c>, <c>.?Dial=true</c>, <c>https://...</c>.</summary>
    public bool TryResolve(string url, [NotNullWhen(true)] out string? absolute)
    {
        absolute = null;
        if (Uri.TryCreate(url, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https")
        {
            absolute = url;
            return true;
        }
        // "/path" is an absolute file name to Uri on Unix, so it is tried only against a base.
        if (Base is null || !Uri.TryCreate(Base, url, out var joined) || joined.Scheme is not ("http" or "https")) return false;
        absolute = joined.AbsoluteUri;
        return true;
    }

    /// <summary>As <see cref="TryResolve"/>; what leads nowhere stays as it is, for the letterbox to refuse.</summary>
    public string Resolve(string url) => TryResolve(url, out var absolute) ? absolute : url;

    /// <summary>Why a URL of the document cannot be made absolute, for its alert.</summary>
    public string WhyUnresolved(string? url) => Base is not null ? $"'{url}' is no http or https URL"
        : string.IsNullOrEmpty(
            url) ? "TwiML given in the request has no URL of its own, so an action that is left out leads nowhere: give an absolute action"
        : $"'{url}' is no absolute URL, and TwiML given in the request has no URL of its own that it could start from";

    private static string Plain(Uri uri) => uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
