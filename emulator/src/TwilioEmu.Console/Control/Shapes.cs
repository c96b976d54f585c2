using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>Parts of answers and queries that several calls share.</summary>
internal static class Shapes
{
    /// <summary>Of a page of a list.</summary>
    public static ControlMember Limit { get; } = Whole("limit", "at most so many (100)", 1, 1000, 100);

    /// <summary>Whose resource is meant.</summary>
    public static ControlMember Whose { get; } = Text("account", "SID of the account whose it is (the first account)");

    public static ControlMember OfAccount { get; } = Text("account", "SID: those of one account");

    public static ControlMember OfSubject { get; } = Text("subject", "those about one thing: a SID, a phone number, a path");

    public static ControlMember After { get; } = Whole("after", "those after this `seq` (0)", 0, long.MaxValue, 0);

    /// <summary>Filters of the journal: see <see cref="JournalCalls.ReadFilter"/>.</summary>
    public static IReadOnlyList<ControlMember> JournalFilter { get; } =
        [Text("kind", "one kind, or its beginning and a star: `message.*`"), OfSubject, OfAccount];

    /// <summary>An entry of the journal.</summary>
    public static IReadOnlyList<ControlMember> Entry { get; } =
    [
        Whole("seq", "1, 2, 3, ..."),
        Instant("at", "the world's time"),
        Text("account", "whose; empty for nobody's"),
        Text("kind", "as [journal.md](journal.md) has them"),
        Text("subject", "what it happened to"),
        Whole("cause", "`seq` of the entry it follows from, or 0"),
        Object("data", "the particulars").Open(),
    ];

    /// <summary>How a phone behaves, as it can be put.</summary>
    public static IReadOnlyList<ControlMember> Behaviour { get; } = [.. OfWords("handsets[], behaves")];

    /// <summary>One-time codes that reached a phone or mailbox.</summary>
    public static ControlMember Codes { get; } = List(
        "codes", "one-time codes that arrived, oldest first",
        Text("code", "as it is to be typed"), Text("service", "whose it is").OrNull(), Instant("at", "when it arrived"),
        Text("channel", "`sms`, `whatsapp`, `rcs`, `call` or `email`"),
        Text("from", "who sent it"), Text("about", "SID of the message or call"));

    public static ControlMember Texted(string name, string means) => List(
        name, means,
        Instant("at", "when"), Text("message_sid", "empty between two phones").OrNull(), Text("from", "sender"), Text("to", "receiver"),
        Text("body", "its words"), Texts("media_urls", "its media"),
        Object("content", "what a channel shows beside words: buttons, lists, cards, places").Open().Sometimes());

    /// <summary>What was to be heard in calls.</summary>
    public static ControlMember Sounds(string name, string means) => List(
        name, means,
        Instant("at", "when it began"), Text("call_sid", "in which call"), Text("with", "the number at the other end"),
        Text("kind", "speech, a file, keys, a tone"), Text("words", "what was said, the file's name, the keys"),
        Number("duration", "seconds"));

    /// <summary>A phone, whole.</summary>
    public static IReadOnlyList<ControlMember> Phone { get; } =
    [
        Text("number", "E.164"),
        Object("behaviour", "how it behaves: the words of [handsets](words.md)").Open(),
        Codes,
        Texted("received", "texts to it, oldest first"),
        Texted("sent", "texts from it, oldest first"),
        Sounds("heard", "what it heard in calls"),
        Sounds("uttered", "what its owner said and pressed"),
        List(
            "calls", "calls it takes part in now, or that ring it",
            Text("call_sid", "which"), Text("with", "the number at the other end"),
            OneOf("state", "of its leg", "dialling", "ringing", "connected", "ended"),
            Flag("in_script", "true while a script acts for its owner")),
    ];

    /// <summary>An account with what lets one in.</summary>
    public static IReadOnlyList<ControlMember> Account { get; } =
    [
        Text("sid", "AC and 32 hex digits"), Text("auth_token", "its password"), Text("friendly_name", "its name"),
    ];

    /// <summary>A world that is kept.</summary>
    public static IReadOnlyList<ControlMember> Snapshot { get; } =
        [
            Text("id", "what it is brought back by: its name, or a number"), Text("at", "its instant"), Whole("records", "that it has"),
            Whole("entries", "of its journal"),
        ];

    /// <summary>A clock.</summary>
    public static IReadOnlyList<ControlMember> Clock { get; } =
    [
        Text("mode", "`real`, `x10`, `auto` or `manual`"),
        Instant("now", "the world's time"),
        Instant("next_due", "when the next timer is due").OrNull(),
        Text("next_due_what", "what it does: a kind of the journal such as `message.sending`, or a few words; null where it does not say")
            .OrNull(),
        Whole("timers", "how many wait"),
        Texts("holds", "what virtual time waits for"),
        Texts("led_by", "who is waited for while they think: phones driven from outside"),
        Texts("pinned_by", "what binds it to real pace: live sockets"),
        Number("settles_in", "seconds for which it waits after somebody acted"),
        Object(
            "stood_for", "seconds on the wall for which virtual time has stood although something was due",
            Number("graces", "for whoever had just acted, to act again"),
            Number("answers", "for webhooks, and work of its own off the loop"),
            Number("thinking", "for who leads a phone, or acts behind an expect")),
    ];

    /// <summary>A webhook as lists show it.</summary>
    public static IReadOnlyList<ControlMember> Webhook { get; } =
    [
        Whole("id", "`seq` of its `webhook.sent`"),
        Instant("at", "when it was sent"),
        Text("account", "whose"),
        Text("subject", "what it is about"),
        Whole("cause", "`seq` of the entry it follows from"),
        OneOf("outcome", "what came of it", "answered", "failed", "in-flight"),
        Object("request", "purpose, method and URL; of one webhook also headers, parameters and the string that was signed").Open(),
        Object("answer", "status or error; of one webhook also headers, body and timings").Open().OrNull(),
        Instant("answered_at", "when the answer was there").Sometimes(),
    ];

    /// <summary>A page of records, newest first.</summary>
    public static IReadOnlyList<ControlMember> Records(string name) =>
    [
        List(
            name, "as the journal shows them, newest first", Text("account", "whose"), Text("sid", "its SID"),
            Instant("at", "since when").Sometimes()).Open(),
        Text("next", "the next page's `before`; null at the end").OrNull(),
    ];

    /// <summary>What a page of records can be asked for.</summary>
    public static IReadOnlyList<ControlMember> RecordQuery(params IReadOnlyList<ControlMember> filters) =>
        [.. filters, OfAccount, Text("before", "goes on after this SID: `next` of the page before"), Limit];
}
