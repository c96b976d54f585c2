using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Rtp;
using TwilioEmu.Media.Rtp.Packets;
using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Measures the sound of one SIP leg, all of it and ten seconds at a time.</summary>
/// <remarks>
/// Not thread-safe: under the lock of the leg's sound. Samples of ten seconds:
/// twilio.com/docs/voice/voice-insights/api/call/call-metrics-resource.
/// </remarks>
internal sealed class SoundMeter
{
    /// <summary>Frames of a sample.</summary>
    public const int SampleFrameCount = 500;

    private const double TicksPerUnit = TimeSpan.TicksPerSecond / 8000.0;

    private StreamTotals _before;
    private int _lostThereBefore;
    private Tally _all;
    private Tally _sample;

    /// <summary>A frame has gone by; true once a sample is whole.</summary>
    /// <param name="jitter">Now, in timestamp units.</param>
    public bool Tick(double jitter)
    {
        _all.Add(jitter);
        _sample.Add(jitter);
        return _sample.Count >= SampleFrameCount;
    }

    /// <summary>What the sample came to; the next one begins.</summary>
    public LegSound TakeSample(AudioAgreement agreement, StreamTotals totals, ReportBlock? report)
    {
        var since = new StreamTotals(
            totals.Sent - _before.Sent, totals.Received - _before.Received, Math.Max(0, totals.Missing - _before.Missing),
            totals.Duplicates - _before.Duplicates);
        var sample = Of(agreement, since, _sample, report);
        (_before, _sample) = (totals, default);
        if (sample.LostThere is not { } lost) return sample;

        // A report counts since the stream began.
        var lostSince = Math.Max(0, lost - _lostThereBefore);
        _lostThereBefore = lost;
        return sample with { LostThere = lostSince };
    }

    /// <summary>What all of it came to.</summary>
    public LegSound Whole(AudioAgreement agreement, StreamTotals totals, ReportBlock? report) => Of(agreement, totals, _all, report);

    private static LegSound Of(AudioAgreement agreement, StreamTotals totals, Tally jitter, ReportBlock? report) => new()
    {
        Codec = AudioFormats.NameOf(agreement.Codec),
        Remote = $"{agreement.RemoteAddress}:{agreement.RemotePort}",
        Sent = totals.Sent,
        Received = totals.Received,
        Lost = totals.Missing,
        Duplicates = totals.Duplicates,
        Jitter = Time(jitter.Count == 0 ? 0 : jitter.Sum / jitter.Count),
        MaxJitter = Time(jitter.Max),
        LostThere = report is { } block ? Math.Max(0, block.CumulativeLost) : null,
        JitterThere = report is { } told ? Time(told.Jitter) : null,
    };

    private static TimeSpan Time(double units) => TimeSpan.FromTicks((long)(units * TicksPerUnit));

    private struct Tally
    {
        public int Count;
        public double Sum;
        public double Max;

        public void Add(double value)
        {
            Count++;
            Sum += value;
            Max = Math.Max(Max, value);
        }
    }
}
