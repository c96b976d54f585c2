namespace TwilioEmu.Messaging.Sending;

/// <summary>Segments per second by kind of sender, unless a number is configured otherwise.</summary>
/// <remarks>help.twilio.com, Understanding Twilio Rate Limits and Message Queues: long code 1, toll-free 3, short code 100, alphanumeric 10.</remarks>
internal static class SenderRates
{
    public const double LongCode = 1;
    public const double TollFree = 3;
    public const double ShortCode = 100;
    public const double Alphanumeric = 10;
}
