using System.Collections.Concurrent;
using TwilioEmu.Client;
using TwilioEmu.Client.Accounts;
using TwilioEmu.Client.Phones;
using TwilioEmu.Composition;
using TwilioEmu.Host.Doors;
using TwilioEmu.Host.Setup;
using TwilioEmu.Hosting;
using TwilioEmu.Tls;

namespace TwilioEmu.Host;

/// <summary>An emulator in this process, for tests: whole, with its own time and phones, and gone when disposed.</summary>
/// <remarks>
/// Several live side by side and share nothing. Safe from any thread. Apps that answer webhooks in this process are named by
/// <see cref="Route"/>; all other webhooks go out by sockets, as ever.
/// </remarks>
/// <example><code>
/// await using var twilio = await TwilioEmuHost.StartAsync();
/// twilio.Route("http://app.test", factory.Server.CreateHandler());
/// await twilio.Handset("+14155550199").TextAsync("+14155550100", "hello");
/// await twilio.Handset("+14155550199").ShouldReceiveAsync("hello yourself");
/// </code></example>
public sealed class TwilioEmuHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageHandler> _apps;
    private readonly EmulatorServer? _server;
    private readonly Emulation _emulation;
    private readonly InMemoryDoor _door;
    private readonly Lazy<CertificateAuthority>? _authority;

    private TwilioEmuHost(
        ConcurrentDictionary<string, HttpMessageHandler> apps, EmulatorServer? server, Emulation emulation, InMemoryDoor door, Lazy<CertificateAuthority>? authority,
        EmulatedAccount account)
    {
        (_apps, _server, _emulation, _door, _authority, Account) = (apps, server, emulation, door, authority, account);
        Control = new EmulatorClient(door.BaseUrl, door.CreateHandler(null));
    }

    /// <summary>Where it listens (<c>http://127.0.0.1:PORT</c>); without a socket, the name by which handlers made here reach it.</summary>
    public Uri BaseUrl => _door.BaseUrl;

    /// <summary>Where it listens for TLS; null when it does not.</summary>
    public Uri? TlsUrl => _server?.TlsUrl is { } url ? new Uri(url) : null;

    /// <summary>The first account, with its token.</summary>
    public EmulatedAccount Account { get; }

    /// <summary>The control API: clock, phones, calls, webhooks, journal. Needs no socket.</summary>
    public EmulatorClient Control { get; }

    /// <summary>Starts one; it is ready when the task completes.</summary>
    /// <param name="options">Null for a free port, virtual time, seed 1, and the number <c>+14155550100</c>.</param>
    /// <exception cref="EmulatorConfigException">The config is wrong; every fault is told with its place.</exception>
    /// <exception cref="ArgumentException">An option is no clock, or no port.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<TwilioEmuHost> StartAsync(TwilioEmuHostOptions? options = null)
    {
        options ??= new TwilioEmuHostOptions();
        var (config, world) = options.Read();
        var apps = new ConcurrentDictionary<string, HttpMessageHandler>(StringComparer.OrdinalIgnoreCase);
        try
        {
            if (options.Port is not { } port)
            {
                var authority = new Lazy<CertificateAuthority>(() => new CaSource().Open(TimeProvider.System));
                var emulation = await Emulation.BuildAsync(new EmulationOptions
                {
                    Config = config,
                    World = world,
                    PublicUrl = InMemoryDoor.Url.GetLeftPart(UriPartial.Authority),
                    Authority = () => authority.Value,
                    Apps = apps,
                });
                return await OpenAsync(apps, null, emulation, InMemoryDoor.Url, authority);
            }
            var server = await EmulatorServer.StartAsync(config, world, new Endpoints { Port = port, HttpsPort = options.HttpsPort }, apps);
            return await OpenAsync(apps, server, server.Emulation, new Uri(server.Url), null);
        }
        catch (ConfigFault fault)
        {
            throw new EmulatorConfigException([$"{fault.Path}: {fault.Message}"], fault);
        }
    }

    /// <summary>A handler that leads an HTTP client to this emulator without a socket.</summary>
    /// <remarks>
    /// Requests to <c>https://api.twilio.com</c> and every other name of Twilio's arrive as they are, so that an unchanged app needs nothing
    /// but this handler. Its answers may be endless (the journal's stream).
    /// </remarks>
    /// <param name="others">Takes what is not for Twilio; without one such a request fails, so that no test reaches out unseen.</param>
    public HttpMessageHandler CreateHandler(HttpMessageHandler? others = null) => _door.CreateHandler(others);

    /// <summary>Names an app in this process as the target of webhooks: they are signed for that name and need no socket.</summary>
    /// <remarks>Holds for requests from now on, and across resets. The handler is lent: it must outlive the emulator, or be taken back.</remarks>
    /// <param name="origin">Scheme and authority: <c>http://app.test</c>, <c>https://shop.example:8443</c>.</param>
    /// <param name="app">A test server's: <c>factory.Server.CreateHandler()</c>.</param>
    public void Route(string origin, HttpMessageHandler app)
    {
        ArgumentNullException.ThrowIfNull(app);
        _apps[OriginOf(origin)] = app;
    }

    /// <summary>Takes a name back; false when it led nowhere.</summary>
    public bool Unroute(string origin) => _apps.TryRemove(OriginOf(origin), out _);

    /// <summary>A phone that no account owns.</summary>
    /// <param name="number">E.164: <c>+14155550199</c>.</param>
    public Handset Handset(string number) => Control.Handset(number);

    /// <summary>Ends the emulator: what it was doing is cancelled, ports are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        await _door.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        else await _emulation.DisposeAsync();
        if (_authority is { IsValueCreated: true }) _authority.Value.Dispose();
    }

    private static async Task<TwilioEmuHost> OpenAsync(
        ConcurrentDictionary<string, HttpMessageHandler> apps, EmulatorServer? server, Emulation emulation, Uri baseUrl, Lazy<CertificateAuthority>? authority)
    {
        var house = emulation.House;
        var account = await house.World.Loop.RunAsync(() => house.Accounts.NewestFirst.Last(a => !a.IsTest), CancellationToken.None);
        var door = await InMemoryDoor.OpenAsync(emulation, baseUrl);
        return new TwilioEmuHost(apps, server, emulation, door, authority, new EmulatedAccount(account.Sid.Value, account.AuthToken, account.FriendlyName));
    }

    private static string OriginOf(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/"
            ? url.GetLeftPart(UriPartial.Authority)
            : throw new ArgumentException($"\"{origin}\" is not scheme, host and port only, such as \"http://app.test\"", nameof(origin));
}
