using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Bench.Driving;

/// <summary>A gateway on one connection that submits texts with a window: so many unanswered, one write for each, as gateways do.</summary>
/// <remarks>
/// What comes back is counted by command_length and told apart by sequence
/// numbers alone, so that an echo of the requests is as good as answers to them.
/// </remarks>
internal sealed class SmppLoad : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 16];

    // Two write: what is submitted, and what the emulator asks meanwhile is answered. Neither may stand within the other.
    private readonly SemaphoreSlim _writing = new(1);
    private int _held;

    private SmppLoad()
    {
    }

    public static async Task<SmppLoad> ConnectAsync(int port)
    {
        var load = new SmppLoad();
        await load._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return load;
    }

    /// <summary>Binds as a transceiver.</summary>
    public async Task BindAsync(string systemId, string password)
    {
        await SendAsync(PduCodec.Write(Pdu.Request(
            CommandId.BindTransceiver, 1, new BindBody(systemId, password, "", BindBody.Version34, SmppAddress.None))));
        var statuses = new List<uint>();
        while (statuses.Count == 0) await ReadAsync((_, status) => statuses.Add(status));
        if (statuses[0] != 0) throw new InvalidOperationException($"the bind was answered 0x{statuses[0]:x}");
    }

    /// <summary>Submits so many, and waits for all that comes back; PDUs a second.</summary>
    /// <param name="texts">Requests, one after another; their sequence numbers are written here.</param>
    /// <param name="count">How many.</param>
    /// <param name="window">Unanswered at a time.</param>
    public async Task<double> SubmitAsync(IReadOnlyList<byte[]> texts, int count, int window)
    {
        using var room = new SemaphoreSlim(window);
        var clock = Stopwatch.StartNew();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                if (!room.Wait(0)) await room.WaitAsync();
                var text = texts[i % texts.Count];
                BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(12), (uint)(i + 2));
                await SendAsync(text);
            }
        });
        var answered = 0;
        var refused = 0;
        while (answered < count)
        {
            var came = 0;
            await ReadAsync((sequence, status) =>
            {
                if (sequence != (uint)(answered + came + 2)) throw new InvalidOperationException($"{sequence} was answered where {answered + came + 2} is due");
                if (status != 0) refused++;
                came++;
            });
            answered += came;
            if (came > 0) room.Release(came);
        }
        await writing;
        return refused == 0 ? count / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{refused} texts were refused");
    }

    /// <summary>A text of forty characters from the i-th phone to a number.</summary>
    public static byte[] Text(int i, string to) => PduCodec.Write(Pdu.Request(
        CommandId.SubmitSm, 2,
        new MessageBody
        {
            Source = SmppAddress.Of($"+1415556{i:0000}"),
            Destination = SmppAddress.Of(to),
            ShortMessage = Encoding.ASCII.GetBytes($"text number {i:000000} of forty characters it"),
        })).ToArray();

    public void Dispose()
    {
        _socket.Dispose();
        _writing.Dispose();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> pdu)
    {
        if (!_writing.Wait(0)) await _writing.WaitAsync();
        try
        {
            while (pdu.Length > 0) pdu = pdu[await _socket.SendAsync(pdu)..];
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync(Action<uint, uint> each)
    {
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_held));
        if (count == 0) throw new InvalidOperationException("the connection was closed");
        _held += count;
        var at = 0;
        while (_held - at >= 16 && BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at)) is var length && _held - at >= length)
        {
            var (command, sequence) = (
                BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(at + 4)), BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(at + 12)));
            // A busy emulator that has not heard of us for a while asks whether we are there. Its requests have numbers of their own.
            if (command == (uint)CommandId.EnquireLink)
            {
                await SendAsync(PduCodec.Write(Pdu.Response(CommandId.EnquireLink, sequence, CommandStatus.Ok, PduBody.Empty)));
            }
            else if (command is (uint)CommandId.Unbind or (uint)CommandId.DeliverSm or (uint)CommandId.GenericNack)
            {
                throw new InvalidOperationException($"the emulator sent {(CommandId)command} {sequence}, which nobody waits for");
            }
            else
            {
                each(sequence, BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(at + 8)));
            }
            at += length;
        }
        _buffer.AsSpan(at, _held - at).CopyTo(_buffer);
        _held -= at;
    }
}
