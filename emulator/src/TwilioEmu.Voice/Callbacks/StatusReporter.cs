using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Callbacks;

/// <summary>Tells the app of a call's progress, in order, without the call waiting.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/api/call-resource#statuscallbackevent.</remarks>
internal sealed class StatusReporter(World world, CallbackLanes lanes, string publicUrl)
{
    /// <summary>Sends the event that a status is, when the app asked for it.</summary>
    /// <param name="call">As it now is.</param>
    /// <param name="instructions">Who wants to know what.</param>
    /// <param name="sequence">How many callbacks went before.</param>
    /// <param name="sipCode">The final SIP response, for ends.</param>
    /// <param name="end">Why it is over, for ends.</param>
    /// <param name="cause">Seq of the entry of the change.</param>
    /// <param name="recording">The recording the call was made with (<c>Record=true</c>,
    /// <c>&lt;Dial record&gt;</c>), told of at the end; that of a Dial still goes on then.</param>
    /// <returns>True when a callback was sent.</returns>
    public bool Report(
        Call call, CallInstructions instructions, int sequence, int? sipCode, LegEnd? end, long cause, LiveRecording? recording)
    {
        if (instructions.StatusCallback is not { } url || call.Status.Event() is not { } progress
            || !instructions.StatusCallbackEvents.HasFlag(progress))
        {
            return false;
        }
        var parameters = CallParameters.Standard(call);
        parameters.Add(new("Timestamp", TwilioDates.ToRfc2822(world.Clock.GetUtcNow())));
        parameters.Add(new("CallbackSource", "call-progress-events"));
        parameters.Add(new("SequenceNumber", Number(sequence)));
        if (call.DurationSeconds is { } seconds)
        {
            parameters.Add(new("CallDuration", Number(seconds)));
            // In started minutes, as it is billed.
            parameters.Add(new("Duration", Number(call.StartedMinutes)));
        }
        if (call.Status is CallStatus.Ringing or CallStatus.InProgress && Attestation.Of(call) is { } attestation)
        {
            parameters.Add(new("StirStatus", attestation));
        }
        if (call.Status.IsFinal() && sipCode is { } code) parameters.Add(new("SipResponseCode", Number(code)));
        if (call.Status == CallStatus.Failed && end is { Code: not 0 } fault)
        {
            parameters.Add(new("ErrorCode", Number(fault.Code)));
            parameters.Add(new("ErrorMessage", fault.Reason));
        }
        if (call.Status.IsFinal() && recording is { Record: var recorded })
        {
            parameters.Add(new("RecordingUrl", publicUrl + recorded.Path));
            parameters.Add(new("RecordingSid", recorded.Sid));
            parameters.Add(new("RecordingDuration", Number((int)Math.Ceiling(recording.Length.TotalSeconds))));
        }
        var request = new WebhookRequest
        {
            Account = call.Account,
            Url = url,
            Method = instructions.StatusCallbackMethod,
            Parameters = parameters,
            Subject = call.Sid,
            Purpose = WebhookPurpose.StatusCallback,
            Cause = cause,
            CookieJar = call.Sid,
            IsVoice = true,
        };
        lanes.Enqueue(call.Sid, request);
        return true;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
