using TwilioEmu.Kernel.Store;
using TwilioEmu.Products.Conversations.Files;

namespace TwilioEmu.Products.Conversations;

/// <summary>The forms of the records kept here.</summary>
public static class ConversationsForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [Carried.Form, PhoneBinding.Form, ConversationFile.Form];
}
