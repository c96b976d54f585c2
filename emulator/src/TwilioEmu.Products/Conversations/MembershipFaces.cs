using System.Text.Json;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>A conversation as one of a user's: kept are the links and the notification level, the rest is the conversation's.</summary>
/// <remarks>
/// twilio.com/docs/conversations/api/user-conversation-resource. What was read is null until somebody says so, and so is what was not.
/// </remarks>
internal sealed class UserConversationFace(IFace kept, Document conversation, long? lastRead, long? unreadCount) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "last_read_message_index": if (lastRead is { } read) to.Write(read); break;
            case "unread_messages_count": if (unreadCount is { } count) to.Write(count); break;
            case "friendly_name" or "unique_name" or "attributes" or "date_created" or "date_updated":
                to.Write(conversation[property]); break;
            case "conversation_state": to.Write(conversation["state"]); break;
            case "timers": to.Json.WriteRawValue(conversation["timers"] ?? "{}"); break;
            case "created_by": to.Write("system"); break;
            default: kept.WriteProperty(property, to); break;
        }
    }
}

/// <summary>A conversation and one of its participants (twilio.com/docs/conversations/api/participant-conversation-resource).</summary>
internal sealed class ParticipantConversationFace(string service, Document conversation, Document participant, string? userSid) : IFace
{
    private const string Prefix = "conversation_";

    /// <summary>The address outside of a participant that is no user, or null.</summary>
    public static string? AddressOf(Document participant)
    {
        if (participant["messaging_binding"] is not { } text) return null;
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("address", out var address)
            ? address.ToString()
            : null;
    }

    public void WriteProperty(string property, FaceWriter to)
    {
        var url = $"{to.BaseUrl}/v1/Services/{service}/Conversations/{conversation.Key}";
        switch (property)
        {
            case "account_sid": to.Write(participant["account_sid"]); break;
            case "chat_service_sid": to.Write(service); break;
            case "participant_sid": to.Write(participant.Key); break;
            case "participant_user_sid": to.Write(userSid); break;
            case "participant_identity": to.Write(participant["identity"]); break;
            case "participant_messaging_binding":
                if (participant["messaging_binding"] is { } binding) to.Json.WriteRawValue(binding); break;
            case "conversation_timers": to.Json.WriteRawValue(conversation["timers"] ?? "{}"); break;
            case "conversation_created_by": to.Write("system"); break;
            case "links": to.WriteLinks(("participant", $"{url}/Participants/{participant.Key}"), ("conversation", url)); break;
            // conversation_sid, conversation_state and kin.
            default: if (property.StartsWith(Prefix, StringComparison.Ordinal)) to.Write(conversation[property[Prefix.Length..]]); break;
        }
    }
}
