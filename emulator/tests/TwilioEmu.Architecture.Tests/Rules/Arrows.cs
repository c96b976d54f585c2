using System.Text.RegularExpressions;
using TwilioEmu.Architecture.Tests.Sources;

namespace TwilioEmu.Architecture.Tests.Rules;

/// <summary>Arrows the map does not have: in project files, in code, between the siblings of Products.</summary>
internal static class Arrows
{
    private const string Products = "TwilioEmu.Products";

    private static readonly Regex Reference = new(@"<ProjectReference\s+Include=""[^""]*?([^/\\""]+)\.csproj""");
    private static readonly Regex Use = new(@"(?<![\w.])(?:global::)?TwilioEmu((?:\.[A-Za-z_]\w*)+)");

    public static IEnumerable<string> InProjectFiles(SourceTree tree)
    {
        foreach (var file in tree.ProjectFiles)
        {
            if (!Map.Projects.TryGetValue(file.Project, out var allowed))
            {
                yield return $"{file.Path}: the map does not know the project";
                continue;
            }
            foreach (var target in Reference.Matches(file.Text).Select(m => m.Groups[1].Value).Where(t => !allowed.Contains(t)))
            {
                yield return $"{file.Path} -> {target}";
            }
        }
    }

    public static IEnumerable<string> InCode(SourceTree tree) =>
        from file in tree.Code
        let allowed = Map.Projects.GetValueOrDefault(file.Project) ?? []
        from target in Uses(file).Select(ProjectOf).OfType<string>().Distinct()
        where target != file.Project && !allowed.Contains(target)
        select $"{file.Path} -> {target}";

    public static IEnumerable<string> BetweenSiblings(SourceTree tree)
    {
        var rooms = tree.Code.Where(f => f.Project == Products && f.Folders.Length > 0).GroupBy(f => f.Folders[0]).ToArray();
        var nameless = new Regex($@"(?<![\w.])({string.Join('|', rooms.Select(r => r.Key))})\.([A-Z]\w*)");
        var folders = rooms.SelectMany(r => r.Where(f => f.Folders.Length > 1).Select(f => $"{r.Key}.{f.Folders[1]}")).ToHashSet();
        foreach (var file in rooms.SelectMany(r => r))
        {
            var room = file.Folders[0];
            var allowed = Map.Products.GetValueOrDefault(room) ?? [];
            // In full, or from inside TwilioEmu.Products by room and folder alone: Messaging.Sending.SendQueue.
            var inFull = Uses(file).Where(u => u.StartsWith(Products + ".", StringComparison.Ordinal)).Select(u => u.Split('.')[2]);
            var inShort = nameless.Matches(file.Code).Where(m => folders.Contains(m.Value)).Select(m => m.Groups[1].Value);
            foreach (var sibling in inFull.Concat(inShort).Distinct().Where(s => s != room && !allowed.Contains(s)))
            {
                yield return $"{file.Path} -> {sibling}";
            }
        }
    }

    private static IEnumerable<string> Uses(SourceFile file) => Use.Matches(file.Code).Select(m => "TwilioEmu" + m.Groups[1].Value).Distinct();

    /// <summary>The project a name lives in; null for the executable's own folders, which nobody else can see.</summary>
    private static string? ProjectOf(string name) => string.Join('.', name.Split('.').Take(2)) is var project && Map.Projects.ContainsKey(project) ? project : null;
}
