using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Journal;

/// <summary>Entries found by kind, subject and account.</summary>
public sealed class SelectionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(16, 3)]
    [InlineData(500, 7)]
    [InlineData(2_000, 40)]
    public async Task The_index_finds_what_a_look_at_all_entries_finds_however_many_were_trimmed(int capacity, int accounts)
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = capacity });
        var chance = new Chance(1, "selections");
        for (var round = 0; round < 20; round++)
        {
            await world.On(() =>
            {
                // The first account writes half of all, so that others keep theirs longer.
                for (var i = 0; i < capacity / 4; i++)
                {
                    Write(chance.Next(2) == 0 ? 0 : chance.Next(accounts), chance.Next(5), chance.Next(30));
                }
                foreach (var selection in Selections(accounts))
                {
                    var after = chance.Next((int)world.Journal.LastSeq);
                    var all = world.Journal.After(0).Where(selection.Fits).Select(e => e.Seq).ToList();
                    world.Journal.After(0, selection).Select(e => e.Seq).Should().Equal(all, "{0}", selection);
                    world.Journal.After(after, selection).Select(e => e.Seq).Should().Equal(all.Where(s => s > after));
                    world.Journal.NewestFirst(selection).Select(e => e.Seq).Should().Equal(Enumerable.Reverse(all));
                    world.Journal.NewestFirst(selection, after).Select(e => e.Seq)
                        .Should().Equal(Enumerable.Reverse(all).Where(s => s < after));
                }
            });
        }

        void Write(int account, int kind, int subject) =>
            world.Journal.Write(
                account == 0 ? AccountSid.None : new AccountSid($"AC{account}"), new EntryKind($"k{kind}", "a test's"), $"s{subject}", 0);
    }

    [Fact]
    public async Task A_few_old_entries_before_a_flood_that_comes_and_goes_are_found_with_all_others_of_their_subject()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxJournalEntries = 1_000 });
        await world.On(() =>
        {
            var quiet = Enumerable.Range(0, 10).Select(_ => Write("AC1", "quiet").Seq).ToList();
            // Fifty times what is kept, so that the index is full again and again.
            for (var i = 0; i < 50_000; i++) Write("AC2", i % 100 == 0 ? "often" : $"s{i}");
            quiet.Add(Write("AC1", "quiet").Seq);
            world.Journal.After(0, new Selection(null, "quiet")).Select(e => e.Seq).Should().Equal(quiet);
            world.Journal.NewestFirst(new Selection(null, "quiet")).Select(e => e.Seq).Should().Equal(Enumerable.Reverse(quiet));
            var often = world.Journal.After(0).Where(e => e.Subject == "often").Select(e => e.Seq).ToList();
            often.Should().HaveCountGreaterThan(8);
            world.Journal.After(0, new Selection(null, "often")).Select(e => e.Seq).Should().Equal(often);
            world.Journal.After(often[4], new Selection("noise", "often")).Select(e => e.Seq).Should().Equal(often.Skip(5));
        });

        Entry Write(string account, string subject) =>
            world.Journal.Write(new AccountSid(account), new EntryKind("noise", "a test's"), subject, 0);
    }

    [Fact]
    public async Task What_nobody_has_written_is_not_there_and_comes_when_it_is_written()
    {
        await using var world = WorldOf.Manual();
        var tick = new Selection("tick", null, null);
        await world.On(() => world.Note("tock"));
        world.Journal.After(0, tick).Should().BeEmpty();
        await world.On(() => world.Note("tick"));
        world.Journal.After(0, tick).Should().ContainSingle().Which.Seq.Should().Be(2);
        world.Journal.NewestFirst(new Selection("tick", "elsewhere")).Should().BeEmpty();
    }

    [Fact]
    public async Task An_expectation_is_shown_the_entries_of_its_selection_alone()
    {
        await using var world = WorldOf.Manual();
        var shown = new List<string>();
        var found = await world.Do(() =>
        {
            foreach (var kind in (string[])["a", "b", "a"]) world.Note(kind);
            world.After(Second, () => { world.Note("b"); world.Note("a"); });
            return world.Journal.ExpectAsync(
                new Selection("a"), e => { shown.Add(e.Kind); return true; }, 3, 1, 10 * Second, CancellationToken.None);
        });
        found.Select(e => e.Seq).Should().Equal(3, 5);
        shown.Should().OnlyContain(k => k == "a").And.HaveCount(2);
    }

    [Fact]
    public async Task Readers_off_the_loop_miss_nothing_of_a_selection_while_the_loop_writes()
    {
        await using var world = WorldOf.Manual();
        const int Count = 20_000;
        var reading = Task.Run(async () =>
        {
            var seen = new List<long>();
            while (seen.Count < Count && await world.Journal.NextAsync(seen.LastOrDefault(), CancellationToken.None))
            {
                seen.AddRange(world.Journal.After(seen.LastOrDefault(), new Selection("even")).Select(e => e.Seq));
            }
            return seen;
        });
        for (var i = 0; i < Count / 100; i++)
        {
            await world.On(() => { for (var n = 0; n < 100; n++) { world.Note("odd"); world.Note("even"); } });
        }
        (await reading).Should().Equal(Enumerable.Range(1, Count).Select(i => 2L * i));
    }

    [Fact]
    public async Task An_entry_is_rendered_once_for_all_who_look()
    {
        await using var world = WorldOf.Manual();
        var data = new Counted();
        var entry = await world.On(() => world.Journal.Write(AccountSid.None, new EntryKind("n", "a test's"), "s", 0, data));
        for (var i = 0; i < 10; i++) entry.Render().Data.GetProperty("n").GetInt32().Should().Be(7);
        entry.ToJson().Should().EndWith("\"data\":{\"n\":7}}");
        data.Times.Should().Be(1);
    }

    private static IEnumerable<Selection> Selections(int accounts)
    {
        yield return Selection.All;
        for (var i = 0; i < 6; i++) yield return new Selection($"k{i}");
        for (var i = 0; i < 4; i++) yield return new Selection(null, $"s{i}");
        for (var i = 0; i < accounts; i++) yield return new Selection(null, null, i == 0 ? AccountSid.None : new AccountSid($"AC{i}"));
        yield return new Selection("k1", "s1");
        yield return new Selection("k2", "s2", new AccountSid("AC1"));
        yield return new Selection("k3", null, AccountSid.None);
    }

    private sealed class Counted : IEntryData
    {
        public int Times { get; private set; }

        public void WriteMembers(System.Text.Json.Utf8JsonWriter json)
        {
            Times++;
            json.WriteNumber("n", 7);
        }
    }
}
