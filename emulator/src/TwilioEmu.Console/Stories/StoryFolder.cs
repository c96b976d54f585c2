using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Console.Stories;

/// <summary>A story's file as it stands.</summary>
/// <param name="File">Below the folder, with slashes.</param>
/// <param name="Story">Null where it cannot be read.</param>
/// <param name="Faults">Why not, each with its place.</param>
internal sealed record StoryFile(string File, Scenario? Story, IReadOnlyList<string> Faults);

/// <summary>The stories of a folder and those below it. Only what it lists can be named: no path leads out of it.</summary>
internal sealed class StoryFolder(string folder)
{
    /// <summary>More are not shown.</summary>
    private const int MaxFiles = 1000;
    private const long MaxFileBytes = 1024 * 1024;

    private static readonly string[] Extensions = [".yaml", ".yml"];

    public string Folder => folder;

    /// <summary>All of them, read anew: they are edited while they are looked at.</summary>
    /// <param name="kinds">What claims may look for.</param>
    public IReadOnlyList<StoryFile> List(EntryKinds kinds) => [.. Names().Select(n => Read(n, kinds))];

    /// <summary>One of them; null where there is none of that name.</summary>
    public StoryFile? Find(string file, EntryKinds kinds) => Names().Contains(file, StringComparer.Ordinal) ? Read(file, kinds) : null;

    private List<string> Names()
    {
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. Directory.EnumerateFiles(
                folder, "*",
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
                })
                .Where(f =>
                    Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(f).StartsWith('_'))
                .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal).Take(MaxFiles),
        ];
    }

    private StoryFile Read(string file, EntryKinds kinds)
    {
        var path = Path.Combine(folder, file);
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes) return new StoryFile(file, null, [$"it has more than {MaxFileBytes} bytes"]);
            var faults = new Faults { Kinds = kinds };
            var story = ScenarioReader.ReadFile(path, YamlText.ReadFile(path), faults);
            return new StoryFile(file, story, [.. faults.All.Select(f => f.ToString())]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new StoryFile(file, null, [fault.Message]);
        }
    }
}
