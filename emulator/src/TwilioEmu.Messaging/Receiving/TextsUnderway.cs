using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Texts that came in and that the app has not been asked about to the end: a restart takes them up again.</summary>
/// <remarks>
/// Loop-confined. The app may be asked twice about one text, and misses none; what its answer says is done once, where <see cref="End"/>
/// is called in the turn that does it.
/// </remarks>
/// <param name="world">Where they are kept.</param>
/// <param name="prefix">Of the parts' names: whose they are.</param>
public sealed class TextsUnderway(World world, string prefix)
{
    /// <summary>A text is taken up.</summary>
    /// <param name="text">Which.</param>
    /// <param name="cause">Seq of the entry that received it.</param>
    /// <param name="more">Writes what else there is to know of it.</param>
    /// <returns>The name to end it by.</returns>
    public string Begin(Message text, long cause, Action<Members>? more = null)
    {
        var name = world.Parts.NewName(prefix);
        Keep(name, text, cause, more);
        return name;
    }

    /// <summary>Nothing of it is left to be done.</summary>
    public void End(string name) => world.Parts.Drop(name);

    /// <summary>Those that an earlier process had not ended, in the order they came; they are under way again, under their names.</summary>
    /// <param name="read">Reads what else was known.</param>
    /// <param name="write">Writes it.</param>
    public IReadOnlyList<(string Name, Message Text, long Cause, T More)> Resume<T>(Func<Members, T> read, Action<T, Members> write)
    {
        var texts = new List<(string, Message, long, T)>();
        foreach (var (name, part) in world.Parts.TakeAll(prefix))
        {
            var (account, sid, cause) = (part.Account("account", null), part.Text("sid", null), part.Long("cause", null));
            var more = read(part);
            // One that was deleted, or that the store has let go, is nobody's to tell of.
            if (world.Store.Table(Message.Table, account).Find(sid) is not { } text)
            {
                world.Parts.Drop(name);
                continue;
            }
            Keep(name, text, cause, part => write(more, part));
            texts.Add((name, text, cause, more));
        }
        return texts;
    }

    private void Keep(string name, Message text, long cause, Action<Members>? more) => world.Parts.Put(name, part =>
    {
        part.Account("account", text.Account);
        part.Text("sid", text.Sid);
        part.Long("cause", cause);
        more?.Invoke(part);
    });
}
