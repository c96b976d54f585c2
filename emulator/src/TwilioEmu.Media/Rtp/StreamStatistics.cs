using TwilioEmu.Media.Rtp.Packets;

namespace TwilioEmu.Media.Rtp;

/// <summary>What is counted of one incoming stream: for receiver reports and for Insights.</summary>
/// <remarks>
/// RFC 3550 §6.4.1 and appendices A.1, A.3, A.8. One thread. A sender whose sequence numbers jump is believed once the next one
/// follows (A.1): a phone that begins anew under its old source has lost nothing. What is counted goes on over such a beginning.
/// </remarks>
public sealed class StreamStatistics
{
    /// <summary>A.1: packets that may be missing before it counts as a jump.</summary>
    private const int MaxDropout = 3000;

    /// <summary>A.1: how far behind a packet may come and still be of this run.</summary>
    private const int MaxMisorder = 100;

    /// <summary>Numbers remembered behind the highest, to know one that came twice.</summary>
    private const int WindowBits = 128;

    private UInt128 _seen;
    private uint _cycles;
    private ushort _highest;
    private long _base;
    private int _wantedAfterJump = -1;
    private bool _hasAny;
    private long _expectedInFormerRuns;
    private long _expectedBefore;
    private long _receivedBefore;
    private double _transit;

    /// <summary>All that came, duplicates included.</summary>
    public long ReceivedCount { get; private set; }

    public long ReceivedByteCount { get; private set; }

    /// <summary>Packets that came again: a network that doubles them, or a sender that does.</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>Cycles and highest sequence number, as reports have it.</summary>
    public uint ExtendedHighest => _cycles + _highest;

    /// <summary>Packets that never came.</summary>
    public long MissingCount => Math.Max(0, ExpectedCount - ReceivedCount + DuplicateCount);

    /// <summary>As reports count (§6.4.1): expected less received, which is below zero when more came twice than were lost.</summary>
    public long LostCount => ExpectedCount - ReceivedCount;

    /// <summary>Of all expected, 0 to 1.</summary>
    public double LossRatio => ExpectedCount > 0 ? (double)MissingCount / ExpectedCount : 0;

    /// <summary>In timestamp units.</summary>
    public double Jitter { get; private set; }

    public double MaxJitter { get; private set; }

    private long ExpectedCount => _expectedInFormerRuns + (_hasAny ? ExtendedHighest - _base + 1 : 0);

    /// <summary>A packet has come.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="arrivedAt">When, in timestamp units.</param>
    public void Receive(in RtpHeader header, double arrivedAt)
    {
        if (!TryPlace(header.Sequence)) return;
        ReceivedCount++;
        ReceivedByteCount += header.PayloadByteCount;
        // In 32 bits, so that a timestamp that starts over makes no jump.
        var transit = arrivedAt - header.Timestamp;
        var difference = ReceivedCount == 1 ? 0 : Math.Abs((transit - _transit) % uint.MaxValue);
        _transit = transit;
        if (difference > 8000 * 10) return;
        Jitter += (difference - Jitter) / 16;
        MaxJitter = Math.Max(MaxJitter, Jitter);
    }

    /// <summary>The block of the next receiver report; its fraction lost counts from the last one.</summary>
    public ReportBlock Report(uint ssrc, uint lastSenderReport, uint delaySince)
    {
        var expected = ExpectedCount;
        var (expectedNow, receivedNow) = (expected - _expectedBefore, ReceivedCount - _receivedBefore);
        (_expectedBefore, _receivedBefore) = (expected, ReceivedCount);
        var lost = expectedNow - receivedNow;
        var fraction = expectedNow <= 0 || lost <= 0 ? 0 : (byte)Math.Min(255, lost * 256 / expectedNow);
        return new ReportBlock(
            ssrc, (byte)fraction, (int)Math.Clamp(LostCount, -0x800000, 0x7FFFFF), ExtendedHighest, (uint)Jitter,
            lastSenderReport, delaySince);
    }

    /// <summary>A.1: in order, late, again, or the first of a run; false for a jump that nothing has borne out.</summary>
    private bool TryPlace(ushort sequence)
    {
        if (!_hasAny)
        {
            Begin(sequence);
            return true;
        }
        var ahead = (ushort)(sequence - _highest);
        if (ahead is > 0 and < MaxDropout)
        {
            if (sequence < _highest) _cycles += 0x10000;
            _highest = sequence;
            _seen = ahead < WindowBits ? (_seen << ahead) | 1 : 1;
        }
        else if (ahead == 0 || ahead > 0x10000 - MaxMisorder) TakeLate((ushort)(_highest - sequence));
        else if (sequence != _wantedAfterJump)
        {
            _wantedAfterJump = (ushort)(sequence + 1);
            return false;
        }
        else
        {
            // The one before it was the first of the new run, and was not counted.
            var former = ExpectedCount;
            Begin((ushort)(sequence - 1));
            (_highest, _seen, _expectedInFormerRuns) = (sequence, 0b11, former);
            if (sequence == 0) _cycles = 0x10000;
            ReceivedCount++;
        }
        _wantedAfterJump = -1;
        return true;
    }

    /// <summary>Late, or again; one from before the first that came makes the run begin there.</summary>
    private void TakeLate(int behind)
    {
        var bit = UInt128.One << behind;
        if ((_seen & bit) != 0) DuplicateCount++;
        _seen |= bit;
        _base = Math.Min(_base, (long)ExtendedHighest - behind);
    }

    private void Begin(ushort sequence)
    {
        (_hasAny, _base, _highest, _cycles, _seen, _expectedInFormerRuns) = (true, sequence, sequence, 0, 1, 0);
    }
}
