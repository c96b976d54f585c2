using TwilioEmu.Media.Rtp.Packets;

namespace TwilioEmu.Media.Rtp;

/// <summary>What is counted of one incoming stream: for receiver reports and for Insights.</summary>
/// <remarks>RFC 3550 §6.4.1 and appendices A.1, A.3, A.8. One thread.</remarks>
public sealed class StreamStatistics
{
    private uint _cycles;
    private ushort _highest;
    private uint _base;
    private bool _hasAny;
    private long _expectedBefore;
    private long _receivedBefore;
    private double _transit;

    public long ReceivedCount { get; private set; }

    public long ReceivedByteCount { get; private set; }

    /// <summary>Cycles and highest sequence number, as reports have it.</summary>
    public uint ExtendedHighest => _cycles + _highest;

    /// <summary>Packets that never came; may be below zero when some came twice.</summary>
    public long LostCount => _hasAny ? ExtendedHighest - _base + 1L - ReceivedCount : 0;

    /// <summary>Of all expected, 0 to 1.</summary>
    public double LossRatio => _hasAny && LostCount > 0 ? LostCount / (ExtendedHighest - _base + 1.0) : 0;

    /// <summary>In timestamp units.</summary>
    public double Jitter { get; private set; }

    public double MaxJitter { get; private set; }

    /// <summary>A packet has come.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="arrivedAt">When, in timestamp units.</param>
    public void Receive(in RtpHeader header, double arrivedAt)
    {
        if (!_hasAny)
        {
            (_hasAny, _base, _highest) = (true, header.Sequence, header.Sequence);
            _transit = arrivedAt - header.Timestamp;
        }
        else if (RtpPacket.IsAfter(header.Sequence, _highest))
        {
            if (header.Sequence < _highest) _cycles += 0x10000;
            _highest = header.Sequence;
        }
        ReceivedCount++;
        ReceivedByteCount += header.PayloadByteCount;
        // In 32 bits, so that a timestamp that starts over makes no jump.
        var transit = arrivedAt - header.Timestamp;
        var difference = Math.Abs((transit - _transit) % uint.MaxValue);
        _transit = transit;
        if (difference > 8000 * 10) return;
        Jitter += (difference - Jitter) / 16;
        MaxJitter = Math.Max(MaxJitter, Jitter);
    }

    /// <summary>The block of the next receiver report; its fraction lost counts from the last one.</summary>
    public ReportBlock Report(uint ssrc, uint lastSenderReport, uint delaySince)
    {
        var expected = _hasAny ? ExtendedHighest - _base + 1L : 0;
        var (expectedNow, receivedNow) = (expected - _expectedBefore, ReceivedCount - _receivedBefore);
        (_expectedBefore, _receivedBefore) = (expected, ReceivedCount);
        var lost = expectedNow - receivedNow;
        var fraction = expectedNow <= 0 || lost <= 0 ? 0 : (byte)Math.Min(255, lost * 256 / expectedNow);
        return new ReportBlock(ssrc, (byte)fraction, (int)Math.Clamp(LostCount, -0x800000, 0x7FFFFF), ExtendedHighest, (uint)Jitter,
            lastSenderReport, delaySince);
    }
}
