using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations;

/// <summary>Conversations of one world: what hangs together of the stored resources, beyond keeping them.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api. Resources are the generic stored ones; this room lies over them. What is asked
/// without a service is the default service's, so there is one overlay for both.
/// </remarks>
/// <param name="messaging">Texts phones, and tells of what they text.</param>
public sealed class ConversationsProduct(MessagingProduct messaging) : IProduct
{
    private const string Document = "conversations_v1";

    // The same operation without a service has the id without this word.
    private const string Service = "Service";

    private Action? _resume;

    /// <summary>Where files of messages are uploaded and had; null before it is attached.</summary>
    public MediaService? Media { get; private set; }

    /// <inheritdoc/>
    public void Resume() => _resume?.Invoke();

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var (catalog, door) = (floor.Catalog, floor.Door);
        door.Declare(ConversationRules.Codes(Document));
        var book = new ConversationBook(floor.World, floor.Documents);
        var timers = new ConversationTimers(book);
        var services = new DefaultService(book, catalog);
        services.HangOn(door);
        var hooks = new ConversationHooks(floor, book);
        var numbers = new ConversationNumbers(
            floor.World, "conversation_index/", key => book.Find(key) is null ? null : book.Messages(key));
        var files = new ConversationFiles(book, messaging);
        var texts = new ConversationTexts(book, hooks, messaging, files);
        var chat = new ChatMessages(book, floor.Documents, files);
        foreach (var document in ChatMessages.Documents) floor.Lay(chat.Overlays, document);
        Media = new MediaService(floor, book, files, chat, services.Of);
        var phones = new ConversationPhones(book, timers, numbers, hooks, texts, services.Of);
        messaging.Interest(phones);
        _resume = () =>
        {
            timers.Resume();
            numbers.Resume();
            chat.Resume();
            phones.Resume();
        };
        messaging.Changed += texts.Hear;
        var news = new ConversationNews(book, hooks);
        timers.Moved += news.TellMoved;
        floor.World.Journal.Subscribe(new LostAddresses(book).Hear);
        var rules = new ConversationRules(book, messaging);
        bool HasNumber(AccountSid account, string number) => floor.Numbers.Find(number)?.Account == account;
        bool HasSender(AccountSid account, string address) => messaging.ChannelSidOf(account, address) is not null;
        var addresses = new ParticipantAddresses(HasNumber, HasSender);
        var participants = new ConversationParticipantOperations(book, timers, rules, addresses, news);
        var conversations = new ConversationOperations(book, timers, rules, participants, catalog.Find(Document)!, news);
        new ConversationGates(book, hooks).SetAt(door);
        var opening = new AddressRules(
            book, (account, type, address) => type == "sms" ? HasNumber(account, address) : HasSender(account, address), services.Of);
        var webhooks = new ScopedWebhookOperations(floor.World, book, texts, opening);
        floor.Lay(webhooks.Addresses.Concat(ScopedWebhookOperations.Settings), Document);
        foreach (var (id, overlay) in webhooks.Overlays.Concat(conversations.Overlays).Concat(participants.Overlays)
            .Concat(new ConversationMessageOperations(book, timers, numbers, texts, news, messaging).Overlays)
            .Concat(new ConversationUserOperations(book, rules).Overlays))
        {
            // Timers are looked at when somebody asks: what is due by now has happened.
            Answer Laid(RestRequest request, Behaviour stored)
            {
                timers.Ripen();
                return overlay(request, stored);
            }
            door.Over($"{Document}/{id}", Laid);
            // Never reached, as the detour is taken before; it tells how near the operation comes.
            door.Over($"{Document}/{id.Replace(Service, "", StringComparison.Ordinal)}", Laid);
        }
    }
}
