using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Verbs.Recorded;

/// <summary>Who is told of a recording, as Record, Dial and Start's Recording have it in common; URLs as written.</summary>
/// <param name="Callback">Null for nobody.</param>
internal sealed record RecordingAttributes(string? Callback, string CallbackMethod, RecordingEvent Events, bool Trims)
{
    /// <summary>Reads them.</summary>
    /// <param name="a">The element's.</param>
    /// <param name="trims">Whether silence is left out unless told.</param>
    /// <param name="trimCode">The warning of a bad <c>trim</c>.</param>
    public static RecordingAttributes Read(Attributes a, bool trims, int trimCode)
    {
        a.Ignore("recordingConfigurationId");
        var trim = a.Word("trim", trims ? "trim-silence" : "do-not-trim", trimCode, "trim-silence", "do-not-trim");
        return new RecordingAttributes(
            a.Text("recordingStatusCallback") is { Length: > 0 } url ? url : null, a.Method("recordingStatusCallbackMethod", 12200), ReadEvents(a),
            trim == "trim-silence");
    }

    /// <summary>How a recording is to be made, once URLs are absolute.</summary>
    public RecordingSpec Spec(VerbContext context, RecordingSource source) => new(source)
    {
        Trims = Trims,
        Callback = Callback is null ? null : context.Absolute(Callback, 13256),
        CallbackMethod = CallbackMethod,
        CallbackEvents = Events,
    };

    private static RecordingEvent ReadEvents(Attributes a)
    {
        if (a.Text("recordingStatusCallbackEvent") is not { } text) return RecordingEvent.Completed;
        var events = RecordingEvent.None;
        foreach (var word in text.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (RecordingWords.ParseEvent(word) is { } known) events |= known;
            else a.Warn(13621, "recordingStatusCallbackEvent", "in-progress, completed, absent");
        }
        return events == RecordingEvent.None ? RecordingEvent.Completed : events;
    }
}
