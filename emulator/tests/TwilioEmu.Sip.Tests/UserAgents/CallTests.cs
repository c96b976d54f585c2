using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

public sealed class CallTests
{
    [Theory, InlineData(SipTransport.Udp), InlineData(SipTransport.Tcp)]
    public void A_call_is_made_answered_and_hung_up(SipTransport transport)
    {
        var net = new Net(transport: transport);
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers(seconds: 2));
        var call = net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(1);
        alice.Told<SipOutput.CallProgressed>().Single().Response.Status.Should().Be(180);
        net.Advance(2);
        call.IsEstablished.Should().BeTrue();
        alice.Told<SipOutput.CallAnswered>().Single().Response.Body.ToArray().Should().Equal(Phone.Answer);
        bob.Told<SipOutput.CallConfirmed>().Should().ContainSingle();
        net.Do(alice, now => call.HangUp(now, [new("X-Why", "done")]));
        net.Advance(1);
        alice.Told<SipOutput.CallEnded>().Single().End.Should().Match<SipEnd>(e => e.Kind == SipEndKind.HungUp && e.ByUs);
        bob.Told<SipOutput.CallEnded>().Single().End.Message!.Headers["X-Why"].Should().Be("done");
        net.Wire.Should().Equal("alice INVITE", "bob 100", "bob 180", "bob 200", "alice ACK", "alice BYE", "bob 200");
        net.Advance(60);
        (alice.Endpoint.CallCount, alice.Endpoint.TransactionCount, bob.Endpoint.CallCount, bob.Endpoint.TransactionCount).Should()
            .Be((0, 0, 0, 0));
        alice.Endpoint.NextDue.Should().BeNull();
    }

    [Fact]
    public void The_called_side_hangs_up()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers());
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(1);
        net.Do(bob, now => bob.Told<SipOutput.CallOffered>().Single().Call.HangUp(now));
        net.Advance(1);
        alice.Told<SipOutput.CallEnded>().Single().End.Should().Match<SipEnd>(e => e.Kind == SipEndKind.HungUp && !e.ByUs);
    }

    [Fact]
    public void A_refusal_tells_its_status_and_headers()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob"));
        bob.Does = (output, now) => (output as SipOutput.CallOffered)?.Call.Refuse(486, now, [new("X-Reason", "lunch")]);
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(1);
        var end = alice.Told<SipOutput.CallEnded>().Single().End;
        (end.Kind, end.Status, end.Message!.Headers["X-Reason"]).Should().Be((SipEndKind.Refused, 486, "lunch"));
        net.Wire.Should().Equal("alice INVITE", "bob 100", "bob 486", "alice ACK");
    }

    [Fact]
    public void A_caller_who_gives_up_cancels()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers(seconds: 30));
        var call = net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(5);
        net.Do(alice, now => call.HangUp(now));
        net.Advance(1);
        foreach (var phone in new[] { alice, bob }) phone.Told<SipOutput.CallEnded>()
            .Single().End.Should().Match<SipEnd>(e => e.Kind == SipEndKind.Cancelled && e.Status == 487);
        net.Wire.Should().Equal("alice INVITE", "bob 100", "bob 180", "alice CANCEL", "bob 200", "bob 487", "alice ACK");
    }

    [Fact]
    public void A_CANCEL_waits_for_the_first_sign_of_the_other_end()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob"));
        var call = net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Do(alice, now => call.HangUp(now));
        net.Wire.Should().Equal("alice INVITE");
        net.Advance(1);
        net.Wire.Should().Equal("alice INVITE", "bob 100", "alice CANCEL", "bob 200", "bob 487", "alice ACK");
        bob.Told<SipOutput.CallEnded>().Should().ContainSingle();
    }

    [Fact]
    public void An_answer_that_crosses_the_CANCEL_is_acknowledged_and_hung_up()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers(seconds: 1));
        var call = net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(1.015);
        net.Do(alice, now => call.HangUp(now));
        net.Advance(1);
        net.Wire.Skip(3).Should().Equal("bob 200", "alice CANCEL", "alice ACK", "alice BYE", "bob 200", "bob 200");
        alice.Told<SipOutput.CallAnswered>().Should().BeEmpty();
        alice.Told<SipOutput.CallEnded>().Single().End.Kind.Should().Be(SipEndKind.Cancelled);
    }

    [Fact]
    public void Nobody_there_is_a_timeout_after_32_seconds()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob"));
        bob.IsGone = true;
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(31.9);
        alice.Told<SipOutput.CallEnded>().Should().BeEmpty();
        net.Advance(0.2);
        alice.Told<SipOutput.CallEnded>().Single().End.Should().Match<SipEnd>(e => e.Kind == SipEndKind.TimedOut && e.Status == 408);
        net.Wire.Should().HaveCount(7).And.OnlyContain(w => w == "alice INVITE");
    }

    [Fact]
    public void A_connection_that_cannot_be_made_is_told_at_once()
    {
        var net = new Net(transport: SipTransport.Tcp);
        var alice = net.Add("alice");
        SipUri.TryParse("sip:bob@198.51.100.1;transport=tcp", out var nowhere).Should().BeTrue();
        net.Do(alice, (e, now) => e.Call(new(nowhere, new NameAddr(alice.Uri), Phone.Offer), now));
        alice.Told<SipOutput.CallEnded>().Single().End.Should().Match<SipEnd>(e => e.Kind == SipEndKind.Unreachable && e.Status == 503);
    }

    [Fact]
    public void An_answer_without_ACK_is_repeated_and_then_hung_up()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers());
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(0.015);
        alice.IsGone = true;
        net.Advance(33);
        net.Wire.Count(w => w == "bob 200").Should().Be(11);
        bob.Told<SipOutput.CallEnded>().Should().ContainSingle("it is over with the BYE, answered or not");
        net.Advance(64);
        net.Wire.Count(w => w == "bob BYE").Should().BeGreaterThan(1);
        bob.Told<SipOutput.CallEnded>().Single().End.Should().Match<SipEnd>(e => e.Kind == SipEndKind.TimedOut);
        bob.Told<SipOutput.CallConfirmed>().Should().BeEmpty();
    }

    [Fact]
    public void Early_media_and_further_headers_are_told()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob"));
        bob.Does = (output, now) => (output as SipOutput.CallOffered)?.Call.Ring(183, now, Phone.Answer, [new("X-A", "b")]);
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(1);
        var progress = alice.Told<SipOutput.CallProgressed>().Single().Response;
        (progress.Status, progress.ContentType, progress.Headers["X-A"]).Should().Be((183, "application/sdp", "b"));
    }

    [Fact]
    public void A_reliable_provisional_is_acknowledged_and_the_next_waits_for_it()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob"));
        bob.Does = (output, now) =>
        {
            if (output is not SipOutput.CallOffered { Call: var call }) return;
            call.Ring(183, now, Phone.Answer, reliably: true);
            call.Ring(180, now, reliably: true);
            call.Answer(default, now);
        };
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(1);
        net.Wire.Should().Equal("alice INVITE", "bob 100", "bob 183", "alice PRACK", "bob 200", "bob 200", "alice ACK");
        alice.Told<SipOutput.CallProgressed>().Should().ContainSingle();
        bob.Told<SipOutput.CallConfirmed>().Should().ContainSingle();
    }

    [Fact]
    public void A_reliable_provisional_that_nobody_acknowledges_ends_the_call()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob"));
        bob.Does = (output, now) => (output as SipOutput.CallOffered)?.Call.Ring(183, now, reliably: true);
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(0.015);
        alice.IsGone = true;
        net.Advance(33);
        bob.Told<SipOutput.CallEnded>().Single().End.Status.Should().Be(504);
    }

    [Fact]
    public void An_INVITE_without_offer_is_answered_in_the_ACK()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers());
        var call = net.Do(alice, (e, now) => e.Call(alice.Calling(bob) with { Offer = default }, now));
        net.Advance(0.1);
        bob.Told<SipOutput.CallConfirmed>().Should().BeEmpty();
        net.Do(alice, now => call.Acknowledge(Phone.Offer, now));
        net.Advance(1);
        bob.Told<SipOutput.CallConfirmed>().Single().Ack.Body.ToArray().Should().Equal(Phone.Offer);
    }

    [Fact]
    public void A_phone_that_rings_for_ever_is_refused_in_the_end()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob"));
        net.Do(alice, (e, now) => e.Call(alice.Calling(bob), now));
        net.Advance(601);
        alice.Told<SipOutput.CallEnded>().Single().End.Status.Should().Be(480);
    }
}
