using FluentAssertions;

namespace TwilioEmu.Testing.Files;

/// <summary>The repository that a test was built from.</summary>
public static class Repository
{
    /// <summary>Its folder: the nearest above the test that has the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder of it.</summary>
    public static string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// Holds a file of <c>docs</c> that is made from rows against what they make; with
    /// <c>TWILIOEMU_WRITE_DOCS</c> set it is written anew first.
    /// </summary>
    public static async Task PageShouldBeAsync(string name, string made)
    {
        var path = At("docs", name);
        if (Environment.GetEnvironmentVariable("TWILIOEMU_WRITE_DOCS") is not null) await File.WriteAllTextAsync(path, made);
        (await File.ReadAllTextAsync(path))
            .Should().Be(made, "docs/{0} is made from rows: TWILIOEMU_WRITE_DOCS=1 and this test write it anew", name);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TwilioEmu.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no TwilioEmu.sln above the test's own directory");
        }
        return folder.FullName;
    }
}
