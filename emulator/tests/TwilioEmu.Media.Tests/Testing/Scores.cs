using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Tests.Testing;

/// <summary>Short words for scores.</summary>
internal static class Scores
{
    public static DateTimeOffset At(double milliseconds) => ManualClock.Start + TimeSpan.FromMilliseconds(milliseconds);

    public static Track Track(string name = "t") => new(new TrackId(name));

    public static Track Say(this Track track, double at, string text, int lane = 0, double? paceMilliseconds = null)
    {
        var pace = paceMilliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : SpeechPace.DurationOf(text);
        track.Put(new Cue(At(at), lane, new Source.Words(text, "", pace)));
        return track;
    }

    public static Track Hush(this Track track, double at, int lane = 0)
    {
        track.Put(new Cue(At(at), lane, new Source.Silence()));
        return track;
    }

    public static Track Follow(this Track track, double at, Track other, int lane = 0)
    {
        track.Put(new Cue(At(at), lane, new Source.Of(other)));
        return track;
    }

    public static Track Play(this Track track, double at, ToneKind tone, double? milliseconds = null, int lane = 0)
    {
        track.Put(
            new Cue(At(at), lane, new Source.Tone(new ToneName(tone), milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null)));
        return track;
    }
}
