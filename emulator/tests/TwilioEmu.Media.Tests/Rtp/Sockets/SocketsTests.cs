using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Tests.Rtp.Sockets;

public sealed class SocketsTests
{
    [Fact]
    public void Datagrams_go_both_ways_and_reports_are_told_apart()
    {
        using var pool = Pool(8);
        using var a = pool.TryLend()!;
        using var b = pool.TryLend()!;
        a.Send([0x80, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], new IPEndPoint(IPAddress.Loopback, b.Port), isRtcp: false);
        Next(b).Should().Be((0x80, a.Port, false));
        a.Send([0x80, 200, 0, 1, 0, 0, 0, 1], new IPEndPoint(IPAddress.Loopback, b.Port), isRtcp: false);
        Next(b).IsRtcp.Should().BeTrue("reports may share the port");
        a.Send([1], new IPEndPoint(IPAddress.Loopback, b.Port + 1), isRtcp: true);
        Next(b).Should().Be((1, a.Port + 1, true));
        b.Send([2], new IPEndPoint(IPAddress.Loopback, a.Port), isRtcp: false);
        Next(a).Should().Be((2, b.Port, false));
    }

    [Fact]
    public void Datagrams_of_two_senders_in_turn_are_told_by_whom_each_is()
    {
        using var pool = Pool(8);
        using var ports = pool.TryLend()!;
        using var ann = pool.TryLend()!;
        using var bob = pool.TryLend()!;
        foreach (var sender in new[] { ann, ann, bob, ann, bob, bob })
        {
            sender.Send([7], new IPEndPoint(IPAddress.Loopback, ports.Port), isRtcp: false);
            Next(ports).Port.Should().Be(sender.Port);
        }
    }

    [Fact]
    public void A_datagram_without_a_byte_hides_none_that_comes_behind_it()
    {
        using var pool = Pool(8);
        using var a = pool.TryLend()!;
        using var b = pool.TryLend()!;
        a.Send([], new IPEndPoint(IPAddress.Loopback, b.Port), isRtcp: false);
        a.Send([3], new IPEndPoint(IPAddress.Loopback, b.Port), isRtcp: false);
        Next(b).First.Should().Be(0, "it has none");
        Next(b).First.Should().Be(3);
    }

    [Fact]
    public void A_packet_that_comes_from_the_same_sender_as_the_one_before_allocates_nothing()
    {
        using var pool = Pool(8);
        using var a = pool.TryLend()!;
        using var b = pool.TryLend()!;
        var (came, to) = (0, new IPEndPoint(IPAddress.Loopback, b.Port));
        DatagramHandler count = (_, _, _) => came++;
        var packet = new byte[172];
        for (var i = 0; i < 10; i++) Exchange();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Exchange();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Exchange()
        {
            var wanted = came + 1;
            a.Send(packet, to, isRtcp: false);
            while (came < wanted) b.Poll(count);
        }
    }

    [Fact]
    public void A_pair_that_was_given_back_hears_for_the_next_call_alone()
    {
        using var pool = Pool(1);
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var ports = pool.TryLend()!;
        Send(1);
        Next(ports).First.Should().Be(1);
        Send(2);
        ports.Dispose();
        Send(3);
        using var again = pool.TryLend()!;
        again.Port.Should().Be(ports.Port);
        Send(4);
        Next(again).First.Should().Be(4, "what came before is of another call");
        Send(5);
        ports.Poll((_, _, _) => throw new InvalidOperationException("it was given back"));
        Next(again).First.Should().Be(5);

        void Send(byte what) => peer.Send([what], new IPEndPoint(IPAddress.Loopback, ports.Port));
    }

    [Fact]
    public void A_pool_that_is_closed_holds_no_port()
    {
        int port;
        using (var pool = Pool(1))
        {
            var ports = pool.TryLend()!;
            port = ports.Port;
            ports.Poll((_, _, _) => { });
            ports.Dispose();
            var busy = () => new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
            busy.Should().Throw<SocketException>("it is kept for the next call");
        }
        using var other = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        other.Client.IsBound.Should().BeTrue();
    }

    [Fact]
    public void Ports_are_pairs_and_run_out_and_come_back()
    {
        using var pool = Pool(2);
        var (first, second) = (pool.TryLend(), pool.TryLend());
        first!.Port.Should().Match(p => p % 2 == 0);
        pool.TryLend().Should().BeNull();
        second!.Dispose();
        second.Dispose();
        pool.FreeCount.Should().Be(1);
        using var third = pool.TryLend();
        third!.Port.Should().Be(second.Port);
        first.Dispose();
    }

