using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Calls;

/// <summary>A call of Twilio's own that speaks a one-time code to who answers.</summary>
/// <remarks>It stands in no account's list of calls, and costs what whoever asked for it charges.</remarks>
/// <param name="Number">E.164: who is called.</param>
/// <param name="SendDigits">Keys sent after the answer, <c>w</c> for half a second; empty for none.</param>
/// <param name="Question">What is said until a key is pressed, so that no machine hears the code; null to speak at once.</param>
/// <param name="Words">What is said of the code.</param>
/// <param name="Times">How often.</param>
/// <param name="Changed">Told of each status, as call resources spell it, and of the entry that it follows from.</param>
/// <param name="Cause">Seq of the entry it follows from.</param>
public sealed record SpokenCode(
    string Number, string SendDigits, string? Question, string Words, int Times, Action<string, long> Changed, long Cause)
{
    /// <summary>Who is shown as the caller.</summary>
    public string From { get; init; } = CodeCaller.TwilioNumber;

    internal AccountSid Account => AccountSid.None;
}
