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
/// <param name="rules">What their parameters may be.</param>
/// <param name="addresses">What addresses may be.</param>
/// <param name="news">Told of each that has joined, was changed or has left by REST.</param>
internal sealed class ConversationParticipantOperations(
    ConversationBook book, ConversationTimers timers, ConversationRules rules, ParticipantAddresses addresses, ConversationNews news)
{
    // twilio.com/docs/conversations/conversations-limits; of one identity's conversations, error dictionary 50214.
    private const int MaxParticipants = 1_000;
    private const int MaxPhones = 50;
    private const int MaxInGroup = 10;
    private const int MaxConversations = 1_000;

    private static readonly (string Parameter, string Member)[] Members =
    [
        ("MessagingBinding.Address", "address"), ("MessagingBinding.ProxyAddress", "proxy_address"),
        ("MessagingBinding.ProjectedAddress", "projected_address"),
    ];

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
        if (Fault(request.Account, request.Form, []) is { } fault)
        {
            return new Answer.Refusal(fault.Code == 50416 && IsGroupMember(key, request.Form) ? ErrorCodes.Error(50437) : fault);
        }
        if (request.Form["Identity"] is { Length: > 0 } identity && book.Participants(key).FindByAlias(identity) is not null)
        {
            return new Answer.Refusal(ErrorCodes.Error(50433));
        }
        if ((rules.OfRole(request, 50109) ?? FaultOfJoining(key, request.Form)) is { } unfit) return new Answer.Refusal(unfit);
        var answer = stored(WithMore(request, key));
        if (answer is not Answer.Resource { Kept: Document joined }) return answer;
        GiveRole(key, joined["identity"], request.Cause);
        if (Binding(request.Account, request.Form) is { } binding)
        {
            book.Bind(binding.Address, binding.Proxy, key, joined.Key, request.Cause);
        }
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
        if ((AttributeRule.Small.Fault(form["Attributes"]) ?? ConversationRules.OfIdentity(form["Identity"])) is { } fault) return fault;
        if (addresses.Fault(account, form) is { } bad) return bad;
        if (form["Identity"] is { Length: > 0 } identity && others.Any(o => o["Identity"] == identity)) return ErrorCodes.Error(50433);
        if (Binding(account, form) is not { } binding) return null;
        if (others.Any(o => Binding(account, o) == binding)) return ErrorCodes.Error(50437);
        return book.Holder(account, binding.Address, binding.Proxy) is { } bound ? InUse(bound) : null;
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _)
            || book.Participants(key).FindCalled(request.PathValues["Sid"]) is not { } participant)
        {
            return stored(request);
        }
        if (request.Form.Pairs.Count == 0) return new Answer.Refusal(ErrorCodes.Error(20161));
        var fault = AttributeRule.Small.Fault(request.Form["Attributes"]) ?? rules.OfRole(request, 50109)
            ?? addresses.FaultOfChange(request.Account, request.Form, participant);
        if (fault is not null) return new Answer.Refusal(fault);
        var binding = NewBinding(request.Form, participant);
        var (address, proxy) = (binding?["address"]?.GetValue<string>(), binding?["proxy_address"]?.GetValue<string>());
        if (address is not null && book.Holder(key.Account, address, proxy ?? "") is { } bound
            && bound.Participant != participant.Key) return new Answer.Refusal(InUse(bound));
        var answer = stored(binding is null ? request
            : request.With(new JsonObject { ["messaging_binding"] = binding }) with { Form = WithoutBinding(request.Form) });
        if (answer is not Answer.Resource || book.Participants(key).Find(participant.Key) is not { } changed) return answer;
        if (address is not null) book.Bind(address, proxy ?? "", key, participant.Key, request.Cause);
        news.TellParticipant(request, key, changed, "Updated");
        return answer;
    }

    /// <summary>The binding with another proxy or projected address, or without one; null where nothing is said of it.</summary>
    private static JsonObject? NewBinding(FormValues form, Document participant)
    {
        if (!Members.Any(m => form.Has(m.Parameter))) return null;
        var binding = participant["messaging_binding"] is { Length: > 0 } text && JsonNode.Parse(text) is JsonObject before ? before
            : new JsonObject { ["type"] = "sms" };
        foreach (var (parameter, member) in Members)
        {
            if (form[parameter] is not { } value) continue;
            if (value == "null") binding.Remove(member);
            else binding[member] = value;
        }
        return binding;
    }

    private static FormValues WithoutBinding(FormValues form) => new([.. form.Pairs.Where(p => !p.Key.StartsWith("MessagingBinding.",
        StringComparison.Ordinal))]);

    /// <summary>
    /// What is wrong with one more in the conversation, or null: there are enough, or it would not fit into a group of phones.
    /// </summary>
    private TwilioError? FaultOfJoining(ConversationKey key, FormValues form)
    {
        var there = book.Participants(key);
        if (there.Count >= MaxParticipants) return ErrorCodes.Error(50417);
        var (isPhone, isProjected) = (
            form["MessagingBinding.Address"] is { Length: > 0 }, form["MessagingBinding.ProjectedAddress"] is { Length: > 0 });
        var joinsGroup = (isPhone && !form.Has("MessagingBinding.ProxyAddress")) || isProjected;
        if (joinsGroup || book.IsGroup(key))
        {
            if (there.Count >= MaxInGroup) return ErrorCodes.Error(50436);
            return isPhone || isProjected ? null : ErrorCodes.Error(50434);
        }
        if (isPhone) return there.OldestFirst().Count(p => ConversationBook.Binding(p, "address") is not null) >= MaxPhones
            ? ErrorCodes.Error(50422) : null;
        return form["Identity"] is { Length: > 0 } identity && book.Users(key.Account, key.Service).FindByAlias(identity) is { } user
            && book.ConversationsOf(key.Account, key.Service, user.Key).Count >= MaxConversations ? ErrorCodes.Error(50214) : null;
    }

    private static TwilioError InUse(PhoneBinding bound) =>
        ErrorCodes.Error(
            50416, $"A binding for this participant and proxy address already exists in Conversation {bound.Conversation.Sid}");

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _)
            || book.Participants(key).FindCalled(request.PathValues["Sid"]) is not { } participant)
        {
            return stored(request);
        }
        var answer = stored(request);
        if (answer is Answer.Refusal) return answer;
        book.RemoveFromUser(key, participant["identity"], request.Cause);
        news.TellParticipant(request, key, participant, "Removed");
        return answer;
    }

    /// <summary>A phone of a group, which has no number of its own, and is in that very group already.</summary>
    private bool IsGroupMember(ConversationKey key, FormValues form) =>
        Binding(key.Account, form) is { Proxy: "" } binding && book.Holder(key.Account, binding.Address, "")?.Conversation == key;

    private static (AccountSid Account, string Address, string Proxy)? Binding(AccountSid account, FormValues form) =>
        form["MessagingBinding.Address"] is { Length: > 0 } address
            ? (account, address, form["MessagingBinding.ProxyAddress"] ?? "")
            : null;

    /// <summary>
    /// Who is given no role has the one its service gives everybody
    /// (twilio.com/docs/conversations/api/role-resource); an address has its kind.
    /// </summary>
    private RestRequest WithMore(RestRequest request, ConversationKey key)
    {
        var more = new JsonObject();
        if (request.Form["RoleSid"] is not { Length: > 0 } && book.UsualRole(key.Account, key.Service, "conversation") is { } role)
        {
            more["role_sid"] = role;
        }
        var address = request.Form["MessagingBinding.Address"] is { Length: > 0 } phone ? phone
            : request.Form["MessagingBinding.ProjectedAddress"] is { Length: > 0 } ours ? ours
            : null;
        if (address is not null)
        {
            var binding = new JsonObject { ["type"] = ConversationNews.TypeOf(address).ToLowerInvariant() };
            foreach (var (parameter, member) in Members) if (request.Form[parameter] is { Length: > 0 } value) binding[member] = value;
            more["messaging_binding"] = binding;
        }
        return more.Count == 0 ? request : request.With(more) with
        {
            Form = address is null ? request.Form : WithoutBinding(request.Form),
        };
    }

    /// <summary>The user that an identity came to be with has the role of all users of its service.</summary>
    private void GiveRole(ConversationKey key, string? identity, long cause)
    {
        if (identity is null || book.Users(key.Account, key.Service).FindByAlias(identity) is not { } user
            || user["role_sid"] is { Length: > 0 })
        {
            return;
        }
        if (book.UsualRole(key.Account, key.Service, "service") is { } role)
        {
            book.Users(key.Account, key.Service).Change(user, cause, ("role_sid", role));
        }
    }
}
