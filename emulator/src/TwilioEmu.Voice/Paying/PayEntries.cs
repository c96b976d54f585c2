using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Paying;

/// <summary>
/// What the journal tells of payments by keypad; the subject is the CallSid, or the SID of a payment session. No number stands there whole.
/// </summary>
public static class PayEntries
{
    private static readonly string[] Session = ["call_sid", "result"];

    public static readonly EntryKind Started = new(
        "payment.started", "a payment by keypad began", "call_sid", "method", "charge", "currency", "connector");

    public static readonly EntryKind Captured = new(
        "payment.captured", "a payer keyed in a piece of it, rightly or not", "call_sid", "piece", "attempt", "error", "confirmed");

    public static readonly EntryKind Ended = new(
        "payment.ended", "a payment by keypad is over", "call_sid", "result", "error", "error_code");

    public static readonly EntryKind SessionStarted = new("payment_session.started", "a payment led by REST began", Session);

    public static readonly EntryKind SessionUpdated = new(
        "payment_session.updated", "a payment led by REST was given an order", Session)
    { KeepsPrevious = true };

    public static readonly EntryKind SessionEnded = new("payment_session.ended", "a payment led by REST is over", Session);

    public static IReadOnlyList<EntryKind> All { get; } = [Started, Captured, Ended, SessionStarted, SessionUpdated, SessionEnded];
}
