namespace TwilioEmu.Smpp.Pdus;

/// <summary>submit_sm and deliver_sm, which have the same fields (SMPP 3.4 §4.4.1, §4.6.1).</summary>
public sealed record MessageBody : PduBody
{
    public string ServiceType { get; init; } = "";

    public SmppAddress Source { get; init; } = SmppAddress.None;

    public SmppAddress Destination { get; init; } = SmppAddress.None;

    /// <summary>Mode, type, and features such as a user data header (§5.2.12).</summary>
    public byte EsmClass { get; init; }

    public byte ProtocolId { get; init; }

    public byte Priority { get; init; }

    /// <summary>When it is to be delivered; empty for at once (§7.1.1).</summary>
    public string ScheduleDeliveryTime { get; init; } = "";

    /// <summary>When it is worth nothing any more; empty for the SMSC's own (§7.1.1).</summary>
    public string ValidityPeriod { get; init; } = "";

    /// <summary>Which receipts are wished (§5.2.17).</summary>
    public byte RegisteredDelivery { get; init; }

    public byte ReplaceIfPresent { get; init; }

    public byte DataCoding { get; init; }

    public byte DefaultMessageId { get; init; }

    /// <summary>Up to 254 octets; more goes into message_payload.</summary>
    public ReadOnlyMemory<byte> ShortMessage { get; init; }

    internal static MessageBody Read(ref PduScanner from)
    {
        var serviceType = from.Text(SmppLimits.ServiceType, CommandStatus.InvSerTyp);
        var source = from.Address(SmppLimits.Address, CommandStatus.InvSrcAdr);
        var destination = from.Address(SmppLimits.Address, CommandStatus.InvDstAdr);
        return Rest(ref from, serviceType, source, destination);
    }

    /// <summary>What follows the addresses, in submit_multi too.</summary>
    internal static MessageBody Rest(ref PduScanner from, string serviceType, SmppAddress source, SmppAddress destination)
    {
        var (esmClass, protocolId, priority) = (from.Byte(), from.Byte(), from.Byte());
        var schedule = from.Text(SmppLimits.Time, CommandStatus.InvSched);
        var validity = from.Text(SmppLimits.Time, CommandStatus.InvExpiry);
        var (registered, replace, coding, defaultId) = (from.Byte(), from.Byte(), from.Byte(), from.Byte());
        var length = from.Byte();
        if (length > SmppLimits.MaxShortMessage) from.Fail(CommandStatus.InvMsgLen);
        return new MessageBody
        {
            ServiceType = serviceType,
            Source = source,
            Destination = destination,
            EsmClass = esmClass,
            ProtocolId = protocolId,
            Priority = priority,
            ScheduleDeliveryTime = schedule,
            ValidityPeriod = validity,
            RegisteredDelivery = registered,
            ReplaceIfPresent = replace,
            DataCoding = coding,
            DefaultMessageId = defaultId,
            ShortMessage = from.Bytes(length),
        };
    }

    internal override void Write(PduBuilder to)
    {
        to.Text(ServiceType, SmppLimits.ServiceType);
        to.Address(Source);
        to.Address(Destination);
        WriteRest(to);
    }

    internal void WriteRest(PduBuilder to)
    {
        to.Byte(EsmClass);
        to.Byte(ProtocolId);
        to.Byte(Priority);
        to.Text(ScheduleDeliveryTime, SmppLimits.Time);
        to.Text(ValidityPeriod, SmppLimits.Time);
        to.Byte(RegisteredDelivery);
        to.Byte(ReplaceIfPresent);
        to.Byte(DataCoding);
        to.Byte(DefaultMessageId);
        to.Byte(checked((byte)ShortMessage.Length));
        to.Bytes(ShortMessage.Span);
    }
}

/// <summary>submit_multi (§4.5.1): one text to several.</summary>
/// <param name="Message">All but the destinations.</param>
/// <param name="Destinations">Phones; a distribution list is a name.</param>
public sealed record MultiBody(MessageBody Message, IReadOnlyList<MultiDestination> Destinations) : PduBody
{
    internal static MultiBody Read(ref PduScanner from)
    {
        var serviceType = from.Text(SmppLimits.ServiceType, CommandStatus.InvSerTyp);
        var source = from.Address(SmppLimits.Address, CommandStatus.InvSrcAdr);
        int count = from.Byte();
        if (count is 0 or > SmppLimits.MaxDestinations) from.Fail(CommandStatus.InvNumDests);
        var destinations = new List<MultiDestination>();
        for (var i = 0; i < count && from.Fault == CommandStatus.Ok; i++)
        {
            switch (from.Byte())
            {
                case 1: destinations.Add(new MultiDestination(from.Address(SmppLimits.Address, CommandStatus.InvDstAdr), null)); break;
                case 2:
                    destinations.Add(new MultiDestination(SmppAddress.None, from.Text(SmppLimits.ListName, CommandStatus.InvDlName)));
                    break;
                default: from.Fail(CommandStatus.InvDestFlag); break;
            }
        }
        return new MultiBody(MessageBody.Rest(ref from, serviceType, source, SmppAddress.None), destinations);
    }

