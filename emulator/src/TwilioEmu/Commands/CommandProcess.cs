using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TwilioEmu.Commands;

/// <summary>
/// A command that is run for the user, on the user's terminal: started, waited for, told to end when we are, with all it has started.
/// </summary>
internal static class CommandProcess
{
    /// <summary>What a command may take to end once it was told to.</summary>
    public static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    // The rest of the limit is for what the command leaves behind, and for our own end.
    private static readonly TimeSpan OwnLimit = EndLimit - TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OrphanLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // errno(3) of Linux and macOS.
    private const int NoSuchFile = 2;
    private const int NoFormat = 8;
    private const int NotPermitted = 13;

    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int ChildSubreaper = 36;

    /// <summary>Runs a command to its end; its exit code, 127 when there is no such command.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="variables">Set over the environment it inherits.</param>
    /// <param name="cancellation">When somebody tells us to end: the command is told so (SIGTERM), and has <see cref="EndLimit"/>.</param>
    public static async Task<int> RunAsync(
        string[] command, IEnumerable<KeyValuePair<string, string>> variables, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        // What the command's children leave behind becomes our child, so that it can be found (prctl(2)).
        if (OperatingSystem.IsLinux()) _ = Control(ChildSubreaper, 1, 0, 0, 0);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: {NotStarted(command, fault.NativeErrorCode, fault.Message)}");
            return ExitCodes.NoCommand;
        }
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
        }
        return process.ExitCode;
    }

    /// <summary>Why a command was not started, and how it would be.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="errno">As the system says it (errno(3)).</param>
    /// <param name="message">The platform's words for what is none of these.</param>
    internal static string NotStarted(string[] command, int errno, string message)
    {
        var program = command[0];
        // One word for all: "npm test" in quotes, or what a shell alone understands.
        var none = $"there is no program called \"{program}\"";
        if (errno == NoSuchFile && program.Any(char.IsWhiteSpace))
        {
            return $"{none}: program and arguments stand apart (exec -- {program}), or a shell takes them together (exec -- sh -c "
                + $"'{program}')";
        }
        if (errno == NoSuchFile && program.Contains('=', StringComparison.Ordinal))
        {
            return $"{none}: variables are set before twilioemu, or by exec -- env {string.Join(' ', command)}";
        }
        return errno switch
        {
            NoSuchFile when File.Exists(program) =>
                $"{program}: what its first line names to run it is not there (a #! of another machine, or line ends of Windows)",
            NoSuchFile => $"{none} on the PATH or here; an alias, a function or a word of the shell is run by exec -- sh -c '...'",
            NotPermitted when Directory.Exists(program) => $"{program} is a folder, not a program",
            NotPermitted => $"{program} may not be run: chmod +x {program}, or name what runs it (exec -- sh {program})",
            NoFormat => $"{program} is no program for this machine; a script without #! is run by its shell (exec -- sh {program})",
            _ => $"{program}: {message}",
        };
    }

    private static async Task EndAsync(Process process)
    {
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
        else _ = Signal(process.Id, SigTerm);
        using var limit = new CancellationTokenSource(OwnLimit, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        if (OperatingSystem.IsLinux()) await EndOrphansAsync();
    }

    private static async Task EndOrphansAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var orphan in Orphans()) _ = Signal(orphan, SigTerm);
        while (Orphans() is { Count: > 0 } left)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > OrphanLimit)
            {
                foreach (var orphan in left) _ = Signal(orphan, SigKill);
                return;
            }
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Our living children, by id: state and parent are what follows the name in /proc/ID/stat (proc(5)).</summary>
    private static List<int> Orphans()
    {
        var orphans = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                var text = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ', 3);
                if (fields[0] is not ("Z" or "X") && int.Parse(fields[1], CultureInfo.InvariantCulture) == Environment.ProcessId)
                {
                    orphans.Add(id);
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }
        return orphans;
    }

    // kill(2): .NET itself ends a process only the hard way.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint one, nuint two, nuint three, nuint four);
}
