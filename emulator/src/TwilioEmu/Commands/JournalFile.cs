using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Commands;

/// <summary>What happened in every story, for people and their tools: JSON Lines, before each story's entries one that names it.</summary>
internal sealed class JournalFile(string path) : IDisposable
{
    private StreamWriter? _file;

    /// <summary>False after saying on stderr why it cannot be written.</summary>
    public bool TryOpen()
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            _file = new StreamWriter(path, append: false, new UTF8Encoding(false));
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            System.Console.Error.WriteLine($"twilioemu: {path}: {fault.Message}");
            return false;
        }
    }

    public async Task AddAsync(Scenario story, IReadOnlyList<JournalLine> lines)
    {
        await _file!.WriteLineAsync(Title(story));
        foreach (var line in lines) await _file.WriteLineAsync(line.ToElement().GetRawText());
        await _file.FlushAsync();
    }

    public void Dispose() => _file?.Dispose();

    private static string Title(Scenario story)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            json.WriteString("story", story.Name);
            json.WriteString("file", story.File);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
