using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
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
    /// <summary>Readers at once; each costs a queue of entries.</summary>
    private const int MostReaders = 256;

    /// <summary>So that proxies and browsers do not take silence for death.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private int _readers;

    public async Task<ControlAnswer?> ServeAsync(ControlRequest request)
    {
        var match = JournalCalls.ReadFilter(request);
        var after = request.QueryNumber("after", -1, 0, long.MaxValue);
        request.EndQuery();
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
        ChannelReader<Entry>? reader = null;
        var (subscription, from, isOtherWorld) = await request.TurnAsync(() =>
        {
            // An id beyond the newest was given by a world that is no more.
            var isOther = after > journal.LastSeq;
            var start = isOther ? 0 : after < 0 ? journal.LastSeq : after;
            return (journal.Stream(start, out reader), start, isOther);
        });
        try
        {
            var response = request.Context.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            // Asks nginx and its like not to gather events (nginx.org, X-Accel-Buffering).
            response.Headers["X-Accel-Buffering"] = "no";
            var writer = response.BodyWriter;
            Write(writer, "retry: 1000\n\n");
            if (isOtherWorld) Write(writer, "event: reset\ndata: {}\n\n");
            await writer.FlushAsync(request.Context.RequestAborted);
            await PumpAsync(reader!, writer, match, from, request.Context.RequestAborted);
            Write(writer, "event: reset\ndata: {}\n\n");
            await writer.FlushAsync(request.Context.RequestAborted);
        }
        finally
        {
            // Posted, not awaited: after a reset nobody turns the old world's loop any more.
            request.World.Loop.Post(subscription.Dispose);
        }
    }

    /// <summary>Writes entries until the channel ends with its world.</summary>
    private static async Task PumpAsync(ChannelReader<Entry> reader, PipeWriter writer, JournalMatch match, long last, CancellationToken aborted)
    {
        Task<bool>? next = null;
        while (true)
        {
            next ??= reader.WaitToReadAsync(aborted).AsTask();
            try
            {
                if (!await next.WaitAsync(Heartbeat, TimeProvider.System, aborted)) return;
                next = null;
            }
            catch (TimeoutException)
            {
                Write(writer, ": still here\n\n");
                await writer.FlushAsync(aborted);
                continue;
            }
            while (reader.TryRead(out var entry))
            {
                if (entry.Seq > last + 1) Write(writer, $"event: gap\ndata: {{\"after\":{last},\"before\":{entry.Seq}}}\n\n");
                last = entry.Seq;
                if (match.IsMetBy(entry)) WriteEntry(writer, entry);
            }
            await writer.FlushAsync(aborted);
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
