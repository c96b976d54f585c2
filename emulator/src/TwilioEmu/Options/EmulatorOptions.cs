using System.Net;
using TwilioEmu.Access;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Proxy;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Tls;

namespace TwilioEmu.Options;

/// <summary>What the process is to be: what was asked, with the defaults where nobody asked.</summary>
/// <param name="Asked">All sources weighed.</param>
internal sealed record EmulatorOptions(ServeOptions Asked)
{
    /// <summary>The HTTP port when nobody names one.</summary>
    public const int UsualPort = 4010;

    private const int UsualHttpsPort = 4443;

    // What phones expect (RFC 3261 19.1.2).
    private const int UsualSipPort = 5060;
    private const int UsualSipsPort = 5061;

    // IANA: smpp 2775.
    private const int UsualSmppPort = 2775;

    private readonly string? _madeToken = AccessOptions.TokenFor(null, Asked.Get(ServeSettings.Host) ?? UsualHost);

    private const string UsualHost = "127.0.0.1";

    /// <summary>Bind address.</summary>
    public string Host => Asked.Get(ServeSettings.Host) ?? UsualHost;

    /// <summary>HTTP: REST, control API, forward proxy. 0 picks a free port.</summary>
    public int Port { get; init; } = Asked.Get(ServeSettings.Port) ?? UsualPort;

    /// <summary>True when somebody named the HTTP port.</summary>
    public bool IsPortAsked => Asked.Says(ServeSettings.Port);

    /// <summary>TLS; 0 picks a free port, null listens nowhere. Who takes any HTTP port runs many emulators at a time.</summary>
    public int? HttpsPort { get; init; } = PortOf(Asked, ServeSettings.HttpsPort, UsualHttpsPort, amongMany: 0);

    /// <summary>True when somebody named the TLS port: then it must be had.</summary>
    public bool IsHttpsPortAsked => Asked.Says(ServeSettings.HttpsPort);

    /// <summary>The clock the world begins with.</summary>
    public ClockMode Clock => Asked.Get(ServeSettings.Clock) ?? new ClockMode.Real();

    /// <summary>How much the console says.</summary>
    public ConsoleDetail Log { get; } =
        ConsoleSettings.Details.FirstOrDefault(
            d => d.Word == Asked.Get(ServeSettings.Log), (Word: "", Detail: ConsoleDetail.Normal)).Detail;

    /// <summary>For whom it says it.</summary>
    public ConsoleFormat LogFormat { get; } =
        ConsoleSettings.Formats.FirstOrDefault(
            f => f.Word == Asked.Get(ServeSettings.LogFormat), (Word: "", Format: ConsoleFormat.Text)).Format;

    /// <summary>Where the CA comes from.</summary>
    public CaSource Ca => CaOf(Asked);

    /// <summary>Who is let in.</summary>
    public AccessOptions Access => new()
    {
        ControlToken = Asked.Get(ServeSettings.ControlToken) is { } token ? AccessOptions.TokenFor(token, Host) : _madeToken,
        CorsOrigins = Asked.Get(ServeSettings.Cors),
    };

    /// <summary>True when the control API's token was made here, and nobody knows it yet.</summary>
    public bool IsControlTokenMade => !Asked.Says(ServeSettings.ControlToken) && _madeToken is not null;

    /// <summary>Options that were given a value but name something that is not built yet; told on stderr.</summary>
    public IEnumerable<string> NotBuilt => ServeSettings.All.Where(s => !s.IsBuilt && Asked.Says(s)).Select(s => s.Flag);

