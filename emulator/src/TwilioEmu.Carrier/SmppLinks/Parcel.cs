using System.Collections.Immutable;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>One PDU that is to go out over a link: a part of a text, or a receipt.</summary>
internal abstract class Parcel(PduBody body, ImmutableArray<Tlv> tlvs, DateTimeOffset expires)
{
    public PduBody Body { get; } = body;

    public ImmutableArray<Tlv> Tlvs { get; } = tlvs;

    /// <summary>In the world's time.</summary>
    public DateTimeOffset Expires { get; } = expires;

    /// <summary>Its place among all of its link.</summary>
    public long Order { get; set; }

    /// <summary>How often it went out without an answer.</summary>
    public int Attempts { get; set; }
}

/// <summary>A part of a text of an app's.</summary>
internal sealed class TextParcel(
    OutgoingText text, PduBody body, ImmutableArray<Tlv> tlvs, DateTimeOffset expires) : Parcel(body, tlvs, expires)
{
    public OutgoingText Text { get; } = text;
}

/// <summary>What a gateway is told of a text of its own.</summary>
internal sealed class ReceiptParcel(PduBody body, ImmutableArray<Tlv> tlvs, DateTimeOffset expires) : Parcel(body, tlvs, expires);

/// <summary>A text of an app's on its way over a link.</summary>
internal sealed class OutgoingText(TextMessage message, IReceipts receipts, int partCount)
{
    private int _answered;
    private int _delivered;
    private int? _failure;

    public TextMessage Message { get; } = message;

    public int PartCount { get; } = partCount;

    /// <summary>What the other end names its parts, in the order they were taken.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>True once the app's side was told that the carrier has it.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>True once nothing more will be told.</summary>
    public bool IsOver { get; private set; }

    /// <summary>A part was taken; true when it was the last.</summary>
    public bool Take(string id)
    {
        if (id.Length > 0) Ids.Add(id);
        return ++_answered == PartCount;
    }

    public void Accept()
    {
        if (IsAccepted || IsOver) return;
        IsAccepted = true;
        receipts.Accepted(Message);
        Settle();
    }

    /// <summary>A part arrived.</summary>
    public void Deliver()
    {
        _delivered++;
        Settle();
    }

    /// <summary>All of it arrived.</summary>
    public void DeliverAll()
    {
        _delivered = PartCount;
        Settle();
    }

    /// <summary>A part did not, or will not, arrive: refused before it was accepted, undelivered after.</summary>
    /// <param name="code">Twilio's.</param>
    /// <param name="isRefusal">True where nobody took it.</param>
    public void Fail(int code, bool isRefusal)
    {
        if (IsOver) return;
        if (isRefusal && !IsAccepted)
        {
            IsOver = true;
            receipts.Refused(Message, code);
            return;
        }
        _failure ??= code;
        Settle();
    }

    // A receipt may overtake the answer that names its text; it waits for that.
    private void Settle()
    {
        if (!IsAccepted || IsOver || (_failure is null && _delivered < PartCount)) return;
        IsOver = true;
        if (_failure is { } code) receipts.Undelivered(Message, code);
        else receipts.Delivered(Message);
    }
}
