namespace TwilioEmu.Console.Control;

/// <summary>Every call of the control API (route table).</summary>
internal static class ControlCalls
{
    /// <summary>By subject, in the order the reference tells them.</summary>
    public static IReadOnlyList<ControlSubject> Subjects { get; } =
        [
            WorldRows.Subject, PhoneRows.Subject, CallRows.Subject, AppRows.Subject, HappenedRows.Subject, ResourceRows.Subject,
            StoryRows.Subject, NotBuiltRows.Subject,
        ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ControlCall> All { get; } = [.. Subjects.SelectMany(s => s.Calls)];
}
