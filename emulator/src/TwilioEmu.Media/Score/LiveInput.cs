namespace TwilioEmu.Media.Score;

/// <summary>Frames that a socket writes and the renderer reads: a ring of 10 s, and a spool behind it when a recording wants one.</summary>
/// <remarks>
/// One writer, any readers. A frame that was never written is silence and reads as false; so is one that has left the ring, unless it was
/// spooled. Frames come after jitter buffer and decoder, so none is written twice; one older than the ring is dropped.
/// </remarks>
public sealed class LiveInput(ISpool? spool)
{
    /// <summary>10 s.</summary>
    public const int RingFrameCount = 500;

    private readonly Lock _gate = new();
    private readonly short[] _ring = new short[RingFrameCount * Grid.FrameSampleCount];
    private readonly long[] _frameOf = NoFrames();
    private ISpool? _spool = spool;
    private long _newest = long.MinValue;

    /// <summary>What is known of the speech on it.</summary>
    public SpeechLog Speech { get; } = new();

    /// <summary>The newest frame written; <see cref="long.MinValue"/> before the first.</summary>
    public long Newest
    {
        get { lock (_gate) return _newest; }
    }

    /// <summary>From the next frame on, all is kept: somebody records.</summary>
    /// <returns>False when it is kept already.</returns>
    public bool TrySpool(ISpool spool)
    {
        lock (_gate)
        {
            if (_spool is not null) return false;
            _spool = spool;
            return true;
        }
    }

    /// <summary>Writes one frame.</summary>
    /// <param name="frame">Its number in the world's grid.</param>
    /// <param name="pcm">160 samples, 16-bit signed, 8 kHz, mono.</param>
    public void Write(long frame, ReadOnlySpan<short> pcm)
    {
        if (pcm.Length != Grid.FrameSampleCount) throw new ArgumentException("A frame has 160 samples.", nameof(pcm));
        lock (_gate)
        {
            if (_newest != long.MinValue && frame <= _newest - RingFrameCount) return;
            var slot = Slot(frame);
            pcm.CopyTo(_ring.AsSpan(slot * Grid.FrameSampleCount));
            _frameOf[slot] = frame;
            if (frame > _newest) _newest = frame;
            _spool?.Write(frame, pcm);
        }
    }

    /// <summary>Reads one frame; false, and silence, when there is none.</summary>
    public bool TryRead(long frame, Span<short> pcm)
    {
        lock (_gate)
        {
            var slot = Slot(frame);
            if (_frameOf[slot] == frame)
            {
                _ring.AsSpan(slot * Grid.FrameSampleCount, Grid.FrameSampleCount).CopyTo(pcm);
                return true;
            }
            if (_spool is { } spool && spool.TryRead(frame, pcm)) return true;
        }
        pcm[..Grid.FrameSampleCount].Clear();
        return false;
    }

    private static int Slot(long frame) => (int)(((frame % RingFrameCount) + RingFrameCount) % RingFrameCount);

    private static long[] NoFrames()
    {
        var none = new long[RingFrameCount];
        Array.Fill(none, long.MinValue);
        return none;
    }
}
