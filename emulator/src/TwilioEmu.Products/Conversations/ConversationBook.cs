using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>One conversation's name in the world.</summary>
internal readonly record struct ConversationKey(AccountSid Account, string Service, string Sid);

/// <summary>Finds what the stored resources keep of conversations, and changes it.</summary>
/// <remarks>Loop-confined. A table is named as the list's path without its version.</remarks>
internal sealed class ConversationBook(World world, StoredDocuments documents)
{
    private const string Services = "conversations/Services";

    public World World => world;

    public DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>The account's services.</summary>
    public Table<Document> ServicesOf(AccountSid account) => Table(Services, account);

    /// <summary>The account's own settings, null before it has made any.</summary>
    public Document? Configuration(AccountSid account) => Table("conversations/Configuration", account).NewestFirst().FirstOrDefault();

    /// <summary>A service's settings, null before anybody has made any.</summary>
    public Document? Configuration(AccountSid account, string service) => Table($"{Services}/{service}/Configuration", account).NewestFirst().FirstOrDefault();

    public Table<Document> Conversations(AccountSid account, string service) => Table(ListOf(service), account);

    public Table<Document> Roles(AccountSid account, string service) => Table($"{Services}/{service}/Roles", account);

    public Table<Document> Users(AccountSid account, string service) => Table($"{Services}/{service}/Users", account);

    public Table<Document> ConversationsOf(AccountSid account, string service, string userSid) => Table($"{Services}/{service}/Users/{userSid}/Conversations", account);

    public Table<Document> Participants(ConversationKey of) => Table($"{ListOf(of.Service)}/{of.Sid}/Participants", of.Account);

    public Table<Document> Messages(ConversationKey of) => Table($"{ListOf(of.Service)}/{of.Sid}/Messages", of.Account);

    public Table<Document> Receipts(ConversationKey of, string message) => Table($"{ListOf(of.Service)}/{of.Sid}/Messages/{message}/Receipts", of.Account);

    public Table<Document> Webhooks(ConversationKey of) => Table($"{ListOf(of.Service)}/{of.Sid}/Webhooks", of.Account);

    public Table<Document> Addresses(AccountSid account) => Table("conversations/Configuration/Addresses", account);

    /// <summary>The account's own webhooks, null before it has set any.</summary>
    public Document? WebhookSetting(AccountSid account) => Table("conversations/Configuration/Webhooks", account).NewestFirst().FirstOrDefault();

    /// <summary>A service's webhooks, null before it has set any.</summary>
    public Document? WebhookSetting(AccountSid account, string service) => Table($"{Services}/{service}/Configuration/Webhooks", account).NewestFirst().FirstOrDefault();

    /// <summary>Remembers where a phone and a number were put together.</summary>
    public void Bind(string address, string proxy, ConversationKey key, string participant, long cause) =>
        world.Store.Put(PhoneBinding.Table, key.Account, new PhoneBinding(address, proxy, key, participant), PhoneEntries.Bound, cause);

    /// <summary>The conversation that has the pair of addresses: one that is there, is not closed, and still has the participant.</summary>
    public PhoneBinding? Holder(AccountSid account, string address, string proxy) =>
        world.Store.Table(PhoneBinding.Table, account).Find(PhoneBinding.KeyOf(address, proxy)) is { } bound
        && Find(bound.Conversation) is { } conversation && conversation["state"] != "closed" && Participants(bound.Conversation).Contains(bound.Participant)
            ? bound
            : null;

    /// <summary>Where a text from a phone to a number is said: by the pair, or else in the group that is texted from that number.</summary>
    public (ConversationKey Key, Document Participant)? FindPhone(AccountSid account, string phone, string number)
    {
        if (Holder(account, phone, number) is { } bound) return (bound.Conversation, Participants(bound.Conversation).Find(bound.Participant)!);
        if (Holder(account, phone, "") is not { } grouped) return null;
        return Participants(grouped.Conversation).OldestFirst().Any(p => Binding(p, "projected_address") == number)
            ? (grouped.Conversation, Participants(grouped.Conversation).Find(grouped.Participant)!)
            : null;
    }

    /// <summary>A member of a participant's messaging binding, or null.</summary>
    public static string? Binding(Document participant, string member)
    {
        if (participant["messaging_binding"] is not { Length: > 0 } text) return null;
        using var json = JsonText.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(member, out var value) ? value.GetString() : null;
    }

    public Document? Find(ConversationKey key) => Conversations(key.Account, key.Service).Find(key.Sid);

