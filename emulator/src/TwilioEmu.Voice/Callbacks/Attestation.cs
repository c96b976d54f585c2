using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Callbacks;

/// <summary>How Twilio signs an outgoing call within North America (SHAKEN/STIR): <c>StirStatus</c>.</summary>
/// <remarks>
/// twilio.com/docs/voice/trusted-calling-with-shakenstir. B for a number of Twilio's, C for a verified caller ID; A needs an approved
/// business profile, which nobody approves here (inferred).
/// </remarks>
internal static class Attestation
{
    public static string? Of(Call call) =>
        call.Direction == CallDirection.Inbound || !IsNorthAmerican(call.From) || !IsNorthAmerican(call.To) ? null
        : call.PhoneNumberSid is null ? "C" : "B";

    private static bool IsNorthAmerican(string number) => number is ['+', '1', ..];
}
