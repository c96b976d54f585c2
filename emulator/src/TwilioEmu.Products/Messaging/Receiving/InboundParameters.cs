using System.Globalization;
using TwilioEmu.Products.Messaging.Lifecycle;

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

    /// <summary>ISO country of an E.164 number where its country code is one country's, else blank; short codes count as US (inferred).</summary>
    private static string Country(string address) => address switch
    {
        ['+', '1', ..] => "US",
        ['+', '4', '4', ..] => "GB",
        ['+', '4', '9', ..] => "DE",
        ['+', '3', '3', ..] => "FR",
        ['+', '3', '4', ..] => "ES",
        ['+', '3', '9', ..] => "IT",
        ['+', '6', '1', ..] => "AU",
        ['+', '8', '1', ..] => "JP",
        ['+', '9', '1', ..] => "IN",
        ['+', '5', '5', ..] => "BR",
        ['+', '5', '2', ..] => "MX",
        ['+', ..] => "",
        _ => "US",
    };
}
