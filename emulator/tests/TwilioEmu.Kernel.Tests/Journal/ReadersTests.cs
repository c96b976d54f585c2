using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

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
    public async Task A_follower_off_the_loop_is_told_of_every_entry_and_of_the_end()
    {
        var world = WorldOf.Manual();
        var following = FollowAsync(world);
        for (var i = 0; i < 1_000; i++) await world.On(() => world.Note("n"));
        await world.DisposeAsync();
        (await following).Should().Equal(Enumerable.Range(1, 1_000).Select(i => (long)i));
    }

    [Fact]
    public async Task Readers_off_the_loop_see_whole_entries_in_order_while_the_loop_writes_and_trims()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = 500 });
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var last = 0L;
                foreach (var entry in world.Journal.After(0))
                {
                    entry.Seq.Should().BeGreaterThan(last);
                    last = entry.Seq;
                }
                world.Journal.NewestFirst().Take(50).Select(e => e.Seq).Should().BeInDescendingOrder();
            }
        })).ToArray();
        for (var i = 0; i < 40; i++)
        {
            var account = new AccountSid($"AC{i % 7}");
            await world.On(() => { for (var n = 0; n < 500; n++) world.Journal.Write(account, new("n", "a test's"), $"s{n}", 0); });
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static async Task<List<long>> FollowAsync(World world)
    {
        var seen = new List<long>();
        while (await world.Journal.NextAsync(seen.LastOrDefault(), CancellationToken.None))
        {
            seen.AddRange(world.Journal.After(seen.LastOrDefault()).Select(e => e.Seq));
        }
        return seen;
    }
}
