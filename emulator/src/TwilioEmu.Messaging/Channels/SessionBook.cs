using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Messaging.Channels;

/// <summary>Who may be written to on a channel, and how freely.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class SessionBook(World world)
{
    /// <summary>True for 24 hours after a person wrote.</summary>
    public bool IsOpen(AccountSid account, string sender, string person) =>
        Find(account, sender, person) is { LastWrote: { } wrote } && world.Clock.GetUtcNow() - wrote < ChannelSession.Window;

    /// <summary>True for three days after a person joined the account's sandbox.</summary>
    public bool HasJoined(AccountSid account, string sender, string person) =>
        Find(account, sender, person) is { Joined: { } joined } && world.Clock.GetUtcNow() - joined < ChannelSession.Membership;

    /// <summary>True once a message between the two showed the person's number.</summary>
    public bool HasNumber(AccountSid account, string sender, string person) => Find(account, sender, person) is { HasNumber: true };

    /// <summary>A person wrote.</summary>
    /// <param name="account">Whose sender.</param>
    /// <param name="sender">The app's address.</param>
    /// <param name="person">The person's, with their number.</param>
    /// <param name="showsNumber">True where the app is shown that.</param>
    /// <param name="cause">Seq of the message's entry.</param>
    /// <returns>Seq of the entry.</returns>
    public long Touch(AccountSid account, string sender, string person, bool showsNumber, long cause)
    {
        var before = Find(account, sender, person);
        return world.Store.Put(
            ChannelSession.Table, account,
            new ChannelSession(sender, person, world.Clock.GetUtcNow(), before?.Joined, showsNumber || before is { HasNumber: true }),
            ChannelEntries.Opened, cause).Seq;
    }

    /// <summary>The app has written to a person by their number.</summary>
    /// <returns>Seq of the entry.</returns>
    public long Learn(AccountSid account, string sender, string person, long cause)
    {
        var before = Find(account, sender, person);
        return world.Store.Put(
            ChannelSession.Table, account, new ChannelSession(sender, person, before?.LastWrote, before?.Joined, HasNumber: true),
            ChannelEntries.NumberKnown, cause).Seq;
    }

    /// <summary>A person joins the sandbox; that opens the session as well.</summary>
    public long Join(AccountSid account, string sender, string person, long cause)
    {
        var now = world.Clock.GetUtcNow();
        var isKnown = HasNumber(account, sender, person);
        return world.Store.Put(
            ChannelSession.Table, account, new ChannelSession(sender, person, now, now, isKnown), ChannelEntries.Joined, cause).Seq;
    }

    /// <summary>A person leaves the sandbox.</summary>
    public long Leave(AccountSid account, string sender, string person, long cause) => world.Store.Put(
        ChannelSession.Table, account, new ChannelSession(sender, person, null, null, HasNumber(account, sender, person)),
        ChannelEntries.Left, cause).Seq;

    private ChannelSession? Find(AccountSid account, string sender, string person) =>
        world.Store.Table(ChannelSession.Table, account).Find(ChannelSession.KeyOf(sender, person));
}
