using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Proxy;

/// <summary>What pools, sessions and their participants may be, over the stored resources.</summary>
/// <remarks>Loop-confined. twilio.com/docs/proxy/api; error dictionary 80101 to 80801.</remarks>
internal sealed class ProxyRules(ProxyBook book, NumberBook numbers, NumberChoice choice, ProxyDesk desk, ApiCatalog catalog)
{
    private const int MaxParticipants = 2;

    // Error dictionary 80622, 80624.
    private const int MaxUnreserved = 500;
    private const int MaxReserved = 5_000;
    private const double NearlyFull = 0.85;

    // The account's numbers by their SIDs, as the number book keeps them.
    private static readonly TableKey<PhoneNumber> Owned = new("phone_numbers", PhoneNumber.Form);

    // Looked up when it is needed: an API that nobody asks is not read at start-up.
    private Operation JoinOperation => catalog.Find("proxy_v1")!.Find("CreateParticipant")!;

    private Operation LookOperation => catalog.Find("proxy_v1")!.Find("FetchMessageInteraction")!;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreatePhoneNumber", AddNumber),
        ("DeletePhoneNumber", RemoveNumber),
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

    private Answer AddNumber(RestRequest request, Behaviour stored)
    {
        var (account, service) = (request.Account, request.PathValues["ServiceSid"]);
        var owned = request.Form["PhoneNumber"] is { Length: > 0 } called
            ? E164.TryNormalize(called, out var e164) ? numbers.Find(e164) : null
            : request.Form["Sid"] is { Length: > 0 } sid ? book.World.Store.Table(Owned, account).Find(sid) : null;
        if (owned is null || owned.Account != account) return new Answer.Refusal(ErrorCodes.Error(80301));
        if (book.ServiceOf(account, owned.Number) is { } there)
        {
            return new Answer.Refusal(ErrorCodes.Error(there.Key == service ? 80103 : 80101));
        }
        var isReserved = string.Equals(request.Form["IsReserved"], "true", StringComparison.OrdinalIgnoreCase);
        var count = book.Numbers(account, service).OldestFirst().Count(n => n["is_reserved"] == "true" == isReserved);
        var most = isReserved ? MaxReserved : MaxUnreserved;
        if (count >= most)
        {
            return new Answer.Refusal(ErrorCodes.Error(
                80622, $"{ErrorCodes.Error(80622).Message}: {most} {(isReserved ? "" : "un")}reserved numbers"));
        }
        if (count == (int)(most * NearlyFull)) desk.WarnOfPool(account, service, count, most, request.Cause);
        var members = new JsonObject
        {
            ["sid"] = owned.Sid,
            ["phone_number"] = owned.Number,
            ["friendly_name"] = owned.FriendlyName,
            ["iso_country"] = NumberPlans.CountryOf(owned.Number),
            ["capabilities"] = new JsonObject
            {
                ["sms"] = owned.IsSmsCapable,
                ["mms"] = owned.IsSmsCapable,
                ["voice"] = owned.IsVoiceCapable,
                ["fax"] = false,
            },
            ["in_use"] = 0,
            ["is_reserved"] = isReserved,
        };
        return stored(request.With(members) with { Form = new FormValues([KeyValuePair.Create("Sid", owned.Sid)]) });
    }

    private Answer RemoveNumber(RestRequest request, Behaviour stored)
    {
        var pooled = book.Numbers(request.Account, request.PathValues["ServiceSid"]).Find(request.PathValues["Sid"]);
        return pooled is not null && book.IsInUse(request.Account, pooled["phone_number"]!)
            ? new Answer.Refusal(ErrorCodes.Error(80611))
            : stored(request);
    }

    private Answer CreateSession(RestRequest request, Behaviour stored)
    {
        var (account, service) = (request.Account, request.PathValues["ServiceSid"]);
        if (book.Services(account).Find(service) is not { } owner) return Answer.NotFound(request);
        var people = request.Form.All("Participants");
        if (people.Count > MaxParticipants) return new Answer.Refusal(ErrorCodes.Error(80613));
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
            if (joined is Answer.Refusal) return joined;
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
            return new Answer.Refusal(ErrorCodes.Error(80801));
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
        if (all.Any(p => p["identifier"] == identifier)) return new Answer.Refusal(ErrorCodes.Error(80612));
        if (all.Count(p => p["date_deleted"] is null) >= MaxParticipants) return new Answer.Refusal(ErrorCodes.Error(80613));
        Document number;
        if ((request.Form["ProxyIdentifier"] ?? request.Form["ProxyIdentifierSid"]) is { Length: > 0 } asked)
        {
            if (book.Numbers(key.Account, key.Service).OldestFirst().FirstOrDefault(
                n => n["phone_number"] == asked || n.Key == asked) is not { } own)
            {
                return new Answer.Refusal(ErrorCodes.Error(80601));
            }
            number = own;
            // twilio.com/docs/proxy/api/participant: else the other session is taken over.
            var clashes = book.Find(key.Account, identifier, own["phone_number"]!) is var (elsewhere, _) && elsewhere != key;
            if (clashes && string.Equals(request.Form["FailOnParticipantConflict"], "true", StringComparison.OrdinalIgnoreCase))
            {
                return new Answer.Refusal(ErrorCodes.Error(80623));
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
