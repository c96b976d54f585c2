using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Mms;

namespace TwilioEmu.Products.Conversations.Files;

/// <summary>A file as JSON, with a link that opens it without credentials for a while.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api/media-resource; dates of uploads, category and parts as SDKs read them.
/// </remarks>
/// <param name="tokenOf">The secret of an account, with which its links are signed.</param>
internal sealed class FileFace(Func<AccountSid, string> tokenOf)
{
    // Recalled.
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(5);

    public void Write(Utf8JsonWriter json, ConversationFile file, string baseUrl, DateTimeOffset now)
    {
        var path = $"/v1/Services/{file.Service}/Media/{file.Key}";
        var query = SignedLink.QueryOf(tokenOf(file.Account), NameOf(file), now + LinkLife);
        json.WriteStartObject();
        json.WriteString("sid", file.Key);
        json.WriteString("account_sid", file.Account.Value);
        json.WriteString("service_sid", file.Service);
        json.WriteString("channel_sid", file.Conversation);
        json.WriteString("message_sid", file.Message);
        json.WriteString("date_created", ConversationTexts.Instant(file.Created));
        json.WriteString("date_upload_updated", ConversationTexts.Instant(file.Created));
        json.WriteString("date_updated", ConversationTexts.Instant(file.Updated));
        json.WriteNumber("size", file.Content.ByteCount);
        json.WriteString("content_type", file.Content.ContentType);
        json.WriteString("filename", file.Name);
        json.WriteString("author", file.Author);
        json.WriteString("category", file.Category);
        json.WriteBoolean("is_multipart_upstream", false);
        json.WriteString("url", baseUrl + path);
        json.WriteStartObject("links");
        json.WriteString("content", $"{path}/Content");
        json.WriteString("content_direct_temporary", $"{baseUrl}{path}/Content?{query}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>True for a link of ours that is good still.</summary>
    public bool Opens(ConversationFile file, string? expires, string signature, DateTimeOffset now) =>
        SignedLink.Opens(tokenOf(file.Account), NameOf(file), expires, signature, now);

    private static string NameOf(ConversationFile file) => $"{file.Service}/{file.Key}";
}
