using TwilioEmu.Composition;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Commands;

/// <summary>Reads files named on the command line and tells what is wrong with them, each fault with its place.</summary>
internal static class ConfigFiles
{
    /// <summary>The config file that is read where it is there.</summary>
    public const string UsualPath = "twilioemu.yaml";

    // Of a name letters alone count: twilioemu.yml, twilio-emu.yaml, .twilioemu.json, twilioemu.yaml.txt.
    private static readonly string[] Likenesses =
    [
        "twilioemuyaml", "twilioemuyml", "twilioemujson", "twilioemuyamltxt", "twilioemuymltxt", "twilioemuconfigyaml",
        "twilioemuconfigyml",
    ];

    // Folders below and above in which a config may lie that was meant.
    private static readonly string[] Elsewhere = ["config", ".config", "..", Path.Combine("..", ".."), Path.Combine("..", "..", "..")];

    /// <summary>
    /// What looks like a config file and is not read, since it has another name or lies in another folder; null where there is none.
    /// </summary>
    /// <param name="folder">The working directory, which has no <see cref="UsualPath"/>.</param>
    public static string? Unread(string folder)
    {
        try
        {
            var found = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)
                .FirstOrDefault(f => Likenesses.Contains(string.Concat(f.Where(char.IsLetter)).ToLowerInvariant()))
                ?? Elsewhere.Select(e => Path.Combine(e, UsualPath)).FirstOrDefault(f => File.Exists(Path.Combine(folder, f)));
            return found is null
                ? null
                : $"{found} is not read: the config file is {UsualPath} in the working directory ({folder}), or what --config names";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a config file; without one, the default world.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isRequired">False for the default name, which may be absent.</param>
    /// <param name="config">What it says.</param>
    /// <returns>False when it is missing or faulty; stderr has been told.</returns>
    public static bool TryRead(string path, bool isRequired, out WorldConfig config)
    {
        config = new WorldConfig();
        if (!isRequired && !File.Exists(path)) return true;
        if (ReadText(path) is not { } text) return false;
        var faults = new Faults();
        if (YamlFile.Read(path, text, faults) is { } root)
        {
            if (ScenarioReader.IsScenario(root)) faults.Add(root, "", $"this is a story, not a config: twilioemu run {path} plays it");
            else config = ConfigReader.Read(root, faults);
        }
        return !Tell(faults);
    }

    /// <summary>The text of a file, or null after saying why not.</summary>
    public static string? ReadText(string path)
    {
        if (WhyUnreadable(path) is { } why)
        {
            System.Console.Error.WriteLine($"twilioemu: {why}");
            return null;
        }
        try
        {
            return YamlText.ReadFile(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            System.Console.Error.WriteLine($"twilioemu: {path}: {fault.Message}");
            return null;
        }
    }

    /// <summary>
    /// What is said of a path where no file is; null where one is. Of a folder the config in
    /// it is named, of nothing the file that is called much like it.
    /// </summary>
    internal static string? WhyUnreadable(string path)
    {
        if (path.Length == 0) return "a file has a name, and an empty one was given";
        if (path == "-") return "-: a file is wanted; what comes through a pipe is /dev/stdin";
        if (Directory.Exists(path))
        {
            var config = Path.Combine(path, UsualPath);
            return $"{path}: this is a folder, and a file is wanted{(File.Exists(config) ? $", such as {config}" : "")}";
        }
        if (Path.Exists(path)) return null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var where = Path.IsPathRooted(path) ? "" : $" in {Directory.GetCurrentDirectory()}";
        return $"{path}: there is no such file{where}{Spelling.Hint(Path.GetFileName(path), NamesIn(folder))}";
    }

    private static string[] NamesIn(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!)] : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Tells what kept a world from beginning, with its place in the file where it has one.</summary>
    public static void Tell(string path, ConfigFault fault)
    {
        var faults = new Faults();
        // What the command line or the environment says stands in no file.
        if (!File.Exists(path))
        {
            var field = fault.Message.StartsWith(fault.Path, StringComparison.Ordinal) ? "" : $"{fault.Path}: ";
            System.Console.Error.WriteLine($"twilioemu: {field}{fault.Message}");
            return;
        }
        var place = ReadText(path) is { } text && YamlFile.Read(path, text, new Faults()) is { } root
            ? root.PlaceOf(fault.Path)
            : new SourcePosition(path, 0, 0);
        faults.Add(place, fault.Path, $"{fault.Path}: {fault.Message}");
        Tell(faults);
    }

    /// <summary>Writes the faults to stderr; true when there were any.</summary>
    public static bool Tell(Faults faults)
    {
        foreach (var fault in faults.All) System.Console.Error.WriteLine(fault);
        return faults.Count > 0;
    }
}
