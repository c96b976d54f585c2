using Microsoft.Extensions.Logging;
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

    private readonly ILogger _log;
    private readonly WorldLoop _loop;
    private readonly TimeProvider _wall;
    private readonly Connector _connector;
    private readonly Manners _manners = new();
    private readonly HttpMessageInvoker _pooled;
    private readonly Lazy<HttpMessageInvoker> _pooledNameless;
    private readonly Lazy<HttpMessageInvoker> _single;

    public SocketWire(WorldLoop loop, TimeProvider wall, Trust trust, ILogger log)
    {
        _log = log;
        _loop = loop;
        _wall = wall;
        _connector = new Connector(trust, wall);
        _pooled = Open(Timeout.InfiniteTimeSpan);
        _pooledNameless = new(() => Open(Timeout.InfiniteTimeSpan));
        _single = new(() => Open(TimeSpan.Zero));
    }

    public TimeProvider Clock => _wall;

    public Task<WireAnswer> SendAsync(WireRequest request, CancellationToken cancellation) =>
        _loop.AskOutsideAsync(
            $"webhook {request.Method} {request.PublicUri.OriginalString}", token => SendOffLoopAsync(request, token), cancellation);

    public void Dispose()
    {
        _pooled.Dispose();
        if (_pooledNameless.IsValueCreated) _pooledNameless.Value.Dispose();
        if (_single.IsValueCreated) _single.Value.Dispose();
    }

    private HttpMessageInvoker Open(TimeSpan connectionLife) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = IdleConnection,
        PooledConnectionLifetime = connectionLife,
        ConnectTimeout = Timeout.InfiniteTimeSpan,
        ConnectCallback = _connector.ConnectAsync,
    });

    private async Task<WireAnswer> SendOffLoopAsync(WireRequest request, CancellationToken cancellation)
    {
        using var deadline = new Deadline(request.Limits, _wall, cancellation);
        var authority = request.Target.Authority;
        var isFresh = _manners.NeedsFreshConnection(authority);
        var (answer, isUnanswered) = await HttpAttempt.SendAsync(ClientFor(request, isFresh), request, deadline, _log, cancellation)
            .ConfigureAwait(false);
        if (answer.Status is not null) _manners.HasAnswered(authority);
        if (!isUnanswered || isFresh || !_manners.HasClosed(authority)) return answer;
        deadline.ExpectAnswer();
        var again = await HttpAttempt.SendAsync(ClientFor(request, isFresh: true), request, deadline, _log, cancellation)
            .ConfigureAwait(false);
        return again.Answer;
    }

    /// <remarks>
    /// A URL that wants no server name and an app that closes silently meet too seldom for a fourth client: the name goes unsent.
    /// </remarks>
    private HttpMessageInvoker ClientFor(WireRequest request, bool isFresh) =>
        !request.Limits.SendsServerName ? _pooledNameless.Value : isFresh ? _single.Value : _pooled;
}
