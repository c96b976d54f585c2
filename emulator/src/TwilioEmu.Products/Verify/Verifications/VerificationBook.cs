using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Products.Verify.Verifications;

/// <summary>The verifications of a world: the only place where one changes its status.</summary>
/// <remarks>
/// Loop-confined. What is over by now is let go before anybody looks. A clock that jumps to whatever
/// is due next is not wound for that, or it would jump over the ten minutes before the code is typed.
/// </remarks>
internal sealed class VerificationBook
{
    /// <summary>twilio.com/docs/verify/api/rate-limits-and-timeouts.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(10);

    private readonly World _world;
    private readonly Queue<(AccountSid Account, string Sid, DateTimeOffset At)> _due = [];

    public VerificationBook(World world)
    {
        _world = world;
        // Those that were open in an earlier process end when they would have.
        world.ProjectSaved(static table => table == Verification.Table.Name, saved =>
        {
            if (saved.Data is RecordChange { Record: Verification verification } && verification.Status.IsOpen()) EndInTime(verification);
        });
    }

    public World World => _world;

    public DateTimeOffset Now => _world.Clock.GetUtcNow();

    /// <summary>The open verification of an address, or null.</summary>
    public Verification? FindOpen(AccountSid account, string service, string to)
    {
        Expire();
        return Alive(Table(account).FindByAlias(Verification.AliasOf(service, to)));
    }

    /// <summary>A verification of a service by its SID, whatever became of it; null when it is gone.</summary>
    public Verification? Find(AccountSid account, string service, string sid)
    {
        Expire();
        return Table(account).Find(sid) is { } found && found.ServiceSid == service ? Alive(found) : null;
    }

    /// <summary>Begins one, or keeps that its code was sent again.</summary>
    public Entry Send(Verification verification, long cause)
    {
        var isNew = Table(verification.Account).Find(verification.Sid) is null;
        var entry = _world.Store.Put(Verification.Table, verification.Account, verification, VerifyEntries.Pending, cause);
        if (!isNew) return entry;
        EndInTime(verification);
        return entry;
    }

    private void EndInTime(Verification verification)
    {
        _due.Enqueue((verification.Account, verification.Sid, verification.Expires));
        if (_world.Clock.Mode is ClockMode.Auto) return;
        var left = verification.Expires - Now;
        _world.Clock.CreateTimer(
            "the verification expires", static book => ((VerificationBook)book!).Expire(), this,
            left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Moves it on in its life.</summary>
    public Verification Become(Verification verification, VerificationStatus status, long cause)
    {
        var next = verification with { Status = status, Updated = Now };
        _world.Store.Put(Verification.Table, verification.Account, next, status.Kind(), cause);
        return next;
    }

    /// <summary>A wrong code was given.</summary>
    public Verification Miss(Verification verification, long cause)
    {
        var next = verification with { CheckCount = verification.CheckCount + 1, Updated = Now };
        _world.Store.Put(Verification.Table, verification.Account, next, VerifyEntries.Checked, cause);
        return next;
    }

    /// <summary>A service is gone, and what was open there with it.</summary>
    public void DeleteOf(AccountSid account, string service, long cause)
    {
        foreach (var open in Table(account).OldestFirst().Where(v => v.ServiceSid == service && v.Status.IsOpen()).ToList())
        {
            Become(open, VerificationStatus.Deleted, cause);
        }
    }

    /// <summary>Lets go whose time is over.</summary>
    public void Expire()
    {
        while (_due.TryPeek(out var next) && next.At <= Now)
        {
            _due.Dequeue();
            if (Table(next.Account).Find(next.Sid) is { } late && late.Status.IsOpen()) Become(late, VerificationStatus.Expired, 0);
        }
    }

    // Of what was over before a restart no queue knows.
    private Verification? Alive(Verification? verification) => verification is null || verification.Expires <= Now ? null : verification;

    private Table<Verification> Table(AccountSid account) => _world.Store.Table(Verification.Table, account);
}
