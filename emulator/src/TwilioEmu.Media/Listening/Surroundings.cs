using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Listening;

/// <summary>What sounds on a track at one instant, through every track and mix it plays, and until when that stands.</summary>
/// <remarks>Reused from one instant to the next. What is reached on several ways sounds once: on the shortest that was met first.</remarks>
internal sealed class Surroundings
{
    /// <summary>So many tracks may lie behind one another; what is further off is not heard.</summary>
    public const int MaxHops = 8;

    private readonly HashSet<Track> _path = [];

    /// <summary>What sounds: the cue by its track and index.</summary>
    public Dictionary<(Track Track, int Index), Sound> Sounds { get; } = [];

    /// <summary>Every track, mix and log of speech on the way: what may change this.</summary>
    public HashSet<object> Reached { get; } = [];

    /// <summary>The first instant after this one at which it may be otherwise, as the score stands; null: never.</summary>
    public DateTimeOffset? Next { get; private set; }

    public void Survey(Track track, DateTimeOffset at)
    {
        Sounds.Clear();
        Reached.Clear();
        Next = null;
        Enter(track, at, null, 0, null);
    }

    private void Enter(Track track, DateTimeOffset at, PartyId? by, int hops, int? outerLane)
    {
        if (hops > MaxHops || !_path.Add(track)) return;
        Reached.Add(track);
        Expect(track.NextAfter(at));
        var count = track.CountAt(at);
        for (var lane = 0; lane < Track.LaneCount; lane++)
        {
            var index = track.HeadOf(lane, count);
            if (index < 0) continue;
            var cue = track[index];
            if (cue.EndsBy is { } end)
            {
                if (end <= at) continue;
                Expect(end);
            }
            var heardOn = outerLane ?? lane;
            switch (cue.Source)
            {
                case Source.Silence: break;
                case Source.Of of: Enter(of.Track, at, by, hops + 1, heardOn); break;
                case Source.Mixed mixed: Enter(mixed, at, hops + 1, heardOn); break;
                case Source.Live live:
                    Reached.Add(live.Input.Speech);
                    Expect(live.Input.Speech.NextAfter(at));
                    Sounds.TryAdd((track, index), new Sound(cue, by, heardOn));
                    break;
                default: Sounds.TryAdd((track, index), new Sound(cue, by, heardOn)); break;
            }
        }
        _path.Remove(track);
    }

    private void Enter(Source.Mixed mixed, DateTimeOffset at, int hops, int lane)
    {
        Reached.Add(mixed.Mix);
        Expect(mixed.Mix.NextAfter(at));
        foreach (var voice in mixed.Mix.At(at))
        {
            if (voice.IsHeardBy(mixed.Without)) Enter(voice.Track, at, voice.Who, hops, lane);
        }
    }

    private void Expect(DateTimeOffset? instant)
    {
        if (instant is { } i && (Next is null || i < Next)) Next = i;
    }

    public readonly record struct Sound(Cue Cue, PartyId? By, int Lane);
}
