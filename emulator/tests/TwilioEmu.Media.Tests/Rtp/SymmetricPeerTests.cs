using System.Net;
using TwilioEmu.Media.Rtp;
using static TwilioEmu.Media.Tests.Testing.Scores;

namespace TwilioEmu.Media.Tests.Rtp;

public sealed class SymmetricPeerTests
{
    private static readonly IPEndPoint Told = new(IPAddress.Parse("10.0.0.1"), 4000);
    private static readonly IPEndPoint Seen = new(IPAddress.Parse("192.0.2.7"), 61000);
    private static readonly IPEndPoint Stranger = new(IPAddress.Parse("198.51.100.9"), 9);

    private readonly SymmetricPeer _peer = new(Told);

    [Fact]
    public void Packets_go_back_to_where_they_come_from()
    {
        _peer.Address.Should().Be(Told);
        _peer.Accept(Seen, At(0)).Should().BeTrue();
        _peer.Address.Should().Be(Seen);
    }

    [Fact]
    public void A_stray_packet_does_not_carry_the_call_away()
    {
        _peer.Accept(Seen, At(0));
        _peer.Accept(Stranger, At(500)).Should().BeFalse();
        _peer.Address.Should().Be(Seen);
        _peer.StrangerCount.Should().Be(1);
    }

    [Fact]
    public void Who_comes_after_a_long_silence_takes_over()
    {
        _peer.Accept(Seen, At(0));
        _peer.Accept(Stranger, At(2000)).Should().BeTrue();
        _peer.Address.Should().Be(Stranger);
    }
}
