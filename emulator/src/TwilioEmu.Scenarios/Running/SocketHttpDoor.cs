// A story plays the program that uses Twilio's REST API and so speaks to the front door like any stranger. The letterbox
// is for what Twilio sends; this is the other direction.
#pragma warning disable RS0030
using System.Net.Http.Headers;
using System.Text;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Asks through sockets.</summary>
public sealed class SocketHttpDoor : IHttpDoor, IDisposable
{
    private const int MaxReplyBytes = 64 * 1024 * 1024;

    // Proxies of the environment are for the app under test: a story always speaks to the emulator itself.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxReplyBytes,
    };

    /// <summary>What the control API of the emulator asks for (RFC 6750); null when it asks for nothing.</summary>
    public string? ControlToken { get; init; }

    /// <inheritdoc/>
    public async Task<HttpReply> SendAsync(HttpAsk ask, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(ask.Method), ask.Url);
        if (ask.User is not null)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ask.User}:{ask.Password}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
        }
        else if (ControlToken is not null && ask.Url.AbsolutePath.StartsWith("/_emu/", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ControlToken);
        }
        if (ask.ContentType is not null)
        {
            request.Content = new ReadOnlyMemoryContent(ask.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ask.ContentType);
        }
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return new HttpReply((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), body)
            {
                Warnings = response.Headers.TryGetValues("TwilioEmu-Warning", out var warnings) ? [.. warnings] : [],
            };
        }
        catch (HttpRequestException failed)
        {
            var cure = failed.HttpRequestError == HttpRequestError.ConnectionError
                ? $"; is the emulator started there? (twilioemu serve --port {ask.Url.Port})"
                : "";
            throw new StoryException($"{ask.Method} {ask.Url}: {failed.Message}{cure}", failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
