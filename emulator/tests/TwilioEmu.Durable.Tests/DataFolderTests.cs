using TwilioEmu.Durable.Files;

namespace TwilioEmu.Durable.Tests;

/// <summary>An import may be cut short at any of its steps: the folder has the one world or the other, each with the log that is its own.</summary>
public sealed class DataFolderTests : IDisposable
{
    private const string World = "twilioemu.db";
    private const string Log = "twilioemu-log.db";

    private readonly string _folder = Directory.CreateTempSubdirectory("twilioemu-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("the log is aside", "old", null, World, "old", Log + ".before", "old log", World + ".import", "new")]
    [InlineData("both are aside", "old", null, World + ".before", "old", Log + ".before", "old log", World + ".import", "new")]
    [InlineData("the new one is in their place", "old", null, World, "new", World + ".before", "old", Log + ".before", "old log")]
    [InlineData("and has written", "old", "new log", World, "new", World + ".before", "old", Log + ".before", "old log")]
    [InlineData("its start is told, and half of the old one is gone", "new", "new log", World, "new", Log + ".before", "old log")]
    public void Who_enters_after_an_import_was_cut_short_finds_one_world_whole(
        string step, string world, string? newLog, params string[] files)
    {
        for (var i = 0; i < files.Length; i += 2) File.WriteAllText(Path.Combine(_folder, files[i]), Told(files[i], files[i + 1]));
        if (newLog is not null) File.WriteAllText(Path.Combine(_folder, Log), newLog);
        using (DataFolder.Enter(_folder)) File.ReadAllText(Path.Combine(_folder, World)).Should().Be(Told(World, world), step);
        File.ReadAllText(Path.Combine(_folder, Log)).Should().Be($"{world} log", step);
        Directory.GetFiles(_folder, "*.before").Should().BeEmpty(step);
    }

    /// <summary>A file that begins as a database of ours does, with a word at its end; of a log the word alone.</summary>
    private static string Told(string file, string word) => file.StartsWith(Log, StringComparison.Ordinal)
        ? word
        : $"{new string('\0', 32)}** This is a LiteDB file **\b{new string('\0', 40)}twilioemu{new string('\0', 8192)}{word}";
}
