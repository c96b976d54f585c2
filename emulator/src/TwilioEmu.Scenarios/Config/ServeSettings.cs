using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// Every option of <c>twilioemu serve</c>, in the order of <c>--help</c>: a row is listed where it stands. What rooms of a world heed
/// stands in <see cref="WorldSettings"/>. The command line beats the environment,
/// the environment beats the file, the file beats the default.
/// </summary>
public static class ServeSettings
{
    private static readonly List<ServeSetting> Rows = [];

    public static ServeSetting<int?> Port { get; } = Row(OptionShapes.Value<int>(
        "port", "0 to 65535", "HTTP port: REST, control API, forward proxy; 0 picks a free one (4010)", new("4711", "65536"),
        OptionShapes.TryPort, "a port: 0 to 65535", OptionShapes.MeantPort));

    public static ServeSetting<string?> Host { get; } = Row(OptionShapes.Text(
        "host", "address", "bind address (127.0.0.1)", new("0.0.0.0", "example"), OptionShapes.WrongHost));

    public static ServeSetting<ClockMode?> Clock { get; } = Row(OptionShapes.Thing<ClockMode>(
        "clock", "real, xN, auto or manual", "real, xN, auto or manual (real)", new("x10", "fast"), ClockMode.TryParse, Words.Clock) with
    { IsOfWorld = true });

    public static ServeSetting<long?> Seed { get; } = Row(OptionShapes.Value<long>(
        "seed", "whole number", "source of SIDs and chances (random, printed)", new("7", "seven"), OptionShapes.TrySeed, "a whole number"));

    /// <summary>The world's first instant.</summary>
    public static ServeSetting<DateTimeOffset?> Start { get; } = Row(OptionShapes.Value<DateTimeOffset>(
        "start", "instant", "where time begins: 2026-01-05T09:00Z (now)", new("2026-01-05T09:00Z", "2026-13-05"),
        Words.TryInstant, "an instant, such as 2026-01-05T09:00Z", OptionShapes.MeantInstant) with
    { IsOfWorld = true });

    public static ServeSetting<string?> Config { get; } = Row(OptionShapes.Text(
        "config", "file", "config file (twilioemu.yaml if present)", new("other.yaml", ""), Words.NonEmpty) with
    { IsInFiles = false });

    /// <summary>Origins the app is known by, and where it really listens; they add to the file's mapping.</summary>
    public static ServeSetting<IReadOnlyDictionary<string, string>> PublicNames { get; } =
        Row(new ServeSetting<IReadOnlyDictionary<string, string>>(
            "public_names", "NAME=TARGET, comma-separated",
            "where the app behind a public name really listens, comma-separated: https://app.local=http://127.0.0.1:3000; webhooks go "
                + "there, signed with the public name",
            new Dictionary<string, string>(), OptionShapes.ReadPublicNames)
        {
            Good = "https://app.local=http://127.0.0.1:3000",
            Bad = "https://app.local",
            IsInFiles = false,
        });

    /// <summary>Those that rooms of a world heed, which stand here in the list.</summary>
    public static IReadOnlyList<ServeSetting> OfWorld { get; } = [.. WorldSettings.All.Select(Listed)];

    /// <summary>
    /// About how many bytes the process may use, of which journal and records take their shares; null goes by the machine or container.
    /// </summary>
    public static ServeSetting<long?> Memory { get; } = Row(OptionShapes.Value<long>(
        "memory", "a size: 512m, 2g",
        "about how many bytes the process may use: 512m, 2g; journal, records and pictures are trimmed to fit "
        + "(what the machine or container gives)",
        new("512m", "1k"), ByteSizes.TryParse, $"a size of {ByteSizes.Least} or more such as 512m or 2g", OptionShapes.MeantSize) with
    { IsOfWorld = true });

    /// <summary>The folder whose sound files phones may play.</summary>
    public static ServeSetting<string?> Media { get; } = Row(OptionShapes.Text(
        "media", "folder",
        "folder whose sound files scripts of phones may play, and no others (none; of stories the story's own folder)", new("sounds", ""),
        Words.NonEmpty) with
    { IsOfWorld = true });

