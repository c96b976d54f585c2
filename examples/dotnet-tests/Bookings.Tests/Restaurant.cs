using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using TwilioEmu.Host;
using TwilioEmu.Host.Fixtures;
using TwilioEmu.Host.Setup;

namespace Bookings.Tests;

/// <summary>The app and a Twilio, joined in one process.</summary>
public sealed class Restaurant : TwilioEmuFixture, IAsyncLifetime
{
    public const string Number = "+14155550100";

    private const string Origin = "https://bookings.example";

    private WebApplicationFactory<Program> _factory = null!;

    /// <summary>The restaurant's own staff.</summary>
    public HttpClient Staff { get; private set; } = null!;

    protected override TwilioEmuHostOptions Options => new()
    {
        Port = null,
        Config = new EmulatorConfig().Number(Number, smsUrl: $"{Origin}/twilio/sms", voiceUrl: $"{Origin}/twilio/voice"),
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _factory = new AppFactory(Host);
        Host.Route(Origin, _factory.Server.CreateHandler());
        Staff = _factory.CreateClient();
    }

    public override async ValueTask DisposeAsync()
    {
        // The emulator first: it may still be asking the app.
        await base.DisposeAsync();
        await _factory.DisposeAsync();
    }

    private sealed class AppFactory(TwilioEmuHost twilio) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Twilio:AccountSid", twilio.Account.Sid).UseSetting("Twilio:AuthToken", twilio.Account.AuthToken);
            builder.UseSetting("Twilio:Number", Number).UseSetting("Twilio:PublicUrl", Origin);
            builder.ConfigureServices(services => services.AddHttpClient<TextSender>().ConfigurePrimaryHttpMessageHandler(() => twilio.CreateHandler()));
        }
    }
}
