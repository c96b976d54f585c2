using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Consent;

/// <summary><c>POST /v1/Consents/Bulk</c> of accounts.twilio.com: an app tells what recipients said elsewhere.</summary>
/// <remarks>
/// twilio.com/docs/messaging/features/consent-api: at most 25 items, each answered by its correlation ID with 0, or with 30646 and what is
/// wrong. Of the words for what is wrong INVALID_CONTACT_ID and INVALID_DATE_OF_CONSENT are documented, the others are inferred after them.
/// </remarks>
/// <param name="world">The clock.</param>
/// <param name="consents">Where it is kept.</param>
/// <param name="scopeOf">What a sender ID is about, or null where the account has no such sender.</param>
internal sealed class ConsentOperations(World world, ConsentBook consents, Func<AccountSid, string, string?> scopeOf)
{
    private const int MaxItems = 25;
    private const int Failed = 30646;

    private static readonly string[] Sources = ["website", "offline", "opt-in-message", "opt-out-message", "others"];

    public Answer Create(RestRequest request)
    {
        var items = request.Form.All("Items").ToList();
        if (items.Count == 0) return Answer.Refuse(20001, "Missing required parameter Items");
        if (items.Count > MaxItems) return Answer.Refuse(20001, $"Items has {items.Count} elements; at most {MaxItems} are taken");
        var results = new List<(string CorrelationId, IReadOnlyList<string> Faults)>();
        foreach (var item in items) results.Add(Take(request, item));
        return Answer.Of(new ResultFace(results));
    }

    private (string CorrelationId, IReadOnlyList<string> Faults) Take(RestRequest request, string item)
    {
        JsonElement fields;
        try
        {
            using var json = JsonText.Parse(item);
            fields = json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return ("", ["INVALID_ITEM"]);
        }
        if (fields.ValueKind != JsonValueKind.Object) return ("", ["INVALID_ITEM"]);
        var faults = new List<string>();
        var correlation = Text(fields, "correlation_id");
        if (correlation.Length != 32 || !correlation.All(char.IsAsciiHexDigit)) faults.Add("INVALID_CORRELATION_ID");
        if (!Text(fields, "contact_id").StartsWith('+') || !E164.TryNormalize(Text(fields, "contact_id"), out var contact))
        {
            (contact, _) = ("", Add(faults, "INVALID_CONTACT_ID"));
        }
        if (scopeOf(request.Account, Text(fields, "sender_id")) is not { } scope) (scope, _) = ("", Add(faults, "INVALID_SENDER_ID"));
        var status = Text(fields, "status");
        if (status is not ("opt-in" or "opt-out")) faults.Add("INVALID_STATUS");
        var source = Text(fields, "source");
        if (!Sources.Contains(source)) faults.Add("INVALID_SOURCE");
        var at = world.Clock.GetUtcNow();
        if (Text(fields, "date_of_consent") is { Length: > 0 } date
            && (!date.Contains('T', StringComparison.Ordinal) || !TwilioDates.TryParse(date, out at, out _)))
        {
            faults.Add("INVALID_DATE_OF_CONSENT");
        }
        if (faults.Count == 0) consents.Set(request.Account, scope, contact, status == "opt-out", source, at, request.Cause);
        return (correlation, faults);
    }

    private static bool Add(List<string> faults, string fault)
    {
        faults.Add(fault);
        return true;
    }

    private static string Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private sealed class ResultFace(IReadOnlyList<(string CorrelationId, IReadOnlyList<string> Faults)> results) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property != "items") return;
            to.Json.WriteStartArray();
            foreach (var (correlation, faults) in results)
            {
                to.Json.WriteStartObject();
                to.Json.WriteString("correlation_id", correlation);
                to.Json.WriteNumber("error_code", faults.Count == 0 ? 0 : Failed);
                to.Json.WriteStartArray("error_messages");
                foreach (var fault in faults) to.Json.WriteStringValue(fault);
                to.Json.WriteEndArray();
                to.Json.WriteEndObject();
            }
            to.Json.WriteEndArray();
        }
    }
}
