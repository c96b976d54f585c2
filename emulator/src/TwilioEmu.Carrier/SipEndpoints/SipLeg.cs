using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Media.Score;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>A SIP phone's end of a call: what caller and callee have in common.</summary>
/// <remarks>Loop-confined. News is told in turns of its own. Whatever ends the call in SIP ends the leg, once.</remarks>
internal abstract class SipLeg(SipHost host, PartyAddress address, LegState state, LegTracks tracks) : ILeg
{
    public PartyAddress Address { get; } = address;

    public LegState State { get; protected set; } = state;

    public Track FromParty => tracks.FromParty;

    public Track ToParty => tracks.ToParty;

    public ILegOwner? Owner { get; set; }

    /// <summary>The call it is the leg of, for the journal.</summary>
    public string CallSid { get; set; } = "";

    protected SipHost Host => host;

    protected LiveSound? Sound { get; private set; }

    public void Do(LegCommand command)
    {
        if (State == LegState.Ended) return;
        switch (command)
        {
            case LegCommand.Ring: host.Act(Ring); break;
            case LegCommand.Answer: host.Act(Answer); break;
            case LegCommand.End(var why): host.Act(now => GiveUp(why, now)); break;
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
            call.AnswerOffer(SdpWriter.Write(AudioNegotiation.Offer(sound.Terms)), now);
            return;
        }
        var refusal = Negotiate(request, sound.Terms, out var answer, out var agreement);
        if (refusal != 0)
        {
            call.RefuseOffer(refusal, now);
            return;
        }
        call.AnswerOffer(answer, now);
        Connect(sound, agreement!);
    }

    /// <summary>The call of this leg is over in SIP.</summary>
    public abstract void Ended(SipCall call, SipEnd end);

    /// <summary>The endpoint closes.</summary>
    public void Close() => Finish(LegEnd.Released);

    protected virtual void Ring(DateTimeOffset now)
    {
    }

    protected virtual void Answer(DateTimeOffset now)
    {
    }

    /// <summary>Ends the call in SIP, in whatever state it is.</summary>
    protected abstract void GiveUp(LegEnd why, DateTimeOffset now);

    protected abstract void Info(string contentType, byte[] body, DateTimeOffset now);

    protected void Tell(LegNews news) => host.World.Loop.Post(() =>
    {
        if (State != LegState.Ended) Owner?.Told(this, news);
    });

    protected void Finish(LegEnd end)
    {
        if (State == LegState.Ended) return;
        State = LegState.Ended;
        if (Sound is { } sound)
        {
            var (sent, received, lost, jitter) = sound.Measured;
            sound.Dispose();
            if (sound.Agreement is not null) host.Write(SipEntries.Sounded, Address.ToString(), ("call_sid", CallSid), ("sent", sent), ("received", received), ("lost", lost), ("jitter_ms", Math.Round(jitter, 1)));
        }
        host.World.Loop.Post(() => Owner?.Told(this, new LegNews.Ended(end)));
    }

    /// <summary>Borrows ports; false when there are none.</summary>
    protected bool TryOpenSound()
    {
        if (host.Media.TryLend() is not RtpPorts ports) return false;
        Sound = new LiveSound(host.Media, tracks, ports);
        return true;
    }

    protected void Connect(LiveSound sound, AudioAgreement agreement)
    {
        sound.Connect(agreement);
        host.Write(
            SipEntries.Connected, Address.ToString(), ("call_sid", CallSid), ("codec", AudioFormats.NameOf(agreement.Codec)),
            ("remote", $"{agreement.RemoteAddress}:{agreement.RemotePort}"), ("is_held", !agreement.Direction.HasFlag(MediaDirection.SendOnly)));
    }

    protected LegNews.Answered Answered(AudioAgreement agreement, SipMessage told) => new(new LegFacts
    {
        Codec = AudioFormats.NameOf(agreement.Codec),
        Headers = SipHeaderRules.Passed(told.Headers),
        Remote = $"{agreement.RemoteAddress}:{agreement.RemotePort}",
        SipCallId = told.CallId,
        IsLive = true,
    });

    /// <summary>The status that refuses an offer: 0 when there is an answer, 400 for a body that cannot be read, 488 for what is not to be had.</summary>
    protected static int Negotiate(SipRequest request, AudioTerms terms, out byte[] answer, out AudioAgreement? agreement)
    {
        (answer, agreement) = ([], null);
        if (!SdpReader.TryRead(request.Body.Span, out var offer, out _)) return 400;
        if (AudioNegotiation.Answer(offer, terms, out var description, out agreement) != AudioRefusal.None) return 488;
        answer = SdpWriter.Write(description!);
        return 0;
    }
}
