using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>Challenges: asked of a factor, answered by a code, by a signed word of the device, or by hand.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/challenge. What is over by now is expired when somebody looks. A
/// device's answer is a JWT signed by its factor's key (ES256, RFC 7518 section 3.4) whose <c>status</c> is its word.
/// </remarks>
internal sealed class ChallengeOperations(VerifyShelf shelf, ProofBook proofs, FactorEvents events)
{
    private const int MaxMessage = 256;
    private const int MaxFields = 20;
    private const int MaxLabel = 36;
    private const int MaxValue = 128;
    private const int MaxHidden = 1024;
    private const int MaxTtl = 300;

    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxLife = TimeSpan.FromMinutes(60);

    // Which challenge is whose: the control API knows only its SID.
    private sealed record Place(string Service, string Identity);

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateChallenge", Create),
        ("UpdateChallenge", Update),
        ("FetchChallenge", Look),
        ("ListChallenge", Look),
        ("CreateNotification", Notify),
    ];

    /// <summary>The device's owner decides, without a signature.</summary>
    public (int Status, string Message)? AnswerByHand(string sid, bool isApproved, IEnumerable<AccountSid> accounts)
    {
        foreach (var account in accounts)
        {
            if (Find(account, sid) is not (var place, { } challenge)) continue;
            Expire(account, place.Service, place.Identity);
            challenge = shelf.Challenges(account, place.Service, place.Identity).Find(sid)!;
            if (challenge["status"] != "pending") return (409, $"challenge {sid} is {challenge["status"]} already");
            if (challenge["factor_type"] != "push")
            {
                return (409, $"challenge {sid} is one of a {challenge["factor_type"]} factor, which a code answers");
            }
            Respond(account, place.Service, place.Identity, challenge, isApproved, 0);
            return null;
        }
        return (404, $"there is no challenge {sid}");
    }

    private (Place Place, Document Challenge)? Find(AccountSid account, string sid)
    {
        foreach (var service in shelf.ServicesOf(account).OldestFirst())
        {
            foreach (var entity in shelf.Entities(account, service.Key).OldestFirst())
            {
                if (shelf.Challenges(account, service.Key, entity.Key).Find(sid) is { } challenge)
                {
                    return (new Place(service.Key, entity.Key), challenge);
                }
            }
        }
        return null;
    }

    private Answer Create(RestRequest request, Behaviour stored)
    {
        var (account, service, identity, form) = (
            request.Account, request.PathValues["ServiceSid"], request.PathValues["Identity"], request.Form);
        // 1. The factor.
        var factor = shelf.Factors(account, service, identity).Find(form["FactorSid"]!);
        if (shelf.FindService(account, service) is null || shelf.Entities(account, service).Find(identity) is null)
        {
            return Answer.NotFound(request);
        }
        if (factor is null) return new Answer.Refusal(Faults.Parameter("FactorSid", form["FactorSid"]));
        if (factor["status"] != "verified") return new Answer.Refusal(ErrorCodes.Error(60318));
        var isTotp = factor["factor_type"] == "totp";

        // 2. What is asked.
        if (!isTotp && string.IsNullOrEmpty(form["Details.Message"])) return new Answer.Refusal(Faults.Parameter("Details.Message"));
        if (form["Details.Message"] is { Length: > MaxMessage } message)
        {
            return new Answer.Refusal(Faults.Parameter("Details.Message", message));
        }
        if (FieldsOf(form) is not { } fields) return new Answer.Refusal(Faults.Parameter("Details.Fields"));
        if (form["HiddenDetails"] is { Length: > 0 } hidden && !IsHidden(hidden))
        {
            return new Answer.Refusal(Faults.Parameter("HiddenDetails", hidden));
        }
        var expires = shelf.Now + UsualLife;
        if (form["ExpirationDate"] is { Length: > 0 } date)
        {
            if (!TwilioDates.TryParse(date, out expires, out _) || expires <= shelf.Now || expires > shelf.Now + MaxLife)
            {
                return new Answer.Refusal(Faults.Parameter("ExpirationDate", date));
            }
        }

        // 3. The challenge, and its answer where one came along.
        var details = isTotp ? null : new JsonObject { ["message"] = form["Details.Message"], ["fields"] = fields, ["date"] = null };
        var members = new JsonObject
        {
            ["expiration_date"] = TwilioDates.ToIso8601(expires),
            ["factor_type"] = factor["factor_type"],
            ["entity_sid"] = factor["entity_sid"] ?? shelf.Entities(account, service).Find(identity)!["sid"],
        };
        if (details is not null) members["details"] = details;
        var answer = stored(request.With(members) with
        {
            Form = new FormValues([
                .. form.Pairs.Where(p =>
                    p.Key is not ("AuthPayload" or "ExpirationDate") && !p.Key.StartsWith("Details.", StringComparison.Ordinal)),
            ]),
        });
        if (answer is not Answer.Resource { Kept: Document challenge } || form["AuthPayload"] is not { Length: > 0 } payload) return answer;
        return Try(request, service, identity, challenge, factor, payload) is { } refused
            ? new Answer.Refusal(refused)
            : Shown(request, stored, challenge.Key, service, identity, answer);
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        var (account, service, identity) = (request.Account, request.PathValues["ServiceSid"], request.PathValues["Identity"]);
        Expire(account, service, identity);
        if (shelf.Challenges(account, service, identity).Find(request.PathValues["Sid"]) is not { } challenge) return stored(request);
        if (request.Form["AuthPayload"] is { Length: > 0 } payload)
        {
            if (challenge["status"] == "expired") return new Answer.Refusal(ErrorCodes.Error(60323));
            if (challenge["status"] != "pending") return new Answer.Refusal(ErrorCodes.Error(60322));
            if (shelf.Factors(account, service, identity).Find(challenge["factor_sid"] ?? "") is not { } factor)
            {
                return new Answer.Refusal(ErrorCodes.Error(60318));
            }
            if (Try(request, service, identity, challenge, factor, payload) is { } refused) return new Answer.Refusal(refused);
        }
        return stored(request with { Form = new FormValues([.. request.Form.Pairs.Where(p => p.Key != "AuthPayload")]) });
    }

    private Answer Look(RestRequest request, Behaviour stored)
    {
        Expire(request.Account, request.PathValues["ServiceSid"], request.PathValues["Identity"]);
        return stored(request);
    }

    private Answer Notify(RestRequest request, Behaviour stored)
    {
        var (account, service, identity) = (request.Account, request.PathValues["ServiceSid"], request.PathValues["Identity"]);
        if (request.Form["Ttl"] is { Length: > 0 } ttl
            && (!int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxTtl))
        {
            return new Answer.Refusal(Faults.Parameter("Ttl", ttl));
        }
        Expire(account, service, identity);
        if (shelf.Challenges(account, service, identity).Find(request.PathValues["ChallengeSid"]) is not { } challenge)
        {
            return stored(request);
        }
        if (challenge["status"] == "expired") return new Answer.Refusal(ErrorCodes.Error(60323));
        if (challenge["status"] != "pending") return new Answer.Refusal(ErrorCodes.Error(60322));
        var platform = shelf.Factors(account, service, identity).Find(challenge["factor_sid"] ?? "") is { } factor
            ? Member(factor["config"], "notification_platform")
            : null;
        return platform == "none" ? new Answer.Refusal(ErrorCodes.Error(60307)) : stored(request);
    }

    /// <summary>Null when the challenge now is what its answer says, or stays pending for a code that does not fit.</summary>
    private TwilioError? Try(RestRequest request, string service, string identity, Document challenge, Document factor, string payload)
    {
        if (proofs.Find(request.Account, factor.Key) is not { } proof) return ErrorCodes.Error(60324);
        var tries = proofs.Find(request.Account, challenge.Key) ?? new Proof(challenge.Key, "", 0, 0);
        if (tries.Failures >= FactorOperations.MaxFailures) return ErrorCodes.Error(60308);
        if (factor["factor_type"] == "push")
        {
            if (WordOf(payload, proof.Secret) is { } word)
            {
                Respond(request.Account, service, identity, challenge, word == "approved", request.Cause);
                return null;
            }
        }
        else if (FactorOperations.Proves(factor, proof, payload, shelf.Now) is { } step)
        {
            proofs.Put(request.Account, proof with { LastStep = step }, request.Cause);
            Respond(request.Account, service, identity, challenge, isApproved: true, request.Cause);
            return null;
        }
        proofs.Put(request.Account, tries with { Failures = tries.Failures + 1 }, request.Cause);
        return factor["factor_type"] == "push" ? ErrorCodes.Error(60324) : null;
    }

    private void Respond(AccountSid account, string service, string identity, Document challenge, bool isApproved, long cause)
    {
        var word = isApproved ? "approved" : "denied";
        var next = shelf.Challenges(account, service, identity)
            .Change(challenge, cause, ("status", word), ("date_responded", TwilioDates.ToIso8601(shelf.Now)));
        events.Tell($"challenge.{word}", account, service, next, cause);
    }

    private void Expire(AccountSid account, string service, string identity)
    {
        foreach (var late in shelf.Challenges(account, service, identity).OldestFirst()
            .Where(c => c["status"] == "pending"
                && TwilioDates.TryParse(c["expiration_date"] ?? "", out var at, out _) && at <= shelf.Now)
            .ToList())
        {
            shelf.Challenges(account, service, identity).Change(late, 0, ("status", "expired"));
        }
    }

    /// <summary>What a create answers is the challenge as it was made; shown anew once it was answered.</summary>
    private Answer Shown(RestRequest request, Behaviour stored, string sid, string service, string identity, Answer made)
    {
        var challenge = shelf.Challenges(request.Account, service, identity).Find(sid)!;
        return challenge["status"] == "pending"
            ? made
            : Answer.Of(new RespondedFace(((Answer.Resource)made).Face, challenge["status"]!, shelf.Now));
    }

    /// <summary>The word of a device's JWT: <c>approved</c> or <c>denied</c>; null when it is not the key's.</summary>
    private static string? WordOf(string jwt, string publicKey)
    {
        var parts = jwt.Split('.');
        if (parts.Length != 3
            || !FactorOperations.IsSigned(
                publicKey, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), parts[2],
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            return null;
        }
        try
        {
            return Member(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])), "status") is "approved" or "denied"
                ? Member(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])), "status")
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonArray? FieldsOf(FormValues form)
    {
        var texts = form.All("Details.Fields");
        if (texts.Count > MaxFields) return null;
        var fields = new JsonArray();
        foreach (var text in texts)
        {
            if (Member(text, "label") is not { } label || Member(text, "value") is not { } value || label.Length > MaxLabel
                || value.Length > MaxValue)
            {
                return null;
            }
            fields.Add((JsonNode)new JsonObject { ["label"] = label, ["value"] = value });
        }
        return fields;
    }

    /// <summary>A JSON object of texts.</summary>
    private static bool IsHidden(string text)
    {
        if (text.Length > MaxHidden) return false;
        try
        {
            using var json = JsonText.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().All(m => m.Value.ValueKind == JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Member(string? text, string name)
    {
        try
        {
            using var json = JsonText.Parse(text ?? "{}");
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var member)
                && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class RespondedFace(IFace inner, string status, DateTimeOffset at) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "status": to.Write(status); break;
                case "date_responded": to.Write(at); break;
                default: inner.WriteProperty(property, to); break;
            }
        }
    }
}