    internal override void Write(PduBuilder to)
    {
        to.Text(Message.ServiceType, SmppLimits.ServiceType);
        to.Address(Message.Source);
        to.Byte(checked((byte)Destinations.Count));
        foreach (var destination in Destinations)
        {
            to.Byte(destination.List is null ? (byte)1 : (byte)2);
            if (destination.List is { } list) to.Text(list, SmppLimits.ListName);
            else to.Address(destination.Address);
        }
        Message.WriteRest(to);
    }
}

/// <summary>One destination of submit_multi.</summary>
/// <param name="Address">The phone.</param>
/// <param name="List">A distribution list in its stead; null for none.</param>
public readonly record struct MultiDestination(SmppAddress Address, string? List);

/// <summary>submit_multi_resp (§4.5.2).</summary>
/// <param name="MessageId">Of all.</param>
/// <param name="Failed">Whom it will not be sent to, and why.</param>
public sealed record MultiRespBody(string MessageId, IReadOnlyList<(SmppAddress Address, CommandStatus Status)> Failed) : PduBody
{
    internal static MultiRespBody Read(ref PduScanner from)
    {
        if (from.Left == 0) return new MultiRespBody("", []);
        var id = from.Text(SmppLimits.MessageId, CommandStatus.InvMsgId);
        int count = from.Byte();
        var failed = new List<(SmppAddress, CommandStatus)>();
        for (var i = 0; i < count && from.Fault == CommandStatus.Ok; i++)
        {
            failed.Add((from.Address(SmppLimits.Address, CommandStatus.InvDstAdr), (CommandStatus)from.Number()));
        }
        return new MultiRespBody(id, failed);
    }

    internal override void Write(PduBuilder to)
    {
        to.Text(MessageId, SmppLimits.MessageId);
        to.Byte(checked((byte)Failed.Count));
        foreach (var (address, status) in Failed)
        {
            to.Address(address);
            to.Number((uint)status);
        }
    }
}

/// <summary>data_sm (§4.7.1); the text is in message_payload.</summary>
public sealed record DataBody : PduBody
{
    public string ServiceType { get; init; } = "";

    public SmppAddress Source { get; init; } = SmppAddress.None;

    public SmppAddress Destination { get; init; } = SmppAddress.None;

    public byte EsmClass { get; init; }

    public byte RegisteredDelivery { get; init; }

    public byte DataCoding { get; init; }

    internal static DataBody Read(ref PduScanner from) => new()
    {
        ServiceType = from.Text(SmppLimits.ServiceType, CommandStatus.InvSerTyp),
        Source = from.Address(SmppLimits.LongAddress, CommandStatus.InvSrcAdr),
        Destination = from.Address(SmppLimits.LongAddress, CommandStatus.InvDstAdr),
        EsmClass = from.Byte(),
        RegisteredDelivery = from.Byte(),
        DataCoding = from.Byte(),
    };

    internal override void Write(PduBuilder to)
    {
        to.Text(ServiceType, SmppLimits.ServiceType);
        to.Address(Source, SmppLimits.LongAddress);
        to.Address(Destination, SmppLimits.LongAddress);
        to.Byte(EsmClass);
        to.Byte(RegisteredDelivery);
        to.Byte(DataCoding);
    }
}

/// <summary>submit_sm_resp, deliver_sm_resp, data_sm_resp.</summary>
/// <param name="MessageId">The receiver's name for the text; empty in deliver_sm_resp.</param>
public sealed record MessageIdBody(string MessageId) : PduBody
{
    internal static MessageIdBody Read(ref PduScanner from) =>
        new(from.Left == 0 ? "" : from.Text(SmppLimits.MessageId, CommandStatus.InvMsgId));

    internal override void Write(PduBuilder to) => to.Text(MessageId, SmppLimits.MessageId);
}
