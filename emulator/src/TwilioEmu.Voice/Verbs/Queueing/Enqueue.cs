using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Queues;

namespace TwilioEmu.Voice.Verbs.Queueing;

/// <summary>Lets a call wait in a queue (twilio.com/docs/voice/twiml/enqueue). How it goes is in <see cref="EnqueueRun"/>.</summary>
internal sealed record Enqueue : Verb
{
    public string Name { get; init; } = "";

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>As written; null for Twilio's music, empty for silence.</summary>
    public string? WaitUrl { get; init; }

    public string WaitUrlMethod { get; init; } = "POST";

    /// <summary>A limit of this verb's own beside the queue's; null for none (<c>maxQueueSize</c>, known to the SDKs alone).</summary>
    public int? MaxSize { get; init; }

    /// <summary>A workflow of TaskRouter, or a task: not emulated.</summary>
    public bool IsTask { get; init; }

    public int Line { get; init; }

    /// <summary>An error that keeps it from being begun: <c>QueueResult=error</c>; 0 for none.</summary>
    public int FaultCode { get; init; }

    public string FaultMessage { get; init; } = "";

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var (method, waitMethod) = (a.Text("method"), a.Text("waitUrlMethod"));
        var waitUrl = a.Text("waitUrl");
        var workflow = a.Text("workflowSid");
        var enqueue = new Enqueue
        {
            Name = element.Text,
            Action = a.Text("action"),
            Method = method?.ToUpperInvariant() == "GET" ? "GET" : "POST",
            WaitUrl = waitUrl,
            // Music is fetched with GET unless the document names its own (twilio.com/docs/voice/twiml/enqueue#attributes-wait-url-method).
            WaitUrlMethod = waitMethod?.ToUpperInvariant() ?? (waitUrl is null ? "GET" : "POST"),
            MaxSize = a.Number("maxQueueSize"),
            IsTask = !string.IsNullOrEmpty(workflow) || element.Elements.Any(e => e.Name == "Task"),
            Line = element.Line,
        };
        a.Done();
        warnings.AddRange(element.Elements.Where(e => e.Name != "Task").Select(e => TwimlWarning.UnknownElement(e, element.Name)));
        return enqueue.IsTask ? enqueue
            : method is not null && !IsMethod(method) ? enqueue.Broken(14201, $"Enqueue: Invalid method '{method}'")
            : waitMethod is not null && !IsMethod(waitMethod) ? enqueue.Broken(14206, $"Enqueue: Invalid waitUrlMethod '{waitMethod}'")
            : enqueue.Name.Length == 0 ? enqueue.Broken(14204, "Enqueue: Queue name too short: it needs a character at least")
            : enqueue.Name.Length > Queue.MaxNameLength ? enqueue.Broken(
                14205, $"Enqueue: Queue name too long: {enqueue.Name.Length} characters, {Queue.MaxNameLength} are allowed")
            : enqueue;
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        new EnqueueRun(this, context).RunAsync(cancellation);

    private Enqueue Broken(int code, string message) => this with { FaultCode = code, FaultMessage = message };

    private static bool IsMethod(string method) => method.ToUpperInvariant() is "GET" or "POST";
}