    [Fact]
    public async Task Frames_are_called_in_order_on_one_thread_and_a_fault_leaves_the_others_alone()
    {
        var failed = new List<string>();
        using var clock = new FrameClock(TimeProvider.System, (why, _) => failed.Add(why));
        var frames = Channel.CreateUnbounded<(long Frame, int Thread)>();
        using var bad = clock.Join("bad", _ => throw new InvalidOperationException("no"));
        using var good = clock.Join("good", frame => frames.Writer.TryWrite((frame, Environment.CurrentManagedThreadId)));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new List<(long Frame, int Thread)>();
        while (seen.Count < 5) seen.Add(await frames.Reader.ReadAsync(limit.Token));
        seen.Select(s => s.Frame).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        seen.Select(s => s.Thread).Distinct().Should().ContainSingle();
        seen[0].Frame.Should().BeLessThanOrEqualTo(Grid.FrameAt(TimeProvider.System.GetUtcNow()));
        failed.Should().Equal("bad");
        clock.Joined.Should().Equal("good");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Whoever_is_called_was_made_ready_for_that_very_frame_however_late_it_comes(int speed)
    {
        using var clock = new FrameClock(new FastTime(speed), (_, _) => { });
        var calls = Channel.CreateUnbounded<(bool IsAhead, long Frame)>();
        using var member = clock.Join("leg", frame => calls.Writer.TryWrite((false, frame)), frame => calls.Writer.TryWrite((true, frame)));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new List<(bool IsAhead, long Frame)>();
        while (seen.Count(s => !s.IsAhead) < 10) seen.Add(await calls.Reader.ReadAsync(limit.Token));
        for (var i = 0; i < seen.Count; i++)
        {
            if (!seen[i].IsAhead) (i > 0 ? seen[i - 1] : default).Should().Be((true, seen[i].Frame));
        }
    }

    [Fact]
    public async Task Frames_of_many_begin_evenly_parted_over_the_twenty_milliseconds_and_each_where_it_did_before()
    {
        var time = new SteppedTime();
        using var clock = new FrameClock(time, (_, _) => { });
        var calls = Channel.CreateUnbounded<(int Member, TimeSpan After)>();
        var members = Enumerable.Range(0, 40).Select(m => clock.Join(
            $"{m}", frame => calls.Writer.TryWrite((m, time.Now - Grid.StartOf(frame))))).ToList();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new List<(int Member, TimeSpan After)>();
        while (seen.Count < 400) seen.Add(await calls.Reader.ReadAsync(limit.Token));
        // Who joined while the thread ran already has all that was wanted of it from the next frame on.
        var slots = seen.Skip(80)
            .GroupBy(s => s.Member).Select(g => g.Select(s => (int)(s.After.TotalMilliseconds / 2)).Distinct().Single());
        slots.GroupBy(s => s).Select(g => g.Count()).Should().HaveCount(FrameClock.SlotCount).And.OnlyContain(c => c == 4);
        members.ForEach(m => m.Dispose());
    }

    [Fact]
    public async Task Whoever_listens_is_asked_ten_times_a_frame_even_alone()
    {
        using var clock = new FrameClock(new SteppedTime(), (_, _) => { });
        var calls = Channel.CreateUnbounded<(bool IsEar, long Frame)>();
        using var member = clock.Join(
            "leg", frame => calls.Writer.TryWrite((false, frame)), null, frame => calls.Writer.TryWrite((true, frame)));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new List<(bool IsEar, long Frame)>();
        while (seen.Count(s => !s.IsEar) < 6) seen.Add(await calls.Reader.ReadAsync(limit.Token));
        var whole = seen.Where(s => s.IsEar).GroupBy(s => s.Frame).Skip(1).SkipLast(1).ToList();
        whole.Should().HaveCountGreaterThan(2).And.OnlyContain(frame => frame.Count() == FrameClock.SlotCount);
    }

    [Fact]
    public async Task An_ear_that_fails_is_left_out_and_the_others_go_on()
    {
        var failed = Channel.CreateUnbounded<string>();
        using var clock = new FrameClock(new SteppedTime(), (why, _) => failed.Writer.TryWrite(why));
        var frames = Channel.CreateUnbounded<long>();
        using var good = clock.Join("good", frame => frames.Writer.TryWrite(frame));
        using var bad = clock.Join("bad", _ => { }, null, _ => throw new InvalidOperationException("no"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await failed.Reader.ReadAsync(limit.Token)).Should().Be("bad");
        clock.Joined.Should().Equal("good");
        await frames.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next datagram that has come: its first byte (0 for none), who sent it, and what it is.</summary>
    private static (byte First, int Port, bool IsRtcp) Next(RtpPorts ports)
    {
        if (!Waiting.TryGetValue(ports, out var waiting)) Waiting.Add(ports, waiting = new());
        (byte, int, bool) next;
        while (!waiting.TryDequeue(out next))
        {
            ports.Poll((datagram, from, isRtcp) => waiting.Enqueue((datagram.IsEmpty ? (byte)0 : datagram[0], from.Port, isRtcp)));
        }
        return next;
    }

    private static readonly ConditionalWeakTable<RtpPorts, Queue<(byte First, int Port, bool IsRtcp)>> Waiting = [];

    /// <summary>A quarter of a millisecond passes whenever somebody asks.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks = DateTimeOffset.UnixEpoch.AddDays(20_000).UtcTicks;

        public DateTimeOffset Now => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref _ticks, 2500), TimeSpan.Zero);
    }

    private sealed class FastTime(int speed) : TimeProvider
    {
        private readonly DateTimeOffset _start = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * speed);
    }

    /// <summary>So many pairs that are free now.</summary>
    private static PortPool Pool(int pairs)
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (var port = ((IPEndPoint)probe.Client.LocalEndPoint!).Port & ~1; ; port = port > 60_000 ? 20_000 : port + (2 * pairs))
        {
            var pool = new PortPool(IPAddress.Loopback, port, port + (2 * pairs) - 1);
            var lent = Enumerable.Range(0, pairs).Select(_ => pool.TryLend()).ToList();
            lent.ForEach(l => l?.Dispose());
            if (lent.TrueForAll(l => l is not null)) return pool;
            pool.Dispose();
        }
    }
}
