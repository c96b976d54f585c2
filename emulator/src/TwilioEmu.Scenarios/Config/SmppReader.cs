using System.Collections.Frozen;
using System.Globalization;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads links to carriers' systems. Lengths are those of SMPP 3.4 §5.2.1 and on, without the NUL.</summary>
internal static class SmppReader
{
    private const int MaxSystemId = 15;
    private const int MaxPassword = 8;
    private const int MaxSystemType = 12;
    private const int MaxAddressRange = 40;
    private const int MaxWindow = 10_000;
    private const int MaxErrors = 1_000;

    private static readonly FrozenDictionary<string, CentreBind> BindWords = new Dictionary<string, CentreBind>
    {
        ["transceiver"] = CentreBind.Transceiver,
        ["transmitter"] = CentreBind.Transmitter,
        ["receiver"] = CentreBind.Receiver,
        ["both"] = CentreBind.Both,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ReceiptIds> ReceiptIdWords = new Dictionary<string, ReceiptIds>
    {
        ["same"] = ReceiptIds.Same,
        ["decimal"] = ReceiptIds.Decimal,
        ["hexadecimal"] = ReceiptIds.Hexadecimal,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, bool> DeliveredWords =
        new Dictionary<string, bool> { ["response"] = false, ["acknowledgement"] = true }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static Settings<SmppSystem> SystemRows { get; } = WithLink(new Settings<SmppSystem>()
        .Need(
            "system_id", "1 to 15 characters", "what the gateway calls itself; needed", Octets("a system_id", 1, MaxSystemId),
            static (s, v) => s with { SystemId = v })
        .Need("password", "up to 8 characters", "needed", Octets("a password", 0, MaxPassword), static (s, v) => s with { Password = v }))
        .Number(
            "throughput", 0.001, 100_000, "texts a second that it may submit, all sessions together; more is ESME_RTHROTTLED (any)",
            static (s, v) => s with { Throughput = v })
        .Whole(
            "peer_window", 1, MaxWindow, "texts each of its sessions may have unanswered; more is ESME_RTHROTTLED (any)",
            static (s, v) => s with { PeerWindow = v })
        .Duration("answers_after", "how long submit_sm waits for its answer (0s)", static (s, v) => s with { AnswersAfter = v })
        .Whole("max_sessions", 1, 1_000, "sessions at a time (10)", static (s, v) => s with { MaxSessions = v })
        .Duration("inactivity", "a session without traffic is unbound after it (never)", static (s, v) => s with { Inactivity = v })
        .OneOf(
            "delivered_by", DeliveredWords,
            "what makes a text delivered: its deliver_sm_resp, or a text of the gateway's that acknowledges it (response)",
            static (s, v) => s with { Acknowledges = v });

    internal static Settings<SmppCentre> CentreRows { get; } = WithLink(new Settings<SmppCentre>()
        .Need(
            "host", "host", "this machine, or one of its own networks; needed",
            static t => OwnNetworks.Allows(t) ? null : $"\"{t}\" is not this machine nor on its own networks",
            static (c, v) => c with { Host = v })
        .Whole("port", 1, ushort.MaxValue, "2775", static (c, v) => c with { Port = v }, "1 to 65535")
        .Text("name", "text", "what the journal calls it (system_id@host:port)", Words.NonEmpty, static (c, v) => c with { Label = v })
        .Flag("tls", "SMPP over TLS (false)", static (c, v) => c with { IsSecure = v })
        .Need(
            "system_id", "1 to 15 characters", "what the emulator calls itself there; needed", Octets("a system_id", 1, MaxSystemId),
            static (c, v) => c with { SystemId = v })
        .Text(
            "password", "up to 8 characters", "empty unless told", Octets("a password", 0, MaxPassword),
            static (c, v) => c with { Password = v })
        .Text(
            "system_type", "up to 12 characters", "empty unless told", Octets("a system_type", 0, MaxSystemType),
            static (c, v) => c with { SystemType = v })
        .Text(
            "address_range", "up to 40 characters", "empty unless told", Octets("an address_range", 0, MaxAddressRange),
            static (c, v) => c with { AddressRange = v })
        .OneOf(
            "bind", BindWords, "which sessions are kept; both is a transmitter and a receiver (transceiver)",
            static (c, v) => c with { Bind = v })
        .OneOf(
            "receipt_ids", ReceiptIdWords,
            "how its receipts spell the message_id of submit_sm_resp; decimal: that was hexadecimal; hexadecimal: that was decimal (same)",
            static (c, v) => c with { ReceiptIds = v }));

    internal static Settings<SmppConfig> Rows { get; } = new Settings<SmppConfig>()
        .List(
            "systems", "gateways that may bind to the emulator: they are phones", SystemRows, new SmppSystem("", ""),
            static (c, v) => c with { Systems = v })
        .List(
            "smscs", "message centres that the emulator binds to", CentreRows, new SmppCentre("", UsualPort, ""),
            static (c, v) => c with { Centres = v });

    /// <summary>The port of SMPP (IANA: smpp 2775).</summary>
    private const int UsualPort = 2775;

    /// <summary>Finds what is wrong with all of them together.</summary>
    internal static void Check(SmppConfig config, Fields at)
    {
        foreach (var name in config.Systems.Cast<SmppLinkTerms>().Concat(config.Centres)
            .GroupBy(l => l.Name, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key))
        {
            at.Fault("systems", $"the link {name} stands there twice");
        }
        foreach (var number in config.Systems.Cast<SmppLinkTerms>().Concat(config.Centres)
            .SelectMany(l => l.Numbers)
            .GroupBy(n => n, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key))
        {
            at.Fault("systems", $"{number} is reached over two links");
        }
    }

    private static Settings<T> WithLink<T>(Settings<T> rows)
        where T : SmppLinkTerms => rows
        .Add(
            "numbers", "list", "phones that are reached over it: numbers, or beginnings such as `+1415*`",
            static (link, fields, key) => link with { Numbers = Numbers(fields, key) }, ValueShape.WordList)
        .OneOf(
            "long_texts", SmppWords.LongTexts,
            "how texts go that are too long for one PDU: with a user data header, with sar_* parameters, in message_payload (udh)",
            static (link, v) => link with { LongTexts = v })
        .OneOf("alphabet", SmppWords.Alphabets, "what data_coding 0 means (gsm7)", static (link, v) => link with { Alphabet = v })
        .Whole("window", 1, MaxWindow, "texts on their way over a session, unanswered (10)", static (link, v) => link with { Window = v })
        .Duration("enquire_link", "a silent peer is asked whether it is there (30s)", static (link, v) => link with { EnquireLink = v })
        .Duration("response", "how long an answer is awaited (10s)", static (link, v) => link with { Response = v })
        .Duration("keeps", "how long texts and receipts wait for a session (1d)", static (link, v) => link with { Keeps = v })
        .Add(
            "errors", "mapping", "Twilio's code for an `err` of receipts: `\"034\": 30005`",
            static (link, fields, key) => link with { Errors = Errors(fields, key) }, new ValueShape.ByName(ValueShape.Any));

    private static IReadOnlyList<string> Numbers(Fields fields, string key)
    {
        var numbers = fields.Texts(key) ?? [];
        foreach (var number in numbers)
        {
            if (NumberOrBeginning(number) is { } wrong) fields.Fault(key, wrong);
        }
        return numbers;
    }

    private static string? NumberOrBeginning(string text) =>
        text is [.. var beginning, '*']
            && (beginning.Length == 0 || (beginning is ['+', .. var digits] && digits.Length <= 15 && digits.All(char.IsAsciiDigit)))
            ? null
            : Words.PhoneNumber(text);

    private static Dictionary<string, int> Errors(Fields fields, string key)
    {
        var errors = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        if (fields.Mapping(key) is not { } mapping) return errors;
        foreach (var member in mapping.Source.Members.Take(MaxErrors))
        {
            if (mapping.Whole(member.Key, 10_000, 99_999) is { } code) errors[member.Key] = (int)code;
        }
        mapping.End();
        return errors;
    }

    private static Func<string, string?> Octets(string what, int min, int max) => text =>
        text.Length >= min && text.Length <= max && text.All(char.IsAscii)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{what} has {min} to {max} characters of ASCII");
}
