using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Proxy;

/// <summary>The forms of the records kept here.</summary>
public static class ProxyForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [ProxyBinding.Form, Followed.Form];
}
