using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Transports;

namespace TwilioEmu.Smpp.Tests.Transports;

public sealed class SmppWiresTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly byte[] Enquiry = PduCodec.Write(new Pdu(CommandId.EnquireLink, CommandStatus.Ok, 1, PduBody.Empty));

    [Fact]
    public async Task What_was_sent_is_out_before_the_connection_closes_flushed_or_not()
    {
        var host = new Witness();
        await using var wires = new SmppWires(host, new SmppWireOptions(), TimeProvider.System);
        using var peer = await ConnectAsync(wires);
        var wire = await host.Opened.Task.WaitAsync(Patience);
        for (var i = 0; i < 1_000; i++)
        {
            wire.Send(Enquiry);
            if (i % 7 == 0) wire.Flush();
        }
        wire.Close();
        wire.Send(Enquiry);
        (await CountAsync(peer)).Should().Be(1_000 * Enquiry.Length, "after the end nothing is sent");
        (await host.Closed.Task.WaitAsync(Patience)).Should().BeNull();
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_given_up_and_nobody_waits_for_it()
    {
        var host = new Witness();
        var wires = new SmppWires(host, new SmppWireOptions { MaxQueuedBytes = 256 * 1024 }, TimeProvider.System);
        using var peer = await ConnectAsync(wires);
        var wire = await host.Opened.Task.WaitAsync(Patience);
        var large = new byte[64 * 1024];
        // More than the sockets of both sides take.
        for (var i = 0; i < 4_096 && !host.Closed.Task.IsCompleted; i++)
        {
            wire.Send(large);
            wire.Flush();
        }
        await host.Closed.Task.WaitAsync(Patience);
        await wires.DisposeAsync().AsTask().WaitAsync(Patience);
        wires.ConnectionCount.Should().Be(0);
    }

    [Fact]
    public async Task Wires_end_while_one_peer_is_silent_and_another_does_not_read()
    {
        var host = new Witness();
        var wires = new SmppWires(host, new SmppWireOptions { MaxQueuedBytes = 64 << 20 }, TimeProvider.System);
        using var deaf = await ConnectAsync(wires);
        var wire = await host.Opened.Task.WaitAsync(Patience);
        wire.Send(new byte[32 << 20]);
        wire.Flush();
        using var silent = new TcpClient();
        await silent.ConnectAsync((IPEndPoint)deaf.Client.RemoteEndPoint!);
        await wires.DisposeAsync().AsTask().WaitAsync(Patience);
        wires.ConnectionCount.Should().Be(0);
    }

    [Fact]
    public async Task A_peer_is_no_faster_than_who_takes_what_it_sends_and_its_order_is_kept()
    {
        using var gate = new SemaphoreSlim(0);
        var host = new Witness { Take = () => gate.Wait(Patience) };
        await using var wires = new SmppWires(host, new SmppWireOptions(), TimeProvider.System);
        using var peer = await ConnectAsync(wires);
        const int Count = 100_000;
        var writing = Task.Run(async () =>
        {
            for (var i = 1u; i <= Count; i++)
            {
                await peer.GetStream().WriteAsync(PduCodec.Write(new Pdu(CommandId.EnquireLink, CommandStatus.Ok, i, PduBody.Empty)));
            }
        });
        await host.Came.Task.WaitAsync(Patience);
        host.Sequences.Count.Should().BeLessThan(Count, "no more is brought before the first are taken");
        var first = host.Sequences.Count;
        gate.Release(Count);
        await writing.WaitAsync(Patience);
        peer.Client.Shutdown(SocketShutdown.Send);
        await host.Closed.Task.WaitAsync(Patience);
        host.Sequences.Should().HaveCountGreaterThan(first).And.Equal(Enumerable.Range(1, Count).Select(i => (uint)i));
    }

    private static async Task<TcpClient> ConnectAsync(SmppWires wires)
    {
        var peer = new TcpClient();
        await peer.ConnectAsync(wires.Listen(new IPEndPoint(IPAddress.Loopback, 0), isSecure: false));
        return peer;
    }

    private static async Task<long> CountAsync(TcpClient peer)
    {
        var (count, buffer) = (0L, new byte[4096]);
        while (true)
        {
            var more = await peer.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Patience);
            if (more == 0) return count;
            count += more;
        }
    }

    /// <summary>Takes down what one connection brings.</summary>
    private sealed class Witness : ISmppReceiver
    {
        public TaskCompletionSource<ISmppWire> Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string?> Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<uint> Sequences { get; } = new();

        public Action Take { get; init; } = static () => { };

        void ISmppReceiver.Opened(ISmppWire wire) => Opened.TrySetResult(wire);

        void ISmppReceiver.Received(ISmppWire wire, IReadOnlyList<ReadOnlyMemory<byte>> pdus)
        {
            foreach (var octets in pdus)
            {
                PduCodec.Read(octets, out var pdu).Should().BeNull();
                Sequences.Enqueue(pdu!.Sequence);
            }
            Came.TrySetResult();
            Take();
        }

        void ISmppReceiver.Lost(ISmppWire wire, uint sequence)
        {
        }

        void ISmppReceiver.Closed(ISmppWire wire, string? why) => Closed.TrySetResult(why);
    }
}
