using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Asks the app before REST changes conversations, where the request wants webhooks told.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/conversations-webhooks, pre-action: the app may change a name, or a message's words, author
/// and attributes; what it refuses is 403/50056 to the caller (the status is inferred). Participants are taken or refused as they are.
/// </remarks>
internal sealed class ConversationGates(ConversationBook book, ConversationHooks hooks)
{
    private static readonly IReadOnlyDictionary<string, string> Names =
        new Dictionary<string, string> { ["friendly_name"] = "FriendlyName" };
    private static readonly IReadOnlyDictionary<string, string> Words =
        new Dictionary<string, string> { ["body"] = "Body", ["author"] = "Author", ["attributes"] = "Attributes" };
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>Sets the gates before the operations.</summary>
    public void SetAt(FrontDoor door)
    {
        void Before(string operation, Gate gate) => door.Before($"conversations_v1/{operation}", gate);
        Before("CreateServiceConversation", r => Ask(r, "onConversationAdd", OfConversation(r, null), Names));
        Before("CreateServiceConversationWithParticipants", r => Ask(r, "onConversationAdd", OfConversation(r, null), Names));
        Before(
            "UpdateServiceConversation",
            r => Find(r, "Sid") is var (_, kept) ? Ask(r, "onConversationUpdate", OfConversation(r, kept), Names) : null);
        Before(
            "DeleteServiceConversation",
            r => Find(r, "Sid") is var (_, kept) ? Ask(r, "onConversationRemove", OfConversation(r, kept), Nothing) : null);
        Before(
            "CreateServiceConversationMessage",
            r => Find(r, "ConversationSid") is var (key, _) ? Ask(r, "onMessageAdd", OfMessage(r, key, null), Words) : null);
        Before(
            "UpdateServiceConversationMessage",
            r => Message(r) is var (key, kept) ? Ask(r, "onMessageUpdate", OfMessage(r, key, kept), Words) : null);
        Before(
            "DeleteServiceConversationMessage",
            r => Message(r) is var (key, kept) ? Ask(r, "onMessageRemove", OfMessage(r, key, kept), Nothing) : null);
        Before(
            "CreateServiceConversationParticipant",
            r => Find(r, "ConversationSid") is var (key, _) ? Ask(r, "onParticipantAdd", OfParticipant(r, key, null), Nothing) : null);
        Before(
            "UpdateServiceConversationParticipant",
            r => Participant(r) is var (key, kept) ? Ask(r, "onParticipantUpdate", OfParticipant(r, key, kept), Nothing) : null);
        Before(
            "DeleteServiceConversationParticipant",
            r => Participant(r) is var (key, kept) ? Ask(r, "onParticipantRemove", OfParticipant(r, key, kept), Nothing) : null);
    }

    /// <param name="request">What is asked for.</param>
    /// <param name="type">The event.</param>
    /// <param name="parameters">What it is about.</param>
    /// <param name="changeable">What the app may change: its name for it, and the request's.</param>
    private Task<Admission>? Ask(
        RestRequest request, string type, IEnumerable<KeyValuePair<string, string?>> parameters,
        IReadOnlyDictionary<string, string> changeable)
    {
        var service = request.PathValues["ChatServiceSid"];
        return request.IsToldToWebhooks && hooks.Asks(request.Account, service, type)
            ? AskAsync(request, service, type, parameters, changeable)
            : null;
    }

    private async Task<Admission> AskAsync(
        RestRequest request, string service, string type, IEnumerable<KeyValuePair<string, string?>> parameters,
        IReadOnlyDictionary<string, string> changeable)
    {
        var word = await hooks.AskAsync(request.Account, service, request.Path, type, [.. parameters, new("Source", "API")], request.Cause);
        if (word.IsRefused)
        {
            return new Admission(new TwilioError(50056, 403, $"{type}: the pre-action webhook refused it"), Nothing, word.Entry);
        }
        var changes = word.Changes.Where(c => changeable.ContainsKey(c.Key))
            .ToDictionary(c => changeable[c.Key], c => c.Value, StringComparer.Ordinal);
        return new Admission(null, changes, word.Entry);
    }

    private (ConversationKey Key, Document Kept)? Find(RestRequest request, string name) => book.Find(request, name);

    private (ConversationKey Key, Document Kept)? Message(RestRequest request) =>
        Find(request, "ConversationSid") is var (key, _) && book.Messages(key).Find(request.PathValues["Sid"]) is { } message
            ? (key, message)
            : null;

    private (ConversationKey Key, Document Kept)? Participant(RestRequest request) =>
        Find(request, "ConversationSid") is var (key, _) && book.Participants(key).FindCalled(request.PathValues["Sid"]) is { } participant
            ? (key, participant)
            : null;

    private static List<KeyValuePair<string, string?>> OfConversation(RestRequest request, Document? kept) =>
    [
        new("Attributes", request.Form["Attributes"] ?? kept?["attributes"] ?? "{}"),
        new("ChatServiceSid", request.PathValues["ChatServiceSid"]), new("ConversationSid", kept?.Key),
        new("DateCreated", kept?["date_created"]), new("DateUpdated", kept?["date_updated"]),
        new("FriendlyName", request.Form["FriendlyName"] ?? kept?["friendly_name"]),
        new("MessagingServiceSid", request.Form["MessagingServiceSid"] ?? kept?["messaging_service_sid"]),
        new("State", request.Form["State"] ?? kept?["state"] ?? "active"),
        new("UniqueName", request.Form["UniqueName"] ?? kept?["unique_name"]),
    ];

    private static List<KeyValuePair<string, string?>> OfMessage(RestRequest request, ConversationKey key, Document? kept) =>
    [
        new("Attributes", request.Form["Attributes"] ?? kept?["attributes"] ?? "{}"),
        new("Author", request.Form["Author"] ?? kept?["author"] ?? "system"), new("Body", request.Form["Body"] ?? kept?["body"]),
        new("ConversationSid", key.Sid), new("DateCreated", kept?["date_created"]), new("DateUpdated", kept?["date_updated"]),
        new("Index", kept?["index"]), new("Media", ConversationFiles.Told(kept?["media"])),
        new("MessageSid", kept?.Key), new("ParticipantSid", kept?["participant_sid"]),
    ];

    private static List<KeyValuePair<string, string?>> OfParticipant(RestRequest request, ConversationKey key, Document? kept)
    {
        var address = request.Form["MessagingBinding.Address"] ?? (kept is null ? null : ConversationBook.Binding(kept, "address"));
        return
        [
            new("Attributes", request.Form["Attributes"] ?? kept?["attributes"] ?? "{}"), new("ConversationSid", key.Sid),
            new("DateCreated", kept?["date_created"]), new("DateUpdated", kept?["date_updated"]),
            new("Identity", request.Form["Identity"] ?? kept?["identity"]), new("MessagingBinding.Address", address),
            new(
                "MessagingBinding.ProxyAddress",
                request.Form["MessagingBinding.ProxyAddress"] ?? (kept is null ? null : ConversationBook.Binding(kept, "proxy_address"))),
            new(
                "MessagingBinding.ProjectedAddress",
                request.Form["MessagingBinding.ProjectedAddress"]
                    ?? (kept is null ? null : ConversationBook.Binding(kept, "projected_address"))),
            new("MessagingBinding.Type", ConversationNews.TypeOf(address)), new("ParticipantSid", kept?.Key),
            new("RoleSid", request.Form["RoleSid"] ?? kept?["role_sid"]),
        ];
    }
}
