using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using TwilioEmu.Access;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Composition;
using TwilioEmu.Console.Pages;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Logging;
using TwilioEmu.Proxy;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Hosting;

/// <summary>The listening process: an HTTP port and a TLS port in front of one emulation.</summary>
internal sealed partial class EmulatorServer : IAsyncDisposable
{
    // Above this a body is refused by the server itself; the front door's own bound (1 MB, 413/20413) is lower.
    private const int MaxBodyBytes = 8 * 1024 * 1024;
    private const int MaxConnections = 10_000;

    /// <summary>From the word to stop to the end, at most; half of it is for the world and those who wait for it.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What a world that is kept is given beyond that, to write down what a quick start and tools read:
    /// whatever kills it earlier, nothing is lost.
    /// </summary>
    public static readonly TimeSpan KeepLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WorldStopLimit = StopLimit / 2;

    // The server's own usual rate, said here because the docs promise it.
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    // Who takes less of an answer has stopped reading, and is dropped: what waits for it takes room from everybody.
    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(5));

    private readonly WebApplication _app;
    private readonly Listeners _listeners;
    private readonly AbsoluteForm _requests;
    private readonly bool _servesUi;
    private readonly string _host;
    private readonly ILogger _log;
    private volatile bool _isStopping;

    private EmulatorServer(WebApplication app, Listeners listeners, Addresses addresses, Emulation emulation, Endpoints endpoints)
    {
        (_servesUi, _host) = (endpoints.ServesUi, endpoints.Host);
        (_app, _listeners, Emulation) = (app, listeners, emulation);
        (Url, TlsUrl) = addresses;
        _requests = listeners.Requests;
        _log = emulation.Logs.CreateLogger<EmulatorServer>();
    }

    /// <summary>What stands behind the ports.</summary>
    public Emulation Emulation { get; }

    /// <summary>Scheme, address and port of HTTP; also the forward proxy's.</summary>
    public string Url { get; }

    /// <summary>Scheme, address and port of TLS; null when it listens nowhere.</summary>
    public string? TlsUrl { get; }

    /// <summary>Address and port of SIP, UDP and TCP; null when nothing is listened for.</summary>
    public string? SipAddress =>
        House.Sip.Host is { IsListening: true } sip
            ? $"{sip.Advertised}:{sip.Port}{(sip.TlsPort > 0 ? $" TLS {sip.TlsPort}" : "")}"
                + (sip.WebSocketPort > 0 ? $" WS {sip.WebSocketPort}" : "")
            : null;

    /// <summary>Address and port of SMPP; null when nothing is listened for.</summary>
    public string? SmppAddress =>
        House.Smpp is { Port: var port, TlsPort: var tls } && port + tls > 0
            ? $"{(port > 0 ? $"{_host}:{port}" : "")}{(tls > 0 ? $" TLS {tls}" : "")}".Trim()
            : null;

    /// <summary>Tunnels and passed-on requests now.</summary>
    public int CarriedCount => _listeners.CarriedCount;

    /// <summary>Where a browser finds the page; null where none is served.</summary>
    public string? UiUrl => PageOrigin is { } origin ? $"{origin}{UiPages.Prefix}/" : null;

    /// <summary>Scheme, address and port of the page; null where none is served.</summary>
    public string? PageOrigin => _servesUi ? Url : null;

    /// <summary>What the house was built from, defaults included.</summary>
    public WorldConfig Config => Emulation.Config;

    /// <summary>The house now; a reset replaces it.</summary>
    public House House => Emulation.House;

    /// <summary>The root certificate clients are to trust, PEM.</summary>
    public string CaPem => Emulation.CaPem;

    /// <summary>The machine's own roots and that one, PEM.</summary>
    public string CaBundlePem => Emulation.CaBundlePem;

    /// <summary>Listens for HTTP alone, and is ready when the task completes.</summary>
    /// <exception cref="IOException">The port is taken or the address is not this machine's.</exception>
    public static Task<EmulatorServer> StartAsync(WorldConfig config, WorldOptions worldOptions, string host, int port) =>
        StartAsync(config, worldOptions, new Endpoints { Host = host, Port = port });

    /// <summary>Listens, and is ready when the task completes.</summary>
    /// <param name="config">Accounts, numbers, phones, names, limits, app; defaults included.</param>
    /// <param name="worldOptions">Clock, seed, start.</param>
    /// <param name="endpoints">Where.</param>
    /// <param name="apps">Apps in this process by origin; may be added to meanwhile.</param>
    /// <exception cref="IOException">A port is taken or the address is not this machine's.</exception>
    public static async Task<EmulatorServer> StartAsync(
        WorldConfig config, WorldOptions worldOptions, Endpoints endpoints, IReadOnlyDictionary<string, HttpMessageHandler>? apps = null)
    {
        EmulatorServer? server = null;
        var ready = new TaskCompletionSource<EmulatorServer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listeners = new Listeners(endpoints, worldOptions.Wall, () => server?.House.World);
        WebApplication? app = null;
        try
        {
            app = Build(listeners, worldOptions.Logs);
            // A person talks in a call by one; whoever comes from elsewhere is turned away before.
            app.UseWhen(MayBecomeWebSocket, branch => branch.UseWebSockets());
            // Who comes by an open port before the world is built waits for it: no answer is made up.
            app.Run(context =>
                ready.Task.IsCompletedSuccessfully ? ready.Task.Result.HandleAsync(context) : WaitAndHandleAsync(ready.Task, context));
            await ListenAsync(app);
            var addresses = Addresses.Of(app.Urls, endpoints);
            var options = new EmulationOptions
            {
                DataFolder = endpoints.DataFolder,
                Config = config,
                World = worldOptions,
                PublicUrl = addresses.Http,
                Sip = endpoints.Sip is { } sip ? sip with
                {
                    Certificate = listeners.CertificateFor,
                    AdmitsPage = listeners.AdmitsPage,
                } : null,
                Smpp = SmppOf(config, endpoints, listeners),
                BindsToCentres = endpoints.BindsToCentres,
                Authority = () => listeners.Authority,
            };
            server = new EmulatorServer(
                app, listeners, addresses, await Emulation.BuildAsync(apps is null ? options : options with { Apps = apps }), endpoints);
            ready.SetResult(server);
            return server;
        }
        catch
        {
            ready.TrySetCanceled();
            if (app is not null) await app.DisposeAsync();
            listeners.Dispose();
            throw;
        }
    }

    /// <summary>Opens the ports; the server wraps a port that is taken and throws the other reasons as the machine does.</summary>
    private static async Task ListenAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (SocketException fault)
        {
            throw new IOException($"failed to bind: {fault.Message}", fault);
        }
    }

    /// <summary>Back to the configured start, seed included.</summary>
    public Task ResetAsync() => Emulation.ResetAsync();

    /// <summary>Completes when the process is told to stop; nothing is stopped yet.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellation)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var bySignal = _app.Lifetime.ApplicationStopping.Register(() => told.TrySetResult());
        using var byCaller = cancellation.Register(() => told.TrySetResult());
        await told.Task;
    }

    /// <summary>
    /// Stops within <see cref="StopLimit"/>, whoever waits for what; a world that is kept may take <see cref="KeepLimit"/> more.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        // 1. New requests are turned away; then the world ends, and who waits for it (expect, the journal's readers, REST) is answered.
        _isStopping = true;
        var keeping = House.World.Keeper is null or { Lasts: false } ? TimeSpan.Zero : KeepLimit;
        using var limit = new CancellationTokenSource(StopLimit + keeping, TimeProvider.System);
        var ending = Emulation.DisposeAsync().AsTask();
        try
        {
            await ending.WaitAsync(WorldStopLimit + keeping, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // It ends behind our back, or with the process.
            Log.StoppedLate(_log, "the world", WorldStopLimit.TotalSeconds);
        }

        // 2. Answers are written out; who does not read them, or sends a request by the drop, is cut off.
        try
        {
            await _app.StopAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // That was the limit.
            Log.StoppedLate(_log, "the server", StopLimit.TotalSeconds);
        }
        await _app.DisposeAsync();
        _listeners.Dispose();
    }

    /// <summary>Where no gateway is named nobody could bind: then nothing is listened for unless it was asked for.</summary>
    private static SmppListening? SmppOf(WorldConfig config, Endpoints endpoints, Listeners listeners) =>
        endpoints.Smpp is not { } smpp ? null
        : smpp with
        {
            Port = smpp.IsOnlyIfFree && config.Smpp.Systems.Count == 0 ? null : smpp.Port,
            Certificate = listeners.CertificateFor,
        };

    /// <summary>
    /// True for an upgrade (RFC 6455, section 4.1) and for an extended CONNECT (RFC 8441): nobody else pays for the handshake.
    /// </summary>
    private static bool MayBecomeWebSocket(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(context.Request.Method);

    private static WebApplication Build(Listeners listeners, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // RFC 9112 3.2.2: a proxy goes by the target, whatever the Host field says.
            kestrel.AllowHostHeaderOverride = true;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            // Who sends or reads more slowly is given up: neither time nor memory is kept for them.
            kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
            kestrel.Limits.MinResponseDataRate = SlowestReader;
            listeners.AddTo(kestrel);
        });
        // The server's own troubles go where ours go.
        if (logs is not NullLoggerFactory) builder.Services.AddSingleton<ILoggerFactory>(new ServerLogs(logs));
        return builder.Build();
    }

    private static async Task WaitAndHandleAsync(Task<EmulatorServer> ready, HttpContext context) =>
        await (await ready.WaitAsync(context.RequestAborted)).HandleAsync(context);

    private Task HandleAsync(HttpContext context)
    {
        if (_isStopping) return NotYet(context);
        if (_requests.Take(context) is { } elsewhere) return elsewhere;
        if (_listeners.Entrance.Admit(context, out var refusal)) return AnswerAsync(context);
        if (refusal is null) return Task.CompletedTask;
        _listeners.TellOfRefusal(context, refusal);
        return refusal.WriteAsync(context, Entrance.IsControl(context.Request));
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (!_servesUi) return Emulation.HandleAsync(context);
        if (UiPages.IsPage(context.Request)) return UiPages.ServeAsync(context);
        if (!UiPages.IsBrowserAtDoor(context.Request)
            || context.Request.Host.Host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase))
        {
            return Emulation.HandleAsync(context);
        }
        UiPages.Lead(context);
        return Task.CompletedTask;
    }

    private static Task NotYet(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.StoppedLate, LogLevel.Warning, "{What} did not end within {Seconds} s, and is left behind")]
        public static partial void StoppedLate(ILogger logger, string what, double seconds);
    }
}
