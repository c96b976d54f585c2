using TwilioEmu.Media.Rtp.Packets;

namespace TwilioEmu.Media.Rtp;

/// <summary>Keys out of RFC 4733 reports: each once, whatever was lost or repeated.</summary>
/// <remarks>
/// RFC 4733 §2.5.1: one event, one timestamp; its end is sent three times. A key is known from the first report that arrives, be it the
/// last
/// one's repetition; one that is longer than 8 s goes on under a new timestamp (§2.5.1.3) and is told again, as a held key. Pure.
/// </remarks>
public sealed class KeyReceiver
{
    private uint _timestamp;
    private bool _hasAny;

    /// <summary>The key, when this report is the first of it.</summary>
    public char? Receive(uint timestamp, ReadOnlySpan<byte> payload)
    {
        if (!TelephoneEvent.TryRead(payload, out var report) || report.Key is not { } key) return null;
        // Also what comes late: reports of a key before this one.
        if (_hasAny && (int)(timestamp - _timestamp) <= 0) return null;
        (_timestamp, _hasAny) = (timestamp, true);
        return key;
    }

    /// <summary>A new sender counts anew.</summary>
    public void Forget() => _hasAny = false;
}
