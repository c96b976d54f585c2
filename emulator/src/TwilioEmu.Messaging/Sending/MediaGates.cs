using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Sending;

/// <summary>How fast media leave a parent account, whichever of its numbers send them.</summary>
/// <remarks>
/// help.twilio.com, Understanding Twilio Rate Limits and Message Queues: 50 a second from long codes, 25 from toll-free
/// numbers; short codes have only their own rate. A message has its sender's turn first, and then waits here; texts of
/// its sender may overtake it (inferred). Numbers whose rate was told keep to that alone. Loop-confined.
/// </remarks>
internal sealed class MediaGates(NumberBook numbers, AccountBook accounts)
{
    public const double LongCodes = 50;
    public const double TollFree = 25;

    /// <summary>Where a message waits besides; null for nowhere.</summary>
    public MediaGate? Of(Message message)
    {
        if (!message.Extras.IsMms || numbers.Find(message.From) is not { MessagesPerSecond: null } number) return null;
        var parent = accounts.Find(message.Account)?.Owner ?? message.Account;
        return number.Kind switch
        {
            NumberKind.TollFree => new MediaGate(parent, "media of toll-free numbers", TollFree),
            NumberKind.LongCode => new MediaGate(parent, "media of long codes", LongCodes),
            _ => null,
        };
    }
}

/// <summary>A rate that numbers share.</summary>
/// <param name="Parent">Of all that share it.</param>
/// <param name="Name">As queues are called.</param>
/// <param name="MessagesPerSecond">The rate.</param>
internal sealed record MediaGate(AccountSid Parent, string Name, double MessagesPerSecond);
