using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Twilio.Security;

namespace Strangers.Emulators;

/// <summary>A user's app on a port of its own: believes what the SDK's validator believes, and answers with the SDK's TwiML.</summary>
public sealed class App : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly ConcurrentDictionary<string, Func<IReadOnlyDictionary<string, string>, string>> _answers = new();
    private readonly ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Parameters)> _asked = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly WebApplication _web;

    private App(WebApplication web) => _web = web;

    public string Url => _web.Urls.First();

    /// <summary>Requests whose signature did not fit.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    public static async Task<App> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var app = new App(web);
        web.Run(app.ServeAsync);
        await web.StartAsync();
        return app;
    }

    public void Trust(string account, string token) => _tokens[account] = token;

    public void On(string path, Func<IReadOnlyDictionary<string, string>, Twilio.TwiML.TwiML> answer) => _answers[path] = p => answer(p).ToString();

    /// <summary>What came to a path so far.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Asked(string path) => [.. _asked.Where(a => a.Path == path).Select(a => a.Parameters)];

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        var request = http.Request;
        var form = request.HasFormContentType ? (await request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString()) : [];
        var all = request.Query.Select(p => KeyValuePair.Create(p.Key, p.Value.ToString())).Concat(form).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Last().Value);
        var token = _tokens.GetValueOrDefault(all.GetValueOrDefault("AccountSid", ""), "");
        if (!new RequestValidator(token).Validate(request.GetEncodedUrl(), form, request.Headers["X-Twilio-Signature"].ToString()))
        {
            _refused.Enqueue($"{request.Method} {request.GetEncodedUrl()}");
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        _asked.Enqueue((request.Path.Value!, all));
        if (!_answers.TryGetValue(request.Path.Value!, out var answer)) return;
        http.Response.ContentType = "text/xml";
        await http.Response.WriteAsync(answer(all));
    }
}
