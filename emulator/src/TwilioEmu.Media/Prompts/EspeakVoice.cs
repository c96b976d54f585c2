using System.Globalization;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Programs;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Prompts;

/// <summary>Speaks by espeak-ng, fitted to the pace and never cut.</summary>
/// <remarks>
/// First at the engine's own rate, its silence at both ends left out; then, when that is not the pace, at the rate that is; then stretched
/// by
/// at most 25 %; then padded. What still does not fit is longer than the pace, and whole.
/// </remarks>
public sealed class EspeakVoice(IProgram espeak) : IVoice
{
    // espeak-ng(1): words a minute by default, and what it takes at most and least.
    private const int OwnRate = 175;
    private const int MaxRate = 450;
    private const int MinRate = 80;
    private const double MaxStretch = 1.25;

    // A rate that would change less than this is left to the stretching.
    private const double CloseEnough = 0.03;

    // Of 16-bit samples: the hum of an engine that is silent.
    private const int SilentBelow = 200;
    private const int MaxTextLength = 4096;

    private static readonly SoundLimits Limits = new(64 * 1024 * 1024, TimeSpan.FromMinutes(20));

    public string Set => "espeak-ng-1";

    public bool IsImmediate => false;

    public async Task<short[]?> SpeakAsync(string text, string voice, TimeSpan pace, CancellationToken cancellation)
    {
        var wanted = (int)Grid.SampleCount(pace);
        if (text.Length > MaxTextLength || wanted == 0) return null;
        var spoken = await SpeakAsync(text, voice, OwnRate, cancellation).ConfigureAwait(false);
        if (spoken is null) return null;
        if (spoken.Length == 0) return new short[wanted];
        var ratio = (double)spoken.Length / wanted;
        if (Math.Abs(ratio - 1) > CloseEnough)
        {
            var rate = Math.Clamp((int)Math.Ceiling(OwnRate * ratio), MinRate, MaxRate);
            spoken = await SpeakAsync(text, voice, rate, cancellation).ConfigureAwait(false) ?? spoken;
        }
        return Fit(spoken, wanted);
    }

    /// <summary>Stretches by at most a quarter, towards the pace, and pads.</summary>
    internal static short[] Fit(ReadOnlySpan<short> spoken, int wanted)
    {
        var target = Math.Clamp(wanted, (int)Math.Ceiling(spoken.Length / MaxStretch), (int)(spoken.Length * MaxStretch));
        return Stretching.Pad(Stretching.To(spoken, target), wanted);
    }

    private async Task<short[]?> SpeakAsync(string text, string voice, int rate, CancellationToken cancellation)
    {
        // The pitch by the voice's name, so that two of them are told apart: 30 to 70 of 99.
        var pitch = 30 + (ToneVoice.PitchOf(voice) % 41);
        string[] arguments = ["-v", VoiceLanguage.Of(voice, text), "-s", rate.ToString(CultureInfo.InvariantCulture), "-p",
            pitch.ToString(CultureInfo.InvariantCulture), "--stdout", "--stdin"];
        var run = await espeak.RunAsync(arguments, System.Text.Encoding.UTF8.GetBytes(text), cancellation).ConfigureAwait(false);
        if (run.Outcome != ProgramOutcome.Done) return null;
        var decoded = SoundDecoder.Decode("audio/wav", run.Output, Limits);
        return decoded.Fault == SoundFault.None ? WithoutSilence(decoded.Pcm) : null;
    }

    private static short[] WithoutSilence(short[] pcm)
    {
        var first = Array.FindIndex(pcm, s => Math.Abs((int)s) >= SilentBelow);
        return first < 0 ? [] : pcm[first..(Array.FindLastIndex(pcm, s => Math.Abs((int)s) >= SilentBelow) + 1)];
    }
}
