using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Tests.Rtp.Sockets;

public sealed class SocketsTests
{
    [Fact]
    public async Task Datagrams_go_both_ways_and_reports_are_told_apart()
    {
        using var pool = Pool(8);
        using var a = pool.TryLend()!;
        using var b = pool.TryLend()!;
        var came = Channel.CreateUnbounded<(byte First, int Port, bool IsRtcp)>();
        b.Receive((datagram, from, isRtcp) => came.Writer.TryWrite((datagram[0], from.Port, isRtcp)));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        a.Send([0x80, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], new IPEndPoint(IPAddress.Loopback, b.Port), isRtcp: false);
        (await came.Reader.ReadAsync(limit.Token)).Should().Be((0x80, a.Port, false));
        a.Send([0x80, 200, 0, 1, 0, 0, 0, 1], new IPEndPoint(IPAddress.Loopback, b.Port), isRtcp: false);
        (await came.Reader.ReadAsync(limit.Token)).IsRtcp.Should().BeTrue("reports may share the port");
        a.Send([1], new IPEndPoint(IPAddress.Loopback, b.Port + 1), isRtcp: true);
        (await came.Reader.ReadAsync(limit.Token)).Should().Be((1, a.Port + 1, true));
    }

    [Fact]
    public async Task A_pair_that_was_given_back_hears_for_the_next_call_alone()
    {
        using var pool = Pool(1);
        var (former, next) = (Channel.CreateUnbounded<byte>(), Channel.CreateUnbounded<byte>());
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var ports = pool.TryLend()!;
        ports.Receive((datagram, _, _) => former.Writer.TryWrite(datagram[^1]));
        await peer.SendAsync(new byte[] { 0x80, 1 }, new IPEndPoint(IPAddress.Loopback, ports.Port), limit.Token);
        (await former.Reader.ReadAsync(limit.Token)).Should().Be(1);
        ports.Dispose();
        using var again = pool.TryLend()!;
        again.Port.Should().Be(ports.Port);
        again.Receive((datagram, _, _) => next.Writer.TryWrite(datagram[^1]));
        await peer.SendAsync(new byte[] { 0x80, 2 }, new IPEndPoint(IPAddress.Loopback, ports.Port), limit.Token);
        (await next.Reader.ReadAsync(limit.Token)).Should().Be(2);
        former.Reader.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public void A_pool_that_is_closed_holds_no_port()
    {
        int port;
        using (var pool = Pool(1))
        {
            var ports = pool.TryLend()!;
            port = ports.Port;
            ports.Receive((_, _, _) => { });
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
