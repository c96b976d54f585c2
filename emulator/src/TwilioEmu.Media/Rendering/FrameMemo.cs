using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rendering;

/// <summary>What has been rendered of tracks and mixes in the last two frames, and buffers for the rest.</summary>
/// <remarks>Allocates while it grows to what a frame needs, then no more. What has not been asked for during a second is
/// forgotten.</remarks>
internal sealed class FrameMemo
{
    private const int ForgottenAfterFrames = 50;

    private readonly Dictionary<Track, TrackMemo> _tracks = [];
    private readonly Dictionary<Mix, MixMemo> _mixes = [];
    private readonly List<short[]> _frames = [];
    private readonly List<int[]> _sums = [];
    private readonly List<Track> _oldTracks = [];
    private readonly List<Mix> _oldMixes = [];
    private int _framesInUse;
    private int _sumsInUse;
    private long _lastSweep = long.MinValue;

    /// <summary>A new rendering begins: buffers that were lent are free again.</summary>
    public void Begin(long frame)
    {
        (_framesInUse, _sumsInUse) = (0, 0);
        if (_lastSweep != long.MinValue && Math.Abs(frame - _lastSweep) < ForgottenAfterFrames) return;
        _lastSweep = frame;
        foreach (var (track, memo) in _tracks)
        {
            if (memo.IsOlderThan(frame - ForgottenAfterFrames)) _oldTracks.Add(track);
        }
        foreach (var (mix, memo) in _mixes)
        {
            if (memo.Frame < frame - ForgottenAfterFrames) _oldMixes.Add(mix);
        }
        foreach (var track in _oldTracks) _tracks.Remove(track);
        foreach (var mix in _oldMixes) _mixes.Remove(mix);
        _oldTracks.Clear();
        _oldMixes.Clear();
    }

    public TrackMemo Of(Track track) => _tracks.TryGetValue(track, out var memo) ? memo : _tracks[track] = new TrackMemo();

    public MixMemo Of(Mix mix) => _mixes.TryGetValue(mix, out var memo) ? memo : _mixes[mix] = new MixMemo();

    /// <summary>160 samples until the next <see cref="Begin"/>, of whatever content.</summary>
    public short[] LendFrame()
    {
        if (_framesInUse == _frames.Count) _frames.Add(new short[Grid.FrameSampleCount]);
        return _frames[_framesInUse++];
    }

    /// <summary>160 zeros; give it back in the order of a stack.</summary>
    public int[] LendSum()
    {
        if (_sumsInUse == _sums.Count) _sums.Add(new int[Grid.FrameSampleCount]);
        var sum = _sums[_sumsInUse++];
        Array.Clear(sum);
        return sum;
    }

    public void GiveBackSum() => _sumsInUse--;
}

/// <summary>The last two frames of a track, and the samples of what its lanes play.</summary>
internal sealed class TrackMemo
{
    private readonly short[][] _pcm = [new short[Grid.FrameSampleCount], new short[Grid.FrameSampleCount]];
    private readonly long[] _frames = [long.MinValue, long.MinValue];
    private readonly int[] _counts = new int[2];
    private readonly int[] _heights = new int[2];
    private readonly (Source? Source, ReadOnlyMemory<short> Pcm)[] _sounds = new (Source?, ReadOnlyMemory<short>)[Track.LaneCount];

    public bool IsOlderThan(long frame) => _frames[0] < frame && _frames[1] < frame;

    /// <summary>The frame as it was rendered, if nothing has been put on the track since, and if it has no more tracks behind it than may
    /// be heard here.</summary>
    public short[]? Find(long frame, int cueCount, int maxHeight, out int height)
    {
        var place = _frames[0] == frame ? 0 : 1;
        height = _heights[place];
        return _frames[place] == frame && _counts[place] == cueCount && height <= maxHeight ? _pcm[place] : null;
    }

    /// <summary>Where to keep a frame; null when it is older than both that are kept.</summary>
    public short[]? Keep(long frame, int cueCount, int height)
    {
        var place = _frames[0] == frame ? 0 : _frames[1] == frame ? 1 : _frames[0] <= _frames[1] ? 0 : 1;
        if (frame < _frames[place]) return null;
        (_frames[place], _counts[place], _heights[place]) = (frame, cueCount, height);
        return _pcm[place];
    }

    /// <summary>Samples of words or a file that a lane played when it was last asked.</summary>
    public bool TryGetSound(int lane, Source source, out ReadOnlyMemory<short> pcm)
    {
        pcm = _sounds[lane].Pcm;
        return ReferenceEquals(_sounds[lane].Source, source);
    }

    public void RememberSound(int lane, Source source, ReadOnlyMemory<short> pcm) => _sounds[lane] = (source, pcm);
}

/// <summary>The voices of a mix during one frame, and the sum of those that all hear.</summary>
internal sealed class MixMemo
{
    public long Frame { get; set; } = long.MinValue;

    public int StepCount { get; set; }

    /// <summary>Tracks behind one another, behind it.</summary>
    public int Height { get; set; }

    public int[] Sum { get; } = new int[Grid.FrameSampleCount];

    public List<MixPart> Parts { get; } = [];
}

/// <param name="Voice">Whose.</param>
/// <param name="Pcm">160 samples.</param>
/// <param name="From">First sample during which it is in the mix.</param>
/// <param name="Until">The sample after its last.</param>
internal readonly record struct MixPart(MixVoice Voice, short[] Pcm, int From, int Until);
