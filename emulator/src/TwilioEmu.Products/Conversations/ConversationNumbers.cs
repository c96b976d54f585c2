using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>
/// Numbers the messages of conversations, or of channels: one is not given twice, even when the last message was deleted, by no later
/// process either.
/// </summary>
/// <remarks>Loop-confined. What messages there are tell is kept by them; of a last one that goes the number is remembered.</remarks>
/// <param name="world">Keeps what is remembered.</param>
/// <param name="prefix">How what is remembered is called.</param>
/// <param name="messagesOf">What there is in a conversation; null where that is gone.</param>
internal sealed class ConversationNumbers(World world, string prefix, Func<ConversationKey, StoredList?> messagesOf)
{
    private readonly Dictionary<ConversationKey, int> _next = [];

    /// <summary>The number of the next message.</summary>
    public int Next(ConversationKey key)
    {
        var next = Upcoming(key);
        _next[key] = next + 1;
        return next;
    }

    /// <summary>The newest message goes.</summary>
    public void Remember(ConversationKey key) => Keep(prefix + key.Sid, key, Upcoming(key));

    /// <summary>Takes up what an earlier process remembered.</summary>
    public void Resume()
    {
        foreach (var (name, part) in world.Parts.TakeAll(prefix))
        {
            var (key, next) = (ConversationKey.Walk(null, part), part.Number("next", null));
            if (messagesOf(key) is null) world.Parts.Drop(name);
            else Keep(name, key, next);
        }
    }

    private void Keep(string name, ConversationKey key, int next)
    {
        _next[key] = next;
        world.Parts.Put(name, part =>
        {
            ConversationKey.Walk(key, part);
            part.Number("next", next);
        });
    }

    private int Upcoming(ConversationKey key) =>
        Math.Max(_next.GetValueOrDefault(key), IndexOf(messagesOf(key)?.NewestFirst().FirstOrDefault()?["index"]) + 1);

    private static int IndexOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
        : -1;
}
