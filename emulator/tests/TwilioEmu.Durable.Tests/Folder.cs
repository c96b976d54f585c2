using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Durable.Tests;

/// <summary>A folder of one's own, and worlds that live in it one after another.</summary>
internal sealed class Folder : IDisposable
{
    public static readonly AccountSid Mine = new("AC" + new string('a', 32));

    public static readonly EntryKind Noted = new("note.put", "a test's");

    public static readonly RecordForms Forms = new([Note.Form]);

    public string Path { get; } = Directory.CreateTempSubdirectory("durable-").FullName;

    public string File => System.IO.Path.Combine(Path, "twilioemu.db");

    /// <summary>Lives in the folder for a while, then stops.</summary>
    public async Task LiveAsync(Action<World> turn, WorldOptions? options = null)
    {
        var keeper = DurableWorld.Open(Path, Forms);
        await using var world = new World((options ?? Story) with { Keeper = keeper });
        try
        {
            await world.Loop.RunAsync(() => turn(world), CancellationToken.None);
            await keeper.KeptAsync(world.Journal.LastSeq);
        }
        finally
        {
            await keeper.CloseAsync();
        }
    }

    /// <summary>The folder as it lies on the disk now: what a <c>kill -9</c> would leave.</summary>
    public Folder Copy()
    {
        // Two looks at it that show the same: nothing was written between them.
        var files = Directory.GetFiles(Path, "*.db");
        var (seen, bytes) = (Array.ConvertAll(files, ReadAll), Array.ConvertAll(files, ReadAll));
        while (!seen.Zip(bytes).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
        {
            (seen, bytes) = (bytes, Array.ConvertAll(files, ReadAll));
        }
        var copy = new Folder();
        for (var i = 0; i < files.Length; i++)
        {
            System.IO.File.WriteAllBytes(System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(files[i])), bytes[i]);
        }
        return copy;
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    public static WorldOptions Story => new() { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>The plainest record.</summary>
internal sealed record Note(string Key, string Text = "", bool IsSettled = true) : IRecord
{
    public static readonly RecordForm<Note> Form = new(
        "note", static (r, m) => new Note(m.Text("key", r?.Key), m.Text("text", r?.Text), m.Flag("settled", r?.IsSettled)));

    public static readonly TableKey<Note> Table = new("notes", Form);

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("key", Key);
        json.WriteString("text", Text);
    }
}
