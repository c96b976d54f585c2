// Sockets live in transports, and the proxy is one.
#pragma warning disable RS0030
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;

namespace TwilioEmu.Proxy;

/// <summary>Passes a request in absolute form on to the host it is for, and its answer back, without keeping either.</summary>
/// <remarks>
/// RFC 9110 7.6 (message forwarding), RFC 9112 3.2.2 (absolute form). <c>https</c> targets come in clear from HTTP clients that know
/// no CONNECT (axios and what is built on it), and are fetched over TLS. Bodies stream both ways; nothing is followed, decoded or stored.
/// </remarks>
internal sealed class Forwarder : IDisposable
{
    private const int MaxConnectionsPerHost = 256;
    private const string Via = "1.1 twilioemu";

    // RFC 9110 7.6.1, and Expect, which the server has answered by the time the body is read.
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info", "Proxy-Connection", "TE",
        "Trailer", "Transfer-Encoding",
        "Upgrade", "Expect", "Host",
    };

    private readonly ProxyOptions _options;
    private readonly ProxyGate _gate;
    private readonly TimeProvider _wall;
    private readonly Action<ProxyFailure> _tell;
    private readonly HttpMessageInvoker _client;

    public Forwarder(ProxyOptions options, ProxyGate gate, Dialer dialer, TimeProvider wall, Action<ProxyFailure> tell)
    {
        (_options, _gate, _wall, _tell) = (options, gate, wall, tell);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = MaxConnectionsPerHost,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = Dialer.Limit * 2,
            ConnectCallback = async (context, cancellation) =>
                new NetworkStream(
                    await dialer.DialAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation), ownsSocket: true),
        });
    }

    /// <summary>Answers one request with what its target says.</summary>
    public async Task ForwardAsync(HttpContext http, Uri target)
    {
        using var place = _gate.TryEnter();
        var refusal = place is null
            ? new ProxyRefusal(503, $"{_gate.Capacity} tunnels are open, and no more are allowed")
            : await TryForwardAsync(http, target);
        if (refusal is null) return;
        _tell(new ProxyFailure($"{target.Scheme}://{target.Authority}", refusal));
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }
        http.Response.StatusCode = refusal.Status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(refusal.Message + "\n", http.RequestAborted);
    }

    public void Dispose() => _client.Dispose();

    private async Task<ProxyRefusal?> TryForwardAsync(HttpContext http, Uri target)
    {
        using var answerLimit = new CancellationTokenSource(_options.AnswerLimit, _wall);
        using var watch = new IdleWatch(_wall, _options.IdleLimit, http.RequestAborted);
        using var untilAnswer = CancellationTokenSource.CreateLinkedTokenSource(answerLimit.Token, watch.Token);
        try
        {
            using var request = Request(http, target);
            using var response = await _client.SendAsync(request, untilAnswer.Token);
            WriteHead(http.Response, response);
            await using var body = await response.Content.ReadAsStreamAsync(watch.Token);
            await CopyAsync(body, http.Response, watch);
            return null;
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (HttpRequestException fault) when (Refused(fault) is { } refusal)
        {
            return refusal;
        }
        catch (OperationCanceledException)
        {
            return new ProxyRefusal(504, $"{target.Authority} did not answer in time");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException or BadHttpRequestException)
        {
            return new ProxyRefusal(502, $"{target.Authority} does not answer: {fault.Message}");
        }
    }

    private static ProxyRefusal? Refused(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException) if (fault is ProxyRefusal refusal) return refusal;
        return null;
    }

    private static HttpRequestMessage Request(HttpContext http, Uri target)
    {
        var asked = http.Request;
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), target)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (asked.ContentLength > 0 || asked.Headers.TransferEncoding.Count > 0)
        {
            // What is passed on is not kept: it may be as large as it likes.
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
            request.Content = new StreamContent(asked.Body);
        }
        else if (asked.ContentLength == 0) request.Content = new ByteArrayContent([]);
        var dropped = asked.Headers.Connection.SelectMany(Tokens).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in asked.Headers)
        {
            if (name.StartsWith(':') || HopByHop.Contains(name) || dropped.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
        request.Headers.TryAddWithoutValidation("Via", Via);
        return request;
    }

    private static void WriteHead(HttpResponse response, HttpResponseMessage answer)
    {
        response.StatusCode = (int)answer.StatusCode;
        if (response.HttpContext.Features.Get<IHttpResponseFeature>() is { } feature) feature.ReasonPhrase = answer.ReasonPhrase;
        var dropped = answer.Headers.Connection.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (HopByHop.Contains(name) || dropped.Contains(name)) continue;
            response.Headers.Append(name, values.ToArray());
        }
        response.Headers.Append("Via", Via);
    }

    private static async Task CopyAsync(Stream from, HttpResponse to, IdleWatch watch)
    {
        // An event stream must arrive event by event: the head goes first, each chunk as it comes.
        await to.StartAsync(watch.Token);
        var chunk = new byte[16 * 1024];
        while (await from.ReadAsync(chunk, watch.Token) is var count and > 0)
        {
            watch.Touch();
            await to.Body.WriteAsync(chunk.AsMemory(0, count), watch.Token);
            watch.Touch();
        }
    }

    private static IEnumerable<string> Tokens(string? field) =>
        (field ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
