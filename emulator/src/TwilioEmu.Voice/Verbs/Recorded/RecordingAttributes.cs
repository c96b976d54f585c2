using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Verbs.Recorded;

/// <summary>Who is told of a recording, as Record, Dial and Start's Recording have it in common; URLs as written.</summary>
/// <param name="Callback">Null for nobody.</param>
internal sealed record RecordingAttributes(string? Callback, string CallbackMethod, RecordingEvent Events, bool Trims)
{
    /// <summary>Reads them.</summary>
    /// <param name="a">The element's.</param>
    public static RecordingAttributes Read(Attributes a) => new(
        a.Given("recordingStatusCallback"), a.Method("recordingStatusCallbackMethod"),
        a.Words("recordingStatusCallbackEvent")
            .Aggregate(RecordingEvent.None, static (all, word) => all | RecordingWords.ParseEvent(word)!.Value),
        a.Word("trim") == "trim-silence");

    /// <summary>How a recording is to be made, once URLs are absolute.</summary>
    public RecordingSpec Spec(VerbContext context, RecordingSource source) => new(source)
    {
        Trims = Trims,
        Callback = Callback is null ? null : context.Absolute(Callback, 13256),
        CallbackMethod = CallbackMethod,
        CallbackEvents = Events,
    };
}
