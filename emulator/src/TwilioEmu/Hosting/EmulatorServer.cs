using System.Net;
using TwilioEmu.Composition;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Hosting;

/// <summary>The listening process: one HTTP port in front of one house, which a reset replaces.</summary>
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
    private House _house;

    private EmulatorServer(WebApplication app, ApiCatalog catalog, WorldConfig config, WorldOptions worldOptions, string url, House house)
    {
        (_app, _catalog, Config, _worldOptions, Url, _house) = (app, catalog, config, worldOptions, url, house);
        _control = new ControlRoom(this);
    }

    /// <summary>Scheme, address and port.</summary>
    public string Url { get; }

    /// <summary>What the house was built from, defaults included.</summary>
    public WorldConfig Config { get; }

    /// <inheritdoc/>
    public string Version { get; } = typeof(EmulatorServer).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <summary>The house now; a reset replaces it.</summary>
    public House House => Volatile.Read(ref _house);

    IControlHouse IControlDoors.House => House;

    /// <summary>Listens, and is ready when the task completes.</summary>
    /// <exception cref="IOException">The port is taken or the address is not this machine's.</exception>
    public static async Task<EmulatorServer> StartAsync(WorldConfig config, WorldOptions worldOptions, string host, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            // Virtual time may stand still for minutes between two requests of a debugging developer.
            kestrel.Limits.MinRequestBodyDataRate = null;
            if (host == "localhost") kestrel.ListenLocalhost(port);
            else kestrel.Listen(IPAddress.Parse(host), port);
        });
        var app = builder.Build();
        EmulatorServer? server = null;
        app.Run(context => server is null ? NotYet(context) : server.HandleAsync(context));
        await app.StartAsync();
        var bound = app.Urls.First();
        // Bound to every address, clients on this machine still reach it by the loopback one.
        var url = bound.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        var catalog = ApiCatalog.Open();
        server = new EmulatorServer(app, catalog, config, worldOptions, url, await House.BuildAsync(config, worldOptions, catalog, url));
        return server;
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
        _resetting.Dispose();
    }

    private Task HandleAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/_emu/v1", StringComparison.Ordinal)
            ? _control.HandleAsync(context)
            : House.Door.HandleAsync(context);

    private static Task NotYet(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
