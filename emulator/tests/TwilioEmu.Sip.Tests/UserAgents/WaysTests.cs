using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>A name with several addresses: RFC 3263 §4.3.</summary>
public sealed class WaysTests
{
    private const string Nowhere = "192.0.2.99";

    [Fact]
    public void An_address_that_takes_no_connection_leaves_the_call_to_the_next_one_at_once()
    {
        var net = new Net(transport: SipTransport.Tcp);
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers());
        var call = Call(net, alice, SipTransport.Tcp, Nowhere, bob.Host);
        net.Advance(1);
        call.IsEstablished.Should().BeTrue();
        net.Wire.Should().Equal("alice INVITE", "alice INVITE", "bob 100", "bob 180", "bob 200", "alice ACK");
        Rerouted(alice).Should().Equal($"{Nowhere} 503 {bob.Host}");
    }

    [Fact]
    public void An_address_that_answers_nothing_is_given_up_after_64_T1_and_one_that_answered_once_is_not()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers(seconds: 100));
        var call = Call(net, alice, SipTransport.Udp, Nowhere, bob.Host, "192.0.2.98");
        net.Advance(31);
        Rerouted(alice).Should().BeEmpty();
        net.Advance(2);
        Rerouted(alice).Should().Equal($"{Nowhere} 408 {bob.Host}");
        net.Advance(90);
        Rerouted(alice).Should().ContainSingle("it rings there, however long");
        net.Advance(30);
        call.IsEstablished.Should().BeTrue();
    }

    [Theory, InlineData(503, true), InlineData(500, false), InlineData(486, false), InlineData(404, false)]
    public void A_server_that_is_out_of_service_leaves_it_to_the_next_one_and_any_other_refusal_counts(int status, bool goesOn)
    {
        var net = new Net();
        var (alice, bob, carol) = (net.Add("alice"), net.Add("bob"), net.Add("carol").Answers());
        bob.Does = (output, now) => (output as SipOutput.CallOffered)?.Call.Refuse(status, now);
        var call = Call(net, alice, SipTransport.Udp, bob.Host, carol.Host);
        net.Advance(2);
        call.IsEstablished.Should().Be(goesOn);
        if (goesOn) net.Wire.Take(6).Should().Equal("alice INVITE", "bob 100", "bob 503", "alice ACK", "alice INVITE", "carol 100");
        else alice.Told<SipOutput.CallEnded>().Single().End.Status.Should().Be(status);
    }

    [Fact]
    public void The_last_address_has_the_last_word()
    {
        var net = new Net();
        var (alice, bob, carol) = (net.Add("alice"), net.Add("bob"), net.Add("carol"));
        foreach (var phone in new[] { bob, carol }) phone.Does = (output, now) => (output as SipOutput.CallOffered)?.Call.Refuse(
            503, now, [new("X-Who", phone.Name)]);
        Call(net, alice, SipTransport.Udp, bob.Host, carol.Host);
        net.Advance(2);
        var end = alice.Told<SipOutput.CallEnded>().Single().End;
        (end.Kind, end.Status, end.Message!.Headers["X-Who"]).Should().Be((SipEndKind.Refused, 503, "carol"));
        net.Advance(60);
        (alice.Endpoint.CallCount, alice.Endpoint.TransactionCount).Should().Be((0, 0));
    }

    [Fact]
    public void Who_gave_up_calls_no_other_address()
    {
        var net = new Net();
        var (alice, bob) = (net.Add("alice"), net.Add("bob").Answers());
        var call = Call(net, alice, SipTransport.Udp, Nowhere, bob.Host);
        net.Advance(10);
        net.Do(alice, now => call.HangUp(now));
        net.Advance(60);
        alice.Told<SipOutput.CallEnded>().Single().End.Kind.Should().Be(SipEndKind.Cancelled);
        bob.Told<SipOutput.CallOffered>().Should().BeEmpty();
    }

    [Fact]
    public void What_rang_at_an_address_that_broke_is_over_and_what_follows_goes_to_who_answered()
    {
        var net = new Net(transport: SipTransport.Tcp);
        var (alice, bob, carol) = (net.Add("alice"), net.Add("bob").Answers(seconds: 60), net.Add("carol").Answers());
        var call = Call(net, alice, SipTransport.Tcp, bob.Host, carol.Host);
        net.Advance(5);
        call.Dialog!.Id.RemoteTag.Should().NotBeNull("bob rings");
        net.Do(alice, now => alice.Endpoint.Unreachable(new Hop(SipTransport.Tcp, bob.Host, 5060), now));
        net.Advance(1);
        call.IsEstablished.Should().BeTrue();
        net.Do(alice, now => call.HangUp(now));
        net.Advance(1);
        carol.Told<SipOutput.CallEnded>().Should().ContainSingle();
        net.Wire.TakeLast(2).Should().Equal("alice BYE", "carol 200");
    }

    [Fact]
    public void Each_address_is_shown_credentials_of_its_own_challenge()
    {
        var net = new Net();
        var (alice, bob, carol) = (net.Add("alice"), net.Add("bob"), net.Add("carol").Answers());
        bob.Does = (output, now) =>
        {
            if (output is not SipOutput.CallOffered { Call: var offered, Invite: var invite }) return;
            if (invite.Headers.Has(HeaderNames.ProxyAuthorization)) offered.Refuse(503, now);
            else
            {
                offered.Refuse(
                    407, now, [new(HeaderNames.ProxyAuthenticate, "Digest realm=\"bob\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"")]);
            }
        };
        net.Do(alice,
            (e, now) => e.Call(TermsOf(alice, SipTransport.Udp, bob.Host, carol.Host) with { Login = new("ada", "secret") }, now));
        net.Advance(2);
        var came = carol.Told<SipOutput.CallOffered>().Single().Invite;
        came.Headers.Has(HeaderNames.ProxyAuthorization).Should().BeFalse();
        came.CSeq.Number.Should().Be(3);
    }

    private static OutgoingCall Call(Net net, Phone caller, SipTransport transport, params string[] hosts) =>
        net.Do(caller, (e, now) => e.Call(TermsOf(caller, transport, hosts), now));

    private static OutgoingCallTerms TermsOf(Phone caller, SipTransport transport, params string[] hosts) =>
        new(SipUri.Of("ada", "pbx"), new NameAddr(caller.Uri), Phone.Offer) { Ways = [.. hosts.Select(h => new Hop(transport, h, 5060))] };

    private static IEnumerable<string> Rerouted(Phone phone) =>
        phone.Told<SipOutput.CallRerouted>().Select(r => $"{r.Failed.Host} {r.Status} {r.Next.Host}");
}
