using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace TwilioEmu.Host.Tests;

/// <summary>An app of the user's under a test server: answers texts, fails on demand, serves a picture, sends texts by REST.</summary>
internal sealed class ShopApp : IAsyncDisposable
{
    // A byte sequence that is no UTF-8.
    public static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFE, 0x00, 0xC3];

    private readonly WebApplication _app;

    private ShopApp(WebApplication app) => _app = app;

    /// <summary>Sends the texts of <c>/by-rest</c>, as part of its answer.</summary>
    public Func<string, Task>? TextBack { get; set; }

    /// <summary>Scheme, host and signature header of every request, in order.</summary>
    public List<(string Url, string Signature)> Seen { get; } = [];

    public HttpMessageHandler CreateHandler() => _app.GetTestServer().CreateHandler();

    public static async Task<ShopApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        var web = builder.Build();
        var shop = new ShopApp(web);
        web.Run(shop.ServeAsync);
        await web.StartAsync();
        return shop;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        lock (Seen)
        {
            Seen.Add(
                ($"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}", http.Request.Headers["X-Twilio-Signature"].ToString()));
        }
        switch (http.Request.Path.Value)
        {
            case "/sms":
                var form = await http.Request.ReadFormAsync();
                http.Response.ContentType = "text/xml";
                await http.Response.WriteAsync($"<Response><Message>Thanks for {form["Body"]}</Message></Response>");
                break;
            case "/by-rest":
                await TextBack!((await http.Request.ReadFormAsync())["Body"].ToString());
                break;
            case "/picture.png":
                http.Response.ContentType = "image/png";
                await http.Response.Body.WriteAsync(Picture);
                break;
            default:
                throw new InvalidOperationException("the till is jammed");
        }
    }
}
