using System.Globalization;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Queues;
using TwilioEmu.Voice.WellKnown;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Queueing;

/// <summary>Runs one Enqueue.</summary>
/// <remarks>
/// Loop-confined. 1. Join the queue; 2. hear the waiting document, asked for again whenever it runs out, until somebody takes the call, it
/// leaves, or it is gone; 3. taken: hear the taker's document, then be bridged until one side leaves; 4. ask for the action. A call that is
/// sent elsewhere or hung up has its action asked for all the same, the answer ignored
/// (twilio.com/docs/voice/twiml/enqueue#attributes-action).
/// </remarks>
internal sealed class EnqueueRun(Enqueue enqueue, VerbContext context)
{
    /// <summary>
    /// Before a waiting document that took no time is asked for again (inferred): on the live service the network slows it.
    /// </summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private QueueMember? _member;
    private bool _isBridged;

    private QueueBook Book => context.Services.Queues;

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        if (enqueue.IsTask) return context.NotEmulated("<Enqueue> of a TaskRouter workflow", enqueue.Line, isBlocking: true);
        if (enqueue.FaultCode != 0)
        {
            context.Warn(enqueue.FaultCode, enqueue.FaultMessage);
            return Conclude("error");
        }
        if (!string.IsNullOrEmpty(enqueue.Action) && !context.Document.TryResolve(enqueue.Action, out _))
        {
            // Nobody can be told of the result: the next verb (inferred).
            context.Warn(14203, $"Enqueue: Invalid action: {context.Document.WhyUnresolved(enqueue.Action)}");
            return Next.Continue;
        }
        if (WaitUrl() is not { } waitUrl)
        {
            context.Warn(14202, $"Enqueue: Invalid waitUrl: {context.Document.WhyUnresolved(enqueue.WaitUrl)}");
            return Conclude("error");
        }
        var queue = Book.Of(context.Call.Account, enqueue.Name, context.Live.Cause);
        var limit = Math.Min(queue.MaxSize, enqueue.MaxSize ?? int.MaxValue);
        if (Book.MembersOf(queue.Sid).Count >= limit)
        {
            context.Warn(14207, $"Enqueue: Queue '{queue.FriendlyName}' is full: {limit} calls wait in it");
            return Conclude("queue-full");
        }
        // 1. Join.
        _member = new QueueMember(
            context.Services.World.Loop, queue, context.Call.Sid, context.Live.Party, context.Media, context.Live.Transcript!, context.Now);
        Book.Join(_member, context.Live.Cause);
        try
        {
            return Conclude(await LiveAsync(_member, waitUrl, cancellation));
        }
        catch (OperationCanceledException)
        {
            if (!context.Services.World.Ending.IsCancellationRequested) Depart();
            throw;
        }
        finally
        {
            Book.Remove(_member);
            _member.Left.TrySet(true);
        }
    }

    /// <summary>2 and 3; the QueueResult, or null where the document hung up.</summary>
    private async Task<string> LiveAsync(QueueMember member, string waitUrl, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var music = waitUrl.Length == 0 ? null : WaitAsync(member, waitUrl, waiting.Token);
        try
        {
            await Task.WhenAny(music is null ? [member.Taken.Task] : [member.Taken.Task, music]).WaitAsync(cancellation);
            if (!member.Taken.IsSet && music is not null && await music == SideEnd.OutOfReach)
            {
                await member.Taken.Task.WaitAsync(cancellation);
            }
            else if (!member.Taken.IsSet && music is not null)
            {
                return await music switch
                {
                    SideEnd.Left => "leave",
                    SideEnd.HungUp => "hangup",
                    _ => "error",
                };
            }
        }
        finally
        {
            waiting.Cancel();
            if (music is not null) await music;
        }
        var taker = await member.Taken.Task;
        if (taker.Url is { } url && await WhisperAsync(member, taker, url, cancellation) is SideEnd.Failed) return "error";
        // Who was to be bridged with it is gone: "has been instructed to bridge" is as far as it came (inferred).
        if (member.Parted.IsSet) return "bridging-in-process";
        _isBridged = true;
        member.Ready.TrySet(true);
        await member.Parted.Task.WaitAsync(cancellation);
        return "bridged";
    }

    /// <summary>What the call is to hear before the bridge; it ends with the taker, whom nobody waits for any more.</summary>
    private async Task<SideEnd> WhisperAsync(QueueMember member, QueueTaker taker, string url, CancellationToken cancellation)
    {
        List<KeyValuePair<string, string>> extra = [.. Facts(member), new("DequeingCallSid", taker.CallSid)];
        var side = new SideRun(context.Services, context.Live, SideRules.QueueWhisper, context.Media);
        using var hearing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var whisper = side.RunAsync(new DocumentRequest.Fetch(url, taker.Method, WebhookPurpose.QueueWhisper, extra), hearing.Token);
        await Task.WhenAny(whisper, member.Parted.Task);
        if (!whisper.IsCompleted) hearing.Cancel();
        try
        {
            return await whisper;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SideEnd.RanOut;
        }
    }

    private async Task<SideEnd> WaitAsync(QueueMember member, string waitUrl, CancellationToken cancellation)
    {
        var side = new SideRun(context.Services, context.Live, SideRules.QueueWait, context.Media);
        try
        {
            while (true)
            {
                var began = context.Now;
                List<KeyValuePair<string, string>> extra =
                [
                    new("QueuePosition", Number(Book.PositionOf(member))),
                    .. Facts(member),
                    new("AvgQueueTime", Number(Book.AverageWaitOf(member.Queue.Sid))),
                    new("CurrentQueueSize", Number(Book.MembersOf(member.Queue.Sid).Count)),
                    new("MaxQueueSize", Number(member.Queue.MaxSize)),
                ];
                var end = await side.RunAsync(
                    new DocumentRequest.Fetch(waitUrl, enqueue.WaitUrlMethod, WebhookPurpose.Wait, extra), cancellation);
                if (end != SideEnd.RanOut) return end;
                if (context.Now == began) await Task.Delay(Breath, context.Clock, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Taken, or gone; whoever waits looks which.
            return SideEnd.RanOut;
        }
    }

    /// <summary>Absolute; empty for silence, null for one that cannot be made absolute.</summary>
    private string? WaitUrl() => enqueue.WaitUrl switch
    {
        null => MusicBuckets.DefaultPlaylist,
        "" => "",
        var url => context.Document.TryResolve(url, out var absolute) ? absolute : null,
    };

    private IEnumerable<KeyValuePair<string, string>> Facts(QueueMember member) =>
    [
        new("QueueSid", member.Queue.Sid),
        new("QueueTime", Number((int)(member.Taken.IsSet ? member.Waited : context.Now - member.Since).TotalSeconds)),
    ];

    /// <summary>4. The action, or the next verb.</summary>
    private Next Conclude(string result)
    {
        var extra = Parameters(result);
        if (result == "hangup")
        {
            if (!string.IsNullOrEmpty(enqueue.Action)) context.SendAside(enqueue.Action, enqueue.Method, WebhookPurpose.Action, extra);
            return new Next.HangUp([]);
        }
        return string.IsNullOrEmpty(enqueue.Action)
            ? Next.Continue
            : context.Request(enqueue.Action, enqueue.Method, WebhookPurpose.Action, extra);
    }

    /// <summary>Hung up, or sent elsewhere.</summary>
    private void Depart()
    {
        var isOver = context.Live.IsOver;
        var result = isOver ? _isBridged ? "bridged" : "hangup" : _isBridged ? "redirected-from-bridged" : "redirected";
        var extra = Parameters(result);
        if (!string.IsNullOrEmpty(enqueue.Action)) context.SendAside(enqueue.Action, enqueue.Method, WebhookPurpose.Action, extra);
    }

    private List<KeyValuePair<string, string>> Parameters(string result)
    {
        List<KeyValuePair<string, string>> parameters = [new("QueueResult", result)];
        if (_member is not { } member) return parameters;
        if (!member.Taken.IsSet) Book.Remove(member);
        context.Services.World.Journal.Write(
            context.Call.Account, QueueEntries.Left, context.Call.Sid, context.Live.Cause,
            ("queue", member.Queue.FriendlyName), ("queue_sid", member.Queue.Sid), ("result", result), ("waited", member.Waited));
        parameters.Add(new("QueueSid", member.Queue.Sid));
        parameters.Add(new("QueueTime", Number((int)member.Waited.TotalSeconds)));
        return parameters;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