    /// <summary>Where the words of live parties are asked for; null for nobody.</summary>
    public static ServeSetting<string?> SpeechRecognizer { get; } = Row(OptionShapes.Text(
        "speech_recognizer", "URL",
        "http(s) URL that is asked for the words of live parties: POST of a WAV, JSON with transcript and confidence back (none: live "
            + "speech counts as unrecognised)",
        new("http://127.0.0.1:9000/stt", "127.0.0.1:9000"), Words.Url) with
    { IsOfWorld = true });

    /// <summary>PEM file of certificates that https apps are believed under, besides the platform's.</summary>
    public static ServeSetting<string?> AppCa { get; } = Row(OptionShapes.Text(
        "app_ca", "file", "PEM file of certificates that https apps are believed under when webhooks are sent, besides the platform's",
        new("app.pem", ""), Words.NonEmpty) with
    { IsOfWorld = true });

    /// <summary>True believes any certificate of an https app.</summary>
    public static ServeSetting<bool> TrustsAnyApp { get; } = Row(ServeSetting.Choice(
        "app_tls", ("strict", false), ("insecure", true), usual: false,
        "strict, or insecure: any certificate of an https app is believed (strict)") with
    { IsOfWorld = true });

    public static ServeSetting<PortChoice?> HttpsPort { get; } = Row(OptionShapes.PortOrOff(
        "https_port",
        "TLS port, for *.twilio.com with certificates of the emulator's own CA; 0 picks a free one, off opens none (4443, or a free "
            + "one with --port 0; when 4443 is taken and was not asked for, the emulator says so and goes on without)"));

    /// <summary><c>off</c>, <c>named</c>, <c>local</c> or <c>all</c>.</summary>
    public static ServeSetting<string?> ProxyPassThrough { get; } = Row(ServeSetting.OneOf(
        "proxy_passthrough", ["off", "named", "local", "all"],
        "where the forward proxy carries what is not for Twilio: off, named (--proxy-allow), local (this machine, private addresses, "
            + "--proxy-allow) or all (all when only this machine reaches the port, else named)",
        good: "named"));

    public static ServeSetting<IReadOnlyList<string>> ProxyAllow { get; } = Row(OptionShapes.Listed(
        "proxy_allow", "host names, comma-separated",
        "hosts the forward proxy may always reach, comma-separated: api.example.com,*.example.org",
        new("api.example.com,*.example.org", "http://x"), OptionShapes.WrongHostName));

    public static ServeSetting<string?> Data { get; } = Row(OptionShapes.Text(
        "data", "folder",
        "folder that keeps the world over a restart, in DIR/twilioemu.db, and the CA, in DIR/ca (none: both live as long as the process)",
        new("state", ""), Words.NonEmpty));

    public static ServeSetting<string?> CaCertificate { get; } = Row(OptionShapes.Text(
        "ca_cert", "file", "PEM file of a CA to issue certificates with, instead of one made by the emulator", new("ca.pem", ""),
        Words.NonEmpty));

    public static ServeSetting<string?> CaKey { get; } = Row(OptionShapes.Text(
        "ca_key", "file", "PEM file of its key (the same file when not given)", new("ca.key", ""), Words.NonEmpty));

    public static ServeSetting<IReadOnlyList<string>> TlsNames { get; } = Row(OptionShapes.Listed(
        "tls_names", "host names, comma-separated", "more names to answer for, comma-separated: twilioemu,*.emu.internal",
        new("twilioemu,*.emu.internal", "a/b"), OptionShapes.WrongHostName));

    public static ServeSetting<PortChoice?> SipPort { get; } = Row(OptionShapes.PortOrOff(
        "sip_port",
        "SIP port, UDP and TCP: SIP domains, softphones; 0 picks a free one, off opens none (5060 if free; off with --port 0)"));

    public static ServeSetting<PortChoice?> SipsPort { get; } = Row(OptionShapes.PortOrOff(
        "sips_port",
        "SIP over TLS, with a certificate of the emulator's CA; 0 picks a free one, off opens none (5061 if free; off with --port 0)"));

    public static ServeSetting<PortChoice?> SipWsPort { get; } = Row(OptionShapes.PortOrOff(
        "sip_ws_port", "SIP over WebSocket (RFC 7118): ws://HOST:PORT, subprotocol sip; 0 picks a free one (off)"));

