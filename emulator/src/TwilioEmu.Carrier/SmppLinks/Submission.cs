using System.Globalization;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>One PDU with a text that a gateway submitted, and what became of it.</summary>
internal sealed class Submission
{
    /// <summary>Its place in the order of all that were submitted.</summary>
    public required long Number { get; init; }

    /// <summary>Its message_id: the number in ten digits, as appendix B has them.</summary>
    public string Id => field ??= Number.ToString("D10", CultureInfo.InvariantCulture);

    public required SmppAddress Source { get; init; }

    public required SmppAddress Destination { get; init; }

    public required string ServiceType { get; init; }

    /// <summary>registered_delivery: which receipts are wished.</summary>
    public required byte Registered { get; set; }

    public required DateTimeOffset Submitted { get; init; }

    /// <summary>user_message_reference, which its receipts repeat; null for none.</summary>
    public Tlv? Reference { get; init; }

    /// <summary>The text, of a part its own.</summary>
    public string Text { get; set; } = "";

    public MessageState State { get; set; } = MessageState.Enroute;

    public string Error { get; set; } = "000";

    /// <summary>When it came to its last state.</summary>
    public DateTimeOffset? Done { get; set; }

    /// <summary>The text it is or is a part of, once that is whole.</summary>
    public Fate? Fate { get; set; }
}
