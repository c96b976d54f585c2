using Microsoft.AspNetCore.Mvc.Testing;
using TwilioEmu;

namespace Bookings.Tests;

/// <summary>The app and a Twilio, joined in one process: started before the first test, gone after the last.</summary>
public sealed class Restaurant : IAsyncLifetime
{
    public const string Number = "+14155550100";

    private const string Origin = "https://bookings.example";

    private WebApplicationFactory<Program> _app = null!;

    public TwilioEmuHost Twilio { get; private set; } = null!;

    /// <summary>The restaurant's own staff.</summary>
    public HttpClient Staff { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Twilio = await TwilioEmuHost.StartAsync(new()
        {
            Port = null,
            Config = new EmulatorConfig().Number(Number, smsUrl: $"{Origin}/twilio/sms", voiceUrl: $"{Origin}/twilio/voice"),
        });
        _app = Twilio.Attach(new WebApplicationFactory<Program>(), Origin, app => app.UseSetting("Twilio:Number", Number).UseSetting("Twilio:PublicUrl", Origin));
        Staff = _app.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        // The emulator first: it may still be asking the app.
        await Twilio.DisposeAsync();
        await _app.DisposeAsync();
    }
}
