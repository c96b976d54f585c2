namespace TwilioEmu.Console.Control;

/// <summary>Addresses kept for what does not exist yet.</summary>
internal static class NotBuiltRows
{
    public static ControlSubject Subject { get; } = new("Not built",
    [
        NotYet("GET", "/conditions", "fault rules"),
        NotYet("PUT", "/conditions", "fault rules"),
    ]);

    private static ControlCall NotYet(string method, string template, string what) =>
        new(method, template, what, _ => Task.FromResult<ControlAnswer?>(ControlAnswer.Problem(501, $"not emulated yet: {what}")))
        {
            Status = 501,
            IsBuilt = false,
            TakesAnyBody = true,
        };
}
