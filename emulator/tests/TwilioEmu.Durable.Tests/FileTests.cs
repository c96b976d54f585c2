using LiteDB;
using LiteDB.Engine;
using TwilioEmu.Kernel;

namespace TwilioEmu.Durable.Tests;

/// <summary>What the file of a world holds, and how much of the past.</summary>
public sealed class FileTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_batch_longer_than_a_document_may_be_is_kept_whole()
    {
        await _folder.LiveAsync(world =>
        {
            for (var i = 0; i < 30; i++) Put(world, new Note($"{i}", new string('x', 1_000_000)));
        });
        await _folder.LiveAsync(
            world =>
                world.Store.Table(Note.Table, Folder.Mine).OldestFirst()
                    .Should().HaveCount(30)
                    .And.OnlyContain(n => n.Text.Length == 1_000_000));
    }

    [Fact]
    public async Task Any_LiteDB_tool_reads_the_records_and_the_journal()
    {
        await _folder.LiveAsync(world =>
        {
            Put(world, new Note("a", "first"));
            Put(world, new Note("a", "second"));
            Put(world, new Note("b", "gone"));
            world.Store.Remove(Note.Table, Folder.Mine, "b", Folder.Noted, 0);
        });
        using var engine = new LiteEngine(new EngineSettings { Filename = _folder.File, ReadOnly = true });
        Read(engine, "notes").Select(d => (d["key"].AsString, d["text"].AsString, d["settled"].AsBoolean))
            .Should().Equal(("a", "second", true));
        Read(engine, "journal").Select(d => d["data"]["text"].AsString).Should().Equal("first", "second", "gone", "gone");
    }

    [Fact]
    public async Task Blocks_are_made_while_the_world_lives_so_that_a_start_after_a_kill_reads_few_batches()
    {
        const int Count = 120;
        var keeper = DurableWorld.Open(_folder.Path, Folder.Forms);
        await using var world = new World(Folder.Story with { Keeper = keeper, MaxJournalEntries = 50 });
        for (var i = 0; i < Count; i++)
        {
            var (key, text) = ($"{i}", new string('x', 100_000));
            await world.Loop.RunAsync(() => Put(world, new Note(key, text)), CancellationToken.None);
            await keeper.KeptAsync(world.Journal.LastSeq);
        }
        using var killed = _folder.Copy();
        await keeper.CloseAsync();
        using (var engine = new LiteEngine(new EngineSettings { Filename = killed.File }))
        {
            Read(engine, "twilioemu").Single()["blocked"].AsInt64.Should().BeGreaterThan(Count / 2);
        }
        await killed.LiveAsync(next =>
        {
            next.Store.Table(Note.Table, Folder.Mine).OldestFirst().Select(n => n.Key)
                .Should().Equal(Enumerable.Range(0, Count).Select(i => $"{i}"));
            next.Keeper!.Saved!.Entries.Should().HaveCountLessThan(Count);
        });
    }

    [Fact]
    public async Task The_file_lets_go_of_entries_that_the_journal_has_let_go()
    {
        for (var life = 0; life < 3; life++)
        {
            var keeper = DurableWorld.Open(_folder.Path, Folder.Forms);
            await using var world = new World(Folder.Story with { Keeper = keeper, MaxJournalEntries = 50 });
            for (var i = 0; i < 400; i++)
            {
                var key = $"{life} {i}";
                await world.Loop.RunAsync(() => Put(world, new Note(key)), CancellationToken.None);
                await keeper.KeptAsync(world.Journal.LastSeq);
            }
            await keeper.CloseAsync();
        }
        using var engine = new LiteEngine(new EngineSettings { Filename = _folder.File, ReadOnly = true });
        Read(engine, "batches").Should().HaveCountLessThan(900);
        Read(engine, "notes").Should().HaveCount(1200);
    }

    [Fact]
    public async Task What_is_settled_lies_apart_and_a_block_of_the_past_alone_is_dropped()
    {
        const int Count = 500;
        foreach (var isSettled in new[] { false, true, true })
        {
            await _folder.LiveAsync(
                world =>
                {
                    for (var i = 0; i < Count; i++) Put(world, new Note($"{i}", IsSettled: isSettled));
                    Put(world, new Note($"stays {isSettled}", IsSettled: !isSettled));
                });
        }
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File, ReadOnly = true }))
        {
            // Of each record its newest row alone.
            var world = Read(engine, "twilioemu").Single();
            world["block_rows"].AsInt64.Should().Be(Count + 2);
            Read(engine, "blocks").Sum(static b => b["_id"].AsInt64).Should().Be(world["block_sum"].AsInt64);
            Read(engine, "blocks").Should().HaveCount(3).And.HaveCount(world["blocks"].AsInt32);
        }
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).OldestFirst()
            .Should().HaveCount(Count + 2).And.OnlyContain(n => n.IsSettled == (n.Key != "stays True")));
    }

    [Fact]
    public async Task Rows_of_the_past_and_of_what_was_trimmed_leave_the_blocks()
    {
        const int Count = 12_000;
        var few = Folder.Story with { MaxJournalEntries = 1_000 };
        for (var life = 0; life < 5; life++)
        {
            await _folder.LiveAsync(
                world =>
                {
                    for (var i = 0; i < Count; i++) Put(world, new Note($"{i}", $"life {life}"));
                },
                few);
        }
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File, ReadOnly = true }))
        {
            Read(engine, "twilioemu").Single()["block_rows"].AsInt64.Should().BeLessThan((2 * Count) + 20_001);
        }
        await _folder.LiveAsync(
            world =>
                world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Should().HaveCount(Count).And.OnlyContain(n => n.Text == "life 4"),
            few);
        await _folder.LiveAsync(world => Put(world, new Note("new")), few with { MaxRecords = 100 });
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count.Should().BeLessThan(Count), few);
    }

    private static List<BsonDocument> Read(LiteEngine engine, string collection)
    {
        var documents = new List<BsonDocument>();
        using var reader = engine.Query(collection, new Query());
        while (reader.Read()) documents.Add(reader.Current.AsDocument);
        return documents;
    }

    private static void Put(World world, Note note) => world.Store.Put(Note.Table, Folder.Mine, note, Folder.Noted, 0);
}
