using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Bench.Driving;

/// <summary>One G.711 stream both ways over a UDP socket of its own: what is sent is paced by who drives it, what comes is measured.</summary>
internal sealed class RtpStream : IDisposable
{
    private const int HeaderByteCount = 12;
    private const int FrameByteCount = 160;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _packet = new byte[HeaderByteCount + FrameByteCount];
    private readonly List<double> _transits = [];
    private ushort _sequence;
    private uint _timestamp;
    private uint _began;
    private int _first = -1;
    private int _last;

    public RtpStream()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _packet.AsSpan(HeaderByteCount).Fill(0xFF);
        (_packet[0], _packet[1]) = (0x80, 0);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public IPEndPoint? Peer { get; set; }

    public int ReceivedCount => _transits.Count;

    /// <summary>Packets between the first and the last that did not come.</summary>
    public int LostCount => _first < 0 ? 0 : _last - _first + 1 - ReceivedCount;

    /// <summary>How much later than the soonest each packet came, by its own timestamp; milliseconds.</summary>
    public IEnumerable<double> Lateness
    {
        get
        {
            var soonest = _transits.DefaultIfEmpty().Min();
            return _transits.Select(t => t - soonest);
        }
    }

    /// <summary>How far the peer's clock went from ours between the first and the last ten packets; milliseconds.</summary>
    public double Drift => _transits.Count < 20 ? double.NaN : _transits.TakeLast(10).Min() - _transits.Take(10).Min();

    public void Send()
    {
        if (Peer is not { } peer) return;
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(4), _timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(8), (uint)Port);
        _timestamp += FrameByteCount;
        _socket.SendTo(_packet, peer);
    }

    /// <summary>Takes in what has come by now.</summary>
    /// <param name="now">Milliseconds of one clock for all.</param>
    public void Drain(double now)
    {
        Span<byte> packet = stackalloc byte[2048];
        while (_socket.Available > 0)
        {
            // Reports of a neighbour may come here: its next port.
            if (_socket.Receive(packet) < HeaderByteCount || (packet[1] & 0x7F) != 0) continue;
            int sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
            if (_first < 0) _first = _last = sequence;
            // Streams here are shorter than the count of 16 bits; one that begins near its end starts over once.
            if (sequence < _first) sequence += 0x10000;
            _last = Math.Max(_last, sequence);
            // A count of 32 bits that begins anywhere, and may start over.
            var timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
            if (_transits.Count == 0) _began = timestamp;
            _transits.Add(now - (unchecked((int)(timestamp - _began)) / 8.0));
        }
    }

    /// <summary>What came before is not measured.</summary>
    public void Restart()
    {
        Drain(0);
        _transits.Clear();
        _first = -1;
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a frame of every stream each 20 ms and takes in what comes, each millisecond or as soon as may be.</summary>
    public static void Pace(IReadOnlyList<RtpStream> sending, IReadOnlyList<RtpStream> receiving, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var next = 0.0;
        while (clock.Elapsed < time)
        {
            if (clock.Elapsed.TotalMilliseconds >= next)
            {
                foreach (var stream in sending) stream.Send();
                next += 20;
            }
            foreach (var stream in receiving) stream.Drain(clock.Elapsed.TotalMilliseconds);
            Thread.Sleep(1);
        }
    }
}
