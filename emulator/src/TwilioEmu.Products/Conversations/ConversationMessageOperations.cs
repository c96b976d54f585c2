using System.Text.Json.Nodes;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations;

/// <summary>Messages of conversations: numbered, by whom, and none in a closed conversation.</summary>
/// <remarks>Loop-confined. twilio.com/docs/conversations/api/conversation-message-resource.</remarks>
internal sealed class ConversationMessageOperations(ConversationBook book, ConversationTimers timers, ConversationPhones phones, ConversationHooks hooks)
{
    // twilio.com/docs/conversations/conversations-limits: what may leave for phones.
    private const int MaxBody = 1_600;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateServiceConversationMessage", Create),
        ("UpdateServiceConversationMessage", Update),
    ];

    private Answer Create(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, { } conversation)) return stored(request);
        if (conversation["state"] == "closed") return new Answer.Refusal(ErrorCodes.Error(50377));
        if (AttributeRule.Fault(request.Form["Attributes"]) is { } fault) return new Answer.Refusal(fault);
        if (request.Form["Body"] is { Length: > MaxBody }) return new Answer.Refusal(ErrorCodes.Error(50504));
        var more = new JsonObject { ["index"] = phones.NextIndex(key) };
        // Members of a conversation write under their identity or their address.
        if (request.Form["Author"] is { Length: > 0 } author
            && (book.Participants(key).FindByAlias(author) ?? book.Participants(key).OldestFirst().FirstOrDefault(p => ConversationBook.Binding(p, "address") == author)) is { } participant)
        {
            more["participant_sid"] = participant.Key;
        }
        var answer = stored(request.With(more));
        if (answer is not Answer.Resource) return answer;
        timers.Touch(key, request.Cause);
        var said = ConversationBook.Newest(book.Messages(key));
        phones.Carry(key, said, request.Cause);
        if (request.IsToldToWebhooks)
        {
            hooks.WarnOfRest(key.Account, key.Service, request.Path, "onMessageAdd", request.Cause);
            phones.TellAdded(key, said, "API", request.Cause);
        }
        return answer;
    }

    private static Answer Update(RestRequest request, Behaviour stored) =>
        AttributeRule.Fault(request.Form["Attributes"]) is { } fault ? new Answer.Refusal(fault) : stored(request);
}
