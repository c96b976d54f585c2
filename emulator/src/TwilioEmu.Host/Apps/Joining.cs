using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace TwilioEmu.Host.Apps;

/// <summary>What an app of this process is given when it is joined to an emulator.</summary>
internal static class Joining
{
    // The environment's names, those many apps use, and those of Twilio.AspNet.Core (github.com/twilio-labs/twilio-aspnet).
    private static readonly string[] Sids = ["TWILIO_ACCOUNT_SID", "Twilio:AccountSid", "Twilio:Client:AccountSid"];
    private static readonly string[] Tokens =
    [
        "TWILIO_AUTH_TOKEN", "Twilio:AuthToken", "Twilio:Client:AuthToken", "Twilio:RequestValidation:AuthToken",
    ];

    public static void Apply(IWebHostBuilder builder, TwilioEmuHost twilio, AttachedApp app, string origin)
    {
        foreach (var key in Sids) builder.UseSetting(key, twilio.Account.Sid);
        foreach (var key in Tokens) builder.UseSetting(key, twilio.Account.AuthToken);
        builder.UseSetting("Twilio:RequestValidation:BaseUrlOverride", origin);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IStartupFilter>(app);
            services.AddSingleton<IHttpMessageHandlerBuilderFilter>(app);
            if (services.Any(s => s.ServiceType == typeof(TimeProvider)))
            {
                services.Replace(ServiceDescriptor.Singleton(twilio.TimeProvider));
            }
        });
    }
}
