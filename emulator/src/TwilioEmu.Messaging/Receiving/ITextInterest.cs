using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>A product that takes part in what comes to numbers: a conversation, a masked session (observer, filter).</summary>
/// <remarks>Loop-confined. Asked of every text that came in, which stands in the account's list whatever the answer is.</remarks>
public interface ITextInterest
{
    /// <summary>A text came in.</summary>
    /// <param name="inbound">As the list has it.</param>
    /// <param name="cause">Seq of its entry.</param>
    /// <returns>True when it is taken, and the number's own webhook is not asked.</returns>
    bool Takes(Message inbound, long cause);

    /// <summary>
    /// True where a text that was not taken reaches an app this way all the same: nobody need ask why the number has no webhook.
    /// </summary>
    bool Shares(Message inbound) => false;
}
