using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Breakpoints;

/// <summary>Holds webhooks before they go out, until somebody sends them on or answers in the app's place.</summary>
/// <remarks>
/// Loop-confined. While one is held virtual time stands, however long; its 15 s begin when it is sent. Journal: <c>webhook.held</c>, then
/// <c>webhook.let_go</c>. What a held webhook was for may end meanwhile (a caller hangs up): then it is given up, as one in flight is.
/// </remarks>
public sealed class Breakpoint(World world)
{
    private readonly Dictionary<long, Signal<HandAnswer?>> _held = [];

    /// <summary>What is held from now on; null for nothing.</summary>
    public BreakRule? Rule { get; private set; }

    /// <summary>Seqs of the webhooks that are held, the oldest first.</summary>
    public IReadOnlyList<long> Held => [.. _held.Keys.Order()];

    /// <summary>Says what is held from now on. Null holds nothing more, and sends on what is held.</summary>
    public void Set(BreakRule? rule)
    {
        Rule = rule;
        if (rule is not null) return;
        foreach (var id in Held) LetGo(id, null);
    }

    /// <summary>Ends the wait of a held webhook.</summary>
    /// <param name="id">Seq of its <c>webhook.sent</c>.</param>
    /// <param name="answer">In the app's place; null sends it to the app.</param>
    /// <returns>False where it is not held.</returns>
    public bool LetGo(long id, HandAnswer? answer) => _held.TryGetValue(id, out var waiting) && waiting.TrySet(answer);

    /// <summary>Waits where a rule takes the request.</summary>
    /// <returns>The answer that somebody gave; null where the app is to be asked.</returns>
    internal async Task<HandAnswer?> PassAsync(WebhookRequest request, long sent, CancellationToken cancellation)
    {
        if (Rule is not { } rule || !rule.Takes(request)) return null;
        if (rule.IsOnce) Rule = null;
        var waiting = new Signal<HandAnswer?>(world.Loop);
        _held.Add(sent, waiting);
        world.Journal.Write(
            request.Account, WebhookEntries.Held, request.Subject, sent, ("purpose", request.Purpose.Word), ("url", request.Url));
        using var stop = world.Clock.Hold($"{request.Method} {request.Url} is held, until you let it go", isStop: true);
        try
        {
            var answer = await waiting.Task.WaitAsync(cancellation);
            world.Journal.Write(
                request.Account, WebhookEntries.LetGo, request.Subject, sent, ("by", answer is null ? "sent" : "answered by hand"));
            return answer;
        }
        finally
        {
            _held.Remove(sent);
        }
    }
}
