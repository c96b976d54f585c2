namespace TwilioEmu.Architecture.Tests.Sources;

/// <summary>All that lies under <c>emulator/src</c>.</summary>
internal sealed record SourceTree(IReadOnlyList<SourceFile> Files)
{
    private static readonly string[] Kept = [".cs", ".csproj", ".js", ".ts", ".tsx", ".css", ".md"];
    private static readonly string[] Built = ["bin", "obj", "node_modules"];

    public IEnumerable<SourceFile> Code => Files.Where(f => f.IsCode);

    public IEnumerable<SourceFile> ProjectFiles => Files.Where(f => f.IsProjectFile);

    /// <summary>The tree this test was built from.</summary>
    public static SourceTree OfThisHouse()
    {
        var src = Path.Combine(Root(), "emulator", "src");
        return new SourceTree([.. Directory.EnumerateFiles(src, "*", SearchOption.AllDirectories)
            .Select(path => (path, relative: Path.GetRelativePath(src, path).Replace('\\', '/')))
            .Where(f =>
                (Kept.Contains(Path.GetExtension(f.path)) || Path.GetFileName(f.path) == "package.json") && f.relative.Contains('/')
                    && !f.relative.Split('/').Any(Built.Contains))
            .OrderBy(f => f.relative, StringComparer.Ordinal)
            .Select(f => new SourceFile(f.relative, File.ReadAllText(f.path)))]);
    }

    /// <summary>A file that lies at the top of the repository.</summary>
    public static string TextAtTheTop(string name) => File.ReadAllText(Path.Combine(Root(), name));

    /// <summary>What test files of that name hold, in whichever project.</summary>
    public static IEnumerable<string> TestCode(string name) =>
        Directory.EnumerateFiles(Path.Combine(Root(), "emulator", "tests"), name, SearchOption.AllDirectories)
            .Where(f => !f.Replace('\\', '/').Split('/').Any(Built.Contains))
            .Select(File.ReadAllText);

    private static string Root()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "TwilioEmu.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("no TwilioEmu.sln above the test's own directory");
        }
        return root;
    }
}
