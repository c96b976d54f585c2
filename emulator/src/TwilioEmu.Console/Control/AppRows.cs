using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>What was asked of the app.</summary>
internal static class AppRows
{
    private static readonly IReadOnlyList<ControlMember> Webhook = Shapes.Webhook;

    public static ControlSubject Subject { get; } = new("The app's webhooks",
    [
        new("GET", "/webhooks", "requests made to the app, oldest first", WebhookCalls.ListAsync)
        {
            Query =
            [
                Text("url", "as sent; a star at its end takes all that begin so"),
                Text("purpose", "`sms`, `voice`, `action`, `status-callback`, ..."),
                OneOf("outcome", "what came of it", "answered", "failed", "in-flight"),
                Shapes.OfSubject, Shapes.OfAccount, Shapes.After, Shapes.Limit,
            ],
            Answers = [List("webhooks", "short: ask for one to see all", [.. Webhook]), Whole("next_after", "the next page's `after`")],
        },
        new(
            "GET", "/webhooks/{id}", "one request, whole: headers, the string that was signed, the app's answer, and the verdict on it",
            WebhookCalls.GetAsync)
        {
            Answers =
            [
                .. Webhook,
                OneOf(
                    "verdict", "what became of the answer", "twiml", "text", "empty", "file", "acknowledged", "broken", "not_twiml",
                    "refused", "none").OrNull(),
                List("alerts", "raised of it").Open(),
            ],
            Refuses = [(404, "the journal holds no such webhook (any more)")],
            Notes = "Verdicts: `twiml` was run, `text` plain words, `empty` nothing to do, `file`, `acknowledged` (callbacks); `broken` "
                + "TwiML that does not parse, `not_twiml` an HTML page, JSON or words, `refused` no 2xx, `none` no answer.",
        },
        new("POST", "/webhooks/{id}/replay", "asks once more, signed anew; what is answered changes nothing", WebhookCalls.ReplayAsync)
        {
            Body =
            [
                Text("url", "where to (where it went)"),
                Any("parameters", "mapping", "all of them, a list for a name that comes many times (those it had)"),
            ],
            Example = """{"parameters":{"Body":"something else"}}""",
            Status = 201,
            Answers = Webhook,
            Refuses = [(404, "the journal holds no such webhook (any more)")],
        },
        new("GET", "/breakpoint", "which webhooks are held before they go out, and which are held now", BreakpointCalls.GetAsync)
        {
            NoMethod = "for people who look",
            Answers = Breakpoint,
        },
        new(
            "PUT", "/breakpoint",
            "holds webhooks before they go out: virtual time stands, and their 15 s have not begun; `none` sends on what is held",
            BreakpointCalls.PutAsync)
        {
            NoMethod = "for people who look",
            Body =
            [
                OneOf("hold", "which of those that fit", "next", "every", "none").Needed(),
                Text("url", "as sent; a star at its end takes all that begin so (any)"), Text("purpose", "`sms`, `voice`, ... (any)"),
            ],
            Example = """{"hold":"next","purpose":"sms"}""",
            Answers = Breakpoint,
        },
        new("POST", "/webhooks/{id}/send", "a held webhook goes to the app", BreakpointCalls.SendAsync)
        {
            NoMethod = "for people who look",
            Answers = [Whole("id", "as asked")],
            Refuses = NotHeld,
        },
        new("POST", "/webhooks/{id}/answer", "a held webhook is answered in the app's place", BreakpointCalls.AnswerAsync)
        {
            NoMethod = "for people who look",
            Body =
            [
                Whole("status", "of the answer (200)", 100, 599), Text("content_type", "of the answer (text/xml)"),
                Text("body", "the answer (empty)"),
            ],
            Example = """{"body":"<Response/>"}""",
            Answers = [Whole("id", "as asked")],
            Refuses = NotHeld,
        },
    ]);

    private static IReadOnlyList<ControlMember> Breakpoint =>
        [
            OneOf("hold", "what is held from now on", "next", "every", "none"), Text("url", "as put").OrNull(),
            Text("purpose", "as put").OrNull(), Any("held", "list of whole numbers", "ids of webhooks that are held now, oldest first"),
        ];

    private static IReadOnlyList<(int, string)> NotHeld =>
        [(404, "the journal holds no such webhook (any more)"), (409, "it is not held (any more)")];
}
