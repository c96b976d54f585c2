using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Listening;

/// <summary>What sounds on a track at one instant, through every track and mix it plays, and until when that stands.</summary>
/// <remarks>
/// Goes on from instant to instant. The way through tracks and mixes is walked whole only when it may lead elsewhere;
/// else the tracks at its ends are looked at again
/// that have more cues, or whose cues are over: one voice of a conference that speaks costs its listeners no look at the others. What is
/// reached on several ways sounds once: on the shortest that was met first.
/// </remarks>
internal sealed class Surroundings
{
    /// <summary>So many tracks may lie behind one another; what is further off is not heard.</summary>
    public const int MaxHops = 8;

    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private readonly HashSet<Track> _path = [];
    private readonly HashSet<(Track, int)> _sounding = [];
    private readonly List<Place> _places = [];
    private readonly List<(Mix Mix, int Count)> _mixes = [];
    private readonly List<(SpeechLog Log, int Count)> _logs = [];

    // Where the way may lead elsewhere, as mixes and logs stand.
    private DateTimeOffset _turning = Never;

    // One track is reached on several ways: which of them counts is known by walking alone.
    private bool _isTangled;

    /// <summary>The tracks on the way, in the order in which they are met, with what sounds on each.</summary>
    public List<Place> Places => _places;

    /// <summary>
    /// Every track, mix and log of speech on the way: what may change this. Another one only when <see cref="WalkCount"/> is.
    /// </summary>
    public HashSet<object> Reached { get; } = [];

    /// <summary>How often the way was walked whole.</summary>
    public int WalkCount { get; private set; }

    /// <summary>The first instant after this one at which it may be otherwise, as the score stands; null: never.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>True for a cue, by its track and index, that sounds.</summary>
    public bool Sounds((Track Track, int Index) key) => _sounding.Contains(key);

    /// <param name="track">The same each time.</param>
    /// <param name="at">Not before the last one.</param>
    public void Survey(Track track, DateTimeOffset at)
    {
        if (LeadsElsewhere(at) || !TryLook(at)) Walk(track, at);
        var next = _turning;
        foreach (var place in _places) if (place.Next < next) next = place.Next;
        Next = next == Never ? null : next;
    }

    private bool LeadsElsewhere(DateTimeOffset at)
    {
        if (WalkCount == 0 || _isTangled || _turning <= at) return true;
        foreach (var (mix, count) in _mixes) if (mix.Count != count) return true;
        foreach (var (log, count) in _logs) if (log.Count != count) return true;
        return false;
    }

    /// <summary>Looks again at the ends of the way where something has changed; false when they lead on.</summary>
    private bool TryLook(DateTimeOffset at)
    {
        foreach (var place in _places)
        {
            if (place.Track.Count == place.Count && place.Next > at) continue;
            if (place.LeadsOn) return false;
            foreach (var (key, _) in place.Sounds) _sounding.Remove(key);
            place.Begin(at);
            for (var lane = 0; lane < Track.LaneCount; lane++)
            {
                if (place.HeadOf(lane, at) is not (>= 0 and var index)) continue;
                if (LeadsOn(place.Track[index].Source)) return false;
                Add(place, lane, index);
            }
        }
        return true;
    }

    private void Walk(Track track, DateTimeOffset at)
    {
        WalkCount++;
        _sounding.Clear();
        _places.Clear();
        _mixes.Clear();
        _logs.Clear();
        Reached.Clear();
        (_turning, _isTangled) = (Never, false);
        Enter(track, at, null, 0, null);
    }

