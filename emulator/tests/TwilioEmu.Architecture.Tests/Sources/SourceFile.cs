using System.Text.RegularExpressions;

namespace TwilioEmu.Architecture.Tests.Sources;

/// <summary>One file under <c>emulator/src</c>, real or made up.</summary>
/// <param name="Path">From <c>emulator/src</c>, with slashes: <c>TwilioEmu.Kernel/Time/Hold.cs</c>.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly Regex Comment = new(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline);
    private static readonly Regex Namespace = new(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline);

    public string[] Parts { get; } = Path.Split('/');

    public string Project => Parts[0];

    public string Name => Parts[^1];

    /// <summary>Between project and file.</summary>
    public string[] Folders => Parts[1..^1];

    public bool IsCode => Name.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProjectFile => Name.EndsWith(".csproj", StringComparison.Ordinal);

    public int LineCount => Text.Count(c => c == '\n');

    /// <summary>The text without comments, whose mention of a neighbour is no arrow.</summary>
    public string Code => Comment.Replace(Text, "");

    public string? DeclaredNamespace => Namespace.Match(Code) is { Success: true } match ? match.Groups[1].Value : null;
}
