namespace TwilioEmu.Voice.Directory;

/// <summary>What an Elastic SIP Trunk does with one call.</summary>
/// <param name="Sid"><c>TK...</c></param>
/// <param name="IsOriginating">From the telephone network to the app's switch; false for the other way.</param>
/// <param name="From">As the call shows it.</param>
/// <param name="To">As the call shows it.</param>
/// <param name="Targets">Whom to call, one after the other where the one before errs.</param>
/// <remarks>twilio.com/docs/sip-trunking.</remarks>
public sealed record TrunkOrder(string Sid, bool IsOriginating, string From, string To, IReadOnlyList<string> Targets)
{
    /// <summary>Asked for a document when no target can be had; null for nobody.</summary>
    public string? DisasterRecoveryUrl { get; init; }

    public string DisasterRecoveryMethod { get; init; } = "POST";

    /// <summary><c>do-not-record</c>, <c>record-from-ringing</c>, <c>record-from-answer</c>, and both with <c>-dual</c>.</summary>
    public string Recording { get; init; } = "do-not-record";

    /// <summary>True cuts the silence off a recording's ends.</summary>
    public bool TrimsRecording { get; init; }

    /// <summary>True takes TLS and SRTP alone: <c>Secure</c>.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Which REFERs of the switch are followed: <c>TransferMode</c>.</summary>
    public TrunkTransfers Transfers { get; init; }

    /// <summary>
    /// Whom a transfer's target sees calling: true for the switch, false for who is transferred (<c>TransferCallerId</c>).
    /// </summary>
    public bool ShowsTransferor { get; init; }

    /// <summary>The trunk's domain name: a number there is one of the telephone network.</summary>
    public string? Domain { get; init; }

    /// <summary>What is wrong with the emulator's set-up, with its cure; null for nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>What Twilio's error is when there is nobody to call; 0 for none.</summary>
    public int FaultCode { get; init; }

    public string FaultMessage { get; init; } = "";

    /// <summary>What the caller is refused with then.</summary>
    public int FaultStatus { get; init; } = 503;
}

/// <summary>Which transfers a trunk follows.</summary>
/// <remarks>twilio.com/docs/sip-trunking/call-transfer.</remarks>
public enum TrunkTransfers
{
    /// <summary><c>disable-all</c></summary>
    None,

    /// <summary><c>sip-only</c></summary>
    Sip,

    /// <summary><c>enable-all</c></summary>
    All,
}
