using System.Net;
using TwilioEmu.Access;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Hosting;
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

    private readonly string? _madeToken = AccessOptions.TokenFor(null, Asked.Host ?? UsualHost);

    private const string UsualHost = "127.0.0.1";

    /// <summary>Bind address.</summary>
    public string Host => Asked.Host ?? UsualHost;

    /// <summary>HTTP: REST, control API, forward proxy. 0 picks a free port.</summary>
    public int Port { get; init; } = Asked.Port ?? UsualPort;

    /// <summary>True when somebody named the HTTP port.</summary>
    public bool IsPortAsked => Asked.Port is not null;

    /// <summary>TLS; 0 picks a free port, null listens nowhere. Who takes any HTTP port runs many emulators at a time.</summary>
    public int? HttpsPort { get; init; } = Asked.HttpsPort is { } asked ? asked.Number : Asked.Port == 0 ? 0 : UsualHttpsPort;

    /// <summary>True when somebody named the TLS port: then it must be had.</summary>
    public bool IsHttpsPortAsked => Asked.HttpsPort is not null;

    /// <summary>The clock the world begins with.</summary>
    public ClockMode Clock => Asked.Clock ?? new ClockMode.Real();

    /// <summary>How much the console says.</summary>
    public ConsoleDetail Log { get; } =
        ConsoleSettings.Details.FirstOrDefault(d => d.Word == Asked.Log, (Word: "", Detail: ConsoleDetail.Normal)).Detail;

    /// <summary>For whom it says it.</summary>
    public ConsoleFormat LogFormat { get; } =
        ConsoleSettings.Formats.FirstOrDefault(f => f.Word == Asked.LogFormat, (Word: "", Format: ConsoleFormat.Text)).Format;

    /// <summary>Where the CA comes from.</summary>
    public CaSource Ca => CaOf(Asked);

    /// <summary>Who is let in.</summary>
    public AccessOptions Access => new()
    {
        ControlToken = Asked.ControlToken is { } token ? AccessOptions.TokenFor(token, Host) : _madeToken,
        CorsOrigins = Asked.Cors,
    };

    /// <summary>True when the control API's token was made here, and nobody knows it yet.</summary>
    public bool IsControlTokenMade => Asked.ControlToken is null && _madeToken is not null;

    /// <summary>Options that were given a value but name something that is not built yet; told on stderr.</summary>
    public IEnumerable<string> NotBuilt => ServeSettings.All.Where(s => !s.IsBuilt && Asked.Said.Contains(s.Key)).Select(s => s.Flag);

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
                IsOnlyIfFree = Asked.SipPort is null,
                TlsPort = SipsPort,
                IsTlsOnlyIfFree = Asked.SipsPort is null,
                WebSocketPort = Asked.SipWsPort?.Number,
                RtpPorts = Asked.RtpPorts ?? SipListening.UsualRtpPorts,
                Host = Asked.SipHost,
            }
            : null,
        Smpp = SmppPort is not null || Asked.SmppsPort?.Number is not null
            ? new SmppListening
            {
                Address = Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host),
                Port = SmppPort,
                IsOnlyIfFree = Asked.SmppPort is null,
                TlsPort = Asked.SmppsPort?.Number,
            }
            : null,
        TlsNames = Asked.TlsNames,
        Ca = Ca,
        DataFolder = Asked.Data,
        Access = Access,
        ServesUi = Asked.ServesUi ?? true,
        Proxy = new ProxyOptions
        {
            PassThrough = new PassThrough(
                Asked.ProxyPassThrough is { } reach ? PassThrough.Parse(reach) : Endpoints.UsualReach(Host), Asked.ProxyAllow),
        },
    };

    private int? SmppPort => Asked.SmppPort is { } asked ? asked.Number : Asked.Port == 0 ? null : UsualSmppPort;

    private int? SipsPort => Asked.SipsPort is { } asked ? asked.Number : Asked.Port == 0 ? null : UsualSipsPort;

    private int? SipPort => Asked.SipPort is { } asked ? asked.Number : Asked.Port == 0 ? null : UsualSipPort;

    /// <summary>Where the CA comes from, by what was asked.</summary>
    public static CaSource CaOf(ServeOptions asked) =>
        new(asked.Data is { } data ? CaSource.FolderBelow(data) : null, asked.CaCertificate, asked.CaKey) { Names = asked.TlsNames };

    /// <summary>What options that go together lack.</summary>
    public static IEnumerable<string> Lacks(ServeOptions asked)
    {
        if (asked is { CaKey: not null, CaCertificate: null }) yield return "--ca-key goes with --ca-cert";
        if (asked.Data is { } data && File.Exists(data)) yield return $"--data: {data} is a file, and a folder is wanted";
    }

    /// <summary>Folders that are only read, and are not there: what is in them would be missing without a word.</summary>
    public static IEnumerable<string> MissingFolders(ServeOptions asked) =>
        from folder in new[] { ("--media", asked.Media), ("--stories", asked.Stories == AccessOptions.Off ? null : asked.Stories) }
        where folder.Item2 is { } named && !Directory.Exists(named)
        select $"{folder.Item1}: there is no folder {folder.Item2}";

    /// <summary>The file's world with what the command line and the environment add to it.</summary>
    public WorldConfig Over(WorldConfig file)
    {
        var names = new Dictionary<string, string>(file.PublicNames, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, target) in Asked.PublicNames) names[name] = target;
        return file with { Options = Asked, PublicNames = names };
    }
}
