using System.Collections.Immutable;
using System.Globalization;

namespace TwilioEmu.Media.Tones;

/// <summary>Frequencies that sound together, then the next, and so on.</summary>
/// <remarks><c>cadence = step *("," step)</c>, <c>step = hertz [("+" / "*") hertz] ["/" milliseconds]</c>; <c>*</c> modulates by 90 %, 0
/// hertz is silence.</remarks>
internal sealed record Cadence(ImmutableArray<CadenceStep> Steps, int SampleCount, bool Repeats)
{
    public static Cadence Read(string text, bool repeats = true)
    {
        var steps = text.Split(',').Select(ReadStep).ToImmutableArray();
        return new Cadence(steps, steps.Sum(s => s.SampleCount), repeats);
    }

    private static CadenceStep ReadStep(string text)
    {
        var (tone, milliseconds) = text.Split('/') is [var t, var ms] ? (t, Number(ms)) : (text, 1000);
        var modulation = tone.Split('*');
        var sum = tone.Split('+');
        return new CadenceStep(Number(modulation[0].Split('+')[0]), sum.Length > 1 ? Number(sum[1]) : 0, modulation.Length > 1
            ? Number(modulation[1]) : 0, milliseconds * 8);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <param name="Hertz">0: silence.</param>
/// <param name="SecondHertz">Sounds along; 0: none.</param>
/// <param name="ModulatingHertz">Modulates the amplitude; 0: none.</param>
/// <param name="SampleCount">At 8 kHz.</param>
internal readonly record struct CadenceStep(int Hertz, int SecondHertz, int ModulatingHertz, int SampleCount);
