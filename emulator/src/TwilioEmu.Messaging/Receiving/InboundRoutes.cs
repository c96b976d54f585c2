using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Services;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Which URL is told of a text to a number: its service's, its application's or its own.</summary>
/// <remarks>
/// twilio.com/docs/messaging/services, twilio.com/docs/phone-numbers/api/incomingphonenumber-resource:
/// the first that applies, and the others are ignored.
/// </remarks>
internal sealed class InboundRoutes(MessagingApps apps)
{
    /// <summary>The route; null, or one with an empty URL, for nowhere.</summary>
    public InboundRoute? Of(PhoneNumber number, MessagingService? service)
    {
        if (service is { DefersToNumber: false })
        {
            return new InboundRoute(
                number.Account, service.InboundRequestUrl ?? "", service.InboundMethod, service.FallbackUrl ?? "", service.FallbackMethod);
        }
        return number.SmsApplicationSid.Length > 0
            ? apps.RouteOf(number.Account, number.SmsApplicationSid)
            : new InboundRoute(number.Account, number.SmsUrl, number.SmsMethod, number.SmsFallbackUrl, number.SmsFallbackMethod);
    }

    /// <summary>The route of a channel's sender.</summary>
    public static InboundRoute Of(ChannelSender sender, MessagingService? service) => service is { DefersToNumber: false }
        ? new InboundRoute(
            sender.Account, service.InboundRequestUrl ?? "", service.InboundMethod, service.FallbackUrl ?? "", service.FallbackMethod)
        : new InboundRoute(sender.Account, sender.CallbackUrl, sender.CallbackMethod, sender.FallbackUrl, sender.FallbackMethod);

    /// <summary>Why no app is told of what came to a channel's sender.</summary>
    public static string Silence(ChannelSender sender) =>
        $"{sender.Address} was written to and has no webhook.callback_url, so no app is told: set it by the API, "
            + "or callback_url under channel_senders:";

    /// <summary>Why no app is told, and the cure.</summary>
    public static string Silence(PhoneNumber number, MessagingService? service) => service is { DefersToNumber: false }
        ? $"{number.Number} was texted and is in the Messaging Service {service.Sid}, which has no inbound_request_url and does not use "
          + "the number's own, so no app is told: "
            + "set InboundRequestUrl, or UseInboundWebhookOnNumber=true"
        : $"{number.Number} was texted and has no sms_url, so no app is told: set SmsUrl by the API, or sms_url under numbers:";
}
