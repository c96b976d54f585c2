using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Tests.Testing;

/// <summary>A studio: makes clips of sines, renders tracks, and finds frequencies in what came out.</summary>
internal sealed class Sounds : IDisposable
{
    public Sounds(IVoice? voice = null) => Words = new SpokenWords(voice ?? new ToneVoice(), 64 << 20);

    public ClipStore Clips { get; } = new(64 << 20);

    public SpokenWords Words { get; }

    public static short[] Sine(double hertz, double milliseconds, int peak = 5000, int rate = 8000) =>
        [.. Enumerable.Range(0, (int)(milliseconds * rate / 1000))
            .Select(i => (short)Math.Round(peak * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    public Source.Clip ClipOf(short[] pcm) => new(Clips.Put(pcm), "clip", Grid.LengthOf(pcm.Length));

    /// <summary>A track that sounds one frequency.</summary>
    public Track Tone(string name, double hertz, double at = 0, double milliseconds = 1000)
    {
        var track = Scores.Track(name);
        track.Put(new Cue(Scores.At(at), 0, ClipOf(Sine(hertz, milliseconds))));
        return track;
    }

    public Task<short[]> Render(Track track, double from, double until) =>
        new Recorder(Words, Clips).PcmAsync(track, Scores.At(from), Scores.At(until), CancellationToken.None);

    /// <summary>Which of these frequencies are in the sound.</summary>
    public static IEnumerable<int> Found(ReadOnlySpan<short> pcm, params int[] hertz)
    {
        var found = new List<int>();
        foreach (var each in hertz)
        {
            if (Amplitude(pcm, each) > 200) found.Add(each);
        }
        return found;
    }

    /// <summary>Peak of the sine of this frequency within the sound.</summary>
    public static double Amplitude(ReadOnlySpan<short> pcm, double hertz) => 2 * Math.Sqrt(Goertzel.Power(pcm, hertz)) / pcm.Length;

    public void Dispose() => Words.Dispose();
}
