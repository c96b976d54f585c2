using System.Globalization;
using System.Text.RegularExpressions;
using TwilioEmu.Architecture.Tests.Sources;

namespace TwilioEmu.Architecture.Tests.Rules;

/// <summary>Where files lie and what they are called.</summary>
internal static class Order
{
    public static IEnumerable<string> NamespacesThatAreNotTheFolder(SourceTree tree) =>
        from file in tree.Code
        where !IsEntryFile(file) || file.DeclaredNamespace is not null
        let wanted = string.Join('.', file.Folders.Prepend(file.Project))
        where file.DeclaredNamespace != wanted
            && (file.DeclaredNamespace is null || file.DeclaredNamespace != Map.SharedNamespaces.GetValueOrDefault(file.Project))
        select $"{file.Path}: namespace {file.DeclaredNamespace ?? "(none)"}, not {wanted}";

    public static IEnumerable<string> EmptyFolderNames(SourceTree tree) =>
        from file in tree.Files
        from folder in file.Folders
        where Map.EmptyFolderNames.Contains(folder, StringComparer.OrdinalIgnoreCase)
        select file.Path;

    public static IEnumerable<string> LooseFiles(SourceTree tree) =>
        from file in tree.Files
        where file.Folders.Length == 0 && !file.IsProjectFile && file.Name != "README.md" && !IsEntryFile(file)
        select file.Path;

    public static IEnumerable<string> LongFiles(SourceTree tree) =>
        from file in tree.Files
        where file.LineCount > Map.MaxLineCount
        select $"{file.Path}: {file.LineCount} lines";

    public static IEnumerable<string> WideLines(SourceTree tree) =>
        from file in tree.Code
        from line in file.Text.Split('\n').Select((text, i) => (Text: text, Number: i + 1))
        where line.Text.TrimEnd('\r').Length > Map.WideColumn
        select $"{file.Path}:{line.Number}: {line.Text.Length} columns";

    /// <summary>
    /// Projects that have grown or shrunk since the page of the architecture told their lines, or that it does not tell of.
    /// </summary>
    /// <param name="tree">The house.</param>
    /// <param name="page">Rows whose first cell names projects and whose last one tells the lines of each, in their order.</param>
    public static IEnumerable<string> LinesToldWrongly(SourceTree tree, string page)
    {
        var told = page[page.IndexOf("| project | before | now |", StringComparison.Ordinal)..].Split('\n')
            .Select(row => row.Split('|'))
            .Where(cells => cells.Length > 4)
            .SelectMany(cells => Project.Matches(cells[1]).Zip(Number.Matches(cells[3])))
            .ToDictionary(p => p.First.Value, p => int.Parse(p.Second.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        return from project in tree.Code.GroupBy(f => f.Project)
               let lines = project.Sum(f => f.LineCount)
               let says = told.GetValueOrDefault(project.Key)
               where Math.Abs(lines - says) > lines * Map.LineTolerance
               select $"{project.Key} has {lines} lines, and the page says {says}";
    }

    private static readonly Regex Project = new(@"TwilioEmu(\.\w+)?");
    private static readonly Regex Number = new(@"\d[\d,]*");

    /// <summary>Classes whose constructor takes too many arguments; records are what is written, and structs small.</summary>
    public static IEnumerable<string> ManyArguments(SourceTree tree) =>
        from file in tree.Code
        from made in Constructors.Of(file.Code)
        where made.ArgumentCount > Map.MaxArguments && !Map.ManyArguments.ContainsKey(made.Class)
        select $"{file.Path}: {made.Class} takes {made.ArgumentCount}";

    public static IEnumerable<string> ProjectsWithoutReadme(SourceTree tree) =>
        tree.ProjectFiles
            .Select(f => f.Project)
            .Except(tree.Files.Where(f => f.Name == "README.md" && f.Folders.Length == 0).Select(f => f.Project));

    private static bool IsEntryFile(SourceFile file) =>
        file.Folders.Length == 0 && (Map.EntryFiles.GetValueOrDefault(file.Project) ?? []).Contains(file.Name);
}
