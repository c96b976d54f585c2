using System.Net;

namespace TwilioEmu.Media.Rtp;

/// <summary>Where to send: the address in SDP, until packets come from another one.</summary>
/// <remarks>
/// Symmetric RTP (RFC 4961) through NATs: the first source that sends is latched on; another one takes over only when the former has been
/// silent for a while, so that a stray packet does not carry a call away. Pure.
/// </remarks>
public sealed class SymmetricPeer(IPEndPoint advertised)
{
    private static readonly TimeSpan SilenceBeforeAnother = TimeSpan.FromSeconds(2);

    private DateTimeOffset _lastHeard;
    private bool _isLatched;

    /// <summary>Where packets go now.</summary>
    public IPEndPoint Address { get; private set; } = advertised;

    /// <summary>Packets from others, which were dropped.</summary>
    public long StrangerCount { get; private set; }

    /// <summary>A packet has come; false when it is a stranger's and to be dropped.</summary>
    public bool Accept(IPEndPoint from, DateTimeOffset now)
    {
        if (_isLatched && !from.Equals(Address) && now - _lastHeard < SilenceBeforeAnother)
        {
            StrangerCount++;
            return false;
        }
        if (!from.Equals(Address)) Address = from;
        (_isLatched, _lastHeard) = (true, now);
        return true;
    }
}
