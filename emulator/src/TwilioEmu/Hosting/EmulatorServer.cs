using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Proxy;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Hosting;

/// <summary>The listening process: an HTTP port and a TLS port in front of one emulation.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    // Above this a body is refused by the server itself; the front door's own bound (1 MB, 413/20413) is lower.
    private const int MaxBodyBytes = 8 * 1024 * 1024;
    private const int MaxConnections = 10_000;

    private readonly WebApplication _app;
    private readonly Listeners _listeners;
    private readonly AbsoluteForm _requests;

    private EmulatorServer(WebApplication app, Listeners listeners, Addresses addresses, Emulation emulation)
    {
        (_app, _listeners, Emulation) = (app, listeners, emulation);
        (Url, TlsUrl) = addresses;
        _requests = listeners.Requests;
    }

    /// <summary>What stands behind the ports.</summary>
    public Emulation Emulation { get; }

    /// <summary>Scheme, address and port of HTTP; also the forward proxy's.</summary>
    public string Url { get; }

    /// <summary>Scheme, address and port of TLS; null when it listens nowhere.</summary>
    public string? TlsUrl { get; }

    /// <summary>Tunnels and passed-on requests now.</summary>
    public int CarriedCount => _listeners.CarriedCount;

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
        var listeners = new Listeners(endpoints, worldOptions.Wall, () => server?.House.World);
        WebApplication? app = null;
        try
        {
            app = Build(listeners);
            app.Run(context => server is null ? NotYet(context) : server.HandleAsync(context));
            await app.StartAsync();
            var addresses = Addresses.Of(app.Urls, endpoints);
            var options = new EmulationOptions { Config = config, World = worldOptions, PublicUrl = addresses.Http, Authority = () => listeners.Authority };
            server = new EmulatorServer(app, listeners, addresses, await Emulation.BuildAsync(apps is null ? options : options with { Apps = apps }));
            return server;
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            listeners.Dispose();
            throw;
        }
    }

    /// <summary>Back to the configured start, seed included.</summary>
    public Task ResetAsync() => Emulation.ResetAsync();

    /// <summary>Completes when the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await Emulation.DisposeAsync();
        await _app.DisposeAsync();
        _listeners.Dispose();
    }

    private static WebApplication Build(Listeners listeners)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // RFC 9112 3.2.2: a proxy goes by the target, whatever the Host field says.
            kestrel.AllowHostHeaderOverride = true;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            // Virtual time may stand still for minutes between two requests of a debugging developer.
            kestrel.Limits.MinRequestBodyDataRate = null;
            listeners.AddTo(kestrel);
        });
        return builder.Build();
    }

    private Task HandleAsync(HttpContext context) => _requests.Take(context) ?? Emulation.HandleAsync(context);

    private static Task NotYet(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
