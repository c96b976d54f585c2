using System.Text.Json;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Lookup;

/// <summary>Lookup v2: one number, or a batch.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/lookup/v2-api. A package that was answered is charged, and the journal says so;
/// format and validity are free.
/// </remarks>
internal sealed class LookupOperations(World world, FactBook facts)
{
    // twilio.com/docs/lookup/v2-api (batch): a hundred at a time (inferred).
    private const int MaxBatch = 100;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("lookups_v2/FetchPhoneNumber", Fetch),
        ("lookups_v2/CreateBulkLookup", LookUpMany),
    ];

    private Answer Fetch(RestRequest request)
    {
        var question = LookupQuestion.FromQuery(request);
        return question.Fault is { } fault ? new Answer.Refusal(fault) : Answer.Of(Find(request, question));
    }

    private Answer LookUpMany(RestRequest request)
    {
        if (request.Json.ValueKind != JsonValueKind.Object || !request.Json.TryGetProperty("phone_numbers", out var list)
            || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return new Answer.Refusal(ErrorCodes.Error(60617, "phone_numbers must be a list of at least one number"));
        }
        if (list.GetArrayLength() > MaxBatch)
        {
            return new Answer.Refusal(ErrorCodes.Error(60618, $"at most {MaxBatch} numbers are looked up at a time"));
        }
        var items = new List<(string? Correlation, LookupFinding? Finding, TwilioError? Fault)>();
        foreach (var item in list.EnumerateArray())
        {
            var question = item.ValueKind == JsonValueKind.Object ? LookupQuestion.FromJson(item) : null;
            if (question is not { Number.Length: > 0 })
            {
                return new Answer.Refusal(ErrorCodes.Error(60617, "every item needs a phone_number"));
            }
            var correlation = LookupQuestion.Text(item, "correlation_id");
            items.Add(question.Fault is { } fault ? (correlation, null, fault) : (correlation, Find(request, question), null));
        }
        return Answer.Of(new BatchFace(items));
    }

    private LookupFinding Find(RestRequest request, LookupQuestion question)
    {
        var number = NumberPlans.Parse(question.Number, question.Country);
        var known = facts.Of(number);
        if (world.Store.Table(LineTypeOverride.Table, request.Account).Find(number.E164) is { } own)
        {
            known = known with { LineType = own.LineType };
        }
        var finding = new LookupFinding(question, number, number.IsValid || facts.IsHere(number.E164), known, world.Clock.GetUtcNow());
        if (request.Principal.IsTest) return finding;
        foreach (var package in finding.Answered.Where(finding.IsCovered))
        {
            Charge(world, request.Account, number.E164, request.Cause, package.Name, new(package.Category, 1, 1, package.Price));
        }
        return finding;
    }

    /// <summary>Journals that a lookup was paid for.</summary>
    public static void Charge(World world, AccountSid account, string number, long cause, string package, Charge charge) =>
        world.Journal.Write(account, LookupEntries.Charged, number, cause, new Paid(package, charge));

    private sealed class Paid(string package, Charge charge) : IEntryData, IBillable
    {
        public Charge? ChargeFor(string kind) => charge;

        public void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("package", package);
            json.WriteString("price", Price.Spell(Price.Of(charge.Price)));
        }
    }

    private sealed class BatchFace(List<(string? Correlation, LookupFinding? Finding, TwilioError? Fault)> items) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property != "phone_numbers") return;
            to.Json.WriteStartArray();
            foreach (var (correlation, finding, fault) in items)
            {
                to.Json.WriteStartObject();
                // Unlike a single look-up's, the document's answer to a batch has no nulls: what is not there is left out.
                if (correlation is not null) to.Json.WriteString("correlation_id", correlation);
                if (fault is not null) to.Json.WriteNumber("twilio_error_code", fault.Code);
                foreach (var member in LookupFinding.Members)
                {
                    if (finding is null || !finding.Has(member)) continue;
                    to.Json.WritePropertyName(member);
                    finding.WriteMember(member, to.Json);
                }
                to.Json.WriteEndObject();
            }
            to.Json.WriteEndArray();
        }
    }
}
