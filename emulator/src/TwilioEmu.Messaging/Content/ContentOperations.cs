using System.Text.Json;
using System.Text.RegularExpressions;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Content;

/// <summary>The Content API: what templates may be, and what WhatsApp says of them.</summary>
/// <remarks>
/// twilio.com/docs/content/content-api-resources; templates themselves are stored resources. Loop-confined.
/// <code>
/// unsubmitted -> received -> pending -> approved | rejected; approved -> paused | disabled by hand
/// </code>
/// A template that is changed is unsubmitted again (inferred).
/// </remarks>
internal sealed partial class ContentOperations(World world, TemplateBook templates, ReviewRules rules)
{
    private const string NotApproved = "TAG_CONTENT_MISMATCH";

    private static readonly string[] Categories = ["UTILITY", "MARKETING", "AUTHENTICATION"];

    // A step that is due: account, SID, content type, the status it goes from.
    private const string Due = "template approval";

    private readonly TemplateSearch _search = new(templates);

    /// <summary>Takes up steps that were due in an earlier process; once, as the room is attached.</summary>
    public void KeepAppointments() => world.Appointments.On(Due, words => Go(new AccountSid(words[0]), words[1], words[2], words[3]));

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
        [("content_v1/CreateContent", Create), ("content_v1/UpdateContent", Update), ("content_v1/DeleteContent", Delete)];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("content_v1/CreateApprovalCreate", Submit),
        ("content_v1/FetchApprovalFetch", FetchApproval),
        ("content_v1/ListContentAndApprovals", _search.List),
        ("content_v2/ListContent", _search.List),
        ("content_v2/ListContentAndApprovals", _search.List),
    ];

    /// <summary>WhatsApp's word, given by hand: <c>PUT /_emu/v1/registrations/{sid}</c>.</summary>
    /// <returns>False where the account has no such template.</returns>
    public bool Move(AccountSid account, string sid, string status, string? reason)
    {
        if (templates.Find(account, sid) is not { } template) return false;
        var state = templates.ApprovalOf(account, sid) with
        {
            Status = status,
            RejectionReason = status == "rejected" ? reason ?? NotApproved : "",
        };
        if (state.Name.Length == 0)
        {
            state = state with
            {
                Name = template.Stored["friendly_name"] ?? "",
                Category = "UTILITY",
                ContentType = template.TypeFor(ChannelAddress.WhatsApp) ?? "",
            };
        }
        Keep(account, state, 0);
        return true;
    }

    private Answer Create(RestRequest request, Behaviour stored) =>
        Fault(request) is { } fault ? new Answer.Refusal(fault) : stored(request);

    private Answer Update(RestRequest request, Behaviour stored)
    {
        var answer = Create(request, stored);
        if (answer is Answer.Resource) Forget(request);
        return answer;
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is Answer.NoContent) Forget(request);
        return answer;
    }

    /// <summary>WhatsApp's word was on a template that is no more, or another one now.</summary>
    private void Forget(RestRequest request)
    {
        var sid = request.PathValues["Sid"];
        if (world.Store.Table(ApprovalState.Table, request.Account).Find(sid) is not null)
        {
            world.Store.Remove(ApprovalState.Table, request.Account, sid, ContentEntries.ApprovalGone, request.Cause);
        }
    }

    private TwilioError? Fault(RestRequest request)
    {
        if (request.Json.ValueKind != JsonValueKind.Object || !request.Json.TryGetProperty("types", out var types)
            || types.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        List<string> unknown = [];
        var fault = FaultOf(types, request.Json.TryGetProperty("variables", out var variables) ? variables : default, unknown);
        if (fault is null && unknown.Count > 0)
        {
            world.Journal.Warn(request.Account, request.Path, request.Cause, "no channel here shows these content types", unknown);
        }
        return fault;
    }

    /// <summary>What is wrong with a template that is there, or null.</summary>
    public static TwilioError? FaultOf(ContentTemplate template) => FaultOf(template.Types, template.Defaults, []);

    private static TwilioError? FaultOf(JsonElement types, JsonElement variables, List<string> unknown)
    {
        if (types.ValueKind != JsonValueKind.Object) return TwilioError.BadRequest(20001, "types must be an object of content types");
        var count = 0;
        foreach (var member in types.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            count++;
            if (ContentTypes.Find(member.Name) is not { } type)
            {
                unknown.Add(member.Name);
            }
            else if (member.Value.ValueKind == JsonValueKind.Object && type.Fault(member.Value) is { } wrong)
            {
                return TwilioError.BadRequest(20001, $"types.{member.Name}: {wrong}");
            }
        }
        if (count == 0) return TwilioError.BadRequest(20001, "types needs one content type at least");
        return FaultOfNames(types, variables);
    }

    private static TwilioError? FaultOfNames(JsonElement types, JsonElement variables)
    {
        // What is malformed is kept, and refused when it is sent: 21656.
        var names = Placeholders.NamesIn(types) ?? [];
        if (names.FirstOrDefault(n => !Placeholders.IsName(n)) is { } bad)
        {
            return TwilioError.BadRequest(
                20001, $"{{{{{Quote.Short(bad)}}}}} is no name of a variable: 1 to {Placeholders.MaxName} letters, digits and underscores");
        }
        if (names.Count > Placeholders.MaxCount)
        {
            return TwilioError.BadRequest(20001, $"a template has at most {Placeholders.MaxCount} variables");
        }
        if (variables.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in variables.EnumerateObject())
        {
            if (!Placeholders.IsName(member.Name))
            {
                return TwilioError.BadRequest(20001, $"variables: {Quote.Short(member.Name)} is no name of a variable");
            }
            if (member.Value.ToString().Length > Placeholders.MaxValue)
            {
                return TwilioError.BadRequest(20001, $"variables.{member.Name} has more than {Placeholders.MaxValue} characters");
            }
        }
        return null;
    }

    private Answer Submit(RestRequest request)
    {
        var sid = request.PathValues["ContentSid"];
        if (templates.Find(request.Account, sid) is not { } template) return Answer.NotFound(request);
        var (name, category) =
            (JsonText.Member(request.Json, "name") ?? "", (JsonText.Member(request.Json, "category") ?? "").ToUpperInvariant());
        if (!Names().IsMatch(name))
        {
            return Answer.Refuse(
                20001, $"Invalid name: {Quote.Short(name)} has other characters than lower-case letters, digits and underscores");
        }
        if (!Categories.Contains(category))
        {
            return Answer.Refuse(20001, $"Invalid category: {Quote.Short(category)} is not {string.Join(", ", Categories)}");
        }
        if (template.Approval is not (ApprovalState.Unsubmitted or "rejected"))
        {
            return new Answer.Refusal(ErrorCodes.Error(20409, $"{sid} was submitted already: {template.Approval}"));
        }
        var type = template.TypeFor(ChannelAddress.WhatsApp);
        if (type is null || ContentTypes.Find(type) is not { MayBeApproved: true })
        {
            return Answer.Refuse(20001, $"{type ?? "none of its types"} is no content type that WhatsApp approves");
        }
        if ((type == "whatsapp/authentication") != (category == "AUTHENTICATION"))
        {
            return Answer.Refuse(20001, $"Invalid category: AUTHENTICATION is for whatsapp/authentication, and nothing else is ({type})");
        }
        var state = new ApprovalState(sid, "received")
        {
            Name = name,
            Category = category,
            ContentType = type,
            AllowsCategoryChange = JsonText.Member(request.Json, "allow_category_change") is not "False",
        };
        Keep(request.Account, state, request.Cause);
        After(request.Account, sid, type, "received");
        return Answer.Of(new ApprovalFace(request.Account.Value, sid, state));
    }

    private Answer FetchApproval(RestRequest request) => templates.Find(request.Account, request.PathValues["Sid"]) is { } template
        ? Answer.Of(new ApprovalFace(request.Account.Value, template.Sid, templates.ApprovalOf(request.Account, template.Sid)))
        : Answer.NotFound(request);

    private void Go(AccountSid account, string sid, string type, string from)
    {
        if (from == "pending") Decide(account, sid, type);
        else if (Step(account, sid, from, "pending", "")) After(account, sid, type, "pending");
    }

    private void Decide(AccountSid account, string sid, string type)
    {
        if (templates.Find(account, sid) is not { } template) return;
        var reason = TemplateReview.ReasonAgainst(template, type) ?? (rules.Approves ? null : NotApproved);
        Step(account, sid, "pending", reason is null ? "approved" : "rejected", reason ?? "");
    }

    /// <summary>False where it is gone, or somebody moved it by hand meanwhile.</summary>
    private bool Step(AccountSid account, string sid, string from, string to, string reason)
    {
        var state = templates.ApprovalOf(account, sid);
        if (templates.Find(account, sid) is null || state.Status != from) return false;
        Keep(account, state with { Status = to, RejectionReason = reason }, 0);
        return true;
    }

    private void Keep(AccountSid account, ApprovalState state, long cause) =>
        world.Store.Put(ApprovalState.Table, account, state, ContentEntries.ApprovalChanged, cause);

    private void After(AccountSid account, string sid, string type, string from) =>
        world.Appointments.Make(Due, rules.After, account.Value, sid, type, from);

    [GeneratedRegex("^[a-z0-9_]{1,512}$")]
    private static partial Regex Names();
}
