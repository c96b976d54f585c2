using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Conferences;
using static TwilioEmu.Voice.Verbs.Schema.AttributeRule;
using static TwilioEmu.Voice.Verbs.Schema.CallRows;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>Dial and its nouns.</summary>
internal static class DialRows
{
    private const int MaxCustomerIdLength = 256;

    private static readonly string[] RingTones =
        ("at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old "
            + "tw ve za").Split(' ');

    private static readonly AnyText Keyed = new("text", "k");
    private static readonly SomeWords Events = new(false, "initiated", "ringing", "answered", "completed");

    public static IReadOnlyList<ElementRows> All { get; } =
    [
        new("Dial", Pages + "/dial",
        [
            new("action", Where), new("method", How, "POST", 13210),
            new AttributeRow("timeout", new Whole(1, 600), "30", 13212) { Note = "seconds; some five more go by" },
            new AttributeRow("timeLimit", new Whole(1, 86_400), "14400", 13216) { Note = "seconds" },
            new("hangupOnStar", YesOrNo, "false", 13213),
            new AttributeRow(
                "callerId",
                new AnyText("number, `client:` and an identity, what a SIP callee is shown, `whatsapp:` and a number", "+14155550100"))
            {
                Note = "the caller's own; 13214 and 13247 for one that may not be shown, 13248 for one that is longer than a SIP callee "
                    + "can be shown",
            },
            new("answerOnBridge", YesOrNo, "false", 13219),
            new AttributeRow("ringTone", new Word(RingTones), null, 13220) { Note = "the country's; `us` unless told" },
            new(
                "record",
                new Word(
                    "do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual", "record-from-ringing-dual",
                    "true", "false"),
                "do-not-record", 13217),
            .. Recording("do-not-trim", 13239), new("recordingTrack", new Word("both", "inbound", "outbound"), "both"),
            new("sequential", YesOrNo, "false", 13218),
            new("referUrl", Where), new("referMethod", How, "POST", 13210),
            new AttributeRow(
                "callReason",
                new Judged(CallReasons.Takes, CallReasons.IsValid, ["a parcel"], [new string('x', CallReasons.MaxLength + 1), "📦"]))
            {
                Note = "what the called phone may show: `call_reason` of its `handset.ringing`, `Subject` for a SIP phone that is a number",
            },
            new AttributeRow("events", Keyed) { Note = "known to the SDKs alone", IsIdle = true },
            new AttributeRow("passports", Keyed) { Note = "known to the SDKs alone", IsIdle = true },
        ]) { HoldsText = true },
        new("Number", Pages + "/number",
        [
            .. Called(13221), new("sendDigits", Pressed, null, 13222),
            new("byoc", new AnyText("SID of a BYOC trunk", "BY00000000000000000000000000000000")), .. Detection(13221),
        ]) { HoldsText = true },
        new(
            "Client", Pages + "/client",
            [
                .. Called(13221),
                new AttributeRow("clientNotificationUrl", Where)
                {
                    Note = "told by POST of JSON that the phone is called; 13806 for one that cannot be asked, 13807 where it answers "
                        + "with an error",
                },
            ]) { HoldsText = true },
        new("Sip", Pages + "/sip",
        [
            .. Called(13241), new AttributeRow("username", Keyed) { Note = "13249 for one without the other, or too long" },
            new("password", Keyed), .. Detection(13241),
            new AttributeRow("sendDigits", new Nothing(), null, 13242) { Note = "no keys are sent to a SIP address", IsIdle = true },
            new AttributeRow("codecs", Keyed) { Note = "known to the SDKs alone", IsIdle = true },
        ]) { HoldsText = true },
        new("WhatsApp", Pages + "/whatsapp", Called(13221)) { HoldsText = true },
        new("Sim", Pages + "/sim") { HoldsText = true },
        new("Application", Pages + "/dial/application",
        [
            new AttributeRow("url", Where) { Note = "the app's own URLs rule" },
            new AttributeRow("method", How, "POST") { Note = "as above", IsIdle = true }, .. Told(13221),
            new AttributeRow(
                "customerId",
                new Judged(
                    $"up to {MaxCustomerIdLength} characters", static c => c.Length <= MaxCustomerIdLength, ["c-1"],
                    [new string('x', MaxCustomerIdLength + 1)])) { Note = "the account's SID" },
            new("copyParentTo", YesOrNo, "false"),
        ]) { HoldsText = true },
        new("Queue", Pages + "/queue",
            new AttributeRow("url", Where) { Note = "14211 for one that cannot be asked" }, new("method", How, "POST", 14210),
            new AttributeRow("reservationSid", Keyed) { Note = "not emulated" },
            new AttributeRow("postWorkActivitySid", Keyed) { Note = "not emulated" })
        { HoldsText = true },
        new("Conference", Pages + "/conference",
        [
            new("muted", YesOrNo, "false", 13230), new("endConferenceOnExit", YesOrNo, "false", 13231),
            new("startConferenceOnEnter", YesOrNo, "true", 13232),
            new AttributeRow("waitUrl", Where) { Note = "Twilio's music; empty for silence; 13233 for one that cannot be asked" },
            new AttributeRow("waitMethod", How, "POST", 13234) { Note = "GET where `waitUrl` is left out" },
            new("beep", new Word("true", "false", "onEnter", "onExit"), "true", 13235),
            new AttributeRow("participantLabel", Keyed) { Note = "16023 for one that is none, 16025 for one in use" },
            new("maxParticipants", new Whole(1, Conference.MaxMembers), "250"),
            new AttributeRow("coach", new AnyText("SID of a member's call", "CA00000000000000000000000000000000"))
            {
                Note = "13240 for one that is not there",
            },
            new("record", new Word("do-not-record", "record-from-start", "true", "false"), "do-not-record"),
            .. Recording("trim-silence", 13239),
            new("region", new Word("us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1")),
            new AttributeRow("jitterBufferSize", new Word(JitterBuffers.Names), JitterBuffers.Usual)
            {
                Note = "how long the sound of a SIP phone waits for what is late of it; simulated phones do not jitter",
            },
            new("statusCallback", Where), new("statusCallbackMethod", How, "POST"),
            new(
                "statusCallbackEvent",
                new SomeWords(false, "start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")),
            new AttributeRow("eventCallbackUrl", Where)
            {
                Note = "the old way: told of the recording's end where there is no `recordingStatusCallback`",
            },
        ]) { HoldsText = true },
    ];

