using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Smpp.Pdus;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>
/// A text of a gateway's, whole: it waits for its time, goes to whom it is for, and what becomes of it is told to all its parts.
/// </summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class Fate(
    SystemLink link, SmppHost host, IReadOnlyList<Submission> parts, string from, string to, string body, long cause) : IReceipts
{
    private ITimer? _timer;

    public IReadOnlyList<Submission> Parts { get; } = parts;

    /// <summary>Its words; another's once it was replaced.</summary>
    public string Body { get; set; } = body;

    /// <summary>True until its time has come: it can be taken back and changed.</summary>
    public bool IsScheduled { get; private set; }

    /// <summary>When it is worth nothing any more; null for never.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>Called when it waits no more.</summary>
    public Action? Started { get; set; }

    private bool IsOver => Parts[0].Done is not null;

    /// <summary>Goes at an instant, at once where that is past.</summary>
    /// <param name="when">Null for at once.</param>
    /// <param name="now">As its caller has it, who keeps a list of those that wait.</param>
    public void GoAt(DateTimeOffset? when, DateTimeOffset now)
    {
        _timer?.Dispose();
        if (when is not { } at || at <= now)
        {
            Go();
            return;
        }
        IsScheduled = true;
        _timer = host.World.Clock.CreateTimer(static state => ((Fate)state!).Due(), this, at - now, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It will not go.</summary>
    public void Cancel()
    {
        Unschedule();
        End(MessageState.Deleted, "000");
    }

    void IReceipts.Accepted(TextMessage text)
    {
    }

    void IReceipts.Refused(TextMessage text, int errorCode) => Fail(errorCode);

    void IReceipts.Delivered(TextMessage text) => host.Run(() => End(MessageState.Delivered, "000"));

    void IReceipts.Undelivered(TextMessage text, int errorCode) => Fail(errorCode);

    private void Fail(int code) => host.Run(() =>
    {
        var (state, error) = DeliveryFaults.Of(code);
        End(state, error);
    });

    private void Due() => host.Run(() =>
    {
        if (IsScheduled) Go();
    });

    private void Go()
    {
        Unschedule();
        if (Expires is { } expires)
        {
            _timer = host.World.Clock.CreateTimer(
                static state => ((Fate)state!).Expire(), this, Max(expires - host.World.Clock.GetUtcNow()), Timeout.InfiniteTimeSpan);
        }
        if (host.Handsets.Exchange.IsNumber(to))
        {
            host.Handsets.Text(from, to, Body, [], cause: cause);
            // In a turn of its own: nothing of the answer's may run inside the receiver's.
            if (WantsReceipt()) PostDelivered();
            else End(MessageState.Delivered, "000");
            return;
        }
        host.Handsets.Exchange.MessageLine(to).Submit(new TextMessage(AccountSid.None, "", from, to, Body, [], cause), this);
    }

    // By itself: what a lambda holds is made where its method begins, for all that want none.
    private void PostDelivered() => host.World.Loop.Post(() => ((IReceipts)this).Delivered(null!));

    private bool WantsReceipt()
    {
        foreach (var part in Parts) if (part.Registered != 0) return true;
        return false;
    }

    private void Unschedule()
    {
        _timer?.Dispose();
        _timer = null;
        if (IsScheduled) Started?.Invoke();
        IsScheduled = false;
    }

    private void Expire() => host.Run(() => End(MessageState.Expired, "000"));

    private void End(MessageState state, string error)
    {
        if (IsOver) return;
        _timer?.Dispose();
        _timer = null;
        foreach (var part in Parts)
        {
            (part.State, part.Error, part.Done) = (state, error, host.World.Clock.GetUtcNow());
            link.Tell(part);
            // What may still be asked of it is its state.
            (part.Fate, part.Text) = (null, "");
        }
    }

    private static TimeSpan Max(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
}
