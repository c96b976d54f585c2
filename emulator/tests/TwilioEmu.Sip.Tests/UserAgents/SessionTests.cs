using System.Text;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>What happens while a call stands.</summary>
public sealed class SessionTests
{
    private readonly Net _net = new();
    private readonly Phone _alice;
    private readonly Phone _bob;
    private readonly OutgoingCall _call;

    public SessionTests()
    {
        (_alice, _bob) = (_net.Add("alice"), _net.Add("bob").Answers());
        _call = _net.Do(_alice, (e, now) => e.Call(_alice.Calling(_bob), now));
        _net.Advance(1);
        _net.Wire.Clear();
    }

    private IncomingCall BobsCall => _bob.Told<SipOutput.CallOffered>().Single().Call;

    [Fact]
    public void An_offer_is_answered()
    {
        _bob.Does = (output, now) => (output as SipOutput.SessionOffered)?.Call.AnswerOffer(Phone.Answer, now);
        _net.Do(_alice, (_, now) => _call.Offer(Phone.Offer, now)).Should().BeTrue();
        _net.Do(_alice, (_, now) => _call.Offer(Phone.Offer, now)).Should().BeFalse();
        _net.Advance(1);
        _alice.Told<SipOutput.SessionAnswered>().Single().Response!.Body.ToArray().Should().Equal(Phone.Answer);
        _net.Wire.Should().Equal("alice INVITE", "bob 100", "bob 200", "alice ACK");
    }

    [Fact]
    public void Who_offers_nothing_gets_an_offer_and_its_ACK_answers()
    {
        const string Headers = "From: {0}\r\nTo: {1}\r\nCall-ID: {2}\r\nCSeq: 7 {3}\r\nContact: <sip:alice@192.0.2.1>\r\n";
        _bob.Does = (output, now) => (output as SipOutput.SessionOffered)?.Call.AnswerOffer(Phone.Offer, now);
        Say("INVITE", "");
        _bob.Told<SipOutput.SessionOffered>().Single().Request.Body.IsEmpty.Should().BeTrue();
        _net.Do(_bob, (_, now) => BobsCall.Offer(Phone.Offer, now))
            .Should().BeFalse("an offer of its own waits for the answer to this one");
        Say("ACK", Encoding.ASCII.GetString(Phone.Answer));
        _bob.Told<SipOutput.SessionConfirmed>().Single().Ack.Body.ToArray().Should().Equal(Phone.Answer);
        _net.Do(_bob, (_, now) => BobsCall.Offer(Phone.Offer, now)).Should().BeTrue();

        void Say(string method, string body) => _net.Inject(
            _bob, new(0, "192.0.2.1", 5060), $"{method} sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{method}\r\n"
            + string.Format(
                System.Globalization.CultureInfo.InvariantCulture, Headers, _call.Dialog!.Local, _call.Dialog.Remote, _call.CallId, method)
            + (body.Length > 0 ? $"Content-Type: application/sdp\r\n\r\n{body}" : "\r\n"));
    }

    [Fact]
    public void An_offer_that_is_refused_leaves_the_call_standing()
    {
        _bob.Does = (output, now) => (output as SipOutput.SessionOffered)?.Call.RefuseOffer(488, now);
        _net.Do(_alice, (_, now) => _call.Offer(Phone.Offer, now));
        _net.Advance(1);
        _alice.Told<SipOutput.SessionAnswered>().Single().Response!.Status.Should().Be(488);
        _call.IsEstablished.Should().BeTrue();
    }

    [Fact]
    public void Offers_that_cross_are_both_withdrawn_and_made_again_in_turn()
    {
        foreach (var phone in new[] { _alice, _bob }) phone.Does = (output, now) =>
            (output as SipOutput.SessionOffered)?.Call.AnswerOffer(Phone.Answer, now);
        _net.Do(_alice, (_, now) => _call.Offer(Phone.Offer, now));
        _net.Do(_bob, (_, now) => BobsCall.Offer(Phone.Offer, now));
        _net.Advance(1);
        _net.Wire.Should().Contain(["alice 491", "bob 491"]);
        _net.Advance(10);
        _alice.Told<SipOutput.SessionAnswered>().Single().Response!.Status.Should().Be(200);
        _bob.Told<SipOutput.SessionAnswered>().Single().Response!.Status.Should().Be(200);
    }

