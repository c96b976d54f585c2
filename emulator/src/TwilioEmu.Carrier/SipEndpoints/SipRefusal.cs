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

    /// <summary>In place of the status's usual phrase; null for that.</summary>
    public string? Phrase { get; init; }

    /// <summary>What of the session description does not fit (RFC 3261 §20.43); 0 where it is not that.</summary>
    public int Warning { get; init; }

    public IEnumerable<SipHeader> Headers
    {
        get
        {
            foreach (var header in Challenge) yield return header;
            if (Warning != 0) yield return new SipHeader("Warning", $"{Warning} twilio.com \"{Why}\"");
            if (Code != 0) yield return new SipHeader(ErrorHeader, $"{Code} {Why}");
        }
    }
}
