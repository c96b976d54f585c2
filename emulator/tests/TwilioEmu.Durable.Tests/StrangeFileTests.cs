using System.IO.Compression;
using System.Security.Cryptography;
using LiteDB;
using LiteDB.Engine;
using TwilioEmu.Durable.Files;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Tests;

/// <summary>A folder that is in use, or holds no world of this program, is refused and left as it is.</summary>
public sealed class StrangeFileTests : IDisposable
{
    private const int Notes = 8;

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
    public async Task A_file_of_a_format_before_goes_on_and_is_of_ours_from_then_on()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a", new string('a', 40_000))));
        void Format(Action<BsonDocument, LiteEngine> act)
        {
            using var engine = new LiteEngine(new EngineSettings { Filename = _folder.File });
            act(Read(engine, "twilioemu").Single(), engine);
        }
        Format(static (document, engine) =>
        {
            document["format"] = 3;
            document.Remove("blocks").Should().BeTrue();
            document.Remove("block_sum").Should().BeTrue();
            engine.Update("twilioemu", [document]);
            var squeezed = Read(engine, "blocks").Concat(Read(engine, "batches")).Count(static d => d["zstd"].IsInt32);
            squeezed.Should().BePositive();
            foreach (var collection in new[] { "blocks", "batches" }) engine.Update(collection, Read(engine, collection).Select(ByZlib));
        });
        await _folder.LiveAsync(world =>
        {
            world.Store.Table(Note.Table, Folder.Mine).NewestFirst().Single().Text.Should().HaveLength(40_000);
            Put(world, new Note("b"));
        });
        Format(static (document, _) => document["format"].AsInt32.Should().Be(4));
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count.Should().Be(2));
    }

    // As format 3 squeezed what format 4 does by Zstandard.
    private static BsonDocument ByZlib(BsonDocument document)
    {
        if (!document["zstd"].IsInt32) return document;
        using var expander = new ZstdSharp.Decompressor();
        var into = new MemoryStream();
        using (var zlib = new ZLibStream(into, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(expander.Unwrap(document["b"].AsBinary));
        document["b"] = into.ToArray();
        document["crc"] = Checksum.Of(into.ToArray());
        document["z"] = document["zstd"];
        document.Remove("zstd");
        return document;
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

    [Fact]
    public async Task A_block_that_is_missing_is_told_and_not_passed_over()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a", IsSettled: false)));
        await _folder.LiveAsync(world => Put(world, new Note("b")));
        using (var engine = new LiteEngine(new EngineSettings { Filename = _folder.File }))
        {
            Read(engine, "blocks").Should().HaveCount(2);
            engine.Delete("blocks", [Read(engine, "blocks")[0]["_id"]]);
        }
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*of 2 blocks 1 are there*");
    }

    [Fact]
    public async Task A_file_that_was_cut_anywhere_is_refused_and_left_as_it_is()
    {
        await _folder.LiveAsync(world =>
        {
            for (var i = 0; i < 200; i++) Put(world, new Note($"{i}", new string((char)('a' + (i % 26)), 500)));
        });
        var bytes = File.ReadAllBytes(_folder.File);
        for (var length = 0; length < bytes.Length; length += 4096)
        {
            File.WriteAllBytes(_folder.File, bytes[..length]);
            Refused().Should().Contain(_folder.File);
            File.ReadAllBytes(_folder.File).Should().Equal(bytes[..length]);
        }
        File.WriteAllBytes(_folder.File, bytes[..^1]);
        Refused().Should().Contain("it was cut");
    }

    /// <param name="share">Of what was in the log before the last batch was put; none takes the log away.</param>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(null)]
    public async Task A_log_that_was_cut_or_taken_away_is_told_and_left_as_it_is(double? share)
    {
        var earlier = 0L;
        using var killed = await KilledAsync(_folder, beforeLast: () => earlier = new FileInfo(LogOf(_folder)).Length);
        if (share is { } some) Cut(killed, (int)(earlier * some));
        else File.Delete(LogOf(killed));
        var before = All(killed);
        FluentActions.Invoking(() => DurableWorld.Open(killed.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*lacks what was accepted last*twilioemu-log.db*bring back*twilioemu.lock*");
        All(killed).Should().BeEquivalentTo(before);
        // The cure that is named goes on with what is there.
        File.Delete(LockOf(killed));
        await DurableWorld.Open(killed.Path, Folder.Forms).CloseAsync();
    }

    [Fact]
    public async Task A_log_that_was_cut_anywhere_is_refused_or_has_lost_nothing()
    {
        using var killed = await KilledAsync(_folder);
        var length = (int)new FileInfo(LogOf(killed)).Length;
        var (refused, whole) = (0, 0);
        for (var cut = 0; cut < length; cut += 4096)
        {
            using var copy = killed.Copy();
            File.Copy(LockOf(killed), LockOf(copy));
            Cut(copy, cut);
            try
            {
                // What follows the last batch are the readable collections, which are completed from the batches.
                await copy.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count
                    .Should().Be(Notes, "of {0} bytes {1} were left", length, cut));
                whole++;
            }
            catch (DataFault)
            {
                refused++;
            }
        }
        refused.Should().BePositive();
        (refused + whole).Should().BeGreaterThan(8);
    }

    [Fact]
    public async Task A_log_without_its_file_is_no_world_that_begins()
    {
        using var killed = await KilledAsync(_folder);
        File.Delete(killed.File);
        var before = All(killed);
        FluentActions.Invoking(() => DurableWorld.Open(killed.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*is missing*log*");
        All(killed).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task The_log_of_another_file_is_not_laid_over_this_one()
    {
        using var killed = await KilledAsync(_folder);
        using var other = new Folder();
        using var strange = await KilledAsync(other);
        File.Copy(LogOf(strange), LogOf(killed), overwrite: true);
        var before = All(killed);
        FluentActions.Invoking(() => DurableWorld.Open(killed.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*log of another file*");
        All(killed).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task A_damaged_file_beside_a_log_is_refused_and_both_are_left_as_they_are()
    {
        using var killed = await KilledAsync(_folder);
        var bytes = File.ReadAllBytes(killed.File);
        Array.Clear(bytes, 8192, bytes.Length - 8192);
        File.WriteAllBytes(killed.File, bytes);
        var log = File.ReadAllBytes(LogOf(killed));
        for (var page = 0; page < log.Length; page += 8192) if (log[page + 4] != 1) Array.Clear(log, page + 32, 8192 - 32);
        File.WriteAllBytes(LogOf(killed), log);
        var before = All(killed);
        FluentActions.Invoking(() => DurableWorld.Open(killed.Path, Folder.Forms))
            .Should().Throw<DataFault>().WithMessage("*damaged*");
        All(killed).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task An_older_copy_of_the_file_is_told_and_one_of_another_world_goes_on()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a")));
        var older = File.ReadAllBytes(_folder.File);
        await _folder.LiveAsync(world => Put(world, new Note("b")));
        File.WriteAllBytes(_folder.File, older);
        Refused().Should().Contain("older copy");
        using var other = new Folder();
        await other.LiveAsync(world => Put(world, new Note("c")));
        File.Copy(other.File, _folder.File, overwrite: true);
        await _folder.LiveAsync(world => world.Store.Table(Note.Table, Folder.Mine).Count.Should().Be(1));
    }

    [Fact]
    public async Task A_damaged_world_from_before_an_import_takes_no_other_place()
    {
        await _folder.LiveAsync(world => Put(world, new Note("a")));
        File.WriteAllText(_folder.File + ".before", "junk");
        var before = All(_folder);
        Refused().Should().Contain(".before");
        All(_folder).Should().BeEquivalentTo(before);
    }

    private string Refused() =>
        FluentActions.Invoking(() => DurableWorld.Open(_folder.Path, Folder.Forms)).Should().Throw<DataFault>().Which.Message;

    private static string LogOf(Folder folder) => Path.Combine(folder.Path, "twilioemu-log.db");

    private static string LockOf(Folder folder) => Path.Combine(folder.Path, "twilioemu.lock");

    private static Dictionary<string, string> All(Folder folder) =>
        Directory.GetFiles(folder.Path).ToDictionary(f => f, f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));

    private static void Cut(Folder folder, int length)
    {
        using var log = new FileStream(LogOf(folder), FileMode.Open);
        log.SetLength(length);
    }

    /// <summary>What a <c>kill -9</c> leaves of a world that lives in a folder: its file, its log and its tally.</summary>
    private static async Task<Folder> KilledAsync(Folder folder, Action? beforeLast = null)
    {
        var keeper = DurableWorld.Open(folder.Path, Folder.Forms);
        await using var world = new World(Folder.Story with { Keeper = keeper });
        for (var i = 0; i < Notes; i++)
        {
            if (i == Notes - 1) beforeLast?.Invoke();
            await world.Loop.RunAsync(() => Put(world, new Note($"{i}", new string('x', 20_000))), CancellationToken.None);
            await keeper.KeptAsync(world.Journal.LastSeq);
        }
        var copy = folder.Copy();
        await keeper.CloseAsync();
        // The lock is held against readers while the world lives; a stop that lays the log down commits no batch that was not counted.
        File.Copy(LockOf(folder), LockOf(copy));
        return copy;
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
