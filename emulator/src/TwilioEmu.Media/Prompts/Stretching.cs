namespace TwilioEmu.Media.Prompts;

/// <summary>Makes speech longer or shorter without changing its pitch.</summary>
/// <remarks>
/// WSOLA (Verhelst and Roelands, ICASSP 1993): windows of 32 ms are laid over one another at a new distance, each taken from where it
/// resembles best what would have followed the one before. Pure and whole-numbered: the same samples everywhere.
/// </remarks>
public static class Stretching
{
    private const int Window = 256;
    private const int Hop = Window / 2;

    // Half a period of the lowest voice (62 Hz), so that a period is always found.
    private const int Search = 64;

    /// <summary>So many samples of the same speech. Meant for factors of 0.75 to 1.33; beyond, it sounds torn.</summary>
    public static short[] To(ReadOnlySpan<short> speech, int sampleCount)
    {
        if (sampleCount == speech.Length || speech.Length < 4 * Window) return Pad(speech, sampleCount);
        var sum = new long[sampleCount + Window];
        var weights = new int[sampleCount + Window];
        var previous = 0;
        for (var at = 0; at < sampleCount; at += Hop)
        {
            var wanted = (int)((long)at * (speech.Length - Window) / Math.Max(1, sampleCount - Window));
            var from = at == 0 ? 0 : BestMatch(speech, previous + Hop, Math.Min(wanted, speech.Length - Window));
            for (var i = 0; i < Window; i++)
            {
                // A triangle: two of them, half a window apart, add up to a constant.
                var weight = i < Hop ? i + 1 : Window - i;
                sum[at + i] += speech[from + i] * weight;
                weights[at + i] += weight;
            }
            previous = from;
        }
        var stretched = new short[sampleCount];
        for (var i = 0; i < sampleCount; i++) stretched[i] = (short)(sum[i] / Math.Max(1, weights[i]));
        return stretched;
    }

    /// <summary>The same samples, and silence behind them; never less than there are.</summary>
    public static short[] Pad(ReadOnlySpan<short> speech, int sampleCount)
    {
        var padded = new short[Math.Max(sampleCount, speech.Length)];
        speech.CopyTo(padded);
        return padded;
    }

    private static int BestMatch(ReadOnlySpan<short> speech, int natural, int wanted)
    {
        var (best, bestLikeness) = (Math.Max(0, wanted), long.MinValue);
        if (natural + Window > speech.Length) return best;
        for (var from = Math.Max(0, wanted - Search); from <= Math.Min(wanted + Search, speech.Length - Window); from++)
        {
            var likeness = 0L;
            for (var i = 0; i < Window; i += 2) likeness += speech[natural + i] * speech[from + i];
            if (likeness > bestLikeness) (best, bestLikeness) = (from, likeness);
        }
        return best;
    }
}
