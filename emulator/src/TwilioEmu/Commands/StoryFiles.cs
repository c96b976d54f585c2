using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Commands;

/// <summary>
/// Finds the stories meant by paths on the command line: files as they stand, of folders all <c>.yaml</c> and <c>.yml</c> below.
/// </summary>
internal static class StoryFiles
{
    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>The files in a steady order; null after saying on stderr that a folder holds none.</summary>
    public static IReadOnlyList<string>? Find(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }
            var below = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsStory)
                .Order(StringComparer.Ordinal).ToList();
            if (below.Count == 0)
            {
                System.Console.Error.WriteLine($"twilioemu: {path}: there is no story in this folder");
                return null;
            }
            files.AddRange(below);
        }
        return files;
    }

    /// <summary>
    /// What begins with a low line belongs to stories and is none: <see cref="ScenarioReader.SharedGiven"/>, worlds to include.
    /// </summary>
    private static bool IsStory(string file) =>
        Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(file).StartsWith('_');
}
