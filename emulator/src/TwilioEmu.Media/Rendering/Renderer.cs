using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Rendering;

/// <summary>Renders tracks and mixes at 8 kHz.</summary>
/// <remarks>
/// What is rendered is a function of the score alone, up to the end of the frame: the same score, the same samples, in any order and by any
/// instance. Cues are cut at the sample. A track within a circle (a number that dials itself, a conference that dials into itself) is heard
/// one
/// frame late each time round, eight tracks deep; a circle's edge is where a track would have to know itself. A conference costs two
/// additions for each member: the sum of all, less one's own. A cue that is put into a frame after another track has taken that frame is
/// heard
/// from the next one on.
/// </remarks>
public sealed class Renderer(SpokenWords words, IClipStore clips) : IRenderer
{
    /// <summary>Tracks behind one another; what is further off is silent, as in <c>Listening</c>.</summary>
    private const int MaxHops = 8;

    // Circles that fork (a conference that dials itself twice) would double with each hop.
    private const int MaxTracksInCircles = 2000;

    // Words that are longer than their pace sound on over what follows; so many cues of the lane are looked back upon.
    private const int MaxTails = 4;

    private static readonly short[] Silent = new short[Grid.FrameSampleCount];

    private readonly FrameMemo _memo = new();
    private readonly Stack<MixMemo> _spareMixes = new();
    private readonly List<(Track Track, long Frame)> _path = [];
    private readonly List<Source.Words> _missing = [];
    private int _impurities;
    private int _deepest;
    private int _circled;

    /// <summary>Words of the last frame whose samples are not there yet: prepare them and render it again. Until then they are
    /// silent.</summary>
    public IReadOnlyList<Source.Words> Missing => _missing;

    /// <summary>Files of the last frames that were dropped from the store, or never were there.</summary>
    public long LostClipFrameCount { get; private set; }

    public void Render(Track track, long frame, Span<short> pcm)
    {
        _memo.Begin(frame);
        _missing.Clear();
        _circled = 0;
        FrameOf(track, frame, 0).CopyTo(pcm);
    }

    private short[] FrameOf(Track track, long frame, int hops)
    {
        while (_path.Contains((track, frame)))
        {
            _impurities++;
            frame--;
            hops++;
        }
        var memo = _memo.Of(track);
        var cueCount = track.Count;
        if (memo.Find(frame, cueCount, MaxHops - hops, out var height) is { } known)
        {
            _deepest = Math.Max(_deepest, hops + height);
            return known;
        }
        if (hops > MaxHops || (_impurities > 0 && ++_circled > MaxTracksInCircles))
        {
            _impurities++;
            return Silent;
        }
        // What depends on where one came from is not remembered: somebody else may come another way.
        var impurities = _impurities;
        var deepest = _deepest;
        _deepest = hops;
        _path.Add((track, frame));
        var sum = _memo.LendSum();
        AddLanes(track, memo, frame, sum, hops);
        _path.RemoveAt(_path.Count - 1);
        var kept = _impurities == impurities ? memo.Keep(frame, cueCount, _deepest - hops) : null;
        _deepest = Math.Max(_deepest, deepest);
        // Nor is what is older than what is kept; a mix must not remember its buffer either, which is only lent.
        if (kept is null) _impurities++;
        var into = kept ?? _memo.LendFrame();
        Samples.Clip(sum, into);
        _memo.GiveBackSum();
        if (_path.Count == 0) _impurities = 0;
        return into;
    }

    private void AddLanes(Track track, TrackMemo memo, long frame, Span<int> sum, int hops)
    {
        var first = frame * Grid.FrameSampleCount;
        var count = track.CountAt(Grid.InstantOf(first + 1) - TimeSpan.FromTicks(1));
        var until = track.CountAt(Grid.InstantOf(first + Grid.FrameSampleCount) - TimeSpan.FromTicks(1));
        for (var lane = 0; lane < Track.LaneCount; lane++)
        {
            var current = track.HeadOf(lane, count);
            var from = 0;
            for (var next = count; next < until; next++)
            {
                var cue = track[next];
                if (cue.Lane != lane) continue;
                var at = (int)(Grid.SampleAt(cue.At) - first);
                if (at > from) AddCue(track, memo, current, frame, from, sum[from..at], hops);
                (current, from) = (next, at);
            }
            AddCue(track, memo, current, frame, from, sum[from..], hops);
        }
    }

