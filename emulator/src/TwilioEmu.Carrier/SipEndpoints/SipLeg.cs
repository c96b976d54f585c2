using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Media.Score;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A SIP phone's end of a call: what caller and callee have in common.</summary>
/// <remarks>Loop-confined. News is told in turns of its own. Whatever ends the call in SIP ends the leg, once.</remarks>
/// <param name="host">Where it lives.</param>
/// <param name="use">How SRTP is meant in its call.</param>
/// <param name="address">The party's.</param>
/// <param name="state">Dialling or ringing.</param>
/// <param name="tracks">Its own.</param>
internal abstract class SipLeg(SipHost host, SrtpUse use, PartyAddress address, LegState state, LegTracks tracks) : ILeg
{
    /// <summary>The leg that this one's party was left to; null while the phone itself is there.</summary>
    private SipLeg? _standIn;

    /// <summary>What was last said of where its sound goes; null for nothing.</summary>
    private string? _warned;
    private bool _hasSentKeys;
    private LateFrames? _late;
    private IceWatch? _ice;

    public PartyAddress Address { get; } = address;

    public LegState State { get; protected set; } = state;

    public Track FromParty => tracks.FromParty;

    public Track ToParty => tracks.ToParty;

    public ILegOwner? Owner { get; set; }

    /// <summary>The call it is the leg of, for the journal.</summary>
    public string CallSid { get; set; } = "";

    /// <summary>The number of the carrier's that the phone is; null where it is none.</summary>
    public string? Subscriber { get; init; }

    protected SipHost Host => host;

    protected LiveSound? Sound { get; private set; }

    public void Do(LegCommand command)
    {
        if (State == LegState.Ended) return;
        if (_standIn is { } standIn)
        {
            if (command is not LegCommand.End) return;
            Finish(LegEnd.Released);
            standIn.Finish(LegEnd.HungUp);
            return;
        }
        switch (command)
        {
            case LegCommand.Ring(var hasEarlyMedia): host.Act(now => Ring(hasEarlyMedia, now)); break;
            case LegCommand.Answer: host.Act(Answer); break;
            case LegCommand.End(var why): host.Act(now => GiveUp(why, now)); break;
            case LegCommand.Transfer(var target): host.Act(now => Transfer(target, now)); break;
            case LegCommand.Buffer(var bounds): Sound?.Bound(bounds); break;
            case LegCommand.Info(var type, var body): host.Act(now => Info(type, System.Text.Encoding.UTF8.GetBytes(body), now)); break;
        }
    }

    /// <summary>The peer offers another session: hold, resume, another address.</summary>
    public void Reoffered(SipCall call, SipRequest request, DateTimeOffset now)
    {
        if (Sound is not { } sound)
        {
            call.RefuseOffer(488, now);
            return;
        }
        if (request.Body.IsEmpty)
        {
            call.AnswerOffer(sound.Offers.Offer(sound.Agreement), now);
            return;
        }
        var refusal = sound.Offers.Answer(request.Body.Span, out var answer, out var agreement);
        if (refusal != 0)
        {
            call.RefuseOffer(refusal, now);
            return;
        }
        call.AnswerOffer(answer, now);
        Connect(sound, agreement!);
        Reagreed(call, answer, agreement!);
    }

    /// <summary>The peer asked for our offer, and its ACK answers; one that does not fit changes nothing, and is said aloud.</summary>
    public void Reconfirmed(SipRequest ack)
    {
        if (Sound is not { } sound) return;
        if (sound.Offers.TryConclude(ack.Body.Span, out var agreement)) Connect(sound, agreement!);
        else
        {
            host.World.Journal.Warn(
                AccountSid.None, Address.ToString(), 0,
                "the phone asked for an offer (a re-INVITE without a description), and its ACK has no answer that fits: "
                    + "sound goes on as before");
        }
    }

    /// <summary>The peer has offered anew, perhaps before the call was answered (UPDATE, RFC 3311).</summary>
    protected virtual void Reagreed(SipCall call, byte[] answer, AudioAgreement agreement)
    {
    }

