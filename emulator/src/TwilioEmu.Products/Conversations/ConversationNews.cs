using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Tells webhooks what REST and timers do to conversations and their participants.</summary>
/// <remarks>
/// Loop-confined. What REST does is told only where the request asks for it (<c>X-Twilio-Webhook-Enabled</c>); changes of state always.
/// </remarks>
internal sealed class ConversationNews(ConversationBook book, ConversationHooks hooks)
{
    public void TellMoved(ConversationKey key, string from, string to, string reason, long cause)
    {
        var conversation = book.Find(key);
        hooks.Tell(
            key, "onConversationStateUpdated",
            [
                new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid),
                new("MessagingServiceSid", conversation?["messaging_service_sid"]), new("Reason", reason), new("StateFrom", from),
                new("StateTo", to), new("StateUpdated", Instant(book.Now)),
            ],
            cause);
    }

    public void TellJoined(RestRequest request, ConversationKey key, Document participant)
    {
        if (!request.IsToldToWebhooks) return;
        TellParticipant(request, key, participant, "Added");
    }

    /// <param name="request">What was done.</param>
    /// <param name="key">Where.</param>
    /// <param name="participant">As it is now, or was last.</param>
    /// <param name="what"><c>Added</c>, <c>Updated</c> or <c>Removed</c>.</param>
    public void TellParticipant(RestRequest request, ConversationKey key, Document participant, string what)
    {
        if (!request.IsToldToWebhooks) return;
        hooks.Tell(
            key, "onParticipant" + what,
            [
                new("Attributes", participant["attributes"]), new("ConversationSid", key.Sid),
                new("DateCreated", what == "Added" ? Instant(book.Now) : participant["date_created"]),
                new("DateRemoved", what == "Removed" ? Instant(book.Now) : null),
                new("DateUpdated", what == "Added" ? null : participant["date_updated"]), new("Identity", participant["identity"]),
                new("LastReadMessageIndex", what == "Updated" ? participant["last_read_message_index"] : null),
                new("MessagingBinding.Address", ConversationBook.Binding(participant, "address")),
                new("MessagingBinding.ProxyAddress", ConversationBook.Binding(participant, "proxy_address")),
                new("MessagingBinding.ProjectedAddress", ConversationBook.Binding(participant, "projected_address")),
                new("MessagingBinding.Type", TypeOf(ConversationBook.Binding(participant, "address"))),
                new("ParticipantSid", participant.Key), new("RoleSid", participant["role_sid"]),
                new("Source", "API"),
            ],
            request.Cause);
    }

    /// <param name="request">What was done.</param>
    /// <param name="key">To which.</param>
    /// <param name="conversation">As it is now, or was last.</param>
    /// <param name="what"><c>Added</c>, <c>Updated</c> or <c>Removed</c>.</param>
    public void TellConversation(RestRequest request, ConversationKey key, Document conversation, string what)
    {
        if (!request.IsToldToWebhooks) return;
        hooks.Tell(
            key, "onConversation" + what,
            [
                new("Attributes", conversation["attributes"]), new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid),
                new("DateCreated", conversation["date_created"]),
                new("DateRemoved", what == "Removed" ? Instant(book.Now) : null), new("DateUpdated", conversation["date_updated"]),
                new("FriendlyName", conversation["friendly_name"]),
                new("MessagingServiceSid", conversation["messaging_service_sid"]), new("State", conversation["state"]),
                new("UniqueName", conversation["unique_name"]), new("Source", "API"),
            ],
            request.Cause);
    }

    /// <summary>A message that REST changed or took away.</summary>
    public void TellMessage(RestRequest request, ConversationKey key, Document message, string what)
    {
        if (!request.IsToldToWebhooks) return;
        hooks.Tell(
            key, "onMessage" + what,
            [
                new("Attributes", message["attributes"]), new("Author", message["author"]), new("Body", message["body"]),
                new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid),
                new("DateCreated", message["date_created"]), new("DateRemoved", what == "Removed" ? Instant(book.Now) : null),
                new("DateUpdated", message["date_updated"]), new("Index", message["index"]),
                new("Media", ConversationFiles.Told(message["media"])), new("MessageSid", message.Key),
                new("ParticipantSid", message["participant_sid"]), new("Source", "API"),
            ],
            request.Cause);
    }

    /// <summary><c>SMS</c>, <c>WHATSAPP</c>, ... of a person's address; <c>CHAT</c> where there is none.</summary>
    public static string TypeOf(string? address) =>
        address is null ? "CHAT" : ChannelAddress.ChannelOf(address)?.ToUpperInvariant() ?? "SMS";

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
