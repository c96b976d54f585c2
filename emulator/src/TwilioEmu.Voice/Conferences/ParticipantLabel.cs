using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Conferences;

/// <summary>What an app may call a participant by.</summary>
/// <remarks>twilio.com/docs/api/errors/16023 and 16024: at most 128 characters, no call SID, no <c>/</c>, however it is written.</remarks>
internal static class ParticipantLabel
{
    private const int MaxLength = 128;

    public static bool IsValid(string label) =>
        label.Length <= MaxLength && !SidMint.IsSid(label, "CA")
        && !label.Contains('/') && !label.Contains("%2F", StringComparison.OrdinalIgnoreCase);
}
