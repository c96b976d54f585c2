using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>TwiML Apps, as far as messages go. A number that names one is answered by it, and its own URLs are ignored.</summary>
/// <remarks>
/// twilio.com/docs/phone-numbers/api/incomingphonenumber-resource; twilio.com/docs/usage/api/applications. Loop-confined.
/// </remarks>
internal sealed class MessagingApps(NumberBook numbers)
{
    /// <summary>True when the account has the application.</summary>
    public bool Has(AccountSid account, string sid) => Find(account, sid) is not null;

    /// <summary>Where texts go that an application answers; null when there is no such application.</summary>
    public InboundRoute? RouteOf(AccountSid account, string sid) => Find(account, sid) is { } app
        ? new InboundRoute(
            account, app["sms_url"] ?? "", Method(app["sms_method"]), app["sms_fallback_url"] ?? "", Method(app["sms_fallback_method"]))
        : null;

    /// <summary>Where an application is told of a message's changes; null for nowhere.</summary>
    public string? StatusCallbackOf(AccountSid account, string sid) =>
        Find(account, sid) is not { } app ? null
        : app["message_status_callback"] is { Length: > 0 } url ? url
        // Its elder name.
        : app["sms_status_callback"] is { Length: > 0 } elder ? elder
        : null;

    private Document? Find(AccountSid account, string sid) => numbers.Applications(account).Find(sid);

    private static string Method(string? method) => method == "GET" ? "GET" : "POST";
}
