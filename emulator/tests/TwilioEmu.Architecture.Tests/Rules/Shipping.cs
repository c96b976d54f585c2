using System.Text.RegularExpressions;
using TwilioEmu.Architecture.Tests.Sources;

namespace TwilioEmu.Architecture.Tests.Rules;

/// <summary>
/// What others made and a project takes along: named in THIRD-PARTY-NOTICES, and asked for by the package that carries the house.
/// </summary>
internal static class Shipping
{
    private const string Host = "TwilioEmu.Host";
    private const string Client = "TwilioEmu.Client";

    private static readonly Regex Reference = new(@"<PackageReference\s+Include=""([^""]+)""([^>]*)>");
    private static readonly Regex Dependencies = new(@"""dependencies""\s*:\s*\{([^}]*)\}", RegexOptions.Singleline);
    private static readonly Regex Dependency = new(@"""([^""]+)""\s*:");

    public static IEnumerable<string> PackagesWithoutNotice(SourceTree tree, string notices) =>
        from package in tree.ProjectFiles.SelectMany(Packages)
            .Concat(tree.Files.Where(f => f.Name == "package.json").SelectMany(NpmPackages))
            .Distinct()
        where !Regex.IsMatch(notices, $@"(?<![\w./-]){Regex.Escape(package)}(?![\w./-])", RegexOptions.IgnoreCase)
        select package;

    /// <summary>The package TwilioEmu.Host holds the house's assemblies, so nobody else says what these need.</summary>
    public static IEnumerable<string> PackagesTheHostDoesNotAskFor(SourceTree tree) =>
        tree.ProjectFiles.Where(f => f.Project is not (Host or Client)).SelectMany(Packages)
            .Except(tree.ProjectFiles.Where(f => f.Project == Host).SelectMany(Packages)).Distinct();

    private static IEnumerable<string> Packages(SourceFile project) =>
        Reference.Matches(project.Text)
            .Where(m => !m.Groups[2].Value.Contains("PrivateAssets=\"all\"", StringComparison.Ordinal))
            .Select(m => m.Groups[1].Value);

    // Not its devDependencies: they make the page and are not in it.
    private static IEnumerable<string> NpmPackages(SourceFile file) =>
        Dependencies.Match(file.Text) is { Success: true } found
            ? Dependency.Matches(found.Groups[1].Value).Select(m => m.Groups[1].Value)
            : [];
}
