using TwilioEmu.Carrier.Switching;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A SIP phone that is called: at all the places it registered from at once, the first answer wins.</summary>
/// <remarks>Loop-confined. Every branch has its own INVITE with the same offer; the losers get a CANCEL (RFC 3261 §16.7 for which refusal counts).</remarks>
internal sealed class CalleeLeg(SipHost host, PartyAddress address, LegTracks tracks) : SipLeg(host, address, LegState.Ringing, tracks)
{
    private readonly List<OutgoingCall> _branches = [];
    private OutgoingCall? _answered;
    private SessionDescription? _offer;
    private SipEnd? _best;
    private LegEnd? _why;
    private bool _hasRung;

    /// <summary>Sends the INVITEs. A turn of its own.</summary>
    /// <param name="termsOf">Whom to call, given the offer's bytes.</param>
    public void Begin(Func<byte[], IEnumerable<OutgoingCallTerms>> termsOf, DateTimeOffset now)
    {
        if (State == LegState.Ended) return;
        if (!TryOpenSound())
        {
            Finish(LegEnd.Answered(503, "no port for the sound is left", Side.Emulator));
            return;
        }
        _offer = AudioNegotiation.Offer(Sound!.Terms);
        foreach (var terms in termsOf(SdpWriter.Write(_offer)).ToList())
        {
            var call = Host.Call(terms, this, now);
            if (!call.IsOver) _branches.Add(call);
        }
        if (_branches.Count == 0) Finish(new LegEnd(LegEndKind.Failed, 503, "no way leads to it", Side.Party));
    }

    /// <summary>It is over before it began.</summary>
    public void Fail(LegEnd end) => Finish(end);

    /// <summary>A branch rings.</summary>
    public void Progressed(int status)
    {
        if (status < 180 || _hasRung || State != LegState.Ringing) return;
        _hasRung = true;
        Tell(new LegNews.Progressed(HasEarlyMedia: false));
    }

    /// <summary>A branch answered.</summary>
    public void Answered(OutgoingCall call, Sip.Messages.SipResponse response, DateTimeOffset now)
    {
        if (_answered is not null || State != LegState.Ringing || Sound is not { } sound)
        {
            call.HangUp(now);
            return;
        }
        _answered = call;
        foreach (var other in _branches.Where(b => b != call).ToList()) other.HangUp(now);
        if (!SdpReader.TryRead(response.Body.Span, out var answer, out _)
            || AudioNegotiation.Conclude(_offer!, answer, sound.Terms, out var agreement) != AudioRefusal.None)
        {
            _why = new LegEnd(LegEndKind.Failed, 488, "its answer does not fit what was offered", Side.Party);
            call.HangUp(now);
            return;
        }
        State = LegState.Answered;
        Connect(sound, agreement!);
        Tell(Answered(agreement!, response));
    }

    public override void Ended(SipCall call, SipEnd end)
    {
        _branches.RemoveAll(b => b == call);
        if (_answered is not null)
        {
            if (call == _answered) Finish(_why ?? (end.Kind == SipEndKind.HungUp ? end.ByUs ? LegEnd.Released : LegEnd.HungUp : MeaningOf(end)));
            return;
        }
        if (_best is null || Rank(end) < Rank(_best)) _best = end;
        if (_branches.Count == 0) Finish(_why ?? MeaningOf(_best));
    }

    protected override void GiveUp(LegEnd why, DateTimeOffset now)
    {
        _why ??= why;
        if (_branches.Count == 0) Finish(why);
        else foreach (var branch in _branches.ToList()) branch.HangUp(now);
    }

    protected override void Info(string contentType, byte[] body, DateTimeOffset now) => _answered?.Info(contentType, body, now);

    private static LegEnd MeaningOf(SipEnd end) => end.Kind == SipEndKind.Refused
        ? LegEnd.Answered(end.Status, end.Reason, Side.Party)
        : end.Kind == SipEndKind.TimedOut ? LegEnd.Answered(408, "no answer to the INVITE", Side.Party)
        : new LegEnd(LegEndKind.Failed, end.Status, end.Reason, Side.Party);

    /// <summary>6xx first, then the lowest class, but a busy or declining phone before one that is not there.</summary>
    private static int Rank(SipEnd end) => end.Status >= 600 ? 0 : end.Status is 486 ? 1 : end.Status < 400 ? 2 : end.Status < 500 && end.Status is not (404 or 408 or 480 or 481) ? 3 : end.Status < 500 ? 4 : 5;
}
