namespace TwilioEmu.Smpp.Pdus;

/// <summary>query_sm (SMPP 3.4 §4.8.1).</summary>
public sealed record QueryBody(string MessageId, SmppAddress Source) : PduBody
{
    internal static QueryBody Read(ref PduScanner from) =>
        new(from.Text(SmppLimits.MessageId, CommandStatus.InvMsgId), from.Address(SmppLimits.Address, CommandStatus.InvSrcAdr));

    internal override void Write(PduBuilder to)
    {
        to.Text(MessageId, SmppLimits.MessageId);
        to.Address(Source);
    }
}

/// <summary>query_sm_resp (§4.8.2).</summary>
/// <param name="MessageId">Which.</param>
/// <param name="FinalDate">When it came to its last state; empty before.</param>
/// <param name="State">Where it is.</param>
/// <param name="ErrorCode">The network's; 0 for none.</param>
public sealed record QueryRespBody(string MessageId, string FinalDate, MessageState State, byte ErrorCode) : PduBody
{
    internal static QueryRespBody Read(ref PduScanner from) => from.Left == 0
        ? new QueryRespBody("", "", default, 0)
        : new QueryRespBody(
            from.Text(SmppLimits.MessageId, CommandStatus.InvMsgId), from.Text(SmppLimits.Time, CommandStatus.InvSched),
            (MessageState)from.Byte(), from.Byte());

    internal override void Write(PduBuilder to)
    {
        to.Text(MessageId, SmppLimits.MessageId);
        to.Text(FinalDate, SmppLimits.Time);
        to.Byte((byte)State);
        to.Byte(ErrorCode);
    }
}

/// <summary>cancel_sm (§4.9.1): one text by its id, or all between two phones.</summary>
public sealed record CancelBody(string ServiceType, string MessageId, SmppAddress Source, SmppAddress Destination) : PduBody
{
    internal static CancelBody Read(ref PduScanner from) => new(
        from.Text(SmppLimits.ServiceType, CommandStatus.InvSerTyp), from.Text(SmppLimits.MessageId, CommandStatus.InvMsgId),
        from.Address(SmppLimits.Address, CommandStatus.InvSrcAdr), from.Address(SmppLimits.Address, CommandStatus.InvDstAdr));

    internal override void Write(PduBuilder to)
    {
        to.Text(ServiceType, SmppLimits.ServiceType);
        to.Text(MessageId, SmppLimits.MessageId);
        to.Address(Source);
        to.Address(Destination);
    }
}

/// <summary>replace_sm (§4.10.1).</summary>
public sealed record ReplaceBody(string MessageId, SmppAddress Source) : PduBody
{
    public string ScheduleDeliveryTime { get; init; } = "";

    public string ValidityPeriod { get; init; } = "";

    public byte RegisteredDelivery { get; init; }

    public byte DefaultMessageId { get; init; }

    public ReadOnlyMemory<byte> ShortMessage { get; init; }

    internal static ReplaceBody Read(ref PduScanner from)
    {
        var body = new ReplaceBody(
            from.Text(SmppLimits.MessageId, CommandStatus.InvMsgId), from.Address(SmppLimits.Address, CommandStatus.InvSrcAdr))
        {
            ScheduleDeliveryTime = from.Text(SmppLimits.Time, CommandStatus.InvSched),
            ValidityPeriod = from.Text(SmppLimits.Time, CommandStatus.InvExpiry),
            RegisteredDelivery = from.Byte(),
            DefaultMessageId = from.Byte(),
        };
        var length = from.Byte();
        if (length > SmppLimits.MaxShortMessage) from.Fail(CommandStatus.InvMsgLen);
        return body with { ShortMessage = from.Bytes(length) };
    }

    internal override void Write(PduBuilder to)
    {
        to.Text(MessageId, SmppLimits.MessageId);
        to.Address(Source);
        to.Text(ScheduleDeliveryTime, SmppLimits.Time);
        to.Text(ValidityPeriod, SmppLimits.Time);
        to.Byte(RegisteredDelivery);
        to.Byte(DefaultMessageId);
        to.Byte(checked((byte)ShortMessage.Length));
        to.Bytes(ShortMessage.Span);
    }
}

/// <summary>alert_notification (§4.12.1): a phone can be reached again.</summary>
public sealed record AlertBody(SmppAddress Source, SmppAddress Esme) : PduBody
{
    internal static AlertBody Read(ref PduScanner from) =>
        new(from.Address(SmppLimits.LongAddress, CommandStatus.InvSrcAdr), from.Address(SmppLimits.LongAddress, CommandStatus.InvDstAdr));

    internal override void Write(PduBuilder to)
    {
        to.Address(Source, SmppLimits.LongAddress);
        to.Address(Esme, SmppLimits.LongAddress);
    }
}

/// <summary>Where a text is (§5.2.28).</summary>
public enum MessageState : byte
{
    Enroute = 1,
    Delivered = 2,
    Expired = 3,
    Deleted = 4,
    Undeliverable = 5,
    Accepted = 6,
    Unknown = 7,
    Rejected = 8,
}
