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

    /// <summary>A person wrote.</summary>
    /// <returns>Seq of the entry.</returns>
    public long Touch(AccountSid account, string sender, string person, long cause) => world.Store.Put(
        ChannelSession.Table, account, new ChannelSession(sender, person, world.Clock.GetUtcNow(), Find(account, sender, person)?.Joined),
        ChannelEntries.Opened, cause).Seq;

    /// <summary>A person joins the sandbox; that opens the session as well.</summary>
    public long Join(AccountSid account, string sender, string person, long cause)
    {
        var now = world.Clock.GetUtcNow();
        return world.Store.Put(
            ChannelSession.Table, account, new ChannelSession(sender, person, now, now), ChannelEntries.Joined, cause).Seq;
    }

    /// <summary>A person leaves the sandbox.</summary>
    public long Leave(AccountSid account, string sender, string person, long cause) =>
        world.Store.Put(ChannelSession.Table, account, new ChannelSession(sender, person, null, null), ChannelEntries.Left, cause).Seq;

    private ChannelSession? Find(AccountSid account, string sender, string person) =>
        world.Store.Table(ChannelSession.Table, account).Find(ChannelSession.KeyOf(sender, person));
}