    private static AttributeRow[] Called(int methodCode) =>
    [
        new("url", Where), new("method", How, "POST", methodCode), .. Told(methodCode),
    ];

    private static AttributeRow[] Told(int methodCode) =>
    [
        new("statusCallback", Where), new("statusCallbackMethod", How, "POST", methodCode),
        new("statusCallbackEvent", Events, "completed"),
    ];

    /// <summary>
    /// Who answers: twilio.com/docs/voice/answering-machine-detection. The REST
    /// codes of bad values have no level of their own (12200, inferred).
    /// </summary>
    private static AttributeRow[] Detection(int methodCode) =>
    [
        new("machineDetection", new Word("Enable", "DetectMessageEnd")),
        new AttributeRow("machineDetectionTimeout", new Whole(3, 60), "30") { Note = "seconds" },
        new AttributeRow("machineDetectionSpeechThreshold", new Whole(1000, 6000), "2400") { Note = "ms" },
        new AttributeRow("machineDetectionSpeechEndThreshold", new Whole(500, 5000), "1200") { Note = "ms" },
        new AttributeRow("machineDetectionSilenceTimeout", new Whole(2000, 10_000), "5000") { Note = "ms" },
        new("amdStatusCallback", Where), new("amdStatusCallbackMethod", How, "POST", methodCode),
        .. new[] { "asyncAmd", "asyncAmdStatusCallback", "asyncAmdStatusCallbackMethod" }.Select(static n =>
            new AttributeRow(n, new Nothing(), null, 21263) { Note = "detection is always beside the call here", IsIdle = true }),
    ];
}