    public static ServeSetting<(int First, int Last)?> RtpPorts { get; } = Row(OptionShapes.Value<(int First, int Last)>(
        "rtp_ports", "range", "ports of the sound of SIP calls, two for each leg: FIRST-LAST (40000-40999)",
        new("10000-10999", "10999-10000"),
        OptionShapes.TryRange, "a range of ports such as 40000-40999"));

    public static ServeSetting<string?> SipHost { get; } = Row(OptionShapes.Text(
        "sip_host", "IP address", "IP address that SIP phones are told, in containers and behind NAT (the bind address)",
        new("192.0.2.1", "example"), OptionShapes.WrongAddress));

    public static ServeSetting<PortChoice?> SmppPort { get; } = Row(OptionShapes.PortOrOff(
        "smpp_port",
        "SMPP port, where gateways bind that the config names under smpp.systems; 0 picks a free one, off opens none (2775 if free "
            + "where it names any; off with --port 0)"));

    public static ServeSetting<PortChoice?> SmppsPort { get; } = Row(OptionShapes.PortOrOff(
        "smpps_port", "SMPP over TLS, with a certificate of the emulator's CA; 0 picks a free one (off)"));

    /// <summary>What the control API asks for, or <c>off</c>; by which other commands carry the token.</summary>
    public static ServeSetting<string?> ControlToken { get; } = Row(OptionShapes.Text(
        "control_token", "text, or off",
        "what the control API asks for (Authorization: Bearer TOKEN); off asks for nothing (nothing when only this machine reaches the "
            + "port, else one made and printed at the start)",
        new("sesame-1234", "short"), OptionShapes.WrongToken));

    /// <summary>Origins, or <c>*</c>.</summary>
    public static ServeSetting<IReadOnlyList<string>> Cors { get; } = Row(OptionShapes.Listed(
        "cors", "origins, comma-separated",
        "origins whose pages may use the emulator from a browser, comma-separated: http://localhost:3000; * is any, for REST alone (none)",
        new("http://localhost:3000", "localhost"), OptionShapes.WrongCors));

    /// <summary>False serves no page.</summary>
    public static ServeSetting<bool> ServesUi { get; } = Row(ServeSetting.Choice(
        "ui", ("on", true), ("off", false), usual: true, "on, or off: the web UI is not served (on)"));

    /// <summary>Folder of stories that the page lists and runs; <c>off</c> for none.</summary>
    public static ServeSetting<string?> Stories { get; } = Row(OptionShapes.Text(
        "stories", "folder, or off",
        "folder of stories that the web UI lists and runs, each in a world of its own; off for none (scenarios or stories, where there "
            + "is such a folder)",
        new("off", ""), Words.NonEmpty));

    /// <summary>What the console says: <c>quiet</c>, <c>normal</c> or <c>all</c>.</summary>
    public static ServeSetting<string?> Log { get; } = Row(ServeSetting.OneOf(
        "log", ["quiet", "normal", "all"],
        "what the console says: quiet (warnings and errors), normal (a line for each event) or all (every entry of the journal) (normal)",
        good: "all"));

    /// <summary><c>text</c> or <c>json</c>.</summary>
    public static ServeSetting<string?> LogFormat { get; } = Row(ServeSetting.OneOf(
        "log_format", ["text", "json"], "text, or json: one object a line (text)", good: "json"));

    /// <summary>All, in the order of <c>--help</c>.</summary>
    public static IReadOnlyList<ServeSetting> All => Rows;

    /// <summary>By which other commands find the CA.</summary>
    public static IReadOnlyList<ServeSetting> OfCa { get; } = [Data, CaCertificate, CaKey, TlsNames];

    /// <summary>The options with a text put in; as they were where it is wrong, with what was meant.</summary>
    public static ServeOptions Put(ServeSetting setting, ServeOptions options, string text, out string? wrong)
    {
        var put = setting.Put(options, text, out wrong);
        if (wrong is not null && setting.Choices.Count > 0) wrong += Synonyms.Hint(text, setting.Choices);
        return put;
    }

    private static ServeSetting<T> Row<T>(ServeSetting<T> row)
    {
        Listed(row);
        return row;
    }

    private static ServeSetting Listed(ServeSetting row)
    {
        Rows.Add(row);
        return row;
    }
}
