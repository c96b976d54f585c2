using System.Globalization;

namespace TwilioEmu.Products.Conversations;

/// <summary>
/// Numbers the messages of conversations: one is not given twice, even when the last message was deleted, by no later process either.
/// </summary>
/// <remarks>Loop-confined. What messages there are tell is kept by them; of a last one that goes the number is remembered.</remarks>
internal sealed class ConversationNumbers(ConversationBook book)
{
    private const string Prefix = "conversation_index/";

    private readonly Dictionary<ConversationKey, int> _next = [];

    /// <summary>The number of the next message.</summary>
    public int Next(ConversationKey key)
    {
        var next = Upcoming(key);
        _next[key] = next + 1;
        return next;
    }

    /// <summary>The newest message goes.</summary>
    public void Remember(ConversationKey key) => Keep(Prefix + key.Sid, key, Upcoming(key));

    /// <summary>Takes up what an earlier process remembered.</summary>
    public void Resume()
    {
        foreach (var (name, part) in book.World.Parts.TakeAll(Prefix))
        {
            var (key, next) = (ConversationKey.Walk(null, part), part.Number("next", null));
            if (book.Find(key) is null) book.World.Parts.Drop(name);
            else Keep(name, key, next);
        }
    }

    private void Keep(string name, ConversationKey key, int next)
    {
        _next[key] = next;
        book.World.Parts.Put(name, part =>
        {
            ConversationKey.Walk(key, part);
            part.Number("next", next);
        });
    }

    private int Upcoming(ConversationKey key) =>
        Math.Max(_next.GetValueOrDefault(key), IndexOf(book.Messages(key).NewestFirst().FirstOrDefault()?["index"]) + 1);

    private static int IndexOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
        : -1;
}