    [Fact]
    public void Whoever_is_no_party_of_the_dialog_is_refused()
    {
        _net.Inject(_bob, new(0, "198.51.100.7", 5060), "BYE sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.7;branch=z9hG4bKx\r\n"
            + $"From: <sip:alice@x>;tag=guess\r\nTo: <sip:bob@x>;tag=guess\r\nCall-ID: {_call.CallId}\r\nCSeq: 9 BYE\r\n\r\n");
        _net.Wire.Should().Equal("bob 481");
        BobsCall.IsEstablished.Should().BeTrue();
    }

    [Fact]
    public void A_request_out_of_order_is_refused()
    {
        var dialog = _call.Dialog!;
        _net.Inject(_bob, new(0, "192.0.2.1", 5060), "INFO sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKold\r\n"
            + $"From: {dialog.Local}\r\nTo: {dialog.Remote}\r\nCall-ID: {_call.CallId}\r\nCSeq: 1 INFO\r\n\r\n");
        _net.Wire.Should().Equal("bob 500");
        _bob.Told<SipOutput.InfoCame>().Should().BeEmpty();
    }

    [Fact]
    public void A_key_by_INFO_is_told()
    {
        _net.Do(_alice, now => _call.Info("application/dtmf-relay", Encoding.ASCII.GetBytes("Signal=5\r\nDuration=160\r\n"), now));
        _net.Advance(1);
        _bob.Told<SipOutput.InfoCame>().Single().Request.BodyText.Should().StartWith("Signal=5");
    }

    [Fact]
    public void A_transfer_is_asked_accepted_and_told_of_to_its_end()
    {
        _alice.Does = (output, now) =>
        {
            if (output is not SipOutput.TransferAsked asked) return;
            asked.Call.AnswerTransfer(asked.Ask, 202, now);
            asked.Call.NotifyTransfer(asked.Ask, 180, now);
            asked.Call.NotifyTransfer(asked.Ask, 200, now);
        };
        NameAddr.TryParse("<sip:carol@example.com?X-A=b>", out var carol).Should().BeTrue();
        _net.Do(_bob, now => BobsCall.Transfer(carol, now));
        _net.Advance(1);
        _alice.Told<SipOutput.TransferAsked>().Single().Ask.ReferTo.Should().Be("<sip:carol@example.com?X-A=b>");
        _bob.Told<SipOutput.TransferProgressed>().Select(p => (p.Status, p.IsOver)).Should().Equal((100, false), (180, false), (200, true));
    }

    [Fact]
    public void A_transfer_that_is_refused_is_over()
    {
        _alice.Does = (output, now) => (output as SipOutput.TransferAsked)?.Call.AnswerTransfer(((SipOutput.TransferAsked)output).Ask, 603,
            now);
        _net.Do(_bob, now => BobsCall.Transfer(new NameAddr(_alice.Uri), now));
        _net.Advance(1);
        _bob.Told<SipOutput.TransferProgressed>().Single().Should().Match<SipOutput.TransferProgressed>(p => p.Status == 603 && p.IsOver);
        BobsCall.IsEstablished.Should().BeTrue();
    }

    [Fact]
    public void A_NOTIFY_nobody_asked_for_is_refused()
    {
        var dialog = _call.Dialog!;
        _net.Inject(_bob, new(0, "192.0.2.1", 5060),
            "NOTIFY sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKn\r\nEvent: refer\r\n"
            + $"From: {dialog.Local}\r\nTo: {dialog.Remote}\r\nCall-ID: {_call.CallId}\r\nCSeq: 9 NOTIFY\r\n\r\n");
        _net.Wire.Should().Equal("bob 481");
    }

    [Fact]
    public void A_session_is_refreshed_at_half_its_time_for_as_long_as_it_stands()
    {
        _net.Advance(4000);
        _net.Wire.Should().Equal(Enumerable.Repeat(new[] { "bob UPDATE", "alice 200" }, 4).SelectMany(w => w));
        _call.IsEstablished.Should().BeTrue();
        _alice.Told<SipOutput.SessionOffered>().Should().BeEmpty();
    }

    [Fact]
    public void A_peer_that_vanished_is_cleaned_up()
    {
        _bob.IsGone = true;
        _net.Advance(1900);
        _alice.Told<SipOutput.CallEnded>().Single().End.Kind.Should().Be(SipEndKind.TimedOut);
        (_alice.Endpoint.CallCount, _alice.Endpoint.TransactionCount).Should().Be((0, 0));
    }

    [Fact]
    public void A_refresher_that_vanished_is_found_out_by_its_refresh()
    {
        _alice.IsGone = true;
        _net.Advance(1000);
        _bob.Told<SipOutput.CallEnded>().Single().End.Kind.Should().Be(SipEndKind.TimedOut);
    }
}
