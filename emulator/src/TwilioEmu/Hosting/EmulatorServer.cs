using TwilioEmu.Composition;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel;
using TwilioEmu.Proxy;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Tls;

namespace TwilioEmu.Hosting;

/// <summary>The listening process: an HTTP port and a TLS port in front of one house, which a reset replaces.</summary>
internal sealed class EmulatorServer : IControlDoors, IAsyncDisposable
{
    // Above this a body is refused by the server itself; the front door's own bound (1 MB, 413/20413) is lower.
    private const int MaxBodyBytes = 8 * 1024 * 1024;
    private const int MaxConnections = 10_000;

    private readonly WebApplication _app;
    private readonly ApiCatalog _catalog;
    private readonly WorldOptions _worldOptions;
    private readonly ControlRoom _control;
    private readonly SemaphoreSlim _resetting = new(1);
    private readonly Gates _gates;
    private readonly AbsoluteForm _requests;
    private House _house;

    private EmulatorServer(WebApplication app, Gates gates, ApiCatalog catalog, WorldConfig config, WorldOptions worldOptions, Addresses addresses, House house)
    {
        (_app, _gates, _catalog, Config, _worldOptions, _house) = (app, gates, catalog, config, worldOptions, house);
        (Url, TlsUrl) = addresses;
        _requests = gates.Requests;
        _control = new ControlRoom(this);
    }

    /// <summary>Scheme, address and port of HTTP; also the forward proxy's.</summary>
    public string Url { get; }

    /// <summary>Scheme, address and port of TLS; null when it listens nowhere.</summary>
    public string? TlsUrl { get; }

    /// <summary>Tunnels and passed-on requests now.</summary>
    public int CarriedCount => _gates.CarriedCount;

    /// <summary>What the house was built from, defaults included.</summary>
    public WorldConfig Config { get; }

    /// <inheritdoc/>
    public string Version { get; } = typeof(EmulatorServer).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <summary>The house now; a reset replaces it.</summary>
    public House House => Volatile.Read(ref _house);

    IControlHouse IControlDoors.House => House;

    /// <inheritdoc/>
    public string CaPem => _gates.Authority.CertificatePem;

    /// <inheritdoc/>
    public string CaBundlePem => RootCertificates.Pem(Environment.GetEnvironmentVariable("SSL_CERT_FILE")) + CaPem;

    /// <summary>Listens for HTTP alone, and is ready when the task completes.</summary>
    /// <exception cref="IOException">The port is taken or the address is not this machine's.</exception>
    public static Task<EmulatorServer> StartAsync(WorldConfig config, WorldOptions worldOptions, string host, int port) =>
        StartAsync(config, worldOptions, new Endpoints { Host = host, Port = port });

    /// <summary>Listens, and is ready when the task completes.</summary>
    /// <exception cref="IOException">A port is taken or the address is not this machine's.</exception>
    public static async Task<EmulatorServer> StartAsync(WorldConfig config, WorldOptions worldOptions, Endpoints endpoints)
    {
        EmulatorServer? server = null;
        var gates = new Gates(endpoints, worldOptions.Wall, () => server?.House.World);
        WebApplication? app = null;
        try
        {
            app = Build(gates);
            app.Run(context => server is null ? NotYet(context) : server.HandleAsync(context));
            await app.StartAsync();
            var addresses = Addresses.Of(app.Urls, endpoints);
            var catalog = ApiCatalog.Open();
            server = new EmulatorServer(app, gates, catalog, config, worldOptions, addresses, await House.BuildAsync(config, worldOptions, catalog, addresses.Http));
            return server;
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            gates.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task ResetAsync()
    {
        await _resetting.WaitAsync();
        try
        {
            var fresh = await House.BuildAsync(Config, _worldOptions, _catalog, Url);
            var old = Interlocked.Exchange(ref _house, fresh);
            await old.DisposeAsync();
        }
        finally
        {
            _resetting.Release();
        }
    }

    /// <summary>Completes when the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await House.DisposeAsync();
        await _app.DisposeAsync();
        _gates.Dispose();
        _resetting.Dispose();
    }

    private static WebApplication Build(Gates gates)
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
            gates.AddTo(kestrel);
        });
        return builder.Build();
    }

    private Task HandleAsync(HttpContext context) =>
        _requests.Take(context)
        ?? (context.Request.Path.StartsWithSegments(ControlRoom.Prefix, StringComparison.Ordinal)
            ? _control.HandleAsync(context)
            : House.Door.HandleAsync(context));

    private static Task NotYet(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
