using TwilioEmu.Durable.Files;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Tests;

/// <summary>What a start makes of blocks and batches: each record once, as it was last, in the order of arrival.</summary>
public sealed class LoadedRowsTests
{
    private const int Blocks = 12;
    private const int RowsOfBlock = 40;

    /// <param name="seed">Of the rows.</param>
    /// <param name="places">Among how many places records arrived: few leave most changed often, many lie far apart.</param>
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 600)]
    [InlineData(3, 5_000)]
    [InlineData(4, 1_000_000)]
    [InlineData(5, 2_000_000_000)]
    public void Of_each_record_the_newest_row_is_handed_on_in_the_order_of_arrival(int seed, int places)
    {
        var random = new Random(seed);
        var (codec, model) = (new BlockCodec(Folder.Forms), new SortedDictionary<long, string?>());
        var blocks = Enumerable.Range(0, Blocks).Select(_ => codec.Write(Some(random, places, model)).ToList()).SelectMany(b => b).ToList();
        var live = model.Values.Count(static text => text is not null);
        var newer = Some(random, places, model).ToDictionary(r => r.State.Place.Arrived);

        var rows = new LoadedRows(codec, newer, expected: 0, Fault);
        for (var i = blocks.Count; i > 0; i--) rows.AddOlder(blocks[i - 1], i);
        rows.End();

        rows.Select(r => (r.Place.Arrived, ((Note)r.Record).Text))
            .Should().Equal(model.Where(m => m.Value is not null).Select(m => (m.Key, m.Value!)));
        rows.Count.Should().Be(model.Values.Count(static text => text is not null));
        rows.Index.LiveCount.Should().Be(live);
        rows.Index.Census.Should().Be(new BlockCensus(blocks.Count, blocks.Count * (blocks.Count + 1) / 2));
    }

    [Fact]
    public void A_block_of_the_version_before_is_read_as_one_of_now()
    {
        var (codec, writer, record) = (new BlockCodec(Folder.Forms), new PackedWriter(), new PackedWriter());
        void Begin(string? form)
        {
            writer.Clear();
            writer.Number("version", 2);
            writer.Text("table", "notes");
            writer.Account("account", Folder.Mine);
            writer.TextOrNull("form", form);
        }
        Begin("note");
        foreach (var (arrived, key) in new[] { (7L, "SM" + new string('b', 32)), (8L, "a name"), (9L, "gone soon") })
        {
            RowPlace.Walk(new RowPlace(arrived, 0, default), writer);
            writer.Text("key", key);
            writer.TextOrNull("alias", null);
            record.Clear();
            Note.Form.Write(new Note(key, "as it was", IsSettled: false), record);
            writer.Bytes(record.Written);
        }
        var older = writer.Written.ToArray();
        Begin(null);
        writer.Long("arrived", 9);
        var rows = new LoadedRows(codec, new Dictionary<long, Row>(), expected: 0, Fault);
        rows.AddOlder(writer.Written.ToArray(), 2);
        rows.AddOlder(older, 1);
        rows.End();
        rows.Select(r => (r.Place.Arrived, r.Key, r.Record)).Should().Equal(
            (7L, "SM" + new string('b', 32), new Note("SM" + new string('b', 32), "as it was", IsSettled: false)),
            (8L, "a name", new Note("a name", "as it was", IsSettled: false)));
    }

    [Fact]
    public void A_row_that_is_none_is_told_as_damage_by_whoever_asks_for_it()
    {
        var codec = new BlockCodec(Folder.Forms);
        var note = new Note("a name", "as it was");
        var block = codec.Write([
            new Row(new RowKey("notes", Folder.Mine, note.Key), new RowState(Note.Form, note, new RowPlace(7, 7, WorldOptions.StoryStart))),
        ]).Single();
        // The key's length lies behind the record and the three numbers of its place: it is longer than what is left.
        block[block.AsSpan().LastIndexOf("a name"u8) - 1] = 0x7F;
        var rows = new LoadedRows(codec, new Dictionary<long, Row>(), expected: 0, Fault);
        rows.AddOlder(block, 1);
        rows.End().Invoking(static r => r.ToList()).Should().Throw<DataFault>().WithMessage("damaged: *");
    }

    private static DataFault Fault(Exception damage) => new($"damaged: {damage.Message}", damage);

    // No record twice, as in a batch of blocks; a quarter are gone.
    private static List<Row> Some(Random random, int places, SortedDictionary<long, string?> model)
    {
        var rows = new List<Row>();
        foreach (var arrived in Enumerable.Range(0, RowsOfBlock).Select(_ => 1L + random.Next(places)).Distinct())
        {
            var text = random.Next(4) == 0 ? null : $"text {random.Next()}";
            var place = new RowPlace(arrived, random.Next(2) * arrived, WorldOptions.StoryStart);
            model[arrived] = text;
            rows.Add(new Row(
                new RowKey("notes", Folder.Mine, $"{arrived}"),
                new RowState(text is null ? null : Note.Form, text is null ? null : new Note($"{arrived}", text), place)));
        }
        return rows;
    }
}
