using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rtp.Sessions;

/// <summary>Frames of 160 samples out of packets of any length: phones send 10, 20, 30 ms of sound and more at a time.</summary>
/// <remarks>What is over of one packet begins a frame that the next one ends; where that one is lost, so is what was over. G.711: a byte a
/// sample.</remarks>
/// <param name="put">Gets each frame with the timestamp of its first sample.</param>
internal sealed class FrameAssembly(FrameAssembly.FrameHandler put)
{
    private readonly byte[] _begun = new byte[Grid.FrameSampleCount];
    private int _count;
    private uint _next;

    public delegate void FrameHandler(uint timestamp, ReadOnlySpan<byte> frame);

    /// <summary>A packet's sound.</summary>
    public void Add(uint timestamp, ReadOnlySpan<byte> payload)
    {
        if (timestamp != _next) _count = 0;
        _next = timestamp + (uint)payload.Length;
        if (_count > 0)
        {
            var took = Math.Min(_begun.Length - _count, payload.Length);
            payload[..took].CopyTo(_begun.AsSpan(_count));
            _count += took;
            if (_count < _begun.Length) return;
            put(timestamp + (uint)took - Grid.FrameSampleCount, _begun);
            _count = 0;
            timestamp += (uint)took;
            payload = payload[took..];
        }
        for (; payload.Length >= _begun.Length; timestamp += Grid.FrameSampleCount, payload = payload[_begun.Length..])
        {
            put(timestamp, payload[.._begun.Length]);
        }
        payload.CopyTo(_begun);
        _count = payload.Length;
    }

    /// <summary>The sender has changed.</summary>
    public void Restart() => _count = 0;
}
