using TwilioEmu.Kernel.Store;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Insights;
using TwilioEmu.Voice.Paying;
using TwilioEmu.Voice.Queues;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Transcribing;
using TwilioEmu.Voice.UserMessages;

namespace TwilioEmu.Voice.Records;

/// <summary>The forms of the records kept here.</summary>
public static class VoiceForms
{
    public static IReadOnlyList<RecordForm> All { get; } =
    [
        Call.Form, CallAnnotation.Form, Conference.Form, Payment.Form, Queue.Form, RealtimeTranscription.Form, Recording.Form,
        Transcription.Form, UserMessageSubscription.Form,
    ];
}
