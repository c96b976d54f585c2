using System.Net;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Where SIP and RTP are listened for.</summary>
public sealed record SipListening
{
    /// <summary>Pairs enough for 500 calls (inferred).</summary>
    public static readonly (int First, int Last) UsualRtpPorts = (40000, 40999);

    /// <summary>To bind to.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>UDP and TCP, the same number; 0 picks a free one.</summary>
    public required int Port { get; init; }

    /// <summary>True goes on without SIP when somebody else has the port: nobody asked for this one.</summary>
    public bool IsOnlyIfFree { get; init; }

    /// <summary>First and last port of the sound, both included.</summary>
    public (int First, int Last) RtpPorts { get; init; } = UsualRtpPorts;

    /// <summary>The address written into Contact, Via and SDP; null for the one that is bound, or 127.0.0.1 where that is any.</summary>
    public string? Host { get; init; }

    /// <summary>The address that peers are told.</summary>
    public string Advertised => Host ?? (Address.Equals(IPAddress.Any) ? "127.0.0.1" : Address.Equals(IPAddress.IPv6Any) ? "::1" : Address.ToString());
}
