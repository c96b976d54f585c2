using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Channels;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Whose a message on a channel is, and what it opens.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class InboundChannels(ChannelSenderBook senders, SessionBook sessions, SandboxDesk sandboxes)
{
    /// <summary>The sender it is for; null for what a sandbox kept to itself.</summary>
    public ChannelSender? Take(TextMessage text) => senders.At(text.To) is { Count: > 0 } there ? sandboxes.Take(text, there) : null;

    /// <summary>A person wrote: the app may write freely for a while.</summary>
    public void Touch(ChannelSender sender, TextMessage text, long cause)
    {
        if (sender.Channel is ChannelAddress.WhatsApp or ChannelAddress.Messenger)
        {
            sessions.Touch(sender.Account, sender.Address, text.From, showsNumber: text.UserName is null, cause);
        }
    }
}
