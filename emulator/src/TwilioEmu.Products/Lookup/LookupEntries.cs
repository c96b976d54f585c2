using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Lookup;

/// <summary>Lookups of numbers.</summary>
public static class LookupEntries
{
    private static readonly string[] Record =
    [
        "phone_number", "original_line_type", "overridden_line_type", "override_reason",
    ];

    private static readonly string[] Record1 =
    [
        "field", "limit", "bucket", "owner", "ttl",
    ];

    public static readonly EntryKind Charged = new("lookup.charged", "a paid package of a lookup was charged", "package", "price");
    public static readonly EntryKind OverrideCreated = new("line_type_override.created", "a number's line type was overridden", Record);
    public static readonly EntryKind OverrideUpdated = new("line_type_override.updated", "an override of a line type changed", Record)
    { KeepsPrevious = true };
    public static readonly EntryKind OverrideDeleted = new(
        "line_type_override.deleted", "an override of a line type was deleted", Record);
    public static readonly EntryKind RateLimitCreated = new("lookup_rate_limit.created", "a rate limit of Lookup was set", Record1);
    public static readonly EntryKind RateLimitUpdated = new("lookup_rate_limit.updated", "a rate limit of Lookup changed", Record1)
    { KeepsPrevious = true };
    public static readonly EntryKind RateLimitDeleted = new("lookup_rate_limit.deleted", "a rate limit of Lookup was deleted", Record1);

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Charged, OverrideCreated, OverrideUpdated, OverrideDeleted, RateLimitCreated, RateLimitUpdated, RateLimitDeleted,
    ];
}
