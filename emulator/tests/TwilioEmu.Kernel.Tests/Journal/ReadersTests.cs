using System.Threading.Channels;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Journal;

/// <summary>Those who are told.</summary>
public sealed class ReadersTests
{
    [Fact]
    public async Task Every_reader_hears_all_in_order_also_when_one_of_them_writes()
    {
        await using var world = WorldOf.Manual();
        var (before, after) = (new List<string>(), new List<string>());
        await world.On(() =>
        {
            world.Journal.Subscribe(e => before.Add(e.Kind));
            world.Journal.Subscribe(e =>
            {
                if (e.Kind.Length < 3) world.Note(e.Kind + "a");
            });
            world.Journal.Subscribe(e => after.Add(e.Kind));
            world.Note("x");
            after.Should().Equal("x", "xa", "xaa");
        });
        before.Should().Equal(after);
    }

    [Fact]
    public async Task A_reader_may_leave_while_it_is_told_and_no_other_misses_a_word()
    {
        await using var world = WorldOf.Manual();
        var heard = new List<string>();
        await world.On(() =>
        {
            IDisposable? first = null, second = null;
            first = world.Journal.Subscribe(e =>
            {
                heard.Add($"first {e.Kind}");
                first!.Dispose();
                second!.Dispose();
                first.Dispose();
            });
            second = world.Journal.Subscribe(e => heard.Add($"second {e.Kind}"));
            world.Journal.Subscribe(e => heard.Add($"third {e.Kind}"));
            world.Note("a");
            world.Note("b");
        });
        heard.Should().Equal("first a", "third a", "third b");
    }

    [Fact]
    public async Task One_delegate_subscribed_twice_is_told_twice_and_leaves_one_at_a_time()
    {
        await using var world = WorldOf.Manual();
        var count = 0;
        await world.On(() =>
        {
            Action<Entry> reader = _ => count++;
            var one = world.Journal.Subscribe(reader);
            world.Journal.Subscribe(reader);
            world.Note("a");
            one.Dispose();
            one.Dispose();
            world.Note("b");
        });
        count.Should().Be(3);
    }

    [Fact]
    public async Task A_reader_that_comes_while_others_are_told_hears_what_is_written_after_it_came()
    {
        await using var world = WorldOf.Manual();
        var heard = new List<string>();
        await world.On(() =>
        {
            var isFirst = true;
            world.Journal.Subscribe(e =>
            {
                if (!isFirst) return;
                isFirst = false;
                world.Note("b");
                world.Journal.Subscribe(x => heard.Add(x.Kind));
                world.Note("c");
            });
            world.Note("a");
        });
        heard.Should().Equal("c");
    }

    [Fact]
    public async Task A_reader_that_throws_hurts_neither_the_writer_nor_the_others()
    {
        await using var world = WorldOf.Manual();
        var heard = new List<string>();
        await world.On(() =>
        {
            world.Journal.Subscribe(_ => throw new InvalidDataException("careless"));
            world.Journal.Subscribe(e => heard.Add(e.Kind));
            world.Note("a");
            world.Note("b");
        });
        heard.Should().Equal("a", "fault", "fault", "b");
    }

    [Fact]
    public async Task A_stream_gives_past_and_future_and_ends_when_disposed()
    {
        await using var world = WorldOf.Manual();
        ChannelReader<Entry>? reader = null;
        await world.On(() => { for (var i = 0; i < 5; i++) world.Note($"{i}"); });
        var stream = await world.On(() => world.Journal.Stream(after: 3, out reader));
        await world.On(() => world.Note("5"));
        await world.On(stream.Dispose);
        await world.On(() => world.Note("6"));
        (await reader!.ReadAllAsync().Select(e => e.Kind).ToListAsync()).Should().Equal("3", "4", "5");
    }

    [Fact]
    public async Task A_stream_too_far_behind_loses_the_oldest_and_seq_shows_the_gap()
    {
        await using var world = WorldOf.Manual();
        ChannelReader<Entry>? reader = null;
        var stream = await world.On(() => world.Journal.Stream(0, out reader));
        await world.On(() => { for (var i = 0; i < 10_500; i++) world.Note("n"); });
        await world.On(stream.Dispose);
        var seqs = await reader!.ReadAllAsync().Select(e => e.Seq).ToListAsync();
        seqs.Should().HaveCount(10_000).And.BeInAscendingOrder();
        seqs[0].Should().Be(501);
    }

    [Fact]
    public async Task A_stream_ends_with_its_world()
    {
        var world = WorldOf.Manual();
        ChannelReader<Entry>? reader = null;
        await world.On(() => world.Journal.Stream(0, out reader));
        var reading = reader!.ReadAllAsync().CountAsync();
        await world.DisposeAsync();
        (await reading).Should().Be(0);
    }
}
