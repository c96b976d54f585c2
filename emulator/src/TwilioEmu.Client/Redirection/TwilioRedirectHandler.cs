using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>Leads what an HTTP client sends to Twilio to an emulator, and all else where it was going.</summary>
/// <remarks>
/// <c>https://verify.twilio.com/v2/Services</c> becomes <c>BASE/verify/v2/Services</c>, and
/// <c>https://api.dublin.ie1.twilio.com/2010-04-01/...</c> becomes <c>BASE/2010-04-01/...</c>: regions and
/// edges (twilio.com/docs/global-infrastructure) lead to the one emulator there is. Every name below
/// <c>twilio.com</c> is taken, so that no test reaches the live service. Links in answers name the emulator.
/// </remarks>
/// <example><code>
/// services.AddHttpClient("twilio").AddHttpMessageHandler(() => new TwilioRedirectHandler(new Uri("http://127.0.0.1:4010")));
/// </code></example>
public sealed class TwilioRedirectHandler : DelegatingHandler
{
    private const string Twilio = "twilio.com";
    private const string Classic = "api";
    private const string ClassicVersion = "/2010-04-01";

    private readonly string _base;

    /// <summary>A handler for a chain: whoever builds the chain gives it the next one.</summary>
    /// <param name="baseUrl">Where the emulator is: http or https, and perhaps a path.</param>
    public TwilioRedirectHandler(Uri baseUrl) => _base = EmulatorAddress.Read(baseUrl, nameof(baseUrl));

    /// <summary>A handler with the next one, such as a <see cref="SocketsHttpHandler"/>.</summary>
    /// <param name="baseUrl">Where the emulator is.</param>
    /// <param name="next">Sends; disposed with this one.</param>
    public TwilioRedirectHandler(Uri baseUrl, HttpMessageHandler next)
        : base(next) => _base = EmulatorAddress.Read(baseUrl, nameof(baseUrl));

    /// <summary>Where a URL leads.</summary>
    /// <returns>False, and the URL itself, for what is not Twilio's.</returns>
    public bool TryRedirect(Uri url, [NotNullWhen(true)] out Uri? redirected)
    {
        ArgumentNullException.ThrowIfNull(url);
        redirected = null;
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")) return false;
        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (host != Twilio && !host.EndsWith("." + Twilio, StringComparison.Ordinal)) return false;
        var product = host == Twilio ? "" : host[..host.IndexOf('.', StringComparison.Ordinal)];
        var isClassic = product.Length == 0 || (product == Classic && IsBelow(url.AbsolutePath, ClassicVersion));
        // Escapes stay as they were written: a plus in a number must arrive as the same plus.
        redirected = new Uri(_base + (isClassic ? "" : "/" + product) + url
            .GetComponents(UriComponents.PathAndQuery | UriComponents.KeepDelimiter, UriFormat.UriEscaped));
        return true;
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Redirect(request);
        return base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Redirect(request);
        return base.Send(request, cancellationToken);
    }

    private void Redirect(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is null || !TryRedirect(request.RequestUri, out var redirected)) return;
        request.RequestUri = redirected;
        // A Host header of the client's own would name Twilio still.
        request.Headers.Host = null;
    }

    private static bool IsBelow(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] is '/' or '.');
}
