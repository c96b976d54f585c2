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

    private readonly Option<string?> _port = OptionTable.Text("--sip-port", "SIP port, UDP and TCP: SIP domains, softphones; 0 picks a free one, off opens none (5060 if free; off with --port 0)");
    private readonly Option<string?> _rtp = OptionTable.Text("--rtp-ports", "ports of the sound of SIP calls, two for each leg: FIRST-LAST (40000-40999)");
    private readonly Option<string?> _host = OptionTable.Text("--sip-host", "IP address that SIP phones are told, in containers and behind NAT (the bind address)");

    public IEnumerable<Option<string?>> All => [_port, _rtp, _host];

    /// <summary>Weighs all sources.</summary>
    public EmulatorOptions Read(ParseResult parsed, ServeOptions file, EmulatorOptions options, List<string> errors)
    {
        options = options with { SipPort = file.SipPort ?? (options.Port == 0 ? null : UsualPort), IsSipPortAsked = file.SipPort is not null, RtpPorts = file.RtpPorts ?? options.RtpPorts, SipHost = file.SipHost };
        if (OptionTable.Given(parsed, _port) is { } port)
        {
            options = options with { IsSipPortAsked = true };
            if (port == "off") options = options with { SipPort = null };
            else if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= OptionTable.MaxPort) options = options with { SipPort = number };
            else errors.Add($"--sip-port is a number from 0 to {OptionTable.MaxPort}, or off, not \"{port}\"");
        }
        if (OptionTable.Given(parsed, _rtp) is { } range)
        {
            if (range.Split('-') is [var first, var last] && TryPort(first, out var from) && TryPort(last, out var to) && to > from) options = options with { RtpPorts = (from, to) };
            else errors.Add($"--rtp-ports is FIRST-LAST, such as 40000-40999, not \"{range}\"");
        }
        if (OptionTable.Given(parsed, _host) is { } host) options = options with { SipHost = host };
        if (options.SipHost is { } told && !IPAddress.TryParse(told, out _)) errors.Add($"--sip-host is an IP address, not \"{told}\"");
        return options;
    }

    private static bool TryPort(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= OptionTable.MaxPort;
}
