using System.Net;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Rtp.Packets;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rtp.Sessions;

/// <summary>One leg's RTP, both ways, without a socket: datagrams in, frames out; frames in, datagrams out.</summary>
/// <remarks>One frame of 20 ms a packet when sending, packets of any length when receiving. Not thread-safe: who shares it locks
/// it.</remarks>
public sealed class RtpSession : IDisposable
{
    /// <summary>A buffer of so many bytes holds any packet that is sent.</summary>
    public const int MaxPacketByteCount = 512;

    /// <summary>
    /// Comfort noise (RFC 3389, a static type of RFC 3551 §6): phones send it in pauses, agreed on or not. It is silence here.
    /// </summary>
    private const int ComfortNoise = 13;

    private readonly RtpSessionOptions _options;
    private readonly JitterBuffer _jitter;
    private readonly FrameAssembly _assembly;
    private readonly KeyReceiver _keys = new();
    private readonly KeySender _sender = new();
    private readonly short[] _frame = new short[Grid.FrameSampleCount];
    private readonly byte[] _payload = new byte[Grid.FrameSampleCount];
    private readonly List<RtcpPart> _parts = [];
    private long _arrival;
    private ushort _sequence;
    private uint _timestamp;
    private bool _hasPaused = true;
    private uint _sentCount;
    private uint _sentByteCount;
    private StreamTotals _former;
    private uint _peerSsrc;
    private bool _hasPeer;
    private ulong _lastReport;
    private DateTimeOffset _lastReportAt;

    public RtpSession(RtpSessionOptions options)
    {
        _options = options;
        _jitter = new JitterBuffer(options.Jitter);
        _assembly = new FrameAssembly(Put);
        Peer = new SymmetricPeer(options.Advertised);
        (_sequence, _timestamp) = (options.FirstSequence, options.FirstTimestamp);
    }

    public SymmetricPeer Peer { get; }

    public StreamStatistics Received { get; private set; } = new();

    public JitterBuffer Jitter => _jitter;

    public long SentCount => _sentCount;

    /// <summary>What was counted so far, of sources that the peer no longer sends as, too.</summary>
    public StreamTotals Totals =>
        _former + new StreamTotals(_sentCount, Received.ReceivedCount, Received.MissingCount, Received.DuplicateCount);

    /// <summary>Datagrams that were none, or forged, or of no agreed payload type.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>When the last packet came; null before the first. A leg silent for long is dead.</summary>
    public DateTimeOffset? LastHeard { get; private set; }

    /// <summary>What the peer last reported of our stream.</summary>
    public ReportBlock? PeerReport { get; private set; }

    /// <summary>The peer has said BYE.</summary>
    public bool HasPeerLeft { get; private set; }

    public void Dispose()
    {
        _options.Protect?.Dispose();
        _options.Unprotect?.Dispose();
    }

    /// <summary>Takes an RTP datagram in, in place.</summary>
    /// <returns>The key it is the first to tell, if any.</returns>
    public char? Receive(Span<byte> datagram, IPEndPoint from, DateTimeOffset now)
    {
        var byteCount = datagram.Length;
        if (_options.Unprotect is { } srtp && !srtp.TryUnprotectRtp(datagram, byteCount, out byteCount)) return Refuse();
        if (!RtpPacket.TryRead(datagram[..byteCount], out var header)) return Refuse();
        var isEvent = IsEvent(header.PayloadType);
        if (!isEvent && header.PayloadType != ComfortNoise && !IsSound(header.PayloadType)) return Refuse();
        if (!Peer.Accept(from, now)) return null;
        LastHeard = now;
        if (!_hasPeer || header.Ssrc != _peerSsrc) Meet(header.Ssrc);
        var arrival = Grid.SampleAt(now);
        Received.Receive(header, arrival);
        var payload = datagram.Slice(header.PayloadOffset, header.PayloadByteCount);
        if (isEvent) return _keys.Receive(header.Timestamp, payload);
        if (header.PayloadType == ComfortNoise) return null;
        _arrival = arrival;
        _assembly.Add(header.Timestamp, payload);
        return null;
    }

    /// <summary>What is heard during the next frame.</summary>
    /// <param name="pcm">160 samples.</param>
    public FrameOrigin Take(Span<short> pcm) => _jitter.Take(pcm);

    /// <summary>A key for the peer; false when telephone-event was not agreed, and the key has to sound as a tone.</summary>
    public bool TryPress(char key, TimeSpan held)
    {
        if (_options.SendEventType is null) return false;
        _sender.Press(key, held);
        return true;
    }

