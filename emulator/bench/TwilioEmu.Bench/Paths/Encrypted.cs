using System.Diagnostics;
using TwilioEmu.Bench.Driving;
using TwilioEmu.Tls;

namespace TwilioEmu.Bench.Paths;

/// <summary>POST Messages in plain HTTP, over TLS and through CONNECT, kept open and opened anew; and how long a certificate takes.</summary>
internal static class Encrypted
{
    private const int Connections = 32;
    private const int Numbers = 1000;
    private const int WarmUp = 30_000;
    private const int Requests = 100_000;
    private const int Openings = 2_000;
    private const int OpenAtOnce = 8;
    private const string Name = "api.twilio.com";

    public static async Task<int> RunAsync(Programs programs)
    {
        var port = FreePort();
        using var emulator = await Child.StartAsync(programs.Emulator, [.. await Programs.ServeAsync("manual", Numbers), "--https-port", $"{port}"]);
        (string Name, ILine Line)[] lines =
        [
            ("plain", new PlainLine(emulator.Port)),
            ("TLS", new TlsLine(new PlainLine(port), Name)),
            ("CONNECT", new TlsLine(new TunnelLine(emulator.Port, Name + ":443"), Name)),
            ("plain again", new PlainLine(emulator.Port)),
        ];
        Out.WriteLine($"POST Messages, {Connections} connections, {Requests:N0} requests each; then {Openings:N0} with a connection each");
        foreach (var (_, line) in lines) await LoadAsync(line, WarmUp);
        await CompareAsync("kept open", lines, line => LoadAsync(line, Requests));
        await CompareAsync("opened anew", lines, OpenAnewAsync);
        Issue();
        return 0;
    }

    private static async Task CompareAsync(string what, (string Name, ILine Line)[] lines, Func<ILine, Task<LoadResult>> measure)
    {
        var results = new List<LoadResult>();
        foreach (var (name, line) in lines)
        {
            results.Add(await measure(line));
            Out.WriteLine($"{what,-12} {name,-12} {results[^1]}");
        }
        var plain = (results[0].PerSecond + results[^1].PerSecond) / 2;
        Out.WriteLine($"{what,-12} TLS {results[1].PerSecond / plain:0.00} of plain, CONNECT {results[2].PerSecond / plain:0.00} of plain");
    }

    private static Task<LoadResult> LoadAsync(ILine line, int requests) =>
        HttpLoad.PostAsync(line, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(i, Numbers), Connections, requests);

    /// <summary>A connection and, where there is one, a handshake for each request; eight at a time.</summary>
    private static async Task<LoadResult> OpenAnewAsync(ILine line)
    {
        var latencies = new double[Openings];
        var (next, failures) = (-1, 0);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, OpenAtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < Openings)
            {
                var start = Stopwatch.GetTimestamp();
                var one = await HttpLoad.PostAsync(line, Programs.MessagesPath, Programs.Authorization, _ => Programs.Form(i, Numbers), 1, 1);
                latencies[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (one.Failures > 0) Interlocked.Increment(ref failures);
            }
        })));
        var seconds = clock.Elapsed.TotalSeconds;
        return LoadResult.Of(latencies, failures, seconds, OpenAtOnce);
    }

    private static void Issue()
    {
        using var leaves = new LeafCache(new CaSource(), TimeProvider.System);
        var root = Stopwatch.StartNew();
        _ = leaves.Authority;
        root.Stop();
        var first = Time(() => leaves.For("first.twilio.com"));
        var issued = Enumerable.Range(0, LeafCache.Capacity - 1).Select(i => Time(() => leaves.For($"product-{i}.twilio.com"))).Order().ToArray();
        var cached = Time(() =>
        {
            for (var i = 0; i < 100_000; i++) leaves.For("product-0.twilio.com");
        }) / 100_000;
        Out.WriteLine(
            $"certificates: root {root.Elapsed.TotalMilliseconds:0.0} ms, first {first:0.0} ms, then p50 {issued[issued.Length / 2]:0.00} "
                + $"ms, p99 {issued[(int)(issued.Length * 0.99)]:0.00} ms, max {issued[^1]:0.0} ms; cached {cached * 1e6:0} ns");
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
