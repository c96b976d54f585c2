using TwilioEmu.Media.Rtp.Packets;

namespace TwilioEmu.Media.Tests.Rtp.Packets;

public sealed class RtpPacketTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var packet = new byte[100];
        var byteCount = RtpPacket.Write(new RtpHeader(101, true, 65535, 0xFFFFFFFF, 0xDEADBEEF, 0, 0), [1, 2, 3, 4], packet);
        RtpPacket.TryRead(packet.AsSpan(0, byteCount), out var header).Should().BeTrue();
        header.Should().Be(new RtpHeader(101, true, 65535, 0xFFFFFFFF, 0xDEADBEEF, 12, 4));
    }

    [Fact]
    public void Contributors_extension_and_padding_are_stepped_over()
    {
        byte[] packet = [0xB1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 9, 9, 9, 9, 0xBE, 0xDE, 0, 1, 7, 7, 7, 7, 42, 0, 0, 3];
        RtpPacket.TryRead(packet, out var header).Should().BeTrue();
        packet.AsSpan(header.PayloadOffset, header.PayloadByteCount).ToArray().Should().Equal(42);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0, 0, 0 })]
    [InlineData(new byte[] { 0x40, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1 })]
    [InlineData(new byte[] { 0x8F, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1 })]
    [InlineData(new byte[] { 0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 9 })]
    [InlineData(new byte[] { 0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0 })]
    [InlineData(new byte[] { 0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0xFF, 0xFF })]
    public void What_is_no_packet_is_refused(byte[] bytes) => RtpPacket.TryRead(bytes, out _).Should().BeFalse();

    [Fact]
    public void Whatever_the_bytes_nothing_throws()
    {
        var random = new Random(1);
        var parts = new List<RtcpPart>();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            if (bytes.Length > 1 && i % 2 == 0) (bytes[0], bytes[1]) = ((byte)(0x80 | random.Next(32)), (byte)random.Next(199, 205));
            RtpPacket.TryRead(bytes, out _);
            Rtcp.TryRead(bytes, parts);
            TelephoneEvent.TryRead(bytes, out _);
        }
    }

    [Fact]
    public void A_compound_report_is_read_as_it_was_written()
    {
        RtcpPart[] parts =
        [
            new RtcpPart.SenderReport(1, 0x1122334455667788, 160, 3, 480, [new ReportBlock(2, 5, -3, 70000, 12, 0xABCD, 99)]),
            new RtcpPart.ReceiverReport(1, [new ReportBlock(3, 255, 8388607, 1, 2, 3, 4)]),
            new RtcpPart.Description(1, "emulator@host"),
            new RtcpPart.Bye(1),
        ];
        var packet = new byte[500];
        var byteCount = Rtcp.Write(parts, packet);
        var read = new List<RtcpPart>();
        Rtcp.TryRead(packet.AsSpan(0, byteCount), read).Should().BeTrue();
        read.Should().BeEquivalentTo(parts, o => o.RespectingRuntimeTypes().WithStrictOrdering());
        Rtcp.TryRead(packet.AsSpan(0, byteCount - 1), read).Should().BeFalse();
    }

    [Fact]
    public void The_clock_of_reports_counts_from_1900()
    {
        Rtcp.NtpOf(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero)).Should().Be(2208988800UL << 32);
        Rtcp.NtpOf(new DateTimeOffset(1970, 1, 1, 0, 0, 0, 500, TimeSpan.Zero)).Should().Be((2208988800UL << 32) | 0x80000000);
    }
}
