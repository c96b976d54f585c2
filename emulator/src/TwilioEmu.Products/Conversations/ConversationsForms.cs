using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Conversations;

/// <summary>The forms of the records kept here.</summary>
public static class ConversationsForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [Carried.Form, PhoneBinding.Form];
}