    /// <summary>Adds what a lane plays while it obeys one cue, and what still sounds of words before it.</summary>
    private void AddCue(Track track, TrackMemo memo, int index, long frame, int from, Span<int> sum, int hops)
    {
        if (index < 0) return;
        var cue = track[index];
        var sample = (frame * Grid.FrameSampleCount) + from;
        var offset = sample - Grid.SampleAt(cue.At) + Grid.SampleCount(cue.From);
        var gain = Samples.GainOf(cue.Decibels);
        switch (cue.Source)
        {
            case Source.Silence: break;
            case Source.Words: AddSound(memo, cue, offset, sum, gain); break;
            case Source.Clip clip: AddSound(memo, cue, offset, Within(sum, offset, clip.Length), gain); break;
            case Source.Keys keys: DtmfTone.AddAll(keys.Digits, offset, Within(sum, offset, keys.Pace), gain); break;
            case Source.Tone tone: ToneGenerator.Add(tone.Name, offset, Within(sum, offset, tone.For), gain); break;
            case Source.Live live:
                var heard = _memo.LendFrame();
                if (live.Input.TryRead(frame, heard)) Samples.Add(heard.AsSpan(from, sum.Length), sum, gain);
                break;
            case Source.Of of: Samples.Add(FrameOf(of.Track, frame, hops + 1).AsSpan(from, sum.Length), sum, gain); break;
            case Source.Mixed mixed: AddMix(mixed, frame, from, sum, gain, hops); break;
            default: throw new InvalidOperationException($"Nothing that sounds: {cue.Source}");
        }
        AddTails(track, index, cue.At, sample, sum);
    }

    private void AddTails(Track track, int index, DateTimeOffset at, long sample, Span<int> sum)
    {
        for (var i = 0; i < MaxTails && track.Former(index) is var former and >= 0; i++)
        {
            var cue = track[former];
            // What was cut off by the next cue has no tail.
            if (cue.EndsBy is not { } end || end > at) return;
            var offset = sample - Grid.SampleAt(cue.At) + Grid.SampleCount(cue.From);
            if (cue.Source is Source.Words spoken && words.MayBeLonger(spoken) && words.TryGet(spoken, out var pcm) && offset < pcm.Length)
            {
                Samples.Add(Slice(pcm.Span, offset, sum.Length), sum, Samples.GainOf(cue.Decibels));
            }
            (index, at) = (former, cue.At);
        }
    }

    private void AddSound(TrackMemo memo, in Cue cue, long offset, Span<int> sum, float gain)
    {
        if (!memo.TryGetSound(cue.Lane, cue.Source, out var pcm))
        {
            switch (cue.Source)
            {
                case Source.Words spoken when !words.TryGet(spoken, out pcm):
                    _missing.Add(spoken);
                    _impurities++;
                    return;
                case Source.Clip clip when !clips.TryGet(clip.Id, out pcm):
                    LostClipFrameCount++;
                    return;
            }
            memo.RememberSound(cue.Lane, cue.Source, pcm);
        }
        Samples.Add(Slice(pcm.Span, offset, sum.Length), sum, gain);
    }

