namespace TwilioEmu.Rest.Errors;

/// <summary>A person's number as Twilio shows it where others may read along: its last four digits are hidden (redaction).</summary>
/// <remarks>
/// Observed in refusals of messages and calls, for a number as it was sent: <c>Invalid 'To' Phone Number: 010203XXXX</c> (21211),
/// <c>The number +49175123XXXX is unverified</c> (21608), 21408, 21612. The sender of the account's own is shown whole. Pure.
/// </remarks>
public static class NumberMask
{
    private const string Hidden = "XXXX";

    public static string Of(string number) =>
        number.Length <= Hidden.Length ? Hidden : string.Concat(number.AsSpan(0, number.Length - Hidden.Length), Hidden);
}
