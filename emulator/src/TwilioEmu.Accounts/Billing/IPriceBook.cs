namespace TwilioEmu.Accounts.Billing;

/// <summary>What things cost, in positive US dollars; handed to the rooms that put prices on their resources.</summary>
/// <remarks>Loop-confined. Addresses are E.164, short codes, alphanumeric senders, or <c>sip:</c> and <c>client:</c>.</remarks>
public interface IPriceBook
{
    /// <summary>A message, whole.</summary>
    decimal OfMessage(string from, string to, bool isInbound, int segmentCount, bool isMms);

    /// <summary>One started minute of a call leg.</summary>
    decimal OfCallMinute(string from, string to, bool isInbound);
}
