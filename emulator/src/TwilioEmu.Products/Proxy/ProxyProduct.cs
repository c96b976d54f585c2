using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Messaging;
using TwilioEmu.Voice;

namespace TwilioEmu.Products.Proxy;

/// <summary>Proxy of one world: sessions in which two people text and call each other under numbers of a pool.</summary>
/// <remarks>Loop-confined. twilio.com/docs/proxy. Resources are the generic stored ones, with rules over them.</remarks>
/// <param name="messaging">Texts phones, and tells of what they text.</param>
/// <param name="voice">Tells of calls, and follows what is directed.</param>
public sealed class ProxyProduct(MessagingProduct messaging, VoiceProduct voice) : IProduct
{
    private const string Document = "proxy_v1";

    private Action? _resume;

    /// <inheritdoc/>
    public void Resume() => _resume?.Invoke();

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var book = new ProxyBook(floor.World, floor.Documents, floor.PublicUrl);
        var choice = new NumberChoice(book);
        var callbacks = new ProxyCallbacks(floor);
        var interactions = new ProxyInteractions(book, callbacks);
        var desk = new ProxyDesk(book, messaging, callbacks, interactions, new OutOfSessionAnswer(book, choice));
        messaging.Interest(desk);
        _resume = desk.Resume;
        messaging.Changed += interactions.Hear;
        voice.Interest(desk);
        floor.World.Journal.Subscribe(interactions.Follow);
        // twilio.com/docs/api/errors/80604, 80623; the public document has it no longer.
        floor.Door.Declare(new(Document)
        {
            Known =
            [
                ("CreateParticipant", "FailOnParticipantConflict"), ("CreateSession", "FailOnParticipantConflict"),
                ("UpdateSession", "FailOnParticipantConflict"),
            ],
        });
        floor.Hooks.On("Proxy", new ProxyHooks(book, desk).AnswerAsync);
        var pool = new PoolRules(book, floor.Numbers, desk);
        floor.Lay([.. pool.Overlays, .. new ProxyRules(book, pool, choice, desk, floor.Catalog).Overlays], Document);
    }
}