    /// <summary>The voices of a mix for one listener: the sum of what all hear, less its own, and what is for it only.</summary>
    private void AddMix(Source.Mixed mixed, long frame, int from, Span<int> sum, float gain, int hops)
    {
        var memo = _memo.Of(mixed.Mix);
        // Within a circle the voices depend on the way here, and the memo may be in use further up.
        if (memo.Frame != frame || memo.StepCount != mixed.Mix.Count || hops + memo.Height > MaxHops)
        {
            var (impurities, deepest) = (_impurities, _deepest);
            _deepest = hops;
            var fresh = MixOf(mixed.Mix, frame, hops);
            fresh.Height = _deepest - hops;
            _deepest = Math.Max(_deepest, deepest);
            if (_impurities == impurities)
            {
                (memo.Frame, memo.StepCount, memo.Height) = (frame, fresh.StepCount, fresh.Height);
                memo.Parts.Clear();
                memo.Parts.AddRange(fresh.Parts);
                fresh.Sum.CopyTo(memo.Sum, 0);
            }
            AddMix(fresh, mixed.Without, from, sum, gain);
            _spareMixes.Push(fresh);
            return;
        }
        _deepest = Math.Max(_deepest, hops + memo.Height);
        AddMix(memo, mixed.Without, from, sum, gain);
    }

    private MixMemo MixOf(Mix mix, long frame, int hops)
    {
        var fresh = _spareMixes.TryPop(out var spare) ? spare : new MixMemo();
        fresh.StepCount = mix.Count;
        fresh.Parts.Clear();
        Array.Clear(fresh.Sum);
        var first = frame * Grid.FrameSampleCount;
        var (from, at) = (0, Grid.InstantOf(first + 1) - TimeSpan.FromTicks(1));
        while (from < Grid.FrameSampleCount)
        {
            var next = mix.NextAfter(at);
            var until = next is { } n ? (int)Math.Min(Grid.FrameSampleCount, Grid.SampleAt(n) - first) : Grid.FrameSampleCount;
            if (until > from)
            {
                foreach (var voice in mix.At(at))
                {
                    var pcm = FrameOf(voice.Track, frame, hops + 1);
                    fresh.Parts.Add(new MixPart(voice, pcm, from, until));
                    if (voice.OnlyFor is null)
                    {
                        Samples.Add(pcm.AsSpan(from, until - from), fresh.Sum.AsSpan(from), Samples.GainOf(voice.Decibels));
                    }
                }
            }
            if (next is null) break;
            (from, at) = (Math.Max(from, until), next.Value);
        }
        return fresh;
    }

    private void AddMix(MixMemo mix, PartyId? listener, int from, Span<int> sum, float gain)
    {
        if (gain == 1)
        {
            AddVoices(mix, listener, from, sum);
            return;
        }
        var own = _memo.LendSum().AsSpan(0, sum.Length);
        AddVoices(mix, listener, from, own);
        Samples.Add(own, sum, gain);
        _memo.GiveBackSum();
    }

    private static void AddVoices(MixMemo mix, PartyId? listener, int from, Span<int> sum)
    {
        Samples.Add(mix.Sum.AsSpan(from, sum.Length), sum);
        if (listener is null) return;
        foreach (var part in mix.Parts)
        {
            var isInSum = part.Voice.OnlyFor is null;
            if (isInSum == part.Voice.IsHeardBy(listener)) continue;
            var (a, b) = (Math.Max(from, part.From), Math.Min(from + sum.Length, part.Until));
            if (a >= b) continue;
            var pcm = part.Pcm.AsSpan(a, b - a);
            var place = sum[(a - from)..(b - from)];
            var gain = Samples.GainOf(part.Voice.Decibels);
            if (isInSum && gain == 1) Samples.Subtract(pcm, place);
            else Samples.Add(pcm, place, isInSum ? -gain : gain);
        }
    }

    private static Span<int> Within(Span<int> sum, long offset, TimeSpan? length) =>
        length is { } l ? sum[..(int)Math.Clamp(Grid.SampleCount(l) - offset, 0, sum.Length)] : sum;

    private static ReadOnlySpan<short> Slice(ReadOnlySpan<short> pcm, long offset, int count) =>
        offset >= pcm.Length ? [] : pcm.Slice((int)offset, (int)Math.Min(count, pcm.Length - offset));
}
