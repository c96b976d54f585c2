using System.Diagnostics;
using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>Messages with a status callback: every callback arrives, in order; speed does not decay; a slow sink delays no create.</summary>
internal static class Callbacks
{
    private const int Numbers = 1000;

    public static async Task<int> RunAsync(Programs programs, bool isLong)
    {
        await SteadyAsync(programs, isLong ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(30));
        await SlowSinkAsync(programs);
        return 0;
    }

    private static async Task SteadyAsync(Programs programs, TimeSpan time)
    {
        const int Batch = 2_000;
        await using var sink = await Sink.StartAsync(TimeSpan.Zero);
        using var emulator = await Child.StartAsync(programs.Emulator, await Programs.ServeAsync("auto", Numbers));
        var clock = Stopwatch.StartNew();
        var rates = new List<double>();
        var sent = 0;
        while (clock.Elapsed < time)
        {
            var start = Stopwatch.StartNew();
            var first = sent;
            await HttpLoad.PostAsync(
                emulator.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(first + i, Numbers, sink.Url), 32, Batch);
            sent += Batch;
            await WaitAsync(() => sink.Count >= 3 * sent, TimeSpan.FromSeconds(60));
            rates.Add(Batch / start.Elapsed.TotalSeconds);
        }
        var tenth = Math.Max(1, rates.Count / 10);
        Out.WriteLine(
            $"status callbacks over {time.TotalSeconds:0} s: {sent:N0} messages, {sink.Count:N0} callbacks (wanted {3 * sent:N0}), out of "
                + $"order or unsigned {sink.OutOfOrder}");
        Out.WriteLine($"messages/s with all callbacks in: first tenth {rates.Take(tenth).Average():N0}, last tenth {rates.TakeLast(tenth).Average():N0}");
    }

    private static async Task SlowSinkAsync(Programs programs)
    {
        const int Requests = 2_000;
        await using var sink = await Sink.StartAsync(TimeSpan.FromSeconds(3));
        using var emulator = await Child.StartAsync(programs.Emulator, await Programs.ServeAsync("real", Numbers));
        var load = await HttpLoad.PostAsync(
            emulator.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(i, Numbers, sink.Url), 32, Requests);
        Out.WriteLine($"creates while the sink takes 3 s: {load}");
    }

    private static async Task WaitAsync(Func<bool> done, TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        while (!done() && clock.Elapsed < within) await Task.Delay(5);
    }
}
