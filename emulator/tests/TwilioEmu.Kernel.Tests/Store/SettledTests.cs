using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Store;

/// <summary>Settled records lie packed in blocks, and nobody sees it but the collector.</summary>
public sealed class SettledTests
{
    private static readonly EntryKind Put = new("note.put", "a test's");
    private static readonly EntryKind Gone = new("note.gone", "a test's");

    [Fact]
    public async Task A_settled_record_is_made_anew_when_it_is_read()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var table = world.Store.Table(Note.Table, default);
            world.Store.Put(Note.Table, default, new Note(Key(1), "open", IsSettled: false), Put, 0);
            table.Find(Key(1)).Should().BeSameAs(table.Find(Key(1)), "something may happen to it");
            var done = new Note(Key(1), "done");
            world.Store.Put(Note.Table, default, done, Put, 0);
            table.Find(Key(1)).Should().Be(done).And.NotBeSameAs(done);
            world.Store.Put(Note.Table, default, done with { Text = "redacted" }, Put, 0);
            table.Find(Key(1)).Should().Be(done with { Text = "redacted" }, "what was read lately is no longer so");
            world.Store.Put(Note.Table, default, new Note(Key(1), "again", IsSettled: false), Put, 0);
            table.Find(Key(1)).Should().Be(new Note(Key(1), "again", IsSettled: false)).And.BeSameAs(table.Find(Key(1)));
        });
    }

    [Fact]
    public async Task A_record_that_holds_more_than_its_form_tells_is_kept_as_it_is()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var loud = new TableKey<Note>(
                "loud", new RecordForm<Note>("loud", static (r, m) => new Note(m.Text("key", r?.Key))) { IsWhole = false });
            world.Store.Put(loud, default, new Note("a", "what the form leaves out"), Put, 0);
            world.Store.Table(loud, default).Find("a")!.Text.Should().Be("what the form leaves out");
        });
    }

    [Fact]
    public async Task A_record_as_large_as_several_blocks_comes_back_whole()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var text = new string('x', 3 * PackedBlocks.BlockSize);
            foreach (var key in new[] { 1, 2, 3 })
            {
                world.Store.Put(Note.Table, default, new Note(Key(key), key == 2 ? text : "short"), Put, 0);
            }
            world.Store.Table(Note.Table, default).OldestFirst().Select(n => n.Text.Length).Should().Equal(5, text.Length, 5);
            world.Store.Remove(Note.Table, default, Key(2), Gone, 0);
            world.Store.Table(Note.Table, default).OldestFirst().Select(n => n.Key).Should().Equal(Key(1), Key(3));
        });
    }

    [Fact]
    public async Task What_goes_gives_its_room_back_and_what_stays_is_found_where_it_moved()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            const int Count = 50_000;
            var chance = new Random(1);
            var kept = new HashSet<int>();
            for (var i = 0; i < Count; i++) world.Store.Put(Note.Table, default, new Note(Key(i), $"text of {i}"), Put, 0);
            var full = world.Store.ByteCount;
            for (var i = 0; i < Count; i++)
            {
                if (chance.Next(10) == 0) kept.Add(i);
                else world.Store.Remove(Note.Table, default, Key(i), Gone, 0);
            }
            var table = world.Store.Table(Note.Table, default);
            table.OldestFirst().Select(n => n.Text).Should().Equal(kept.Order().Select(i => $"text of {i}"));
            var rows = (long)Count * (72 + 4);
            (world.Store.ByteCount - rows)
                .Should().BeLessThan(
                    ((full - rows) / 4) + (4 * PackedBlocks.BlockSize), "a tenth is left, which takes twice its room at most");
            for (var i = 0; i < Count; i++) world.Store.Put(Note.Table, default, new Note(Key(i), $"text of {i}, again"), Put, 0);
            world.Store.ByteCount.Should().BeLessThan(full + (full / 4), "rows and blocks are used again");
            table.Count.Should().Be(Count);
        });
    }

    [Fact]
    public async Task A_list_passes_over_what_does_not_name_the_texts_it_looks_for()
    {
        await using var world = WorldOf.Manual();
        await world.On(() =>
        {
            var reads = 0;
            var counted = new TableKey<Note>("counted", new RecordForm<Note>("counted", (r, m) =>
            {
                if (r is null) reads++;
                return new Note(m.Text("key", r?.Key), m.Text("text", r?.Text), m.Flag("settled", r?.IsSettled));
            }));
            var other = Key(7);
            for (var i = 0; i < 100; i++) world.Store.Put(counted, default, new Note(Key(i), i % 10 == 3 ? other : "+14155550100"), Put, 0);
            world.Store.Put(counted, default, new Note(Key(200), "open", IsSettled: false), Put, 0);
            world.Store.Put(counted, default, new Note(Key(201), "+1415555010012"), Put, 0);
            var table = world.Store.Table(counted, default);
            reads = 0;
            table.NewestFirst(null, other)
                .Select(n => n.Key)
                .Should().Equal(
                    [Key(200), .. Enumerable.Range(0, 100).Where(i => i % 10 == 3 || i == 7).Reverse().Select(Key)],
                    "an open one is not packed, and who asks tests it");
            reads.Should().Be(11);
            table.NewestFirst(null, "+14155550100").Count().Should().Be(91, "a longer text is another");
            table.NewestFirst(null, other, "+14155550100").Select(n => n.Key).Should().Equal(Key(200), Key(7));
            table.NewestFirst(Key(50), other, "+14155550100").Select(n => n.Key).Should().Equal(Key(7));
            table.NewestFirst(null, []).Count().Should().Be(102);
        });
    }

    [Fact]
    public async Task A_table_of_any_steps_is_as_a_plain_list_of_the_same_steps()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var world = WorldOf.Manual();
            await world.On(() => Compare(world, new Random(seed)));
        }
    }

    private static void Compare(World world, Random chance)
    {
        var model = new List<Note>();
        var table = world.Store.Table(Note.Table, default);
        for (var step = 0; step < 3_000; step++)
        {
            var which = chance.Next(300);
            var key = which % 3 == 0 ? $"name {which}" : Key(which);
            var place = model.FindIndex(n => n.Key == key);
            if (chance.Next(3) == 0)
            {
                (world.Store.Remove(Note.Table, default, key, Gone, 0) is not null).Should().Be(place >= 0);
                if (place >= 0) model.RemoveAt(place);
            }
            else
            {
                var note = new Note(key, new string((char)('a' + (step % 26)), chance.Next(4_000)), chance.Next(4) > 0);
                world.Store.Put(Note.Table, default, note, Put, 0);
                if (place >= 0) model[place] = note;
                else model.Add(note);
            }
        }
        table.OldestFirst().Should().Equal(model);
        table.NewestFirst().Should().Equal(model.AsEnumerable().Reverse());
        table.Count.Should().Be(model.Count);
        for (var which = 0; which < 300; which++) table.Find(Key(which)).Should().Be(model.Find(n => n.Key == Key(which)));
        table.NewestFirst(model[50].Key).Should().Equal(model.Take(50).Reverse());
    }

    // As random as a seed makes them, or as plain as a config's.
    private static string Key(int number) =>
        number % 2 == 0 ? $"SM{number:x32}" : $"SM{(ulong)number * 0x9E3779B97F4A7C15:x16}{(ulong)number * 0xD6E8FEB86659FD93:x16}";
}
