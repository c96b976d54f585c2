using System.Collections.Immutable;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Texts;

/// <summary>How a text that is too long for one PDU goes out.</summary>
public enum LongTexts
{
    /// <summary>In parts with a user data header each.</summary>
    Udh,

    /// <summary>In parts with sar_msg_ref_num and its kin.</summary>
    Sar,

    /// <summary>Whole, in message_payload.</summary>
    Payload,
}

/// <summary>The text of one PDU as octets, before they are read as characters.</summary>
/// <param name="Coding">How to read them.</param>
/// <param name="Octets">Without the user data header.</param>
/// <param name="Part">Which part of a longer text this is; null for all of one.</param>
public readonly record struct RawText(TextCoding Coding, ReadOnlyMemory<byte> Octets, TextPart? Part)
{
    /// <summary>The tables of national languages, where it is in the GSM alphabet.</summary>
    public NationalShift Shift { get; init; }

    public string Text => Coding == TextCoding.Gsm7 ? GsmAlphabet.Decode(Octets.Span, Shift) : TextCodings.Decode(Coding, Octets.Span);
}

/// <summary>What a text becomes in a PDU.</summary>
/// <param name="EsmClassBits">To be put into esm_class.</param>
/// <param name="DataCoding">data_coding.</param>
/// <param name="ShortMessage">short_message.</param>
/// <param name="Tlvs">Optional parameters.</param>
public readonly record struct WrittenText(byte EsmClassBits, byte DataCoding, ReadOnlyMemory<byte> ShortMessage, ImmutableArray<Tlv> Tlvs);

/// <summary>Texts in PDUs and out of them. Pure.</summary>
public static class ShortMessages
{
    // 140 octets of user data: 160 septets, 70 units; with a header of six octets 153 and 67 (3GPP TS 23.040 §9.2.3.24.1).
    private const int Septets = 160;
    private const int PartSeptets = 153;
    private const int Octets = 140;
    private const int PartOctets = 134;

    /// <summary>Reads the text of submit_sm or deliver_sm.</summary>
    /// <param name="shortMessage">short_message.</param>
    /// <param name="esmClass">Says whether a user data header stands before it.</param>
    /// <param name="dataCoding">How it is written.</param>
    /// <param name="tlvs">message_payload, sar_*.</param>
    /// <param name="usual">What data_coding 0 means.</param>
    /// <param name="raw">The text.</param>
    /// <returns>What its sender is to be told where it cannot be read; <see cref="CommandStatus.Ok"/>.</returns>
    public static CommandStatus Read(
        ReadOnlyMemory<byte> shortMessage, byte esmClass, byte dataCoding, ImmutableArray<Tlv> tlvs, TextCoding usual, out RawText raw)
    {
        raw = default;
        var octets = shortMessage;
        if (tlvs.Find(TlvTag.MessagePayload) is { } payload)
        {
            // §5.3.2.32: one or the other.
            if (!shortMessage.IsEmpty) return CommandStatus.InvMsgLen;
            octets = payload.Value;
        }
        var coding = TextCodings.Of(dataCoding, usual);
        if (coding is TextCoding.Other or TextCoding.Binary) return CommandStatus.InvDcs;
        TextPart? part = null;
        var shift = default(NationalShift);
        if ((esmClass & UserDataHeader.Indicator) != 0)
        {
            if (!UserDataHeader.TryRead(octets.Span, out var header)) return CommandStatus.InvEsmClass;
            (octets, part, shift) = (octets[header.Length..], header.Part, header.Shift);
        }
        else if (tlvs.Find(TlvTag.SarMsgRefNum) is { } reference)
        {
            if (tlvs.Find(TlvTag.SarTotalSegments) is not { } total || tlvs.Find(TlvTag.SarSegmentSeqnum) is not { } number)
            {
                return CommandStatus.MissingOptParam;
            }
            var sar = new TextPart((ushort)reference.Number, (byte)total.Number, (byte)number.Number);
            if (!sar.IsPossible) return CommandStatus.InvOptParamVal;
            part = sar;
        }
        // Gateways that write the GSM alphabet and call it IA5 are common; its escapes and Greek letters are no characters of IA5.
        if (coding == TextCoding.Ascii && octets.Span.IndexOfAnyInRange((byte)0x0E, (byte)0x1F) >= 0) coding = TextCoding.Gsm7;
        raw = new RawText(coding, octets, part is { Total: > 1 } ? part : null) { Shift = shift };
        return CommandStatus.Ok;
    }

    /// <summary>Writes a text: in the usual alphabet where that has all its characters, else in UCS-2.</summary>
    /// <param name="text">Any.</param>
    /// <param name="usual">What data_coding 0 means.</param>
    /// <param name="manner">Of what is too long for one.</param>
    /// <param name="reference">Of the parts.</param>
    public static IReadOnlyList<WrittenText> Write(string text, TextCoding usual, LongTexts manner, ushort reference)
    {
        var isUsual = TextCodings.Fits(usual, text);
        var coding = isUsual ? usual : TextCoding.Ucs2;
        var dataCoding = isUsual ? TextCodings.Default : TextCodings.Ucs2Coding;
        var (alone, joined) = coding == TextCoding.Gsm7 ? (Septets, PartSeptets) : (Octets, PartOctets);
        var whole = TextCodings.Encode(coding, text);
        if (whole.Length <= alone) return [new WrittenText(0, dataCoding, whole, [])];
        if (manner == LongTexts.Payload) return [new WrittenText(0, dataCoding, default, [new Tlv(TlvTag.MessagePayload, whole)])];
        var parts = Cut(text, coding, joined);
        if (parts.Count > byte.MaxValue) return [new WrittenText(0, dataCoding, default, [new Tlv(TlvTag.MessagePayload, whole)])];
        return
        [
            .. parts.Select((octets, i) => Part(octets, new TextPart(reference, (byte)parts.Count, (byte)(i + 1)), dataCoding, manner)),
        ];
    }

    private static WrittenText Part(byte[] octets, TextPart part, byte dataCoding, LongTexts manner) => manner == LongTexts.Udh
        ? new WrittenText(UserDataHeader.Indicator, dataCoding, (byte[])[.. UserDataHeader.Of(part), .. octets], [])
        : new WrittenText(
            0, dataCoding, octets,
            [
                Tlv.Of(TlvTag.SarMsgRefNum, part.Reference), Tlv.Of(TlvTag.SarTotalSegments, part.Total),
                Tlv.Of(TlvTag.SarSegmentSeqnum, part.Number),
            ]);

    /// <summary>Neither an escape and its code nor the halves of a surrogate pair are parted.</summary>
    private static List<byte[]> Cut(string text, TextCoding coding, int octetsPerPart)
    {
        var parts = new List<byte[]>();
        for (var from = 0; from < text.Length;)
        {
            var (to, weight) = (from, 0);
            while (to < text.Length)
            {
                var units = char.IsHighSurrogate(text[to]) && to + 1 < text.Length && char.IsLowSurrogate(text[to + 1]) ? 2 : 1;
                var more = coding switch { TextCoding.Gsm7 => GsmAlphabet.SeptetCount(text[to]), TextCoding.Ucs2 => 2 * units, _ => 1 };
                if (weight + more > octetsPerPart) break;
                (to, weight) = (to + units, weight + more);
            }
            parts.Add(TextCodings.Encode(coding, text.AsSpan(from, to - from)));
            from = to;
        }
        return parts;
    }
}
