using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>Calls about phones and mailboxes: people out there.</summary>
internal static class PhoneRows
{
    private const string OfAnAccount = "the number belongs to an account; it is no handset";

    public static ControlSubject Subject { get; } = new("Phones",
    [
        new("GET", "/handsets", "phones in the order they were first mentioned", ListCalls.HandsetsAsync)
        {
            NoMethod = "lists are for people and pages",
            Query =
            [
                Text("text", "somewhere in the number"), Flag("driven_from_outside", "true: those whose owner's deeds come from here"),
                Text("after", "goes on after this number: `next` of the page before"), Shapes.Limit,
            ],
            Answers =
            [
                List(
                    "handsets", "each with its counts",
                    Text("number", "E.164"), Whole("received", "texts to it"), Whole("sent", "texts from it"),
                    Whole("calls", "that it takes part in now"), Flag("driven_from_outside", "its owner's deeds come from here"),
                    Object("last", "its newest text").Open().Sometimes()),
                Text("next", "the next page's `after`; null at the end").OrNull(),
            ],
        },
        new(
            "GET", "/handsets/{number}",
            "what a phone got, sent, heard and said: the last thousand of each; one-time codes that reached it", HandsetCalls.GetAsync)
        {
            Answers = Shapes.Phone,
            Refuses = [(409, OfAnAccount)],
        },
        new("PUT", "/handsets/{number}", "says how a phone behaves; what is not named is as usual", HandsetCalls.PutAsync)
        {
            Body = [.. Shapes.Behaviour],
            Example =
                """{"answers":"3s","script":[{"hears":"press 1"},{"presses":"1"}],"texts":{"status":"undelivered","error_code":30003}}""",
            Answers = [.. Shapes.Phone.Select(m => m.Name is "number" or "behaviour" ? m : m.Sometimes())],
            Refuses = [(409, OfAnAccount)],
            Notes = "A number with a star at its end, `+1415*`, is all phones that begin so and were told nothing of their own. A number "
                + "that no account owns is a phone: it exists as soon as it is mentioned, receives every text, "
                + "and answers a call after 2 s. The words are those of [config files](words.md).",
        },
        new("POST", "/handsets/{number}/messages", "the phone texts; answered when the app has answered", HandsetCalls.TextAsync)
        {
            Body =
            [
                Text("to", "a number of the app's, or `whatsapp:+...`, `rcs:...`").Needed(), Text("body", "the words"),
                Texts("media_urls", "where pictures and files are"),
                Text("taps", "in place of words: the button that is tapped"),
                Text("picks", "in place of words: the list item that is picked"),
                Object(
                    "shares", "in place of words: a place", Number("latitude", "-90 to 90").Needed(),
                    Number("longitude", "-180 to 180").Needed(), Text("label", "its name"), Text("address", "where it is")),
            ],
            Example = """{"to":"+14155550100","body":"hello"}""",
            Status = 201,
            Answers =
            [
                Text("message_sid", "null where the text went from one phone to another").OrNull(), Text("from", "the phone"),
                Text("to", "whom it texted"), Texts("warnings", "a number nobody owns, a number that tells no app"),
            ],
            Refuses = [(409, OfAnAccount)],
        },
        new("POST", "/handsets/{number}/clicks", "its owner follows a short link; the app is told of the click", LinkCalls.ClickAsync)
        {
            NoMethod = "one product's",
            Body = [Text("url", "as it stood in the text").Needed()],
            Example = """{"url":"https://twil.io/AbCdEfGhIj"}""",
            Answers = [Text("location", "where it leads")],
            Refuses = [(404, "no short link of this world")],
        },
        new("POST", "/handsets/{number}/calls", "the phone dials", HandsetCalls.DialAsync)
        {
            Body =
            [
                Text("to", "a number or short code of the app's; from an app's own phone also `app:AP...`").Needed(),
                Any("script", "list of steps", "what its owner does in the call ([words](words.md)); driven from here where absent"),
                Any("parameters", "mapping", "what an app's own phone, `client:alice`, hands to the TwiML App `app:AP...` it connects to"),
                Text(
                    "forwarded_from",
                    "the number that was called first and sends the call on; the app is told `ForwardedFrom` and `CalledVia`"),
                Text(
                    "stir_verstat",
                    "how far the carriers proved the caller's number: `TN-Validation-Passed-A` and kin, `TN-Validation-Failed`, "
                        + "`No-TN-Validation`; the app is told `StirVerstat`"),
            ],
            Example = """{"to":"+14155550100","script":[{"hears":"press 1"},{"presses":"1"}]}""",
            Status = 201,
            Answers = [Text("call_sid", "of the call"), Text("from", "the phone"), Text("to", "whom it called")],
            Refuses = [(409, OfAnAccount + "; or no account has the TwiML App"), (501, "calls from phone to phone are not emulated")],
        },
        new("GET", "/emails/{address}", "what a mailbox got, with the codes in it", EmailCalls.GetAsync)
        {
            NoMethod = "one product's",
            Answers = [Text("address", "as asked"), Shapes.Codes, List("received", "e-mails, oldest first", Instant("at", "when")).Open()],
        },
        new(
            "POST", "/challenges/{sid}/answer", "a push challenge of Verify is answered in the place of its device's owner",
            ChallengeCalls.AnswerAsync)
        {
            NoMethod = "one product's",
            Body = [OneOf("status", "the owner's word", "approved", "denied").Needed()],
            Example = """{"status":"approved"}""",
            Answers = [Text("challenge_sid", "as asked"), OneOf("status", "as answered", "approved", "denied")],
            Refuses = [(404, "no such challenge"), (409, "it is answered or expired")],
        },
    ]);
}
