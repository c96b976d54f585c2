using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Sending;

/// <summary>Tells what an account may send from, and how fast.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="numbers">Who owns what.</param>
/// <param name="campaignOf">The campaign that a number sends under, or null.</param>
/// <param name="channels">Who has which WhatsApp and RCS senders.</param>
internal sealed class SenderBook(NumberBook numbers, Func<AccountSid, string, CampaignShare?> campaignOf, ChannelSenderBook channels)
{
    /// <summary>
    /// The number, or the channel's sender, as a sender of the account to a
    /// destination, or null when it is not the account's or takes no texts.
    /// </summary>
    public Sender? Find(AccountSid account, string address, string to, bool hasMedia)
    {
        if (ChannelAddress.ChannelOf(address) is not null)
        {
            return channels.Find(account, address) is { } channel ? new Sender(address, channel.MessagesPerSecond) : null;
        }
        if (numbers.Find(address) is not { IsSmsCapable: true } number || number.Account != account) return null;
        if (number.MessagesPerSecond is { } told) return new Sender(address, told);
        var isToUnitedStates = number.Kind == NumberKind.LongCode && number.Number.StartsWith("+1", StringComparison.Ordinal)
            && to.StartsWith("+1", StringComparison.Ordinal);
        if (isToUnitedStates && campaignOf(account, address) is { } campaign)
        {
            return new Sender(address, campaign.SegmentsPerSecond) { Queue = campaign.Sid };
        }
        return new Sender(address, SenderRates.Of(number.Kind, address, to, hasMedia));
    }

    /// <summary>The sender of a message that was queued, whoever chose it; null when it is gone.</summary>
    public Sender? OfQueued(Message message) =>
        Find(message.Account, message.From, message.To, message.Extras.IsMms)
            ?? (message.From.Any(char.IsAsciiLetter) && ChannelAddress.ChannelOf(message.From) is null ? Alphanumeric(message.From) : null);

    /// <summary>An alphanumeric sender, which nobody owns.</summary>
    public static Sender Alphanumeric(string name) => new(name, SenderRates.Alphanumeric);
}

/// <summary>An address to send from.</summary>
/// <param name="Address">E.164, short code, name, or a channel's address.</param>
/// <param name="SegmentsPerSecond">Its rate.</param>
public sealed record Sender(string Address, double SegmentsPerSecond)
{
    /// <summary>Which queue its messages wait in: its own, or that of the campaign it shares a rate with.</summary>
    public string Queue { get; init; } = Address;
}

/// <summary>A campaign's rate, shared by its numbers (help.twilio.com: A2P 10DLC throughput is by campaign).</summary>
/// <param name="Sid">QE: the campaign.</param>
internal sealed record CampaignShare(string Sid, double SegmentsPerSecond);
