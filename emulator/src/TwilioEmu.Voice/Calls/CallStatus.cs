using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Voice.Calls;

/// <summary>Where a call is in its life.</summary>
internal enum CallStatus
{
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    NoAnswer,
    Failed,
    Canceled,
}

/// <summary>The one table of a call's life: names on the wire, and which state may follow which.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/call-resource (status).
/// <code>
/// queued       -> initiated (its slot of the rate), canceled (REST), failed
/// initiated    -> ringing, in-progress (answered without ringing), busy, no-answer, failed, canceled
/// ringing      -> in-progress, busy, no-answer, failed, canceled      (an inbound call begins here)
/// in-progress  -> completed
/// completed, busy, no-answer, failed, canceled: the end
/// </code>
/// </remarks>
internal static class CallStatuses
{
    private static readonly (CallStatus Status, string Word, EntryKind Kind, CallStatus[] Next)[] Table =
    [
        (CallStatus.Queued, "queued", CallEntries.Queued, [CallStatus.Initiated, CallStatus.Canceled, CallStatus.Failed]),
        (
            CallStatus.Initiated, "initiated", CallEntries.Initiated,
            [CallStatus.Ringing, CallStatus.InProgress, CallStatus.Busy, CallStatus.NoAnswer, CallStatus.Failed, CallStatus.Canceled]),
        (
            CallStatus.Ringing, "ringing", CallEntries.Ringing,
            [CallStatus.InProgress, CallStatus.Busy, CallStatus.NoAnswer, CallStatus.Failed, CallStatus.Canceled]),
        (CallStatus.InProgress, "in-progress", CallEntries.InProgress, [CallStatus.Completed]),
        (CallStatus.Completed, "completed", CallEntries.Completed, []),
        (CallStatus.Busy, "busy", CallEntries.Busy, []),
        (CallStatus.NoAnswer, "no-answer", CallEntries.NoAnswer, []),
        (CallStatus.Failed, "failed", CallEntries.Failed, []),
        (CallStatus.Canceled, "canceled", CallEntries.Canceled, []),
    ];

    public static readonly Words<CallStatus> Words = new(s => s.Word());

    /// <summary>The kind of reaching a status.</summary>
    public static EntryKind Kind(this CallStatus status) => Table[(int)status].Kind;

    /// <summary>As callbacks and the journal spell it.</summary>
    public static string Word(this CallStatus status) => Table[(int)status].Word;

    /// <summary>As the resource spells it: its enum knows no <c>initiated</c>.</summary>
    public static string RestWord(this CallStatus status) => status == CallStatus.Initiated ? "queued" : status.Word();

    /// <summary>True when nothing follows.</summary>
    public static bool IsFinal(this CallStatus status) => Table[(int)status].Next.Length == 0;

    /// <summary>True when the second may follow the first.</summary>
    public static bool MayBecome(this CallStatus status, CallStatus next) => Table[(int)status].Next.Contains(next);

    /// <summary>The progress event that a status is; all ends are one event.</summary>
    public static CallEvent? Event(this CallStatus status) => status switch
    {
        CallStatus.Queued => null,
        CallStatus.Initiated => CallEvent.Initiated,
        CallStatus.Ringing => CallEvent.Ringing,
        CallStatus.InProgress => CallEvent.Answered,
        _ => CallEvent.Completed,
    };
}

/// <summary>The progress events an app may ask for: <c>StatusCallbackEvent</c>.</summary>
[Flags]
internal enum CallEvent
{
    None = 0,
    Initiated = 1,
    Ringing = 2,
    Answered = 4,
    Completed = 8,
}

/// <summary>How the app spells them.</summary>
internal static class CallEvents
{
    public static CallEvent? Parse(string word) => word switch
    {
        "initiated" => CallEvent.Initiated,
        "ringing" => CallEvent.Ringing,
        "answered" => CallEvent.Answered,
        "completed" => CallEvent.Completed,
        _ => null,
    };
}
