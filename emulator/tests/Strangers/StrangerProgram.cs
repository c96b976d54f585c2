using System.Diagnostics;

namespace TwilioEmu.Tests.Strangers;

/// <summary>A program of the field, run against us; the test is skipped where it is not installed.</summary>
/// <remarks>Compiled into each project of tests that has strangers.</remarks>
internal static class StrangerProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code and all it said.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
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

    /// <summary>Starts it and leaves it running.</summary>
    public static Process Start(string name, params string[] arguments)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, name))), $"{name} is not installed");
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start)!;
    }

    /// <summary>SIPp with a scenario; its exit code is 0 where every call went as it is written.</summary>
    public static async Task<(int Code, string Said)> SippAsync(string scenario, params string[] arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"twilioemu-{Guid.CreateVersion7():N}.xml");
        await File.WriteAllTextAsync(file, scenario);
        try
        {
            return await RunAsync(
                "sipp",
                [
                    "-sf", file, "-i", "127.0.0.1", "-nostdin", "-timeout", "50", "-timeout_error", "-trace_err", "-error_file",
                    "/dev/stderr", .. arguments,
                ]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
