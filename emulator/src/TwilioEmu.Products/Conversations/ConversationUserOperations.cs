using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Users and the conversations they are in.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api/user-resource, /user-conversation-resource, /participant-conversation-resource.
/// </remarks>
internal sealed class ConversationUserOperations(ConversationBook book, ConversationRules rules)
{
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateServiceUser", Create),
        ("UpdateServiceUser", Update),
        ("DeleteServiceUser", Delete),
        ("FetchServiceUserConversation", (request, stored) => Shown(request, stored(request))),
        ("ListServiceUserConversation", ListOfUser),
        ("UpdateServiceUserConversation", UpdateOfUser),
        ("DeleteServiceUserConversation", Leave),
        ("ListServiceParticipantConversation", ListOfParticipant),
    ];

    private Answer Create(RestRequest request, Behaviour stored)
    {
        if (Fault(request) is { } fault) return new Answer.Refusal(fault);
        var isThere = request.Form["Identity"] is { } identity
            && book.Users(request.Account, Service(request)).FindByAlias(identity) is not null;
        if (isThere) return new Answer.Refusal(ErrorCodes.Error(50201));
        var role = request.Form["RoleSid"] is { Length: > 0 } ? null : book.UsualRole(request.Account, Service(request), "service");
        return stored(role is null ? request : request.With(new JsonObject { ["role_sid"] = role }));
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (UserIn(request, "Sid") is null) return stored(request);
        if (request.Form.Pairs.Count == 0) return new Answer.Refusal(ErrorCodes.Error(20161));
        return Fault(request) is { } fault ? new Answer.Refusal(fault) : stored(request);
    }

    private TwilioError? Fault(RestRequest request) =>
        AttributeRule.Large.Fault(request.Form["Attributes"]) ?? ConversationRules.OfIdentity(request.Form["Identity"])
            ?? rules.OfRole(request, 50100);

    // Who is deleted is in no conversation any longer (inferred).
    private Answer Delete(RestRequest request, Behaviour stored)
    {
        if (UserIn(request, "Sid") is not { } user) return stored(request);
        var joined = book.ConversationsOf(request.Account, Service(request), user.Key).OldestFirst().ToList();
        var answer = stored(request);
        if (answer is Answer.Refusal) return answer;
        foreach (var conversation in joined)
        {
            if (conversation["participant_sid"] is { } participant)
            {
                book.Participants(new ConversationKey(request.Account, Service(request), conversation.Key))
                    .Delete(participant, request.Cause);
            }
        }
        return answer;
    }

    private Answer ListOfUser(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        return answer is Answer.List list
            ? new Answer.List(after => list.Walk(after).Select(i => (i.Key, (IFace)FaceOf(request, i.Key, i.Face))))
            : answer;
    }

    /// <summary>What a user has read, its participant has.</summary>
    private Answer UpdateOfUser(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is not Answer.Resource || book.Find(request, "ConversationSid") is not ({ } key, _)) return answer;
        if (ParticipantIn(request, key) is { } participant
            && (request.Form["LastReadMessageIndex"] ?? request.Form["LastReadTimestamp"]) is not null)
        {
            book.Participants(key).Change(
                participant, request.Cause,
                ("last_read_message_index", Or(request.Form["LastReadMessageIndex"], participant["last_read_message_index"])),
                ("last_read_timestamp", Or(request.Form["LastReadTimestamp"], participant["last_read_timestamp"])));
        }
        return Shown(request, answer);
    }

    private Answer Leave(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _)) return stored(request);
        var participant = ParticipantIn(request, key);
        var answer = stored(request);
        if (answer is not Answer.Refusal && participant is not null) book.Participants(key).Delete(participant.Key, request.Cause);
        return answer;
    }

    /// <summary>Conversations of who has an identity or an address; of everybody where neither is asked for (inferred).</summary>
    private Answer ListOfParticipant(RestRequest request, Behaviour stored)
    {
        var (identity, address) = (request.Query["Identity"], request.Query["Address"]);
        if (identity is { Length: > 0 } && address is { Length: > 0 }) return new Answer.Refusal(ErrorCodes.Error(50451));
        var service = Service(request);
        var user = string.IsNullOrEmpty(identity) ? null : book.Users(request.Account, service).FindByAlias(identity);
        // Of a user it is known where to look.
        var among = string.IsNullOrEmpty(identity) ? book.Conversations(request.Account, service).NewestFirst()
            : user is null ? []
            : book
                .ConversationsOf(request.Account, service, user.Key).NewestFirst()
                .Select(c => book.Conversations(request.Account, service).Find(c.Key))
                .OfType<Document>();
        var found = among.SelectMany(c =>
            book.Participants(new ConversationKey(request.Account, service, c.Key)).NewestFirst()
                .Select(p => (Conversation: c, Participant: p)))
            .Where(f =>
                (string.IsNullOrEmpty(identity) || f.Participant["identity"] == identity)
                    && (string.IsNullOrEmpty(address) || ParticipantConversationFace.AddressOf(f.Participant) == address));
        return new Answer.List(after =>
            (after is null ? found : found.SkipWhile(f => f.Participant.Key != after).Skip(1))
                .Select(f => (f.Participant.Key, (IFace)FaceOf(request.Account, service, f.Conversation, f.Participant))));
    }

    private ParticipantConversationFace FaceOf(AccountSid account, string service, Document conversation, Document participant) =>
        new(
            service, conversation, participant,
            participant["identity"] is { } identity ? book.Users(account, service).FindByAlias(identity)?.Key : null);

    private Answer Shown(RestRequest request, Answer answer) =>
        answer is Answer.Resource resource && book.Find(request, "ConversationSid") is ({ } key, _)
            ? resource with { Face = FaceOf(request, key.Sid, resource.Face) }
            : answer;

    private IFace FaceOf(RestRequest request, string conversationSid, IFace kept)
    {
        var key = new ConversationKey(request.Account, Service(request), conversationSid);
        if (book.Find(key) is not { } conversation) return kept;
        var read = ParticipantIn(request, key)?["last_read_message_index"];
        long? unread = long.TryParse(read, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last)
            ? book.Messages(key).NewestFirst().TakeWhile(m => long.Parse(m["index"] ?? "0", CultureInfo.InvariantCulture) > last).Count()
            : null;
        return new UserConversationFace(kept, conversation, unread is null ? null : last, unread);
    }

    private Document? UserIn(RestRequest request, string pathName) =>
        book.Users(request.Account, Service(request)).FindCalled(request.PathValues[pathName]);

    private Document? ParticipantIn(RestRequest request, ConversationKey key) =>
        UserIn(request, "UserSid")?["identity"] is { } identity ? book.Participants(key).FindByAlias(identity) : null;

    private static string Service(RestRequest request) => request.PathValues["ChatServiceSid"];

    // An empty text or the word null takes the mark away.
    private static string? Or(string? given, string? before) => given is null ? before : given is "" or "null" ? null : given;
}
