using System.Globalization;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Queues;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Runs a Dial that takes the front of a queue.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml/queue. 1. Wait for a call at the front, as long as the Dial rings; 2. let it hear the
/// document of <c>url</c>; 3. bridge until one side leaves; 4. ask for the action.
/// </remarks>
internal sealed class QueueDial(Dial dial, DialNoun.Queue noun, VerbContext context)
{
    private QueueMember? _member;
    private string _status = "no-answer";
    private DateTimeOffset? _bridged;
    private TimeSpan _talked;
    private LiveRecording? _recording;

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        if (!dial.AnswersOnBridge) await context.AnswerAsync(cancellation);
        try
        {
            await DialAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _member?.Parted.TrySet(true);
            if (_bridged is null) _status = "canceled";
            if (!string.IsNullOrEmpty(dial.Action)) context.SendAside(dial.Action, dial.Method, WebhookPurpose.Action, Parameters());
            throw;
        }
        finally
        {
            _member?.Parted.TrySet(true);
        }
        return string.IsNullOrEmpty(dial.Action)
            ? Next.Continue
            : context.Request(dial.Action, dial.Method, WebhookPurpose.Action, Parameters());
    }

    private async Task DialAsync(CancellationToken cancellation)
    {
        var book = context.Services.Queues;
        foreach (var what in noun.InVain) context.NotEmulated($"<Dial><Queue {what}>: TaskRouter has no reservations here");
        if (noun.FaultCode != 0)
        {
            context.Warn(noun.FaultCode, noun.FaultMessage);
            _status = "failed";
            return;
        }
        string? url = null;
        if (noun.Url is { } written && !context.Document.TryResolve(written, out url))
        {
            context.Warn(14211, $"Dial->Queue: Invalid url: {context.Document.WhyUnresolved(written)}");
            _status = "failed";
            return;
        }
        if (book.Records(context.Call.Account).FindByAlias(noun.Name) is not { } queue)
        {
            context.Note(QueueEntries.Unknown, ("queue", noun.Name));
            _status = "failed";
            return;
        }
        // 1. Wait.
        var taker = new QueueTaker(context.Call.Sid, url, noun.Method);
        var patience = dial.Timeout + DialRun.Grace;
        using (var star = new StarKey(dial, context, cancellation))
        using (context.IsAnswered ? context.Media.PlayAlong(new Source.Tone(dial.Ringback, null)) : null)
        {
            _member = await TakeAsync(queue, taker, patience, star, cancellation);
            if (_member is null) return;
            // 2. Whisper.
            await Task.WhenAny(_member.Ready.Task, _member.Left.Task, star.Pressed).WaitAsync(cancellation);
            _status = "completed";
            if (star.IsPressed || !_member.Ready.IsSet || _member.Left.IsSet) return;
        }
        // 3. Bridge.
        await context.AnswerAsync(cancellation);
        _bridged = context.Now;
        if (dial.Recording is { } recorded) _recording = context.Record(recorded.Spec(context));
        try
        {
            await Bridge.RunAsync(
                dial, context, new BridgeSide(_member.CallSid, _member.Party, _member.Media, _member.Transcript, _member.Left),
                dial.TimeLimit, until: null,
                cancellation);
        }
        finally
        {
            _talked = context.Now - _bridged.Value;
            _recording?.Stop(context.Cause);
        }
    }

    /// <summary>The call at the front; null when none came in time, or the caller's star gave up.</summary>
    private async Task<QueueMember?> TakeAsync(
        Queues.Queue queue, QueueTaker taker, TimeSpan within, StarKey star, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var taking = context.Services.Queues.TakeAsync(queue, taker, within, context.Live.Cause, waiting.Token);
        await Task.WhenAny(taking, star.Pressed);
        if (taking.IsCompleted || !star.IsPressed) return await taking;
        _status = "canceled";
        waiting.Cancel();
        try
        {
            return await taking;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>4. What came of it (twilio.com/docs/voice/twiml/queue; DialCallStatus of an empty or unknown queue is inferred).</summary>
    private List<KeyValuePair<string, string>> Parameters()
    {
        List<KeyValuePair<string, string>> parameters = [new("DialCallStatus", _status)];
        if (_member is { } member)
        {
            parameters.Add(new("DialCallSid", member.CallSid));
            if (_bridged is not null) parameters.Add(new("DialCallDuration", Number((int)Math.Ceiling(_talked.TotalSeconds))));
            parameters.Add(new("QueueSid", member.Queue.Sid));
            parameters.Add(new("QueueTime", Number((int)member.Waited.TotalSeconds)));
            parameters.Add(new("DequeingCallSid", context.Call.Sid));
        }
        parameters.Add(new("DialBridged", _bridged is null ? "false" : "true"));
        if (_recording?.Record is { } record) parameters.AddRange(context.ParametersOf(record));
        return parameters;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
