using System.Diagnostics;
using System.Text.RegularExpressions;
using TwilioEmu;

namespace Strangers.Emulators;

/// <summary>One emulator process on free ports. TWILIOEMU names the program to test; else it is what was built in this tree.</summary>
public sealed class Emulator : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Emulator(Process process, Uri url, Uri tlsUrl)
    {
        (_process, Url, TlsUrl) = (process, url, tlsUrl);
        Control = new EmulatorClient(url);
    }

    public Uri Url { get; }

    public Uri TlsUrl { get; }

    public EmulatorClient Control { get; }

    public static string Program =>
        Environment.GetEnvironmentVariable("TWILIOEMU") is { Length: > 0 } named ? named
        : new[] { "release", "debug" }.Select(c => Path.Combine(Root, "artifacts", "bin", "TwilioEmu", c, "twilioemu.dll")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("no emulator: build emulator/src/TwilioEmu, or name a program in TWILIOEMU");

    /// <summary>The top of the repository.</summary>
    public static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "TwilioEmu.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no TwilioEmu.sln above the tests");
            return folder;
        }
    }

    public static async Task<Emulator> StartAsync(string clock, params string[] options)
    {
        var process = Start(Program, ["serve", "--port", "0", "--https-port", "0", "--clock", clock, "--seed", "1", "--unbuilt", "store", .. options]);
        // What else it says is read too, or it would wait for a reader.
        var said = new List<string>();
        var ready = new TaskCompletionSource<(Uri, Uri)>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("the emulator ended:\n" + Said()));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var (url, tls) = await ready.Task.WaitAsync(StartLimit);
            var emulator = new Emulator(process, url, tls);
            await emulator.Control.UntilReadyAsync();
            return emulator;
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("the emulator is not ready:\n" + Said());
        }

        void Take(string? line)
        {
            if (line is null) return;
            lock (said) said.Add(line);
            var text = Said();
            if (Regex.Match(text, @"http://127\.0\.0\.1:\d+") is { Success: true } http && Regex.Match(text, @"https://127\.0\.0\.1:\d+") is { Success: true } https)
            {
                ready.TrySetResult((new Uri(http.Value), new Uri(https.Value)));
            }
        }

        string Said()
        {
            lock (said) return string.Join('\n', said);
        }
    }

    /// <summary>Starts a program of the platform's, or a dll, with its output to be read.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var isDll = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isDll ? "dotnet" : program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (isDll) start.ArgumentList.Add(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("TWILIO_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Start();
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
