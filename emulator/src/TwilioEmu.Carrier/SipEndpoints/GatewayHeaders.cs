using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>
/// What Twilio's gateways write of themselves into messages, so that whoever matches them by it needs no other rule here.
/// </summary>
/// <remarks>
/// As public captures of live calls have it (2014 to 2025, trunks and <c>&lt;Sip&gt;</c>): <c>User-Agent:
/// Twilio Gateway</c>, <c>Server: Twilio</c>, Call-IDs at <c>0.0.0.0</c>, the methods of Allow, <c>s=Twilio
/// Media Gateway</c>, <c>Reason: Q.850;cause=16</c> and <c>X-Twilio-CallSid</c> in a BYE and in a 200.
/// </remarks>
internal static class GatewayHeaders
{
    public const string UserAgent = "Twilio Gateway";
    public const string Server = "Twilio";
    public const string CallIdHost = "0.0.0.0";
    public const string SessionName = "Twilio Media Gateway";
    public const string SessionOwner = "root";
    public const string CallSid = "X-Twilio-CallSid";

    public static readonly string[] Allow = ["INVITE", "ACK", "CANCEL", "OPTIONS", "BYE", "REFER", "NOTIFY"];

    /// <summary>A CANCEL to phones that rang beside the one that answered: none of them shows a missed call (RFC 3326 §3.1).</summary>
    public static readonly SipHeader AnsweredElsewhere = new("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"");

    /// <summary>A BYE, or a CANCEL (inferred).</summary>
    private static readonly SipHeader NormalClearing = new("Reason", "Q.850;cause=16;text=\"Normal call clearing\"");

    /// <summary>The call's name; none for a phone of the telephone network, which knows of no app.</summary>
    public static IEnumerable<SipHeader> Of(string callSid, bool isOfNetwork) =>
        isOfNetwork || callSid.Length == 0 ? [] : [new SipHeader(CallSid, callSid)];

    /// <summary>What a call ends with.</summary>
    public static IEnumerable<SipHeader> Goodbye(string callSid, bool isOfNetwork) => Of(callSid, isOfNetwork).Prepend(NormalClearing);

    /// <summary>
    /// What a trunk says of a call from the telephone network: who called, and which number (its Diversion names that at Twilio).
    /// </summary>
    /// <param name="offer">The call.</param>
    /// <param name="carrier">The host that the caller is vouched for at.</param>
    public static SipHeaders OfTrunk(CallOffer offer, string carrier)
    {
        var headers = SipHeaders.Empty.With("X-Twilio-AccountSid", offer.Account.Value).With(CallSid, offer.Subject);
        if (offer.From.Kind == AddressKind.E164) headers = headers.With("P-Asserted-Identity", $"<sip:{offer.From.Value}@{carrier}>");
        if (offer.Marks.ForwardedFrom is { } dialled)
        {
            headers = headers.With("Diversion", $"<sip:{dialled}@twilio.com>;reason=unconditional");
        }
        return offer.Marks.StirVerstat is { } verdict ? headers.With("X-Twilio-VerStat", verdict) : headers;
    }
}
