using System.Globalization;
using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>Messages with callbacks at a steady rate for a long time under a budget: memory is level, nothing is lost, and no pause is long.</summary>
/// <remarks>Of a table's rows one a minute; latencies count from when a request was due, so they hold the driver's own pauses and the machine's too.</remarks>
internal static class Soak
{
    private const int Numbers = 100;
    private const int CallbacksEach = 3;
    private const int Connections = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(Programs programs, double minutes, int perSecond, string memory)
    {
        await using var sink = await Sink.StartAsync(TimeSpan.Zero, isCounting: true);
        var config = Path.Combine(Path.GetTempPath(), "twilioemu-bench-soak.yaml");
        await File.WriteAllLinesAsync(
            config,
            [
                "numbers:",
                .. Enumerable.Range(0, Numbers)
                    .Select(i => $"  - {{ number: \"{Programs.Number(i)}\", type: long-code, messages_per_second: 100 }}"),
            ]);
        using var emulator = await Child.StartAsync(
            programs.Emulator, "serve", "--port", "0", "--https-port", "off", "--sip-port", "off", "--log", "quiet", "--clock", "real",
            "--seed", "1", "--memory", memory, "--config", config);
        Out.WriteLine($"{perSecond} messages/s with {CallbacksEach} callbacks each, --memory {memory}, {minutes} minutes; load of the "
            + $"machine {LoadOfMachine()}");
        Out.WriteLine("| until, s | messages | callbacks | p50 ms | p99 ms | longest ms | resident MiB | load |\n|---|---|---|---|---|---|---|---|");
        var load = new PacedLoad(emulator.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form((int)i, Numbers, sink.Url), perSecond);
        var running = load.RunAsync(Connections, TimeSpan.FromMinutes(minutes));
        var (levels, middles, ends, pauses) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var step = TimeSpan.FromSeconds(minutes < 10 ? 20 : 60);
        for (var n = 1; !running.IsCompleted; n++)
        {
            await Task.WhenAny(running, Task.Delay(step));
            var latencies = load.TakeLatencies();
            if (latencies.Count == 0) continue;
            levels.Add(emulator.ResidentMib);
            middles.Add(latencies[latencies.Count / 2]);
            ends.Add(latencies[(int)(latencies.Count * 0.99)]);
            pauses.Add(latencies[^1]);
            Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {n * step.TotalSeconds:0} | {load.Sent} | {sink.Count} | {middles[^1]:0.0} | "
                    + $"{ends[^1]:0.0} | {pauses[^1]:0} | {levels[^1]:0} | {LoadOfMachine()} |"));
        }
        await running;
        for (var waited = TimeSpan.Zero; sink.Count < CallbacksEach * load.Sent && waited < Patience; waited += TimeSpan.FromSeconds(1))
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        var lost = (CallbacksEach * load.Sent) - sink.Count;
        var third = levels[levels.Count / 3];
        Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{load.Sent} messages, {sink.Count} callbacks, {lost} lost, {load.Failures} refused; longest {pauses.Max():0} ms; resident after a "
                + $"third {third:0} MiB, at the end {levels[^1]:0} MiB, highest {levels.Max():0} MiB"));
        string[] plots =
        [
            .. TextPlot.Draw("p50, ms", middles),
            .. TextPlot.Draw("p99, ms", ends),
            .. TextPlot.Draw("longest, ms", pauses),
            .. TextPlot.Draw("resident, MiB", levels),
        ];
        foreach (var line in plots) Out.WriteLine(line);
        return lost == 0 && load.Failures == 0 ? 0 : 1;
    }

    private static string LoadOfMachine() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
