using System.Text.RegularExpressions;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Voice.Queues;
using static TwilioEmu.Voice.Verbs.Schema.AttributeRule;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>The verbs of a call but for Dial, Start and Pay.</summary>
internal static partial class CallRows
{
    internal const string Pages = "twilio.com/docs/voice/twiml";

    internal static readonly Flag YesOrNo = new();
    internal static readonly Method How = new();
    internal static readonly Url Where = new();
    internal static readonly Whole Seconds = new(1, 86_400);

    /// <summary>One way to spell a voice: the SDKs list some 900 and grow by the month, so the shape is judged, not the name.</summary>
    private static readonly Judged Voice = new(
        "`man`, `woman`, `alice`, or a name such as `Polly.Joanna`, `Google.en-US-Standard-A`", static v => VoicePattern().IsMatch(v),
        ["woman", "Polly.Joanna-Neural", "Google.en-US-Standard-A"], ["Robot", "Polly", ""]);

    private static readonly Judged SpokenLanguage = new(
        "BCP-47 tag such as `en-US`", static l => LanguagePattern().IsMatch(l), ["de-DE", "es-419"], ["English", "en_US", ""]);

    private static readonly Judged HeardLanguage = new(
        "BCP-47 tag such as `en-US`, or `multi`",
        static l =>
            l == "multi"
                || (l.Length is >= 2 and <= 35 && l.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetterLower(l[0])),
        ["de-DE", "multi"], ["E", ""]);

    internal static readonly Judged Pressed = new("`0-9 A-D * # w W`", static d => DialString.IsValid(d), ["1w2#"], ["?", "1 2"]);

    private static readonly Whole Times = new(0);

