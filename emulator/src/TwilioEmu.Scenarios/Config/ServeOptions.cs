using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// What is asked of <c>twilioemu serve</c>, on the command line, in the environment or in a file; null, or empty, where nobody says.
/// <see cref="ServeSettings"/> tells each.
/// </summary>
public sealed record ServeOptions
{
    /// <summary>Keys of what was said.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    public int? Port { get; init; }

    public PortChoice? HttpsPort { get; init; }

    public string? Host { get; init; }

    public PortChoice? SipPort { get; init; }

    public string? SipHost { get; init; }

    public PortChoice? SipsPort { get; init; }

    public PortChoice? SipWsPort { get; init; }

    public (int First, int Last)? RtpPorts { get; init; }

    public PortChoice? SmppPort { get; init; }

    public PortChoice? SmppsPort { get; init; }

    public ClockMode? Clock { get; init; }

    public long? Seed { get; init; }

    /// <summary>The world's first instant.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The config file.</summary>
    public string? Config { get; init; }

    public string? Data { get; init; }

    /// <summary>PEM file of certificates that https apps are believed under, besides the platform's.</summary>
    public string? AppCa { get; init; }

    /// <summary>True believes any certificate of an https app.</summary>
    public bool? TrustsAnyApp { get; init; }

    /// <summary>True keeps what has no effect in the emulator; false answers 501.</summary>
    public bool? StoresUnbuilt { get; init; }

    /// <summary>True lets the callbacks of one message wait for each other's answers whatever the clock.</summary>
    public bool? OrdersCallbacks { get; init; }

    /// <summary>Where the words of live parties are asked for; null for nobody.</summary>
    public string? SpeechRecognizer { get; init; }

    /// <summary>The folder whose sound files phones may play.</summary>
    public string? Media { get; init; }

    /// <summary>
    /// About how many bytes the process may use, of which journal and records take their shares; null goes by the machine or container.
    /// </summary>
    public long? Memory { get; init; }

    /// <summary>Origins the app is known by, and where it really listens; they add to the file's mapping.</summary>
    public IReadOnlyDictionary<string, string> PublicNames { get; init; } = new Dictionary<string, string>();

    /// <summary><c>off</c>, <c>named</c>, <c>local</c> or <c>all</c>.</summary>
    public string? ProxyPassThrough { get; init; }

    /// <summary>Host names.</summary>
    public IReadOnlyList<string> ProxyAllow { get; init; } = [];

    /// <summary>Host names.</summary>
    public IReadOnlyList<string> TlsNames { get; init; } = [];

    public string? CaCertificate { get; init; }

    public string? CaKey { get; init; }

    /// <summary>What the control API asks for, or <c>off</c>.</summary>
    public string? ControlToken { get; init; }

    /// <summary>Origins, or <c>*</c>.</summary>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary>False serves no page.</summary>
    public bool? ServesUi { get; init; }

    /// <summary>Folder of stories that the page lists and runs; <c>off</c> for none.</summary>
    public string? Stories { get; init; }

    /// <summary>What the console says: <c>quiet</c>, <c>normal</c> or <c>all</c>.</summary>
    public string? Log { get; init; }

    /// <summary><c>text</c> or <c>json</c>.</summary>
    public string? LogFormat { get; init; }
}

/// <summary>A port that somebody named, or <c>off</c>.</summary>
/// <param name="Number">0 for any that is free; null for none at all.</param>
public readonly record struct PortChoice(int? Number);
