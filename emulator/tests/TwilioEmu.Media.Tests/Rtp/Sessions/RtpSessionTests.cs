using System.Net;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Rtp;
using TwilioEmu.Media.Rtp.Packets;
using TwilioEmu.Media.Rtp.Secure;
using TwilioEmu.Media.Rtp.Sessions;
using TwilioEmu.Media.Tests.Testing;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Rtp.Sessions;

/// <summary>Two sessions joined by a wire of our own, seeded, in virtual time.</summary>
public sealed class RtpSessionTests
{
    private static readonly IPEndPoint A = new(IPAddress.Loopback, 4000);
    private static readonly IPEndPoint B = new(IPAddress.Loopback, 5000);

    [Theory]
    [InlineData(0, false)]
    [InlineData(8, false)]
    [InlineData(0, true)]
    public void A_tone_arrives_with_no_frame_lost(int payloadType, bool isSecure)
    {
        using var sender = Session(payloadType, isSecure, 1);
        using var receiver = Session(payloadType, isSecure, 2);
        var heard = Talk(sender, receiver, Sounds.Sine(1000, 2000), 0, out _);
        Sounds.Amplitude(heard.AsSpan(1600, 8000), 1000).Should().BeApproximately(5000, 100);
        receiver.Received.LostCount.Should().Be(0);
        receiver.Jitter.ConcealedCount.Should().BeLessThanOrEqualTo(3, "only after the end");
    }

    [Fact]
    public void Under_a_tenth_of_loss_the_tone_is_still_heard_and_every_key_is_told_once()
    {
        using var sender = Session(0, false, 1);
        using var receiver = Session(0, false, 2);
        foreach (var key in "147*0#") sender.TryPress(key, TimeSpan.FromMilliseconds(100)).Should().BeTrue();
        var heard = Talk(sender, receiver, Sounds.Sine(1000, 4000), 10, out var keys);
        keys.Should().Be("147*0#");
        Sounds.Found(heard.AsSpan(16_000, 8000), 700, 1000).Should().Equal(1000);
        receiver.Received.LossRatio.Should().BeInRange(0.05, 0.15);
    }

    [Theory, InlineData(80), InlineData(240), InlineData(320), InlineData(400), InlineData(1)]
    public void Packets_of_any_length_are_heard_whole(int sampleCount)
    {
        using var receiver = Session(0, false, 2);
        var pcm = Sounds.Sine(1000, 2000);
        var heard = new List<short>();
        var (frame, coded, packet) = (new short[160], new byte[sampleCount], new byte[600]);
        for (var (sent, taken, count) = (0, 0, 0); sent + sampleCount <= pcm.Length; count++)
        {
            G711.EncodeUlaw(pcm.AsSpan(sent, sampleCount), coded);
            var header = new RtpHeader(0, false, (ushort)count, (uint)(sent + 77), 5, 12, sampleCount);
            receiver.Receive(packet.AsSpan(0, RtpPacket.Write(header, coded, packet)), A, At(sent / 8.0));
            sent += sampleCount;
            for (; taken + 160 <= sent; taken += 160)
            {
                receiver.Take(frame);
                heard.AddRange(frame);
            }
        }
        Sounds.Amplitude(heard.ToArray().AsSpan(1600, 8000), 1000).Should().BeApproximately(5000, 100);
        receiver.Jitter.ConcealedCount.Should().Be(0);
    }

    [Fact]
    public void What_a_lost_packet_began_is_not_joined_to_the_next()
    {
        using var receiver = Session(0, false, 2);
        var packet = new byte[600];
        Say(0, 0, 80);
        Say(2, 160, 80);
        Say(3, 240, 80);
        var frame = new short[160];
        Enumerable.Range(0, 10).Count(_ => receiver.Take(frame) == FrameOrigin.Received).Should().Be(1);

        void Say(ushort sequence, uint timestamp, int count)
        {
            var coded = Enumerable.Repeat((byte)0x10, count).ToArray();
            receiver.Receive(
                packet.AsSpan(0, RtpPacket.Write(new RtpHeader(0, false, sequence, timestamp, 5, 12, count), coded, packet)), A, At(0));
        }
    }

