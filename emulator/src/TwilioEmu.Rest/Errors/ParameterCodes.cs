using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Errors;

/// <summary>Which code says that a parameter is missing or wrong, where it is not the general 20001.</summary>
/// <remarks>twilio.com/docs/api/errors.</remarks>
internal static class ParameterCodes
{
    // Codes and order of these are finer than a table can say: their behaviours check everything themselves.
    private static readonly HashSet<string> OwnChecks = new(StringComparer.Ordinal)
    {
        "CreateMessage", "UpdateMessage", "CreateCall", "UpdateCall",
        "CreateIncomingPhoneNumber", "CreateIncomingPhoneNumberLocal", "CreateIncomingPhoneNumberMobile",
        "CreateIncomingPhoneNumberTollFree", "UpdateIncomingPhoneNumber", "UpdateShortCode",
        // Their dates may be offsets from today (twilio.com/docs/usage/api/usage-record).
        "ListUsageRecord", "ListUsageRecordAllTime", "ListUsageRecordDaily", "ListUsageRecordLastMonth", "ListUsageRecordMonthly",
        "ListUsageRecordThisMonth", "ListUsageRecordToday", "ListUsageRecordYearly", "ListUsageRecordYesterday",
    };

    private static readonly HashSet<(string Document, string Id)> OwnChecksElsewhere =
    [
        ("iam_v1", "CreateNewKey"), ("iam_v1", "UpdateKey"),
        ("iam_v1", "CreateToken"), ("iam_organizations", "CreateToken"), ("oauth_v1", "CreateToken"), ("oauth_v2", "CreateOauth2Token"),
        // An actor may be an account, which the document's pattern does not say (twilio.com/docs/usage/monitor-events).
        ("monitor_v1", "ListEvent"),
    ];

    private static readonly (string Resource, string? Parameter, string? Format, int Code)[] Rows =
    [
        ("account", "FriendlyName", null, 20002),
        ("address", "FriendlyName", null, 20002),
        ("usage_trigger", "FriendlyName", null, 20002),
        ("application", null, "uri", 21402),
        ("application", null, "http-method", 21403),
        ("incoming_phone_number", null, "uri", 21402),
        ("incoming_phone_number", null, "http-method", 21403),
        ("short_code", null, "uri", 21402),
        ("short_code", null, "http-method", 21403),
        ("account", "Status", null, 21475),
        ("key", "FriendlyName", null, 70001),
        ("new_key", "FriendlyName", null, 70001),
        ("signing_key", "FriendlyName", null, 70001),
        ("new_signing_key", "FriendlyName", null, 70001),
        ("participant", "To", null, 21201),
        ("participant", "From", null, 21213),
        ("call", null, "http-method", 21209),
        ("validation_request", "CallDelay", null, 21454),
        ("validation_request", "PhoneNumber", null, 21401),
        ("validation_request", "StatusCallback", null, 21456),
        ("validation_request", null, "http-method", 21403),
    ];

    private static readonly Dictionary<(string Document, string Parameter), int> Elsewhere = new()
    {
        [("sync_v1", "Data")] = 54101,
        [("sync_v1", "Key")] = 54209,
        [("sync_v1", "UniqueName")] = 54302,
        [("sync_v1", "Ttl")] = 54011,
        [("sync_v1", "ItemTtl")] = 54011,
        [("sync_v1", "CollectionTtl")] = 54011,
    };

    // Products with one code for whatever is wrong with a parameter.
    private static readonly Dictionary<string, int> UsualCodes = new() { ["verify_v2"] = InvalidInVerify };

    // Operations with one code for whatever is wrong with theirs.
    private static readonly Dictionary<(string Document, string Id), int> OwnCodes = new() { [("verify_v2", "CreateAccessToken")] = 60305 };

    /// <summary>twilio.com/docs/api/errors/60200.</summary>
    public const int InvalidInVerify = 60200;

    /// <summary>True when the behaviour checks its parameters itself.</summary>
    public static bool ChecksItself(Operation operation) =>
        operation.IsClassic ? OwnChecks.Contains(operation.Id) : OwnChecksElsewhere.Contains((operation.Document, operation.Id));

    /// <summary>The code for a wrong value of a parameter.</summary>
    public static int CodeOf(Operation operation, Parameter parameter)
    {
        if (OwnCodes.TryGetValue((operation.Document, operation.Id), out var own)) return own;
        if (!operation.IsClassic) return Elsewhere.GetValueOrDefault((operation.Document, parameter.Name), UsualCodes.GetValueOrDefault(operation.Document, 20001));
        if (operation.Shape is not { } shape) return 20001;
        foreach (var row in Rows)
        {
            if (row.Resource != shape.ShortName) continue;
            if (row.Parameter == parameter.Name || (row.Format is not null && row.Format == parameter.Facts.Format)) return row.Code;
        }
        return 20001;
    }
}
