using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Verify;

/// <summary>Entries of verifications, their attempts, factors and challenges.</summary>
public static class VerifyEntries
{
    private static readonly string[] Verification =
    [
        "sid", "service_sid", "to", "channel", "status", "code", "sends", "checks", "amount", "payee",
    ];
    private static readonly string[] Attempt = ["sid", "verification_sid", "to", "channel", "status", "error_code", "conversion_status"];
    private static readonly string[] Mailer = ["service_sid", "from", "from_name", "content_template_id"];
    private static readonly string[] Proof = ["sid", "service_sid", "identity", "factor_sid", "status", "payload"];

    public static readonly EntryKind Pending = new(
        "verification.pending", "a verification was started, or its code sent again", Verification);

    public static readonly EntryKind Checked = new("verification.checked", "a wrong code was given", Verification);

    public static readonly EntryKind Approved = new("verification.approved", "the right code was given, or the app said so", Verification);

    public static readonly EntryKind Canceled = new("verification.canceled", "the app gave the verification up", Verification);

    public static readonly EntryKind MaxAttemptsReached = new(
        "verification.max_attempts_reached", "the last check allowed was wrong", Verification);

    public static readonly EntryKind Expired = new("verification.expired", "a verification's time was over", Verification);

    public static readonly EntryKind Deleted = new("verification.deleted", "a verification went with its service", Verification);

    public static readonly EntryKind AttemptMade = new("verification_attempt.created", "a code began its way", Attempt);

    public static readonly EntryKind AttemptChanged = new("verification_attempt.updated", "news of a code on its way", Attempt)
    { KeepsPrevious = true };

    public static readonly EntryKind Counted = new(
        "verify_rate.counted", "a start counted against a rate limit of the service, or a request against an API's own", "bucket_sid",
        "value", "count");

    public static readonly EntryKind ProofChanged = new("verify_proof.counted", "a factor or challenge was tried", Proof);

    public static readonly EntryKind MailerChanged = new("verify_mailer.changed", "a service was told who writes its e-mails", Mailer);

    public static readonly EntryKind MailerRemoved = new("verify_mailer.removed", "a service has no mailer any longer", Mailer);

    public static readonly EntryKind VouchedFor = new(
        "safe_number.added", "an account vouches for a number, or for a thousand", "sid", "phone_number");

    public static readonly EntryKind NoLongerVouchedFor = new(
        "safe_number.removed", "an account vouches for a number no longer", "sid", "phone_number");

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Pending, Checked, Approved, Canceled, MaxAttemptsReached, Expired, Deleted, AttemptMade, AttemptChanged, Counted, ProofChanged,
        MailerChanged, MailerRemoved, VouchedFor, NoLongerVouchedFor,
    ];
}
