using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Messaging.Sending;

/// <summary>Tells what an account may send from, and how fast.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class SenderBook(NumberBook numbers)
{
    /// <summary>The number as a sender of the account, or null when it is not the account's or takes no texts.</summary>
    public Sender? Find(AccountSid account, string address) =>
        numbers.Find(address) is { } number && number.Account == account && number.IsSmsCapable ? new Sender(address, Rate(number)) : null;

    /// <summary>An alphanumeric sender, which nobody owns.</summary>
    public static Sender Alphanumeric(string name) => new(name, SenderRates.Alphanumeric);

    private static double Rate(PhoneNumber number) => number.MessagesPerSecond ?? number.Kind switch
    {
        NumberKind.ShortCode => SenderRates.ShortCode,
        NumberKind.TollFree => SenderRates.TollFree,
        _ => SenderRates.LongCode,
    };
}

/// <summary>An address to send from.</summary>
/// <param name="SegmentsPerSecond">Its rate.</param>
internal sealed record Sender(string Address, double SegmentsPerSecond);