    /// <summary>The packet of the next frame: sound, or the report of a key that is held.</summary>
    /// <param name="pcm">160 samples.</param>
    /// <param name="packet">At least <see cref="MaxPacketByteCount"/>.</param>
    /// <returns>How many bytes to send to the peer's address.</returns>
    public int Send(ReadOnlySpan<short> pcm, Span<byte> packet)
    {
        var (type, timestamp, marker) = (_options.PayloadType, _timestamp, _hasPaused);
        var payload = _payload.AsSpan();
        if (_options.SendEventType is { } eventType && _sender.TryNext(_timestamp, payload, out var began, out marker))
        {
            (type, timestamp) = (eventType, began);
            payload = payload[..TelephoneEvent.ByteCount];
            _hasPaused = true;
        }
        else
        {
            marker = _hasPaused;
            Encode(pcm, payload);
            _hasPaused = false;
        }
        var byteCount = RtpPacket.Write(
            new RtpHeader(type, marker, _sequence++, timestamp, _options.Ssrc, 0, payload.Length), payload, packet);
        _timestamp += Grid.FrameSampleCount;
        _sentCount++;
        _sentByteCount += (uint)payload.Length;
        return _options.Protect is { } srtp ? srtp.ProtectRtp(packet, byteCount) : byteCount;
    }

    /// <summary>Nothing is sent for a frame: time goes on.</summary>
    public void Skip()
    {
        _timestamp += Grid.FrameSampleCount;
        _hasPaused = true;
    }

    /// <summary>Takes an RTCP datagram in, in place.</summary>
    public void ReceiveRtcp(Span<byte> datagram, DateTimeOffset now)
    {
        var byteCount = datagram.Length;
        if ((_options.Unprotect is { } srtp && !srtp.TryUnprotectRtcp(datagram, byteCount, out byteCount))
            || !Rtcp.TryRead(datagram[..byteCount], _parts))
        {
            RefusedCount++;
            return;
        }
        foreach (var part in _parts)
        {
            switch (part)
            {
                case RtcpPart.SenderReport sr:
                    (_lastReport, _lastReportAt) = (sr.Ntp, now);
                    Look(sr.Blocks);
                    break;
                case RtcpPart.ReceiverReport rr: Look(rr.Blocks); break;
                case RtcpPart.Bye bye when bye.Ssrc == _peerSsrc: HasPeerLeft = true; break;
            }
        }
    }

    /// <summary>The report that is due every five seconds (RFC 3550 §6.2), and the last one, which says BYE.</summary>
    public int WriteRtcp(DateTimeOffset now, bool isLast, Span<byte> packet)
    {
        var since = _lastReport == 0 ? 0 : (uint)((now - _lastReportAt).TotalSeconds * 65536);
        ReportBlock[] blocks = _hasPeer ? [Received.Report(_peerSsrc, (uint)(_lastReport >> 16), since)] : [];
        List<RtcpPart> parts =
        [
            _sentCount > 0
                ? new RtcpPart.SenderReport(_options.Ssrc, Rtcp.NtpOf(now), _timestamp, _sentCount, _sentByteCount, blocks)
                : new RtcpPart.ReceiverReport(_options.Ssrc, blocks),
            new RtcpPart.Description(_options.Ssrc, _options.Cname),
        ];
        if (isLast) parts.Add(new RtcpPart.Bye(_options.Ssrc));
        var byteCount = Rtcp.Write(parts, packet);
        return _options.Protect is { } srtp ? srtp.ProtectRtcp(packet, byteCount) : byteCount;
    }

    private void Meet(uint ssrc)
    {
        if (_hasPeer)
        {
            _jitter.Restart();
            _assembly.Restart();
            _keys.Forget();
            _former = Totals with { Sent = 0 };
            Received = new StreamStatistics();
        }
        (_peerSsrc, _hasPeer, HasPeerLeft) = (ssrc, true, false);
    }

    private void Look(IReadOnlyList<ReportBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (block.Ssrc == _options.Ssrc) PeerReport = block;
        }
    }

    /// <summary>By our number, and by the peer's own: there are peers that send as they receive.</summary>
    private bool IsSound(int type) => type == _options.ReceivePayloadType || type == _options.PayloadType;

    private bool IsEvent(int type) => type == _options.ReceiveEventType || (type == _options.SendEventType && !IsSound(type));

    private void Put(uint timestamp, ReadOnlySpan<byte> frame)
    {
        Decode(frame, _frame);
        _jitter.Put(timestamp, _frame, _arrival);
    }

    private void Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if (_options.Law == G711Law.A) G711.EncodeAlaw(pcm, payload);
        else G711.EncodeUlaw(pcm, payload);
    }

    private void Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        if (_options.Law == G711Law.A) G711.DecodeAlaw(payload, pcm);
        else G711.DecodeUlaw(payload, pcm);
    }

    private char? Refuse()
    {
        RefusedCount++;
        return null;
    }
}
