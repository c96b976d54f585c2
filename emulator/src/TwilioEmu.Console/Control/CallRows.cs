using TwilioEmu.Carrier.Handsets.Deeds;
using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>The person at the far end of a call acts.</summary>
internal static class CallRows
{
    private static readonly ControlMember Handset = Text("handset", "which phone acts, where several take part");

    private static readonly ControlMember[] Done = [Text("call_sid", "as asked")];

    private static readonly (int, string)[] Refuses =
    [
        (404, "the journal knows no such call"), (409, "the phone cannot do that now: it does not ring, or has left the call"),
    ];

    public static ControlSubject Subject { get; } = new("Calls",
    [
        new("POST", "/calls/{sid}/act", "the person at the far end does one thing, by its word", CallCalls.AnyAsync)
        {
            Body = [.. DeedRegistry.ByHand.Select(d => Any(d.Word, d.Takes, d.Means)), Handset],
            Example = """{"says":"sales please"}""",
            Answers = Done,
            Refuses = Refuses,
            Notes = "One of the words of [what a person at a phone can do](words.md) that are done by hand.",
        },
        new("POST", "/calls/{sid}/answer", "the phone that rings is picked up", CallCalls.AnswerAsync)
        {
            Body = [Handset],
            Answers = Done,
            Refuses = Refuses,
        },
        new("POST", "/calls/{sid}/digits", "keys are pressed", CallCalls.DigitsAsync)
        {
            Body = [Text("digits", "`0` to `9`, `*`, `#`, and `w` for half a second").Needed(), Handset],
            Example = """{"digits":"1#"}""",
            Answers = Done,
            Refuses = Refuses,
        },
        new("POST", "/calls/{sid}/speech", "something is said", CallCalls.SpeechAsync)
        {
            Body = [Text("text", "the words").Needed(), Handset],
            Example = """{"text":"sales please"}""",
            Answers = Done,
            Refuses = Refuses,
        },
        new("POST", "/calls/{sid}/hangup", "the phone is hung up", CallCalls.HangUpAsync)
        {
            Body = [Handset],
            Answers = Done,
            Refuses = Refuses,
        },
        new("GET", "/calls/{sid}/talk", "a WebSocket: somebody talks at the phone and hears its call", TalkCalls.TalkAsync)
        {
            NoMethod = "for people with microphones",
            Query = [Handset],
            Status = 101,
            Refuses =
            [
                (404, "the journal knows no such call"), (409, "the phone is not connected, or somebody talks at it already"),
                (426, "no WebSocket was asked for"),
            ],
            Notes = "Binary messages both ways, each 20 ms of sound: 160 bytes, mu-law (G.711), 8 kHz, mono; silence need not be sent. "
                + "Closed, 1000, when the call is over. Time goes at the wall's pace meanwhile. "
                + "What is said is sound, not words: `<Gather>` knows that somebody speaks, not what.",
        },
        new("POST", "/calls/{sid}/audio", "a phone plays the body, a sound file, after what its owner does already", AudioCalls.PlayAsync)
        {
            Query = [Handset, Text("name", "what the journal calls it (audio)")],
            BodyType = "audio/*",
            Answers = [Text("call_sid", "as asked"), Number("duration", "seconds")],
            Refuses = [.. Refuses, (413, "it has more than 8 MB"), (415, "it is no sound")],
            Notes = "A WAV, MP3, AIFF or AU file, known by its first bytes whatever it is called (`audio/wav`); "
                + "headerless mu-law as `audio/ulaw`.",
        },
        new("GET", "/calls/{sid}/audio.wav", "what a party heard or said, as a WAV file of 16 bits and 8 kHz", AudioCalls.GetAsync)
        {
            Query =
            [
                Text("party", "a number in the call, or in one that it dialled (the call's own)"),
                OneOf("side", "of what; both has what was said in the first channel (heard)", "heard", "said", "both"),
                Duration("from", "where it begins, counted from the answer"),
                Duration("for", "how much at most; an hour is rendered at once"),
            ],
            ContentType = "audio/wav",
            Refuses = [(404, "there is no such call or party, or its sound is no longer kept: that of the last 200 calls that ended is")],
            Notes = "Of a live leg the last 10 s are there, or all where it is recorded.",
        },
        new("GET", "/calls/{sid}/transcript", "what was said, played, pressed and gathered, in order", CallCalls.TranscriptAsync)
        {
            Query =
            [
                Text(
                    "whole",
                    "`true`: the conversation whole, with the calls it was joined with (`calls`): statuses and who ended them, requests "
                        + "and answers, words, keys, alerts, REST orders, phones"),
            ],
            Answers =
            [
                Text("call_sid", "as asked"),
                List(
                    "lines", "oldest first", Whole("seq", "of the entry"), Instant("at", "when"),
                    Text("what", "`said`, `played`, `pressed`, `gathered`, ...; the kind of the entry where it is whole")).Open(),
            ],
            Refuses = [(404, "the journal knows no such call")],
        },
    ]);
}
