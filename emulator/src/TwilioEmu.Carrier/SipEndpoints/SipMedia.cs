using System.Net;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>The sound of all SIP legs of a world: its ports and its one frame thread.</summary>
/// <remarks>Loop-confined but for what the frame thread does.</remarks>
internal sealed class SipMedia : IDisposable
{
    private readonly PortPool _ports;
    private readonly string _address;
    private readonly Chance _chance;

    public SipMedia(World world, Studio studio, SipListening listening)
    {
        (World, Studio, _address) = (world, studio, listening.Advertised);
        _ports = new PortPool(listening.Address, listening.RtpPorts.First, listening.RtpPorts.Last);
        _chance = world.Chances("rtp");
        Frames = new FrameClock(world.Clock, (why, fault) => world.Loop.Post(() => world.Journal.TellOfFault(fault, why)));
    }

    public World World { get; }

    public Studio Studio { get; }

    public FrameClock Frames { get; }

    /// <summary>32 random bits: sources, first sequence numbers.</summary>
    public uint NextBits() => (uint)_chance.NextBits();

    /// <summary>A pair of ports; null when all are lent.</summary>
    public RtpPorts? TryLend() => _ports.TryLend();

    /// <summary>What we bring to a negotiation over those ports.</summary>
    public AudioTerms TermsOf(RtpPorts ports) => new(_address, ports.Port, $"{NextBits()}");

    /// <summary>Where an agreement says that the peer receives; null for a name, which SDP of phones has not.</summary>
    public static IPEndPoint? PeerOf(AudioAgreement agreement) =>
        IPAddress.TryParse(agreement.RemoteAddress, out var address) ? new IPEndPoint(address, agreement.RemotePort) : null;

    public void Dispose() => Frames.Dispose();
}
