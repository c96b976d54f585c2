using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;
using TwilioEmu.Composition;
using TwilioEmu.Host.Apps;
using TwilioEmu.Host.Clocks;
using TwilioEmu.Host.Doors;
using TwilioEmu.Hosting;
using TwilioEmu.Tls;

namespace TwilioEmu;

/// <summary>An emulator in this process, for tests: whole, with its own time and phones, and gone when disposed.</summary>
/// <remarks>
/// Several live side by side and share nothing. Safe from any thread. Apps that answer webhooks in this process are named by
/// <see cref="Attach{TEntryPoint}"/> or <see cref="Route"/>; all other webhooks go out by sockets, as ever. Names no test framework.
/// </remarks>
/// <example><code>
/// await using var twilio = await TwilioEmuHost.StartAsync(new() { Port = null });
/// await using var app = twilio.Attach(new WebApplicationFactory&lt;Program&gt;(), "http://app.test");
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
    private readonly AppWatch _watch = new();
    private IAsyncDisposable? _printer;

    private TwilioEmuHost(
        ConcurrentDictionary<string, HttpMessageHandler> apps, EmulatorServer? server, Emulation emulation, InMemoryDoor door,
        Lazy<CertificateAuthority>? authority,
        EmulatedAccount account)
    {
        (_apps, _server, _emulation, _door, _authority, Account) = (apps, server, emulation, door, authority, account);
        Control = new EmulatorClient(door.BaseUrl, door.CreateHandler(null))
        {
            IsAppBusy = () => _watch.IsBusy,
            AppFaults = () => _watch.Faults,
        };
        TimeProvider = new LentTime(() => _emulation.House.World.Clock);
    }

    /// <summary>Where it listens (<c>http://127.0.0.1:PORT</c>); without a socket, the name by which handlers made here reach it.</summary>
    public Uri BaseUrl => _door.BaseUrl;

    /// <summary>Where it listens for TLS; null when it does not.</summary>
    public Uri? TlsUrl => _server?.TlsUrl is { } url ? new Uri(url) : null;

    /// <summary>The first account, with its token.</summary>
    public EmulatedAccount Account { get; }

    /// <summary>The control API: clock, phones, calls, webhooks, journal. Needs no socket.</summary>
    public EmulatorClient Control { get; }

    /// <summary>
    /// The world's time, for timers of the app's own: they fire when virtual time comes there. A reset drops those that wait.
    /// </summary>
    /// <remarks><see cref="Attach{TEntryPoint}"/> gives it to an app that has registered a <see cref="System.TimeProvider"/>.</remarks>
    public TimeProvider TimeProvider { get; }

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
                return await OpenAsync(apps, null, emulation, InMemoryDoor.Url, authority, options.LoggerFactory);
            }
            var server = await EmulatorServer.StartAsync(config, world, new Endpoints { Port = port, HttpsPort = options.HttpsPort }, apps);
            return await OpenAsync(apps, server, server.Emulation, new Uri(server.Url), null, options.LoggerFactory);
        }
        catch (ConfigFault fault)
        {
            throw new EmulatorConfigException([$"{fault.Path}: {fault.Message}"], fault);
        }
    }

    /// <summary>
    /// Joins an app of this process and the emulator:
    /// webhooks for its origin reach it, its HTTP clients reach the emulator, its settings name the account.
    /// </summary>
    /// <remarks>
    /// Clients of <see cref="IHttpClientFactory"/> are led here, what they send elsewhere goes where it was going. Set are
    /// <c>TWILIO_ACCOUNT_SID</c>, <c>TWILIO_AUTH_TOKEN</c>, <c>Twilio:AccountSid</c>, <c>Twilio:AuthToken</c>, and the keys of
    /// Twilio.AspNet.Core: <c>Twilio:Client:*</c>, <c>Twilio:RequestValidation:*</c>. A <see cref="System.TimeProvider"/>
    /// that the app has registered becomes <see cref="TimeProvider"/>. What the app throws is shown by failed expectations.
    /// </remarks>
    /// <param name="factory">Of the app; what it configures itself stays.</param>
    /// <param name="origin">Scheme and authority by which the emulator knows the app, and signs: <c>http://app.test</c>.</param>
    /// <param name="configure">Settings and services of the app's own, after those.</param>
    /// <returns>The app, started; dispose it like the factory.</returns>
    public WebApplicationFactory<TEntryPoint> Attach<TEntryPoint>(
        WebApplicationFactory<TEntryPoint> factory, string origin, Action<IWebHostBuilder>? configure = null)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        var name = OriginOf(origin);
        var attached = factory.WithWebHostBuilder(builder =>
        {
            Joining.Apply(builder, this, new AttachedApp(_watch, CreateHandler), name);
            configure?.Invoke(builder);
        });
        _apps[name] = attached.Server.CreateHandler();
        return attached;
    }

    /// <summary>
    /// A client whose requests to Twilio reach this emulator, for SDKs that take one:
    /// <c>new SystemNetHttpClient(twilio.CreateHttpClient())</c>.
    /// </summary>
