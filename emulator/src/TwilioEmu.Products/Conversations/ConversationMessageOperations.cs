using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations;

/// <summary>Messages of conversations: numbered, by whom, and none in a closed conversation.</summary>
/// <remarks>Loop-confined. twilio.com/docs/conversations/api/conversation-message-resource.</remarks>
internal sealed class ConversationMessageOperations(ConversationBook book, ConversationTimers timers)
{
    // A number is not given twice, even when the last message was deleted.
    private readonly Dictionary<ConversationKey, int> _next = [];

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
        var index = Math.Max(_next.GetValueOrDefault(key), IndexOf(book.Messages(key).NewestFirst().FirstOrDefault()?["index"]) + 1);
        var more = new JsonObject { ["index"] = index };
        // Members of a conversation write under their identity.
        if (request.Form["Author"] is { Length: > 0 } author && book.Participants(key).FindByAlias(author) is { } participant) more["participant_sid"] = participant.Key;
        using var json = JsonDocument.Parse(more.ToJsonString());
        var answer = stored(request with { Json = json.RootElement.Clone() });
        if (answer is not Answer.Resource) return answer;
        _next[key] = index + 1;
        timers.Touch(key, request.Cause);
        return answer;
    }

    private static Answer Update(RestRequest request, Behaviour stored) =>
        AttributeRule.Fault(request.Form["Attributes"]) is { } fault ? new Answer.Refusal(fault) : stored(request);

    private static int IndexOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
}
