using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Products.Conversations.Files;

/// <summary>A file of the media service: uploaded for a message of a conversation, or brought along by a phone's text.</summary>
/// <param name="Content">Its SID (<c>ME</c>), type, and where its bytes are.</param>
/// <param name="Account">Whose.</param>
/// <param name="Service">Of which service of conversations: <c>IS</c>.</param>
/// <param name="Name">As it was uploaded; null for none.</param>
/// <param name="Author">Who brought it.</param>
/// <param name="Created">When.</param>
internal sealed record ConversationFile(
    MediaItem Content, AccountSid Account, string Service, string? Name, string Author, DateTimeOffset Created) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ConversationFile> Form = new("conversation_file", static (r, m) => new ConversationFile(
        m.Part("content", r?.Content, MediaItem.Walk), m.Account("account_sid", r?.Account), m.Text("chat_service_sid", r?.Service),
        m.TextOrNull("filename", r?.Name), m.Text("author", r?.Author), m.Instant("date_created", r?.Created))
    {
        Updated = m.Instant("date_updated", r?.Updated),
        Conversation = m.TextOrNull("conversation_sid", r?.Conversation),
        Message = m.TextOrNull("message_sid", r?.Message),
        Category = m.Text("category", r?.Category),
    });

    public static readonly TableKey<ConversationFile> Table = new("conversation_files", Form);

    public DateTimeOffset Updated { get; init; } = Created;

    /// <summary>Where it was sent; null before it was.</summary>
    public string? Conversation { get; init; }

    /// <summary>What it was sent with (<c>IM</c>); null before it was.</summary>
    public string? Message { get; init; }

    /// <summary>What it is to its message: <c>media</c>, or a part of an e-mail (<c>body</c>, <c>history</c>).</summary>
    public string Category { get; init; } = "media";

    public string Key => Content.Sid;

    public DateTimeOffset? Since => Created;

    // One that nobody sends is gone after a while with the live service (recalled): the oldest go first here.
    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("chat_service_sid", Service);
        json.WriteString("content_type", Content.ContentType);
        json.WriteNumber("size", Content.ByteCount);
        if (Name is not null) json.WriteString("filename", Name);
        json.WriteString("category", Category);
        json.WriteString("author", Author);
        if (Conversation is not null) json.WriteString("conversation_sid", Conversation);
        if (Message is not null) json.WriteString("message_sid", Message);
    }
}
