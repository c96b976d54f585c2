namespace TwilioEmu.Smpp.Pdus;

/// <summary>bind_transmitter, bind_receiver, bind_transceiver (SMPP 3.4 §4.1).</summary>
/// <param name="SystemId">Who binds.</param>
/// <param name="Password">Up to eight octets.</param>
/// <param name="SystemType">What sort of system; often empty.</param>
/// <param name="InterfaceVersion">0x34 for 3.4.</param>
/// <param name="Range">Type, plan and range of the addresses it serves; most often empty.</param>
public sealed record BindBody(string SystemId, string Password, string SystemType, byte InterfaceVersion, SmppAddress Range) : PduBody
{
    /// <summary>SMPP 3.4.</summary>
    public const byte Version34 = 0x34;

    internal static BindBody Read(ref PduScanner from) => new(
        from.Text(SmppLimits.SystemId, CommandStatus.InvSysId), from.Text(SmppLimits.Password, CommandStatus.InvPaswd),
        from.Text(SmppLimits.SystemType, CommandStatus.InvSysTyp),
        from.Byte(), from.Address(SmppLimits.AddressRange, CommandStatus.BindFail));

    internal override void Write(PduBuilder to)
    {
        to.Text(SystemId, SmppLimits.SystemId);
        to.Text(Password, SmppLimits.Password);
        to.Text(SystemType, SmppLimits.SystemType);
        to.Byte(InterfaceVersion);
        to.Address(Range, SmppLimits.AddressRange);
    }

    public override string ToString() => $"bind of {SystemId}";
}

/// <summary>The responses to the three binds.</summary>
/// <param name="SystemId">Whom one is bound to.</param>
public sealed record BindRespBody(string SystemId) : PduBody
{
    internal static BindRespBody Read(ref PduScanner from) =>
        new(from.Left == 0 ? "" : from.Text(SmppLimits.SystemId, CommandStatus.InvSysId));

    internal override void Write(PduBuilder to) => to.Text(SystemId, SmppLimits.SystemId);
}

/// <summary>outbind (§4.1.7).</summary>
public sealed record OutbindBody(string SystemId, string Password) : PduBody
{
    internal static OutbindBody Read(ref PduScanner from) =>
        new(from.Text(SmppLimits.SystemId, CommandStatus.InvSysId), from.Text(SmppLimits.Password, CommandStatus.InvPaswd));

    internal override void Write(PduBuilder to)
    {
        to.Text(SystemId, SmppLimits.SystemId);
        to.Text(Password, SmppLimits.Password);
    }

    public override string ToString() => $"outbind of {SystemId}";
}
