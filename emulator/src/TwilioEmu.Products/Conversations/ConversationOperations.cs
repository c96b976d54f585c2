using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Conversations: their states, and those that are made with participants.</summary>
/// <remarks>Loop-confined. twilio.com/docs/conversations/api/conversation-resource, /conversation-with-participants-resource.</remarks>
internal sealed class ConversationOperations(
    ConversationBook book, ConversationTimers timers, ConversationRules rules, ConversationParticipantOperations participants,
        CatalogDocument catalog, ConversationNews news)
{
    // twilio.com/docs/conversations/api/conversation-with-participants-resource.
    private const int MaxParticipants = 10;

    private readonly Operation _create = catalog.Find("CreateServiceConversation")!;
    private readonly Operation _join = catalog.Find("CreateServiceConversationParticipant")!;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateServiceConversation", Create),
        ("CreateServiceConversationWithParticipants", CreateWithParticipants),
        ("FetchServiceConversation", (request, stored) => stored(request)),
        ("ListServiceConversation", (request, stored) => ConversationRules.OfWindow(request.Query) is { } fault ? new Answer.Refusal(fault)
            : stored(request)),
        ("UpdateServiceConversation", Update),
        ("DeleteServiceConversation", Delete),
    ];

    private Answer Create(RestRequest request, Behaviour stored)
    {
        if (rules.OfConversation(request.Account, request.Form) is { } fault) return new Answer.Refusal(fault);
        if (request.Form["State"] == "closed") return new Answer.Refusal(ErrorCodes.Error(50384));
        var service = request.PathValues["ChatServiceSid"];
        var (spans, bad) = ConversationTimers.Read(request.Form, timers.DefaultsOf(new ConversationKey(request.Account, service, "")));
        if (bad is not null) return new Answer.Refusal(bad);
        var answer = stored(WithTimers(request, timers.Show(spans), isNew: true));
        if (answer is not Answer.Resource { Kept: Document made }) return answer;
        var key = new ConversationKey(request.Account, service, made.Key);
        timers.Begin(key, spans);
        news.TellConversation(request, key, made, "Added");
        return answer;
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "Sid") is not ({ } key, { } conversation)) return stored(request);
        if (conversation["state"] == "closed") return new Answer.Refusal(ErrorCodes.Error(50377));
        if (request.Form.Pairs.Count == 0) return new Answer.Refusal(ErrorCodes.Error(50347));
        if (rules.OfConversation(request.Account, request.Form) is { } fault) return new Answer.Refusal(fault);
        var (spans, bad) = ConversationTimers.Read(request.Form, timers.Of(key));
        if (bad is not null) return new Answer.Refusal(bad);
        var isTimed = request.Form.Has("Timers.Inactive") || request.Form.Has("Timers.Closed") || request.Form["State"] == "active";
        var shown = request.Form["State"] == "closed" ? "{}" : isTimed ? timers.Show(spans) : null;
        var answer = stored(shown is null ? request : WithTimers(request, shown));
        if (answer is Answer.Resource && shown is not null) timers.Begin(key, request.Form["State"] == "closed" ? default : spans);
        if (answer is Answer.Resource)
        {
            news.TellConversation(request, key, book.Find(key)!, "Updated");
            if (request.Form["State"] is { Length: > 0 } state && state != conversation["state"])
            {
                news.TellMoved(key, conversation["state"] ?? "active", state, "API", request.Cause);
            }
        }
        return answer;
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "Sid") is not ({ } key, { } gone)) return stored(request);
        var identities = book.Participants(key).OldestFirst().Select(p => p["identity"]).ToList();
        var files = book.Messages(key).OldestFirst().SelectMany(m => ConversationFiles.SidsIn(m["media"])).ToList();
        var answer = stored(request);
        if (answer is Answer.Refusal) return answer;
        foreach (var identity in identities) book.RemoveFromUser(key, identity, request.Cause);
        book.RemoveFiles(key.Account, files, request.Cause);
        news.TellConversation(request, key, gone, "Removed");
        timers.Begin(key, default);
        return answer;
    }

    /// <summary>1. Everything is looked at before anything is made; 2. the conversation; 3. its participants, in order.</summary>
    private Answer CreateWithParticipants(RestRequest request, Behaviour stored)
    {
        // 1.
        var asked = request.Form.All("Participant");
        if (asked.Count > MaxParticipants)
        {
            return new Answer.Refusal(ErrorCodes.Error(50426, $"{asked.Count} participants are more than {MaxParticipants}"));
        }
        var forms = new List<FormValues>();
        foreach (var text in asked)
        {
            if (FormOf(text) is not { } form)
            {
                return new Answer.Refusal(ErrorCodes.Error(50424, $"Participant is not a JSON object of participant parameters: {text}"));
            }
            if (participants.Fault(request.Account, form, forms) is { } fault)
            {
                return new Answer.Refusal(fault.Code == 50416 ? ErrorCodes.Error(50425) : fault);
            }
            forms.Add(form);
        }
        // 2.
        var service = request.PathValues["ChatServiceSid"];
        var list = $"/v1/Services/{service}/Conversations";
        var answer = Create(
            request with
            {
                Operation = _create,
                Path = list,
                PathValues = new PathValues(_create.PathNames, [service]),
                Form = new FormValues([.. request.Form.Pairs.Where(p => p.Key != "Participant")]),
            },
            stored);
        if (answer is not Answer.Resource { Kept: Document { Key: var sid } }) return answer;
        // 3.
        foreach (var form in forms)
        {
            participants.Create(
                request with
                {
                    Operation = _join,
                    Path = $"{list}/{sid}/Participants",
                    PathValues = new PathValues(_join.PathNames, [service, sid]),
                    Form = form,
                },
                stored);
        }
        return answer;
    }

    /// <summary>
    /// A participant's parameters from JSON: <c>{"identity":"ann"}</c>,
    /// <c>{"messaging_binding":{"address":"+1...","proxy_address":"+1..."}}</c>; null for anything else.
    /// </summary>
    private FormValues? FormOf(string text)
    {
        try
        {
            if (JsonText.ParseNode(text) is not JsonObject members) return null;
            var pairs = new List<KeyValuePair<string, string>>();
            return Read(members, "", pairs) ? new FormValues(pairs) : null;
        }
        catch (Exception bad) when (bad is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private bool Read(JsonObject members, string outer, List<KeyValuePair<string, string>> pairs)
    {
        foreach (var (name, value) in members)
        {
            var spelt = outer + Pascal(name);
            if (value is JsonObject inner && outer.Length == 0 && spelt == "MessagingBinding")
            {
                if (!Read(inner, spelt + ".", pairs)) return false;
            }
            else if (value is not null)
            {
                if (_join.Find(ParameterPlace.Form, spelt) is not { } parameter) return false;
                var word = value is JsonValue plain && plain.TryGetValue<string>(out var given) ? given : value.ToJsonString();
                if (parameter.Facts.SidPrefixes is { Count: > 0 } prefixes && !SidMint.IsSid(word, prefixes)) return false;
                pairs.Add(KeyValuePair.Create(spelt, word));
            }
        }
        return true;
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(w => w.Length == 0 ? "" : char.ToUpperInvariant(w[0]) + w[1..]));

    /// <summary>The documents show the instants where the parameters give spans.</summary>
    private static RestRequest WithTimers(RestRequest request, string shown, bool isNew = false)
    {
        var more = new JsonObject { ["timers"] = JsonNode.Parse(shown) };
        if (isNew && !request.Form.Pairs.Any(p => p.Key.StartsWith("Bindings.", StringComparison.Ordinal)))
        {
            more["bindings"] = new JsonObject();
        }
        return request.With(more) with
        {
            Form = new FormValues([.. request.Form.Pairs.Where(p => !p.Key.StartsWith("Timers.", StringComparison.Ordinal))]),
        };
    }
}
