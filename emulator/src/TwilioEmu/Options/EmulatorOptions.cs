using System.Net;
using TwilioEmu.Access;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Proxy;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Tls;

namespace TwilioEmu.Options;

/// <summary>What the process is asked to be, after command line, environment and config file were weighed.</summary>
internal sealed record EmulatorOptions
{
    /// <summary>The TLS port when nobody names one.</summary>
    public const int UsualHttpsPort = 4443;

    /// <summary>HTTP: REST, control API, forward proxy. 0 picks a free port.</summary>
    public int Port { get; init; } = 4010;

    /// <summary>True when somebody named the HTTP port.</summary>
    public bool IsPortAsked { get; init; }

    /// <summary>TLS; 0 picks a free port, null listens nowhere.</summary>
    public int? HttpsPort { get; init; } = UsualHttpsPort;

    /// <summary>True when somebody named the TLS port: then it must be had.</summary>
    public bool IsHttpsPortAsked { get; init; }

    /// <summary>The SIP port, UDP and TCP; 0 picks a free one, null listens nowhere.</summary>
    public int? SipPort { get; init; }

    /// <summary>True when somebody named the SIP port, so that it must be had.</summary>
    public bool IsSipPortAsked { get; init; }

    /// <summary>SIP over TLS; 0 picks a free port, null listens nowhere.</summary>
    public int? SipsPort { get; init; }

    /// <summary>True when somebody named the port of SIP over TLS.</summary>
    public bool IsSipsPortAsked { get; init; }

    /// <summary>SIP over WebSocket; 0 picks a free port, null listens nowhere.</summary>
    public int? SipWsPort { get; init; }

    /// <summary>Ports of the sound of SIP calls.</summary>
    public (int First, int Last) RtpPorts { get; init; } = SipListening.UsualRtpPorts;

    /// <summary>The address that SIP phones are told; null for the one that is bound.</summary>
    public string? SipHost { get; init; }

    /// <summary>How far the proxy carries; null goes by the bind address.</summary>
    public PassThroughReach? ProxyPassThrough { get; init; }

    /// <summary>Hosts the proxy may reach at any address.</summary>
    public IReadOnlyList<string> ProxyAllow { get; init; } = [];

    /// <summary>Names answered with TLS beyond Twilio's and this machine's.</summary>
    public IReadOnlyList<string> TlsNames { get; init; } = [];

    /// <summary>Where the CA comes from.</summary>
    public CaSource Ca { get; init; } = new();

    /// <summary>Origins the app is known by, and where it really listens; they add to the config file's.</summary>
    public IReadOnlyDictionary<string, string> PublicNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Who is let in.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>True when the control API's token was made here, and nobody knows it yet.</summary>
    public bool IsControlTokenMade { get; init; }

    /// <summary>False serves no page.</summary>
    public bool ServesUi { get; init; } = true;

    /// <summary>Bind address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public ClockMode Clock { get; init; } = new ClockMode.Real();

    /// <summary>Null picks one at random, which is printed.</summary>
    public long? Seed { get; init; }

    /// <summary>How much the console says.</summary>
    public ConsoleDetail Log { get; init; } = ConsoleDetail.Normal;

    /// <summary>For whom it says it.</summary>
    public ConsoleFormat LogFormat { get; init; } = ConsoleFormat.Text;

    /// <summary>The world's first instant; null for the wall's present one.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>True keeps what has no effect here; null goes by the file.</summary>
    public bool? StoresUnbuilt { get; init; }

    /// <summary>True lets the callbacks of one message wait for each other; null goes by the file.</summary>
    public bool? OrdersCallbacks { get; init; }

    /// <summary>About how many bytes the process may use; null goes by the file, and else by the machine or container.</summary>
    public long? Memory { get; init; }

    /// <summary>PEM file of certificates that https apps are believed under; null goes by the file.</summary>
    public string? AppCa { get; init; }

    /// <summary>True believes any certificate of an https app; null goes by the file.</summary>
    public bool? TrustsAnyApp { get; init; }

    /// <summary>Options that were given a value but name something that is not built yet; told on stderr.</summary>
    public IReadOnlyList<string> NotBuilt { get; init; } = [];

    /// <summary>The file's world with what the command line and the environment add to it.</summary>
    public WorldConfig Over(WorldConfig file)
    {
        file = file with
        {
            Options = file.Options with
            {
                StoresUnbuilt = StoresUnbuilt ?? file.Options.StoresUnbuilt,
                OrdersCallbacks = OrdersCallbacks ?? file.Options.OrdersCallbacks,
                Memory = Memory ?? file.Options.Memory,
                AppCa = AppCa ?? file.Options.AppCa,
                TrustsAnyApp = TrustsAnyApp ?? file.Options.TrustsAnyApp,
            },
        };
        if (PublicNames.Count == 0) return file;
        var names = new Dictionary<string, string>(file.PublicNames, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, target) in PublicNames) names[name] = target;
        return file with { PublicNames = names };
    }

    /// <summary>Where to listen, and how.</summary>
    public Endpoints Endpoints => new()
    {
        Host = Host,
        Port = Port,
        HttpsPort = HttpsPort,
        Sip = SipPort is { } port ? new SipListening { Address = Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host), Port = port, IsOnlyIfFree = !IsSipPortAsked, TlsPort = SipsPort, IsTlsOnlyIfFree = !IsSipsPortAsked, WebSocketPort = SipWsPort, RtpPorts = RtpPorts, Host = SipHost } : null,
        TlsNames = TlsNames,
        Ca = Ca,
        Access = Access,
        ServesUi = ServesUi,
        Proxy = new ProxyOptions { PassThrough = new PassThrough(ProxyPassThrough ?? Hosting.Endpoints.UsualReach(Host), ProxyAllow) },
    };
}
