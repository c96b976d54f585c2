using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.BrowserPhones;

/// <summary>Frames that come in bursts and are taken evenly: mu-law in, samples out, one frame a tick.</summary>
/// <remarks>
/// A stream keeps order and loses nothing, so there is nothing to sort: what is missing is silence, and what is too much is delay, which is
/// dropped from its old end. Not thread-safe.
/// </remarks>
internal sealed class JitterRing
{
    /// <summary>So many are gathered before the first is taken, and again after it ran dry: 40 ms.</summary>
    public const int PrimeFrameCount = 2;

    /// <summary>More waiting than this is delay: 200 ms.</summary>
    public const int MaxFrameCount = 10;

    private readonly Queue<byte[]> _frames = [];
    private bool _isPrimed;

    /// <summary>Frames dropped because they came faster than they were taken.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Takes one frame in: 160 bytes.</summary>
    public void Put(ReadOnlySpan<byte> ulaw)
    {
        _frames.Enqueue(ulaw.ToArray());
        if (_frames.Count <= MaxFrameCount) return;
        _frames.Dequeue();
        DroppedCount++;
    }

    /// <summary>Gives the next frame; silence while there is none.</summary>
    /// <param name="pcm">160 samples.</param>
    public void Take(Span<short> pcm)
    {
        if (!_isPrimed && _frames.Count < PrimeFrameCount)
        {
            pcm[..Grid.FrameSampleCount].Clear();
            return;
        }
        _isPrimed = _frames.TryDequeue(out var frame);
        if (frame is null) pcm[..Grid.FrameSampleCount].Clear();
        else G711.DecodeUlaw(frame, pcm);
    }
}
