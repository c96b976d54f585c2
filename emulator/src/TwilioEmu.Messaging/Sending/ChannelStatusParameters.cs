using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Sending;

/// <summary>The parameters of a status callback of a channel's message, in the order of live traffic.</summary>
/// <remarks>twilio.com/docs/messaging/guides/track-outbound-message-status; no carrier's date here.</remarks>
internal static class ChannelStatusParameters
{
    /// <param name="message">As it is now.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="senderSid"><c>XE</c>; null where the sender is gone.</param>
    public static List<KeyValuePair<string, string>> Of(Message message, string channel, string? senderSid)
    {
        var form = new List<KeyValuePair<string, string>>(16);
        void Add(string name, string value) => form.Add(new(name, value));
        var person = ChannelAddress.Bare(message.To);
        if (channel == ChannelAddress.WhatsApp) Add("ExternalUserId", BusinessScopedId.Of(message.Account, person));
        if (message.Status is MessageStatus.Delivered or MessageStatus.Read) Add("EventType", message.Status.Wire().ToUpperInvariant());
        Add("SmsSid", message.Sid);
        Add("SmsStatus", message.Status.Wire());
        Add("MessageStatus", message.Status.Wire());
        Add("ChannelToAddress", NumberMask.Of(person));
        Add("To", ChannelAddress.On(channel, person));
        Add("ChannelPrefix", channel);
        if (message.Extras.MessagingServiceSid is { } service) Add("MessagingServiceSid", service);
        Add("MessageSid", message.Sid);
        Add("AccountSid", message.Account.Value);
        Add("StructuredMessage", message.Extras.Content is null ? "false" : "true");
        Add("From", message.From);
        Add("ApiVersion", "2010-04-01");
        if (senderSid is not null) Add("ChannelInstallSid", senderSid);
        if (message.ErrorCode == 0) return form;
        Add("ErrorCode", message.ErrorCode.ToString(CultureInfo.InvariantCulture));
        Add("ChannelStatusMessage", DeliveryErrors.Message(message.ErrorCode));
        return form;
    }
}
