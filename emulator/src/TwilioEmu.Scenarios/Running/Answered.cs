using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Looping;

namespace TwilioEmu.Scenarios.Running;

/// <summary>
/// Waits until the app has answered what is asked of it about a subject at present, so that what comes next comes after it.
/// </summary>
/// <remarks>Loop-confined. Moves no time. An app that hangs is not waited for longer than the service itself waits, by the wall.</remarks>
public static class Answered
{
    /// <summary>The longest a webhook waits (15 s, twilio.com/docs/usage/webhooks/webhooks-connection-overrides), and a little.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(16);

    /// <summary>Completes when no webhook about the subject is on its way that was sent after an entry.</summary>
    public static async Task AboutAsync(World world, string subject, long after, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Longest, world.Options.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            // A webhook may have a fallback, which is sent when the first has failed.
            while (await NextOnItsWayAsync(world, subject, after) is { } sent) await AnswerAsync(world, sent, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The app hangs; its failure comes in the world's time.
        }
    }

    private static async Task<Entry?> NextOnItsWayAsync(World world, string subject, long after)
    {
        // What is to be sent at present is sent when all turns have run.
        await world.Loop.IdleAsync();
        var answered = new HashSet<long>();
        var sent = new List<Entry>();
        foreach (var entry in world.Journal.After(after, new Selection(Subject: subject)))
        {
            if (entry.Kind == "webhook.sent") sent.Add(entry);
            else if (IsAnswer(entry)) answered.Add(entry.Cause);
        }
        return sent.Find(s => !answered.Contains(s.Seq));
    }

    private static async Task AnswerAsync(World world, Entry sent, CancellationToken cancellation)
    {
        var answer = new Signal<bool>(world.Loop);
        using var subscription = world.Journal.Subscribe(entry =>
        {
            if (entry.Cause == sent.Seq && IsAnswer(entry)) answer.TrySet(true);
        });
        using var registration = cancellation.UnsafeRegister((_, token) => answer.TryCancel(token), null);
        await answer.Task;
    }

    private static bool IsAnswer(Entry entry) => entry.Kind is "webhook.answered" or "webhook.failed";
}
