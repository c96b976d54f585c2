using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Media.Rtp.Secure;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>The sound of all SIP legs of a world: its ports and its one frame thread.</summary>
/// <remarks>Loop-confined but for what the frame thread does.</remarks>
internal sealed class SipMedia : IDisposable
{
    private static readonly (SrtpSuite Suite, SrtpProfile Profile)[] Suites =
    [
        (SrtpSuite.AesCm128HmacSha1With80BitTag, SrtpProfile.AesCm128HmacSha1Tag80),
        (SrtpSuite.AesCm128HmacSha1With32BitTag, SrtpProfile.AesCm128HmacSha1Tag32),
        (SrtpSuite.AeadAes128Gcm, SrtpProfile.Aes128Gcm), (SrtpSuite.AeadAes256Gcm, SrtpProfile.Aes256Gcm),
    ];

    private readonly PortPool _ports;
    private readonly string _address;
    private readonly Chance _chance;

    public SipMedia(World world, Studio studio, SipListening listening)
    {
        (World, Studio, _address, Timeout, Bound) = (world, studio, listening.Advertised, listening.RtpTimeout, listening.Address);
        Ports = $"{listening.RtpPorts.First}-{listening.RtpPorts.Last}";
        _ports = new PortPool(listening.Address, listening.RtpPorts.First, listening.RtpPorts.Last);
        _chance = world.KeptChances("rtp");
        Frames = new FrameClock(world.Clock, (why, fault) => world.Loop.Post(() => world.Journal.TellOfFault(fault, why)));
    }

    public World World { get; }

    public Studio Studio { get; }

    public FrameClock Frames { get; }

    /// <summary>What the sockets are bound to.</summary>
    public IPAddress Bound { get; }

    /// <summary>How long a phone may be silent on the wire.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>What ports are lent: <c>40000-40999</c>.</summary>
    public string Ports { get; }

    /// <summary>32 random bits: sources, first sequence numbers.</summary>
    public uint NextBits() => (uint)_chance.NextBits();

    /// <summary>A pair of ports; null when all are lent.</summary>
    public RtpPorts? TryLend() => _ports.TryLend();

    /// <summary>What we bring to a negotiation at that port. Keys are of the system's randomness: they are worth something.</summary>
    public AudioTerms TermsFor(int port, SrtpUse use) => new(_address, port, $"{NextBits()}")
    {
        SessionName = GatewayHeaders.SessionName,
        Username = GatewayHeaders.SessionOwner,
        MaxPtime = TimeSpan.FromMilliseconds(20),
        Srtp = use,
        SrtpKeys = use == SrtpUse.Never
            ? []
            : [
                .. Suites.Select(s =>
                    (s.Suite, RandomNumberGenerator.GetBytes(s.Profile.KeyByteCount() + s.Profile.SaltByteCount()).ToImmutableArray())),
            ],
    };

    /// <summary>
    /// Twilio's domains take SRTP where they are told to require it, and else refuse it (32207, 32208); a carrier takes what comes.
    /// </summary>
    public static SrtpUse UseOf(SipDomain domain) =>
        domain.Kind == SipDomainKind.Carrier ? SrtpUse.WhenOffered : domain.IsSecure ? SrtpUse.Always : SrtpUse.Never;

    /// <summary>The cipher of a key that was agreed on; null in the clear.</summary>
    public static SrtpStream? StreamOf(SrtpCrypto? crypto)
    {
        if (crypto is null) return null;
        var profile = Array.Find(Suites, s => s.Suite == crypto.Suite).Profile;
        var key = crypto.KeyAndSalt.AsSpan();
        return new SrtpStream(profile, key[..profile.KeyByteCount()], key[profile.KeyByteCount()..]);
    }

    /// <summary>
    /// Where an agreement says that the peer receives; port 0 where it names nowhere, until its first packet tells (RFC 4961).
    /// </summary>
    public static IPEndPoint PeerOf(AudioAgreement agreement) =>
        IPAddress.TryParse(agreement.RemoteAddress, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? new IPEndPoint(address, agreement.RemotePort) : new IPEndPoint(IPAddress.Any, 0);

    public void Dispose()
    {
        Frames.Dispose();
        _ports.Dispose();
    }
}
