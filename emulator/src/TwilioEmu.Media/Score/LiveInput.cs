namespace TwilioEmu.Media.Score;

/// <summary>Frames that a socket writes and the renderer reads: a ring of 10 s, and a spool behind it when a recording wants one.</summary>
/// <remarks>
/// One writer, any readers. A frame that was never written is silence and reads as false; so is one that has left the ring, unless it was
/// spooled. Frames come after jitter buffer and decoder, so none is written twice; one older than
/// the ring is dropped. The ring is made a second at a time, as it fills: most calls are over before
/// it has gone round, and one piece of ten seconds would be a large object for the collector.
/// </remarks>
public sealed class LiveInput(ISpool? spool)
{
    /// <summary>10 s.</summary>
    public const int RingFrameCount = 500;

    private readonly Lock _gate = new();
    private const int PieceFrameCount = 50;

    private readonly Piece?[] _ring = new Piece?[RingFrameCount / PieceFrameCount];
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
            var (piece, at) = Math.DivRem(Slot(frame), PieceFrameCount);
            // What was never written is silence, too: a call in which nobody has spoken yet has no ring.
            if (_ring[piece] is not null || pcm.ContainsAnyExcept((short)0)) (_ring[piece] ??= new Piece()).Write(at, frame, pcm);
            if (frame > _newest) _newest = frame;
            _spool?.Write(frame, pcm);
        }
    }

    /// <summary>Reads one frame; false, and silence, when there is none.</summary>
    public bool TryRead(long frame, Span<short> pcm)
    {
        lock (_gate)
        {
            var (piece, at) = Math.DivRem(Slot(frame), PieceFrameCount);
            if (_ring[piece] is { } held && held.TryRead(at, frame, pcm)) return true;
            if (_spool is { } spool && spool.TryRead(frame, pcm)) return true;
        }
        pcm[..Grid.FrameSampleCount].Clear();
        return false;
    }

    private static int Slot(long frame) => (int)(((frame % RingFrameCount) + RingFrameCount) % RingFrameCount);

    /// <summary>A second of the ring.</summary>
    private sealed class Piece
    {
        private readonly short[] _pcm = new short[PieceFrameCount * Grid.FrameSampleCount];
        private readonly long[] _frameOf = new long[PieceFrameCount];

        public Piece() => Array.Fill(_frameOf, long.MinValue);

        public void Write(int at, long frame, ReadOnlySpan<short> pcm)
        {
            pcm.CopyTo(_pcm.AsSpan(at * Grid.FrameSampleCount));
            _frameOf[at] = frame;
        }

        public bool TryRead(int at, long frame, Span<short> pcm)
        {
            if (_frameOf[at] != frame) return false;
            _pcm.AsSpan(at * Grid.FrameSampleCount, Grid.FrameSampleCount).CopyTo(pcm);
            return true;
        }
    }
}