    // <Response> and <Gather> judge the text between their verbs themselves, in its order.
    public static IReadOnlyList<ElementRows> All { get; } =
    [
        new(
            "Response", Pages,
            new AttributeRow("version", new AnyText("`2010-04-01`", "2010-04-01")) { Note = "12101 for any other", IsIdle = true })
        { HoldsText = true },
        new("Say", Pages + "/say",
            new AttributeRow("voice", Voice, null, 13511) { Note = "the account's own, `man` unless set" },
            new AttributeRow("language", SpokenLanguage, "en-US", 13512)
            {
                Note = "of `man`, `woman`, `alice`; other voices have one of their own. Heard where espeak-ng speaks",
            },
            new AttributeRow("loop", Times, "1", 13510) { Note = "0 is for ever, which is 1000 times" }) { HoldsText = true },
        new("Gather/Say", Pages + "/gather",
            new AttributeRow("voice", Voice, null, 13321) { Note = "the account's own, `man` unless set" },
            new AttributeRow("language", SpokenLanguage, "en-US", 13512)
            {
                Note = "of `man`, `woman`, `alice`; other voices have one of their own. Heard where espeak-ng speaks",
            },
            new("loop", Times, "1", 13322)) { HoldsText = true },
        new(
            "Play", Pages + "/play", new("digits", Pressed, null, 13430),
            new AttributeRow("loop", Times, "1", 13410) { Note = "0 is for ever, which is 1000 times" }) { HoldsText = true },
        new("Pause", Pages + "/pause", new AttributeRow("length", new Whole(1), "1", 13910)),
        new("Redirect", Pages + "/redirect", new AttributeRow("method", How, "POST", 13710)) { HoldsText = true },
        new("Reject", Pages + "/reject", new AttributeRow("reason", new Word("rejected", "busy"), "rejected", 13810)),
        new("Hangup", Pages + "/hangup"),
        new("Leave", Pages + "/leave"),
        new("Echo", Pages),
        new("Parameter", Pages, new("name", new AnyText("text", "n")), new("value", new AnyText("text", "v"))),
        new("Gather", Pages + "/gather",
            new AttributeRow("action", Where) { Note = "the document's own URL" }, new("method", How, "POST", 13312),
            new("input", new SomeWords(false, "dtmf", "speech"), "dtmf", 13326),
            new(
                "timeout",
                new Judged(
                    "whole number of seconds from 1, or `auto`", static t => t == "auto" || Seconds.IsValid(t), ["9"], ["0", "x", ""]),
                "5", 13313),
            new("numDigits", new Whole(1), null, 13314),
            new(
                "finishOnKey",
                new Judged(
                    "one of `0-9 # *`, or nothing at all", static k => k is "" or [(>= '0' and <= '9') or '#' or '*'], ["*", ""],
                    ["##", "x"]),
                "#", 13310),
            new AttributeRow("actionOnEmptyResult", YesOrNo, "false", 13338) { Note = "a wrong value is an error: the verb is not run" },
            new AttributeRow(
                "speechTimeout",
                new Judged(
                    "whole number of seconds, 1 to 60, or `auto`", static t => t == "auto" || new Whole(1, 60).IsValid(t), ["9", "auto"],
                    ["0", "61", "x", ""]),
                null, 13327) { Note = "that of `timeout`; `auto` beside `speechModel` is 13335" },
            new AttributeRow(
                "speechModel",
                new Judged(
                    "a speech model such as `phone_call`, `googlev2_telephony`, `deepgram_nova-3`", IsModel, ["phone_call"],
                    ["telepathy", ""]),
                "default", 13334) { Note = "one recogniser understands all", IsIdle = true },
            new("language", HeardLanguage, "en-US", 13331),
            new AttributeRow(
                "hints",
                new Judged("up to 500 entries of up to 100 characters, parted by commas", IsHints, ["one, two"], [new string('x', 101)]),
                null, 13330) { Note = "scripted speech is understood without", IsIdle = true },
            new("profanityFilter", YesOrNo, "true", 13333), new("partialResultCallback", Where),
            new("partialResultCallbackMethod", How, "POST", 13329),
            new("bargeIn", YesOrNo, "true", 13332), new AttributeRow("enhanced", YesOrNo, "false") { Note = "deprecated", IsIdle = true },
            new AttributeRow("maxSpeechTime", new Whole(1, 60), "60", 13328) { Note = "known to the SDKs alone" },
            new AttributeRow("debug", YesOrNo, "false") { Note = "known to the SDKs alone", IsIdle = true }) { HoldsText = true },
        new("Record", Pages + "/record",
        [
            new AttributeRow("action", Where) { Note = "the document's own URL" }, new("method", How, "POST", 13610),
            new AttributeRow("timeout", new Whole(0, 86_400), "5", 13611) { Note = "0 is never" },
            new(
                "finishOnKey", new Judged("any of `0-9 # *`", static k => k.All("1234567890*#".Contains), ["*#"], ["x"]), "1234567890*#",
                13613),
            new AttributeRow("maxLength", new Whole(2, 86_400), null, 13612)
            {
                Note = "3600, or 120 with `transcribe`, beside which more is 13615",
            },
            new("playBeep", YesOrNo, "true", 13616), new("transcribe", YesOrNo, "false", 13614),
            new AttributeRow("transcribeCallback", Where) { Note = "13257 for one that cannot be asked" },
            .. Recording("trim-silence", 13699),
        ]),
        new("Enqueue", Pages + "/enqueue",
            new("action", Where), new("method", How, "POST", 14201),
            new AttributeRow("waitUrl", Where) { Note = "Twilio's music; empty for silence; 14202 for one that cannot be asked" },
            new AttributeRow("waitUrlMethod", How, "POST", 14206) { Note = "GET where `waitUrl` is left out" },
            new AttributeRow("workflowSid", new AnyText("SID of a workflow", "WW00000000000000000000000000000000"))
            {
                Note = "not emulated: the call ends",
            },
            new AttributeRow("maxQueueSize", new Whole(1, Queue.LargestMaxSize)) { Note = "known to the SDKs alone" }) { HoldsText = true },
        new("Refer", Pages + "/refer", new("action", Where), new("method", How, "POST")),
        new("Sms", "twilio.com/docs/api/twiml/sms",
            new("to", new AnyText("phone number", "+14155550133")), new("from", new AnyText("phone number", "+14155550100")),
            new("action", Where), new("method", How, "POST", 14104), new("statusCallback", Where)) { HoldsText = true },
    ];

    /// <summary>What every verb and noun that records shares.</summary>
    internal static AttributeRow[] Recording(string trim, int trimCode) =>
    [
        new AttributeRow("recordingStatusCallback", Where) { Note = "13256 for one that cannot be asked" },
        new("recordingStatusCallbackMethod", How, "POST"),
        new("recordingStatusCallbackEvent", new SomeWords(true, "in-progress", "completed", "absent"), "completed", 13621),
        new("trim", new Word("trim-silence", "do-not-trim"), trim, trimCode),
        new AttributeRow("recordingConfigurationId", new AnyText("text", "c")) { Note = "undocumented", IsIdle = true },
    ];

    private static bool IsHints(string hints)
    {
        var entries = hints.Split(',');
        return entries.Length <= 500 && entries.All(e => e.Trim().Length <= 100);
    }

    private static bool IsModel(string model) =>
        model is "default" or "numbers_and_commands" or "phone_call" or "experimental_conversations" or "experimental_utterances"
        || model.StartsWith("googlev2_", StringComparison.Ordinal) || model.StartsWith("deepgram_", StringComparison.Ordinal);

    [GeneratedRegex(@"^(man|woman|alice|(Polly|Google|Amazon|ElevenLabs)\.[A-Za-z0-9_-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex VoicePattern();

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Z]{2}|[0-9]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguagePattern();
}
