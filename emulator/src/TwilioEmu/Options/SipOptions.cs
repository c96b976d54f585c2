using System.CommandLine;
using System.Globalization;
using System.Net;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Options;

/// <summary>The options of SIP and of the sound of its calls.</summary>
internal sealed class SipOptions
{
    // What phones expect (RFC 3261 19.1.2).
    private const int UsualPort = 5060;
    private const int UsualTlsPort = 5061;

    private readonly Option<string?> _port = OptionTable.Text("--sip-port", "SIP port, UDP and TCP: SIP domains, softphones; 0 picks a free one, off opens none (5060 if free; off with --port 0)");
    private readonly Option<string?> _tls = OptionTable.Text("--sips-port", "SIP over TLS, with a certificate of the emulator's CA; 0 picks a free one, off opens none (5061 if free; off with --port 0)");
    private readonly Option<string?> _web = OptionTable.Text("--sip-ws-port", "SIP over WebSocket (RFC 7118): ws://HOST:PORT, subprotocol sip; 0 picks a free one (off)");
    private readonly Option<string?> _rtp = OptionTable.Text("--rtp-ports", "ports of the sound of SIP calls, two for each leg: FIRST-LAST (40000-40999)");
    private readonly Option<string?> _host = OptionTable.Text("--sip-host", "IP address that SIP phones are told, in containers and behind NAT (the bind address)");

    public IEnumerable<Option<string?>> All => [_port, _tls, _web, _rtp, _host];

    /// <summary>Weighs all sources.</summary>
    public EmulatorOptions Read(ParseResult parsed, ServeOptions file, EmulatorOptions options, List<string> errors)
    {
        options = options with { SipPort = file.SipPort ?? (options.Port == 0 ? null : UsualPort), IsSipPortAsked = file.SipPort is not null, RtpPorts = file.RtpPorts ?? options.RtpPorts, SipHost = file.SipHost };
        options = options with { SipsPort = file.SipsPort ?? (options.Port == 0 ? null : UsualTlsPort), IsSipsPortAsked = file.SipsPort is not null, SipWsPort = file.SipWsPort };
        if (TryReadPort(parsed, _tls, errors, out var tls)) options = options with { SipsPort = tls, IsSipsPortAsked = true };
        if (TryReadPort(parsed, _web, errors, out var web)) options = options with { SipWsPort = web };
        if (TryReadPort(parsed, _port, errors, out var port)) options = options with { SipPort = port, IsSipPortAsked = true };
        if (OptionTable.Given(parsed, _rtp) is { } range)
        {
            if (range.Split('-') is [var first, var last] && TryPort(first, out var from) && TryPort(last, out var to) && to > from) options = options with { RtpPorts = (from, to) };
            else errors.Add($"--rtp-ports is FIRST-LAST, such as 40000-40999, not \"{range}\"");
        }
        if (OptionTable.Given(parsed, _host) is { } host) options = options with { SipHost = host };
        if (options.SipHost is { } told && !IPAddress.TryParse(told, out _)) errors.Add($"--sip-host is an IP address, not \"{told}\"");
        return options;
    }

    /// <summary>True where the option was given; null for <c>off</c>.</summary>
    private static bool TryReadPort(ParseResult parsed, Option<string?> option, List<string> errors, out int? port)
    {
        port = null;
        if (OptionTable.Given(parsed, option) is not { } text) return false;
        if (text == "off") return true;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= OptionTable.MaxPort) port = number;
        else errors.Add($"{option.Name} is a number from 0 to {OptionTable.MaxPort}, or off, not \"{text}\"");
        return port is not null;
    }

    private static bool TryPort(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= OptionTable.MaxPort;
}
