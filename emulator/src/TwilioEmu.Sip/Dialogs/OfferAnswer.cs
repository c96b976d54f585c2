namespace TwilioEmu.Sip.Dialogs;

/// <summary>Who owes an answer: at most one offer is open in a dialog.</summary>
public enum OfferState
{
    /// <summary>No session yet, or the last offer was answered.</summary>
    Settled,

    /// <summary>We offered and wait.</summary>
    Offered,

    /// <summary>The peer offered and waits.</summary>
    Asked,
}

/// <summary>What becomes of an offer that comes from the peer.</summary>
public enum OfferVerdict
{
    Take,

    /// <summary>Ours is open: both withdraw and try again at different times. 491 (RFC 3261 §14.2, RFC 3311 §5.2).</summary>
    Glare,

    /// <summary>The peer's own earlier one is open: 500 with Retry-After.</summary>
    TooSoon,
}

/// <summary>The rules of one offer at a time.</summary>
/// <remarks>
/// <code>
/// state   | input           | verdict  | next
/// Settled | offer comes     | Take     | Asked
/// Offered | offer comes     | Glare    | Offered
/// Asked   | offer comes     | TooSoon  | Asked
/// Settled | we offer        |          | Offered
/// Offered | answer, refusal |          | Settled
/// Asked   | we answer, refuse |        | Settled
/// </code>
/// </remarks>
public static class OfferAnswer
{
    public static OfferVerdict Judge(OfferState state) => state switch
    {
        OfferState.Settled => OfferVerdict.Take,
        OfferState.Offered => OfferVerdict.Glare,
        OfferState.Asked => OfferVerdict.TooSoon,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state.ToString()),
    };

    /// <summary>How long to wait after a 491, in steps of 10 ms: the owner of the Call-ID 2.1 to 4 s, the other 0 to 2 s (§14.1).</summary>
    /// <param name="chance">0 to 255, from the host's source.</param>
    public static TimeSpan RetryAfterGlare(bool ownsCallId, byte chance) =>
        TimeSpan.FromMilliseconds(ownsCallId ? 2100 + chance * 190 / 255 * 10 : chance * 200 / 255 * 10);
}
