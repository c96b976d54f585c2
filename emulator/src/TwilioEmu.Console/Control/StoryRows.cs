using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>Stories of a folder, told for somebody who watches.</summary>
internal static class StoryRows
{
    public static ControlSubject Subject { get; } = new("Stories",
    [
        new("GET", "/stories", "stories of the folder (`--stories`), and how each went last", StoryCalls.ListAsync)
        {
            NoMethod = "for people who look",
            Answers =
            [
                Text("folder", "where they are; null where there is none").OrNull(),
                List(
                    "stories", "by file",
                    Text("file", "below the folder"), Text("name", "its title; null where it cannot be read").OrNull(),
                    Whole("steps", "how many"), Texts("tags", "to choose it by"), Texts("faults", "why it cannot be read"),
                    Text("last", "how it went last").OrNull()),
                Object("run", "the one that runs, or ran last", [.. Play]).OrNull(),
            ],
        },
        new(
            "POST", "/stories/run",
            "runs a story in a world of its own, whole or step by step; its steps are told in the journal (`story.*`)", StoryCalls.RunAsync)
        {
            NoMethod = "for people who look",
            Body = [Text("file", "below the folder").Needed(), Flag("stepped", "waits before each step (false)")],
            Example = """{"file":"weather.yaml"}""",
            Status = 201,
            Answers = Play,
            Refuses = [(404, "there is no such story"), (409, "another runs"), (422, "it cannot be read")],
        },
        new("GET", "/stories/run", "the story that runs, or ran last; its world answers at `url` until the next", StoryCalls.GetAsync)
        {
            NoMethod = "for people who look",
            Answers = Play,
            Refuses = [(404, "none was run yet")],
        },
        new("POST", "/stories/continue", "the step that waits begins", StoryCalls.ContinueAsync)
        {
            NoMethod = "for people who look",
            Body = [Flag("to_end", "no later step waits (false)")],
            Answers = Play,
            Refuses = [(409, "no step waits")],
        },
        new("POST", "/stories/stop", "the story that runs is stopped", StoryCalls.StopAsync)
        {
            NoMethod = "for people who look",
            Answers = Play,
            Refuses = [(409, "none runs")],
        },
    ]);

    private static IReadOnlyList<ControlMember> Play =>
    [
        Whole("run", "counts from 1"), Text("file", "below the folder"), Text("name", "its title").OrNull(),
        OneOf("state", "where it is", "running", "waiting", "passed", "failed", "stopped"),
        Text("url", "where its world answers; null before it stands").OrNull(),
        List(
            "steps", "in order", Whole("line", "of the file"), Text("words", "what is done"),
            OneOf("state", "where it is", "to come", "waiting", "running", "passed", "failed")),
        Number("world_seconds", "how long it took in its world").Sometimes(), Number("wall_seconds", "how long it took").Sometimes(),
        Object("failure", "why it failed: line, step, cause, message, details, journal").Open().Sometimes(),
    ];
}
