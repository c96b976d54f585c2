namespace TwilioEmu.Media.Score;

/// <summary>Keeps the frames of a live input beyond its ring.</summary>
/// <remarks>Called under the input's lock: never blocks on anything slow.</remarks>
public interface ISpool
{
    void Write(long frame, ReadOnlySpan<short> pcm);

    bool TryRead(long frame, Span<short> pcm);
}

/// <summary>A spool in memory, mu-law coded (480 KB a minute), up to a limit; what comes after is not kept, and counted.</summary>
public sealed class MemorySpool(int maxFrameCount) : ISpool
{
    private readonly Dictionary<long, byte[]> _frames = [];

    /// <summary>Frames that came after the limit was reached.</summary>
    public long LostFrameCount { get; private set; }

    public void Write(long frame, ReadOnlySpan<short> pcm)
    {
        if (_frames.Count >= maxFrameCount && !_frames.ContainsKey(frame))
        {
            LostFrameCount++;
            return;
        }
        var coded = new byte[pcm.Length];
        Codecs.G711.EncodeUlaw(pcm, coded);
        _frames[frame] = coded;
    }

    public bool TryRead(long frame, Span<short> pcm)
    {
        if (!_frames.TryGetValue(frame, out var coded)) return false;
        Codecs.G711.DecodeUlaw(coded, pcm);
        return true;
    }
}
