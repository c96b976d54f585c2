using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>What is said in a conversation goes out as texts to its phones, and is told to the app.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/group-texting, /delivery-receipts. Each phone is texted from its own proxy address; its
/// news are receipts, and no status callback.
/// </remarks>
internal sealed class ConversationTexts(ConversationBook book, ConversationHooks hooks, MessagingProduct messaging, ConversationFiles files)
{
    /// <summary>The files that messages carry.</summary>
    public ConversationFiles Files => files;

    /// <summary>As webhooks of conversations write an instant.</summary>
    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Texts what was said to every phone of the conversation but its author's.</summary>
    /// <param name="key">Where.</param>
    /// <param name="message">What was said.</param>
    /// <param name="content">The template it is made of, whose words depend on the channel; null for none.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    /// <param name="brought">What the phone that said it brought along; null for nothing.</param>
    /// <param name="file">What was uploaded for it; null for nothing.</param>
    public void Carry(
        ConversationKey key, Document message, ContentOrder? content, long cause, IReadOnlyList<MediaItem>? brought = null,
        ConversationFile? file = null)
    {
        var participants = book.Participants(key).OldestFirst().ToList();
        // The group's own number, from which phones without a proxy of their own are texted.
        var projected = participants.Select(p => ConversationBook.Binding(p, "projected_address")).FirstOrDefault(a => a is not null);
        var (carried, without) = (0, 0);
        foreach (var participant in participants)
        {
            if (ConversationBook.Binding(participant, "address") is not { } address || participant.Key == message["participant_sid"]
                || address == message["author"])
            {
                continue;
            }
            if ((ConversationBook.Binding(participant, "proxy_address") ?? projected) is not { } from) continue;
            var (body, media) = (message["body"] ?? "", brought ?? []);
            // A file goes alone, its text is dropped (twilio.com/docs/conversations/media-support-conversations).
            if (file is not null && ConversationFiles.Fits(file, address)) (body, media) = ("", [file.Content]);
            else if (file is not null) without++;
            if (body.Length == 0 && media.Count == 0 && content is null) continue;
            if (messaging.Send(key.Account, from, address, body, media, content, cause) is not { } text) continue;
            var receipt = book.World.Sids.New("DY");
            book.World.Store.Put(
                Carried.Table, key.Account, new Carried(text.Sid, key, message.Key, participant.Key, receipt, "", 0),
                PhoneEntries.Carried, cause);
            carried++;
        }
        if (without > 0)
        {
            book.World.Journal.Warn(
                key.Account, message.Key, cause,
                $"{without} of the conversation's phones get no {file!.Content.ContentType} of {file.Content.ByteCount} bytes: JPEG, PNG, "
                    + "MP3, AMR, MP4 and PDF leave for them, below 5 MB, by WhatsApp below 16",
                ["MediaSid"]);
        }
        if (carried > 0) Sum(key, message.Key, carried, cause);
    }

    /// <summary>News of a text: where it carries something that was said, its receipt is made or moved on.</summary>
    public void Hear(Message text, Entry change)
    {
        if (book.World.Store.Table(Carried.Table, text.Account).Find(text.Sid) is not { } carried) return;
        var status = text.Status.Wire();
        if (status is not ("sent" or "delivered" or "undelivered" or "failed" or "read")) return;
        var next = carried with { Status = status, ErrorCode = text.ErrorCode };
        book.World.Store.Put(Carried.Table, text.Account, next, PhoneEntries.Carried, change.Seq);
        var key = carried.Conversation;
        if (book.Messages(key).Find(carried.Message) is null) return;
        if (book.Receipts(key, carried.Message).Find(carried.Receipt) is { } receipt)
        {
            book.Receipts(key, carried.Message)
                .Change(receipt, change.Seq, ("status", status), ("error_code", text.ErrorCode.ToString(CultureInfo.InvariantCulture)));
        }
        else
        {
            book.Receipts(key, carried.Message).Create(carried.Receipt, new JsonObject
            {
                ["channel_message_sid"] = text.Sid,
                ["participant_sid"] = carried.Participant,
                ["status"] = status,
                ["error_code"] = text.ErrorCode,
            });
        }
        Sum(key, carried.Message, null, change.Seq);
        hooks.Tell(
            key, "onDeliveryUpdated",
            [
                new("ChannelMessageSid", text.Sid), new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid),
                new("DateCreated", Instant(text.Created)), new("DateUpdated", Instant(book.Now)),
                new("DeliveryReceiptSid", carried.Receipt), new("MessageSid", carried.Message), new("ParticipantSid", carried.Participant),
                new("Status", status),
                new("ErrorCode", text.ErrorCode == 0 ? null : text.ErrorCode.ToString(CultureInfo.InvariantCulture)),
            ],
            change.Seq);
    }

    /// <summary>Tells the app of a message, when it has been kept.</summary>
    public void TellAdded(ConversationKey key, Document message, string source, long cause)
    {
        hooks.Tell(key, "onMessageAdded", OfMessage(key, message, source, Instant(book.Now)), cause);
    }

    /// <summary>Tells one webhook of a message that was said before it came.</summary>
    public void TellAgain(ConversationKey key, Document webhook, Document message, long cause) =>
        hooks.TellOne(key, webhook, "onMessageAdded", OfMessage(key, message, "API", message["date_created"] ?? Instant(book.Now)), cause);

    private List<KeyValuePair<string, string?>> OfMessage(ConversationKey key, Document message, string source, string created) =>
    [
        new("Attributes", message["attributes"]), new("Author", message["author"]), new("Body", message["body"]),
        new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid),
        new("DateCreated", created), new("Index", message["index"]), new("Media", ConversationFiles.Told(message["media"])),
        new("MessageSid", message.Key), new("MessagingServiceSid", book.Find(key)?["messaging_service_sid"]),
        new("ParticipantSid", message["participant_sid"]),
        new("Source", source),
    ];

    /// <summary><c>{"total":2,"sent":"all","delivered":"some",...}</c> over the phones it goes to.</summary>
    private void Sum(ConversationKey key, string message, int? total, long cause)
    {
        if (book.Messages(key).Find(message) is not { } said) return;
        using var before = JsonText.Parse(said["delivery"] ?? "{}");
        var count = total ?? (before.RootElement.TryGetProperty("total", out var told) ? told.GetInt32() : 0);
        var statuses = book.Receipts(key, message).OldestFirst().Select(r => r["status"]).ToList();
        string Share(params string[] words) =>
            statuses.Count(words.Contains) switch { 0 => "none", var some when some >= count => "all", _ => "some" };
        var delivery = new JsonObject
        {
            ["total"] = count,
            ["sent"] = Share("sent", "delivered", "undelivered", "read"),
            ["delivered"] = Share("delivered", "read"),
            ["read"] = Share("read"),
            ["failed"] = Share("failed"),
            ["undelivered"] = Share("undelivered"),
        };
        book.Messages(key).Change(said, cause, ("delivery", delivery.ToJsonString()));
    }
}
