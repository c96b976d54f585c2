using System.Text.Json;
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
internal sealed class ConversationParticipantOperations(ConversationBook book, ConversationTimers timers, ParticipantAddresses addresses)
{
    // Where a pair of addresses was last taken; whether it still is, the store tells.
    private readonly Dictionary<(AccountSid Account, string Address, string Proxy), (ConversationKey Conversation, string Participant)> _bindings = [];

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
        if (answer is not Answer.Resource) return answer;
        if (Binding(request.Account, request.Form) is { } binding) _bindings[binding] = (key, ConversationBook.Newest(book.Participants(key)).Key);
        timers.Touch(key, request.Cause);
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
        return Holder(binding) is null ? null : ErrorCodes.Error(50416);
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (AttributeRule.Fault(request.Form["Attributes"]) is { } fault) return new Answer.Refusal(fault);
        if (book.Find(request, "ConversationSid") is not ({ } key, _) || ConversationBook.Find(book.Participants(key), request.PathValues["Sid"]) is not { } participant) return stored(request);
        return addresses.FaultOfChange(request.Account, request.Form, AddressOf(participant)) is { } bad ? new Answer.Refusal(bad) : stored(request);
    }

    private static string? AddressOf(Document participant)
    {
        if (participant["messaging_binding"] is not { } text) return null;
        using var binding = JsonDocument.Parse(text);
        return binding.RootElement.ValueKind == JsonValueKind.Object && binding.RootElement.TryGetProperty("address", out var address) ? address.GetString() : null;
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _) || ConversationBook.Find(book.Participants(key), request.PathValues["Sid"]) is not { } participant) return stored(request);
        var answer = stored(request);
        if (answer is not Answer.Refusal) book.RemoveFromUser(key, participant["identity"], request.Cause);
        return answer;
    }

    private bool IsIn(ConversationKey key, FormValues form) => Binding(key.Account, form) is { } binding && Holder(binding) == key;

    /// <summary>The conversation that has the pair of addresses: one that is there, is not closed, and still has the participant.</summary>
    private ConversationKey? Holder((AccountSid Account, string Address, string Proxy) binding)
    {
        if (!_bindings.TryGetValue(binding, out var taken)) return null;
        if (book.Find(taken.Conversation) is { } conversation && conversation["state"] != "closed" && book.Participants(taken.Conversation).Contains(taken.Participant)) return taken.Conversation;
        _bindings.Remove(binding);
        return null;
    }

    private static (AccountSid Account, string Address, string Proxy)? Binding(AccountSid account, FormValues form) =>
        form["MessagingBinding.Address"] is { Length: > 0 } address ? (account, address, form["MessagingBinding.ProxyAddress"] ?? "") : null;

    /// <summary>Who is given no role has the one its service gives everybody (twilio.com/docs/conversations/api/role-resource).</summary>
    private RestRequest WithRole(RestRequest request, ConversationKey key)
    {
        if (request.Form["RoleSid"] is { Length: > 0 }) return request;
        var role = book.Configuration(key.Account, key.Service)?["default_conversation_role_sid"] is { Length: > 0 } named
            ? named
            : book.Roles(key.Account, key.Service).OldestFirst().FirstOrDefault(IsUsual)?.Key;
        if (role is null) return request;
        using var json = JsonDocument.Parse($$"""{"role_sid":"{{role}}"}""");
        return request with { Json = json.RootElement.Clone() };
    }

    private static bool IsUsual(Document role) => role["type"] == "conversation" && role["friendly_name"] == "conversation user";
}
