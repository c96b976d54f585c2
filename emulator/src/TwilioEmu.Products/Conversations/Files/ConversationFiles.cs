using System.Text.Json.Nodes;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Products.Conversations.Files;

/// <summary>The files that messages of conversations carry.</summary>
/// <remarks>Loop-confined. twilio.com/docs/conversations/media-support-conversations.</remarks>
internal sealed class ConversationFiles(ConversationBook book, MessagingProduct messaging)
{
    // Of one file to a phone; WhatsApp takes more.
    private const long MaxToPhone = 5 * 1024 * 1024;
    private const long MaxToWhatsApp = 16 * 1024 * 1024;

    // What leaves for phones; other kinds stay in the conversation (the same page).
    private static readonly string[] TypesToPhones =
    [
        "image/jpeg", "image/jpg", "image/png", "audio/mpeg", "audio/mp3", "audio/amr", "video/mp4", "application/pdf",
    ];

    /// <summary>Keeps a file that is uploaded; Seq of the entry that says so.</summary>
    public (ConversationFile File, long Changed) Upload(AccountSid account, string service, MediaUpload upload, string author)
    {
        var item = messaging.KeepMedia(book.World.Sids.New("ME"), upload.ContentType, upload.Content, upload.Hash);
        var file = new ConversationFile(item, account, service, upload.Name, author, book.Now) { Category = upload.Category! };
        return (file, Put(file, 0));
    }

    /// <summary>Copies what a phone's text brought along, before anybody is told of it.</summary>
    public IReadOnlyList<ConversationFile> Bring(string service, Message inbound, long cause)
    {
        var files = inbound.Extras.Media
            .Select(m => new ConversationFile(m, inbound.Account, service, NameOf(m.Url), inbound.From, book.Now))
            .ToList();
        foreach (var file in files) Put(file, cause);
        return files;
    }

    public ConversationFile? Find(AccountSid account, string service, string sid) =>
        book.World.Store.Table(ConversationFile.Table, account).Find(sid) is { } file && file.Service == service ? file : null;

    /// <summary>The bytes; null where they are not kept: they are where a phone said (<see cref="MediaItem.Url"/>), or gone.</summary>
    public ReadOnlyMemory<byte>? BytesOf(ConversationFile file) => messaging.BytesOf(file.Content);

    /// <summary>A file was sent: it cannot be sent again (50508).</summary>
    public void Join(ConversationFile file, ConversationKey key, string message, long cause) => book.World.Store.Put(
        ConversationFile.Table, file.Account, file with { Conversation = key.Sid, Message = message, Updated = book.Now },
        FileEntries.Sent, cause);

    /// <summary>A file is no more; what texts carried of it stays with them.</summary>
    /// <returns>Seq of the entry that says so; 0 where it was not there.</returns>
    public long Remove(ConversationFile file, long cause) =>
        book.World.Store.Remove(ConversationFile.Table, file.Account, file.Key, FileEntries.Removed, cause)?.Seq ?? 0;

    /// <summary>True for what a phone is sent.</summary>
    public static bool Fits(ConversationFile file, string address) =>
        TypesToPhones.Contains(file.Content.ContentType)
        && file.Content.ByteCount <= (ChannelAddress.ChannelOf(address) == ChannelAddress.WhatsApp ? MaxToWhatsApp : MaxToPhone);

    /// <summary>A message's <c>media</c>, as REST shows it; null for none.</summary>
    public static JsonArray? Shown(IReadOnlyList<ConversationFile> files) => files.Count == 0
        ? null
        : new JsonArray([.. files.Select(f => (JsonNode)new JsonObject
        {
            ["sid"] = f.Key, ["category"] = f.Category, ["size"] = f.Content.ByteCount, ["content_type"] = f.Content.ContentType,
            ["filename"] = f.Name,
        })]);

    /// <summary>The same as webhooks tell it.</summary>
    public static string? Told(IReadOnlyList<ConversationFile> files) => Told(Shown(files)?.ToJsonString());

    /// <summary>The same as webhooks tell it: the members begin with capitals, as apps read them.</summary>
    /// <param name="media">A message's <c>media</c>; null for none.</param>
    public static string? Told(string? media)
    {
        if (string.IsNullOrEmpty(media) || JsonText.ParseNode(media) is not JsonArray { Count: > 0 } list) return null;
        return new JsonArray([.. list.OfType<JsonObject>().Select(f => (JsonNode)new JsonObject
        {
            ["Sid"] = f["sid"]?.DeepClone(), ["Filename"] = f["filename"]?.DeepClone(), ["ContentType"] = f["content_type"]?.DeepClone(),
            ["Size"] = f["size"]?.DeepClone(),
        })]).ToJsonString();
    }

    /// <summary>The SIDs of the files that a message carries.</summary>
    /// <param name="media">Its <c>media</c>: a list, or Chat's one object; null for none.</param>
    public static IEnumerable<string> SidsIn(string? media) => string.IsNullOrEmpty(media) ? [] : JsonText.ParseNode(media) switch
    {
        JsonArray list => list.Select(f => f?["sid"]?.GetValue<string>()).OfType<string>(),
        JsonObject { } one when one["sid"]?.GetValue<string>() is { } sid => [sid],
        _ => [],
    };

    private long Put(ConversationFile file, long cause) =>
        book.World.Store.Put(ConversationFile.Table, file.Account, file, FileEntries.Kept, cause).Seq;

    // The last part of a path; a picture written out in its URL has no name.
    private static string? NameOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.Segments[^1].Trim('/') is { Length: > 0 } name
            ? Uri.UnescapeDataString(name)
            : null;
}
