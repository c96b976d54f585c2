using System.Globalization;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Texts;

/// <summary>A delivery receipt as SMSCs write it into short_message (SMPP 3.4 appendix B), and as optional parameters say it.</summary>
/// <param name="MessageId">What submit_sm_resp named the text.</param>
/// <param name="State">What became of it.</param>
public sealed record DeliveryReceipt(string MessageId, MessageState State)
{
    /// <summary>The bits of esm_class that say what sort of text this is (§5.2.12).</summary>
    public const byte TypeBits = 0x3C;

    /// <summary>An SMSC's receipt.</summary>
    public const byte Receipt = 0x04;

    /// <summary>A phone's own acknowledgement of delivery.</summary>
    public const byte PhoneAcknowledgement = 0x08;

    /// <summary>Its owner's.</summary>
    public const byte UserAcknowledgement = 0x10;

    /// <summary>News on the way to the last one.</summary>
    public const byte Intermediate = 0x20;

    // Appendix B has ten digits without seconds; many SMSCs write twelve.
    private const string DateFormat = "yyMMddHHmm";
    private const int TextLength = 20;

    private static readonly (MessageState State, string Word)[] Words =
    [
        (MessageState.Delivered, "DELIVRD"), (MessageState.Expired, "EXPIRED"), (MessageState.Deleted, "DELETED"),
        (MessageState.Undeliverable, "UNDELIV"),
        (MessageState.Accepted, "ACCEPTD"), (MessageState.Unknown, "UNKNOWN"), (MessageState.Rejected, "REJECTD"),
        (MessageState.Enroute, "ENROUTE"),
    ];

    public DateTimeOffset Submitted { get; init; }

    public DateTimeOffset Done { get; init; }

    /// <summary>The network's or the SMSC's own error, up to three characters; 000 for none.</summary>
    public string Error { get; init; } = "000";

    /// <summary>The first twenty characters of the text.</summary>
    public string Text { get; init; } = "";

    /// <summary>True once nothing more will be told.</summary>
    public bool IsFinal => State is not (MessageState.Enroute or MessageState.Accepted);

    /// <summary>True for an esm_class of some receipt.</summary>
    public static bool IsOne(byte esmClass) =>
        (esmClass & TypeBits) is Receipt or PhoneAcknowledgement or UserAcknowledgement or Intermediate;

    /// <summary>
    /// <c>id:0000000001 sub:001 dlvrd:001 submit date:2601050900 done date:2601050901 stat:DELIVRD err:000 text:Hello</c>.
    /// </summary>
    public string Write()
    {
        var delivered = State == MessageState.Delivered ? "001" : "000";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"id:{MessageId} sub:001 dlvrd:{delivered} submit date:{Date(Submitted)} done date:{Date(Done)} "
                + $"stat:{Words.First(w => w.State == State).Word} err:{Error} "
                + $"text:{(Text.Length > TextLength ? Text[..TextLength] : Text)}");
    }

    /// <summary>Reads a receipt: optional parameters first, then the words of the text, in whatever order and case.</summary>
    /// <param name="text">short_message.</param>
    /// <param name="pdu">receipted_message_id, message_state, network_error_code.</param>
    /// <returns>Null for what names no text or no state.</returns>
    public static DeliveryReceipt? Read(string text, Pdu pdu)
    {
        var id = pdu.Tlvs.Find(TlvTag.ReceiptedMessageId)?.Text;
        if (string.IsNullOrEmpty(id)) id = WordAt(text, "id:");
        if (id is not { Length: > 0 and < SmppLimits.MessageId }) return null;
        if (StateOf(text, pdu) is not { } state) return null;
        var error = WordAt(text, "err:") ?? "";
        if (pdu.Tlvs.Find(TlvTag.NetworkErrorCode) is { } network && error.Trim('0').Length == 0)
        {
            error = ((network.Value.Span[1] << 8) | network.Value.Span[2]).ToString("000", CultureInfo.InvariantCulture);
        }
        return new DeliveryReceipt(id, state) { Error = error.Length == 0 ? "000" : error };
    }

    private static MessageState? StateOf(string text, Pdu pdu)
    {
        if (pdu.Tlvs.Find(TlvTag.MessageState) is { } told && Enum.IsDefined((MessageState)told.Number)) return (MessageState)told.Number;
        var said = WordAt(text, "stat:");
        foreach (var (state, word) in Words)
        {
            if (word.Equals(said, StringComparison.OrdinalIgnoreCase)) return state;
        }
        return null;
    }

    private static string Date(DateTimeOffset instant) => instant.ToUniversalTime().ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>What stands behind a key, to the next space; null where the key is not there.</summary>
    private static string? WordAt(string text, string key)
    {
        for (var at = text.IndexOf(key, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(
            key, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            // "msgid:" is no "id:".
            if (at > 0 && !char.IsWhiteSpace(text[at - 1])) continue;
            var rest = text.AsSpan(at + key.Length).TrimStart();
            var end = rest.IndexOf(' ');
            var word = end < 0 ? rest : rest[..end];
            // Nothing stands there but the next key.
            return text.Length > at + key.Length && text[at + key.Length] == ' ' && word.Contains(':') ? null : word.ToString();
        }
        return null;
    }
}
