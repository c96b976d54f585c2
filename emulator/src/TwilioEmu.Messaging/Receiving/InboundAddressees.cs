using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Services;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Whom a text that comes in is for, and where the app is told of it.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class InboundAddressees(NumberBook numbers, ServiceBook services, InboundChannels channels, InboundRoutes routes)
{
    /// <summary>Whom it is for; null for what a sandbox kept to itself.</summary>
    public Addressee? Of(TextMessage text)
    {
        if (ChannelAddress.ChannelOf(text.To) is not null)
        {
            return channels.Take(text) is { } sender
                ? new(sender.Account, services.ServiceOf(sender.Account, sender.Address), null, sender)
                : null;
        }
        var number = numbers.Find(text.To)
            ?? throw new InvalidOperationException($"{text.To} is attached to the exchange but owned by nobody");
        return new(number.Account, services.ServiceOf(number.Account, number.Number), number, null);
    }

    /// <summary>A person wrote: the app may write freely for a while.</summary>
    public void Touch(Addressee addressee, TextMessage text, long cause)
    {
        if (addressee.Sender is { } sender) channels.Touch(sender, text, cause);
    }

    /// <summary>Where the app is told; null, or with an empty URL, for nowhere.</summary>
    public InboundRoute? RouteOf(Addressee addressee) =>
        addressee.Sender is { } sender ? InboundRoutes.Of(sender, addressee.Service) : routes.Of(addressee.Number!, addressee.Service);
}

/// <summary>Whom a text is for: a number, or a channel's sender.</summary>
internal sealed record Addressee(AccountSid Account, MessagingService? Service, PhoneNumber? Number, ChannelSender? Sender)
{
    /// <summary>Why no app is told, and the cure.</summary>
    public string Silence => Sender is null ? InboundRoutes.Silence(Number!, Service) : InboundRoutes.Silence(Sender);
}
