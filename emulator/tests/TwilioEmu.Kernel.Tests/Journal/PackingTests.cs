using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Journal;

/// <summary>Entries that are no longer among the newest are bytes, and nobody can tell.</summary>
public sealed class PackingTests
{
    private const int Many = 3 * Segment.Length;

    private static readonly EntryKind Kind = new("tick", "a test's");

    [Fact]
    public async Task An_old_entry_reads_as_it_was_written()
    {
        await using var world = WorldOf.Manual();
        var at = WorldOptions.StoryStart.AddSeconds(1.5);
        var written = await world.On(() => world.Journal.Write(
            new AccountSid("AC1"), Kind, "subject", 0,
            ("none", null), ("text", "Grüße 🌍"), ("flag", true), ("int", -7), ("long", long.MaxValue), ("double", 0.1),
            ("span", TimeSpan.FromMilliseconds(1_500)), ("at", at),
            ("list", new[] { "a", "", null, "b" }), ("pairs", new KeyValuePair<string, string>[] { new("k", "v"), new("k", "w") })));
        var before = written.ToJson();
        await Fill(world);
        var old = world.Journal.Find(written.Seq)!;
        old.Should().NotBeSameAs(written);
        old.ToJson().Should().Be(before);
        (old.At, old.Account, old.Kind, old.Subject, old.Cause, old.Load, old.Generation, old.Depth)
            .Should().Be(
                (written.At, written.Account, written.Kind, written.Subject, written.Cause, written.Load, written.Generation,
                    written.Depth));
        var facts = (Facts)old.Data!;
        (facts["none"], facts["text"], facts["flag"], facts["int"], facts["long"], facts["double"], facts["span"], facts["at"])
            .Should().Be((null, "Grüße 🌍", true, -7, long.MaxValue, 0.1, TimeSpan.FromMilliseconds(1_500), at));
    }

    [Fact]
    public async Task A_change_of_a_record_still_tells_what_was_before()
    {
        var (first, second) = await ChangesOf(new EntryKind("note.changed", "a test's") { KeepsPrevious = true });
        (first.Record, first.Previous, first.IsNewResource).Should().Be((new Note("one", "first"), null, true));
        (second.Table, second.Record, second.Previous, second.IsRemoval, second.IsNewResource, second.Form)
            .Should().Be(("notes", new Note("one", "second"), new Note("one", "first"), false, false, Note.Form));
    }

    [Fact]
    public async Task What_was_before_is_kept_only_where_the_kind_says_that_somebody_asks()
    {
        var (_, second) = await ChangesOf(new EntryKind("note.sent", "a test's"));
        (second.Record, second.Previous, second.IsNewResource).Should().Be((new Note("one", "second"), null, false));
        (_, second) = await ChangesOf(new EntryKind("note.sent", "a test's") { KeepsPrevious = true });
        second.Previous.Should().Be(new Note("one", "first"));
    }

    [Fact]
    public async Task What_has_no_form_stays_as_it_is()
    {
        await using var world = WorldOf.Manual();
        var data = new Unwritten();
        var seq = (await world.On(() => world.Journal.Write(AccountSid.None, Kind, "s", 0, data))).Seq;
        await Fill(world);
        world.Journal.Find(seq)!.Data.Should().BeSameAs(data);
    }

