using System.Diagnostics;
using System.Text;

namespace TwilioEmu.Bench.Driving;

/// <summary>Open-loop load: the i-th request is due at a fixed instant, and its latency counts from then, so that a pause is felt by all it delays.</summary>
internal sealed class PacedLoad(int port, string path, string authorization, Func<long, string> form, int perSecond)
{
    private readonly Lock _lock = new();
    private List<double> _latencies = [];
    private long _next = -1;
    private long _failures;

    /// <summary>How many were sent.</summary>
    public long Sent => Volatile.Read(ref _next) + 1;

    /// <summary>Answers that were no 201.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Latencies in milliseconds since this was last asked, ascending.</summary>
    public List<double> TakeLatencies()
    {
        List<double> taken;
        lock (_lock) (taken, _latencies) = (_latencies, []);
        taken.Sort();
        return taken;
    }

    /// <summary>Sends over so many connections for a time.</summary>
    public async Task RunAsync(int connections, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var count = (long)(time.TotalSeconds * perSecond);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(clock, count))));
        Volatile.Write(ref _next, count - 1);
    }

    private async Task SendAsync(Stopwatch clock, long count)
    {
        await using var stream = await new PlainLine(port).OpenAsync();
        var buffer = new byte[64 * 1024];
        while (Interlocked.Increment(ref _next) is var i && i < count)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - clock.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
            var body = form(i);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {authorization}\r\nContent-Type: "
                    + $"application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            if (await HttpLoad.ReadAnswerAsync(stream, buffer) != 201) Interlocked.Increment(ref _failures);
            var late = (clock.Elapsed - due).TotalMilliseconds;
            lock (_lock) _latencies.Add(late);
        }
    }
}
