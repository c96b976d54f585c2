using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>
/// Customer profiles and trust products of TrustHub, on which brands stand: what an app submits is reviewed, as brands are.
/// </summary>
/// <remarks>
/// twilio.com/docs/trust-hub/trusthub-rest-api, and the onboarding guides of A2P 10DLC. Loop-confined.
/// <code>
/// draft -> pending-review (by the app) -> in-review -> twilio-approved | twilio-rejected
/// </code>
/// An evaluation finds a profile compliant that has something assigned to it: which fields a policy asks for is not looked into (inferred).
/// </remarks>
internal sealed class ProfileDesk
{
    // A step that is due: account, list, SID, status.
    private const string Due = "profile";
    private const string Profiles = "CustomerProfiles";
    private const string Products = "TrustProducts";
    private const string Pending = "pending-review";
    private const string InReview = "in-review";

    // twilio.com/docs/api/errors/22214: what is to be assigned is missing.
    private const int NothingAssigned = 22214;

    private readonly World _world;
    private readonly RegistrationRules _rules;
    private readonly Dictionary<string, (StoredCollection Bundles, StoredCollection Assigned)> _lists;

    public ProfileDesk(World world, StoredDocuments stored, RegistrationRules rules)
    {
        (_world, _rules) = (world, rules);
        (StoredCollection, StoredCollection) Of(string list, string sid) =>
            (stored.Of("trusthub_v1", $"/v1/{list}"), stored.Of("trusthub_v1", $"/v1/{list}/{{{sid}}}/EntityAssignments"));
        _lists = new() { [Profiles] = Of(Profiles, "CustomerProfileSid"), [Products] = Of(Products, "TrustProductSid") };
        world.Appointments.On(Due, words => Step(new AccountSid(words[0]), words[1], words[2], words[3]));
    }

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("trusthub_v1/UpdateCustomerProfile", (request, stored) => Submit(Profiles, request, stored)),
        ("trusthub_v1/UpdateTrustProduct", (request, stored) => Submit(Products, request, stored)),
        ("trusthub_v1/CreateCustomerProfileEvaluation", (request, stored) => Evaluate(Profiles, "CustomerProfileSid", request, stored)),
        ("trusthub_v1/CreateTrustProductEvaluation", (request, stored) => Evaluate(Products, "TrustProductSid", request, stored)),
    ];

    /// <summary>Moves one by hand: <c>PUT /_emu/v1/registrations/{sid}</c>.</summary>
    /// <returns>False where the account has none of that SID.</returns>
    public bool Move(AccountSid account, string sid, string status, int? errorCode)
    {
        foreach (var (bundles, _) in _lists.Values)
        {
            if (bundles.In(account).Find(sid) is not { } bundle) continue;
            Put(account, bundles, bundle, status, errorCode);
            return true;
        }
        return false;
    }

    private Answer Submit(string list, RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is Answer.Resource { Kept: Document bundle } && request.Form["Status"] == Pending)
        {
            _world.Appointments.Make(Due, _rules.After, request.Account.Value, list, bundle.Key, InReview);
        }
        return answer;
    }

    private Answer Evaluate(string list, string path, RestRequest request, Behaviour stored)
    {
        var isCompliant = _lists[list].Assigned.In(request.Account, request.PathValues[path]).Count > 0;
        var results = new JsonArray();
        if (!isCompliant)
        {
            // As a node: an element of any type would be read by reflection, which trimming takes away.
            JsonNode missing = new JsonObject
            {
                ["friendly_name"] = "Entities",
                ["object_type"] = "entity",
                ["passed"] = false,
                ["failure_reason"] = "Nothing is assigned to it: end users, supporting documents",
                ["error_code"] = NothingAssigned,
            };
            results.Add(missing);
        }
        return stored(request.With(new JsonObject { ["status"] = isCompliant ? "compliant" : "noncompliant", ["results"] = results }));
    }

    /// <summary>A step is due: none of one that the app took back meanwhile.</summary>
    private void Step(AccountSid account, string list, string sid, string status)
    {
        var bundles = _lists[list].Bundles;
        if (bundles.In(account).Find(sid) is not { } bundle || bundle["status"] != (status == InReview ? Pending : InReview)) return;
        if (status == InReview)
        {
            Put(account, bundles, bundle, InReview, null);
            _world.Appointments.Make(Due, _rules.After, account.Value, list, sid, "end");
            return;
        }
        Put(account, bundles, bundle, _rules.Approves ? "twilio-approved" : "twilio-rejected", _rules.Approves ? null : _rules.ErrorCode);
    }

    private static void Put(AccountSid account, StoredCollection bundles, Document bundle, string status, int? errorCode)
    {
        List<(string Name, string? Value)> values = [("status", status)];
        if (errorCode is { } code) values.Add(("errors", string.Create(CultureInfo.InvariantCulture, $"[{{\"code\":{code}}}]")));
        bundles.In(account).Change(bundle, 0, [.. values]);
    }
}
