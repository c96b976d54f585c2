using System.Globalization;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Tells webhooks what REST and timers do to conversations and their participants.</summary>
/// <remarks>Loop-confined. What REST does is told only where the request asks for it (<c>X-Twilio-Webhook-Enabled</c>); changes of state always.</remarks>
internal sealed class ConversationNews(ConversationBook book, ConversationHooks hooks)
{
    public void TellMoved(ConversationKey key, string from, string to, string reason, long cause)
    {
        var conversation = book.Find(key);
        hooks.Tell(
            key, "onConversationStateUpdated",
            [
                new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid), new("MessagingServiceSid", conversation?["messaging_service_sid"]), new("Reason", reason), new("StateFrom", from),
                new("StateTo", to), new("StateUpdated", Instant(book.Now)),
            ],
            cause);
    }

    public void TellJoined(RestRequest request, ConversationKey key, Document participant)
    {
        if (!request.IsToldToWebhooks) return;
        hooks.WarnOfRest(key.Account, key.Service, request.Path, "onParticipantAdd", request.Cause);
        hooks.Tell(
            key, "onParticipantAdded",
            [
                new("Attributes", participant["attributes"]), new("ConversationSid", key.Sid), new("DateCreated", Instant(book.Now)), new("Identity", participant["identity"]),
                new("MessagingBinding.Address", ConversationBook.Binding(participant, "address")), new("MessagingBinding.ProxyAddress", ConversationBook.Binding(participant, "proxy_address")),
                new("MessagingBinding.ProjectedAddress", ConversationBook.Binding(participant, "projected_address")),
                new("MessagingBinding.Type", ConversationBook.Binding(participant, "type")?.ToUpperInvariant() ?? "CHAT"), new("ParticipantSid", participant.Key), new("RoleSid", participant["role_sid"]),
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
        hooks.WarnOfRest(key.Account, key.Service, request.Path, "onConversation" + (what == "Added" ? "Add" : what[..^1]), request.Cause);
        hooks.Tell(
            key, "onConversation" + what,
            [
                new("Attributes", conversation["attributes"]), new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid), new("DateCreated", conversation["date_created"]),
                new("DateRemoved", what == "Removed" ? Instant(book.Now) : null), new("DateUpdated", conversation["date_updated"]), new("FriendlyName", conversation["friendly_name"]),
                new("MessagingServiceSid", conversation["messaging_service_sid"]), new("State", conversation["state"]), new("UniqueName", conversation["unique_name"]), new("Source", "API"),
            ],
            request.Cause);
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