    private void Enter(Track track, DateTimeOffset at, PartyId? by, int hops, int? outerLane)
    {
        if (hops > MaxHops) return;
        if (!Reached.Add(track)) _isTangled = true;
        if (!_path.Add(track)) return;
        var place = Add(track, at, by, outerLane);
        for (var lane = 0; lane < Track.LaneCount; lane++)
        {
            if (place.HeadOf(lane, at) is not (>= 0 and var index)) continue;
            var source = track[index].Source;
            place.LeadsOn |= LeadsOn(source);
            switch (source)
            {
                case Source.Silence: break;
                case Source.Of of:
                    Enter(of.Track, at, by, hops + 1, outerLane ?? lane);
                    break;
                case Source.Mixed mixed:
                    Enter(mixed, at, hops + 1, outerLane ?? lane);
                    break;
                default:
                    if (source is Source.Live live) Follow(live.Input.Speech, at);
                    // What is on lanes behind a mix comes after its voices.
                    if (place != _places[^1])
                    {
                        place = Add(track, at, by, outerLane);
                        place.LeadsOn = true;
                    }
                    Add(place, lane, index);
                    break;
            }
        }
        _path.Remove(track);
    }

    private void Enter(Source.Mixed mixed, DateTimeOffset at, int hops, int lane)
    {
        Reached.Add(mixed.Mix);
        _mixes.Add((mixed.Mix, mixed.Mix.Count));
        Turn(mixed.Mix.NextAfter(at));
        foreach (var voice in mixed.Mix.At(at))
        {
            if (voice.IsHeardBy(mixed.Without)) Enter(voice.Track, at, voice.Who, hops, lane);
        }
    }

    private void Follow(SpeechLog log, DateTimeOffset at)
    {
        Reached.Add(log);
        _logs.Add((log, log.Count));
        Turn(log.NextAfter(at));
    }

    private Place Add(Track track, DateTimeOffset at, PartyId? by, int? outerLane)
    {
        var place = new Place(track, by, outerLane);
        place.Begin(at);
        _places.Add(place);
        return place;
    }

    private void Add(Place place, int lane, int index)
    {
        if (place.Track[index].Source is not Source.Silence && _sounding.Add((place.Track, index))) place.Add(lane, index);
    }

    private void Turn(DateTimeOffset? instant)
    {
        if (instant is { } i && i < _turning) _turning = i;
    }

    /// <summary>True where more than the track's own cues decides what sounds.</summary>
    private static bool LeadsOn(Source source) => source is Source.Of or Source.Mixed or Source.Live;

    /// <summary>Something that sounds.</summary>
    /// <param name="Cue">What.</param>
    /// <param name="By">Whose voice it is.</param>
    /// <param name="Lane">Of the track that is listened to.</param>
    public readonly record struct Sound(Cue Cue, PartyId? By, int Lane);

    /// <summary>A track on the way, as it was seen last.</summary>
    internal sealed class Place(Track track, PartyId? by, int? outerLane)
    {
        private readonly List<((Track, int) Key, Sound Sound)> _sounds = new(1);
        private int _countAt;

        public Track Track => track;

        /// <summary>Cues it had.</summary>
        public int Count { get; private set; }

        /// <summary>When its own cues change what sounds on it.</summary>
        public DateTimeOffset Next { get; private set; } = Never;

        /// <summary>True where what is heard of it is decided elsewhere too.</summary>
        public bool LeadsOn { get; set; }

        public List<((Track Track, int Index) Key, Sound Sound)> Sounds => _sounds;

        public void Begin(DateTimeOffset at)
        {
            // Before anything else is read of it: what comes meanwhile is seen the next time.
            Count = track.Count;
            _countAt = track.CountAt(at);
            Next = track.NextAfter(at) ?? Never;
            _sounds.Clear();
        }

        /// <summary>The cue a lane obeys; -1 when there is none, or it is over.</summary>
        public int HeadOf(int lane, DateTimeOffset at)
        {
            var index = track.HeadOf(lane, _countAt);
            if (index < 0 || track[index].EndsBy is not { } end) return index;
            if (end <= at) return -1;
            if (end < Next) Next = end;
            return index;
        }

        public void Add(int lane, int index) => _sounds.Add(((track, index), new Sound(track[index], by, outerLane ?? lane)));
    }
}
