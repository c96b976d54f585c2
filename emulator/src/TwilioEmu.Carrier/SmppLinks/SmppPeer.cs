using System.Collections.Immutable;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Transports;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>One session on one wire.</summary>
/// <remarks>Loop-confined. Over a socket its timers count by the wall, in memory by the world's clock.</remarks>
internal sealed class SmppPeer : IDisposable
{
    private readonly SmppHost _host;
    private readonly ITimer _timer;
    private DateTimeOffset? _due;

    public SmppPeer(SmppHost host, ISmppWire wire, SmppRole role, SessionTerms terms, bool isOutside)
    {
        (_host, Wire, Role, IsOutside) = (host, wire, role, isOutside);
        Time = isOutside ? host.World.Options.Wall : host.World.Clock;
        Session = new SmppSession(role, terms, Now);
        _timer = Time.CreateTimer(static state => ((SmppPeer)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ISmppWire Wire { get; }

    public SmppRole Role { get; }

    /// <summary>True when its wire is a socket.</summary>
    public bool IsOutside { get; }

    public SmppSession Session { get; }

    public TimeProvider Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Whose session it is; null before the bind.</summary>
    public SmppLink? Link { get; set; }

    /// <summary>The mode it was bound in; kept after its end.</summary>
    public BindMode BoundAs { get; set; }

    /// <summary>When it was bound, in the world's time.</summary>
    public DateTimeOffset BoundAt { get; set; }

    /// <summary>True while it is waited for that news is taken.</summary>
    public bool IsTouched { get; set; }

    /// <summary>How many PDUs went to its wire.</summary>
    public int SentCount { get; set; }

    /// <summary>Asks the peer; virtual time stands until it has answered.</summary>
    public void Ask(CommandId command, PduBody body, ImmutableArray<Tlv> tlvs, Parcel parcel)
    {
        var clock = _host.World.Clock;
        Session.Ask(
            command, body, tlvs, new Flight(parcel, IsOutside && clock.Mode.IsVirtual ? clock.Hold($"SMPP {command.Word()}") : null), Now);
        _host.Touch(this);
    }

    public void Reply(Pdu request, CommandStatus status, PduBody body)
    {
        Session.Reply(request, status, body);
        _host.Touch(this);
    }

    public void Unbind(SessionEnd why = SessionEnd.WeUnbound)
    {
        Session.Unbind(Now, why);
        _host.Touch(this);
    }

    /// <summary>Sets its timer to what is due next.</summary>
    public void Wait()
    {
        var next = Session.NextDue;
        // A peer that is heard of puts off what is due with every window: the wall's timer rings in vain then, and is set anew.
        if (next == _due || (IsOutside && next > _due)) return;
        _due = next;
        var wait = _due - Now ?? Timeout.InfiniteTimeSpan;
        _timer.Change(wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    // The world's timers ring on the loop, the wall's do not.
    private void Ring()
    {
        if (IsOutside) _host.World.Loop.TryPostOutside(static state => ((SmppPeer)state!).Tick(), this);
        else Tick();
    }

    private void Tick() => _host.Run(() =>
    {
        _due = null;
        Session.Tick(Now);
        _host.Touch(this);
    });

    /// <summary>A request on its way.</summary>
    internal sealed record Flight(Parcel Parcel, Hold? Hold);
}
