using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>Calls about the world as a whole.</summary>
internal static class WorldRows
{
    public static ControlSubject Subject { get; } = new("The world",
    [
        new("GET", "/", "every call there is", IndexCalls.ListAsync)
        {
            NoMethod = "it lists these calls",
            Answers =
            [
                Text("docs", "this page"), Text("openapi", "where the OpenAPI document is"),
                List(
                    "calls", "one for each", Text("method", "upper case"), Text("path", "with its variable parts in braces"),
                    Text("does", "one sentence"), Flag("built", "false: answered 501"),
                    Text("no_method", "why the .NET client and the Node helper have no method for it").Sometimes()),
            ],
        },
        new("GET", "/openapi.json", "this page as an OpenAPI 3.1 document", IndexCalls.OpenApiAsync)
        {
            NoMethod = "for other programs",
            Answers =
            [
                Text("openapi", "3.1.0"), Object("info", "title and version").Open(), Object("paths", "by template").Open(),
                Object("components", "the token, the form of problems").Open(),
                List("servers", "one: `/_emu/v1`", Text("url", "relative")), Any("security", "list", "none, or the token").Open(),
                List("tags", "the subjects", Text("name", "a heading")),
            ],
        },
        new("GET", "/health", "whether every port listens", WorldCalls.HealthAsync)
        {
            Answers = [OneOf("status", "503 while it starts", "ready", "starting"), .. Version, .. Seed],
            OtherStatus = 503,
            IsForAll = true,
        },
        new("POST", "/reset", "back to the configured start, seed included", WorldCalls.ResetAsync)
        {
            Answers = [OneOf("status", "done", "reset"), .. Seed],
        },
        new("GET", "/clock", "the clock, and what it waits for", ClockCalls.GetAsync) { Answers = Shapes.Clock },
        new("PUT", "/clock", "switches the clock", ClockCalls.PutAsync)
        {
            Body = [Text("mode", "`real`, `xN` (such as `x10`), `auto` or `manual`").Needed()],
            Example = """{"mode":"auto"}""",
            Answers = Shapes.Clock,
        },
        new(
            "POST", "/clock/advance", "moves virtual time, and answers when all that fell due has run, webhooks included",
            ClockCalls.AdvanceAsync)
        {
            Body = [Duration("by", "how far").Needed()],
            Example = """{"by":"10s"}""",
            Answers = Shapes.Clock,
            Refuses = [(409, "the clock runs by itself: only `auto` and `manual` can be advanced")],
        },
        new("GET", "/accounts", "all accounts, the first one first: the one an app's environment names", WorldCalls.ListAccountsAsync)
        {
            Query =
            [
                Text("friendly_name", "those called so"), Text("after", "goes on after this SID: `next` of the page before"), Shapes.Limit,
            ],
            Answers =
            [
                List("accounts", "with their tokens", [.. Shapes.Account]),
                Text("next", "the next page's `after`; null at the end").OrNull(),
            ],
        },
        new("POST", "/accounts", "opens an account of its own for one test", WorldCalls.OpenAccountAsync)
        {
            Body = [.. OfWords("accounts[]", "sid", "auth_token", "friendly_name")],
            Example = """{"friendly_name":"one test"}""",
            Status = 201,
            Answers = Shapes.Account,
            Refuses = [(409, "there is an account of that SID")],
        },
        new(
            "GET", "/world",
            "the whole world as JSON lines, as it stands in one turn: to be carried to another machine, or to another version",
            CarryCalls.GetAsync)
        {
            NoMethod = "lines without an end in sight, to be streamed by any HTTP client",
            ContentType = CarryCalls.Lines,
            Notes = "What is in which line is in [data](data.md#carrying-a-world). On the way it needs no room here; what does not go "
                + "along is told by the answer of `PUT`.",
        },
        new("PUT", "/world", "puts a world of `GET /world` in the place of this one, and goes on with it", CarryCalls.PutAsync)
        {
            NoMethod = "lines without an end in sight, to be streamed by any HTTP client",
            BodyType = CarryCalls.Lines,
            Answers =
            [
                Whole("records", "that it has"), Whole("entries", "of its journal"), Text("at", "its instant"), .. Seed,
                Texts("lost", "what did not go along, in words"),
            ],
            Refuses = [(400, "it is no world, or not all of one; this one stays as it is")],
            Notes = "The config file counts as at a restart: accounts and numbers that are missing are added, phones behave as it says.",
        },
        new("POST", "/snapshots", "keeps the whole world in memory, as it stands in one turn", SnapshotCalls.KeepAsync)
        {
            Body = [Text("name", "1 to 64 letters, digits, dashes, dots; one kept under it goes (a number)")],
            Example = """{"name":"set-up"}""",
            Status = 201,
            Answers = [.. Shapes.Snapshot],
            Refuses = [(409, $"{Snapshot.MostKept} are kept, and none of that name")],
            Notes = "It lasts as long as the process, over resets and restores as well; `GET /world` is for longer.",
        },
        new("GET", "/snapshots", "the worlds that are kept, the oldest first", SnapshotCalls.ListAsync)
        {
            Answers = [List("snapshots", "one for each", [.. Shapes.Snapshot])],
        },
        new(
            "POST", "/snapshots/{id}/restore",
            "brings a kept world back as it was: clock, journal, queues, what is due; as often as wanted", SnapshotCalls.RestoreAsync)
        {
            Answers = [.. Shapes.Snapshot, .. Seed, Texts("lost", "what does not come back, in words")],
            Refuses = [(404, "none is called so")],
            Notes = "A real clock goes on from now: what fell due meanwhile happens at once. Calls that went on end as failed.",
        },
        new("GET", "/metrics", "counts of the world, in Prometheus' text form", Metrics.GetAsync)
        {
            NoMethod = "for Prometheus",
            ContentType = "text/plain",
        },
        new("GET", "/ca.pem", "the CA's certificate, for clients to trust", CaCalls.CertificateAsync)
        {
            ContentType = CaCalls.Pem,
            IsForAll = true,
        },
        new("GET", "/ca-bundle.pem", "the system's roots with the CA's, for programs that trust one file only", CaCalls.BundleAsync)
        {
            ContentType = CaCalls.Pem,
            IsForAll = true,
        },
        new("POST", "/session", "gives a cookie to a page that knows the token ([security](security.md))", WorldCalls.SessionAsync)
        {
            NoMethod = "for pages",
            Status = 204,
            IsLook = true,
        },
    ]);

    private static IReadOnlyList<ControlMember> Version => [Text("version", "the program's")];

    private static IReadOnlyList<ControlMember> Seed => [Text("clock", "its mode"), Whole("seed", "of SIDs, jitter and chances")];
}
