using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Prompts;

/// <summary>A voice of our own that needs no engine: each word hums as many notes as it has syllables, in the pitch of its voice's
/// name.</summary>
/// <remarks>Deterministic and exactly as long as the pace. A word sounds while <see cref="SpeechPace.Unfold"/> says it is spoken.</remarks>
public sealed class ToneVoice : IVoice
{
    private const double Dbm0 = -16;
    private const int LettersPerSyllable = 3;

    // Steps of a major pentatonic scale: whatever follows whatever, it is no discord.
    private static readonly double[] Scale = [1, 9 / 8.0, 5 / 4.0, 3 / 2.0, 5 / 3.0];

    public string Set => "tones-1";

    public bool IsImmediate => true;

    public Task<short[]?> SpeakAsync(string text, string voice, TimeSpan pace, CancellationToken cancellation) =>
        Task.FromResult<short[]?>(Speak(text, voice, pace));

    public static short[] Speak(string text, string voice, TimeSpan pace)
    {
        var pcm = new short[Grid.SampleCount(pace)];
        var from = 0L;
        foreach (var (word, spokenAt) in SpeechPace.Unfold(text, pace))
        {
            var until = Math.Min(pcm.Length, Grid.SampleCount(spokenAt));
            Hum(word, PitchOf(voice), pcm.AsSpan((int)from, (int)(until - from)));
            from = until;
        }
        return pcm;
    }

    /// <summary>Hertz of a voice's lowest note: 110 to 229, by its name.</summary>
    internal static int PitchOf(string voice) => 110 + (int)(Hash(voice) % 120);

    /// <summary>The notes of one word, and a short rest.</summary>
    private static void Hum(string word, int pitch, Span<short> pcm)
    {
        var sounding = pcm.Length * 9 / 10;
        var syllables = Math.Max(1, (word.Length + 1) / LettersPerSyllable);
        var peak = Sine.Peak(Dbm0);
        for (var s = 0; s < syllables; s++)
        {
            var (from, until) = (sounding * s / syllables, sounding * (s + 1) / syllables);
            var letters = word.AsSpan(word.Length * s / syllables, (word.Length * (s + 1) / syllables) - (word.Length * s / syllables));
            var hertz = (int)Math.Round(pitch * Scale[Hash(letters) % (uint)Scale.Length]);
            for (var i = from; i < until; i++)
            {
                // Swells and fades, as vowels do.
                var place = (float)(i - from) / (until - from);
                var envelope = 4 * place * (1 - place);
                var wave = Sine.At(hertz, i) + (0.5f * Sine.At(hertz * 2, i)) + (0.25f * Sine.At(hertz * 4, i));
                pcm[i] = (short)(peak * 0.7f * envelope * wave);
            }
        }
    }

    /// <summary>FNV-1a, 32 bits: the same on every machine.</summary>
    private static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 2166136261;
        foreach (var c in text) hash = (hash ^ c) * 16777619;
        return hash;
    }
}
