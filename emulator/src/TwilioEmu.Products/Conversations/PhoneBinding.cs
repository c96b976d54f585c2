using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Conversations;

/// <summary>Where a phone and a number of the account's were last put together; whether they still are, the conversation tells.</summary>
/// <param name="Address">The phone.</param>
/// <param name="Proxy">The number; empty for a phone of a group, which has none of its own.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Participant">SID: <c>MB</c>.</param>
internal sealed record PhoneBinding(string Address, string Proxy, ConversationKey Conversation, string Participant) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<PhoneBinding> Form = new("conversation_binding", static (r, m) => new PhoneBinding(
        m.Text("address", r?.Address), m.Text("proxy_address", r?.Proxy),
        new ConversationKey(m.Account("account_sid", r?.Conversation.Account), m.Text("chat_service_sid", r?.Conversation.Service),
        m.Text("conversation_sid", r?.Conversation.Sid)), m.Text("participant_sid", r?.Participant)));

    public static readonly TableKey<PhoneBinding> Table = new("conversation_bindings", Form);

    public string Key => KeyOf(Address, Proxy);

    public bool IsSettled => true;

    public static string KeyOf(string address, string proxy) => $"{address} {proxy}";

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("address", Address);
        json.WriteString("proxy_address", Proxy);
        json.WriteString("conversation_sid", Conversation.Sid);
        json.WriteString("participant_sid", Participant);
    }
}