    /// <summary>The party sent something along: keys, which count as telephone-events alone (measured). It is said aloud, once.</summary>
    public void InfoCame(SipRequest request)
    {
        if (_hasSentKeys || request.ContentType is not ("application/dtmf-relay" or "application/dtmf")) return;
        _hasSentKeys = true;
        host.World.Journal.Warn(
            AccountSid.None, Address.ToString(), 0,
            "a key came by SIP INFO, and nobody hears it, as on the live service: set the phone to RFC 4733 (RFC 2833) telephone-events");
    }

    /// <summary>The call of this leg is over in SIP; one that somebody else stands in for goes on without.</summary>
    public void Over(SipCall call, SipEnd end)
    {
        if (_standIn is null) Ended(call, end);
    }

    protected abstract void Ended(SipCall call, SipEnd end);

    /// <summary>The endpoint closes.</summary>
    public void Close() => Finish(LegEnd.Released);

    /// <summary>
    /// The party asks for the other side to be connected with somebody else; a
    /// number of the carrier's also with whom it talks to in another call.
    /// </summary>
    public void TransferAsked(SipCall call, TransferAsk ask, DateTimeOffset now)
    {
        var reply = new TransferReply(host, call, ask);
        if (Subscriber is not null && ask.Replaces is { } replaced) Join(host.LegOf(replaced), reply, now);
        else Tell(new LegNews.Asked(new LegWish.Transfer(ask.ReferTo, SipHeaderRules.Passed(ask.Request.Headers), reply)));
    }

    /// <summary>
    /// An attended transfer (RFC 5589 §7), done by the network as its own (explicit call transfer, 3GPP TS 22.091): whom the phone talks to
    /// in both calls hear each other, and the phone leaves. To whoever holds its legs nothing has happened but that another voice speaks.
    /// </summary>
    private void Join(SipLeg? other, TransferReply reply, DateTimeOffset now)
    {
        // 481 to the REFER itself would end the call that it came in (RFC 5057 §5.1).
        reply.Answer(202);
        if (other is null || other == this || other.Subscriber != Subscriber)
        {
            reply.Tell(481);
            return;
        }
        if (State != LegState.Answered || other.State != LegState.Answered || other._standIn is not null)
        {
            reply.Tell(480);
            return;
        }
        host.Write(SipEntries.Joined, Subscriber!, ("call_sid", CallSid), ("other_call_sid", other.CallSid));
        reply.Tell(200);
        LeaveTo(other, now);
        other.LeaveTo(this, now);
    }

    /// <summary>The phone leaves, and what is heard at the other leg is said at this one.</summary>
    private void LeaveTo(SipLeg other, DateTimeOffset now)
    {
        _standIn = other;
        CloseSound();
        // Not at the turn's instant: the sound was closed after it.
        FromParty.Put(new Cue(host.World.Clock.GetUtcNow(), Lanes.Main, new Source.Of(other.ToParty)));
        Standing?.HangUp(now, GatewayHeaders.Goodbye(CallSid, isOfNetwork: true));
    }

    /// <summary>The party tells how it goes with what it was asked.</summary>
    public void TransferProgressed(SipOutput.TransferProgressed told) =>
        Tell(new LegNews.Transferred(told.IsRefused ? told.Status : 202, told.IsRefused ? 0 : told.Status, told.IsOver));

    /// <summary>Something of what was asked is not done, though the call is made.</summary>
    public void Warn(int code, string why) => Tell(new LegNews.Warned(code, why));

    /// <summary>The call in SIP that stands; null before.</summary>
    protected abstract SipCall? Standing { get; }

    protected virtual void Ring(bool hasEarlyMedia, DateTimeOffset now)
    {
    }

    protected virtual void Answer(DateTimeOffset now)
    {
    }

    /// <summary>Ends the call in SIP, in whatever state it is.</summary>
    protected abstract void GiveUp(LegEnd why, DateTimeOffset now);

    private void Transfer(string target, DateTimeOffset now)
    {
        if (Standing is { IsEstablished: true } call && SipUri.TryParse(target, out var uri)) call.Transfer(new NameAddr(uri), now);
        else Tell(new LegNews.Transferred(400, 0, IsOver: true));
    }

    private void Info(string contentType, byte[] body, DateTimeOffset now) => Standing?.Info(contentType, body, now);

