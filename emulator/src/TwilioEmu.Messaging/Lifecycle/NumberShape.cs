using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>Tells numbers that somebody may have from digits that nobody can.</summary>
/// <remarks>
/// twilio.com/docs/api/errors/21211: of an existing country, and not too short or too long for it. Lengths are
/// libphonenumber's, as Lookup's are; whether a number of the right length is given out is not asked. Pure.
/// </remarks>
internal static class NumberShape
{
    /// <summary>The number in E.164; false for what is none.</summary>
    /// <remarks>E164 itself knows how long North American numbers are.</remarks>
    public static bool TryNormalize(string? text, out string e164) =>
        E164.TryNormalize(text, out e164) && (e164.StartsWith("+1", StringComparison.Ordinal) || NumberPlans.Parse(e164, null).IsPossible);
}
