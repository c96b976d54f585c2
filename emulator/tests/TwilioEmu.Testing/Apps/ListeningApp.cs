using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace TwilioEmu.Testing.Apps;

/// <summary>A fake app behind a real socket on a free port of 127.0.0.1.</summary>
public sealed class ListeningApp : IAsyncDisposable
{
    private readonly WebApplication _web;

    private ListeningApp(WebApplication web, FakeApp script)
    {
        _web = web;
        Script = script;
        Origin = web.Urls.Single();
    }

    /// <summary>What it answers and has seen.</summary>
    public FakeApp Script { get; }

    /// <summary><c>http://127.0.0.1:PORT</c>.</summary>
    public string Origin { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="script">What it answers; asked on pool threads, several at once.</param>
    /// <param name="scheme">What the app believes to be its scheme, when a public name stands in front of it.</param>
    public static async Task<ListeningApp> StartAsync(FakeApp script, string? scheme = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        web.Run(context => ServeAsync(context, script, scheme));
        await web.StartAsync();
        return new(web, script);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static async Task ServeAsync(HttpContext context, FakeApp script, string? scheme)
    {
        var request = context.Request;
        if (scheme is not null) request.Scheme = scheme;
        var answer = await script.AnswerAsync(
            new(request.Method, new Uri(request.GetEncodedUrl()), Flatten(request.Headers), await ReadParametersAsync(request)),
            context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        if (answer.ContentType is not null) context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers.Append(name, value);
        if (answer.Body.Length > 0) await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<List<KeyValuePair<string, string>>> ReadParametersAsync(HttpRequest request) =>
        Flatten(request.HasFormContentType ? await request.ReadFormAsync() : request.Query);

    private static List<KeyValuePair<string, string>> Flatten(
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values) =>
        [.. values.SelectMany(v => v.Value.Select(value => KeyValuePair.Create(v.Key, value ?? "")))];
}
