using System.Collections.Concurrent;

namespace TwilioEmu.Bench.Driving;

/// <summary>An app that takes status callbacks, counts them, checks their order per message, and may take its time.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private static readonly string[] Order = ["sending", "sent", "delivered"];
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _seen = new();
    private int _count;
    private int _outOfOrder;

    private Sink(WebApplication app) => _app = app;

    public int Count => _count;

    public int OutOfOrder => _outOfOrder;

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Url => _app.Urls.First() + "/status";

    /// <param name="delay">Before each answer.</param>
    /// <param name="isCounting">True keeps no order: for loads so long that a memory of each message would be the largest thing measured.</param>
    public static async Task<Sink> StartAsync(TimeSpan delay, bool isCounting = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var sink = new Sink(app);
        app.MapPost("/status", async context =>
        {
            if (isCounting)
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
                Interlocked.Increment(ref sink._count);
                context.Response.StatusCode = 204;
                return;
            }
            var form = await context.Request.ReadFormAsync();
            if (!context.Request.Headers.ContainsKey("X-Twilio-Signature")) Interlocked.Increment(ref sink._outOfOrder);
            var step = sink._seen.AddOrUpdate(form["MessageSid"]!, 0, (_, s) => s + 1);
            if (step >= Order.Length || form["MessageStatus"] != Order[step]) Interlocked.Increment(ref sink._outOfOrder);
            if (delay > TimeSpan.Zero) await Task.Delay(delay);
            Interlocked.Increment(ref sink._count);
            context.Response.StatusCode = 204;
        });
        // The same work for posts that nobody counts: the form read, a header looked for, an answer.
        app.MapPost("/bare", static async context =>
        {
            var form = await context.Request.ReadFormAsync();
            context.Response.StatusCode = form.ContainsKey("MessageSid") && !context.Request.Headers.ContainsKey("X-Twilio-Signature") ? 201 : 400;
            context.Response.ContentLength = 0;
        });
        await app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
