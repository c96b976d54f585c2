using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Console.Stories;

/// <summary>Stories that are run from the page: in worlds of their own, and told in the journal of the one that is looked at.</summary>
public static class StoryEntries
{
    public static readonly EntryKind Begun = new(
        "story.begun", "a story began to run, in a world of its own", "run", "name", "steps", "url");
    public static readonly EntryKind Stepped = new(
        "story.step", "a step of a story begins, waits to be told, or is over", "run", "step", "state");
    public static readonly EntryKind Ended = new("story.ended", "a story is over", "run", "state", "message");

    public static IReadOnlyList<EntryKind> All { get; } = [Begun, Stepped, Ended];
}
