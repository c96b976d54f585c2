using System.Diagnostics;
using System.Text;

namespace TwilioEmu.Bench.Driving;

/// <summary>Closed-loop HTTP/1.1 load over keep-alive connections: each sends its next request when it has the last answer.</summary>
/// <remarks>Raw sockets and one reusable request per connection, so that the driver costs as little of the two cores as it can.</remarks>
internal static class HttpLoad
{
    /// <summary>Sends a number of POSTs and measures them.</summary>
    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="path">Of the request.</param>
    /// <param name="authorization">Header value.</param>
    /// <param name="form">Body of the i-th request.</param>
    /// <param name="connections">Open at once.</param>
    /// <param name="requests">In all.</param>
    public static Task<LoadResult> PostAsync(int port, string path, string authorization, Func<int, string> form, int connections, int requests) =>
        PostAsync(new PlainLine(port), path, authorization, form, connections, requests);

    /// <summary>The same over a line of another kind.</summary>
    public static Task<LoadResult> PostAsync(ILine line, string path, string authorization, Func<int, string> form, int connections, int requests) =>
        SendAsync(
            line,
            i =>
            {
                var body = form(i);
                return $"POST {path} HTTP/1.1\r\nHost: {line.Host}\r\nAuthorization: {authorization}\r\nContent-Type: "
                    + $"application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            },
            201, connections, requests);

    /// <summary>Sends a number of GETs and measures them; the i-th path as POST has the i-th form.</summary>
    public static Task<LoadResult> GetAsync(int port, Func<int, string> path, string authorization, int connections, int requests) =>
        SendAsync(
            new PlainLine(port), i => $"GET {path(i)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {authorization}\r\n\r\n", 200,
            connections, requests);

    private static async Task<LoadResult> SendAsync(ILine line, Func<int, string> requestOf, int expected, int connections, int requests)
    {
        var next = -1;
        var latencies = new double[requests];
        var failures = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var stream = await line.OpenAsync();
            var buffer = new byte[256 * 1024];
            while (Interlocked.Increment(ref next) is var i && i < requests)
            {
                var request = Encoding.ASCII.GetBytes(requestOf(i));
                var start = Stopwatch.GetTimestamp();
                await stream.WriteAsync(request);
                var status = await ReadAnswerAsync(stream, buffer);
                latencies[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (status != expected) Interlocked.Increment(ref failures);
            }
        })));
        var seconds = clock.Elapsed.TotalSeconds;
        return LoadResult.Of(latencies, failures, seconds, connections);
    }

    /// <summary>Reads one answer whole; its status.</summary>
    public static async Task<int> ReadAnswerAsync(Stream stream, byte[] buffer)
    {
        var count = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count));
            if (read == 0) throw new IOException("the server closed the connection");
            count += read;
            var head = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (head < 0) continue;
            var headers = Encoding.ASCII.GetString(buffer, 0, head);
            var at = headers.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            var length = int.Parse(headers.AsSpan(at + 16, headers.AsSpan(at + 16).IndexOfAny("\r\n") is >= 0 and var e ? e : headers.Length - at - 16));
            if (count >= head + 4 + length) return int.Parse(headers.AsSpan(9, 3));
        }
    }
}

/// <summary>What a load came to; times in milliseconds, those of requests that a pause kept back counted in.</summary>
internal sealed record LoadResult(int Requests, int Failures, double PerSecond, double P50, double P99, double Max)
{
    /// <summary>Of a closed loop's latencies.</summary>
    public static LoadResult Of(double[] latencies, int failures, double seconds, int connections)
    {
        var all = Latencies.Correct(latencies, 1000 * seconds * connections / latencies.Length);
        return new LoadResult(latencies.Length, failures, latencies.Length / seconds, Latencies.At(all, 0.5), Latencies.At(all, 0.99), all[^1]);
    }

    /// <summary>Processor time the server took for each, in microseconds; 0 when nobody asked.</summary>
    public double ProcessorEach { get; private init; }

    /// <summary>Runs a load and adds what it cost its server, on whatever thread: the figure that a busy machine lengthens least.</summary>
    public static async Task<LoadResult> WithProcessorAsync(Child server, Task<LoadResult> load)
    {
        var before = server.Processor;
        var result = await load;
        return result with { ProcessorEach = (server.Processor - before).TotalMicroseconds / result.Requests };
    }

    public override string ToString() =>
        $"{PerSecond,9:N0}/s  p50 {P50,6:0.00} ms  p99 {P99,6:0.00} ms  max {Max,7:0.0} ms  failures "
            + $"{Failures}{(ProcessorEach > 0 ? $"  {ProcessorEach:0} us of processor each" : "")}";
}
