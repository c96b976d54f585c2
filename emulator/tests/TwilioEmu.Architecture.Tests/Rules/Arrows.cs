using System.Text.RegularExpressions;
using TwilioEmu.Architecture.Tests.Sources;

namespace TwilioEmu.Architecture.Tests.Rules;

/// <summary>Arrows the map does not have: in project files, in code, between the rooms of a project.</summary>
internal static class Arrows
{
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

    /// <summary>Imports between rooms of one project that the map does not have, in the projects whose rooms are walled.</summary>
    public static IEnumerable<string> BetweenSiblings(SourceTree tree) =>
        from project in Map.Rooms
        from arrow in RoomArrows(tree, project.Key)
        where !(project.Value.GetValueOrDefault(arrow.From) ?? []).Contains(arrow.To)
        orderby arrow.File
        select $"{arrow.File} -> {arrow.To}";

    /// <summary>Rooms of one project that reach each other both ways, where the map does not say so.</summary>
    /// <remarks>A cycle is named by its rooms in order: <c>TwilioEmu.Rest: Paging, Pipeline</c>.</remarks>
    public static IEnumerable<string> RoomCycles(SourceTree tree) => AllRoomCycles(tree).Where(c => !Map.Cycles.ContainsKey(c));

    public static IEnumerable<string> AllRoomCycles(SourceTree tree)
    {
        foreach (var project in tree.Code.Select(f => f.Project).Distinct())
        {
            var arrows = RoomArrows(tree, project).Select(a => (a.From, a.To)).Distinct().ToLookup(a => a.From, a => a.To);
            var reach = arrows.ToDictionary(a => a.Key, a => Reach(arrows, a.Key));
            var cycles = reach.Where(r => r.Value.Contains(r.Key)).Select(
                r => string.Join(
                    ", ", r.Value.Where(to => reach.GetValueOrDefault(to)?.Contains(r.Key) == true).Order(StringComparer.Ordinal)));
            foreach (var cycle in cycles.Distinct().Select(c => $"{project}: {c}")) yield return cycle;
        }
    }

    private static HashSet<string> Reach(ILookup<string, string> arrows, string from)
    {
        var seen = new HashSet<string>();
        var next = new Stack<string>([from]);
        while (next.TryPop(out var room))
        {
            foreach (var to in arrows[room].Where(seen.Add)) next.Push(to);
        }
        return seen;
    }

    private static IEnumerable<(string File, string From, string To)> RoomArrows(SourceTree tree, string project)
    {
        var rooms = tree.Code.Where(f => f.Project == project && f.Folders.Length > 0).GroupBy(f => f.Folders[0]).ToArray();
        if (rooms.Length == 0) yield break;
        var names = rooms.Select(r => r.Key).ToHashSet();
        var nameless = new Regex($@"(?<![\w.])({string.Join('|', names)})\.([A-Z]\w*)");
        var folders = rooms.SelectMany(r => r.Where(f => f.Folders.Length > 1).Select(f => $"{r.Key}.{f.Folders[1]}")).ToHashSet();
        foreach (var file in rooms.SelectMany(r => r))
        {
            // In full, or from inside the project by room and folder alone: Numbers.Plans.AreaPlan.
            var inFull = Uses(file).Where(u => u.StartsWith(project + ".", StringComparison.Ordinal))
                .Select(u => u[(project.Length + 1)..].Split('.')[0]).Where(names.Contains);
            var inShort = nameless.Matches(file.Code).Where(m => folders.Contains(m.Value)).Select(m => m.Groups[1].Value);
            foreach (var to in inFull.Concat(inShort).Distinct().Where(t => t != file.Folders[0]))
            {
                yield return (file.Path, file.Folders[0], to);
            }
        }
    }

    private static IEnumerable<string> Uses(SourceFile file) =>
        Use.Matches(file.Code).Select(m => "TwilioEmu" + m.Groups[1].Value).Distinct();

    /// <summary>The project a name lives in; null for the executable's own folders, which nobody else can see.</summary>
    private static string? ProjectOf(string name) =>
        string.Join('.', name.Split('.').Take(2)) is var project && Map.Projects.ContainsKey(project) ? project : null;
}
