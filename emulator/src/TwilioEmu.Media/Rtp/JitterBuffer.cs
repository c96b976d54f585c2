using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rtp;

/// <summary>What a jitter buffer gives for one frame.</summary>
public enum FrameOrigin
{
    /// <summary>Nothing is sent: before the first packet, or the sender is silent.</summary>
    Silence,
    Received,

    /// <summary>Lost: the last frame again, fading.</summary>
    Concealed,
}

/// <summary>Puts frames in order and gives them out at an even pace.</summary>
/// <remarks>
/// Sans-I/O: packets in with the instant of their arrival, one frame out for each frame of the grid. The delay follows the jitter (four
/// times
/// RFC 3550's estimate) within its bounds: it grows when frames come too late, and shrinks by leaving out a silent frame. Positions are
/// timestamps, so silence suppression and reordering need no special case. Concealment: the last frame, 6 dB less each time, three times at
/// most. One stream, one instance, one thread; 0 B.
/// </remarks>
public sealed class JitterBuffer
{
    private const int SlotCount = 64;
    private const int MaxConcealed = 3;

    // A sender that starts its timestamps anew (a transfer, a restart) is not waited for.
    private const long MaxJumpSamples = Grid.SampleRate * 2;

    private static readonly TimeSpan InitialDelay = TimeSpan.FromMilliseconds(40);

    // Made with the first frame: many a call is over before one comes.
    private short[]? _pcm;
    private readonly long[] _slots = Empty();
    private readonly short[] _last = new short[Grid.FrameSampleCount];
    private bool _isRunning;
    private uint _lastTimestamp;
    private long _lastExtended;
    private long _offsetFrames;
    private long _next;
    private long _newest;
    private int _concealed;
    private int _frameCountSinceLate;
    private double _jitter;
    private long _lastTransit;
    private JitterBounds _bounds;

    public JitterBuffer(JitterBounds bounds) => (_bounds, Delay) = (bounds, Held(InitialDelay, bounds));

    /// <summary>How long frames wait here.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Interarrival jitter in samples (RFC 3550 §6.4.1).</summary>
    public double Jitter => _jitter;

    public long LateCount { get; private set; }

    public long DuplicateCount { get; private set; }

    public long ConcealedCount { get; private set; }

    /// <summary>A frame of sound has come.</summary>
    /// <param name="timestamp">Of its packet, on a clock of 8 kHz; packets of several frames are put in frame by frame.</param>
    /// <param name="pcm">160 samples.</param>
    /// <param name="arrivedAt">Frame of the grid in which it came, in samples.</param>
    public void Put(uint timestamp, ReadOnlySpan<short> pcm, long arrivedAt)
    {
        var extended = Extend(timestamp);
        var position = FloorFrame(extended);
        if (_isRunning && Math.Abs(position - _newest) * Grid.FrameSampleCount > MaxJumpSamples) Restart();
        if (!_isRunning) Start(position, extended, arrivedAt);
        Measure(extended, arrivedAt);
        if (position < _next)
        {
            LateCount++;
            _frameCountSinceLate = 0;
            if (Delay < _bounds.Most)
            {
                // One frame more of patience: what is given out goes back by one.
                _next--;
                Delay += Grid.FrameLength;
            }
            return;
        }
        if (position >= _next + SlotCount)
        {
            // The reader has stopped, or the sender runs away: what is oldest goes.
            _next = position - SlotCount + 1;
        }
        var slot = Slot(position);
        if (_slots[slot] == position)
        {
            DuplicateCount++;
            return;
        }
        pcm.CopyTo((_pcm ??= new short[SlotCount * Grid.FrameSampleCount]).AsSpan(slot * Grid.FrameSampleCount));
        _slots[slot] = position;
        _newest = Math.Max(_newest, position);
    }

