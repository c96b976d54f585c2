using LiteDB;
using LiteDB.Engine;
using TwilioEmu.Durable.Files;
using TwilioEmu.Durable.Lines;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Tests;

public sealed class DurableWorldTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Records_are_there_again_in_their_order_with_the_newest_of_what_they_were()
    {
        await _folder.LiveAsync(world =>
        {
            for (var i = 0; i < 50; i++) Put(world, new Note($"{i}", "first", IsSettled: false));
            for (var i = 0; i < 50; i += 2) Put(world, new Note($"{i}", "second"));
            world.Store.Remove(Note.Table, Folder.Mine, "7", Folder.Noted, 0);
        });
        await _folder.LiveAsync(world =>
        {
            var notes = world.Store.Table(Note.Table, Folder.Mine).OldestFirst().ToList();
            notes.Select(n => n.Key).Should().Equal(Enumerable.Range(0, 50).Where(i => i != 7).Select(i => $"{i}"));
            notes.Should().OnlyContain(n => n.Text == (int.Parse(n.Key) % 2 == 0 ? "second" : "first"));
            world.Store.Table(Note.Table, Folder.Mine).NewestFirst("48").Select(n => n.Key).First().Should().Be("47", "a page goes on where it was");
        });
    }

    [Fact]
    public async Task The_journal_goes_on_with_the_next_seq_and_shows_what_was_before_as_it_was()
    {
        string[] before = [];
        await _folder.LiveAsync(world =>
        {
            Put(world, new Note("a", "words"));
            world.Journal.Write(Folder.Mine, Folder.Noted, "b", 1, ("text", "+1 \"two\""), ("count", 3), ("list", (string[])["x", "y"]));
            world.Store.Remove(Note.Table, Folder.Mine, "a", Folder.Noted, 2);
            before = [.. world.Journal.After(0).Select(e => e.ToJson())];
        });
        await _folder.LiveAsync(world =>
        {
            world.Journal.After(0).Select(e => e.ToJson()).Should().Equal(before);
            world.Journal.Write(Folder.Mine, Folder.Noted, "c", 0).Seq.Should().Be(before.Length + 1);
        });
    }

    [Fact]
    public async Task What_settled_first_is_trimmed_first_after_a_restart_too()
    {
        await _folder.LiveAsync(world =>
        {
            for (var i = 0; i < 20; i++) Put(world, new Note($"{i}", IsSettled: false));
            for (var i = 19; i >= 0; i--) Put(world, new Note($"{i}"));
        });
        await _folder.LiveAsync(
            world =>
            {
                Put(world, new Note("new"));
                world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Select(n => n.Key).Should().Contain("0").And.NotContain("19");
            },
            Folder.Story with { MaxRecords = 10 });
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count.Should().Be(10, "what was trimmed stays gone"));
    }

    [Fact]
    public async Task Virtual_time_and_chances_go_on_where_they_stood()
    {
        var sids = new List<string>();
        await _folder.LiveAsync(world => sids.Add(world.Sids.New("SM")));
        await _folder.LiveAsync(world => sids.Add(world.Sids.New("SM")), Folder.Story with { Start = WorldOptions.StoryStart.AddDays(9), Seed = 1 });
        await using var whole = new World(Folder.Story);
        var expected = await whole.Loop.RunAsync(() => (string[])[whole.Sids.New("SM"), whole.Sids.New("SM")], CancellationToken.None);
        sids.Should().Equal(expected);
        await _folder.LiveAsync(world => world.Clock.GetUtcNow().Should().Be(WorldOptions.StoryStart), Folder.Story with { Start = WorldOptions.StoryStart.AddDays(9) });
    }

    [Fact]
    public async Task Time_that_moved_on_while_nothing_happened_has_moved_on()
    {
        var keeper = DurableWorld.Open(_folder.Path, Folder.Forms);
        await using (var world = new World(Folder.Story with { Keeper = keeper }))
        {
            await world.Loop.RunAsync(() => Put(world, new Note("a")), CancellationToken.None);
            await world.Clock.AdvanceAsync(TimeSpan.FromHours(3));
            await keeper.CloseAsync();
        }
        await _folder.LiveAsync(world => world.Clock.GetUtcNow().Should().Be(WorldOptions.StoryStart.AddHours(3)));
    }

    [Fact]
    public async Task An_appointment_is_kept_by_whatever_process_lives_then()
    {
        var kept = new List<string>();
        await _folder.LiveAsync(world => world.Appointments.Make("test", TimeSpan.FromHours(2), "a", "b"));
        var keeper = DurableWorld.Open(_folder.Path, Folder.Forms);
        await using var world = new World(Folder.Story with { Keeper = keeper });
        await world.Loop.RunAsync(
            () =>
            {
                world.Appointments.On("test", words => kept.AddRange(words));
                world.Appointments.Resume();
            },
            CancellationToken.None);
        await world.Clock.AdvanceAsync(TimeSpan.FromMinutes(119));
        kept.Should().BeEmpty();
        await world.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        kept.Should().Equal("a", "b");
        await keeper.CloseAsync();
        await _folder.LiveAsync(next =>
        {
            next.Appointments.On("test", words => kept.Add("again"));
            next.Appointments.Resume();
        });
        kept.Should().NotContain("again");
    }

    [Fact]
    public async Task A_batch_longer_than_a_document_may_be_is_kept_whole()
    {
        await _folder.LiveAsync(world =>
        {
            for (var i = 0; i < 30; i++) Put(world, new Note($"{i}", new string('x', 1_000_000)));
        });
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Should().HaveCount(30).And.OnlyContain(n => n.Text.Length == 1_000_000));
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
        Read(engine, "notes").Select(d => (d["key"].AsString, d["text"].AsString, d["settled"].AsBoolean)).Should().Equal(("a", "second", true));
        Read(engine, "journal").Select(d => d["data"]["text"].AsString).Should().Equal("first", "second", "gone", "gone");
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused()
    {
        var keeper = DurableWorld.Open(_folder.Path, Folder.Forms);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>().WithMessage("*another process*");
        await keeper.CloseAsync();
        await DurableWorld.Open(_folder.Path, Folder.Forms).CloseAsync();
    }

    [Theory]
    [InlineData("no database at all, and long enough to be looked at")]
    [InlineData("")]
    public void A_file_of_another_make_is_refused_and_left_as_it_is(string text)
    {
        File.WriteAllText(_folder.File, text);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>().WithMessage("*left as it is*");
        File.ReadAllText(_folder.File).Should().Be(text);
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File })) engine.Insert("theirs", [new BsonDocument { ["_id"] = 1 }], BsonAutoId.Int32);
        var before = File.ReadAllBytes(_folder.File);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>().WithMessage("*another program*");
        File.ReadAllBytes(_folder.File).Should().Equal(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_damaged_file_is_refused_and_left_as_it_is(int seed)
    {
        await _folder.LiveAsync(world =>
        {
            for (var i = 0; i < 200; i++) Put(world, new Note($"{i}", new string('x', 500)));
        });
        var bytes = File.ReadAllBytes(_folder.File);
        var chance = new Random(seed);
        // Every page but the first: the header is looked at by itself.
        for (var page = 8192; page < bytes.Length; page += 8192) chance.NextBytes(bytes.AsSpan(page, 4096));
        File.WriteAllBytes(_folder.File, bytes);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>();
        File.ReadAllBytes(_folder.File).Should().Equal(bytes);
    }

    [Fact]
    public async Task A_file_whose_records_have_other_members_is_refused_with_the_cure()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a")));
        var later = new RecordForms([new RecordForm<Note>("note", static (r, m) => new Note(m.Text("key", r?.Key), m.Text("words", r?.Text), m.Flag("settled", r?.IsSettled)))]);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, later)).Should().Throw<DataFault>().WithMessage("*note*export*import*");
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count.Should().Be(1));
    }

    [Fact]
    public async Task A_file_of_an_older_format_is_refused_with_the_cure()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a")));
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File }))
        {
            var document = Read(engine, "twilioemu").Single();
            document["format"] = 1;
            engine.Update("twilioemu", [document]);
        }
        var before = File.ReadAllBytes(_folder.File);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>().WithMessage("*format 1*left as it is*export*import*");
        File.ReadAllBytes(_folder.File).Should().Equal(before);
    }

    [Fact]
    public async Task A_file_of_the_format_before_goes_on_and_is_of_ours_from_then_on()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a")));
        void Format(Action<BsonDocument, LiteEngine> act)
        {
            using var engine = new LiteEngine(new EngineSettings { Filename = _folder.File });
            act(Read(engine, "twilioemu").Single(), engine);
        }
        Format(static (document, engine) =>
        {
            document["format"] = 2;
            engine.Update("twilioemu", [document]);
        });
        await _folder.LiveAsync(world =>
        {
            world.Store.Table(Note.Table, Folder.Mine).Count.Should().Be(1);
            Put(world, new Note("b"));
        });
        Format(static (document, _) => document["format"].AsInt32.Should().Be(3));
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count.Should().Be(2));
    }

    [Fact]
    public async Task A_letter_that_turned_in_the_file_is_not_read_as_another()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a", "a needle in it")));
        var bytes = File.ReadAllBytes(_folder.File);
        for (var at = bytes.AsSpan().IndexOf("needle"u8); at >= 0; at = bytes.AsSpan().IndexOf("needle"u8)) bytes[at] = (byte)'N';
        File.WriteAllBytes(_folder.File, bytes);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>().WithMessage("*not what was written*");
    }

    [Fact]
    public async Task A_batch_that_is_missing_is_told_and_not_passed_over()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a")));
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File })) engine.Delete("batches", [Read(engine, "batches")[0]["_id"]]);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>().WithMessage("*batch*missing*");
    }

    [Fact]
    public async Task A_key_that_was_given_again_names_the_new_record_alone()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a", "first")));
        await _folder.LiveAsync(world =>
        {
            world.Store.Remove(Note.Table, Folder.Mine, "a", Folder.Noted, 0);
            Put(world, new Note("a", "second"));
        });
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Select(n => n.Text).Should().Equal("second"));
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
            next.Store.Table(Note.Table, Folder.Mine).OldestFirst().Select(n => n.Key).Should().Equal(Enumerable.Range(0, Count).Select(i => $"{i}"));
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
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Should().HaveCount(Count).And.OnlyContain(n => n.Text == "life 4"), few);
        await _folder.LiveAsync(world => Put(world, new Note("new")), few with { MaxRecords = 100 });
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count.Should().BeLessThan(Count), few);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_was_put_and_removed_over_many_lives_is_there_in_the_order_it_came(int seed)
    {
        var (chance, model, few) = (new Random(seed), new List<(string Key, string Text)>(), Folder.Story with { MaxJournalEntries = 500 });
        for (var life = 0; life < 6; life++)
        {
            await _folder.LiveAsync(
                world =>
                {
                    world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Select(n => (n.Key, n.Text)).Should().Equal(model,
                        $"life {life}");
                    for (var i = 0; i < 6_000; i++)
                    {
                        var (key, text) = ($"{chance.Next(4_000)}", $"{life} {i} {new string('x', chance.Next(200))}");
                        var at = model.FindIndex(m => m.Key == key);
                        if (at >= 0 && chance.Next(3) == 0)
                        {
                            model.RemoveAt(at);
                            world.Store.Remove(Note.Table, Folder.Mine, key, Folder.Noted, 0);
                            continue;
                        }
                        if (at < 0) model.Add((key, text));
                        else model[at] = (key, text);
                        Put(world, new Note(key, text, IsSettled: chance.Next(4) > 0));
                    }
                },
                few);
        }
    }

    [Fact]
    public async Task A_world_of_lines_is_the_world_they_were_made_of()
    {
        string[] before = [];
        var lines = new MemoryStream();
        await _folder.LiveAsync(world =>
        {
            for (var i = 0; i < 50; i++) Put(world, new Note($"{i}", "words \u00fc", IsSettled: i % 2 == 0));
            world.Store.Remove(Note.Table, Folder.Mine, "7", Folder.Noted, 0);
            world.Appointments.Make("test", TimeSpan.FromHours(2), "a", "b");
            before = [.. world.Journal.After(0).Select(e => e.ToJson())];
        });
        await WorldLines.WriteAsync(DurableWorld.Export(_folder.Path, Folder.Forms), lines, CancellationToken.None);
        lines.Position = 0;
        using var other = new Folder();
        DurableWorld.Import(other.Path, await WorldLines.ReadAsync(lines, Folder.Forms, CancellationToken.None), Folder.Forms);
        await other.LiveAsync(world =>
        {
            world.Journal.After(0).Select(e => e.ToJson()).Should().Equal(before);
            world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Select(n => n.Key).Should().Equal(Enumerable.Range(0, 50).Where(i => i != 7).Select(i => $"{i}"));
        });
        using var engine = new LiteEngine(new EngineSettings { Filename = other.File, ReadOnly = true });
        Read(engine, "notes").Should().HaveCount(49);
        Read(engine, "journal").Should().HaveCount(before.Length);
        FluentActions.Invoking(() => DurableWorld.Import(other.Path, DurableWorld.Export(_folder.Path, Folder.Forms), Folder.Forms)).Should().Throw<DataFault>().WithMessage("*a world in this folder already*");
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
