using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Events;

/// <summary>The journal as it is written, as Server-Sent Events (html.spec.whatwg.org, 9.2).</summary>
/// <remarks>
/// One event per entry, its seq the id, so that a browser resumes by <c>Last-Event-ID</c> where it was cut off. <c>event: gap</c> says
/// that entries were lost (trimmed, or the reader was too slow); <c>event: reset</c> that the world is another one from now on.
/// </remarks>
internal sealed class JournalStream
{
    /// <summary>Entries looked at and written between two flushes: what a reader costs in memory, and how long it keeps a thread.</summary>
    private const int MostPerFlush = 4_096;

    // Bytes written before the reader has to take them.
    private const long MostUnsent = 64 * 1024;
    private const int MostWritten = 128;

    /// <summary>Readers at once.</summary>
    internal const int MostReaders = 256;

    /// <summary>So that proxies and browsers do not take silence for death.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private int _readers;

    public async Task<ControlAnswer?> ServeAsync(ControlRequest request)
    {
        var match = JournalCalls.ReadFilter(request);
        var after = request.QueryNumber("after") ?? -1;
        if (LastEventId(request) is { } resumed) after = resumed;
        if (Interlocked.Increment(ref _readers) > MostReaders)
        {
            Interlocked.Decrement(ref _readers);
            return ControlAnswer.Problem(503, $"{MostReaders} readers follow the journal already");
        }
        try
        {
            await FollowAsync(request, match, after);
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
        return null;
    }

    private static async Task FollowAsync(ControlRequest request, JournalMatch match, long after)
    {
        var journal = request.World.Journal;
        // An id beyond the newest was given by a world that is no more.
        var isOtherWorld = after > journal.LastSeq;
        var from = isOtherWorld ? 0 : after < 0 ? journal.LastSeq : after;
        var response = request.Context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // Asks nginx and its like not to gather events (nginx.org, X-Accel-Buffering).
        response.Headers["X-Accel-Buffering"] = "no";
        var writer = response.BodyWriter;
        Write(writer, "retry: 1000\n\n");
        if (isOtherWorld) Write(writer, "event: reset\ndata: {}\n\n");
        await writer.FlushAsync(request.Context.RequestAborted);
        await PumpAsync(journal, writer, match, from, request.Context.RequestAborted);
        Write(writer, "event: reset\ndata: {}\n\n");
        await writer.FlushAsync(request.Context.RequestAborted);
    }

    /// <summary>
    /// Writes entries until the world ends; a reader that does not read is waited for, and misses what is trimmed meanwhile.
    /// </summary>
    private static async Task PumpAsync(WorldJournal journal, PipeWriter writer, JournalMatch match, long last, CancellationToken aborted)
    {
        while (true)
        {
            if (!await HasMoreAsync(journal, writer, last, aborted)) return;
            var written = 0;
            foreach (var entry in journal.After(last).Take(MostPerFlush))
            {
                if (entry.Seq > last + 1) Write(writer, $"event: gap\ndata: {{\"after\":{last},\"before\":{entry.Seq}}}\n\n");
                last = entry.Seq;
                if (!match.IsMetBy(entry)) continue;
                WriteEntry(writer, entry);
                if (++written == MostWritten || writer.UnflushedBytes > MostUnsent) break;
            }
            await writer.FlushAsync(aborted);
        }
    }

    /// <summary>True when there is something after a seq; says now and then that nobody has died.</summary>
    private static async Task<bool> HasMoreAsync(WorldJournal journal, PipeWriter writer, long last, CancellationToken aborted)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var next = journal.NextAsync(last, leaving.Token);
        try
        {
            while (true)
            {
                try
                {
                    return await next.WaitAsync(Heartbeat, TimeProvider.System, aborted);
                }
                catch (TimeoutException)
                {
                    Write(writer, ": still here\n\n");
                    await writer.FlushAsync(aborted);
                }
            }
        }
        finally
        {
            await leaving.CancelAsync();
        }
    }

    private static void WriteEntry(PipeWriter writer, Entry entry)
    {
        Write(writer, $"id: {entry.Seq.ToString(CultureInfo.InvariantCulture)}\ndata: ");
        using (var json = new Utf8JsonWriter(writer, Entry.Options)) entry.WriteTo(json);
        Write(writer, "\n\n");
    }

    private static void Write(PipeWriter writer, string text) => Encoding.UTF8.GetBytes(text, writer);

    private static long? LastEventId(ControlRequest request)
    {
        if (request.Context.Request.Headers["Last-Event-ID"] is not [{ Length: > 0 } text]) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw ControlRequest.Bad("Last-Event-ID", $"Last-Event-ID is the seq of an entry, not \"{text}\"");
    }
}
