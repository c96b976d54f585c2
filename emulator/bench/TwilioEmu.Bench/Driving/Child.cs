using System.Diagnostics;

namespace TwilioEmu.Bench.Driving;

/// <summary>A program under measurement: started, found ready by its own line, stopped by its id.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process, int port, TimeSpan toReady)
    {
        _process = process;
        Port = port;
        ToReady = toReady;
    }

    public int Port { get; }

    /// <summary>From start to the line that says ready.</summary>
    public TimeSpan ToReady { get; }

    /// <summary>Resident memory now, in MiB.</summary>
    public double ResidentMib
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
        }
    }

    /// <summary>Processor time it took so far: what a busy machine does not stretch.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program (a dll runs under dotnet) and waits for a line with <c>http://127.0.0.1:PORT</c>.</summary>
    public static async Task<Child> StartAsync(string program, params string[] arguments)
    {
        var isDll = program.EndsWith(".dll", StringComparison.Ordinal);
        var info = new ProcessStartInfo(isDll ? "dotnet" : program, isDll ? [program, .. arguments] : arguments) { RedirectStandardOutput = true };
        var clock = Stopwatch.StartNew();
        var process = Process.Start(info)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            if (at < 0) continue;
            var toReady = clock.Elapsed;
            var digits = new string([.. line[(at + 17)..].TakeWhile(char.IsAsciiDigit)]);
            _ = process.StandardOutput.ReadToEndAsync();
            return new Child(process, int.Parse(digits), toReady);
        }
        throw new InvalidOperationException($"{program} ended without saying ready");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
