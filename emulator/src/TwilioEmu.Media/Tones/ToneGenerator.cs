namespace TwilioEmu.Media.Tones;

/// <summary>Sounds tones of the network. Pure: a sample depends on its number alone.</summary>
public static class ToneGenerator
{
    // Each frequency; networks send -10 dBm0 +- 5 (ITU-T E.180 3.2), North America less: ringback -19 (Bellcore GR-506).
    private const double Dbm0 = -16;
    private const float ModulationDepth = 0.9f;

    private static readonly float Peak = Sine.Peak(Dbm0);

    /// <summary>Adds samples of a tone.</summary>
    /// <param name="name">Which.</param>
    /// <param name="from">Samples since the tone began.</param>
    /// <param name="sum">Added to, 8 kHz.</param>
    /// <param name="gain">1 leaves it as it is.</param>
    public static void Add(ToneName name, long from, Span<int> sum, float gain)
    {
        if (name.Kind == ToneKind.HoldMusic)
        {
            HoldMusic.Add(from, sum, gain);
            return;
        }
        var cadence = ToneTable.Of(name);
        if (!cadence.Repeats && from >= cadence.SampleCount) return;
        var at = 0;
        var within = (int)(from % cadence.SampleCount);
        while (at < sum.Length)
        {
            foreach (var step in cadence.Steps)
            {
                if (within >= step.SampleCount)
                {
                    within -= step.SampleCount;
                    continue;
                }
                var count = Math.Min(step.SampleCount - within, sum.Length - at);
                Add(step, from + at, sum.Slice(at, count), Peak * gain);
                at += count;
                within = 0;
            }
            if (!cadence.Repeats) return;
        }
    }

    /// <summary>How long a tone sounds that does not repeat; null for one that does.</summary>
    public static TimeSpan? LengthOf(ToneName name) =>
        name.Kind != ToneKind.HoldMusic && ToneTable.Of(name) is { Repeats: false } cadence
            ? TimeSpan.FromMilliseconds(cadence.SampleCount / 8.0) : null;

    private static void Add(CadenceStep step, long from, Span<int> sum, float peak)
    {
        if (step.Hertz == 0) return;
        for (var i = 0; i < sum.Length; i++)
        {
            var value = Sine.At(step.Hertz, from + i);
            if (step.SecondHertz != 0) value += Sine.At(step.SecondHertz, from + i);
            if (step.ModulatingHertz != 0)
            {
                value *= (1 + (ModulationDepth * Sine.At(step.ModulatingHertz, from + i))) / (1 + ModulationDepth);
            }
            sum[i] += (int)(value * peak);
        }
    }
}
