using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>The service that conversations, users and roles belong to when a path names none.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api/service-resource, /configuration-resource: every account has one from the start, and
/// may name another. Ours is there as soon as it is asked for; its SID is made from the account's, so that asking mints nothing.
/// </remarks>
internal sealed class DefaultService
{
    private const string Services = "/v1/Services";

    private static readonly (string Name, string Type, string[] Permissions)[] FirstRoles =
    [
        ("service user", "service", ["createConversation", "joinConversation", "editOwnUserInfo"]),
        ("service admin", "service",
        [
            "addParticipant", "createConversation", "deleteAnyMessage", "deleteConversation", "editAnyMessage", "editAnyMessageAttributes",
            "editAnyUserInfo", "editConversationAttributes",
            "editConversationName", "joinConversation", "removeParticipant",
        ]),
        ("conversation user", "conversation",
            [
                "sendMessage", "sendMediaMessage", "leaveConversation", "editOwnMessage", "editOwnMessageAttributes", "deleteOwnMessage",
                "editConversationName", "editConversationAttributes"]),
        ("conversation admin", "conversation",
        [
            "sendMessage", "sendMediaMessage", "leaveConversation", "addParticipant", "removeParticipant", "editAnyMessage",
            "editAnyMessageAttributes", "editAnyParticipantAttributes",
            "deleteAnyMessage", "deleteConversation", "editConversationName", "editConversationAttributes",
        ]),
    ];

    private readonly ConversationBook _book;

    // Operations without a service, and the same with one.
    private readonly FrozenDictionary<Operation, Operation> _twins;

    public DefaultService(ConversationBook book, ApiCatalog catalog)
    {
        _book = book;
        var operations = catalog.Find("conversations_v1")!.Operations.ToDictionary(o => (o.Method, o.Path));
        _twins = operations.Values
            .Select(o => (Operation: o, Twin: operations.GetValueOrDefault((o.Method, $"{Services}/{{ChatServiceSid}}{o.Path[3..]}"))))
            // The account's own configuration and its webhooks are not the default service's.
            .Where(o => o.Twin is not null && !o.Operation.Path.StartsWith("/v1/Configuration", StringComparison.Ordinal))
            .ToFrozenDictionary(o => o.Operation, o => o.Twin!, ReferenceEqualityComparer.Instance as IEqualityComparer<Operation>);
    }

    public void HangOn(FrontDoor door)
    {
        door.Over("conversations_v1", new Detour(Elsewhere, Back));
        door.Over("conversations_v1/FetchConfiguration", (request, stored) => Shown(stored(request), request.Account));
        door.Over("conversations_v1/UpdateConfiguration", Configure);
        door.Over("conversations_v1/CreateService", (request, stored) =>
        {
            var answer = stored(request);
            if (answer is Answer.Resource { Kept: Document made }) PlantRoles(request.Account, made.Key, made.Key);
            return answer;
        });
        door.Over("conversations_v1/ListService", (request, stored) =>
        {
            Of(request.Account);
            return stored(request);
        });
    }

    /// <summary>The account's default service.</summary>
    public string Of(AccountSid account)
    {
        if (_book.Configuration(account)?["default_chat_service_sid"] is { Length: > 0 } named && _book.ServicesOf(account).Contains(named))
        {
            return named;
        }
        var sid = SidOf("IS", account.Value);
        if (_book.ServicesOf(account).Contains(sid)) return sid;
        _book.ServicesOf(account).Create(sid, new JsonObject { ["friendly_name"] = "Default Conversations Service" });
        PlantRoles(account, sid, account.Value);
        return sid;
    }

    /// <summary>Every service has four roles from the start; their SIDs are made of a name, so that a story and its twin agree.</summary>
    private void PlantRoles(AccountSid account, string service, string of)
    {
        foreach (var (name, type, permissions) in FirstRoles)
        {
            JsonArray list = [.. permissions.Select(p => (JsonNode?)JsonValue.Create(p))];
            _book.Roles(account, service)
                .Create(SidOf("RL", of + name), new JsonObject { ["friendly_name"] = name, ["type"] = type, ["permissions"] = list });
        }
    }

    private RestRequest? Elsewhere(RestRequest request)
    {
        if (!_twins.TryGetValue(request.Operation, out var twin)) return null;
        var service = Of(request.Account);
        return request with
        {
            Operation = twin,
            Path = $"{Services}/{service}{request.Path[3..]}",
            PathValues = new PathValues(twin.PathNames, [service, .. request.Operation.PathNames.Select(n => request.PathValues[n])]),
        };
    }

    private static Answer Back(RestRequest asked, RestRequest other, Answer answer)
    {
        var service = other.PathValues["ChatServiceSid"];
        return answer switch
        {
            Answer.Resource resource => resource with { Face = new ServicelessFace(resource.Face, service) },
            Answer.List list =>
                new Answer.List(after => list.Walk(after).Select(i => (i.Key, (IFace)new ServicelessFace(i.Face, service)))),
            Answer.Refusal { Error.Code: 20404 } => Answer.NotFound(asked),
            _ => answer,
        };
    }

    private Answer Configure(RestRequest request, Behaviour stored)
    {
        Of(request.Account);
        if (request.Form["DefaultChatServiceSid"] is { Length: > 0 } sid && !_book.ServicesOf(request.Account).Contains(sid))
        {
            return new Answer.Refusal(ErrorCodes.Error(50050, $"Service instance {sid} not found"));
        }
        return Shown(stored(request), request.Account);
    }

    private Answer Shown(Answer answer, AccountSid account) =>
        answer is Answer.Resource resource
            ? resource with { Face = new SetFace(resource.Face, "default_chat_service_sid", Of(account)) }
            : answer;

    private static string SidOf(string prefix, string text) =>
        prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("conversations " + text))[..16]);
}
