using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Lookup;

/// <summary>The forms of the records kept here.</summary>
public static class LookupForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [LineTypeOverride.Form, RateLimitOperations.RateLimit.Form];
}
