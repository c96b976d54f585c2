using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace TwilioEmu.Smpp.Pdus;

/// <summary>An optional parameter: tag, length, value (SMPP 3.4 §3.2.4).</summary>
/// <param name="Tag">What.</param>
/// <param name="Value">As it stands there.</param>
public readonly record struct Tlv(TlvTag Tag, ReadOnlyMemory<byte> Value)
{
    public static Tlv Of(TlvTag tag, byte value) => new(tag, new[] { value });

    public static Tlv Of(TlvTag tag, ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return new(tag, bytes);
    }

    /// <summary>A string that a NUL ends.</summary>
    public static Tlv OfText(TlvTag tag, string value)
    {
        var bytes = new byte[value.Length + 1];
        Encoding.Latin1.GetBytes(value, bytes);
        return new(tag, bytes);
    }

    /// <summary>The number in it, of one, two or four octets.</summary>
    public uint Number => Value.Span switch
    {
        [var one] => one,
        [var high, var low] => (uint)((high << 8) | low),
        { Length: 4 } four => BinaryPrimitives.ReadUInt32BigEndian(four),
        _ => 0,
    };

    /// <summary>The text in it, to its NUL.</summary>
    public string Text
    {
        get
        {
            var end = Value.Span.IndexOf((byte)0);
            return Encoding.Latin1.GetString(end < 0 ? Value.Span : Value.Span[..end]);
        }
    }
}

/// <summary>Tags the house knows by name (SMPP 3.4 §5.3.2); others are carried as they come.</summary>
public enum TlvTag : ushort
{
    DestAddrSubunit = 0x0005,
    SourceAddrSubunit = 0x000D,
    ReceiptedMessageId = 0x001E,
    MsMsgWaitFacilities = 0x0030,
    UserMessageReference = 0x0204,
    UserResponseCode = 0x0205,
    SourcePort = 0x020A,
    DestinationPort = 0x020B,
    SarMsgRefNum = 0x020C,
    LanguageIndicator = 0x020D,
    SarTotalSegments = 0x020E,
    SarSegmentSeqnum = 0x020F,
    ScInterfaceVersion = 0x0210,
    NetworkErrorCode = 0x0423,
    MessagePayload = 0x0424,
    DeliveryFailureReason = 0x0425,
    MoreMessagesToSend = 0x0426,
    MessageState = 0x0427,
}

/// <summary>The optional parameters of a PDU.</summary>
public static class Tlvs
{
    /// <summary>The first of a tag; null where there is none.</summary>
    public static Tlv? Find(this ImmutableArray<Tlv> all, TlvTag tag)
    {
        foreach (var one in all)
        {
            if (one.Tag == tag) return one;
        }
        return null;
    }

    /// <summary>How long the value of a tag must be, in octets (§5.3.2.1 and on); any for a tag not named here.</summary>
    internal static bool Fits(TlvTag tag, int length) => tag switch
    {
        TlvTag.DestAddrSubunit or TlvTag.SourceAddrSubunit or TlvTag.MsMsgWaitFacilities or TlvTag.UserResponseCode
            or TlvTag.LanguageIndicator or TlvTag.SarTotalSegments or TlvTag.SarSegmentSeqnum or TlvTag.ScInterfaceVersion
            or TlvTag.DeliveryFailureReason or TlvTag.MoreMessagesToSend or TlvTag.MessageState => length == 1,
        TlvTag.UserMessageReference or TlvTag.SourcePort or TlvTag.DestinationPort or TlvTag.SarMsgRefNum => length == 2,
        TlvTag.NetworkErrorCode => length == 3,
        TlvTag.ReceiptedMessageId => length is >= 1 and <= 65,
        _ => true,
    };
}