#pragma warning disable RS0030 // It is the app that asks with it, and it leads in, not out.
    public HttpClient CreateHttpClient() => new(CreateHandler()) { BaseAddress = BaseUrl };
#pragma warning restore RS0030

    /// <summary>A handler that leads an HTTP client to this emulator without a socket.</summary>
    /// <remarks>
    /// Requests to <c>https://api.twilio.com</c> and every other name of Twilio's arrive as they are, so that
    /// an unchanged app needs nothing but this handler. Its answers may be endless (the journal's stream).
    /// </remarks>
    /// <param name="others">Takes what is not for Twilio; without one such a request fails, so that no test reaches out unseen.</param>
    public HttpMessageHandler CreateHandler(HttpMessageHandler? others = null) => _door.CreateHandler(others);

    /// <summary>Names an app in this process as the target of webhooks: they are signed for that name and need no socket.</summary>
    /// <remarks>
    /// Holds for requests from now on, and across resets. The handler is lent: it must outlive the emulator, or be taken back.
    /// </remarks>
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

    /// <summary>Waits until nothing is due soon and the app is idle: <see cref="EmulatorClient.SettleAsync"/>.</summary>
    public Task<ClockState> SettleAsync(TimeSpan? quiet = null, TimeSpan? within = null, CancellationToken cancellation = default) =>
        Control.SettleAsync(quiet, within, cancellation);

    /// <summary>Waits until the app was told of a status and has answered: <see cref="EmulatorClient.ShouldBeToldAsync"/>.</summary>
    public Task<Webhook> ShouldBeToldAsync(
        string url, string? status = null, string? about = null, TimeSpan? within = null, CancellationToken cancellation = default) =>
        Control.ShouldBeToldAsync(url, status, about, within, cancellation);

    /// <summary>Ends the emulator: what it was doing is cancelled, ports are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        if (_printer is not null) await _printer.DisposeAsync();
        await _door.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        else await _emulation.DisposeAsync();
        if (_authority is { IsValueCreated: true }) _authority.Value.Dispose();
    }

    private static async Task<TwilioEmuHost> OpenAsync(
        ConcurrentDictionary<string, HttpMessageHandler> apps, EmulatorServer? server, Emulation emulation, Uri baseUrl,
        Lazy<CertificateAuthority>? authority, ILoggerFactory? logs)
    {
        var house = emulation.House;
        var account = await house.World.Loop.RunAsync(() => house.Accounts.NewestFirst.Last(a => !a.IsTest), CancellationToken.None);
        var door = await InMemoryDoor.OpenAsync(emulation, baseUrl);
        // What it serves itself (recordings, pictures) is fetched here when an app names it: there is no socket to fetch it by.
        if (server is null) apps.TryAdd(OriginOf(baseUrl.GetLeftPart(UriPartial.Authority)), door.CreateHandler(null));
        return new TwilioEmuHost(
            apps, server, emulation, door, authority, new EmulatedAccount(account.Sid.Value, account.AuthToken, account.FriendlyName))
        {
            _printer = logs is null ? null : await emulation.TellAsync(logs),
        };
    }

    private static string OriginOf(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/"
            ? url.GetLeftPart(UriPartial.Authority)
            : throw new ArgumentException($"\"{origin}\" is not scheme, host and port only, such as \"http://app.test\"", nameof(origin));
}