    /// <summary>The party sends nothing any more: it is hung up on, and taken for gone.</summary>
    private void Vanish()
    {
        if (State == LegState.Ended) return;
        Vanished = new LegEnd(
            LegEndKind.HungUp, 200, $"no sound and no report came for {host.Media.Timeout.TotalSeconds:0} s", Side.Party)
        { Code = 32014 };
        host.Act(now => GiveUp(Vanished, now));
    }

    /// <summary>How it ends when the party has sent nothing for too long; null while it does.</summary>
    protected LegEnd? Vanished { get; private set; }

    protected void Tell(LegNews news) => host.World.Loop.Post(() =>
    {
        if (State != LegState.Ended) Owner?.Told(this, news);
    });

    protected void Finish(LegEnd end)
    {
        if (State == LegState.Ended) return;
        State = LegState.Ended;
        end = Vanished ?? end;
        if (_standIn is not null) FromParty.Put(new Cue(host.World.Clock.GetUtcNow(), Lanes.Main, new Source.Silence()));
        CloseSound();
        host.World.Loop.Post(() => Owner?.Told(this, new LegNews.Ended(end)));
    }

    private void CloseSound()
    {
        if (Sound is not { } sound) return;
        Sound = null;
        _ice?.Over();
        var measured = sound.Measured;
        var dropped = _late?.Count ?? 0;
        sound.Dispose();
        if (measured is null) return;
        host.Write(
            SipEntries.Sounded, Address.ToString(), ("call_sid", CallSid), ("sent", measured.Sent), ("received", measured.Received),
            ("lost", measured.Lost), ("duplicates", measured.Duplicates),
            ("jitter_ms", Math.Round(measured.Jitter.TotalMilliseconds, 1)), ("dropped", dropped));
        LateFrames.Tell(host.World, Address.ToString(), dropped);
        host.World.Loop.Post(() => Owner?.Told(this, new LegNews.Measured(measured, IsWhole: true)));
    }

    /// <summary>What a request that ends the call says of why.</summary>
    protected IEnumerable<SipHeader> Goodbye(LegEnd? why = null) =>
        [
            .. GatewayHeaders.Goodbye(CallSid, Subscriber is not null),
            .. why is { By: Side.Emulator } ? why.Headers.Select(h => new SipHeader(h.Key, h.Value)) : [],
        ];

    /// <summary>Borrows ports; false when there are none, and that is told.</summary>
    protected bool TryOpenSound()
    {
        if (host.Media.TryLend() is not RtpPorts ports)
        {
            host.World.Journal.Warn(
                AccountSid.None, Address.ToString(), 0,
                $"no port of {host.Media.Ports} is left for its sound, so that the call ends with 503; --rtp-ports can give more");
            return false;
        }
        Sound = new LiveSound(host.Media, tracks, ports, use, Vanish, sample => Tell(new LegNews.Measured(sample, IsWhole: false)));
        return true;
    }

    protected void Connect(LiveSound sound, AudioAgreement agreement)
    {
        if (SoundRoute.WhyNot(agreement, host.Media.Bound, isFirst: sound.Agreement is null) is { } why && why != _warned)
        {
            _warned = why;
            host.World.Journal.Warn(AccountSid.None, Address.ToString(), 0, $"the phone may hear nothing: {why}");
        }
        _late ??= new LateFrames(host.Media.Frames);
        if (agreement.HasIce && sound.Agreement is null && agreement.Direction.HasFlag(MediaDirection.ReceiveOnly))
        {
            _ice = new IceWatch(host.World, Address, () => sound.Measured is { Received: 0 });
        }
        sound.Connect(agreement);
        host.Write(
            SipEntries.Connected, Address.ToString(), ("call_sid", CallSid), ("codec", AudioFormats.NameOf(agreement.Codec)),
            ("remote", $"{agreement.RemoteAddress}:{agreement.RemotePort}"),
            ("is_held", !agreement.Direction.HasFlag(MediaDirection.SendOnly)), ("is_secure", agreement.IsSecure));
    }

    protected LegNews.Answered Answered(AudioAgreement agreement, SipMessage told) => new(new LegFacts
    {
        Codec = AudioFormats.NameOf(agreement.Codec),
        Headers = SipHeaderRules.Passed(told.Headers),
        Remote = $"{agreement.RemoteAddress}:{agreement.RemotePort}",
        SipCallId = told.CallId,
        IsLive = true,
    });
}
