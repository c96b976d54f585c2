using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Sip;

/// <summary>The forms of the records kept here.</summary>
public static class SipForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [SipSecret.Form];
}
