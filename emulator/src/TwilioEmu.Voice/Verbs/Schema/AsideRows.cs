using static TwilioEmu.Voice.Verbs.Schema.AttributeRule;
using static TwilioEmu.Voice.Verbs.Schema.CallRows;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>Start, Stop and what goes on beside a call.</summary>
internal static class AsideRows
{
    private static readonly AnyText Named = new("text", "mine");

    public static IReadOnlyList<ElementRows> All { get; } =
    [
        new(
            "Start", Pages + "/recording", new AttributeRow("action", Where) { Note = "known to the SDKs alone", IsIdle = true },
            new AttributeRow("method", How) { Note = "known to the SDKs alone", IsIdle = true }),
        new("Stop", Pages + "/recording"),
        new(
            "Recording", Pages + "/recording",
            [
                new("name", Named), new("channels", new Word("dual", "mono"), "dual"),
                new("track", new Word("both", "inbound", "outbound"), "both", 13622), .. Recording("trim-silence", 13699),
            ]),
        new("Transcription", Pages + "/transcription",
            new("name", Named), new AttributeRow("statusCallbackUrl", Where) { Note = "absolute, else 11200" },
            new("statusCallbackMethod", How, "POST"),
            new("languageCode", new AnyText("language, as the engine spells it", "de-DE"), "en-US"),
            new AttributeRow("track", new AnyText("`inbound_track`, `outbound_track`, `both_tracks`", "inbound_track"), "both_tracks")
            {
                Note = "32650 for any other: it does not begin",
            },
            new("inboundTrackLabel", Named), new("outboundTrackLabel", Named),
            new AttributeRow("transcriptionEngine", new AnyText("`google`, `deepgram`", "deepgram"), "google")
            {
                Note = "32650 for any other: it does not begin",
            },
            new("speechModel", new AnyText("a model of the engine", "long"), "telephony"), new("profanityFilter", YesOrNo, "true"),
            new("partialResults", YesOrNo, "false"), new("hints", new AnyText("words between commas", "a, b")),
            new("enableAutomaticPunctuation", YesOrNo, "true"), new("enableProviderData", YesOrNo, "false"),
            new AttributeRow("intelligenceService", Named) { Note = "not emulated" },
            new AttributeRow("conversationConfiguration", Named) { Note = "not emulated" },
            new AttributeRow("conversationId", Named) { Note = "not emulated" },
            new AttributeRow("configurationId", Named) { Note = "not emulated" }),
        new(
            "Config", Pages + "/transcription",
            new AttributeRow("name", Named) { Note = "32652: no engine's own settings mean anything here" },
            new AttributeRow("value", Named) { IsIdle = true, Note = "as above" }),
    ];
}
