using System.Globalization;
using TwilioEmu.Products.Messaging.Lifecycle;
using TwilioEmu.Products.Numbers;

namespace TwilioEmu.Products.Messaging.Receiving;

/// <summary>The parameters of the request that tells an app of an inbound text, in the order of live traffic.</summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/webhook-request. The geographic ones are always there; city, state and zip are blank, as
/// Twilio leaves them where it does not know.
/// </remarks>
internal static class InboundParameters
{
    public static List<KeyValuePair<string, string>> Of(Message message, Func<MediaItem, string> mediaUrl)
    {
        var media = message.Extras.Media;
        var form = new List<KeyValuePair<string, string>>(24);
        void Add(string name, string value) => form.Add(new(name, value));
        Add("ToCountry", Country(message.To));
        Add("ToState", "");
        Add("SmsMessageSid", message.Sid);
        Add("NumMedia", media.Count.ToString(CultureInfo.InvariantCulture));
        Add("ToCity", "");
        Add("FromZip", "");
        Add("SmsSid", message.Sid);
        Add("FromState", "");
        Add("SmsStatus", message.Status.Wire());
        Add("FromCity", "");
        Add("Body", message.Body);
        Add("FromCountry", Country(message.From));
        Add("To", message.To);
        if (message.Extras.MessagingServiceSid is { } service) Add("MessagingServiceSid", service);
        Add("ToZip", "");
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

    /// <summary>Short codes count as the United States' (inferred).</summary>
    private static string Country(string address) => address is ['+', ..] ? CountryOfNumber.Of(address) : "US";
}
