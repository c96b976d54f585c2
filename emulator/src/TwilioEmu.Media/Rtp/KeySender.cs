using TwilioEmu.Media.Rtp.Packets;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rtp;

/// <summary>Keys into RFC 4733 reports, one for each frame while the key is held, the last one three times.</summary>
/// <remarks>RFC 4733 §2.5.1.2 to 2.5.1.4: the timestamp stays that of the beginning, durations grow, the first has the marker.
/// Pure.</remarks>
public sealed class KeySender
{
    private const int EndReports = 3;
    private const int Volume = 10;

    private readonly Queue<(char Key, int Frames)> _waiting = new();
    private int _frame;
    private uint _began;

    /// <summary>A key, held for so long.</summary>
    public void Press(char key, TimeSpan held)
    {
        _ = TelephoneEvent.Of(key);
        _waiting.Enqueue((key, (int)Math.Clamp(held / Grid.FrameLength, 2, ushort.MaxValue / Grid.FrameSampleCount)));
    }

    /// <summary>The next frame's report.</summary>
    /// <param name="now">Timestamp of the frame.</param>
    /// <param name="payload">Four bytes are written.</param>
    /// <param name="timestamp">To be sent with: that of the key's beginning.</param>
    /// <param name="marker">True for the first.</param>
    /// <returns>False when there is none to send.</returns>
    public bool TryNext(uint now, Span<byte> payload, out uint timestamp, out bool marker)
    {
        (timestamp, marker) = (0, false);
        if (!_waiting.TryPeek(out var key)) return false;
        if (_frame == 0) (_began, marker) = (now, true);
        timestamp = _began;
        _frame++;
        var isEnd = _frame >= key.Frames;
        new TelephoneEvent(TelephoneEvent.Of(key.Key), isEnd, Volume, (ushort)(Math.Min(_frame, key.Frames) * Grid.FrameSampleCount))
            .Write(payload);
        if (_frame >= key.Frames + EndReports - 1)
        {
            _waiting.Dequeue();
            _frame = 0;
        }
        return true;
    }
}
