using System.Collections.ObjectModel;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>What both kinds of link are told.</summary>
public abstract record SmppLinkTerms
{
    /// <summary>How the journal and the control API call it.</summary>
    public abstract string Name { get; }

    /// <summary>Phones that are reached over it: numbers, or the beginnings of numbers with a star.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>How texts go out that are too long for one PDU.</summary>
    public LongTexts LongTexts { get; init; } = LongTexts.Udh;

    /// <summary>What data_coding 0 means.</summary>
    public TextCoding Alphabet { get; init; } = TextCoding.Gsm7;

    /// <summary>PDUs with texts that may be on their way over a session at a time, unanswered.</summary>
    public int Window { get; init; } = 10;

    /// <summary>A silent peer is asked whether it is there after so long.</summary>
    public TimeSpan EnquireLink { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An answer is awaited for so long.</summary>
    public TimeSpan Response { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Texts and receipts wait for a session for so long (inferred: a day, as SMSCs have it).</summary>
    public TimeSpan Keeps { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Twilio's code for an <c>err</c> of receipts; what is not named goes by <see cref="DeliveryFaults"/>.</summary>
    public IReadOnlyDictionary<string, int> Errors { get; init; } = ReadOnlyDictionary<string, int>.Empty;
}

/// <summary>An ESME that may bind to the emulator's SMSC: a gateway that is the phones.</summary>
/// <param name="SystemId">What it calls itself, up to 15 octets.</param>
/// <param name="Password">Up to 8 octets.</param>
public sealed record SmppSystem(string SystemId, string Password) : SmppLinkTerms
{
    public override string Name => SystemId;

    /// <summary>Texts a second that it may submit, over all of its sessions; null for any.</summary>
    public double? Throughput { get; init; }

    /// <summary>Texts that each of its sessions may have unanswered; null for any.</summary>
    public int? PeerWindow { get; init; }

    /// <summary>How long the SMSC thinks before it answers a text.</summary>
    public TimeSpan AnswersAfter { get; init; }

    /// <summary>Sessions at a time.</summary>
    public int MaxSessions { get; init; } = 10;

    /// <summary>A session without traffic is unbound after so long; null never.</summary>
    public TimeSpan? Inactivity { get; init; }

    /// <summary>
    /// True where a text is delivered once the gateway says so in a text of its own; false where deliver_sm_resp says it.
    /// </summary>
    public bool Acknowledges { get; init; }
}

/// <summary>An SMSC that the emulator binds to.</summary>
/// <param name="Host">This machine, or of its own networks.</param>
/// <param name="Port">Its port.</param>
/// <param name="SystemId">What we call ourselves.</param>
public sealed record SmppCentre(string Host, int Port, string SystemId) : SmppLinkTerms
{
    public override string Name => Label ?? $"{SystemId}@{Host}:{Port}";

    /// <summary>A name of the user's own.</summary>
    public string? Label { get; init; }

    public string Password { get; init; } = "";

    public string SystemType { get; init; } = "";

    /// <summary>The range of addresses it is to bring us; most SMSCs know it by the system_id.</summary>
    public string AddressRange { get; init; } = "";

    public bool IsSecure { get; init; }

    /// <summary>Which sessions are kept.</summary>
    public CentreBind Bind { get; init; } = CentreBind.Transceiver;

    /// <summary>How its receipts spell what its answers named.</summary>
    public ReceiptIds ReceiptIds { get; init; }
}

/// <summary>Which sessions are kept with an SMSC.</summary>
public enum CentreBind
{
    Transceiver,
    Transmitter,
    Receiver,

    /// <summary>A transmitter and a receiver side by side.</summary>
    Both,
}
