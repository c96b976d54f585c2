namespace TwilioEmu.Media.Dtmf;

/// <summary>How much of a block of sound is one frequency.</summary>
/// <remarks>Goertzel, American Mathematical Monthly 65 (1958). Pure.</remarks>
public static class Goertzel
{
    /// <summary>The share of one frequency in the block's energy: 1 for a sine of it alone; 0 for silence.</summary>
    /// <param name="pcm">8 kHz. The longer, the narrower: 160 samples tell 50 Hz apart.</param>
    /// <param name="hertz">Below 4000.</param>
    public static double Share(ReadOnlySpan<short> pcm, double hertz)
    {
        var energy = Energy(pcm);
        return energy == 0 ? 0 : Power(pcm, hertz) * 2 / (pcm.Length * energy);
    }

    /// <summary>Sum of squares.</summary>
    public static double Energy(ReadOnlySpan<short> pcm)
    {
        var sum = 0L;
        foreach (var sample in pcm) sum += sample * sample;
        return sum;
    }

    /// <summary>Squared magnitude of the spectrum at one frequency.</summary>
    public static double Power(ReadOnlySpan<short> pcm, double hertz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * hertz / Score.Grid.SampleRate);
        var (last, before) = (0.0, 0.0);
        foreach (var sample in pcm) (last, before) = (sample + (coefficient * last) - before, last);
        return (last * last) + (before * before) - (coefficient * last * before);
    }
}
