using TwilioEmu.Accounts.Numbers;

namespace TwilioEmu.Messaging.Sending;

/// <summary>How fast senders send, by kind and destination, unless a number is configured otherwise: the one table.</summary>
/// <remarks>
/// help.twilio.com, Understanding Twilio Rate Limits and Message Queues. Text is counted by the segment, a message with media as one. A
/// local number to the United States has the rate of its campaign; one without keeps the long code's 1 of older documents.
/// </remarks>
internal static class SenderRates
{
    public const double LongCode = 1;
    public const double TollFree = 3;
    public const double ShortCode = 100;
    public const double Alphanumeric = 10;

    /// <summary>From any number or name to a country that is neither the United States nor Canada.</summary>
    public const double International = 10;

    public const double TollFreeMedia = 25;
    public const double ShortCodeMedia = 40;

    /// <summary>Messages or segments per second.</summary>
    /// <param name="kind">What sends.</param>
    /// <param name="from">Its address.</param>
    /// <param name="to">E.164.</param>
    /// <param name="hasMedia">True for a message with media.</param>
    public static double Of(NumberKind kind, string from, string to, bool hasMedia) => kind switch
    {
        NumberKind.ShortCode => hasMedia ? ShortCodeMedia : ShortCode,
        _ when IsNorthAmerican(from) && !IsNorthAmerican(to) => International,
        NumberKind.TollFree => hasMedia ? TollFreeMedia : TollFree,
        _ => LongCode,
    };

    // A destination outside of +1; what is sent at home elsewhere has the long code's rate.
    private static bool IsNorthAmerican(string address) => address.StartsWith("+1", StringComparison.Ordinal);
}
