using System.Globalization;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>The parameters of the request that tells an app of an inbound text, in the order of live traffic.</summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/webhook-request. The geographic ones are always there, blank where
/// Twilio does not know.
/// </remarks>
internal static class InboundParameters
{
    public static List<KeyValuePair<string, string>> Of(Message message, string? optOutType, Func<MediaItem, string> mediaUrl)
    {
        var media = message.Extras.Media;
        var (from, to) = (NumberPlace.Of(message.From), NumberPlace.Of(message.To));
        var form = new List<KeyValuePair<string, string>>(24);
        void Add(string name, string value) => form.Add(new(name, value));
        Add("ToCountry", to.Country);
        Add("ToState", to.State);
        Add("SmsMessageSid", message.Sid);
        Add("NumMedia", media.Count.ToString(CultureInfo.InvariantCulture));
        Add("ToCity", to.City);
        Add("FromZip", from.Zip);
        Add("SmsSid", message.Sid);
        Add("FromState", from.State);
        Add("SmsStatus", message.Status.Wire());
        Add("FromCity", from.City);
        Add("Body", message.Body);
        if (optOutType is not null) Add("OptOutType", optOutType);
        Add("FromCountry", from.Country);
        Add("To", message.To);
        if (message.Extras.MessagingServiceSid is { } service) Add("MessagingServiceSid", service);
        Add("ToZip", to.Zip);
        Add("NumSegments", message.SegmentCount.ToString(CultureInfo.InvariantCulture));
        Add("MessageSid", message.Sid);
        Add("AccountSid", message.Account.Value);
        for (var i = 0; i < media.Count; i++)
        {
            Add($"MediaContentType{i}", media[i].ContentType);
            Add($"MediaUrl{i}", mediaUrl(media[i]));
        }
        Add("From", message.From);
        Add("ApiVersion", "2010-04-01");
        return form;
    }
}