    [Fact]
    public void A_law_under_a_number_of_its_own_is_heard_as_A_law()
    {
        using var sender = new RtpSession(new RtpSessionOptions(110, null, null, B, 1, 0, 0, "a") { Law = G711Law.A });
        using var receiver = Session(8, false, 2, 110);
        var heard = Talk(sender, receiver, Sounds.Sine(1000, 2000), 0, out _);
        Sounds.Amplitude(heard.AsSpan(1600, 8000), 1000).Should().BeApproximately(5000, 100);
    }

    [Fact]
    public void Keys_under_the_number_that_the_peer_named_for_its_own_receiving_are_heard()
    {
        using var sender = new RtpSession(new RtpSessionOptions(0, 96, null, B, 1, 0, 0, "a"));
        using var receiver = new RtpSession(new RtpSessionOptions(0, 96, 101, A, 2, 0, 0, "b"));
        sender.TryPress('5', TimeSpan.FromMilliseconds(100)).Should().BeTrue();
        Talk(sender, receiver, Sounds.Sine(1000, 1000), 0, out var keys);
        keys.Should().Be("5");
    }

    [Fact]
    public void Comfort_noise_is_silence_and_a_sign_of_life()
    {
        using var session = Session(0, false, 1);
        byte[] noise = [0x80, 13, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 60];
        session.Receive(noise, B, At(0)).Should().BeNull();
        session.RefusedCount.Should().Be(0);
        session.LastHeard.Should().Be(At(0));
        session.Take(new short[160]).Should().Be(FrameOrigin.Silence);
    }

    [Fact]
    public void Keys_that_were_not_agreed_on_have_to_sound()
    {
        using var session = new RtpSession(new RtpSessionOptions(0, null, null, A, 1, 0, 0, "a"));
        session.TryPress('1', TimeSpan.FromMilliseconds(100)).Should().BeFalse();
    }

    [Fact]
    public void What_is_not_agreed_on_is_refused_and_counted()
    {
        using var session = Session(0, false, 1);
        session.Receive(new byte[] { 1, 2, 3 }, B, At(0)).Should().BeNull();
        byte[] other = [0x80, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5];
        session.Receive(other, B, At(0)).Should().BeNull();
        session.RefusedCount.Should().Be(2);
        session.LastHeard.Should().BeNull();
    }

    [Fact]
    public void Reports_tell_each_side_how_it_arrives_and_that_it_leaves()
    {
        using var sender = Session(0, true, 1);
        using var receiver = Session(0, true, 2);
        Talk(sender, receiver, Sounds.Sine(1000, 4000), 10, out _);
        var packet = new byte[RtpSession.MaxPacketByteCount];
        sender.ReceiveRtcp(packet.AsSpan(0, receiver.WriteRtcp(At(5000), isLast: true, packet)), At(5000));
        sender.PeerReport!.Value.CumulativeLost.Should().Be((int)receiver.Received.LostCount).And.BePositive();
        receiver.ReceiveRtcp(packet.AsSpan(0, sender.WriteRtcp(At(5000), isLast: true, packet)), At(5000));
        receiver.HasPeerLeft.Should().BeTrue();
        sender.RefusedCount.Should().Be(0);
    }

    private static RtpSession Session(int payloadType, bool isSecure, uint ssrc, int? receives = null)
    {
        var profile = SrtpProfile.AesCm128HmacSha1Tag80;
        return new RtpSession(new RtpSessionOptions(payloadType, 101, 101, ssrc == 1 ? B : A, ssrc, 65_500, 0xFFFFFF00, $"{ssrc}")
        {
            ReceivePayloadType = receives ?? payloadType,
            Protect = isSecure ? new SrtpStream(profile, new byte[16], new byte[14]) : null,
            Unprotect = isSecure ? new SrtpStream(profile, new byte[16], new byte[14]) : null,
        });
    }

    private static short[] Talk(RtpSession sender, RtpSession receiver, short[] pcm, int lossPercent, out string keys)
    {
        var random = new Random(4);
        var heard = new List<short>();
        var frame = new short[160];
        var packet = new byte[RtpSession.MaxPacketByteCount];
        keys = "";
        for (var i = 0; i < pcm.Length / 160; i++)
        {
            var length = sender.Send(pcm.AsSpan(i * 160, 160), packet);
            if (random.Next(100) >= lossPercent) keys += receiver.Receive(packet.AsSpan(0, length), A, At(i * 20));
            receiver.Take(frame);
            heard.AddRange(frame);
        }
        return [.. heard];
    }
}
