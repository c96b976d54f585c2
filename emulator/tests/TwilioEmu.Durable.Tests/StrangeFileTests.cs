using LiteDB;
using LiteDB.Engine;
using TwilioEmu.Durable.Files;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Tests;

/// <summary>A folder that is in use, or holds no world of this program, is refused and left as it is.</summary>
public sealed class StrangeFileTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused()
    {
        var keeper = DurableWorld.Open(_folder.Path, Folder.Forms);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*another process*");
        await keeper.CloseAsync();
        await DurableWorld.Open(_folder.Path, Folder.Forms).CloseAsync();
    }

    [Theory]
    [InlineData("no database at all, and long enough to be looked at")]
    [InlineData("")]
    public void A_file_of_another_make_is_refused_and_left_as_it_is(string text)
    {
        File.WriteAllText(_folder.File, text);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*left as it is*");
        File.ReadAllText(_folder.File).Should().Be(text);
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File }))
        {
            engine.Insert("theirs", [new BsonDocument { ["_id"] = 1 }], BsonAutoId.Int32);
        }
        var before = File.ReadAllBytes(_folder.File);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*another program*");
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
        var later = new RecordForms([
            new RecordForm<Note>(
                "note", static (r, m) => new Note(m.Text("key", r?.Key), m.Text("words", r?.Text), m.Flag("settled", r?.IsSettled))),
        ]);
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, later))
            .Should().Throw<DataFault>().WithMessage("*note*export*import*");
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
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms))
            .Should().Throw<DataFault>()
            .WithMessage("*format 1*left as it is*export*import*");
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
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*not what was written*");
    }

    [Fact]
    public async Task A_batch_that_is_missing_is_told_and_not_passed_over()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a")));
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File }))
        {
            engine.Delete("batches", [Read(engine, "batches")[0]["_id"]]);
        }
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*batch*missing*");
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
