using TwilioEmu.Accounts.Numbers;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>The shape of an alphanumeric sender ID.</summary>
/// <remarks>twilio.com/docs/glossary/what-alphanumeric-sender-id.</remarks>
internal static class AlphanumericName
{
    /// <summary>1 to 11 letters, digits, spaces and <c>+ - _ &amp;</c>, at least one letter.</summary>
    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= 11
        && name.Any(char.IsAsciiLetter)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '+' or '-' or '_' or '&');

    /// <summary>
    /// False in the United States and Canada, where names cannot send (twilio.com/docs/glossary/what-alphanumeric-sender-id).
    /// </summary>
    /// <param name="to">E.164.</param>
    public static bool Reaches(string to) => NumberPlace.Of(to) is not ({ Country: "CA" } or { IsOfUnitedStates: true });
}
