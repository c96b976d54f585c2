using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Tests.Sending;

public sealed class SendQueueTests : IAsyncLifetime
{
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });
    private readonly List<(string Sid, TimeSpan At)> _left = [];
    private readonly Dictionary<Sid, string> _names = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Long_code_sends_one_segment_per_second_in_order()
    {
        await AddAsync(1, ("a", 1), ("b", 1), ("c", 1));
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _left.Should().Equal(("a", Seconds(0)), ("b", Seconds(1)), ("c", Seconds(2)));
    }

    [Fact]
    public async Task A_message_of_three_segments_keeps_its_sender_busy_for_three_seconds()
    {
        await AddAsync(1, ("a", 3), ("b", 1));
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _left.Should().Equal(("a", Seconds(0)), ("b", Seconds(3)));
    }

    [Fact]
    public async Task Short_code_sends_a_hundred_per_second()
    {
        await AddAsync(100, [.. Enumerable.Range(0, 101).Select(i => ($"{i}", 1))]);
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _left[^1].Should().Be(("100", Seconds(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(3.75)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(25)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(225)]
    public async Task Ten_thousand_messages_leave_at_exactly_the_rate(double rate)
    {
        await AddAsync(rate, [.. Enumerable.Range(0, 10_000).Select(i => ($"{i}", 1))]);
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(10_001));
        _left.Select(l => l.Sid).SequenceEqual(Enumerable.Range(0, 10_000).Select(i => $"{i}"))
            .Should().BeTrue("the first in are the first out");
        _left.Select((l, i) => Math.Abs(l.At.Ticks - (i * TimeSpan.TicksPerSecond / rate))).Max()
            .Should().BeLessThanOrEqualTo(1, "ticks of 100 ns");
    }

    [Fact]
    public async Task Nothing_leaves_before_time_moves()
    {
        await AddAsync(1, ("a", 1));
        await _world.Loop.RunAsync(() => { }, CancellationToken.None);
        _left.Should().BeEmpty();
    }

    [Fact]
    public async Task A_rested_sender_sends_at_once_but_saves_nothing_up()
    {
        var queue = await AddAsync(1, ("a", 1));
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));
        await AddAsync(queue, 1, ("b", 1), ("c", 1));
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _left.Should().Equal(("a", Seconds(0)), ("b", Seconds(60)), ("c", Seconds(61)));
    }

    [Fact]
    public async Task A_sender_is_not_free_again_before_its_second_is_over()
    {
        var queue = await AddAsync(1, ("a", 1));
        await _world.Clock.AdvanceAsync(TimeSpan.FromMilliseconds(400));
        await AddAsync(queue, 1, ("b", 1));
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _left.Should().Equal(("a", Seconds(0)), ("b", Seconds(1)));
    }

    [Fact]
    public async Task Ten_hours_of_traffic_fit_and_not_a_segment_more()
    {
        var queue = await AddAsync(1);
        await _world.Loop.RunAsync(
            () =>
            {
                queue.Add(Place("a", 35_999, 1));
                queue.HasRoom(1).Should().BeTrue();
                queue.HasRoom(1.5).Should().BeFalse();
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task A_message_that_is_gone_takes_nobodys_turn()
    {
        await AddAsync(1, ("a", 1), ("gone", 1), ("gone", 1), ("b", 1));
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _left.Should().Equal(("a", Seconds(0)), ("b", Seconds(1)));
    }

    private bool Leave(QueuedMessage message)
    {
        var name = _names[message.Sid];
        if (name == "gone") return false;
        _left.Add((name, _world.Clock.GetUtcNow() - WorldOptions.StoryStart - SendQueue.PickUp));
        return true;
    }

    private QueuedMessage Place(string name, int segments, double rate)
    {
        var sid = Sid.Of(0x534D, 0, (ulong)_names.Count);
        _names[sid] = name;
        return new QueuedMessage(default, sid, segments, rate, 0);
    }

    private static TimeSpan Seconds(double s) => TimeSpan.FromSeconds(s);

    private async Task<SendQueue> AddAsync(double rate, params (string Sid, int Segments)[] messages)
    {
        var queue = await _world.Loop.RunAsync(() => new SendQueue(_world, Leave), CancellationToken.None);
        await AddAsync(queue, rate, messages);
        return queue;
    }

    private Task AddAsync(SendQueue queue, double rate, params (string Sid, int Segments)[] messages) => _world.Loop.RunAsync(
        () =>
        {
            foreach (var (sid, segments) in messages) queue.Add(Place(sid, segments, rate));
        },
        CancellationToken.None);
}
