using System.Globalization;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Sending;

/// <summary>The parameters of a status callback, in the order of live traffic.</summary>
/// <remarks>twilio.com/docs/messaging/guides/track-outbound-message-status.</remarks>
internal static class StatusParameters
{
    public static List<KeyValuePair<string, string>> Of(Message message)
    {
        var form = new List<KeyValuePair<string, string>>(10);
        void Add(string name, string value) => form.Add(new(name, value));
        // The carrier's own note of the minute it was done: YYMMDDhhmm.
        if (message.Status is MessageStatus.Delivered or MessageStatus.Undelivered)
        {
            Add("RawDlrDoneDate", message.Updated.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture));
        }
        if (message.ErrorCode != 0) Add("ErrorCode", message.ErrorCode.ToString(CultureInfo.InvariantCulture));
        Add("SmsSid", message.Sid);
        Add("SmsStatus", message.Status.Wire());
        Add("MessageStatus", message.Status.Wire());
        Add("To", message.To);
        if (message.Extras.MessagingServiceSid is { } service) Add("MessagingServiceSid", service);
        Add("MessageSid", message.Sid);
        Add("AccountSid", message.Account.Value);
        Add("From", message.From);
        Add("ApiVersion", "2010-04-01");
        return form;
    }
}
