using TwilioEmu.Console.Events;
using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>What happened: the journal, and claims about it.</summary>
internal static class HappenedRows
{
    private static readonly ControlMember Entries = List("entries", "oldest first", [.. Shapes.Entry]);

    public static ControlSubject Subject { get; } = new("What happened",
    [
        new(
            "POST", "/expect", "waits, in the world's time, until the journal holds what is expected",
            static request => request.Room.Expect.ExpectAsync(request))
        {
            Body =
            [
                Object(
                    "match", "what the entries are like", Text("kind", "one kind, or its beginning and a star"),
                    Text("subject", "what they are about"), Text("account", "whose"),
                    Object("data", "members: a value, or a test such as `{\"contains\": \"hi\"}`").Open()).Needed(),
                Whole("count", "at least so many; 0 for none at all (1)"), Whole("exactly", "just so many"),
                Whole("after", "those after this `seq` (0)"), Duration("within", "how long to wait (5s)"),
                Flag("strict", "fails for troubles nobody asked about, too (false)"),
            ],
            Example = """{"match":{"kind":"message.delivered","subject":"SM..."},"within":"10s"}""",
            Answers =
            [
                Whole("found", "how many"), Entries,
                List("also", "troubles nobody asked about", Text("told", "in words"), Object("entry", "as it stands", [.. Shapes.Entry])),
            ],
            Refuses =
            [
                (
                    408,
                    "not seen in time, with the `nearest` misses; or strict, and something else went wrong; `see` leads to what is to "
                        + "blame in the web UI"),
                (503, $"{ExpectCalls.MostWaiting} such calls wait already"),
            ],
            Notes = "Kinds and members that nobody writes are refused. Tests of values are those of [stories](../scenarios/README.md): "
                + "`equals`, `contains`, `matches`, `says`, `present`, `at_least`, `at_most`.",
        },
        new("GET", "/journal", "all that happened, a page at a time, oldest first", JournalCalls.ListAsync)
        {
            Query = [.. Shapes.JournalFilter, Shapes.After, Shapes.Limit],
            Answers =
            [
                Entries, Whole("first_seq", "of what is kept"), Whole("last_seq", "of what was written"),
                Whole("trimmed_before", "where something is gone already").Sometimes(),
                Whole("next_after", "the next page's `after`"),
            ],
        },
        new("GET", "/journal/kinds", "the kinds of entries, with their members", JournalCalls.KindsAsync)
        {
            NoMethod = "docs/journal.md is their reference",
            Query = [Flag("stored", "those of stored resources too (false)")],
            Answers =
            [
                List("kinds", "as declared", Text("kind", "its name"), Text("means", "what happened"), Texts("members", "of its data")),
            ],
        },
        new(
            "GET", "/journal/stream", "the journal as it is written, as Server-Sent Events",
            static request => request.Room.Stream.ServeAsync(request))
        {
            Query = [.. Shapes.JournalFilter, Whole("after", "begins after this `seq` (the newest); `Last-Event-ID` says it too")],
            ContentType = "text/event-stream",
            Refuses = [(503, $"{JournalStream.MostReaders} readers follow it already")],
            Notes = "One event for each entry, its `seq` the id. `event: gap` says that entries were lost, `event: reset` that the world "
                + "is another one from now on.",
        },
        new("GET", "/warnings", "what was asked for and is not done here, each once, with how often it was", WarningCalls.ListAsync)
        {
            NoMethod = "what concerns a claim is told with it",
            Query = [Shapes.OfAccount, Shapes.OfSubject, Shapes.After, Shapes.Limit],
            Answers =
            [
                List(
                    "warnings", "first met first",
                    Whole("id", "`seq` of the first"), Text("kind", "of the entry"), Instant("at", "first"), Instant("last_at", "last"),
                    Whole("count", "how often"), Text("account", "whose"), Text("subject", "about what"), Text("warning", "in words")),
            ],
        },
    ]);
}
