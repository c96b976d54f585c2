using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Testing.Apps;

/// <summary>An app in this process with scripted answers, which checks the signature of every request and remembers them all.</summary>
/// <remarks>An unscripted path answers 404; a wrong or missing signature 403, as the official validators do.</remarks>
public sealed class FakeApp(string authToken) : IApp
{
    private readonly Dictionary<string, Func<AppRequest, CancellationToken, Task<AppAnswer>>> _answers = new(StringComparer.Ordinal);
    private readonly List<SeenRequest> _requests = [];

    /// <summary>Answers with an empty TwiML document.</summary>
    public static AppAnswer Empty { get; } = Twiml("<Response/>");

    /// <summary>Every request so far, in order.</summary>
    public IReadOnlyList<SeenRequest> Requests
    {
        get { lock (_requests) return [.. _requests]; }
    }

    /// <summary>False lets badly signed requests through to the script.</summary>
    public bool RefusesBadSignatures { get; set; } = true;

    /// <summary>A document as frameworks serve it.</summary>
    public static AppAnswer Twiml(string document) => new(200, "text/xml", document);

    /// <summary>Scripts the answer of a path.</summary>
    public FakeApp On(string path, AppAnswer answer) => On(path, _ => answer);

    /// <summary>Scripts the answer of a path from the request.</summary>
    public FakeApp On(string path, Func<AppRequest, AppAnswer> answer) => On(path, (request, _) => Task.FromResult(answer(request)));

    /// <summary>Scripts an answer that takes its time.</summary>
    public FakeApp On(string path, Func<AppRequest, CancellationToken, Task<AppAnswer>> answer)
    {
        _answers[path] = answer;
        return this;
    }

    /// <summary>Scripts answers one after another; the last one stays.</summary>
    public FakeApp OnInTurn(string path, params AppAnswer[] answers)
    {
        var next = 0;
        return On(path, _ => answers[Math.Min(next++, answers.Length - 1)]);
    }

    /// <inheritdoc/>
    public Task<AppAnswer> AnswerAsync(AppRequest request, CancellationToken cancellation)
    {
        var seen = new SeenRequest(request, SignatureCheck.IsValid(authToken, request));
        lock (_requests) _requests.Add(seen);
        if (RefusesBadSignatures && !seen.IsSigned) return Task.FromResult(new AppAnswer(403, "text/plain", "bad signature"));
        return _answers.TryGetValue(request.Url.AbsolutePath, out var answer)
            ? answer(request, cancellation)
            : Task.FromResult(new AppAnswer(404, "text/plain", $"nothing at {request.Url.AbsolutePath}"));
    }
}
