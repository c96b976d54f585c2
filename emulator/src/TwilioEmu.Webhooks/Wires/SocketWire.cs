using TwilioEmu.Kernel.Looping;
using TwilioEmu.Webhooks.Wires.Connecting;

namespace TwilioEmu.Webhooks.Wires;

/// <summary>The way to an app behind a socket: the platform's HTTP client, off the loop, while virtual time is held.</summary>
/// <remarks>
/// HTTP/1.1 over pooled connections. No proxy (the emulator itself may be the one in the environment), no cookies, no redirects
/// and no decompression of the client's own: all of that is Twilio's behaviour and is done where it can be seen.
/// </remarks>
internal sealed class SocketWire : IWire, IDisposable
{
    // Shorter than the keep-alive of common servers (Node: 5 s, gunicorn: 2 s), so that a request seldom meets a closing connection.
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(1.5);

    private readonly WorldLoop _loop;
    private readonly TimeProvider _wall;
    private readonly Connector _connector;
    private readonly HttpMessageInvoker _named;
    private readonly Lazy<HttpMessageInvoker> _nameless;

    public SocketWire(WorldLoop loop, TimeProvider wall, Trust trust)
    {
        _loop = loop;
        _wall = wall;
        _connector = new Connector(trust, wall);
        _named = Open();
        _nameless = new Lazy<HttpMessageInvoker>(Open);
    }

    public TimeProvider Clock => _wall;

    public Task<WireAnswer> SendAsync(WireRequest request, CancellationToken cancellation) =>
        _loop.OffLoopAsync("webhook", token => SendOffLoopAsync(request, token), cancellation);

    public void Dispose()
    {
        _named.Dispose();
        if (_nameless.IsValueCreated) _nameless.Value.Dispose();
    }

    private HttpMessageInvoker Open() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = IdleConnection,
        ConnectTimeout = Timeout.InfiniteTimeSpan,
        ConnectCallback = _connector.ConnectAsync,
    });

    private async Task<WireAnswer> SendOffLoopAsync(WireRequest request, CancellationToken cancellation)
    {
        using var deadline = new Deadline(request.Limits, _wall, cancellation);
        using var message = Compose(request, deadline);
        HttpResponseMessage? response = null;
        var stage = WireStage.Silence;
        try
        {
            var client = request.Limits.SendsServerName ? _named : _nameless.Value;
            response = await client.SendAsync(message, deadline.Token).ConfigureAwait(false);
            stage = WireStage.Answer;
            return await AnswerReader.ReadAsync(response, request.Limits.BodyBytes, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var late = deadline.IsSilence ? WireFaults.Silent(request.Limits.Silence) : WireFaults.OutOfTime();
            // Once part of an answer came, the attempt is never repeated.
            return stage == WireStage.Answer ? late with { Status = (int)response!.StatusCode, Fault = late.Fault! with { Stage = stage } } : late;
        }
        catch (Exception thrown) when (thrown is HttpRequestException or IOException or InvalidDataException)
        {
            return new() { Status = (int?)response?.StatusCode, Fault = WireFaults.From(thrown, stage) };
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static HttpRequestMessage Compose(WireRequest request, Deadline deadline)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Target);
        message.Options.Set(Attempt.Key, new Attempt(request.Limits, deadline));
        if (request.Body is not null) message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (name == "Content-Type") message.Content?.Headers.TryAddWithoutValidation(name, value);
            else message.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }
}
