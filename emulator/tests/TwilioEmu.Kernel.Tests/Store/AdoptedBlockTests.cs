using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Store;

/// <summary>A store that takes a keeper's blocks over as they are holds what was in them, and gives their room back like its own.</summary>
public sealed class AdoptedBlockTests
{
    private const int Count = 4_000;

    private static readonly EntryKind Put = new("note.put", "a test's");

    private static WorldOptions Story => new() { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart };

    // What a keeper's own about a record takes, behind it.
    private static readonly byte[] About = [1, 2, 3];

    [Fact]
    public async Task What_lay_in_a_block_is_found_replaced_and_moved_out_of_a_block_of_which_little_is_left()
    {
        var rows = Blocks().ToList();
        await using var world = new World(Story with { Keeper = new CarriedWorld(Saved(rows)) });
        await world.On(() =>
        {
            var table = world.Store.Table(Note.Table, default);
            table.OldestFirst().Select(n => n.Text).Should().Equal(Enumerable.Range(0, Count).Select(TextOf));
            table.Find(Key(7))!.Text.Should().Be(TextOf(7));
            var full = world.Store.ByteCount;
            for (var i = 0; i < Count; i++) if (i % 10 != 3) world.Store.Remove(Note.Table, default, Key(i), Put, 0);
            world.Store.ByteCount.Should().BeLessThan(full - (rows.Sum(static r => r.Packed.Length) / 2), "a tenth is left, in other blocks");
            table.OldestFirst().Select(n => n.Text).Should().Equal(Enumerable.Range(0, Count).Where(i => i % 10 == 3).Select(TextOf));
            world.Store.Put(Note.Table, default, new Note(Key(3), "another"), Put, 0);
            table.Find(Key(3))!.Text.Should().Be("another");
        });
        rows[^1].Record.Should().Be(new Note(Key(Count - 1), TextOf(Count - 1)), "who handed them over may still read them");
    }

    [Fact]
    public async Task Two_worlds_that_go_on_from_the_same_rows_do_not_see_each_other()
    {
        var saved = Saved([.. Blocks()]);
        await using var first = new World(Story with { Keeper = new CarriedWorld(saved) });
        await using var second = new World(Story with { Keeper = new CarriedWorld(saved) });
        await first.On(() =>
        {
            for (var i = 1; i < Count; i++) first.Store.Remove(Note.Table, default, Key(i), Put, 0);
            for (var i = 0; i < Count; i++) first.Store.Put(Note.Table, default, new Note(Key(i), "new"), Put, 0);
        });
        await second.On(() => second.Store.Table(Note.Table, default).OldestFirst().Select(n => n.Text)
            .Should().Equal(Enumerable.Range(0, Count).Select(TextOf)));
    }

    private static SavedWorld Saved(IReadOnlyList<SavedRow> rows) =>
        new(1, WorldOptions.StoryStart, Count, rows, [], new Dictionary<string, byte[]>());

    // Two blocks, each with something before its records that is none.
    private static IEnumerable<SavedRow> Blocks()
    {
        for (var half = 0; half < 2; half++)
        {
            var (bytes, offsets, record) = (new List<byte> { 9, 9 }, new List<int>(), new PackedWriter());
            var of = Enumerable.Range(half * Count / 2, Count / 2).ToList();
            foreach (var i in of)
            {
                record.Clear();
                Note.Form.Write(new Note(Key(i), TextOf(i)), record);
                offsets.Add(bytes.Count);
                var head = new byte[PackedBlock.HeadSize];
                PackedBlock.WriteHead(head, record.Written.Length, record.Written.Length + About.Length);
                bytes.AddRange([.. head, .. record.Written, .. About]);
            }
            var block = new PackedBlock([.. bytes], 2);
            for (var i = 0; i < of.Count; i++)
            {
                yield return new SavedRow(
                    Note.Table.Name, default, Note.Form, (Sid.Parse(Key(of[i])), ""), null, block, offsets[i],
                    new RowPlace(of[i] + 1, of[i] + 1, WorldOptions.StoryStart), waitingWeight: null);
            }
        }
    }

    private static string TextOf(int i) => $"text of {i} {new string('x', 60)}";

    private static string Key(int i) => $"SM{i:x32}";
}
