using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Why a request is not let in.</summary>
/// <param name="Status">SIP status.</param>
/// <param name="Code">Twilio's error; 0 where there is none to tell, as for a challenge.</param>
/// <param name="Why">In words.</param>
internal sealed record SipRefusal(int Status, int Code, string Why)
{
    /// <summary>Measured on live refusals.</summary>
    public const string ErrorHeader = "X-Twilio-Error";

    /// <summary>The challenge, where it is one.</summary>
    public IEnumerable<SipHeader> Challenge { get; init; } = [];

    public IEnumerable<SipHeader> Headers => Code == 0 ? Challenge : [.. Challenge, new SipHeader(ErrorHeader, $"{Code} {Why}")];
}
