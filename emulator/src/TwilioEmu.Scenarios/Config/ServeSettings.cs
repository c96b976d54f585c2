using System.Globalization;
using System.Net;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// Every option of <c>twilioemu serve</c>, in the order of <c>--help</c>.
/// The command line beats the environment, the environment beats the file, the file beats the default.
/// </summary>
public static class ServeSettings
{
    /// <summary>Characters of a control token at least: fewer are guessed (inferred).</summary>
    private const int ShortestToken = 8;

    /// <summary>Bytes of a host name at most (RFC 1035 2.3.4).</summary>
    private const int MaxHostName = 253;

    public static ServeSetting Port { get; } = Value<int>(
        "port", "0 to 65535", "HTTP port: REST, control API, forward proxy; 0 picks a free one (4010)", TryPort, "a port: 0 to 65535",
        static (o, v) => o with { Port = v }, MeantPort);

    /// <summary>Of every command that has a world.</summary>
    public static ServeSetting Unbuilt { get; } = Choice(
        "unbuilt", ("refuse", false), ("store", true),
        "operations whose main effect is not emulated: refuse answers 501 and says so, store keeps them as if all were well (refuse)",
        static (o, v) => o with { StoresUnbuilt = v }) with
    { IsOfWorld = true };

    public static ServeSetting Seed { get; } = Value<long>(
        "seed", "whole number", "source of SIDs and chances (random, printed)",
        static (string t, out long v) => long.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out v),
        "a whole number", static (o, v) => o with { Seed = v });

    /// <summary>By which other commands carry the token.</summary>
    public static ServeSetting ControlToken { get; } = Text(
        "control_token", "text, or off",
        "what the control API asks for (Authorization: Bearer TOKEN); off asks for nothing (nothing when only this machine reaches the "
            + "port, else one made and printed at the start)",
        WrongToken, static (o, v) => o with { ControlToken = v });

    public static ServeSetting Config { get; } = Text(
        "config", "file", "config file (twilioemu.yaml if present)", Words.NonEmpty, static (o, v) => o with { Config = v }) with
    { IsInFiles = false };

    /// <summary>By which other commands find the CA.</summary>
    public static IReadOnlyList<ServeSetting> OfCa { get; } =
    [
        Text(
            "data", "folder",
            "folder that keeps the world over a restart, in DIR/twilioemu.db, and the CA, in DIR/ca (none: both live as long "
                + "as the process)",
            Words.NonEmpty, static (o, v) => o with { Data = v }),
        Text(
            "ca_cert", "file", "PEM file of a CA to issue certificates with, instead of one made by the emulator",
            Words.NonEmpty, static (o, v) => o with { CaCertificate = v }),
        Text("ca_key", "file", "PEM file of its key (the same file when not given)", Words.NonEmpty, static (o, v) => o with { CaKey = v }),
        Listed(
            "tls_names", "host names, comma-separated", "more names to answer for, comma-separated: twilioemu,*.emu.internal",
            WrongHostName, static (o, v) => o with { TlsNames = v }),
    ];

    public static IReadOnlyList<ServeSetting> All { get; } =
    [
        Port,
        Text(
            "host", "address", "bind address (127.0.0.1)",
            static t =>
                t == "localhost" || IPAddress.TryParse(t, out _) ? null : $"\"{t}\" is not an IP address or localhost{MeantHost(t)}",
                static (o, v) => o with { Host = v }),
        Value<ClockMode>(
            "clock", "real, xN, auto or manual", "real, xN, auto or manual (real)",
            ClockMode.TryParse, Words.Clock, static (o, v) => o with { Clock = v }) with { IsOfWorld = true },
        Seed,
        Value<DateTimeOffset>(
            "start", "instant", "where time begins: 2026-01-05T09:00Z (now)",
            Words.TryInstant, "an instant, such as 2026-01-05T09:00Z", static (o, v) => o with { Start = v }, MeantInstant) with
        { IsOfWorld = true },
        Config,
        new ServeSetting(
            "public_names", "NAME=TARGET, comma-separated",
            "where the app behind a public name really listens, comma-separated: https://app.local=http://127.0.0.1:3000; webhooks go "
                + "there, signed with the public name",
            ReadPublicNames) { IsInFiles = false },
        Unbuilt,
        Choice(
            "callbacks", ("ordered", true), ("off", false),
            "ordered: status callbacks of one message wait for each other's answers; off: in real and scaled time they overlap, as live "
                + "ones do (off)",
            static (o, v) => o with { OrdersCallbacks = v }) with { IsOfWorld = true },
        Value<long>(
            "memory", "a size: 512m, 2g",
            "about how many bytes the process may use: 512m, 2g; journal and records are trimmed to fit (what the machine or "
                + "container gives)",
            ByteSizes.TryParse, $"a size of {ByteSizes.Least} or more such as 512m or 2g", static (o, v) => o with { Memory = v },
            static t => t.Length is > 1 and < 6 && t.All(char.IsAsciiDigit) ? $" (did you mean \"{t}m\"?)" : "") with
        { IsOfWorld = true },
        Text(
            "media", "folder",
            "folder whose sound files scripts of phones may play, and no others (none; of stories the story's own folder)", Words.NonEmpty,
            static (o, v) => o with { Media = v }) with { IsOfWorld = true },
        Text(
            "speech_recognizer", "URL",
            "http(s) URL that is asked for the words of live parties: POST of a WAV, JSON with transcript and confidence back (none: live "
                + "speech counts as unrecognised)",
            Words.Url,
            static (o, v) => o with { SpeechRecognizer = v }) with { IsOfWorld = true },
        Text(
            "app_ca", "file", "PEM file of certificates that https apps are believed under when webhooks are sent, besides the platform's",
            Words.NonEmpty, static (o, v) => o with { AppCa = v }) with { IsOfWorld = true },
        Choice(
            "app_tls",
            ("strict", false), ("insecure", true), "strict, or insecure: any certificate of an https app is believed (strict)",
            static (o, v) => o with { TrustsAnyApp = v }) with { IsOfWorld = true },
        PortOrOff(
            "https_port",
            "TLS port, for *.twilio.com with certificates of the emulator's own CA; 0 picks a free one, off opens none (4443, or a free "
                + "one with --port 0; when 4443 is taken and was not asked for, the emulator says so and goes on without)",
            static (o, v) => o with { HttpsPort = v }),
        OneOf(
            "proxy_passthrough", ["off", "named", "local", "all"],
            "where the forward proxy carries what is not for Twilio: off, named (--proxy-allow), local (this machine, private addresses, "
                + "--proxy-allow) or all (all when only this machine reaches the port, else named)",
            static (o, v) => o with { ProxyPassThrough = v }),
        Listed(
            "proxy_allow", "host names, comma-separated",
            "hosts the forward proxy may always reach, comma-separated: api.example.com,*.example.org",
            WrongHostName, static (o, v) => o with { ProxyAllow = v }),
        .. OfCa,
        PortOrOff(
            "sip_port",
            "SIP port, UDP and TCP: SIP domains, softphones; 0 picks a free one, off opens none (5060 if free; off with --port 0)",
            static (o, v) => o with { SipPort = v }),
        PortOrOff(
            "sips_port",
            "SIP over TLS, with a certificate of the emulator's CA; 0 picks a free one, off opens none (5061 if free; off with --port 0)",
            static (o, v) => o with { SipsPort = v }),
        PortOrOff(
            "sip_ws_port", "SIP over WebSocket (RFC 7118): ws://HOST:PORT, subprotocol sip; 0 picks a free one (off)",
            static (o, v) => o with { SipWsPort = v }),
        Value<(int, int)>(
            "rtp_ports", "range", "ports of the sound of SIP calls, two for each leg: FIRST-LAST (40000-40999)", TryRange,
            "a range of ports such as 40000-40999", static (o, v) => o with { RtpPorts = v }),
        Text(
            "sip_host", "IP address", "IP address that SIP phones are told, in containers and behind NAT (the bind address)",
            static t => IPAddress.TryParse(t, out _) ? null : $"\"{t}\" is not an IP address", static (o, v) => o with { SipHost = v }),
        PortOrOff(
            "smpp_port",
            "SMPP port, where gateways bind that the config names under smpp.systems; 0 picks a free one, off opens none (2775 if free "
                + "where it names any; off with --port 0)",
            static (o, v) => o with { SmppPort = v }),
        PortOrOff(
            "smpps_port", "SMPP over TLS, with a certificate of the emulator's CA; 0 picks a free one (off)",
            static (o, v) => o with { SmppsPort = v }),
        ControlToken,
        Listed(
            "cors", "origins, comma-separated",
            "origins whose pages may use the emulator from a browser, comma-separated: http://localhost:3000; * is any, for "
                + "REST alone (none)",
            static t => t == "*" ? null : Words.PageOrigin(t), static (o, v) => o with { Cors = v }),
        Choice("ui", ("on", true), ("off", false), "on, or off: the web UI is not served (on)", static (o, v) => o with { ServesUi = v }),
        Text(
            "stories", "folder, or off",
            "folder of stories that the web UI lists and runs, each in a world of its own; off for none (scenarios or stories, where there "
                + "is such a folder)",
            Words.NonEmpty, static (o, v) => o with { Stories = v }),
        OneOf(
            "log",
            ["quiet", "normal", "all"],
            "what the console says: quiet (warnings and errors), normal (a line for each event) or all (every entry of the "
                + "journal) (normal)",
            static (o, v) => o with { Log = v }),
        OneOf("log_format", ["text", "json"], "text, or json: one object a line (text)", static (o, v) => o with { LogFormat = v }),
    ];

    private delegate bool Try<T>(string text, out T value);

    private static ServeSetting Text(
        string key, string takes, string means, Func<string, string?> check, Func<ServeOptions, string, ServeOptions> set) =>
        new(key, takes, means, (options, text) => check(text) is { } wrong ? (options, wrong) : (set(options, text), null));

    private static ServeSetting Value<T>(
        string key, string takes, string means, Try<T> parse, string wanted, Func<ServeOptions, T, ServeOptions> set,
        Func<string, string>? hint = null) =>
        Value(key, takes, means, parse, text => $"\"{text}\" is not {wanted}{hint?.Invoke(text)}", set);

    private static ServeSetting Value<T>(
        string key, string takes, string means, Try<T> parse, Func<string, string?> wrong, Func<ServeOptions, T, ServeOptions> set) =>
        new(key, takes, means, (options, text) => parse(text, out var value) ? (set(options, value), null) : (options, wrong(text)));

    private static ServeSetting OneOf(string key, string[] words, string means, Func<ServeOptions, string, ServeOptions> set) =>
        Text(key, Settings<ServeOptions>.Listed(words), means, Settings<ServeOptions>.NotOneOf(words), set);

    private static ServeSetting Choice(
        string key, (string Word, bool Value) first, (string Word, bool Value) second, string means,
        Func<ServeOptions, bool, ServeOptions> set) =>
        OneOf(key, [first.Word, second.Word], means, (options, word) => set(options, word == first.Word ? first.Value : second.Value));

    private static ServeSetting PortOrOff(string key, string means, Func<ServeOptions, PortChoice, ServeOptions> set) =>
        Value<PortChoice>(key, "0 to 65535, or off", means, TryChoice, "a port: 0 to 65535, or off", set,
            static t => MeantPort(t) is { Length: > 0 } port ? port : Synonyms.Hint(t, ["off"]));

    /// <summary>Beside an address where its port is wanted.</summary>
    private static string MeantPort(string text)
    {
        var bare = text.TrimEnd('/');
        return bare[(bare.LastIndexOf(':') + 1)..] is { Length: > 0 } port && port.Length < bare.Length && TryPort(port, out _)
            ? $" (did you mean \"{port}\"?)"
            : "";
    }

    /// <summary>Beside an address of scheme, host and port where the host is wanted.</summary>
    private static string MeantHost(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(url, UriKind.Absolute, out var read) && (read.Host == "localhost" || IPAddress.TryParse(read.Host, out _))
            ? $" (did you mean \"{read.Host}\"? --port says the port)"
            : "";
    }

    /// <summary>Beside an instant with a blank where the T stands.</summary>
    private static string MeantInstant(string text) =>
        text.Trim().Replace(' ', 'T') is var meant && Words.TryInstant(meant, out _) ? $" (did you mean \"{meant}\"?)" : "";

    private static ServeSetting Listed(
        string key, string takes, string means, Func<string, string?> check,
        Func<ServeOptions, IReadOnlyList<string>, ServeOptions> set) => new(key, takes, means, (options, text) =>
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return items.Select(check).FirstOrDefault(wrong => wrong is not null) is { } wrong ? (options, wrong) : (set(options, items), null);
    });

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    private static bool TryChoice(string text, out PortChoice choice)
    {
        var isPort = TryPort(text, out var port);
        choice = new PortChoice(isPort ? port : null);
        return isPort || text == "off";
    }

    private static bool TryRange(string text, out (int First, int Last) range)
    {
        range = default;
        if (text.Split('-') is not [var from, var to] || !TryPort(from, out var first) || !TryPort(to, out var last) || first == 0
            || last <= first)
        {
            return false;
        }
        range = (first, last);
        return true;
    }

    // It travels in a header and in a URL's fragment (RFC 6750 2.1, b64token).
    private static string? WrongToken(string text) =>
        text == "off"
            || (text.Length is >= ShortestToken and <= 256
                && text.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c, StringComparison.Ordinal)))
            ? null
            : $"a control token is off, or {ShortestToken} to 256 letters, digits and -._~+/=";

    private static string? WrongHostName(string text)
    {
        var bare = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return bare.Length > MaxHostName || Uri.CheckHostName(bare) == UriHostNameType.Unknown ? $"\"{text}\" is not a host name" : null;
    }

    private static (ServeOptions Options, string? Wrong) ReadPublicNames(ServeOptions options, string text)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', StringSplitOptions.TrimEntries) is not [var name, { Length: > 0 } target])
            {
                return (options, $"\"{pair}\" is not NAME=TARGET, such as https://app.local=http://127.0.0.1:3000");
            }
            if ((Words.PublicName(name) ?? Words.Origin(target)) is { } wrong) return (options, wrong);
            names[name.TrimEnd('/')] = target.TrimEnd('/');
        }
        return (options with { PublicNames = names }, null);
    }
}
