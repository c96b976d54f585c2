using LiteDB;
using LiteDB.Engine;
using TwilioEmu.Durable.Files;
using TwilioEmu.Durable.Lines;
using TwilioEmu.Kernel;

namespace TwilioEmu.Durable.Tests;

/// <summary>A world that is kept in a folder goes on where it stood, process after process.</summary>
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
            world.Store.Table(Note.Table, Folder.Mine).NewestFirst("48").Select(n => n.Key).First()
                .Should().Be("47", "a page goes on where it was");
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
        await _folder.LiveAsync(
            world => sids.Add(world.Sids.New("SM")), Folder.Story with { Start = WorldOptions.StoryStart.AddDays(9), Seed = 1 });
        await using var whole = new World(Folder.Story);
        var expected = await whole.Loop.RunAsync(() => (string[])[whole.Sids.New("SM"), whole.Sids.New("SM")], CancellationToken.None);
        sids.Should().Equal(expected);
        await _folder.LiveAsync(
            world => world.Clock.GetUtcNow().Should().Be(WorldOptions.StoryStart),
            Folder.Story with { Start = WorldOptions.StoryStart.AddDays(9) });
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
    public async Task A_key_that_was_given_again_names_the_new_record_alone()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a", "first")));
        await _folder.LiveAsync(world =>
        {
            world.Store.Remove(Note.Table, Folder.Mine, "a", Folder.Noted, 0);
            Put(world, new Note("a", "second"));
        });
        await _folder.LiveAsync(
            world => world.Store.Table(Note.Table, Folder.Mine).OldestFirst().Select(n => n.Text).Should().Equal("second"));
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
                    world.Store.Table(Note.Table, Folder.Mine).OldestFirst()
                        .Select(n => (n.Key, n.Text))
                        .Should().Equal(model, $"life {life}");
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
            world.Store.Table(Note.Table, Folder.Mine).OldestFirst()
                .Select(n => n.Key)
                .Should().Equal(Enumerable.Range(0, 50).Where(i => i != 7).Select(i => $"{i}"));
        });
        using var engine = new LiteEngine(new EngineSettings { Filename = other.File, ReadOnly = true });
        Read(engine, "notes").Should().HaveCount(49);
        Read(engine, "journal").Should().HaveCount(before.Length);
        FluentActions.Invoking(() => DurableWorld.Import(other.Path, DurableWorld.Export(_folder.Path, Folder.Forms), Folder.Forms))
            .Should().Throw<DataFault>()
            .WithMessage("*a world in this folder already*");
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
