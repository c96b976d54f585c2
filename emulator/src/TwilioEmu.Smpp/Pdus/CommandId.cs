namespace TwilioEmu.Smpp.Pdus;

/// <summary>What a PDU is (SMPP 3.4 §5.1.2.1).</summary>
/// <remarks>A response has the identity of its request, with the highest bit set.</remarks>
public enum CommandId : uint
{
    BindReceiver = 0x01,
    BindTransmitter = 0x02,
    QuerySm = 0x03,
    SubmitSm = 0x04,
    DeliverSm = 0x05,
    Unbind = 0x06,
    ReplaceSm = 0x07,
    CancelSm = 0x08,
    BindTransceiver = 0x09,
    Outbind = 0x0B,
    EnquireLink = 0x15,
    SubmitMulti = 0x21,
    AlertNotification = 0x102,
    DataSm = 0x103,

    GenericNack = 0x8000_0000,
    BindReceiverResp = 0x8000_0001,
    BindTransmitterResp = 0x8000_0002,
    QuerySmResp = 0x8000_0003,
    SubmitSmResp = 0x8000_0004,
    DeliverSmResp = 0x8000_0005,
    UnbindResp = 0x8000_0006,
    ReplaceSmResp = 0x8000_0007,
    CancelSmResp = 0x8000_0008,
    BindTransceiverResp = 0x8000_0009,
    EnquireLinkResp = 0x8000_0015,
    SubmitMultiResp = 0x8000_0021,
    DataSmResp = 0x8000_0103,
}

/// <summary>What follows from a command's identity.</summary>
public static class CommandIds
{
    private const uint ResponseBit = 0x8000_0000;

    /// <summary>True for responses and generic_nack.</summary>
    public static bool IsResponse(this CommandId command) => ((uint)command & ResponseBit) != 0;

    /// <summary>True for what is answered; outbind and alert_notification are not.</summary>
    public static bool IsAnswered(this CommandId command) =>
        !command.IsResponse() && command is not (CommandId.Outbind or CommandId.AlertNotification);

    /// <summary>The response to a request.</summary>
    public static CommandId Response(this CommandId request) => (CommandId)((uint)request | ResponseBit);

    /// <summary>True for the three ways to bind.</summary>
    public static bool IsBind(this CommandId command) =>
        command is CommandId.BindReceiver or CommandId.BindTransmitter or CommandId.BindTransceiver;

    /// <summary>As the specification writes it: <c>submit_sm</c>.</summary>
    public static string Word(this CommandId command) => command switch
    {
        CommandId.BindReceiver => "bind_receiver",
        CommandId.BindTransmitter => "bind_transmitter",
        CommandId.QuerySm => "query_sm",
        CommandId.SubmitSm => "submit_sm",
        CommandId.DeliverSm => "deliver_sm",
        CommandId.Unbind => "unbind",
        CommandId.ReplaceSm => "replace_sm",
        CommandId.CancelSm => "cancel_sm",
        CommandId.BindTransceiver => "bind_transceiver",
        CommandId.Outbind => "outbind",
        CommandId.EnquireLink => "enquire_link",
        CommandId.SubmitMulti => "submit_multi",
        CommandId.AlertNotification => "alert_notification",
        CommandId.DataSm => "data_sm",
        CommandId.GenericNack => "generic_nack",
        _ when command.IsResponse() => $"{((CommandId)((uint)command & ~ResponseBit)).Word()}_resp",
        _ => $"0x{(uint)command:x8}",
    };
}
