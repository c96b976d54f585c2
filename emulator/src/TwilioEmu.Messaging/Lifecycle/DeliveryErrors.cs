using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>Codes a message can end with after it was accepted, and what they mean.</summary>
/// <remarks>The titles are those of the one table, <see cref="ErrorCodes"/>.</remarks>
internal static class DeliveryErrors
{
    public const int ValidityExpired = 30036;
    public const int AccountSuspended = 30002;
    public const int Loop = 14107;
    public const int QueueOverflow = 30001;
    public const int OptedOut = 30630;
    public const int NetworkBlock = 30004;
    public const int NoMediaThere = 30011;
    public const int NoLinkDomain = 30106;
    public const int NoService = 21702;
    public const int NoSender = 21703;
    public const int EmptyPool = 21704;
    public const int NotShown = 63006;
    public const int Unsupported = 63030;
    public const int NoTemplate = 21655;
    public const int TooLong = 21617;
    public const int Landline = 30006;

    /// <summary>The title of a code; a code of the user's own choosing has a plain one.</summary>
    public static string Message(int code) => ErrorCodes.Find(code)?.Title ?? "Message delivery failed";
}
