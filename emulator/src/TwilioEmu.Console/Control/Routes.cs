namespace TwilioEmu.Console.Control;

/// <summary>Answers a request of the control API.</summary>
internal delegate Task<ControlAnswer?> ControlHandler(ControlRequest request);

/// <summary>One call of the control API; null from its handler means that it wrote the answer itself.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Pattern">Below <c>/_emu/v1</c>; <c>*</c> stands for a value, <c>**</c> for all that follows.</param>
/// <param name="Handler">What answers.</param>
internal sealed record Route(string Method, string Pattern, ControlHandler Handler)
{
    private readonly string[] _parts = Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The path's values where it is this route's, else null.</summary>
    public IReadOnlyList<string>? Match(string[] parts)
    {
        var isOpen = _parts[^1] == "**";
        if (isOpen ? parts.Length < _parts.Length : parts.Length != _parts.Length) return null;
        var values = new List<string>();
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i] == "**") values.Add(string.Join('/', parts[i..]));
            else if (_parts[i] == "*") values.Add(parts[i]);
            else if (_parts[i] != parts[i]) return null;
        }
        return values;
    }
}

/// <summary>Every call of the control API.</summary>
internal static class Routes
{
    public static IReadOnlyList<Route> All(ControlRoom room) =>
    [
        new("GET", "/health", WorldCalls.HealthAsync),
        new("POST", "/reset", WorldCalls.ResetAsync),
        new("GET", "/clock", ClockCalls.GetAsync),
        new("PUT", "/clock", ClockCalls.PutAsync),
        new("POST", "/clock/advance", ClockCalls.AdvanceAsync),
        new("GET", "/accounts", WorldCalls.ListAccountsAsync),
        new("POST", "/accounts", WorldCalls.OpenAccountAsync),
        new("GET", "/handsets", ListCalls.HandsetsAsync),
        new("GET", "/calls", ListCalls.CallsAsync),
        new("GET", "/messages", ListCalls.MessagesAsync),
        new("GET", "/numbers", ListCalls.NumbersAsync),
        new("GET", "/queues", ListCalls.QueuesAsync),
        new("GET", "/handsets/*", HandsetCalls.GetAsync),
        new("PUT", "/handsets/*", HandsetCalls.PutAsync),
        new("POST", "/handsets/*/messages", HandsetCalls.TextAsync),
        new("POST", "/handsets/*/clicks", LinkCalls.ClickAsync),
        new("POST", "/handsets/*/calls", HandsetCalls.DialAsync),
        new("GET", "/emails/*", EmailCalls.GetAsync),
        new("POST", "/challenges/*/answer", ChallengeCalls.AnswerAsync),
        new("POST", "/calls/*/act", CallCalls.AnyAsync),
        new("POST", "/calls/*/digits", CallCalls.DigitsAsync),
        new("POST", "/calls/*/speech", CallCalls.SpeechAsync),
        new("POST", "/calls/*/answer", CallCalls.AnswerAsync),
        new("POST", "/calls/*/hangup", CallCalls.HangUpAsync),
        new("POST", "/calls/*/audio", AudioCalls.PlayAsync),
        new("GET", "/calls/*/audio.wav", AudioCalls.GetAsync),
        new("GET", "/calls/*/transcript", CallCalls.TranscriptAsync),
        new("GET", "/calls/*/talk", TalkCalls.TalkAsync),
        new("GET", "/webhooks", WebhookCalls.ListAsync),
        new("GET", "/webhooks/*", WebhookCalls.GetAsync),
        new("POST", "/webhooks/*/replay", WebhookCalls.ReplayAsync),
        new("POST", "/webhooks/*/send", BreakpointCalls.SendAsync),
        new("POST", "/webhooks/*/answer", BreakpointCalls.AnswerAsync),
        new("GET", "/breakpoint", BreakpointCalls.GetAsync),
        new("PUT", "/breakpoint", BreakpointCalls.PutAsync),
        new("GET", "/warnings", WarningCalls.ListAsync),
        new("GET", "/journal", JournalCalls.ListAsync),
        new("GET", "/journal/kinds", JournalCalls.KindsAsync),
        new("GET", "/journal/stream", room.Stream.ServeAsync),
        new("POST", "/expect", room.Expect.ExpectAsync),
        new("GET", "/stories", StoryCalls.ListAsync),
        new("GET", "/stories/run", StoryCalls.GetAsync),
        new("POST", "/stories/run", StoryCalls.RunAsync),
        new("POST", "/stories/continue", StoryCalls.ContinueAsync),
        new("POST", "/stories/stop", StoryCalls.StopAsync),
        new("GET", "/conditions", NotYet("fault rules")),
        new("PUT", "/conditions", NotYet("fault rules")),
        new("POST", "/snapshots", NotYet("keeping a whole world")),
        new("POST", "/snapshots/*/restore", NotYet("bringing back a whole world")),
        new("GET", "/ca.pem", CaCalls.CertificateAsync),
        new("GET", "/ca-bundle.pem", CaCalls.BundleAsync),
        new("GET", "/metrics", Metrics.GetAsync),
        new("PUT", "/registrations/*", RegistrationCalls.PutAsync),
        new("PUT", "/opt-outs/*", OptOutCalls.PutAsync),
        new("GET", "/fidelity", ResourceCalls.FidelityAsync),
        new("PUT", "/resources/*/**", ResourceCalls.PutAsync),
    ];

    private static ControlHandler NotYet(string what) =>
        _ => Task.FromResult<ControlAnswer?>(ControlAnswer.Problem(501, $"not emulated yet: {what}"));
}
