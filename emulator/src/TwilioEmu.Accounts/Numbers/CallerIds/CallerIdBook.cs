using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers.CallerIds;

/// <summary>Which numbers that are not its own an account may show.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class CallerIdBook
{
    internal CallerIdBook(NumberBook book)
    {
        Book = book;
        Behaviours = [.. new CallerIdOperations(this).Behaviours];
    }

    /// <summary>What it does for which operation.</summary>
    internal IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    internal NumberBook Book { get; }

    internal ICallerIdCaller? Caller { get; private set; }

    private World World => Book.World;

    /// <summary>Hands down who places calls; until then verifications are asked for in vain, and the journal says so.</summary>
    public void Attach(ICallerIdCaller caller) => Caller = caller;

    /// <summary>True when the account verified the number.</summary>
    public bool IsVerified(AccountSid account, string number) => Find(account, number) is not null;

    /// <summary>Makes a number one of the account's caller IDs without a call: the config said so.</summary>
    /// <exception cref="ArgumentException">It is no number.</exception>
    public void Add(AccountSid account, string number, long cause = 0)
    {
        if (!E164.TryNormalize(number, out var e164)) throw new ArgumentException($"'{number}' is no phone number");
        Verify(account, e164, null, cause);
    }

    internal Table<OutgoingCallerId> Of(AccountSid account) => World.Store.Table(OutgoingCallerId.Table, account);

    // An account has a handful of them.
    internal OutgoingCallerId? Find(AccountSid account, string number) => Of(account).NewestFirst().FirstOrDefault(c => c.Number == number);

    /// <summary>The number is verified now: a caller ID is made, unless there is one.</summary>
    internal OutgoingCallerId Verify(AccountSid account, string number, string? friendlyName, long cause)
    {
        if (Find(account, number) is { } known) return known;
        var now = World.Clock.GetUtcNow();
        var callerId = new OutgoingCallerId(World.Sids.New("PN"), account, number, friendlyName ?? E164.ToNational(number), now, now);
        World.Store.Put(OutgoingCallerId.Table, account, callerId, CallerIdEntries.Verified, cause);
        return callerId;
    }
}
