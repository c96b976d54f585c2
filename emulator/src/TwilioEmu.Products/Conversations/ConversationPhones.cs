using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>What phones text into conversations; what is said there goes out by <see cref="ConversationTexts"/>.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/group-texting, /inbound-autocreation. A phone's text to a number it shares with a
/// conversation is said there, and the number's own webhook is asked as well (as measured live); one to an address that opens
/// conversations opens one, and no other webhook is asked.
/// </remarks>
internal sealed class ConversationPhones(
    ConversationBook book, ConversationTimers timers, ConversationNumbers numbers, ConversationHooks hooks, ConversationTexts texts,
    Func<AccountSid, string> defaultServiceOf) : ITextInterest
{
    private readonly TextsUnderway _underway = new(book.World, "conversation_inbound/");

    /// <inheritdoc/>
    public bool Takes(Message inbound, long cause)
    {
        timers.Ripen();
        if (book.FindPhone(inbound.Account, inbound.From, inbound.To) is var (key, participant))
        {
            Receive(key, participant, inbound, _underway.Begin(inbound, cause), cause);
            return false;
        }
        if (OpensAt(inbound.Account, inbound.To) is not { } address) return false;
        Open(address, inbound, _underway.Begin(inbound, cause), cause);
        return true;
    }

    /// <inheritdoc/>
    public bool Shares(Message inbound) => book.FindPhone(inbound.Account, inbound.From, inbound.To) is not null;

    /// <summary>Takes up what the app was asked about when an earlier process ended.</summary>
    public void Resume()
    {
        foreach (var (name, inbound, cause, _) in _underway.Resume(static _ => true, static (_, _) => { }))
        {
            if (book.FindPhone(inbound.Account, inbound.From, inbound.To) is var (key, participant))
            {
                Receive(key, participant, inbound, name, cause);
            }
            else if (OpensAt(inbound.Account, inbound.To) is { } address)
            {
                Open(address, inbound, name, cause);
            }
            else
            {
                _underway.End(name);
            }
        }
    }

    // What a lambda holds is made where its method begins: these are asked for few of the texts that come in.
    private void Receive(ConversationKey key, Document participant, Message inbound, string underway, long cause) =>
        book.World.Loop.Start(() => ReceiveAsync(key, participant, inbound, underway, cause));

    private void Open(Document address, Message inbound, string underway, long cause) =>
        book.World.Loop.Start(() => OpenAsync(address, inbound, underway, cause));

    private async Task ReceiveAsync(ConversationKey key, Document participant, Message inbound, string underway, long cause)
    {
        var files = texts.Files.Bring(key.Service, inbound, cause);
        var word = await hooks.AskAsync(
            key.Account, key.Service, key.Sid, "onMessageAdd",
            [
                new("Attributes", "{}"), new("Author", inbound.From), new("Body", inbound.Body), new("ConversationSid", key.Sid),
                new("Media", ConversationFiles.Told(files)), new("ParticipantSid", participant.Key), new("Source", SourceOf(inbound)),
            ],
            cause);
        _underway.End(underway);
        if (word.IsRefused)
        {
            book.World.Journal.Write(
                key.Account, PhoneEntries.Refused, key.Sid, word.Entry, ("event", "onMessageAdd"), ("author", inbound.From),
                ("body", inbound.Body));
            foreach (var file in files) texts.Files.Remove(file, word.Entry);
            return;
        }
        // Closed or deleted while the app thought about it.
        if (book.Find(key) is not { } conversation || conversation["state"] == "closed") return;
        var said = Say(
            key, word.Changes.GetValueOrDefault("author") ?? inbound.From, word.Changes.GetValueOrDefault("body") ?? inbound.Body,
            word.Changes.GetValueOrDefault("attributes"), participant.Key, files, word.Entry);
        timers.Touch(key, word.Entry, "EVENT");
        texts.Carry(key, said, null, word.Entry, inbound.Extras.Media);
        texts.TellAdded(key, said, SourceOf(inbound), word.Entry);
    }

    /// <summary>
    /// 1. The app may refuse or name it; 2. the conversation with its one phone,
    /// and its webhook; 3. what was texted; 4. the app is told, in this order.
    /// </summary>
    private async Task OpenAsync(Document address, Message inbound, string underway, long cause)
    {
        using var creation = JsonText.Parse(address["auto_creation"] ?? "{}");
        var account = inbound.Account;
        var service = JsonText.Member(creation.RootElement, "conversation_service_sid") is { Length: > 0 } named
            ? named
            : defaultServiceOf(account);
        List<KeyValuePair<string, string?>> binding =
        [
            new("MessagingBinding.Address", inbound.From), new("MessagingBinding.ProxyAddress", inbound.To),
        ];
        // 1.
        var files = texts.Files.Bring(service, inbound, cause);
        var word = await hooks.AskAsync(
            account, service, inbound.Sid, "onConversationAdd",
            [
                new("Attributes", "{}"), new("ChatServiceSid", service), .. binding, new("MessageBody", inbound.Body),
                new("Media", ConversationFiles.Told(files)), new("State", "active"), new("Source", SourceOf(inbound)),
            ],
            cause);
        if (word.IsRefused)
        {
            _underway.End(underway);
            book.World.Journal.Write(
                account, PhoneEntries.Refused, inbound.Sid, word.Entry, ("event", "onConversationAdd"), ("author", inbound.From),
                ("body", inbound.Body));
            foreach (var file in files) texts.Files.Remove(file, word.Entry);
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
        book.Conversations(account, service).Create(
            key.Sid,
            new JsonObject
            {
                ["friendly_name"] = word.Changes.GetValueOrDefault("friendly_name"),
                ["timers"] = new JsonObject(),
                ["bindings"] = new JsonObject(),
            });
        var participant = book.World.Sids.New("MB");
        book.Participants(key).Create(participant, new JsonObject
        {
            ["messaging_binding"] = new JsonObject
            {
                ["type"] = SourceOf(inbound).ToLowerInvariant(),
                ["address"] = inbound.From,
                ["proxy_address"] = inbound.To,
            },
        });
        book.Bind(inbound.From, inbound.To, key, participant, word.Entry);
        var opened = book.World.Journal.Write(
            account, PhoneEntries.Opened, key.Sid, word.Entry, ("chat_service_sid", service), ("address", inbound.From),
            ("proxy_address", inbound.To), ("participant_sid", participant));
        AttachWebhook(key, creation.RootElement);
        // 3.
        var said = Say(key, inbound.From, inbound.Body, null, participant, files, opened.Seq);
        timers.Begin(key, timers.DefaultsOf(key));
        // 4.
        var conversation = book.Find(key)!;
        hooks.Tell(
            key, "onConversationAdded",
            [
                new("Attributes", "{}"), new("ChatServiceSid", service), new("ConversationSid", key.Sid),
                new("DateCreated", ConversationTexts.Instant(book.Now)), new("DateUpdated", ConversationTexts.Instant(book.Now)),
                new("FriendlyName", conversation["friendly_name"]), .. binding, new("State", "active"), new("Source", SourceOf(inbound)),
            ],
            opened.Seq);
        hooks.Tell(
            key, "onParticipantAdded",
            [
                new("Attributes", "{}"), new("ConversationSid", key.Sid), new("DateCreated", ConversationTexts.Instant(book.Now)),
                .. binding,
                new("MessagingBinding.Type", SourceOf(inbound)), new("ParticipantSid", participant), new("Source", SourceOf(inbound)),
            ],
            opened.Seq);
        texts.TellAdded(key, said, SourceOf(inbound), opened.Seq);
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
                ["filters"] = creation.TryGetProperty("webhook_filters", out var filters)
                    ? JsonNode.Parse(filters.GetRawText())
                    : new JsonArray(),
            },
        });
    }

    private Document Say(
        ConversationKey key, string author, string body, string? attributes, string participant, IReadOnlyList<ConversationFile> files,
        long cause)
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
        if (ConversationFiles.Shown(files) is { } media) message["media"] = media;
        var said = book.Messages(key).Create(sid, message);
        book.World.Journal.Write(
            key.Account, PhoneEntries.Said, key.Sid, cause, ("message_sid", sid), ("index", said["index"]), ("author", author),
            ("body", body));
        foreach (var file in files) texts.Files.Join(file, key, sid, cause);
        return said;
    }

    private Document? OpensAt(AccountSid account, string to)
    {
        if (book.Addresses(account) is not { Count: > 0 } addresses) return null;
        foreach (var address in addresses.OldestFirst())
        {
            if (address["address"] != to || !ConversationNews.TypeOf(to).Equals(address["type"], StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }
            using var creation = JsonText.Parse(address["auto_creation"] ?? "{}");
            if (string.Equals(JsonText.Member(creation.RootElement, "enabled"), "true", StringComparison.OrdinalIgnoreCase)) return address;
        }
        return null;
    }

    private static string SourceOf(Message inbound) => ConversationNews.TypeOf(inbound.From);
}
