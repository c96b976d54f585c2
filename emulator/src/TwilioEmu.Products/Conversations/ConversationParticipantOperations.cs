using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Participants: nobody twice, and gone from the user's conversations when they leave.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api/conversation-participant-resource. That a participant with an identity makes a user,
/// and the conversation one of the user's, is told by the table of relations.
/// </remarks>
/// <param name="book">Where they are kept.</param>
/// <param name="timers">Begin anew with each.</param>
/// <param name="addresses">What addresses may be.</param>
/// <param name="news">Told of each that has joined, was changed or has left by REST.</param>
internal sealed class ConversationParticipantOperations(
    ConversationBook book, ConversationTimers timers, ParticipantAddresses addresses, ConversationNews news)
{
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateServiceConversationParticipant", Create),
        ("UpdateServiceConversationParticipant", Update),
        ("DeleteServiceConversationParticipant", Delete),
    ];

    public Answer Create(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, { } conversation)) return stored(request);
        if (conversation["state"] == "closed") return new Answer.Refusal(ErrorCodes.Error(50377));
        if (Fault(request.Account, request.Form, []) is { } fault) return new Answer.Refusal(fault.Code == 50416 && IsIn(key, request.Form) ? ErrorCodes.Error(50437) : fault);
        if (request.Form["Identity"] is { Length: > 0 } identity && book.Participants(key).FindByAlias(identity) is not null) return new Answer.Refusal(ErrorCodes.Error(50433));
        var answer = stored(WithRole(request, key));
        if (answer is not Answer.Resource { Kept: Document joined }) return answer;
        if (Binding(request.Account, request.Form) is { } binding) book.Bind(binding.Address, binding.Proxy, key, joined.Key, request.Cause);
        timers.Touch(key, request.Cause);
        news.TellJoined(request, key, joined);
        return answer;
    }

    /// <summary>What is wrong with a participant before it is known where it goes, or null.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="form">Its parameters.</param>
    /// <param name="others">Those that come with it.</param>
    public TwilioError? Fault(AccountSid account, FormValues form, IReadOnlyList<FormValues> others)
    {
        if (AttributeRule.Fault(form["Attributes"]) is { } fault) return fault;
        if (addresses.Fault(account, form) is { } bad) return bad;
        if (form["Identity"] is { Length: > 0 } identity && others.Any(o => o["Identity"] == identity)) return ErrorCodes.Error(50433);
        if (Binding(account, form) is not { } binding) return null;
        if (others.Any(o => Binding(account, o) == binding)) return ErrorCodes.Error(50437);
        return book.Holder(account, binding.Address, binding.Proxy) is not { } bound ? null
            : ErrorCodes.Error(50416, $"A binding for this participant and proxy address already exists in Conversation {bound.Conversation.Sid}");
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (AttributeRule.Fault(request.Form["Attributes"]) is { } fault) return new Answer.Refusal(fault);
        if (book.Find(request, "ConversationSid") is not ({ } key, _) || book.Participants(key).FindCalled(request.PathValues["Sid"]) is not { } participant) return stored(request);
        return addresses.FaultOfChange(request.Account, request.Form, ConversationBook.Binding(participant, "address")) is { } bad ? new Answer.Refusal(bad) : Changed(request, stored, key, participant.Key);
    }

    private Answer Changed(RestRequest request, Behaviour stored, ConversationKey key, string sid)
    {
        var answer = stored(request);
        if (answer is Answer.Resource && book.Participants(key).Find(sid) is { } changed) news.TellParticipant(request, key, changed, "Updated");
        return answer;
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _) || book.Participants(key).FindCalled(request.PathValues["Sid"]) is not { } participant) return stored(request);
        var answer = stored(request);
        if (answer is Answer.Refusal) return answer;
        book.RemoveFromUser(key, participant["identity"], request.Cause);
        news.TellParticipant(request, key, participant, "Removed");
        return answer;
    }

    private bool IsIn(ConversationKey key, FormValues form) => Binding(key.Account, form) is { } binding && book.Holder(key.Account, binding.Address, binding.Proxy)?.Conversation == key;

    private static (AccountSid Account, string Address, string Proxy)? Binding(AccountSid account, FormValues form) =>
        form["MessagingBinding.Address"] is { Length: > 0 } address ? (account, address, form["MessagingBinding.ProxyAddress"] ?? "") : null;

    /// <summary>Who is given no role has the one its service gives everybody (twilio.com/docs/conversations/api/role-resource).</summary>
    private RestRequest WithRole(RestRequest request, ConversationKey key)
    {
        if (request.Form["RoleSid"] is { Length: > 0 }) return request;
        var role = book.Configuration(key.Account, key.Service)?["default_conversation_role_sid"] is { Length: > 0 } named
            ? named
            : book.Roles(key.Account, key.Service).OldestFirst().FirstOrDefault(IsUsual)?.Key;
        return role is null ? request : request.With(new JsonObject { ["role_sid"] = role });
    }

    private static bool IsUsual(Document role) => role["type"] == "conversation" && role["friendly_name"] == "conversation user";
}
