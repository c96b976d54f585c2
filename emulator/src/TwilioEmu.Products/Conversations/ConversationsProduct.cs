using TwilioEmu.Kernel;
using TwilioEmu.Rest;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations;

/// <summary>Conversations of one world: what hangs together of the stored resources, beyond keeping them.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api. Resources are the generic stored ones; this room lies over them. What is asked
/// without a service is the default service's, so there is one overlay for both. No message leaves a conversation: the journal says so.
/// </remarks>
public sealed class ConversationsProduct
{
    private const string Document = "conversations_v1";

    // The same operation without a service has the id without this word.
    private const string Service = "Service";

    private readonly ConversationBook _book;
    private readonly ConversationTimers _timers;
    private readonly DefaultService _default;
    private readonly ApiCatalog _catalog;

    public ConversationsProduct(World world, ApiCatalog catalog)
    {
        _catalog = catalog;
        _book = new ConversationBook(world);
        _timers = new ConversationTimers(_book);
        _default = new DefaultService(_book, catalog);
    }

    /// <summary>Lays it over the door's stored resources.</summary>
    public void HangOn(FrontDoor door)
    {
        _default.HangOn(door);
        var participants = new ConversationParticipantOperations(_book, _timers);
        var conversations = new ConversationOperations(_book, _timers, participants, _catalog.Find(Document)!);
        foreach (var (id, overlay) in conversations.Overlays.Concat(participants.Overlays).Concat(new ConversationMessageOperations(_book, _timers).Overlays).Concat(new ConversationUserOperations(_book).Overlays))
        {
            // Timers are looked at when somebody asks: what is due by now has happened.
            Answer Laid(RestRequest request, Behaviour stored)
            {
                _timers.Ripen();
                return overlay(request, stored);
            }
            door.Over($"{Document}/{id}", Laid);
            // Never reached, as the detour is taken before; it tells how near the operation comes.
            door.Over($"{Document}/{id.Replace(Service, "", StringComparison.Ordinal)}", Laid);
        }
    }
}
