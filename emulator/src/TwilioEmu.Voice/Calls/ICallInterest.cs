using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Calls;

/// <summary>A product that takes calls to some numbers in the place of their own URLs: a masked session.</summary>
/// <remarks>Loop-confined.</remarks>
public interface ICallInterest
{
    /// <summary>True when calls to the number are its to direct.</summary>
    bool TakesCallsTo(AccountSid account, string number);

    /// <summary>Says what is to be done with a call that rings.</summary>
    /// <param name="account">Whose number it is.</param>
    /// <param name="callSid">The call.</param>
    /// <param name="from">Who calls.</param>
    /// <param name="to">The number.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    Task<CallOrder> DirectAsync(AccountSid account, string callSid, string from, string to, long cause);
}

/// <summary>What is to be done with a call: a document at hand, or one to be asked for.</summary>
/// <param name="Twiml">The document; null for the one at the URL.</param>
/// <param name="Url">Absolute; null where the document is at hand.</param>
/// <param name="Parameters">Sent to the URL beside a call's own.</param>
public sealed record CallOrder(string? Twiml, string? Url, IReadOnlyList<KeyValuePair<string, string>> Parameters);
