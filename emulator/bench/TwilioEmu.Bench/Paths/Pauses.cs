using System.Globalization;
using System.Text.Json;
using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>
/// How long anybody waits while many messages are stored: posts that leave as
/// they come, fetches and lists, each beside bare Kestrel in the same run.
/// </summary>
/// <remarks>Latencies count those of requests that a pause kept back (<see cref="Latencies"/>).</remarks>
internal static class Pauses
{
    private const int Connections = 32;
    private const int Numbers = 1000;
    private const int WarmUp = 30_000;
    private const int Lists = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(Programs programs, int stored, int requests)
    {
        var config = Path.Combine(Path.GetTempPath(), "twilioemu-bench-pauses.yaml");
        await File.WriteAllLinesAsync(
            config,
            [
                $"limits: {{ records: {stored + (3 * requests) + WarmUp} }}", "numbers:",
                .. Enumerable.Range(0, Numbers)
                    .Select(i => $"  - {{ number: \"{Programs.Number(i)}\", type: long-code, messages_per_second: 100 }}")]);
        using var bare = await Child.StartAsync(programs.Bare);
        using var emulator = await Child.StartAsync(
            programs.Emulator, "serve", "--port", "0", "--https-port", "off", "--sip-port", "off", "--log", "quiet", "--clock", "real",
            "--seed", "1", "--config", config);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{emulator.Port}/") };
        http.DefaultRequestHeaders.Authorization = System.Net.Http.Headers.AuthenticationHeaderValue.Parse(Programs.Authorization);
        var idle = emulator.ResidentMib;
        await PostAsync(bare, WarmUp);
        await PostAsync(emulator, WarmUp);
        if (stored > 0) await PostAsync(emulator, stored);
        await SettledAsync(http);
        var full = emulator.ResidentMib;
        Out.WriteLine($"{stored:N0} messages stored and delivered; resident idle {idle:0} MiB, with them {full:0} MiB: "
            + $"{(full - idle) * 1024 * 1024 / Math.Max(1, stored + WarmUp):0} bytes each with all else; load of the machine "
            + $"{LoadOfMachine()}");

        Tell("POST", await PostAsync(bare, requests), await PostAsync(emulator, requests), await PostAsync(bare, requests));
        await SettledAsync(http);

        var sids = await SidsAsync(http);
        var size = (await http.GetByteArrayAsync($"2010-04-01/Accounts/{Programs.Account}/Messages/{sids[0]}.json")).Length;
        Task<LoadResult> FetchAsync(int count) =>
            LoadResult.WithProcessorAsync(
                emulator,
                HttpLoad.GetAsync(
                    emulator.Port, i => $"/2010-04-01/Accounts/{Programs.Account}/Messages/{sids[i % sids.Count]}.json",
                    Programs.Authorization, Connections, count));
        Task<LoadResult> BareAsync(int bytes, int count) =>
            LoadResult.WithProcessorAsync(bare, HttpLoad.GetAsync(bare.Port, _ => $"/bytes/{bytes}", Programs.Authorization, Connections, count));
        await FetchAsync(WarmUp);
        await BareAsync(size, WarmUp);
        Tell("GET", await BareAsync(size, requests), await FetchAsync(requests), await BareAsync(size, requests));

        var page = (await http.GetByteArrayAsync($"{Programs.MessagesPath[1..]}?PageSize=50")).Length;
        Task<LoadResult> ListAsync() =>
            LoadResult.WithProcessorAsync(
                emulator,
                HttpLoad.GetAsync(emulator.Port, _ => $"{Programs.MessagesPath}?PageSize=50", Programs.Authorization, Connections, Lists));
        await ListAsync();
        Tell("list of 50", await BareAsync(page, Lists), await ListAsync(), await BareAsync(page, Lists));

        var sought = Programs.Form(1, Numbers).Split('&')[0];
        var found = await HttpLoad.GetAsync(emulator.Port, _ => $"{Programs.MessagesPath}?PageSize=50&{sought}", Programs.Authorization, 1, 20);
        Out.WriteLine($"list by To, which is one of {stored + requests + WarmUp:N0} or few: p50 {found.P50:0} ms");
        return 0;
    }

    private static void Tell(string what, LoadResult before, LoadResult ours, LoadResult after)
    {
        Out.WriteLine($"{what,-12} bare      {before}");
        Out.WriteLine($"{what,-12} emulator  {ours}");
        Out.WriteLine($"{what,-12} bare      {after}");
        Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-12} ratio     {ours.PerSecond / ((before.PerSecond + after.PerSecond) / 2):0.00} of bare's, "
                + $"{ours.ProcessorEach / ((before.ProcessorEach + after.ProcessorEach) / 2):0.0} times its processor time, p99 "
                + $"{ours.P99 / ((before.P99 + after.P99) / 2):0.0} times, longest {ours.Max:0.0} beside {before.Max:0.0} and "
                + $"{after.Max:0.0} ms; load {LoadOfMachine()}"));
    }

    /// <summary>The newest of a page of a thousand.</summary>
    private static async Task<IReadOnlyList<string>> SidsAsync(HttpClient http)
    {
        using var list = JsonDocument.Parse(await http.GetByteArrayAsync($"{Programs.MessagesPath[1..]}?PageSize=1000"));
        return [.. list.RootElement.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("sid").GetString()!)];
    }

    /// <summary>Waits until the newest message is delivered: none is on its way.</summary>
    private static async Task SettledAsync(HttpClient http)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += TimeSpan.FromSeconds(1))
        {
            using var list = JsonDocument.Parse(await http.GetByteArrayAsync($"{Programs.MessagesPath[1..]}?PageSize=1"));
            if (list.RootElement.GetProperty("messages").EnumerateArray()
                .All(m => m.GetProperty("status").GetString() is "delivered" or "undelivered" or "failed"))
            {
                return;
            }
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static Task<LoadResult> PostAsync(Child child, int count) =>
        LoadResult.WithProcessorAsync(
            child,
            HttpLoad.PostAsync(
                child.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(i, Numbers), Connections, count));

    private static string LoadOfMachine() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
