using System.Globalization;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>What came of a Dial, as its action is told.</summary>
/// <param name="Child">The leg that was bridged or the last to end; null when none could be placed.</param>
/// <param name="IsBridged">True when the parties could talk.</param>
internal sealed record DialOutcome(LiveCall? Child, bool IsBridged)
{
    /// <summary>twilio.com/docs/voice/twiml/dial: DialCallStatus, DialCallSid, DialCallDuration, DialBridged.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters()
    {
        var parameters = new List<KeyValuePair<string, string>> { new("DialCallStatus", StatusWord) };
        if (Child is not null) parameters.Add(new("DialCallSid", Child.Record.Sid));
        // Absent when nobody answered (captured requests), and when the called party was sent elsewhere and its call goes on.
        if (Child?.Record is { AnswerTime: not null, DurationSeconds: { } seconds })
        {
            parameters.Add(new("DialCallDuration", seconds.ToString(CultureInfo.InvariantCulture)));
        }
        parameters.Add(new("DialBridged", IsBridged ? "true" : "false"));
        if (Child is { } sip && sip.Record.To.StartsWith("sip", StringComparison.OrdinalIgnoreCase)) parameters.AddRange(OfSip(sip));
        // As in the status callbacks of a call that failed; apps tell a phone that is not registered (32009) by it (inferred).
        if (Child is { Record.AnswerTime: null, Ending: { Code: not 0 } end })
        {
            parameters.Add(new("ErrorCode", end.Code.ToString(CultureInfo.InvariantCulture)));
            parameters.Add(new("ErrorMessage", end.Reason));
        }
        // twilio.com/docs/voice/twiml/dial/application: what the app's Hangup or Reject gave back.
        if (Child is not null) parameters.AddRange(Child.Returned.Select(p => KeyValuePair.Create($"ReturnParam_{p.Key}", p.Value)));
        return parameters;
    }

    /// <summary>twilio.com/docs/voice/twiml/sip: DialSipCallId, DialSipResponseCode, DialSipHeader_X-.</summary>
    private static IEnumerable<KeyValuePair<string, string>> OfSip(LiveCall child)
    {
        if (child.SipCallId is { } id) yield return new("DialSipCallId", id);
        if ((child.SipStatus ?? (child.IsAnswered ? 200 : null)) is { } status)
        {
            yield return new("DialSipResponseCode", status.ToString(CultureInfo.InvariantCulture));
        }
        // Of the refusing response or the last word of the call, else of the answer.
        foreach (var header in child.Ending?.Headers is { Count: > 0 } last ? last : child.Facts?.Headers ?? [])
        {
            if (header.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
            {
                yield return new($"DialSipHeader_{header.Key}", header.Value);
            }
        }
    }

    private string StatusWord => Child is null ? "failed" : Child.IsOver ? Child.Record.Status.Word() : "completed";
}
