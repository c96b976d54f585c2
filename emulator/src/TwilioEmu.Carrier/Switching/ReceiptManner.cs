namespace TwilioEmu.Carrier.Switching;

/// <summary>How receipts of texts reach those who are told of them: carriers promise neither order nor uniqueness.</summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/track-outbound-message-status:
/// apps are to bear with callbacks that come twice, or the last before the first.
/// </remarks>
/// <param name="IsReversed">True tells of the end first, and of what came before it afterwards.</param>
/// <param name="Copies">How often the end is told again.</param>
public readonly record struct ReceiptManner(bool IsReversed = false, int Copies = 0);
