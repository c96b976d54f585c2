using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Conversations;

/// <summary>A text that carries a conversation's message to one phone.</summary>
/// <param name="Text">SID of the text: <c>SM</c>.</param>
/// <param name="Conversation">Where it was said.</param>
/// <param name="Message">SID of what was said: <c>IM</c>.</param>
/// <param name="Participant">Whose phone: <c>MB</c>.</param>
/// <param name="Receipt">SID of the receipt: <c>DY</c>.</param>
/// <param name="Status">As receipts spell it; empty before the first news.</param>
/// <param name="ErrorCode">0 while it is well.</param>
internal sealed record Carried(
    string Text, ConversationKey Conversation, string Message, string Participant, string Receipt, string Status, int ErrorCode) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Carried> Form = new("conversation_text", static (r, m) => new Carried(
        m.Text("text_sid", r?.Text),
        new ConversationKey(
            m.Account("account_sid", r?.Conversation.Account), m.Text("chat_service_sid", r?.Conversation.Service),
            m.Text("conversation_sid", r?.Conversation.Sid)),
        m.Text("message_sid", r?.Message), m.Text("participant_sid", r?.Participant), m.Text("receipt_sid", r?.Receipt),
        m.Text("status", r?.Status), m.Number("error_code", r?.ErrorCode)));

    public static readonly TableKey<Carried> Table = new("conversation_texts", Form);

    public string Key => Text;

    public bool IsSettled => Status is "delivered" or "undelivered" or "failed" or "read";

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("conversation_sid", Conversation.Sid);
        json.WriteString("message_sid", Message);
        json.WriteString("participant_sid", Participant);
        json.WriteString("receipt_sid", Receipt);
        json.WriteString("channel_message_sid", Text);
        json.WriteString("status", Status);
        if (ErrorCode != 0) json.WriteNumber("error_code", ErrorCode);
    }
}
