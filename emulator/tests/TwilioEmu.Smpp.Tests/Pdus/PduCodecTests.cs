using System.Buffers.Binary;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Smpp.Tests.Pdus;

public sealed class PduCodecTests
{
    private static readonly SmppAddress Phone = SmppAddress.Of("+14155550199");
    private static readonly SmppAddress App = SmppAddress.Of("+14155550100");

    private static readonly MessageBody Message = new()
    {
        ServiceType = "CMT",
        Source = Phone,
        Destination = App,
        EsmClass = 3,
        ProtocolId = 1,
        Priority = 2,
        ScheduleDeliveryTime = "260105090000000+",
        ValidityPeriod = "000001000000000R",
        RegisteredDelivery = 1,
        ReplaceIfPresent = 1,
        DataCoding = 3,
        DefaultMessageId = 4,
        ShortMessage = "Hello"u8.ToArray(),
    };

    public static TheoryData<CommandId, PduBody> Everything => new()
    {
        { CommandId.BindReceiver, new BindBody("gateway", "secret08", "VMA", 0x34, new SmppAddress(1, 1, "^1415")) },
        { CommandId.BindTransmitter, new BindBody("gateway", "", "", 0x34, SmppAddress.None) },
        { CommandId.BindTransceiver, new BindBody("gateway", "secret08", "", 0x33, SmppAddress.None) },
        { CommandId.BindReceiverResp, new BindRespBody("SMSC") },
        { CommandId.BindTransmitterResp, new BindRespBody("SMSC") },
        { CommandId.BindTransceiverResp, new BindRespBody("") },
        { CommandId.Outbind, new OutbindBody("SMSC", "secret08") },
        { CommandId.Unbind, PduBody.Empty },
        { CommandId.UnbindResp, PduBody.Empty },
        { CommandId.EnquireLink, PduBody.Empty },
        { CommandId.EnquireLinkResp, PduBody.Empty },
        { CommandId.GenericNack, PduBody.Empty },
        { CommandId.SubmitSm, Message },
        { CommandId.SubmitSmResp, new MessageIdBody("0000000001") },
        { CommandId.DeliverSm, Message with { ScheduleDeliveryTime = "", ValidityPeriod = "" } },
        { CommandId.DeliverSmResp, new MessageIdBody("") },
        { CommandId.DataSm, new DataBody { ServiceType = "CMT", Source = Phone, Destination = new SmppAddress(1, 1, new string('1', 64)),
            EsmClass = 1, RegisteredDelivery = 1, DataCoding = 8 } },
        { CommandId.DataSmResp, new MessageIdBody(new string('x', 64)) },
        { CommandId.SubmitMulti, new MultiBody(
            Message with { Destination = SmppAddress.None },
            [new MultiDestination(App, null), new MultiDestination(SmppAddress.None, "everybody")]) },
        { CommandId.SubmitMultiResp, new MultiRespBody("0000000001", [(App, CommandStatus.InvDstAdr), (Phone, CommandStatus.SubmitFail)]) },
        { CommandId.QuerySm, new QueryBody("0000000001", Phone) },
        { CommandId.QuerySmResp, new QueryRespBody("0000000001", "260105090000000+", MessageState.Delivered, 0) },
        { CommandId.CancelSm, new CancelBody("CMT", "0000000001", Phone, App) },
        { CommandId.CancelSmResp, PduBody.Empty },
        { CommandId.ReplaceSm, new ReplaceBody(
            "0000000001", Phone) { ValidityPeriod = "000001000000000R", RegisteredDelivery = 1, DefaultMessageId = 1,
            ShortMessage = "Hi"u8.ToArray() } },
        { CommandId.ReplaceSmResp, PduBody.Empty },
        { CommandId.AlertNotification, new AlertBody(Phone, App) },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_is_written_is_read_again(CommandId command, PduBody body)
    {
        var octets = PduCodec.Write(new Pdu(command, CommandStatus.Ok, 7, body)
        {
            Tlvs = [Tlv.Of(TlvTag.UserMessageReference, 513), Tlv.OfText((TlvTag)0x1400, "own")],
        });

        PduCodec.Read(octets, out var read).Should().BeNull();
        read!.Command.Should().Be(command);
        read.Sequence.Should().Be(7);
        read.Tlvs.Find(TlvTag.UserMessageReference)!.Value.Number.Should().Be(513);
        read.Tlvs.Find((TlvTag)0x1400)!.Value.Text.Should().Be("own");
        PduCodec.Write(read).Should().Equal(octets);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_is_cut_off_anywhere_is_refused_and_never_read_beyond_its_end(CommandId command, PduBody body)
    {
        var whole = PduCodec.Write(new Pdu(command, CommandStatus.Ok, 7, body));
        for (var length = SmppLimits.HeaderLength; length < whole.Length; length++)
        {
            var cut = whole[..length];
            BinaryPrimitives.WriteUInt32BigEndian(cut, (uint)length);
            var fault = PduCodec.Read(cut, out var read);
            // Responses may leave their bodies out.
            if (command.IsResponse() && length == SmppLimits.HeaderLength) read.Should().NotBeNull();
            else fault.Should().NotBeNull().And.Match<PduFault?>(f => f!.Value.Sequence == 7 && f.Value.Command == command);
        }
    }

    [Fact]
    public void The_example_of_the_specification_reads_as_it_says()
    {
        // SMPP 3.4 §3.2.3: bind_transmitter of SMPP3TEST.
        var octets = Convert.FromHexString("0000002F" + "00000002" + "00000000" + "00000001" + "534D50503354455354" + "00"
            + "7365637265743038" + "00" + "5355424D495431" + "00" + "50" + "01" + "01" + "00");

        PduCodec.Read(octets, out var read).Should().BeNull();
        read!.Body.Should().Be(new BindBody("SMPP3TEST", "secret08", "SUBMIT1", 0x50, new SmppAddress(1, 1, "")));
    }

    [Fact]
    public void Lengths_are_as_the_specification_counts_them()
    {
        PduCodec.Read(Pdu("00000010000000150000000000000001"), out var link).Should().BeNull();
        link!.Command.Should().Be(CommandId.EnquireLink);
        PduCodec.Read(Pdu("00000011000000150000000000000001"), out _)!.Value.Status.Should().Be(CommandStatus.InvCmdLen);
        PduCodec.Read(Pdu("000000"), out _)!.Value.Status.Should().Be(CommandStatus.InvCmdLen);
    }

    [Theory]
    [InlineData("system_id", CommandStatus.InvSysId)]
    [InlineData("password", CommandStatus.InvPaswd)]
    [InlineData("system_type", CommandStatus.InvSysTyp)]
    [InlineData("source", CommandStatus.InvSrcAdr)]
    [InlineData("destination", CommandStatus.InvDstAdr)]
    [InlineData("service_type", CommandStatus.InvSerTyp)]
    [InlineData("schedule", CommandStatus.InvSched)]
    [InlineData("validity", CommandStatus.InvExpiry)]
    [InlineData("message_id", CommandStatus.InvMsgId)]
    public void A_field_that_is_too_long_has_its_own_error(string field, CommandStatus status)
    {
        var filler = new string('1', 100);
        var octets = field switch
        {
            "system_id" => Raw(CommandId.BindTransmitter, filler),
            "password" => Raw(CommandId.BindTransmitter, "a", filler),
            "system_type" => Raw(CommandId.BindTransmitter, "a", "b", filler),
            "service_type" => Raw(CommandId.SubmitSm, filler),
            "source" => Raw(CommandId.SubmitSm, "", 1, 1, filler),
            "destination" => Raw(CommandId.SubmitSm, "", 1, 1, "1", 1, 1, filler),
            "schedule" => Raw(CommandId.SubmitSm, "", 1, 1, "1", 1, 1, "1", 0, 0, 0, filler),
            "validity" => Raw(CommandId.SubmitSm, "", 1, 1, "1", 1, 1, "1", 0, 0, 0, "", filler),
            _ => Raw(CommandId.QuerySm, filler),
        };

        PduCodec.Read(octets, out _)!.Value.Status.Should().Be(status);
    }

    [Theory]
    [InlineData("0424", "0005", "6869", CommandStatus.InvOptParStream)]
    [InlineData("0424", "00", "", CommandStatus.InvOptParStream)]
    [InlineData("0204", "0001", "69", CommandStatus.InvParLen)]
    [InlineData("0427", "0002", "0201", CommandStatus.InvParLen)]
    [InlineData("1401", "0002", "0201", CommandStatus.Ok)]
    public void Optional_parameters_must_add_up(string tag, string length, string value, CommandStatus status)
    {
        var octets = PduCodec.Write(new Pdu(CommandId.SubmitSm, CommandStatus.Ok, 1, Message))
            .Concat(Convert.FromHexString(tag + length + value)).ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(octets, (uint)octets.Length);

        (PduCodec.Read(octets, out _)?.Status ?? CommandStatus.Ok).Should().Be(status);
    }

    [Fact]
    public void More_optional_parameters_than_the_limit_are_refused()
    {
        var tlvs = Enumerable.Range(0, SmppLimits.MaxTlvs + 1).Select(i => Tlv.Of((TlvTag)(0x1400 + i), (byte)1));
        var octets = PduCodec.Write(new Pdu(CommandId.SubmitSm, CommandStatus.Ok, 1, Message) { Tlvs = [.. tlvs] });

        PduCodec.Read(octets, out _)!.Value.Status.Should().Be(CommandStatus.InvOptParStream);
    }

    [Fact]
    public void A_short_message_of_255_octets_is_too_long_and_of_254_is_not()
    {
        Status(254).Should().Be(CommandStatus.Ok);
        Status(255).Should().Be(CommandStatus.InvMsgLen);

        static CommandStatus Status(int length) =>
            PduCodec.Read(
                PduCodec.Write(new Pdu(CommandId.SubmitSm, CommandStatus.Ok, 1, Message with { ShortMessage = new byte[length] })),
                out _)?.Status
                ?? CommandStatus.Ok;
    }

    [Theory]
    [InlineData(0, 0, CommandStatus.InvNumDests)]
    [InlineData(255, 1, CommandStatus.InvNumDests)]
    [InlineData(1, 3, CommandStatus.InvDestFlag)]
    public void Destinations_of_submit_multi_are_counted_and_flagged(byte count, byte flag, CommandStatus status) =>
        PduCodec.Read(Raw(CommandId.SubmitMulti, "", 1, 1, "1", count, flag, 1, 1, "1"), out _)!.Value.Status.Should().Be(status);

    [Fact]
    public void A_command_nobody_knows_is_told_so() =>
        PduCodec.Read(Pdu("00000010000001990000000000000005"), out _)
            .Should().Be(new PduFault((CommandId)0x199, 5, CommandStatus.InvCmdId));

    [Fact]
    public void A_refusal_has_no_body()
    {
        PduCodec.Read(Pdu("00000010800000040000005800000009"), out var read).Should().BeNull();
        read!.Status.Should().Be(CommandStatus.Throttled);
        read.Status.Word().Should().Be("ESME_RTHROTTLED");
    }

    [Fact]
    public void What_a_field_cannot_hold_is_not_written()
    {
        var write = () =>
            PduCodec.Write(new Pdu(
                CommandId.BindTransmitter, CommandStatus.Ok, 1, new BindBody("gateway", "longer than eight", "", 0x34, SmppAddress.None)));
        write.Should().Throw<ArgumentException>();
    }

    private static byte[] Pdu(string hex) => Convert.FromHexString(hex);

    private static byte[] Raw(CommandId command, params object[] fields)
    {
        var octets = new List<byte>(new byte[SmppLimits.HeaderLength]);
        foreach (var field in fields)
        {
            if (field is string text) octets.AddRange([.. text.Select(c => (byte)c), 0]);
            else octets.Add(Convert.ToByte(field, System.Globalization.CultureInfo.InvariantCulture));
        }
        var all = octets.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(all, (uint)all.Length);
        BinaryPrimitives.WriteUInt32BigEndian(all.AsSpan(4), (uint)command);
        return all;
    }
}
