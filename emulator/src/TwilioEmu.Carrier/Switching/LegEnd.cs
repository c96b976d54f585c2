namespace TwilioEmu.Carrier.Switching;

/// <summary>
/// Why a leg ended: the one truth that a call's status, its SIP code, the journal's word and who hung up are derived from.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="SipStatus">The final response, or 200 for a leg that was connected (RFC 3261 §21).</param>
/// <param name="Reason">More, in words; empty where the kind says all.</param>
/// <param name="By">Whose doing it was.</param>
public sealed record LegEnd(LegEndKind Kind, int SipStatus, string Reason, Side By)
{
    /// <summary>Twilio's error that tells of it in the debugger; 0 for none.</summary>
    public int Code { get; init; }

    /// <summary>What the far end said when it ended (a refusing response, a BYE), as far as it matters to the app.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Call-ID of the INVITE whose answer that is; null for what is not SIP, or for an end of our own making.</summary>
    public string? SipCallId { get; init; }

    /// <summary>
    /// What a TwiML App gave back to the document that dialled it (<c>&lt;Hangup&gt;&lt;Parameter&gt;</c>); empty for nothing.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Returned { get; init; } = [];

    /// <summary>The party hung up, or gave up dialling.</summary>
    public static LegEnd HungUp { get; } = new(LegEndKind.HungUp, 200, "", Side.Party);

    /// <summary>The emulator hung up on the party.</summary>
    public static LegEnd Released { get; } = new(LegEndKind.HungUp, 200, "", Side.Emulator);

    public static LegEnd Busy { get; } = new(LegEndKind.Busy, 486, "", Side.Party);

    public static LegEnd NoAnswer { get; } = new(LegEndKind.NoAnswer, 480, "", Side.Party);

    public static LegEnd Rejected { get; } = new(LegEndKind.Rejected, 603, "", Side.Party);

    /// <summary>No such line, or it cannot be reached.</summary>
    public static LegEnd Unreachable { get; } = new(LegEndKind.Unreachable, 404, "", Side.Party);

    /// <summary>The emulator gave up before an answer.</summary>
    public static LegEnd Cancelled { get; } = new(LegEndKind.Cancelled, 487, "", Side.Emulator);

    /// <summary>Nobody answered as long as the emulator was to let it ring.</summary>
    public static LegEnd TimedOut { get; } = new(LegEndKind.TimedOut, 487, "", Side.Emulator);

    /// <summary>The end that a final SIP response to an INVITE means.</summary>
    /// <param name="status">300 to 699.</param>
    /// <param name="reason">The reason phrase.</param>
    /// <param name="by">Who sent it.</param>
    /// <remarks>
    /// Busy, no-answer, failed by code as live traffic shows them
    /// (twilio.com/docs/voice/api/call-resource: status); 603 is busy (inferred).
    /// </remarks>
    public static LegEnd Answered(int status, string reason, Side by) => new(KindOf(status), status, reason, by);

    /// <summary>True where another way to the same party may do better: no response, 5xx, out of reach.</summary>
    public bool IsTrouble => SipStatus is 408 or (>= 500 and < 600) || this is { Kind: LegEndKind.Failed, SipStatus: < 400 };

    /// <summary>As journal entries spell the kind.</summary>
    public string Word => Kind switch
    {
        LegEndKind.HungUp => "hung-up",
        LegEndKind.Busy => "busy",
        LegEndKind.NoAnswer => "no-answer",
        LegEndKind.Rejected => "rejected",
        LegEndKind.Unreachable => "unreachable",
        // To the party both are a CANCEL.
        LegEndKind.Cancelled or LegEndKind.TimedOut => "cancelled",
        LegEndKind.Failed => "failed",
        _ => throw new InvalidOperationException($"no such end of a leg: {Kind}"),
    };

    private static LegEndKind KindOf(int status) => status switch
    {
        486 or 600 or 603 => LegEndKind.Busy,
        408 or 480 => LegEndKind.NoAnswer,
        487 => LegEndKind.Cancelled,
        404 or 410 or 484 or 604 => LegEndKind.Unreachable,
        _ => LegEndKind.Failed,
    };
}

/// <summary>How a leg ended.</summary>
public enum LegEndKind
{
    /// <summary>Somebody hung up: after the answer, or a caller before it.</summary>
    HungUp,

    Busy,
    NoAnswer,

    /// <summary>The callee declined.</summary>
    Rejected,

    /// <summary>No such line, or nobody is registered there.</summary>
    Unreachable,

    /// <summary>Whoever dialled gave up before the answer.</summary>
    Cancelled,

    /// <summary>Whoever dialled gave up because the time to ring was over.</summary>
    TimedOut,

    /// <summary>Something went wrong on the way: an error response, no common codec, lost transport.</summary>
    Failed,
}

/// <summary>The two sides of a leg.</summary>
public enum Side
{
    /// <summary>The phone, browser or SIP endpoint at its far end.</summary>
    Party,

    /// <summary>Us: a document, REST, a time limit.</summary>
    Emulator,
}
