namespace TwilioEmu.Host.Doors;

/// <summary>Sorts an HTTP client's requests: Twilio's names and the emulator's own lead in, others out or nowhere.</summary>
internal sealed class InMemoryHandler(HttpMessageHandler door, Uri baseUrl, HttpMessageHandler? others) : HttpMessageHandler
{
    private const string Twilio = "twilio.com";
    private const string Local = "localhost";

    private readonly HttpMessageInvoker _door = new(door);
    private readonly HttpMessageInvoker? _others = others is null ? null : new(others);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri;
        if (url is null || IsOurs(url)) return _door.SendAsync(request, cancellationToken);
        return _others?.SendAsync(request, cancellationToken)
            ?? Task.FromException<HttpResponseMessage>(new HttpRequestException($"{request.Method} {url} is not for Twilio, and this "
                + "handler leads to an emulator only; give CreateHandler one for others"));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _door.Dispose();
            _others?.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool IsOurs(Uri url)
    {
        if (!url.IsAbsoluteUri) return true;
        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        return IsOrIsBelow(host, Twilio)
            || string.Equals(url.Authority, baseUrl.Authority, StringComparison.OrdinalIgnoreCase)
            // verify.localhost, and the address that clients of test servers have by default.
            || (url.IsDefaultPort && IsOrIsBelow(host, Local));
    }

    private static bool IsOrIsBelow(string host, string name) =>
        host.EndsWith(name, StringComparison.Ordinal) && (host.Length == name.Length || host[^(name.Length + 1)] == '.');
}
