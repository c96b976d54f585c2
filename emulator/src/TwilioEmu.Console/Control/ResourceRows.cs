using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>What there is in the world's accounts, and things put there that no request of REST makes.</summary>
internal static class ResourceRows
{
    private static readonly ControlMember[] Ends =
    [
        Text("from", "sender"), Text("to", "receiver"), Text("number", "either end"), Text("status", "as REST has it"),
        Text("direction", "as REST has it"),
    ];

    public static ControlSubject Subject { get; } = new("Resources",
    [
        new("GET", "/messages", "messages of all accounts, newest first", ListCalls.MessagesAsync)
        {
            NoMethod = "lists are for people and pages",
            Query = Shapes.RecordQuery([.. Ends, Text("text", "somewhere in the body")]),
            Answers = Shapes.Records("messages"),
        },
        new("GET", "/calls", "calls of all accounts, newest first", ListCalls.CallsAsync)
        {
            NoMethod = "lists are for people and pages",
            Query = Shapes.RecordQuery([.. Ends, Text("parent_call_sid", "legs of one call")]),
            Answers = Shapes.Records("calls"),
        },
        new("GET", "/numbers", "numbers and short codes of all accounts, newest first", ListCalls.NumbersAsync)
        {
            NoMethod = "lists are for people and pages",
            Query = Shapes.RecordQuery(
                Text("number", "E.164"), Text("type", "`long-code`, `toll-free`, ..."), Text("text", "somewhere in the name")),
            Answers = Shapes.Records("numbers"),
        },
        new("GET", "/queues", "senders whose queue holds something, those that last longest first", ListCalls.QueuesAsync)
        {
            NoMethod = "lists are for people and pages",
            Query =
            [
                Shapes.OfAccount, Text("sender", "number, short code or name"),
                Text("after", "goes on after this place: `next` of the page before"), Shapes.Limit,
            ],
            Answers =
            [
                List(
                    "queues", "one for each sender",
                    Text("account", "whose"), Text("sender", "number, short code or name"), Number("segments_per_second", "its rate"),
                    Whole("messages", "how many wait"), Whole("segments", "how many segments"),
                    Whole("capacity", "segments that may wait"), Instant("last_leaves", "when the last will have left")),
                Text("next", "the next page's `after`; null at the end").OrNull(),
            ],
        },
        new("GET", "/smpp/links", "links of SMPP, gateways first: who is bound, and what waits ([SMPP](smpp.md))", SmppCalls.LinksAsync)
        {
            Answers =
            [
                List(
                    "links", "one for each of the config's `smpp.systems` and `smpp.smscs`",
                    Text("name", "as the journal calls it"),
                    OneOf("role", "`smsc` where a gateway binds to the emulator, `esme` where the emulator binds", "smsc", "esme"),
                    Text("system_id", "of who binds"),
                    Text("address", "where the emulator binds to").OrNull(), Texts("numbers", "phones that are reached over it"),
                    List(
                        "sessions", "those that are bound",
                        OneOf("mode", "of its bind", "transmitter", "receiver", "transceiver"), Text("peer", "the other end's address"),
                        Instant("bound_at", "since when, in the world's time"),
                        Whole("in_flight", "requests of the emulator's that are not answered"),
                        Whole("unanswered", "requests of the peer's that are not answered")),
                    Whole("waiting", "texts and receipts that wait for a session, or for room in its window")),
            ],
        },
        new("GET", "/fidelity", "how near each operation of REST comes to the live service", ResourceCalls.FidelityAsync)
        {
            Query = [Text("product", "host label: `verify`"), OneOf("fidelity", "one level", "behaves", "stores", "shape")],
            Answers =
            [
                Object("counts", "of what is listed: by level, and how many are `refused`").Open(),
                List(
                    "operations", "one for each",
                    Text("product", "host label"), Text("document", "of the public OpenAPI documents"), Text("operation", "its id there"),
                    Text("method", "upper case"), Text("path", "as in the document"),
                    OneOf(
                        "fidelity", "`behaves`, `stores` (kept and shown, with no effect), `shape` (answered with a well-formed example)",
                        "behaves", "stores", "shape"),
                    Text("lacks", "what the live service does and this does not").Sometimes(),
                    OneOf("lack", "whether that is what it is for", "main", "side").Sometimes(), Flag("refused", "answered 501 for that")),
            ],
        },
        new(
            "PUT", "/resources/{product}/{**path}", "plants a stored resource as given, such as what only Twilio could have made",
            ResourceCalls.PutAsync)
        {
            Query = [Shapes.Whose],
            TakesAnyBody = true,
            Example = """{"status":"completed"}""",
            Status = 201,
            Answers = [Text("path", "as given")],
            Refuses = [(400, "not as the catalog's schema has it"), (404, "REST has no such path")],
        },
        new(
            "PUT", "/registrations/{sid}",
            "what carriers, reviewers and WhatsApp say of a brand, campaign, toll-free verification, TrustHub profile, channel sender or "
                + "content template",
            RegistrationCalls.PutAsync)
        {
            NoMethod = "one product's",
            Query = [Shapes.Whose],
            Body =
            [
                Text("status", "as REST spells it").Needed(), Whole("error_code", "why not", 10_000, 99_999),
                Whole("score", "of a brand: it decides the rate of its campaigns", 1, 100),
            ],
            Example = """{"status":"FAILED","error_code":30795}""",
            Answers = [Text("sid", "as asked"), Text("status", "as put")],
            Refuses = [(404, "the account has nothing of that SID that is registered")],
        },
        new(
            "PUT", "/opt-outs/{service}",
            "the opt-out keywords of a Messaging Service, which the live Console sets; an empty list takes them back", OptOutCalls.PutAsync)
        {
            NoMethod = "one product's",
            Query = [Shapes.Whose],
            Body = [List("keywords", "one mapping for each", [.. OfWords("messaging_services[].opt_out[], opt-outs")])],
            Example = """{"keywords":[{"type":"stop","words":["ADIOS"],"reply":"Bye"}]}""",
            Answers = [Text("service_sid", "as asked"), Whole("keywords", "how many")],
            Refuses = [(404, "the account has no such service")],
        },
    ]);
}
