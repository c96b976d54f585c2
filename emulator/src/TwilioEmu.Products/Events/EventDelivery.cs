using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Events;

/// <summary>Posts events to webhook sinks, and tries again where they are not taken.</summary>
/// <remarks>
/// twilio.com/docs/events/webhook-quickstart, event-delivery-and-duplication: 5 s to answer, tried again for four hours with growing waits,
/// no order, connection overrides of the URL not heeded. The waits are inferred and have no jitter, so that virtual time is what is
/// expected. A restart keeps what waits, and posts once more what was being posted. Loop-confined.
/// </remarks>
internal sealed class EventDelivery(World world, ILetterbox letterbox, EventBook book, SinkNotices notices)
{
    /// <summary>
    /// Most events wait no longer (measured, and twilio.com/docs/events/ga-migration); a batch is what comes meanwhile (inferred).
    /// </summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    /// <summary>Events of one batch (inferred).</summary>
    public const int MaxBatch = 100;

    private const string Prefix = "event/";
    private const string Limits = "#ct=5000&rt=5000&tt=5000&rc=0";

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Life = TimeSpan.FromHours(4);

    private readonly Dictionary<string, (string Name, Parcel Parcel)> _filling = new(StringComparer.Ordinal);
    private int _waiting;
    private bool _isDropping;

    /// <summary>Events that may wait for their sinks; the live service sets no bound, memory does.</summary>
    public int MaxWaiting { get; init; } = 20_000;

    /// <summary>An event for a sink. Nothing goes to sinks that are no webhooks, or have failed.</summary>
    public void Send(AccountSid account, Document sink, string envelope, string subject, long cause)
    {
        if (sink["sink_type"] != "webhook" || sink["status"] == "failed") return;
        if (_waiting >= MaxWaiting)
        {
            Refuse(new Parcel(account, sink.Key, [envelope], subject, cause) { Since = world.Clock.GetUtcNow(), Due = default });
            return;
        }
        _waiting++;
        if (_filling.TryGetValue(sink.Key, out var batch))
        {
            batch.Parcel.Envelopes.Add(envelope);
            Keep(batch.Name, batch.Parcel);
            if (batch.Parcel.Envelopes.Count >= MaxBatch) _filling.Remove(sink.Key);
            return;
        }
        var now = world.Clock.GetUtcNow();
        var parcel = new Parcel(account, sink.Key, [envelope], subject, cause) { Since = now, Due = now + Delay };
        var name = world.Parts.NewName(Prefix);
        if (IsBatched(sink)) _filling.Add(sink.Key, (name, parcel));
        Begin(name, parcel);
    }

    /// <summary>Goes on with what an earlier process had not delivered.</summary>
    public void Resume()
    {
        foreach (var (name, part) in world.Parts.TakeAll(Prefix))
        {
            var parcel = Parcel.Walk(null, part);
            _waiting += parcel.Envelopes.Count;
            Begin(name, parcel);
        }
    }

    private static bool IsBatched(Document sink) => SinkConfiguration.Read(sink["sink_configuration"] ?? "", out _) is { IsBatched: true };

    private void Begin(string name, Parcel parcel)
    {
        Keep(name, parcel);
        world.Loop.Start(() => CarryAsync(name, parcel));
    }

    private void Keep(string name, Parcel parcel) => world.Parts.Put(name, part => Parcel.Walk(parcel, part));

    /// <summary>From its making until it is taken, or dropped.</summary>
    private async Task CarryAsync(string name, Parcel parcel)
    {
        do
        {
            var wait = parcel.Due - world.Clock.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, world.Clock, world.Ending);
            if (_filling.TryGetValue(parcel.Sink, out var filling) && filling.Parcel == parcel) _filling.Remove(parcel.Sink);
        }
        while (await PostAsync(parcel) && Again(name, parcel));
        _waiting -= parcel.Envelopes.Count;
        if (_waiting < MaxWaiting) _isDropping = false;
        world.Parts.Drop(name);
    }

    /// <summary>Posts it once.</summary>
    /// <returns>True where it is to be posted again.</returns>
    private async Task<bool> PostAsync(Parcel parcel)
    {
        // Deleted meanwhile: nobody waits for it.
        if (book.Sinks(parcel.Account).Find(parcel.Sink) is not { } sink) return false;
        if (SinkConfiguration.Read(sink["sink_configuration"] ?? "", out _) is not { } to) return false;
        var fragment = to.Destination.IndexOf('#', StringComparison.Ordinal);
        var answer = await letterbox.SendAsync(
            new WebhookRequest
            {
                Account = parcel.Account,
                Url = (fragment < 0 ? to.Destination : to.Destination[..fragment]) + Limits,
                Method = "POST",
                Parameters = to.IsBatched ? [] : Envelope.MembersOf(parcel.Envelopes[0]),
                Json = to.IsBatched ? $"[{string.Join(',', parcel.Envelopes)}]" : parcel.Envelopes[0],
                Subject = to.IsBatched ? parcel.Sink : parcel.Subject,
                Purpose = WebhookPurpose.Event,
                Cause = parcel.Cause,
            },
            world.Ending);
        var verdict = SinkVerdict.On(answer);
        if (verdict.Code == 0)
        {
            notices.Forget(parcel.Sink);
            return false;
        }
        var isOver = world.Clock.GetUtcNow() + WaitAfter(parcel.Attempts) > parcel.Since + Life;
        var came = answer.Status is { } status ? $"answered {status}" : $"did not answer ({answer.ErrorMessage})";
        var isDropped = isOver || !verdict.IsTriedAgain;
        if (isOver) verdict = verdict with { Code = SinkVerdict.Failed };
        var becomes = !isDropped ? "tried again" : isOver ? "dropped after four hours" : "dropped";
        notices.Tell(parcel, verdict, to.Destination, $"the sink {parcel.Sink} {came}: the event is {becomes}", answer);
        if (isDropped) Drop(parcel, verdict.Code, came, answer.Entry);
        return !isDropped;
    }

    private bool Again(string name, Parcel parcel)
    {
        parcel.Due = world.Clock.GetUtcNow() + WaitAfter(parcel.Attempts++);
        Keep(name, parcel);
        return true;
    }

    private static TimeSpan WaitAfter(int attempts) =>
        TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(attempts, 16)));

    private void Drop(Parcel parcel, int code, string why, long cause) => world.Journal.Write(
        parcel.Account, EventEntries.Dropped, parcel.Subject, cause, ("sink_sid", parcel.Sink), ("events", parcel.Envelopes.Count),
        ("code", code), ("why", why));

    /// <summary>There is no room for it: each is told of in the journal, a crowd of them once in a warning.</summary>
    private void Refuse(Parcel parcel)
    {
        var why = string.Create(
            CultureInfo.InvariantCulture, $"{MaxWaiting:N0} events wait already for sinks that are slow to take them or do not");
        Drop(parcel, SinkVerdict.Failed, why, parcel.Cause);
        if (!_isDropping)
        {
            world.Journal.Warn(parcel.Account, parcel.Sink, parcel.Cause, $"events are dropped: {why}; make the sink's app answer");
        }
        _isDropping = true;
    }
}
