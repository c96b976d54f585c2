using System.Security.Cryptography;
using TwilioEmu.Media.Rtp.Packets;
using TwilioEmu.Media.Rtp.Secure;

namespace TwilioEmu.Media.Tests.Rtp.Secure;

public sealed class SrtpTests
{
    public static TheoryData<SrtpProfile> Profiles => [.. Enum.GetValues<SrtpProfile>()];

    // RFC 3711 B.2
    [Fact]
    public void Counter_mode_gives_the_key_stream_of_the_RFC()
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C");
        var stream = new byte[48];
        CounterMode.Apply(aes, Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), stream);
        Convert.ToHexString(stream)
            .Should().Be("E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0");
    }

    // RFC 3711 B.3
    [Fact]
    public void Session_keys_are_derived_as_in_the_RFC()
    {
        var keys = SessionKeys.Derive(
            SrtpProfile.AesCm128HmacSha1Tag80, Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139"),
                Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6"), false);
        Convert.ToHexString(keys.Cipher).Should().Be("C61E7A93744F39EE10734AFE3FF7A087");
        Convert.ToHexString(keys.Salt).Should().Be("30CBBC08863D8C85D49DB34A9AE1");
        Convert.ToHexString(keys.Authentication).Should().Be("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4");
    }

    // The same keys on a packet: the reference test of libsrtp (test/srtp_driver.c, srtp_validate).
    [Fact]
    public void A_packet_is_protected_as_the_reference_does()
    {
        using var stream = new SrtpStream(
            SrtpProfile.AesCm128HmacSha1Tag80, Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139"),
                Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6"));
        var packet = new byte[64];
        Convert.FromHexString("800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB").CopyTo(packet, 0);
        var byteCount = stream.ProtectRtp(packet, 28);
        Convert.ToHexString(packet.AsSpan(0, byteCount))
            .Should().Be("800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402B78D6ACC99EA179B8DBB");
    }

    // RFC 7714 16.1.1
    [Fact]
    public void GCM_protects_the_packet_of_the_RFC()
    {
        var keys = new SessionKeys(
            Convert.FromHexString("000102030405060708090A0B0C0D0E0F"), [], Convert.FromHexString("517569642070726F2071756F"));
        using var stream = new SrtpStream(SrtpProfile.Aes128Gcm, keys, keys);
        var packet = new byte[100];
        Convert.FromHexString("8040F17B8041F8D35501A0B2" + "47616C6C696120657374206F6D6E69732064697669736120696E207061727465732074726573")
            .CopyTo(packet, 0);
        var byteCount = stream.ProtectRtp(packet, 50);
        Convert.ToHexString(packet.AsSpan(0, byteCount)).Should().Be(
            "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF8833"
            + "899D7F27BEB16A9152CF765EE4390CCE");
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_protected_is_opened_through_rollovers_loss_and_reordering(SrtpProfile profile)
    {
        using var sender = Stream(profile);
        using var receiver = Stream(profile);
        var random = new Random(9);
        var packets = new List<(int Number, byte[] Bytes)>();
        for (var i = 0; i < 140_000; i += 20)
        {
            var packet = Packet(65_000 + i, 40, out var length);
            packets.Add((i, packet[..sender.ProtectRtp(packet, length)]));
        }
        for (var i = 0; i + 1 < packets.Count; i += 5) (packets[i], packets[i + 1]) = (packets[i + 1], packets[i]);
        packets.RemoveAll(_ => random.Next(10) == 0);
        foreach (var (number, bytes) in packets)
        {
            receiver.TryUnprotectRtp(bytes, bytes.Length, out var opened).Should().BeTrue($"{number}");
            var plain = Packet(65_000 + number, 40, out var length);
            bytes.AsSpan(0, opened).SequenceEqual(plain.AsSpan(0, length)).Should().BeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void What_is_forged_repeated_or_cut_short_is_refused(SrtpProfile profile)
    {
        using var sender = Stream(profile);
        using var receiver = Stream(profile);
        var packet = Packet(1, 20, out var length);
        var protectedLength = sender.ProtectRtp(packet, length);
        for (var i = 0; i < protectedLength; i++)
        {
            var forged = packet.AsSpan(0, protectedLength).ToArray();
            forged[i] ^= 1;
            receiver.TryUnprotectRtp(forged, protectedLength, out _).Should().BeFalse($"byte {i}");
        }
        for (var cut = 0; cut < protectedLength; cut++)
        {
            receiver.TryUnprotectRtp(packet.AsSpan(0, cut).ToArray(), cut, out _).Should().BeFalse();
        }
        receiver.TryUnprotectRtp(packet.AsSpan(0, protectedLength).ToArray(), protectedLength, out _).Should().BeTrue();
        receiver.TryUnprotectRtp(packet.AsSpan(0, protectedLength).ToArray(), protectedLength, out _).Should().BeFalse("it was seen");
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Reports_are_protected_and_opened(SrtpProfile profile)
    {
        using var sender = Stream(profile);
        using var receiver = Stream(profile);
        for (var i = 0; i < 5; i++)
        {
            var packet = new byte[200];
            var length = Rtcp.Write([new RtcpPart.ReceiverReport(7, []), new RtcpPart.Description(7, $"number {i}")], packet);
            var plain = packet[..length];
            var protectedLength = sender.ProtectRtcp(packet, length);
            packet.AsSpan(8, length - 8).SequenceEqual(plain.AsSpan(8)).Should().BeFalse();
            var copy = packet[..protectedLength];
            copy[9] ^= 1;
            receiver.TryUnprotectRtcp(copy, protectedLength, out _).Should().BeFalse();
            copy = packet[..protectedLength];
            receiver.TryUnprotectRtcp(copy, protectedLength, out var opened).Should().BeTrue();
            copy[..opened].Should().Equal(plain);
            receiver.TryUnprotectRtcp(packet.AsSpan(0, protectedLength).ToArray(), protectedLength, out _).Should().BeFalse("it was seen");
        }
    }

    [Fact]
    public void The_replay_window_knows_the_last_64()
    {
        var window = new ReplayWindow();
        foreach (var index in (long[])[100, 102, 101, 150]) window.Accept(index);
        ((long[])[100, 101, 102, 150, 86]).Where(window.IsNew).Should().Equal([], "86 is too old to be known");
        ((long[])[103, 149, 87, 151]).Where(window.IsNew).Should().Equal(103, 149, 87, 151);
    }

    private static SrtpStream Stream(SrtpProfile profile) =>
        new(profile, [.. Enumerable.Range(1, profile.KeyByteCount()).Select(i => (byte)i)],
            [.. Enumerable.Range(50, profile.SaltByteCount()).Select(i => (byte)i)]);

    private static byte[] Packet(int number, int payloadByteCount, out int length)
    {
        var packet = new byte[payloadByteCount + 12 + SrtpStream.MaxOverhead];
        length = RtpPacket.Write(new RtpHeader(0, false, (ushort)number, (uint)number * 160, 0xCAFEBABE, 0, 0),
            [.. Enumerable.Repeat((byte)number, payloadByteCount)], packet);
        return packet;
    }
}
