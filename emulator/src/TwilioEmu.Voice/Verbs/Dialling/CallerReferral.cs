using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Verbs.Referring;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>
/// The wish of a caller's phone that whom it talks to be connected with somebody else (an inbound REFER), within one bridge.
/// </summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/refer-to-twilio: a REFER is taken of whichever leg is SIP. The dialled party's call goes on
/// with the document of <c>referUrl</c>, which is asked in its name, and the caller is told 200 and dropped (both inferred: the docs tell
/// of the dialled party's wish alone).
/// </remarks>
internal sealed class CallerReferral : IDisposable
{
    private readonly Dial _dial;
    private readonly VerbContext _context;
    private readonly LiveCall _dialled;

    public CallerReferral(Dial dial, VerbContext context, LiveCall dialled)
    {
        (_dial, _context, _dialled) = (dial, context, dialled);
        if (dial.ReferUrl is not null) context.Live.TransferAsked = Take;
    }

    public void Dispose()
    {
        if (_context.Live.TransferAsked == Take) _context.Live.TransferAsked = null;
    }

    private bool Take(LegWish.Transfer wish)
    {
        _context.Note(ReferEntries.Wished, ("target", wish.Target), ("by", _context.Live.Record.Sid));
        var parameters = new List<KeyValuePair<string, string>> { new("ReferTransferTarget", wish.Target) };
        parameters.AddRange(wish.Headers.Select(h => KeyValuePair.Create($"SipHeader_{h.Key}", h.Value)));
        var next = wish.Target.Length > Referral.MaxTargetLength
            ? null
            : _context.Request(_dial.ReferUrl, _dial.ReferMethod, WebhookPurpose.Refer, parameters);
        if (next is null) wish.Reply.Answer(400);
        else if (next is Next.Document document)
        {
            wish.Reply.Answer(202);
            _dialled.Redirect(document.Request);
            wish.Reply.Tell(200);
            _context.Live.Complete();
        }
        else
        {
            _context.Warn(11100, _context.Document.WhyUnresolved(_dial.ReferUrl));
            wish.Reply.Answer(500);
        }
        return true;
    }
}
