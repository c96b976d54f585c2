using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Channels;

/// <summary>By what an account knows the people of WhatsApp: by their number, or by an id where a user name hides it.</summary>
/// <remarks>
/// twilio.com/docs/whatsapp/key-concepts (WhatsApp usernames): where a number is present, From and To have that alone; where none is, From,
/// To and ExternalUserId have the id. Meta's contact book keeps the number of everybody with whom the business has exchanged a message, and
/// all requests tell it from then on, whatever the user name: that it takes a message which showed it is inferred. Loop-confined.
/// </remarks>
internal sealed class ContactBook(ChannelSenderBook senders, SessionBook sessions, Exchange exchange)
{
    /// <summary>A text's From as the account is told it.</summary>
    public string FromOf(AccountSid account, TextMessage text) => text.UserName is null || IsKnown(account, text.From)
        ? text.From
        : BusinessScopedId.Of(account, ChannelAddress.Bare(text.From));

    /// <summary>What stands as the To of a message that was addressed by an id of the account's.</summary>
    /// <param name="account">The account.</param>
    /// <param name="person">The address with the number.</param>
    public string ToOf(AccountSid account, string person) =>
        !exchange.MessageLine(ChannelAddress.Bare(person)).HidesNumber || IsKnown(account, person)
            ? person
            : BusinessScopedId.Of(account, ChannelAddress.Bare(person));

    /// <summary>A message has left: who was addressed by a number that is hidden is known by it from now on.</summary>
    public void Learn(Message message, long cause)
    {
        if (ChannelAddress.ChannelOf(message.From) != ChannelAddress.WhatsApp || BusinessScopedId.Is(message.To)) return;
        var person = ChannelAddress.Bare(message.To);
        if (!exchange.MessageLine(person).HidesNumber) return;
        var address = ChannelAddress.On(ChannelAddress.WhatsApp, person);
        if (!sessions.HasNumber(message.Account, message.From, address)) sessions.Learn(message.Account, message.From, address, cause);
    }

    private bool IsKnown(AccountSid account, string person) =>
        senders.Of(account).Any(sender => sessions.HasNumber(account, sender, person));
}
