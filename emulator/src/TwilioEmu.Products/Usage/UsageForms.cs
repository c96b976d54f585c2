using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Usage;

/// <summary>The forms of the records kept here.</summary>
public static class UsageForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [UsageTrigger.Form];
}
