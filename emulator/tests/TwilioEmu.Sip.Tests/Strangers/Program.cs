using System.Diagnostics;

namespace TwilioEmu.Sip.Tests.Strangers;

/// <summary>A program of the field, run against us; the test is skipped where it is not installed.</summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end and returns its exit code and all it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string name, string? input, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled(name), $"{name} is not installed");
        using var process = Start(name, arguments);
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(await said));
    }

    /// <summary>Starts it and leaves it running until it is disposed.</summary>
    public static Process Start(string name, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled(name), $"{name} is not installed");
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start)!;
    }

    private static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
