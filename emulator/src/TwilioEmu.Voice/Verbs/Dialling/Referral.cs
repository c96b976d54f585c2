using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Verbs.Referring;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>A dialled party's wish that the caller be connected with somebody else (an inbound REFER), within one bridge.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml/dial#referurl, twilio.com/docs/voice/api/refer-to-twilio. 1. 202 to the wish; 2. the document
/// of <c>referUrl</c> is fetched; 3. it takes over the caller's leg, and the party that wished is told 200 and dropped; but where it dials
/// with <c>answerOnBridge</c>, that party stays until the new one answers, and is joined again when nobody does.
/// </remarks>
internal sealed class Referral : IDisposable
{
    /// <summary>Characters of Refer-To (twilio.com/docs/voice/api/refer-to-twilio).</summary>
    public const int MaxTargetLength = 256;

    private readonly Dial _dial;
    private readonly VerbContext _context;
    private readonly LiveCall _party;
    private LegWish.Transfer? _wish;

    public Referral(Dial dial, VerbContext context, LiveCall party)
    {
        (_dial, _context, _party) = (dial, context, party);
        Wished = new Signal<bool>(context.Services.World.Loop);
        if (dial.ReferUrl is not null) party.TransferAsked = Take;
    }

    /// <summary>Completes with the wish.</summary>
    public Signal<bool> Wished { get; }

    public void Dispose()
    {
        if (_party.TransferAsked == Take) _party.TransferAsked = null;
    }

    /// <summary>Follows the wish.</summary>
    /// <returns>Where the caller's call goes; null when the parties are to be joined again.</returns>
    public async Task<Next?> FollowAsync(CancellationToken cancellation)
    {
        var wish = _wish ?? throw new InvalidOperationException("nobody wishes anything");
        // 2. What is to be done.
        var parameters = new List<KeyValuePair<string, string>> { new("ReferTransferTarget", wish.Target) };
        parameters.AddRange(wish.Headers.Select(h => KeyValuePair.Create($"SipHeader_{h.Key}", h.Value)));
        var order = _context.Request(_dial.ReferUrl, _dial.ReferMethod, WebhookPurpose.Refer, parameters);
        if (order is not Next.Document { Request: var request })
        {
            _context.Warn(11100, _context.Document.WhyUnresolved(_dial.ReferUrl));
            wish.Reply.Tell(500);
            return null;
        }
        var (document, fault) = await new DocumentFetcher(_context.Services).FetchAsync(_context.Live, request, cancellation);
        if (document is null)
        {
            if (fault is { IsAlerted: false }) _context.Warn(fault.Code, fault.Message);
            wish.Reply.Tell(503);
            return null;
        }
        // 3. It takes over.
        if (document.Verbs is [Dial { AnswersOnBridge: true } next, ..]) return await ConsultAsync(next, document, wish, cancellation);
        Release(wish);
        return new Next.Document(new DocumentRequest.Ready(document, 0));
    }

    private bool Take(LegWish.Transfer wish)
    {
        if (_wish is not null) return false;
        _context.Note(ReferEntries.Wished, ("target", wish.Target), ("by", _party.Record.Sid));
        if (wish.Target.Length > MaxTargetLength)
        {
            wish.Reply.Answer(400);
            return true;
        }
        _wish = wish;
        // 1. It is tried.
        wish.Reply.Answer(202);
        Wished.TrySet(true);
        return true;
    }

    private async Task<Next?> ConsultAsync(Dial dial, VoiceDocument document, LegWish.Transfer wish, CancellationToken cancellation)
    {
        var run = new DialRun(dial, _context.For(document)) { Bridging = () => Release(wish), Ringing = () => wish.Reply.Tell(180) };
        var next = await run.RunAsync(cancellation);
        if (!run.WasBridged && !_party.IsOver)
        {
            wish.Reply.Tell(run.LastSipStatus is { } status and >= 300 ? status : 480);
            return null;
        }
        return next is Next.Onward ? new Next.Document(new DocumentRequest.Ready(document, 1)) : next;
    }

    private void Release(LegWish.Transfer wish)
    {
        wish.Reply.Tell(200);
        _party.Complete();
    }
}
