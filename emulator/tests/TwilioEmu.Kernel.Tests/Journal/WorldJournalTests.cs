using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Journal;

public sealed class WorldJournalTests
{
    [Fact]
    public async Task An_entry_says_what_when_whose_and_why()
    {
        await using var world = WorldOf.Manual();
        await world.Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1500));
        var json = await world.On(() =>
        {
            var cause = world.Note("call.began", "CA1");
            return world.Journal.Write(
                new AccountSid("AC1"), new("call.rang", "a test's"), "CA1", cause,
                ("text", "é"), ("yes", true), ("count", 3), ("long", 4L), ("share", 0.5), ("took", TimeSpan.FromSeconds(2.5)),
                ("at", WorldOptions.StoryStart), ("list", new[] { "a", "b" }), ("none", null)).ToJson();
        });
        using var parsed = JsonDocument.Parse(json);
        var entry = parsed.RootElement;
        entry.GetProperty("seq").GetInt64().Should().Be(2);
        entry.GetProperty("at").GetString().Should().Be("2026-01-05T09:00:01.5Z");
        entry.GetProperty("account").GetString().Should().Be("AC1");
        entry.GetProperty("kind").GetString().Should().Be("call.rang");
        entry.GetProperty("subject").GetString().Should().Be("CA1");
        entry.GetProperty("cause").GetInt64().Should().Be(1);
        var data = entry.GetProperty("data");
        data.GetProperty("text").GetString().Should().Be("é");
        data.GetProperty("took").GetDouble().Should().Be(2.5);
        data.GetProperty("at").GetString().Should().Be("2026-01-05T09:00:00Z");
        data.GetProperty("list").GetArrayLength().Should().Be(2);
        data.GetProperty("none").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public void A_fact_that_cannot_be_written_is_refused_at_once() =>
        FluentActions.Invoking(() => new Facts(("fine", 1), ("wrong", new object())))
            .Should().Throw<ArgumentException>().WithMessage("*wrong is a Object*");

    [Theory]
    [InlineData(0, true)]
    [InlineData(20, true)]
    [InlineData(60, false)]
    public async Task What_follows_from_itself_at_once_is_a_loop_where_time_walks_too(int milliseconds, bool isLoop)
    {
        await using var world = WorldOf.Manual();
        var told = await world.On(() =>
        {
            var (at, cause) = (WorldOptions.StoryStart, 0L);
            for (var i = 0; i <= 4_000; i++, at += TimeSpan.FromMilliseconds(milliseconds))
            {
                cause = world.Journal.Write(at, AccountSid.None, new("webhook.sent", "a test's"), $"CA{i % 2}", cause, null).Seq;
            }
            return world.Journal.LoopAt(cause);
        });
        if (isLoop) told.Should().Contain("4000 things happened at once").And.EndWith("CA0 <- CA1");
        else told.Should().BeNull();
    }

    [Fact]
    public async Task Entries_are_found_by_seq_and_walked_both_ways()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 1; i <= 200; i++) world.Note($"{i}");
            world.Journal.Find(0).Should().BeNull();
            world.Journal.Find(77)!.Kind.Should().Be("77");
            world.Journal.Find(201).Should().BeNull();
            world.Journal.After(190).Select(e => e.Seq).Should().Equal(Enumerable.Range(191, 10).Select(i => (long)i));
            world.Journal.After(-5).Should().HaveCount(200);
            world.Journal.After(200).Should().BeEmpty();
            world.Journal.NewestFirst().Take(2).Select(e => e.Seq).Should().Equal(200, 199);
            world.Journal.NewestFirst().Should().HaveCount(200);
        });
    }

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task It_never_holds_more_than_asked_and_says_what_it_dropped(int capacity)
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = capacity });
        await world.On(() =>
        {
            var told = 0L;
            using var reader = world.Journal.Subscribe(e => told = e.Seq.Should().Be(told + 1).And.Subject!.Value);
            for (var i = 0; i < 10 * capacity; i++)
            {
                world.Note("n");
                world.Journal.Count.Should().BeLessThanOrEqualTo(capacity);
                world.Journal.Find(world.Journal.FirstSeq).Should().NotBeNull();
                world.Journal.Find(world.Journal.FirstSeq - 1).Should().BeNull();
            }
            told.Should().Be(world.Journal.LastSeq, "the readers hear of every entry, trims included");
            var kept = world.Journal.After(0).ToArray();
            kept.Select(e => e.Seq).Should().BeInAscendingOrder().And.HaveCount((int)world.Journal.Count);
            kept.Last(e => e.Kind == "journal.trimmed").ToJson().Should().Contain("\"first_seq\":");
        });
    }

    [Fact]
    public async Task A_flood_of_one_account_drives_out_nothing_of_another()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = 1_000 });
        var (mine, theirs) = (new AccountSid("AC1"), new AccountSid("AC2"));
        await world.On(() =>
        {
            for (var i = 0; i < 10; i++) world.Journal.Write(mine, new("message.received", "a test's"), $"SM{i}", 0);
            for (var i = 0; i < 30_000; i++) world.Journal.Write(theirs, new("message.received", "a test's"), $"SX{i}", 0);
        });
        world.Journal.After(0).Count(e => e.Account == mine).Should().Be(10);
        world.Journal.TrimmedBefore(mine).Should().Be(0);
        world.Journal.TrimmedBefore(theirs).Should().BeGreaterThan(20_000);
        world.Journal.NewestFirst().First(e => e.Kind == "journal.trimmed").Account.Should().Be(theirs);
    }

    [Fact]
    public async Task More_accounts_than_room_leave_the_newest_of_all()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = 100 });
        await world.On(
            () => { for (var i = 0; i < 5_000; i++) world.Journal.Write(new AccountSid($"AC{i}"), new("n", "a test's"), "s", 0); });
        world.Journal.NewestFirst().First(e => e.Kind == "n").Account.Value.Should().Be("AC4999");
        (await world.On(() => world.Journal.Count)).Should().BeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task What_is_over_age_goes_in_batches()
    {
        await using var world = new World(new WorldOptions
        {
            Clock = new ClockMode.Auto(),
            Start = WorldOptions.StoryStart,
            MaxAge = TimeSpan.FromSeconds(160),
        });
        await world.Do(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                world.Note("n");
                await Task.Delay(TimeSpan.FromSeconds(1), world.Clock);
            }
        });
        await world.On(() =>
        {
            var entries = world.Journal.After(0).ToArray();
            (world.Clock.GetUtcNow() - entries[0].At).Should().BeCloseTo(TimeSpan.FromSeconds(165), TimeSpan.FromSeconds(8));
            entries.Count(e => e.Kind == "journal.trimmed").Should().BeInRange(10, 20);
        });
    }

    [Fact]
    public async Task A_walk_skips_what_is_dropped_under_its_feet()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = 32 });
        await world.On(() =>
        {
            for (var i = 0; i < 32; i++) world.Note("old");
            var walked = 0;
            foreach (var entry in world.Journal.After(0))
            {
                entry.Should().NotBeNull();
                if (walked++ < 200) world.Note("new");
            }
            walked.Should().BeGreaterThan(200);
        });
    }

    [Fact]
    public async Task Long_entries_take_the_room_of_several_and_drive_out_nobody_elses()
    {
        await using var world = new World(
            new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = 1_000, MaxJournalBytes = 1_000_000 });
        await world.On(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                world.Journal.Write(new AccountSid("ACquiet"), new("a.note", "a test's", "text"), "x", 0, ("text", "short"));
            }
            for (var i = 0; i < 200; i++)
            {
                world.Journal.Write(new AccountSid("ACloud"), new("a.note", "a test's", "text"), "x", 0, ("text", new string('x', 50_000)));
            }
        });
        var kept = world.Journal.After(0).ToList();
        kept.Count(e => e.Account.Value == "ACquiet").Should().Be(10);
        kept.Where(e => e is { Account.Value: "ACloud", Kind: "a.note" })
            .Should().HaveCountLessThanOrEqualTo(10, "each holds 100 KB of the megabyte");
        kept.Should().Contain(e => e.Kind == "journal.trimmed" && e.Account.Value == "ACloud");
    }
}
