using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Which number a dialled party is shown.</summary>
/// <remarks>twilio.com/docs/voice/twiml/dial#callerid; error dictionary 13214, 13247, 13248.</remarks>
internal static class CallerIdRule
{
    /// <summary>As long as a SIP URI (13248; the number is inferred).</summary>
    public const int MaxSipLength = 255;

    /// <summary>
    /// What a SIP callee is shown: anything of letters, digits and <c>+._-</c> (twilio.com/docs/voice/twiml/sip), else the caller.
    /// </summary>
    public static string OfSip(string? asked, Call call) =>
        asked is { Length: > 0 and <= MaxSipLength } && asked.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '.' or '_' or '-')
            ? asked
            : call.From;

    /// <summary>
    /// What an app's own phone is shown: a number, or <c>client:</c> and an
    /// identity (twilio.com/docs/voice/twiml/dial#callerid), else the caller.
    /// </summary>
    public static string OfClient(string? asked, Call call) =>
        string.IsNullOrWhiteSpace(asked) ? call.From : Address.ToE164(asked) ?? asked;

    /// <summary>The number to show, or the code and text of why the attempt fails.</summary>
    public static (string? CallerId, int Code, string Message) Judge(string? asked, Call call, IVoiceNumbers numbers)
    {
        if (string.IsNullOrWhiteSpace(asked))
        {
            // A SIP caller or an app's own phone has no number: the document has to name one
            // (twilio.com/docs/voice/api/sending-sip, twiml/dial#callerid).
            return Address.IsOther(call.From)
                ? (null, 13214, $"Dial: Invalid callerId value '{call.From}': a caller without a number needs a callerId to call one")
                : (call.From, 0, "");
        }
        if (Address.ToE164(asked) is not { } number) return (null, 13214, $"Dial: Invalid callerId value '{asked}'");
        var isPartys = call.Direction == CallDirection.Inbound && (number == call.From || number == call.To);
        if (isPartys || numbers.Find(number)?.Account == call.Account || numbers.IsVerifiedCallerId(call.Account, number))
        {
            return (number, 0, "");
        }
        return (null, 13247, $"Dial: Invalid From number (caller ID) {number}: neither a party of the inbound call, nor owned, "
            + "nor verified");
    }
}
