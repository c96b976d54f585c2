using System.Buffers.Binary;
using System.Collections.Immutable;

namespace TwilioEmu.Smpp.Pdus;

/// <summary>PDUs as bytes and back (SMPP 3.4 §3.2). Pure.</summary>
/// <remarks>
/// <code>
/// command_length(4) command_id(4) command_status(4) sequence_number(4) mandatory parameters  { tag(2) length(2) value }
/// </code>
/// Big-endian. What is read keeps slices of the bytes it came from.
/// </remarks>
public static class PduCodec
{
    private delegate PduBody Reading(ref PduScanner from);

    private static readonly Dictionary<CommandId, Reading> Bodies = new()
    {
        [CommandId.BindReceiver] = BindBody.Read,
        [CommandId.BindTransmitter] = BindBody.Read,
        [CommandId.BindTransceiver] = BindBody.Read,
        [CommandId.BindReceiverResp] = BindRespBody.Read,
        [CommandId.BindTransmitterResp] = BindRespBody.Read,
        [CommandId.BindTransceiverResp] = BindRespBody.Read,
        [CommandId.Outbind] = OutbindBody.Read,
        [CommandId.Unbind] = None,
        [CommandId.UnbindResp] = None,
        [CommandId.EnquireLink] = None,
        [CommandId.EnquireLinkResp] = None,
        [CommandId.GenericNack] = None,
        [CommandId.SubmitSm] = MessageBody.Read,
        [CommandId.SubmitSmResp] = MessageIdBody.Read,
        [CommandId.DeliverSm] = MessageBody.Read,
        [CommandId.DeliverSmResp] = MessageIdBody.Read,
        [CommandId.DataSm] = DataBody.Read,
        [CommandId.DataSmResp] = MessageIdBody.Read,
        [CommandId.SubmitMulti] = MultiBody.Read,
        [CommandId.SubmitMultiResp] = MultiRespBody.Read,
        [CommandId.QuerySm] = QueryBody.Read,
        [CommandId.QuerySmResp] = QueryRespBody.Read,
        [CommandId.CancelSm] = CancelBody.Read,
        [CommandId.CancelSmResp] = None,
        [CommandId.ReplaceSm] = ReplaceBody.Read,
        [CommandId.ReplaceSmResp] = None,
        [CommandId.AlertNotification] = AlertBody.Read,
    };

    [ThreadStatic]
    private static PduBuilder? _builder;

    /// <summary>Reads one PDU, whole.</summary>
    /// <param name="bytes">From its command_length to its end.</param>
    /// <param name="pdu">What it says; null when it cannot be read.</param>
    /// <returns>What is wrong with it; its header is in it, as far as there is one.</returns>
    public static PduFault? Read(ReadOnlyMemory<byte> bytes, out Pdu? pdu)
    {
        pdu = null;
        if (bytes.Length < SmppLimits.HeaderLength) return new PduFault(0, 0, CommandStatus.InvCmdLen);
        var header = bytes.Span;
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        var command = (CommandId)BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var status = (CommandStatus)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        if (length != bytes.Length || length > SmppLimits.MaxPduLength) return new PduFault(command, sequence, CommandStatus.InvCmdLen);
        if (!Bodies.TryGetValue(command, out var reading)) return new PduFault(command, sequence, CommandStatus.InvCmdId);
        var scanner = new PduScanner(bytes[SmppLimits.HeaderLength..]);
        // A refusal has no body (§4.4.2 and its kin), though some write one.
        var body = command.IsResponse() && status != CommandStatus.Ok && scanner.Left == 0 ? PduBody.Empty : reading(ref scanner);
        var tlvs = ReadTlvs(ref scanner);
        if (scanner.Fault != CommandStatus.Ok) return new PduFault(command, sequence, scanner.Fault);
        pdu = new Pdu(command, status, sequence, body) { Tlvs = tlvs };
        return null;
    }

    /// <summary>Writes a PDU.</summary>
    /// <exception cref="ArgumentException">A field is longer than it may be.</exception>
    public static byte[] Write(Pdu pdu)
    {
        var to = _builder ??= new PduBuilder();
        to.Start();
        to.Number(0);
        to.Number((uint)pdu.Command);
        to.Number((uint)pdu.Status);
        to.Number(pdu.Sequence);
        pdu.Body.Write(to);
        foreach (var tlv in pdu.Tlvs)
        {
            to.Short((ushort)tlv.Tag);
            to.Short(checked((ushort)tlv.Value.Length));
            to.Bytes(tlv.Value.Span);
        }
        return to.Finish();
    }

    private static PduBody None(ref PduScanner from) => PduBody.Empty;

    private static ImmutableArray<Tlv> ReadTlvs(ref PduScanner from)
    {
        if (from.Left == 0 || from.Fault != CommandStatus.Ok) return [];
        var tlvs = ImmutableArray.CreateBuilder<Tlv>();
        while (from.Left > 0 && from.Fault == CommandStatus.Ok)
        {
            if (from.Left < 4 || tlvs.Count >= SmppLimits.MaxTlvs)
            {
                from.Fail(CommandStatus.InvOptParStream);
                break;
            }
            var tag = (TlvTag)((from.Byte() << 8) | from.Byte());
            var length = (from.Byte() << 8) | from.Byte();
            if (length > from.Left) from.Fail(CommandStatus.InvOptParStream);
            else if (!Tlvs.Fits(tag, length)) from.Fail(CommandStatus.InvParLen);
            else tlvs.Add(new Tlv(tag, from.Bytes(length)));
        }
        return tlvs.ToImmutable();
    }
}

/// <summary>Why a PDU cannot be read.</summary>
/// <param name="Command">As its header says; 0 where there is none.</param>
/// <param name="Sequence">As its header says.</param>
/// <param name="Status">What its sender is to be told.</param>
public readonly record struct PduFault(CommandId Command, uint Sequence, CommandStatus Status);