    /// <summary>The conversation that a path names by SID or unique name, or null.</summary>
    public (ConversationKey Key, Document Conversation)? Find(RestRequest request, string pathName)
    {
        var service = request.PathValues["ChatServiceSid"];
        var called = request.PathValues[pathName];
        var table = Conversations(request.Account, service);
        return (table.Find(called) ?? table.FindByAlias(called)) is { } document ? (new ConversationKey(request.Account, service, document.Key), document) : null;
    }

    /// <summary>A document by its key or other name.</summary>
    public static Document? Find(Table<Document> table, string called) => table.Find(called) ?? table.FindByAlias(called);

    /// <summary>What a create has just made.</summary>
    public static Document Newest(Table<Document> table) => table.NewestFirst().First();

    /// <summary>Replaces a conversation's properties; null takes one away.</summary>
    public Document Change(ConversationKey key, Document conversation, long cause, params ReadOnlySpan<(string Name, string? Value)> values) =>
        documents.Change(key.Account, ListOf(key.Service), conversation, KindOf("FetchServiceConversation"), cause, values);

    /// <summary>Replaces a participant's properties; null takes one away.</summary>
    public Document ChangeParticipant(ConversationKey of, Document participant, long cause, params ReadOnlySpan<(string Name, string? Value)> values) =>
        documents.Change(of.Account, $"{ListOf(of.Service)}/{of.Sid}/Participants", participant, KindOf("FetchServiceConversationParticipant"), cause, values);

    /// <summary>Replaces a user's properties.</summary>
    public Document ChangeUser(ConversationKey of, Document user, long cause, params ReadOnlySpan<(string Name, string? Value)> values) =>
        documents.Change(of.Account, $"{Services}/{of.Service}/Users", user, KindOf("FetchServiceUser"), cause, values);

    /// <summary>The role of who is given none: the one the service's configuration names, else its first <c>service user</c> or <c>conversation user</c>.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="service">Which.</param>
    /// <param name="type"><c>service</c> or <c>conversation</c>.</param>
    public string? UsualRole(AccountSid account, string service, string type) =>
        Configuration(account, service)?[type == "service" ? "default_chat_service_role_sid" : "default_conversation_role_sid"] is { Length: > 0 } named
            ? named
            : Roles(account, service).OldestFirst().FirstOrDefault(r => r["type"] == type && r["friendly_name"] == $"{type} user")?.Key;

    /// <summary>Replaces a message's properties.</summary>
    public Document ChangeMessage(ConversationKey of, Document message, long cause, params ReadOnlySpan<(string Name, string? Value)> values) =>
        documents.Change(of.Account, $"{ListOf(of.Service)}/{of.Sid}/Messages", message, KindOf("FetchServiceConversationMessage"), cause, values);

    /// <summary>Replaces a receipt's properties.</summary>
    public Document ChangeReceipt(ConversationKey of, string message, Document receipt, long cause, params ReadOnlySpan<(string Name, string? Value)> values) =>
        documents.Change(of.Account, $"{ListOf(of.Service)}/{of.Sid}/Messages/{message}/Receipts", receipt, KindOf("FetchServiceConversationMessageReceipt"), cause, values);

    /// <summary>Takes a participant out of its conversation.</summary>
    public void RemoveParticipant(ConversationKey of, string sid, long cause) =>
        world.Store.Remove(Document.TableOf($"{ListOf(of.Service)}/{of.Sid}/Participants"), of.Account, sid, KindOf("FetchServiceConversationParticipant", "deleted"), cause);

    /// <summary>Takes a conversation away from the user of that identity.</summary>
    public void RemoveFromUser(ConversationKey of, string? identity, long cause)
    {
        if (string.IsNullOrEmpty(identity) || Users(of.Account, of.Service).FindByAlias(identity) is not { } user) return;
        if (ConversationsOf(of.Account, of.Service, user.Key).Find(of.Sid) is null) return;
        world.Store.Remove(Document.TableOf($"{Services}/{of.Service}/Users/{user.Key}/Conversations"), of.Account, of.Sid, KindOf("FetchServiceUserConversation", "deleted"), cause);
    }

    private EntryKind KindOf(string operation, string what = "updated") => documents.KindOf("conversations_v1", operation, what);

    private static string ListOf(string service) => $"{Services}/{service}/Conversations";

    private Table<Document> Table(string name, AccountSid account) => world.Store.Table(Document.TableOf(name), account);
}