    /// <summary>The next frame, whatever has come; called once for each frame of the grid.</summary>
    public FrameOrigin Take(Span<short> pcm)
    {
        if (!_isRunning)
        {
            pcm.Clear();
            return FrameOrigin.Silence;
        }
        if (_offsetFrames > 0)
        {
            _offsetFrames--;
            pcm.Clear();
            return FrameOrigin.Silence;
        }
        var slot = Slot(_next);
        var has = _slots[slot] == _next;
        if (!has) ShrinkInSilence();
        _next++;
        if (!has) return Conceal(pcm);
        _slots[slot] = long.MinValue;
        _pcm.AsSpan(slot * Grid.FrameSampleCount, Grid.FrameSampleCount).CopyTo(pcm);
        pcm.CopyTo(_last);
        _concealed = 0;
        _frameCountSinceLate++;
        return FrameOrigin.Received;
    }

    /// <summary>
    /// Other bounds from now on: where the delay has to grow silence is given
    /// meanwhile, where it has to shrink what waits longest is left out.
    /// </summary>
    public void Bound(JitterBounds bounds)
    {
        _bounds = bounds;
        var wanted = Held(Delay, bounds);
        var frames = (long)((wanted - Delay) / Grid.FrameLength);
        Delay = wanted;
        if (!_isRunning || frames == 0) return;
        if (frames > 0) _offsetFrames += frames;
        else
        {
            // What is still waited for is not given out at all; the rest is dropped.
            var waited = Math.Min(_offsetFrames, -frames);
            _offsetFrames -= waited;
            _next += -frames - waited;
        }
    }

    /// <summary>The sender has changed.</summary>
    public void Restart()
    {
        Array.Fill(_slots, long.MinValue);
        _isRunning = false;
    }

    private void Start(long position, long extended, long arrivedAt)
    {
        _isRunning = true;
        _next = _newest = position;
        _offsetFrames = (long)(Delay / Grid.FrameLength);
        _concealed = MaxConcealed;
        _lastTransit = arrivedAt - extended;
    }

    private void Measure(long extended, long arrivedAt)
    {
        var transit = arrivedAt - extended;
        _jitter += (Math.Abs(transit - _lastTransit) - _jitter) / 16;
        _lastTransit = transit;
    }

    /// <summary>Nothing came for this frame: when the line has been calm for two seconds, it may be left out for good.</summary>
    private void ShrinkInSilence()
    {
        var wanted = TimeSpan.FromSeconds(4 * _jitter / Grid.SampleRate);
        if (_newest >= _next || _frameCountSinceLate < 100 || Delay - Grid.FrameLength < _bounds.Least || Delay - Grid.FrameLength < wanted)
        {
            return;
        }
        Delay -= Grid.FrameLength;
        _next++;
        _frameCountSinceLate = 0;
    }

    private FrameOrigin Conceal(Span<short> pcm)
    {
        // Frames ahead mean a loss; none mean that the sender has paused, or that the loss is too long to be hidden.
        if (_concealed >= MaxConcealed)
        {
            pcm.Clear();
            return FrameOrigin.Silence;
        }
        _concealed++;
        for (var i = 0; i < _last.Length; i++) pcm[i] = _last[i] = (short)(_last[i] / 2);
        ConcealedCount++;
        return FrameOrigin.Concealed;
    }

    private long Extend(uint timestamp)
    {
        _lastExtended = _isRunning ? _lastExtended + (int)(timestamp - _lastTimestamp) : timestamp;
        _lastTimestamp = timestamp;
        return _lastExtended;
    }

    private static TimeSpan Held(TimeSpan delay, JitterBounds bounds) =>
        delay < bounds.Least ? bounds.Least : delay > bounds.Most ? bounds.Most : delay;

    private static long FloorFrame(long samples) =>
        samples >= 0 ? samples / Grid.FrameSampleCount : ((samples + 1) / Grid.FrameSampleCount) - 1;

    private static int Slot(long position) => (int)(((position % SlotCount) + SlotCount) % SlotCount);

    private static long[] Empty()
    {
        var none = new long[SlotCount];
        Array.Fill(none, long.MinValue);
        return none;
    }
}
