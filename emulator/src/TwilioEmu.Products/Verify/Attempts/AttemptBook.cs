using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Products.Verify.Verifications;

namespace TwilioEmu.Products.Verify.Attempts;

/// <summary>Every sending of a code, and what came of it.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class AttemptBook(World world)
{
    public Entry Add(Attempt attempt, long cause) =>
        world.Store.Put(Attempt.Table, attempt.Account, attempt, VerifyEntries.AttemptMade, cause);

    /// <summary>News of one on its way; an attempt that was trimmed since has none.</summary>
    public void Report(AccountSid account, string sid, string status, int errorCode, long cause)
    {
        if (Of(account).Find(sid) is not { } attempt) return;
        Put(attempt with { DeliveryStatus = status, ErrorCode = errorCode, Updated = world.Clock.GetUtcNow() }, cause);
    }

    /// <summary>A verification was approved: the code that was sent last has proved itself (inferred: the last one alone).</summary>
    public void Convert(Verification verification, long cause)
    {
        if (verification.Sends is [.., var last] && Of(verification.Account).Find(last.AttemptSid) is { } attempt)
        {
            Put(attempt with { IsConverted = true, Updated = world.Clock.GetUtcNow() }, cause);
        }
    }

    public Table<Attempt> Of(AccountSid account) => world.Store.Table(Attempt.Table, account);

    private void Put(Attempt attempt, long cause) =>
        world.Store.Put(Attempt.Table, attempt.Account, attempt, VerifyEntries.AttemptChanged, cause);
}
