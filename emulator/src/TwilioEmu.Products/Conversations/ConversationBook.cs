using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>One conversation's name in the world.</summary>
internal readonly record struct ConversationKey(AccountSid Account, string Service, string Sid)
{
    /// <summary>Along its members, to write them or to read them back.</summary>
    public static ConversationKey Walk(ConversationKey? k, Members m) =>
        new(m.Account("account_sid", k?.Account), m.Text("chat_service_sid", k?.Service), m.Text("conversation_sid", k?.Sid));
}

/// <summary>Finds what the stored resources keep of conversations, and changes it.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class ConversationBook(World world, StoredDocuments stored)
{
    private const string Api = "conversations_v1";
    private const string Service = "/v1/Services/{ChatServiceSid}";
    private const string Conversation = Service + "/Conversations/{ConversationSid}";

    private readonly StoredCollection _services = stored.Of(Api, "/v1/Services");
    private readonly StoredCollection _configuration = stored.Of(Api, "/v1/Configuration");
    private readonly StoredCollection _serviceConfiguration = stored.Of(Api, Service + "/Configuration");
    private readonly StoredCollection _webhookSetting = stored.Of(Api, "/v1/Configuration/Webhooks");
    private readonly StoredCollection _serviceWebhookSetting = stored.Of(Api, Service + "/Configuration/Webhooks");
    private readonly StoredCollection _addresses = stored.Of(Api, "/v1/Configuration/Addresses");
    private readonly StoredCollection _roles = stored.Of(Api, Service + "/Roles");
    private readonly StoredCollection _users = stored.Of(Api, Service + "/Users");
    private readonly StoredCollection _ofUser = stored.Of(Api, Service + "/Users/{UserSid}/Conversations");
    private readonly StoredCollection _conversations = stored.Of(Api, Service + "/Conversations");
    private readonly StoredCollection _participants = stored.Of(Api, Conversation + "/Participants");
    private readonly StoredCollection _messages = stored.Of(Api, Conversation + "/Messages");
    private readonly StoredCollection _receipts = stored.Of(Api, Conversation + "/Messages/{MessageSid}/Receipts");
    private readonly StoredCollection _webhooks = stored.Of(Api, Conversation + "/Webhooks");

    public World World => world;

    public DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>The account's services.</summary>
    public StoredList ServicesOf(AccountSid account) => _services.In(account);

    /// <summary>The account's own settings, null before it has made any.</summary>
    public Document? Configuration(AccountSid account) => _configuration.In(account).Only;

    /// <summary>A service's settings, null before anybody has made any.</summary>
    public Document? Configuration(AccountSid account, string service) => _serviceConfiguration.In(account, service).Only;

    public StoredList Conversations(AccountSid account, string service) => _conversations.In(account, service);

    public StoredList Roles(AccountSid account, string service) => _roles.In(account, service);

    public StoredList Users(AccountSid account, string service) => _users.In(account, service);

    public StoredList ConversationsOf(AccountSid account, string service, string userSid) => _ofUser.In(account, service, userSid);

    public StoredList Participants(ConversationKey of) => _participants.In(of.Account, of.Service, of.Sid);

    public StoredList Messages(ConversationKey of) => _messages.In(of.Account, of.Service, of.Sid);

    public StoredList Receipts(ConversationKey of, string message) => _receipts.In(of.Account, of.Service, of.Sid, message);

    public StoredList Webhooks(ConversationKey of) => _webhooks.In(of.Account, of.Service, of.Sid);

    public StoredList Addresses(AccountSid account) => _addresses.In(account);

    /// <summary>The account's own webhooks, null before it has set any.</summary>
    public Document? WebhookSetting(AccountSid account) => _webhookSetting.In(account).Only;

    /// <summary>A service's webhooks, null before it has set any.</summary>
    public Document? WebhookSetting(AccountSid account, string service) => _serviceWebhookSetting.In(account, service).Only;

    /// <summary>Remembers where a phone and a number were put together.</summary>
    public void Bind(string address, string proxy, ConversationKey key, string participant, long cause) =>
        world.Store.Put(PhoneBinding.Table, key.Account, new PhoneBinding(address, proxy, key, participant), PhoneEntries.Bound, cause);

    /// <summary>The conversation that has the pair of addresses: one that is there, is not closed, and still has the participant.</summary>
    public PhoneBinding? Holder(AccountSid account, string address, string proxy) =>
        world.Store.Table(PhoneBinding.Table, account).Find(PhoneBinding.KeyOf(address, proxy)) is { } bound
        && Find(bound.Conversation) is { } conversation && conversation["state"] != "closed"
            && Participants(bound.Conversation).Find(bound.Participant) is { } participant
        && Binding(participant, "address") == address && (Binding(participant, "proxy_address") ?? "") == proxy
            ? bound
            : null;

    /// <summary>Where a text from a phone to a number is said: by the pair, or else in the group that is texted from that number.</summary>
    public (ConversationKey Key, Document Participant)? FindPhone(AccountSid account, string phone, string number)
    {
        // Asked of every text that comes in, most often where nobody has a conversation.
        if (world.Store.Table(PhoneBinding.Table, account).Count == 0) return null;
        if (Holder(account, phone, number) is { } bound)
        {
            return (bound.Conversation, Participants(bound.Conversation).Find(bound.Participant)!);
        }
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
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(member, out var value)
            ? value.GetString()
            : null;
    }

    /// <summary>
    /// The participant who writes under an identity or an address, of a phone's or the group's own; null for anybody else.
    /// </summary>
    public Document? FindAuthor(ConversationKey key, string? author) => string.IsNullOrEmpty(author)
        ? null
        : Participants(key).FindByAlias(author) ?? Participants(key).OldestFirst().FirstOrDefault(p => Binding(p, "address") == author
            || Binding(p, "projected_address") == author);

    /// <summary>True where phones take part that have no number of their own to write to: a group text.</summary>
    public bool IsGroup(ConversationKey key) =>
        Participants(key).OldestFirst().Any(p => Binding(p, "address") is not null && Binding(p, "proxy_address") is null);

    public Document? Find(ConversationKey key) => Conversations(key.Account, key.Service).Find(key.Sid);

    /// <summary>The conversation that a path names by SID or unique name, or null.</summary>
    public (ConversationKey Key, Document Conversation)? Find(RestRequest request, string pathName)
    {
        var service = request.PathValues["ChatServiceSid"];
        var called = request.PathValues[pathName];
        return Conversations(request.Account, service).FindCalled(called) is { } document
            ? (new ConversationKey(request.Account, service, document.Key), document)
            : null;
    }

    /// <summary>
    /// The role of who is given none: the one the service's configuration
    /// names, else its first <c>service user</c> or <c>conversation user</c>.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="service">Which.</param>
    /// <param name="type"><c>service</c> or <c>conversation</c>.</param>
    public string? UsualRole(AccountSid account, string service, string type) =>
        Configuration(account, service)?[
            type == "service" ? "default_chat_service_role_sid" : "default_conversation_role_sid"] is { Length: > 0 } named
            ? named
            : Roles(account, service).OldestFirst().FirstOrDefault(r => r["type"] == type && r["friendly_name"] == $"{type} user")?.Key;

    /// <summary>Files go with the messages that carried them.</summary>
    public void RemoveFiles(AccountSid account, IEnumerable<string> files, long cause)
    {
        foreach (var sid in files) world.Store.Remove(ConversationFile.Table, account, sid, FileEntries.Removed, cause);
    }

    /// <summary>Takes a conversation away from the user of that identity.</summary>
    public void RemoveFromUser(ConversationKey of, string? identity, long cause)
    {
        if (string.IsNullOrEmpty(identity) || Users(of.Account, of.Service).FindByAlias(identity) is not { } user) return;
        ConversationsOf(of.Account, of.Service, user.Key).Delete(of.Sid, cause);
    }
}
