using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Voice.Verbs;

namespace TwilioEmu.Voice.Documents;

/// <summary>A document ready to run, and where it came from.</summary>
/// <param name="Request">What asked for it.</param>
/// <param name="Base">Where it came from after redirects; null for inline TwiML, which has no place.</param>
/// <param name="Verbs">In document order.</param>
/// <param name="Entry">Seq of the entry that brought it.</param>
internal sealed record VoiceDocument(DocumentRequest Request, Uri? Base, ImmutableArray<Verb> Verbs, long Entry)
{
    /// <summary>The document's own URL, as an action left out means it; null for inline TwiML.</summary>
    public string? Self => (Request, Base) switch
    {
        // As configured, fragment (connection overrides) and credentials included, unless redirects led elsewhere.
        (DocumentRequest.Fetch fetch, { } at) when System.Uri.TryCreate(fetch.Url, UriKind.Absolute, out var asked) && Plain(asked) == Plain(at) => fetch.Url,
        (_, { } at) => at.OriginalString,
        _ => null,
    };

    /// <summary>Makes a URL of the document absolute: <c>/menu</c>, <c>menu</c>, <c>.?Dial=true</c>, <c>https://...</c>.</summary>
    public bool TryResolve(string url, [NotNullWhen(true)] out string? absolute)
    {
        absolute = null;
        if (System.Uri.TryCreate(url, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https")
        {
            absolute = url;
            return true;
        }
        // "/path" is an absolute file name to Uri on Unix, so it is tried only against a base.
        if (Base is null || !System.Uri.TryCreate(Base, url, out var joined) || joined.Scheme is not ("http" or "https")) return false;
        absolute = joined.AbsoluteUri;
        return true;
    }

    /// <summary>Why a URL of the document cannot be made absolute, for its alert.</summary>
    public string WhyUnresolved(string? url) => Base is not null ? $"'{url}' is no http or https URL"
        : string.IsNullOrEmpty(url) ? "TwiML given in the request has no URL of its own, so an action that is left out leads nowhere: give an absolute action"
        : $"'{url}' is no absolute URL, and TwiML given in the request has no URL of its own that it could start from";

    private static string Plain(Uri uri) => uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