    /// <summary>Where to listen, and how.</summary>
    public Endpoints Endpoints => new()
    {
        Host = Host,
        Port = Port,
        HttpsPort = HttpsPort,
        Sip = SipPort is { } port
            ? new SipListening
            {
                Address = Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host),
                Port = port,
                IsOnlyIfFree = !Asked.Says(ServeSettings.SipPort),
                TlsPort = SipsPort,
                IsTlsOnlyIfFree = !Asked.Says(ServeSettings.SipsPort),
                WebSocketPort = Asked.Get(ServeSettings.SipWsPort)?.Number,
                RtpPorts = Asked.Get(ServeSettings.RtpPorts) ?? SipListening.UsualRtpPorts,
                Host = Asked.Get(ServeSettings.SipHost),
            }
            : null,
        Smpp = SmppPort is not null || Asked.Get(ServeSettings.SmppsPort)?.Number is not null
            ? new SmppListening
            {
                Address = Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host),
                Port = SmppPort,
                IsOnlyIfFree = !Asked.Says(ServeSettings.SmppPort),
                TlsPort = Asked.Get(ServeSettings.SmppsPort)?.Number,
            }
            : null,
        TlsNames = Asked.Get(ServeSettings.TlsNames),
        Ca = Ca,
        DataFolder = Asked.Get(ServeSettings.Data),
        Access = Access,
        ServesUi = Asked.Get(ServeSettings.ServesUi),
        Proxy = new ProxyOptions
        {
            PassThrough = new PassThrough(
                Asked.Get(ServeSettings.ProxyPassThrough) is { } reach ? PassThrough.Parse(reach) : Endpoints.UsualReach(Host),
                Asked.Get(ServeSettings.ProxyAllow)),
        },
    };

    private int? SmppPort => PortOf(Asked, ServeSettings.SmppPort, UsualSmppPort);

    private int? SipsPort => PortOf(Asked, ServeSettings.SipsPort, UsualSipsPort);

    // Who asks for one of its other ways wants SIP.
    private int? SipPort => PortOf(Asked, ServeSettings.SipPort, UsualSipPort, SipWays(Asked).Any() ? 0 : null);

    private static IEnumerable<ServeSetting<PortChoice?>> SipWays(ServeOptions asked) =>
        new[] { ServeSettings.SipsPort, ServeSettings.SipWsPort }.Where(s => asked.Get(s)?.Number is not null);

    /// <summary>The one asked for, else the usual one, which of many emulators on a machine only one can have.</summary>
    private static int? PortOf(ServeOptions asked, ServeSetting<PortChoice?> setting, int usual, int? amongMany = null) =>
        asked.Get(setting) is { } choice ? choice.Number
        : asked.Get(ServeSettings.Port) == 0 ? amongMany
        : usual;

    /// <summary>Where the CA comes from, by what was asked.</summary>
    public static CaSource CaOf(ServeOptions asked) =>
        new(
            asked.Get(ServeSettings.Data) is { } data ? CaSource.FolderBelow(data) : null,
            asked.Get(ServeSettings.CaCertificate), asked.Get(ServeSettings.CaKey))
        {
            Names = asked.Get(ServeSettings.TlsNames),
        };

    /// <summary>What options that go together lack.</summary>
    public static IEnumerable<string> Lacks(ServeOptions asked)
    {
        if (asked.Says(ServeSettings.CaKey) && !asked.Says(ServeSettings.CaCertificate)) yield return "--ca-key goes with --ca-cert";
        if (asked.Get(ServeSettings.SipPort) is { Number: null })
        {
            foreach (var way in SipWays(asked)) yield return $"{way.Flag} goes with --sip-port, which is off: name a port, or 0";
        }
        if (asked.Get(ServeSettings.Data) is { } data && File.Exists(data))
        {
            yield return $"--data: {data} is a file, and a folder is wanted";
        }
    }

    /// <summary>Folders that are only read, and are not there: what is in them would be missing without a word.</summary>
    public static IEnumerable<string> MissingFolders(ServeOptions asked) =>
        from setting in new[] { ServeSettings.Media, ServeSettings.Stories }
        let folder = asked.Get(setting)
        where folder is not null && !Directory.Exists(folder)
            && (setting != ServeSettings.Stories || folder != AccessOptions.Off)
        select $"{setting.Flag}: there is no folder {folder}";

    /// <summary>The file's world with what the command line and the environment add to it.</summary>
    public WorldConfig Over(WorldConfig file)
    {
        var names = new Dictionary<string, string>(file.PublicNames, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, target) in Asked.Get(ServeSettings.PublicNames)) names[name] = target;
        return file with { Options = Asked, PublicNames = names };
    }
}
