using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Proxy;

/// <summary>What sessions and their participants may be, over the stored resources.</summary>
/// <remarks>Loop-confined. twilio.com/docs/proxy/api; error dictionary 80101 to 80910.</remarks>
internal sealed class ProxyRules(ProxyBook book, PoolRules pool, NumberChoice choice, ProxyDesk desk, ApiCatalog catalog)
{
    private const int MaxParticipants = 2;

    // Looked up when it is needed: an API that nobody asks is not read at start-up.
    private Operation JoinOperation => catalog.Find("proxy_v1")!.Find("CreateParticipant")!;

    private Operation LookOperation => catalog.Find("proxy_v1")!.Find("FetchMessageInteraction")!;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateSession", CreateSession),
        ("UpdateSession", UpdateSession),
        ("FetchSession", Look),
        ("ListSession", Look),
        ("CreateParticipant", Join),
        ("DeleteParticipant", Leave),
        ("CreateMessageInteraction", Say),
        ("FetchMessageInteraction", InteractionFace.Show),
        ("ListMessageInteraction", InteractionFace.Show),
        ("FetchInteraction", InteractionFace.Show),
        ("ListInteraction", InteractionFace.Show),
    ];

    private Answer CreateSession(RestRequest request, Behaviour stored)
    {
        var (account, service) = (request.Account, request.PathValues["ServiceSid"]);
        if (book.Services(account).Find(service) is not { } owner) return Answer.NotFound(request);
        var people = request.Form.All("Participants");
        if (people.Count > MaxParticipants) return new Answer.Refusal(ErrorCodes.Error(80609));
        var forms = new List<FormValues>();
        foreach (var text in people)
        {
            if (FormOf(text) is not { } form) return TwilioRefusal($"Participants is not a JSON object with an Identifier: {text}");
            forms.Add(form);
        }
        if (DateFault(request) is { } fault) return fault;
        if (request.Form["UniqueName"] is { Length: > 0 } name && book.Sessions(account, service).FindByAlias(name) is not null)
        {
            return new Answer.Refusal(ErrorCodes.Error(80603));
        }
        var ttl = request.Form["Ttl"] ?? owner["default_ttl"] ?? "0";
        var members = new JsonObject
        {
            ["ttl"] = Number(ttl),
            ["status"] = "open",
            ["mode"] = request.Form["Mode"] is { Length: > 0 } mode ? mode : "voice-and-message",
        };
        var answer = stored(request.With(members) with
        {
            Form = new FormValues([.. request.Form.Pairs.Where(p => p.Key is not ("Participants" or "Ttl" or "Mode" or "Status"))]),
        });
        if (answer is not Answer.Resource { Kept: Document session }) return answer;
        foreach (var form in forms)
        {
            var join = JoinOperation;
            var joined = Join(
                request with
                {
                    Operation = join,
                    Path = $"{request.Path}/{session.Key}/Participants",
                    PathValues = new PathValues(join.PathNames, [service, session.Key]),
                    Form = form,
                    Json = default,
                },
                stored);
            if (joined is not Answer.Refusal) continue;
            // The request failed: the session it began is not there, and its name is free (inferred).
            var begun = new SessionKey(account, service, session.Key);
            foreach (var person in book.Participants(begun).OldestFirst().ToList())
            {
                book.Participants(begun).Delete(person.Key, request.Cause);
            }
            book.Sessions(account, service).Delete(session.Key, request.Cause);
            return joined;
        }
        return answer;
    }

    private Answer UpdateSession(RestRequest request, Behaviour stored)
    {
        var (account, service) = (request.Account, request.PathValues["ServiceSid"]);
        Expire(account, service);
        if (book.Sessions(account, service).Find(request.PathValues["Sid"]) is not { } session) return stored(request);
        if (DateFault(request) is { } fault) return fault;
        var (now, wanted) = (session["status"], request.Form["Status"]);
        if (now == "closed" && wanted != "in-progress") return new Answer.Refusal(ErrorCodes.Error(80607));
        if (wanted is { Length: > 0 } && wanted != now && !(wanted == "closed" || (now == "closed" && wanted == "in-progress")))
        {
            return new Answer.Refusal(ErrorCodes.Error(80608));
        }
        if (wanted == "in-progress" && now == "closed" && book.Present(new SessionKey(account, service, session.Key)).Any(IsElsewhere))
        {
            return new Answer.Refusal(ErrorCodes.Error(80604));
        }
        var members = new JsonObject();
        if (wanted == "closed" && now != "closed")
        {
            (members["date_ended"], members["closed_reason"]) = (TwilioDates.ToIso8601(book.Now), "api");
        }
        if (wanted == "in-progress" && now == "closed")
        {
            (members["date_last_interaction"], members["closed_reason"]) = (TwilioDates.ToIso8601(book.Now), "");
        }
        var answer = stored(request.With(members));
        if (wanted == "in-progress" && answer is Answer.Resource)
        {
            foreach (var person in book.Present(new SessionKey(account, service, session.Key)))
            {
                book.Bind(
                    person["identifier"]!, person["proxy_identifier"]!, new SessionKey(account, service, session.Key), person.Key,
                    request.Cause);
            }
        }
        return answer;

        bool IsElsewhere(Document person) =>
            book.Find(account, person["identifier"]!, person["proxy_identifier"]!) is var (other, _) && other.Session != session.Key;
    }

    private Answer Look(RestRequest request, Behaviour stored)
    {
        Expire(request.Account, request.PathValues["ServiceSid"]);
        return stored(request);
    }

    private Answer Join(RestRequest request, Behaviour stored)
    {
        var key = new SessionKey(request.Account, request.PathValues["ServiceSid"], request.PathValues["SessionSid"]);
        if (book.Services(key.Account).Find(key.Service) is not { } service
            || book.Sessions(key.Account, key.Service).Find(key.Session) is not { } session)
        {
            return Answer.NotFound(request);
        }
        if (book.Open(key) is null) return new Answer.Refusal(ErrorCodes.Error(80607));
        if (!E164.TryNormalize(request.Form["Identifier"], out var identifier) || !NumberPlans.Parse(identifier, null).IsPossible)
        {
            return new Answer.Refusal(ErrorCodes.Error(80404));
        }
        var all = book.Participants(key).OldestFirst().ToList();
        // twilio.com/docs/api/errors/80103, 80612: who has left does not come back.
        if (all.Find(p => p["identifier"] == identifier) is { } there)
        {
            return new Answer.Refusal(ErrorCodes.Error(there["date_deleted"] is null ? 80103 : 80612));
        }
        if (all.Count(p => p["date_deleted"] is null) >= MaxParticipants) return new Answer.Refusal(ErrorCodes.Error(80609));
        Document number;
        if ((request.Form["ProxyIdentifier"] ?? request.Form["ProxyIdentifierSid"]) is { Length: > 0 } asked)
        {
            if (book.Numbers(key.Account, key.Service).OldestFirst().FirstOrDefault(
                n => n["phone_number"] == asked || n.Key == asked) is not { } own)
            {
                // twilio.com/docs/api/errors/80601, 80606: of the account but in no pool, or nobody's here.
                return new Answer.Refusal(ErrorCodes.Error(pool.FindOwned(key.Account, asked) is not null ? 80601 : 80606));
            }
            number = own;
            // twilio.com/docs/api/errors/80604: refused unless Twilio gave the account a flag of old, ProxyAllowParticipantConflict,
            // which no account here has. 80623 (409) is for requests that meet, and here none do.
            if (book.Find(key.Account, identifier, own["phone_number"]!) is var (elsewhere, _) && elsewhere != key)
            {
                return new Answer.Refusal(ErrorCodes.Error(80604));
            }
        }
        else
        {
            var (chosen, fault) = choice.Choose(key, service, session, identifier);
            if (fault is not null) return new Answer.Refusal(fault);
            number = chosen!;
        }
        var members = new JsonObject
        {
            ["identifier"] = identifier,
            ["proxy_identifier"] = number["phone_number"],
            ["proxy_identifier_sid"] = number.Key,
        };
        var answer = stored(request.With(members) with
        {
            Form = new FormValues([.. request.Form.Pairs.Where(p => p.Key is "FriendlyName")]),
        });
        if (answer is not Answer.Resource { Kept: Document joined }) return answer;
        book.Bind(identifier, number["phone_number"]!, key, joined.Key, request.Cause);
        return answer;
    }

    /// <summary>Who leaves stays in the list with the date, and does not come back.</summary>
    private Answer Leave(RestRequest request, Behaviour stored)
    {
        var key = new SessionKey(request.Account, request.PathValues["ServiceSid"], request.PathValues["SessionSid"]);
        if (book.Participants(key).Find(request.PathValues["Sid"]) is not { } person || person["date_deleted"] is not null)
        {
            return Answer.NotFound(request);
        }
        book.Participants(key).Change(person, request.Cause, ("date_deleted", TwilioDates.ToIso8601(book.Now)));
        return new Answer.NoContent();
    }

    private Answer Say(RestRequest request, Behaviour stored)
    {
        var key = new SessionKey(request.Account, request.PathValues["ServiceSid"], request.PathValues["SessionSid"]);
        if (book.Participants(key).Find(request.PathValues["ParticipantSid"]) is not { } person || person["date_deleted"] is not null)
        {
            return Answer.NotFound(request);
        }
        if (book.Open(key) is not { } open) return new Answer.Refusal(ErrorCodes.Error(80607));
        if (open["mode"] == "voice-only") return new Answer.Refusal(ErrorCodes.Error(80910));
        var (body, media) = (request.Form["Body"] ?? "", request.Form.All("MediaUrl"));
        if (body.Length == 0 && media.Count == 0) return TwilioRefusal("a message needs a Body or a MediaUrl");
        if (desk.Send(key, person, body, media, request.Cause) is not { } sent)
        {
            return TwilioRefusal($"{person["proxy_identifier"]} cannot text {person["identifier"]}");
        }
        var members = new JsonObject
        {
            ["data"] = ProxyInteractions.Data("body", body),
            ["type"] = "message",
            ["outbound_participant_sid"] = person.Key,
            ["outbound_resource_sid"] = sent.Text,
            ["outbound_resource_status"] = "sent",
            ["outbound_resource_type"] = "Message",
            ["outbound_resource_url"] = book.UrlOf(key.Account, sent.Text),
        };
        // One of the session's interactions, and of what was written to that person.
        book.Interactions(key).Create(sent.Interaction, members);
        book.Written(key, person.Key).Create(sent.Interaction, (JsonObject)members.DeepClone());
        return InteractionFace.Show(
            request with
            {
                Operation = LookOperation,
                Path =
                    $"/v1/Services/{key.Service}/Sessions/{key.Session}/Participants/{person.Key}/MessageInteractions/{sent.Interaction}",
                PathValues = new PathValues(LookOperation.PathNames, [key.Service, key.Session, person.Key, sent.Interaction]),
                Form = FormValues.Empty,
            },
            stored);
    }

    private void Expire(AccountSid account, string service)
    {
        foreach (var session in book.Sessions(account, service).OldestFirst().Where(s => s["status"] != "closed").ToList())
        {
            book.Open(new SessionKey(account, service, session.Key));
        }
    }

    private Answer.Refusal? DateFault(RestRequest request) =>
        request.Form["DateExpiry"] is { Length: > 0 } date && (!TwilioDates.TryParse(date, out var at, out _) || at <= book.Now)
            ? TwilioRefusal($"Invalid DateExpiry: '{date}' is no instant to come")
            : null;

    private static Answer.Refusal TwilioRefusal(string message) => new(TwilioError.BadRequest(20001, message));

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static FormValues? FormOf(string text)
    {
        try
        {
            using var json = JsonText.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            var form = new FormValues([.. json.RootElement.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value.ToString()))]);
            return form.Has("Identifier") ? form : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
