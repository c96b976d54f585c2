using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Products.Verify.Verifications;

/// <summary>Where a verification is in its life (twilio.com/docs/verify/api/verification).</summary>
/// <remarks>
/// <code>
/// pending   right code, or the app says so -> approved    the app gives up -> canceled
///           fifth wrong code -> max_attempts_reached      time over -> expired
///           service deleted -> deleted
/// </code>
/// Of <c>failed</c> no cause is documented.
/// </remarks>
internal enum VerificationStatus
{
    Pending,
    Approved,
    Canceled,
    MaxAttemptsReached,
    Expired,
    Deleted,
}

/// <summary>Their words and entries.</summary>
internal static class VerificationStatuses
{
    public static readonly Words<VerificationStatus> Words = new(
        (VerificationStatus.Pending, "pending"),
        (VerificationStatus.Approved, "approved"),
        (VerificationStatus.Canceled, "canceled"),
        (VerificationStatus.MaxAttemptsReached, "max_attempts_reached"),
        (VerificationStatus.Expired, "expired"),
        (VerificationStatus.Deleted, "deleted"));

    public static string Word(this VerificationStatus value) => Words.Spell(value);

    public static EntryKind Kind(this VerificationStatus status) => status switch
    {
        VerificationStatus.Pending => VerifyEntries.Pending,
        VerificationStatus.Approved => VerifyEntries.Approved,
        VerificationStatus.Canceled => VerifyEntries.Canceled,
        VerificationStatus.MaxAttemptsReached => VerifyEntries.MaxAttemptsReached,
        VerificationStatus.Expired => VerifyEntries.Expired,
        VerificationStatus.Deleted => VerifyEntries.Deleted,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status of a verification"),
    };

    /// <summary>True while another start for the same address belongs to it.</summary>
    public static bool IsOpen(this VerificationStatus status) =>
        status is VerificationStatus.Pending or VerificationStatus.MaxAttemptsReached;
}
