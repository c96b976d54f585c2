using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using TwilioEmu.Hosting;

namespace TwilioEmu.Host.Doors;

/// <summary>The way to an emulation without a socket: ASP.NET Core's own test server.</summary>
internal sealed class InMemoryDoor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InMemoryDoor(WebApplication app, Uri baseUrl) => (_app, BaseUrl) = (app, baseUrl);

    /// <summary>The emulator's name where it has no address (RFC 6761 6.3: names below localhost lead nowhere else).</summary>
    public static Uri Url { get; } = new("http://twilioemu.localhost");

    /// <summary>By what name handlers reach the emulator, besides Twilio's.</summary>
    public Uri BaseUrl { get; }

    public static async Task<InMemoryDoor> OpenAsync(Emulation emulation, Uri baseUrl)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.Run(emulation.HandleAsync);
        await app.StartAsync();
        return new InMemoryDoor(app, baseUrl);
    }

    /// <param name="others">Takes what is for other hosts; null refuses it.</param>
    public HttpMessageHandler CreateHandler(HttpMessageHandler? others) =>
        new InMemoryHandler(_app.GetTestServer().CreateHandler(), BaseUrl, others);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
