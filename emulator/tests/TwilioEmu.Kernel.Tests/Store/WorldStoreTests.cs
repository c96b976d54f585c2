using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Store;

public sealed class WorldStoreTests
{
    private static readonly AccountSid Mine = new("AC1");
    private static readonly AccountSid Yours = new("AC2");

    [Fact]
    public async Task Putting_a_record_and_writing_its_entry_are_one()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            Note? seen = null;
            world.Journal.Subscribe(_ => seen = world.Store.Table(Note.Table, Mine).Find("a"));
            var entry = world.Store.Put(Note.Table, Mine, new Note("a", "first"), new("note.put", "a test's"), 0);
            seen.Should().Be(new Note("a", "first"), "a reader of the entry sees the store as it says");
            entry.Data
                .Should().BeEquivalentTo(new RecordChange("notes", new Note("a", "first"), IsRemoval: false)
                {
                    IsNewResource = true,
                    Form = Note.Form,
                    Place = new RowPlace(entry.Seq, entry.Seq, entry.At),
                });
            world.Store.Put(Note.Table, Mine, new Note("a", "second"), new("note.changed", "a test's"), entry.Seq);
            world.Store.Table(Note.Table, Mine).Find("a")!.Text.Should().Be("second");
            world.Store.Table(Note.Table, Mine).Count.Should().Be(1);
        });
    }

    [Fact]
    public async Task Accounts_never_see_each_other_s_records()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            world.Store.Put(Note.Table, Mine, new Note("a"), new("note.put", "a test's"), 0);
            world.Store.Table(Note.Table, Yours).Find("a").Should().BeNull();
            world.Store.Remove(Note.Table, Yours, "a", new("note.gone", "a test's"), 0).Should().BeNull();
            world.Store.Table(Note.Table, Mine).Contains("a").Should().BeTrue();
        });
    }

    [Fact]
    public async Task A_record_of_a_large_table_is_found_again_and_again_and_no_longer_once_it_is_removed()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var sids = Enumerable.Range(0, 10_000).Select(_ => world.Sids.New("SM")).ToList();
            foreach (var sid in sids) Put(sid);
            var table = world.Store.Table(Note.Table, Mine);
            foreach (var sid in sids.Concat(sids)) table.Find(sid)!.Key.Should().Be(sid);
            foreach (var sid in sids.Take(5_000)) world.Store.Remove(Note.Table, Mine, sid, new("note.gone", "a test's"), 0);
            // Others take their rows.
            var others = Enumerable.Range(0, 5_000).Select(_ => world.Sids.New("SM")).ToList();
            foreach (var sid in others) Put(sid);
            foreach (var sid in sids.Take(5_000)) table.Contains(sid).Should().BeFalse();
            foreach (var sid in sids.Skip(5_000).Concat(others)) table.Find(sid)!.Key.Should().Be(sid);
        });

        void Put(string sid) => world.Store.Put(Note.Table, Mine, new Note(sid), new("note.put", "a test's"), 0);
    }

    [Fact]
    public async Task Records_are_walked_from_either_end_and_from_a_key()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            foreach (var key in new[] { "a", "b", "c", "d" })
            {
                world.Store.Put(Note.Table, Mine, new Note(key), new("note.put", "a test's"), 0);
            }
            world.Store.Put(Note.Table, Mine, new Note("b", "changed keeps its place"), new("note.put", "a test's"), 0);
            world.Store.Remove(Note.Table, Mine, "c", new("note.gone", "a test's"), 0).Should().NotBeNull();
            var table = world.Store.Table(Note.Table, Mine);
            table.OldestFirst().Select(n => n.Key).Should().Equal("a", "b", "d");
            table.NewestFirst().Select(n => n.Key).Should().Equal("d", "b", "a");
            table.NewestFirst(after: "d").Select(n => n.Key).Should().Equal("b", "a");
            table.NewestFirst(after: "a").Should().BeEmpty();
            table.NewestFirst(after: "never was").Should().BeEmpty();
        });
    }

    [Fact]
    public async Task A_removed_record_still_marks_its_place()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            foreach (var key in new[] { "a", "b", "c", "d" })
            {
                world.Store.Put(Note.Table, Mine, new Note(key), new("note.put", "a test's"), 0);
            }
            var table = world.Store.Table(Note.Table, Mine);
            foreach (var key in new[] { "c", "b" }) world.Store.Remove(Note.Table, Mine, key, new("note.gone", "a test's"), 0);
            table.NewestFirst(after: "c").Select(n => n.Key).Should().Equal("a");
            table.NewestFirst(after: "b").Select(n => n.Key).Should().Equal("a");
            world.Store.Put(Note.Table, Mine, new Note("c"), new("note.put", "a test's"), 0);
            table.NewestFirst(after: "c").Select(n => n.Key).Should().Equal("d", "a");
        });
    }

    [Fact]
    public async Task A_client_may_delete_each_page_before_it_asks_for_the_next()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 0; i < 3000; i++) world.Store.Put(Note.Table, Mine, new Note($"{i}"), new("note.put", "a test's"), 0);
            var table = world.Store.Table(Note.Table, Mine);
            var seen = new List<string>();
            for (string? last = null; ;)
            {
                var page = table.NewestFirst(last).Take(50).Select(n => n.Key).ToArray();
                if (page.Length == 0) break;
                foreach (var key in page) world.Store.Remove(Note.Table, Mine, key, new("note.gone", "a test's"), 0);
                seen.AddRange(page);
                last = page[^1];
            }
            seen.Should().Equal(Enumerable.Range(0, 3000).Reverse().Select(i => $"{i}"));
        });
    }

    [Fact]
    public async Task A_place_is_remembered_for_a_while_and_not_for_ever()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 0; i < 2000; i++) world.Store.Put(Note.Table, Mine, new Note($"{i}"), new("note.put", "a test's"), 0);
            for (var i = 1999; i > 1000; i--) world.Store.Remove(Note.Table, Mine, $"{i}", new("note.gone", "a test's"), 0);
            var table = world.Store.Table(Note.Table, Mine);
            table.NewestFirst(after: "1999").First().Key.Should().Be("1000", "those removed since are skipped");
            for (var i = 0; i < 100; i++) world.Store.Remove(Note.Table, Mine, $"{i}", new("note.gone", "a test's"), 0);
            table.NewestFirst(after: "1999").Should().BeEmpty("1,024 removals are remembered");
        });
    }

    [Fact]
    public async Task A_walk_goes_on_when_records_are_removed_under_its_feet()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            for (var i = 0; i < 6; i++) world.Store.Put(Note.Table, Mine, new Note($"{i}"), new("note.put", "a test's"), 0);
            var walked = new List<string>();
            foreach (var note in world.Store.Table(Note.Table, Mine).NewestFirst())
            {
                walked.Add(note.Key);
                if (note.Key == "4")
                {
                    foreach (var key in new[] { "4", "3", "2" }) world.Store.Remove(Note.Table, Mine, key, new("note.gone", "a test's"), 0);
                }
            }
            walked.Should().Equal("5", "4", "1", "0");
        });
    }

    [Fact]
    public async Task One_name_is_one_kind_of_record()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            world.Store.Table(Note.Table, Mine);
            FluentActions.Invoking(
                () => world.Store.Table(
                    new TableKey<IRecord>("notes", new RecordForm<IRecord>("any", (_, m) => new Note(m.Text("key", null)))), Mine))
                        .Should().Throw<InvalidOperationException>();
        });
    }
}