    [Fact]
    public async Task Who_reads_while_entries_are_written_packed_and_trimmed_sees_each_whole_and_in_order()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = 2 * Segment.Length });
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested)
            {
                var last = 0L;
                foreach (var entry in world.Journal.After(0))
                {
                    entry.Seq.Should().BeGreaterThan(last);
                    last = entry.Seq;
                    if (entry.Data is not Facts facts || facts["n"] is not int n) continue;
                    entry.Subject.Should().Be($"s{n}");
                    seen++;
                }
                foreach (var entry in world.Journal.NewestFirst().Take(10)) entry.Kind.Should().NotBeEmpty();
            }
            return seen;
        })).ToArray();
        for (var round = 0; round < 200; round++)
        {
            await world.On(() =>
            {
                for (var i = 0; i < 100; i++)
                {
                    world.Journal.Write(i % 3 == 0 ? AccountSid.None : new AccountSid("AC1"), Kind, $"s{i}", 0, ("n", i));
                }
            });
        }
        await done.CancelAsync();
        (await Task.WhenAll(readers)).Should().AllSatisfy(seen => seen.Should().BePositive());
        world.Journal.After(0).Select(e => e.Seq).Should().BeInAscendingOrder().And.HaveCountLessThanOrEqualTo(2 * Segment.Length);
    }

    [Fact]
    public void A_run_without_most_of_its_entries_keeps_the_rest()
    {
        var entries = Enumerable.Range(1, 40)
            .Select(i => new Entry(i, WorldOptions.StoryStart, AccountSid.None, "tick", $"s{i}", 0, new Facts(("n", i)))).ToArray();
        var run = new RunPacker().Pack(entries);
        foreach (var entry in entries.Where(e => e.Seq % 13 != 0)) run.Drop(entry.Seq, out _).Should().BeTrue();
        var rest = run.WithoutGone();
        rest.Count.Should().Be(3);
        for (var seq = 1; seq <= 40; seq++) (rest.Find(seq)?.ToJson()).Should().Be(seq % 13 == 0 ? entries[seq - 1].ToJson() : null);
        rest.Find(26)!.ToJson().Should().Be(entries[25].ToJson());
        rest.FirstFrom(14)!.Seq.Should().Be(26);
        rest.LastTo(38)!.Seq.Should().Be(26);
        rest.Drop(14, out _).Should().BeFalse();
    }

    [Fact]
    public void Room_of_runs_that_are_gone_is_used_again()
    {
        var packer = new RunPacker();
        var kept = new Queue<PackedRun>();
        for (var i = 0; i < 100; i++)
        {
            kept.Enqueue(packer.Pack([.. Enumerable.Range(1, 100).Select(n => EntryOf(n, new string('x', 500)))]));
            if (kept.Count <= 2) continue;
            var old = kept.Dequeue();
            for (var n = 1; n <= 100; n++) old.Drop(n, out _);
            old.WithoutGone().Count.Should().Be(0);
            old.Release();
        }
        packer.Blocks.MadeCount.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_flood_between_whose_entries_others_have_a_few_takes_no_more_room_than_is_kept()
    {
        var log = new EntryLog();
        var flood = new Queue<long>();
        for (var seq = 1L; seq <= 400_000; seq++)
        {
            // One in two thousand stays, as that of a quiet account does while a loud one's go.
            log.Append(EntryOf(seq, seq % 2_000 == 0 ? "quiet" : new string('x', 80)));
            if (seq % 2_000 == 0) continue;
            flood.Enqueue(seq);
            if (flood.Count > 10_000) log.Drop(flood.Dequeue(), out _);
        }
        log.Count.Should().Be(10_200);
        log.After(0).Count(e => e.Subject == "quiet").Should().Be(200);
        log.ByteCount.Should().BeLessThan(10_200 * 400);
    }

    [Fact]
    public void A_run_that_is_released_tells_nothing_of_what_took_its_place()
    {
        var packer = new RunPacker();
        var old = packer.Pack([EntryOf(1, "old")]);
        old.Drop(1, out _);
        old.Release();
        packer.Pack([EntryOf(1, "new")]).Find(1)!.Subject.Should().Be("new");
        (old.Find(1), old.FirstFrom(0), old.LastTo(5), old.IsReleased).Should().Be((null, null, null, true));
    }

    private static Entry EntryOf(long seq, string subject) => new(seq, WorldOptions.StoryStart, AccountSid.None, "tick", subject, 0, null);

    // A record that is put twice, and both entries once they are old.
    private static async Task<(RecordChange First, RecordChange Second)> ChangesOf(EntryKind kind)
    {
        await using var world = WorldOf.Manual();
        var (first, second) = await world.On(() => (Put("first"), Put("second")));
        await Fill(world);
        return ((RecordChange)world.Journal.Find(first)!.Data!, (RecordChange)world.Journal.Find(second)!.Data!);

        long Put(string text) => world.Store.Put(Note.Table, AccountSid.None, new Note("one", text), kind, 0).Seq;
    }

    private static Task Fill(World world) => world.On(() =>
    {
        for (var i = 0; i < Many; i++) world.Note("filler");
    });

    private sealed class Unwritten : IEntryData
    {
        public void WriteMembers(System.Text.Json.Utf8JsonWriter json) => json.WriteString("what", "ever");
    }
}
