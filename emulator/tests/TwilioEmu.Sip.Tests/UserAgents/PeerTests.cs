using System.Text;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>An endpoint beside a peer that is written by hand: forks, proxies, strict routers, challenges, NATs.</summary>
public sealed class PeerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly Hop Peer = new(SipTransport.Udp, "198.51.100.1", 5060);

    private readonly SipEndpoint _endpoint;
    private readonly List<SipMessage> _sent = [];
    private readonly List<Hop> _hops = [];
    private readonly List<SipOutput> _news = [];

    public PeerTests()
    {
        var random = new Random(1);
        _endpoint = new(new() { AddressOf = _ => new("192.0.2.1", 5060), Random = random.NextBytes });
    }

    [Fact]
    public void The_first_fork_that_answers_makes_the_call_and_the_second_is_hung_up()
    {
        var call = Call();
        Respond(180, "one");
        Respond(180, "two");
        _news.OfType<SipOutput.CallProgressed>().Should().HaveCount(2);
        Respond(200, "two");
        call.Dialog!.Id.RemoteTag.Should().Be("two");
        _sent.Clear();
        Respond(200, "one");
        _sent.OfType<SipRequest>().Select(r => (r.Method, r.To.Tag)).Should().Equal(("ACK", "one"), ("BYE", "one"));
        _sent.Clear();
        Respond(200, "two");
        Respond(200, "one");
        _sent.OfType<SipRequest>().Select(r => (r.Method, r.To.Tag)).Should().Equal(("ACK", "two"), ("ACK", "one"));
        _news.OfType<SipOutput.CallAnswered>().Should().ContainSingle();
        call.IsEstablished.Should().BeTrue();
    }

    [Theory, InlineData(401, HeaderNames.WwwAuthenticate, HeaderNames.Authorization),
        InlineData(407, HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization)]
    public void A_challenge_is_answered_once(int status, string asks, string answers)
    {
        Call(t => t with { Login = new("alice", "secret") });
        Respond(status, "x", new SipHeader(asks, "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5"));
        var second = _sent.OfType<SipRequest>().Last();
        (second.Method, second.CSeq.Number, second.Headers.Has(answers)).Should().Be(("INVITE", 2u, true));
        Respond(status, "x", new SipHeader(asks, "Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=MD5"));
        _news.OfType<SipOutput.CallEnded>().Single().End.Status.Should().Be(status);
    }

    [Fact]
    public void A_server_that_says_stale_for_ever_is_given_up()
    {
        Call(t => t with { Login = new("alice", "secret") });
        for (var i = 0; i < 10; i++) Respond(407, "x", new SipHeader(HeaderNames.ProxyAuthenticate,
            $"Digest realm=\"r\", nonce=\"n{i}\", stale=true"));
        _sent.OfType<SipRequest>().Count(r => r.Method == "INVITE").Should().Be(3);
        _news.OfType<SipOutput.CallEnded>().Should().ContainSingle();
    }

    [Fact]
    public void An_interval_too_small_is_asked_again_as_long_as_it_must_be()
    {
        Call();
        Respond(422, "x", new SipHeader(HeaderNames.MinSE, "3600"));
        var again = _sent.OfType<SipRequest>().Last();
        (again.Method, again.Headers[HeaderNames.SessionExpires], again.Headers[HeaderNames.MinSE]).Should().Be(("INVITE", "3600", "3600"));
    }

    [Fact]
    public void Loose_routers_are_passed_by_Route_and_the_target_stays_the_target()
    {
        Call();
        Respond(200, "t", new SipHeader(HeaderNames.RecordRoute, "<sip:p2.example;lr>, <sip:203.0.113.9:5070;lr>"));
        var ack = _sent.OfType<SipRequest>().Last();
        ack.Uri.ToString().Should().Be("sip:bob@198.51.100.1");
        ack.Headers.TryGetAddresses(HeaderNames.Route, out var routes).Should().BeTrue();
        routes.Select(r => r.Uri.ToString()).Should().Equal("sip:203.0.113.9:5070;lr", "sip:p2.example;lr");
        _hops.Last().Should().Be(new Hop(SipTransport.Udp, "203.0.113.9", 5070));
    }

    [Fact]
    public void A_strict_router_gets_the_Request_URI_and_the_target_goes_last()
    {
        Call();
        Respond(200, "t", new SipHeader(HeaderNames.RecordRoute, "<sip:p2.example;lr>, <sip:203.0.113.9>"));
        var ack = _sent.OfType<SipRequest>().Last();
        ack.Uri.ToString().Should().Be("sip:203.0.113.9");
        ack.Headers.TryGetAddresses(HeaderNames.Route, out var routes).Should().BeTrue();
        routes.Select(r => r.Uri.ToString()).Should().Equal("sip:p2.example;lr", "sip:bob@198.51.100.1");
    }

    [Fact]
    public void A_called_side_copies_Record_Route_and_goes_back_by_it()
    {
        Receive(Invite(
            more: "Record-Route: <sip:203.0.113.1;lr>\r\nRecord-Route: <sip:203.0.113.2;lr>\r\n"
                + "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKfar\r\n"));
        var call = _news.OfType<SipOutput.CallOffered>().Single().Call;
        Do(() => call.Answer(Phone.Answer, Now));
        var answer = _sent.OfType<SipResponse>().Last();
        answer.Headers.Values(HeaderNames.RecordRoute).Should().HaveCount(2);
        answer.Headers.Values(HeaderNames.Via).Should().HaveCount(2);
        Receive(Ack(answer));
        Do(() => call.HangUp(Now));
        _sent.OfType<SipRequest>().Last().Headers.Values(HeaderNames.Route).Should().HaveCount(2);
        _hops.Last().Should().Be(new Hop(SipTransport.Udp, "203.0.113.1", 5060));
    }

    [Fact]
    public void A_phone_behind_a_NAT_is_answered_and_called_where_it_was_heard()
    {
        var nat = new Hop(SipTransport.Udp, "198.51.100.77", 40123);
        Receive(Invite(via: "SIP/2.0/UDP 10.0.0.5;rport;branch=z9hG4bK7", contact: "<sip:alice@10.0.0.5>"), nat);
        var trying = _sent.OfType<SipResponse>().Single();
        (trying.TopVia.Received, trying.TopVia.ReceivedPort).Should().Be(("198.51.100.77", 40123));
        var call = _news.OfType<SipOutput.CallOffered>().Single().Call;
        Do(() => call.Answer(Phone.Answer, Now));
        Receive(Ack(_sent.OfType<SipResponse>().Last()), nat);
        Do(() => call.HangUp(Now));
        _hops.Should().OnlyContain(h => h == nat);
    }

    [Fact]
    public void Without_rport_the_answer_goes_to_the_port_that_was_told()
    {
        Receive(Invite(via: "SIP/2.0/UDP 198.51.100.1:5080;branch=z9hG4bK7"), Peer with { Port = 40123 });
        _hops.Single().Should().Be(Peer with { Port = 5080 });
    }

    [Fact]
    public void A_request_that_comes_again_is_answered_the_same_and_told_once()
    {
        var invite = Invite();
        Receive(invite);
        var call = _news.OfType<SipOutput.CallOffered>().Single().Call;
        Do(() => call.Ring(180, Now));
        Receive(invite);
        _sent.OfType<SipResponse>().Select(r => r.Status).Should().Equal(100, 180, 180);
        _news.OfType<SipOutput.CallOffered>().Should().ContainSingle();
    }

    [Fact]
    public void A_fork_that_meets_itself_is_a_loop()
    {
        Receive(Invite());
        Receive(Invite(via: "SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKother"));
        _sent.OfType<SipResponse>().Last().Status.Should().Be(482);
    }

    [Fact]
    public void An_old_peer_without_magic_branch_is_matched_all_the_same()
    {
        var invite = Invite(via: "SIP/2.0/UDP 198.51.100.1");
        Receive(invite);
        Receive(invite);
        var call = _news.OfType<SipOutput.CallOffered>().Single().Call;
        Do(() => call.Refuse(486, Now));
        var busy = _sent.OfType<SipResponse>().Last();
        Receive(
            $"ACK sip:bob@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.1\r\nFrom: <sip:alice@a>;tag=a1\r\nTo: {busy.To}\r\n"
                + "Call-ID: c1\r\nCSeq: 1 ACK\r\n\r\n");
        _sent.Clear();
        Do(() => _endpoint.Tick(Now + TimeSpan.FromSeconds(40)));
        _sent.Should().BeEmpty();
        _endpoint.TransactionCount.Should().Be(0);
    }

    [Theory]
    [InlineData("OPTIONS sip:bob@b SIP/2.0", "", 200)]
    [InlineData("OPTIONS soap.beep://b SIP/2.0", "", 416)]
    [InlineData("OPTIONS sip:bob@b SIP/2.0", "Require: nothingSupportsThis\r\n", 420)]
    [InlineData("PUBLISH sip:bob@b SIP/2.0", "", 405)]
    [InlineData("BYE sip:bob@b SIP/2.0", "", 481)]
    [InlineData("CANCEL sip:bob@b SIP/2.0", "", 481)]
    [InlineData("INVITE sip:bob@b SIP/2.0", "Contact: <sip:a@a>\r\nContent-Type: application/unknownformat\r\nContent-Length: 3\r\n", 415)]
    [InlineData("INVITE sip:bob@b SIP/2.0", "Contact: <sip:a@a>\r\nContent-Encoding: gzip\r\n", 415)]
    [InlineData("INVITE sip:bob@b SIP/2.0", "", 400)]
    [InlineData("INVITE sip:bob@b SIP/2.0", "Contact: <sip:a@a>\r\nSupported: timer\r\nSession-Expires: 30\r\n", 422)]
    [InlineData("OPTIONS sip:bob@b SIP/7.0", "", 505)]
    [InlineData("OPTIONS sip:bob@b SIP/2.0", "Content-Length: -1\r\n", 400)]
    public void What_cannot_be_done_is_refused_with_its_status(string line, string more, int status)
    {
        var method = line.Split(' ')[0];
        Receive(
            $"{line}\r\nVia: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1\r\nFrom: <sip:a@a>;tag=1\r\nTo: <sip:b@b>\r\nCall-ID: 1\r\n"
                + $"CSeq: 1 {method}\r\n{more}\r\n{(more.Contains("Length: 3", StringComparison.Ordinal) ? "abc" : "")}");
        _sent.OfType<SipResponse>().Last().Status.Should().Be(status);
        _endpoint.CallCount.Should().Be(0);
    }

    [Fact]
    public void An_ACK_is_never_answered()
    {
        Receive(
            "ACK sip:bob@b SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1\r\nFrom: <sip:a@a>;tag=1\r\nTo: <sip:b@b>;tag=2\r\n"
                + "Call-ID: 1\r\nCSeq: 1 ACK\r\n\r\n");
        Receive(
            "ACK sip:bob@b SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1\r\nFrom: oops\r\nTo: <sip:b@b>;tag=2\r\n"
                + "Call-ID: 1\r\nCSeq: 1 ACK\r\n\r\n");
        _sent.Should().BeEmpty();
    }

    [Fact]
    public void A_full_house_refuses_without_remembering()
    {
        var random = new Random(1);
        var small = new SipEndpoint(new() { AddressOf = _ => new("192.0.2.1", 5060), Random = random.NextBytes, MaxTransactions = 10 });
        for (var i = 0; i < 100; i++) small.Receive(Encoding.UTF8.GetBytes(Invite(callId: $"c{i}",
            via: $"SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK{i}")), Peer, Now);
        (small.TransactionCount, small.CallCount).Should().Be((10, 10));
        var statuses = new List<string>();
        while (small.TryTake(out var output))
        {
            if (output is SipOutput.Send send) statuses.Add(Encoding.UTF8.GetString(send.Bytes.Span)[8..11]);
        }
        statuses.Count(s => s == "503").Should().Be(90);
    }

    private OutgoingCall Call(Func<OutgoingCallTerms, OutgoingCallTerms>? shape = null)
    {
        SipUri.TryParse("sip:bob@198.51.100.1", out var bob).Should().BeTrue();
        var terms = new OutgoingCallTerms(bob, new NameAddr(SipUri.Of("alice", "192.0.2.1")), Phone.Offer);
        var call = _endpoint.Call(shape?.Invoke(terms) ?? terms, Now);
        Drain();
        return call;
    }

    /// <summary>A response to the last INVITE we sent.</summary>
    private void Respond(int status, string tag, params SipHeader[] more)
    {
        var invite = _first.Concat(_sent).OfType<SipRequest>().Last(r => r.Method == "INVITE");
        _first = [invite];
        var response = SipResponses.To(invite, status, tag: tag).WithHeader(HeaderNames.Contact, "<sip:bob@198.51.100.1>")
            .WithHeaders(more);
        _endpoint.Receive(SipWriter.Write(response), Peer, Now);
        Drain();
    }

    private IEnumerable<SipMessage> _first = [];

    private static string Invite(string via = "SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK7", string contact = "<sip:alice@198.51.100.1>",
        string more = "", string callId = "c1") =>
        $"INVITE sip:bob@192.0.2.1 SIP/2.0\r\nVia: {via}\r\n{more}From: <sip:alice@a>;tag=a1\r\nTo: <sip:bob@b>\r\n"
            + $"Call-ID: {callId}\r\nCSeq: 1 INVITE\r\nContact: {contact}\r\n\r\n";

    private static string Ack(SipResponse answer) => $"ACK sip:bob@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKack\r\n"
        + $"From: {answer.From}\r\nTo: {answer.To}\r\nCall-ID: {answer.CallId}\r\nCSeq: 1 ACK\r\n\r\n";

    private void Receive(string text, Hop? source = null) => Do(() => _endpoint.Receive(Encoding.UTF8.GetBytes(text), source ?? Peer, Now));

    private void Do(Action act)
    {
        act();
        Drain();
    }

    private void Drain()
    {
        while (_endpoint.TryTake(out var output))
        {
            if (output is not SipOutput.Send send)
            {
                _news.Add(output);
                continue;
            }
            _ = SipParser.TryParse(send.Bytes, out var message, out _);
            _sent.Add(message!);
            _hops.Add(send.Hop);
        }
    }
}
