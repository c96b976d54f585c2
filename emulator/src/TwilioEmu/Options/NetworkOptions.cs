using System.CommandLine;
using System.Globalization;
using TwilioEmu.Proxy;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Tls;

namespace TwilioEmu.Options;

/// <summary>The options of TLS and of the proxy.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<string?> _httpsPort = OptionTable.Text(
        "--https-port", "TLS port, for *.twilio.com with certificates of the emulator's own CA; 0 picks a free one, off opens none (4443, or a free one with --port 0; when 4443 is taken and was not asked for, the emulator says so and goes on without)");

    private readonly Option<string?> _passThrough = OptionTable.Text(
        "--proxy-passthrough", "where the forward proxy carries what is not for Twilio: off, named (--proxy-allow), local (this machine, private addresses, --proxy-allow) or all (all when only this machine reaches the port, else named)");

    private readonly Option<string?> _allow = OptionTable.Text("--proxy-allow", "hosts the forward proxy may always reach, comma-separated: api.example.com,*.example.org");
    private readonly Option<string?> _names = OptionTable.Text("--tls-names", "more names to answer for, comma-separated: twilioemu,*.emu.internal");
    private readonly Option<string?> _data = OptionTable.Text("--data", "folder for durable state; so far it keeps the CA, in DIR/ca (none: the CA lives as long as the process)");
    private readonly Option<string?> _caCertificate = OptionTable.Text("--ca-cert", "PEM file of a CA to issue certificates with, instead of one made by the emulator");
    private readonly Option<string?> _caKey = OptionTable.Text("--ca-key", "PEM file of its key (the same file when not given)");

    private readonly Option<string?> _appCa = OptionTable.Text("--app-ca", "PEM file of certificates that https apps are believed under when webhooks are sent, besides the platform's");
    private readonly Option<string?> _appTls = OptionTable.Text("--app-tls", "strict, or insecure: any certificate of an https app is believed (strict)");

    public IEnumerable<Option<string?>> All => [_appCa, _appTls, _httpsPort, _passThrough, _allow, _names, _data, _caCertificate, _caKey];

    /// <summary>The options by which other commands find the CA.</summary>
    public IEnumerable<Option<string?>> OfCa => [_data, _caCertificate, _caKey, _names];

    /// <summary>Weighs all sources.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">What the config file says.</param>
    /// <param name="options">What the other options say.</param>
    /// <param name="errors">Takes one line for each bad value.</param>
    public EmulatorOptions Read(ParseResult parsed, ServeOptions file, EmulatorOptions options, List<string> errors)
    {
        options = ReadHttpsPort(parsed, file, options, errors);
        if ((OptionTable.Given(parsed, _passThrough) ?? file.ProxyPassThrough) is { } reach)
        {
            if (PassThrough.Parse(reach) is { } read) options = options with { ProxyPassThrough = read };
            else errors.Add($"--proxy-passthrough is off, named, local or all, not \"{reach}\"");
        }
        var ca = ReadCa(parsed, file, errors);
        var tls = OptionTable.Given(parsed, _appTls);
        if (tls is not (null or "strict" or "insecure")) errors.Add($"--app-tls is strict or insecure, not \"{tls}\"");
        return options with
        {
            AppCa = OptionTable.Given(parsed, _appCa),
            TrustsAnyApp = tls is null ? null : tls == "insecure",
            ProxyAllow = Names(parsed, _allow, file.ProxyAllow, errors),
            TlsNames = ca.Names,
            Ca = ca,
        };
    }

    /// <summary>Where the CA comes from.</summary>
    public CaSource ReadCa(ParseResult parsed, ServeOptions file, List<string> errors)
    {
        var certificate = OptionTable.Given(parsed, _caCertificate) ?? file.CaCertificate;
        var key = OptionTable.Given(parsed, _caKey) ?? file.CaKey;
        if (key is not null && certificate is null) errors.Add("--ca-key goes with --ca-cert");
        var data = OptionTable.Given(parsed, _data) ?? file.Data;
        return new CaSource(data is null ? null : CaSource.FolderBelow(data), certificate, key) { Names = Names(parsed, _names, file.TlsNames, errors) };
    }

    private EmulatorOptions ReadHttpsPort(ParseResult parsed, ServeOptions file, EmulatorOptions options, List<string> errors)
    {
        if (OptionTable.Given(parsed, _httpsPort) is { } text)
        {
            if (text == "off") return options with { HttpsPort = null, IsHttpsPortAsked = true };
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= OptionTable.MaxPort) return options with { HttpsPort = port, IsHttpsPortAsked = true };
            errors.Add($"--https-port is a number from 0 to {OptionTable.MaxPort}, or off, not \"{text}\"");
            return options;
        }
        if (file.HttpsPort is { } named) return options with { HttpsPort = named, IsHttpsPortAsked = true };
        // Who takes any HTTP port runs many emulators at a time.
        return options.Port == 0 ? options with { HttpsPort = 0 } : options;
    }

    private static string[] Names(ParseResult parsed, Option<string?> option, string? file, List<string> errors)
    {
        var names = (OptionTable.Given(parsed, option) ?? file ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            var bare = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
            if (bare.Length > ServedNames.MaxLength || Uri.CheckHostName(bare) == UriHostNameType.Unknown) errors.Add($"{option.Name} holds host names, not \"{name}\"");
        }
        return names;
    }
}
