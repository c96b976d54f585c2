using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Store;

/// <summary>Tables are bounded, and what goes is said.</summary>
public sealed class TrimmingTests
{
    private static readonly TableKey<Note> Few = new("few", Note.Form, MaxCount: 100);

    [Fact]
    public async Task Settled_records_beyond_the_count_go_oldest_first_and_the_journal_says_which()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                world.Store.Put(Few, default, new Note($"{i}"), new("note.put", "a test's"), 0);
                world.Store.Table(Few, default).Count.Should().BeLessThanOrEqualTo(106, "a sixteenth of slack makes batches");
            }
            var kept = world.Store.Table(Few, default).OldestFirst().Select(n => n.Key).ToArray();
            var gone = world.Journal.After(0).Select(e => e.Data).OfType<TableTrim>().SelectMany(t => t.Keys).ToArray();
            gone.Concat(kept).Should().Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"));
        });
    }

    [Fact]
    public async Task Unsettled_records_stay_however_old_and_many()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                world.Store.Put(Few, default, new Note($"live {i}", IsSettled: false), new("note.put", "a test's"), 0);
            }
            for (var i = 0; i < 500; i++) world.Store.Put(Few, default, new Note($"done {i}"), new("note.put", "a test's"), 0);
            var table = world.Store.Table(Few, default);
            table.OldestFirst().Count(n => !n.IsSettled).Should().Be(500);
            table.OldestFirst().Count(n => n.IsSettled).Should().BeInRange(100, 106);
        });
    }

    [Fact]
    public async Task The_record_settled_longest_ago_goes_first()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var two = new TableKey<Note>("two", Note.Form, MaxCount: 2);
            foreach (var key in new[] { "a", "b", "c" })
            {
                world.Store.Put(two, default, new Note(key, IsSettled: false), new("note.put", "a test's"), 0);
            }
            foreach (var key in new[] { "c", "a", "b" }) world.Store.Put(two, default, new Note(key), new("note.settled", "a test's"), 0);
            world.Store.Table(two, default).OldestFirst().Select(n => n.Key).Should().Equal("a", "b");
            world.Store.Put(two, default, new Note("a", IsSettled: false), new("note.reopened", "a test's"), 0);
            world.Store.Put(two, default, new Note("d"), new("note.put", "a test's"), 0);
            world.Store.Table(two, default).OldestFirst().Select(n => n.Key).Should().Equal("a", "b", "d");
        });
    }

    /// <summary>A trim that looked at every unsettled record at the head would take minutes here.</summary>
    [Fact]
    public async Task A_hundred_thousand_live_records_at_the_head_do_not_slow_the_trimming()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                world.Store.Put(Few, default, new Note($"live {i}", IsSettled: false), new("note.put", "a test's"), 0);
            }
            for (var i = 0; i < 100_000; i++) world.Store.Put(Few, default, new Note($"done {i}"), new("note.put", "a test's"), 0);
            world.Store.Table(Few, default).Count.Should().BeInRange(100_100, 100_106);
        });
    }

    [Fact]
    public async Task Records_settled_too_long_ago_go_in_batches()
    {
        await using var world = new World(new WorldOptions
        {
            Clock = new ClockMode.Auto(),
            Start = WorldOptions.StoryStart,
            MaxAge = TimeSpan.FromSeconds(160),
        });
        await world.Do(async () =>
        {
            world.Store.Put(Note.Table, default, new Note("live", IsSettled: false), new("note.put", "a test's"), 0);
            for (var i = 0; i < 1000; i++)
            {
                world.Store.Put(Note.Table, default, new Note($"{i}"), new("note.put", "a test's"), 0);
                await Task.Delay(TimeSpan.FromSeconds(1), world.Clock);
            }
            var table = world.Store.Table(Note.Table, default);
            table.Count.Should().BeInRange(160, 172);
            table.Contains("live").Should().BeTrue();
        });
    }

    [Fact]
    public async Task Limits_of_none_and_of_everything_hold()
    {
        await using var world = new World(
            new WorldOptions { Clock = new ClockMode.Manual(), MaxRecords = int.MaxValue, MaxAge = TimeSpan.MaxValue });
        await world.On(() =>
        {
            var none = new TableKey<Note>("none", Note.Form, MaxCount: 0);
            world.Store.Put(none, default, new Note("a"), new("note.put", "a test's"), 0);
            world.Store.Table(none, default).Count.Should().Be(0);
            world.Store.Put(Note.Table, default, new Note("a"), new("note.put", "a test's"), 0);
            world.Store.Table(Note.Table, default).Count.Should().Be(1);
        });
    }
}
