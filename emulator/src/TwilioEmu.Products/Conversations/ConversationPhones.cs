using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Where conversations meet phones: what is said goes out as texts, what is texted comes in.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/group-texting, /inbound-autocreation, /delivery-receipts. A phone's text to a number it shares with a
/// conversation is said there, and the number's own webhook is asked as well (as measured live); one to an address that opens conversations
/// opens one, and no other webhook is asked. Each phone is texted from its own proxy address; its news are receipts, and no status callback.
/// </remarks>
internal sealed class ConversationPhones(
    ConversationBook book, ConversationTimers timers, ConversationNumbers numbers, ConversationHooks hooks, MessagingProduct messaging,
        Func<AccountSid, string> defaultServiceOf) : ITextInterest
{
    private readonly TextsUnderway _underway = new(book.World, "conversation_inbound/");

    /// <inheritdoc/>
    public bool Takes(Message inbound, long cause)
    {
        timers.Ripen();
        if (book.FindPhone(inbound.Account, inbound.From, inbound.To) is var (key, participant))
        {
            var receiving = _underway.Begin(inbound, cause);
            book.World.Loop.Start(() => ReceiveAsync(key, participant, inbound, receiving, cause));
            return false;
        }
        if (OpensAt(inbound.Account, inbound.To) is not { } address) return false;
        var opening = _underway.Begin(inbound, cause);
        book.World.Loop.Start(() => OpenAsync(address, inbound, opening, cause));
        return true;
    }

    /// <summary>Takes up what the app was asked about when an earlier process ended.</summary>
    public void Resume()
    {
        foreach (var (name, inbound, cause, _) in _underway.Resume(static _ => true, static (_, _) => { }))
        {
            if (book.FindPhone(inbound.Account, inbound.From, inbound.To) is var (key, participant)) book.World.Loop.Start(() =>
                ReceiveAsync(key, participant, inbound, name, cause));
            else if (OpensAt(inbound.Account, inbound.To) is { } address) book.World.Loop.Start(() => OpenAsync(address, inbound, name,
                cause));
            else _underway.End(name);
        }
    }

    /// <summary>Texts what was said to every phone of the conversation but its author's.</summary>
    /// <param name="key">Where.</param>
    /// <param name="message">What was said.</param>
    /// <param name="content">The template it is made of, whose words depend on the channel; null for none.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public void Carry(ConversationKey key, Document message, ContentOrder? content, long cause)
    {
        var media = MediaOf(message["media"]);
        var participants = book.Participants(key).OldestFirst().ToList();
        // The group's own number, from which phones without a proxy of their own are texted.
        var projected = participants.Select(p => ConversationBook.Binding(p, "projected_address")).FirstOrDefault(a => a is not null);
        var carried = 0;
        foreach (var participant in participants)
        {
            if (ConversationBook.Binding(participant, "address") is not { } address || participant.Key == message["participant_sid"] || address == message["author"]) continue;
            if ((ConversationBook.Binding(participant, "proxy_address") ?? projected) is not { } from) continue;
            if (messaging.Send(key.Account, from, address, message["body"] ?? "", media, content, cause) is not { } text) continue;
            var receipt = book.World.Sids.New("DY");
            book.World.Store.Put(Carried.Table, key.Account, new Carried(text.Sid, key, message.Key, participant.Key, receipt, "", 0), PhoneEntries.Carried, cause);
            carried++;
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
            book.Receipts(key, carried.Message).Change(receipt, change.Seq, ("status", status), ("error_code", text.ErrorCode.ToString(CultureInfo.InvariantCulture)));
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
                new("ChannelMessageSid", text.Sid), new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid), new("DateCreated", Instant(text.Created)), new("DateUpdated", Instant(book.Now)),
                new("DeliveryReceiptSid", carried.Receipt), new("MessageSid", carried.Message), new("ParticipantSid", carried.Participant), new("Status", status),
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
        new("Attributes", message["attributes"]), new("Author", message["author"]), new("Body", message["body"]), new("ChatServiceSid", key.Service), new("ConversationSid", key.Sid),
        new("DateCreated", created), new("Index", message["index"]), new("Media", message["media"]), new("MessageSid", message.Key),
        new("MessagingServiceSid", book.Find(key)?["messaging_service_sid"]), new("ParticipantSid", message["participant_sid"]), new("Source", source),
    ];

    private async Task ReceiveAsync(ConversationKey key, Document participant, Message inbound, string underway, long cause)
    {
        var media = inbound.Extras.Media.Count == 0 ? null : MediaJson(inbound);
        var word = await hooks.AskAsync(
            key.Account, key.Service, key.Sid, "onMessageAdd",
            [
                new("Attributes", "{}"), new("Author", inbound.From), new("Body", inbound.Body), new("ConversationSid", key.Sid), new("Media", media), new("ParticipantSid", participant.Key), new("Source", SourceOf(inbound)),
            ],
            cause);
        _underway.End(underway);
        if (word.IsRefused)
        {
            book.World.Journal.Write(key.Account, PhoneEntries.Refused, key.Sid, word.Entry, ("event", "onMessageAdd"), ("author", inbound.From), ("body", inbound.Body));
            return;
        }
        // Closed or deleted while the app thought about it.
        if (book.Find(key) is not { } conversation || conversation["state"] == "closed") return;
        var said = Say(key, word.Changes.GetValueOrDefault("author") ?? inbound.From, word.Changes.GetValueOrDefault("body") ?? inbound.Body, word.Changes.GetValueOrDefault("attributes"), participant.Key, media, word.Entry);
        timers.Touch(key, word.Entry, "EVENT");
        Carry(key, said, null, word.Entry);
        TellAdded(key, said, SourceOf(inbound), word.Entry);
    }

    /// <summary>1. The app may refuse or name it; 2. the conversation with its one phone, and its webhook; 3. what was texted; 4. the app is told, in this order.</summary>
    private async Task OpenAsync(Document address, Message inbound, string underway, long cause)
    {
        using var creation = JsonText.Parse(address["auto_creation"] ?? "{}");
        var account = inbound.Account;
        var service = JsonText.Member(creation.RootElement, "conversation_service_sid") is { Length: > 0 } named ? named : defaultServiceOf(account);
        List<KeyValuePair<string, string?>> binding = [new("MessagingBinding.Address", inbound.From), new("MessagingBinding.ProxyAddress", inbound.To)];
        // 1.
        var word = await hooks.AskAsync(
            account, service, inbound.Sid, "onConversationAdd",
            [new("Attributes", "{}"), new("ChatServiceSid", service), .. binding, new("MessageBody", inbound.Body), new("State", "active"), new("Source", SourceOf(inbound))], cause);
        if (word.IsRefused)
        {
            _underway.End(underway);
            book.World.Journal.Write(account, PhoneEntries.Refused, inbound.Sid, word.Entry, ("event", "onConversationAdd"), ("author", inbound.From), ("body", inbound.Body));
            return;
        }
        // Another text of the same phone was faster.
        if (book.FindPhone(account, inbound.From, inbound.To) is var (there, known))
        {
            await ReceiveAsync(there, known, inbound, underway, word.Entry);
            return;
        }
        _underway.End(underway);
        // 2.
        var key = new ConversationKey(account, service, book.World.Sids.New("CH"));
        book.Conversations(account, service).Create(key.Sid, new JsonObject { ["friendly_name"] = word.Changes.GetValueOrDefault("friendly_name"), ["timers"] = new JsonObject(), ["bindings"] = new JsonObject() });
        var participant = book.World.Sids.New("MB");
        book.Participants(key).Create(participant, new JsonObject
        {
            ["messaging_binding"] = new JsonObject { ["type"] = SourceOf(inbound).ToLowerInvariant(), ["address"] = inbound.From, ["proxy_address"] = inbound.To },
        });
        book.Bind(inbound.From, inbound.To, key, participant, word.Entry);
        var opened = book.World.Journal.Write(
            account, PhoneEntries.Opened, key.Sid, word.Entry, ("chat_service_sid", service), ("address", inbound.From), ("proxy_address", inbound.To), ("participant_sid", participant));
        AttachWebhook(key, creation.RootElement);
        // 3.
        var said = Say(key, inbound.From, inbound.Body, null, participant, inbound.Extras.Media.Count == 0 ? null : MediaJson(inbound), opened.Seq);
        timers.Begin(key, timers.DefaultsOf(key));
        // 4.
        var conversation = book.Find(key)!;
        hooks.Tell(
            key, "onConversationAdded",
            [
                new("Attributes", "{}"), new("ChatServiceSid", service), new("ConversationSid", key.Sid), new("DateCreated", Instant(book.Now)), new("DateUpdated", Instant(book.Now)),
                new("FriendlyName", conversation["friendly_name"]), .. binding, new("State", "active"), new("Source", SourceOf(inbound)),
            ],
            opened.Seq);
        hooks.Tell(
            key, "onParticipantAdded",
            [new("Attributes", "{}"), new("ConversationSid", key.Sid), new("DateCreated", Instant(book.Now)), .. binding, new("MessagingBinding.Type", SourceOf(inbound)), new("ParticipantSid", participant), new("Source", SourceOf(inbound))],
            opened.Seq);
        TellAdded(key, said, SourceOf(inbound), opened.Seq);
    }

    private void AttachWebhook(ConversationKey key, JsonElement creation)
    {
        if (JsonText.Member(creation, "type") != "webhook" || JsonText.Member(creation, "webhook_url") is not { Length: > 0 } url) return;
        book.Webhooks(key).Create(book.World.Sids.New("WH"), new JsonObject
        {
            ["target"] = "webhook",
            ["configuration"] = new JsonObject
            {
                ["url"] = url,
                ["method"] = JsonText.Member(creation, "webhook_method") ?? "post",
                ["filters"] = creation.TryGetProperty("webhook_filters", out var filters) ? JsonNode.Parse(filters.GetRawText()) : new JsonArray(),
            },
        });
    }

    private Document Say(ConversationKey key, string author, string body, string? attributes, string participant, string? media, long cause)
    {
        var sid = book.World.Sids.New("IM");
        var message = new JsonObject
        {
            ["index"] = numbers.Next(key),
            ["author"] = author,
            ["body"] = body,
            ["participant_sid"] = participant
        };
        if (attributes is not null) message["attributes"] = attributes;
        if (media is not null) message["media"] = JsonNode.Parse(media);
        var said = book.Messages(key).Create(sid, message);
        book.World.Journal.Write(key.Account, PhoneEntries.Said, key.Sid, cause, ("message_sid", sid), ("index", said["index"]), ("author", author), ("body", body));
        return said;
    }

    /// <summary><c>{"total":2,"sent":"all","delivered":"some",...}</c> over the phones it goes to.</summary>
    private void Sum(ConversationKey key, string message, int? total, long cause)
    {
        if (book.Messages(key).Find(message) is not { } said) return;
        using var before = JsonText.Parse(said["delivery"] ?? "{}");
        var count = total ?? (before.RootElement.TryGetProperty("total", out var told) ? told.GetInt32() : 0);
        var statuses = book.Receipts(key, message).OldestFirst().Select(r => r["status"]).ToList();
        string Share(params string[] words) => statuses.Count(words.Contains) switch { 0 => "none", var some when some >= count => "all", _ => "some" };
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

    private Document? OpensAt(AccountSid account, string to)
    {
        foreach (var address in book.Addresses(account).OldestFirst())
        {
            if (address["address"] != to || !ConversationNews.TypeOf(to).Equals(address["type"], StringComparison.OrdinalIgnoreCase)) continue;
            using var creation = JsonText.Parse(address["auto_creation"] ?? "{}");
            if (string.Equals(JsonText.Member(creation.RootElement, "enabled"), "true", StringComparison.OrdinalIgnoreCase)) return address;
        }
        return null;
    }

    private static string SourceOf(Message inbound) => ConversationNews.TypeOf(inbound.From);

    private static string MediaJson(Message inbound) => new JsonArray([.. inbound.Extras.Media.Select(m => (JsonNode)new JsonObject
    {
        ["sid"] = m.Sid, ["size"] = 0, ["content_type"] = m.ContentType, ["filename"] = m.Url,
    })]).ToJsonString();

    private static List<string> MediaOf(string? media)
    {
        if (string.IsNullOrEmpty(media)) return [];
        using var json = JsonText.Parse(media);
        return json.RootElement.ValueKind != JsonValueKind.Array ? [] : [.. json.RootElement.EnumerateArray().Select(m => JsonText.Member(m, "filename")).Where(f => f is not null && f.Contains("://", StringComparison.Ordinal)).Select(f => f!)];
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
