using System.Text;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;
using TwilioEmu.Sip.Tests.Parsing;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>The call flows of RFC 3665, played with this endpoint as the party that each fixture names.</summary>
/// <remarks>What proxies, redirect servers and the gateway of 3.5 do is written into the messages.</remarks>
public sealed class Rfc3665Tests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly Hop Peer = new(SipTransport.Tcp, "192.0.2.101", 5060, 1);
    private static readonly DigestLogin Bob = new("bob", "zanzibar");

    private readonly SipEndpoint _endpoint = new(
        new() { AddressOf = _ => new("client.biloxi.example.com", 5060), Random = new Random(1).NextBytes, SessionInterval = null });
    private readonly Registrar _registrar = new(
        new(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(3600), TimeSpan.FromSeconds(3600), MaxBindings: 10));
    private readonly DigestServer _digest = new(
        "atlanta.example.com", DigestRole.UserAgent, new NonceMint(new byte[32], "atlanta.example.com", TimeSpan.FromMinutes(5)),
        [DigestAlgorithm.Md5], ["auth"]);
    private readonly Queue<SipMessage> _sent = [];
    private SipMessage? _last;
    private SipRequest? _lastRequest;
    private SipRequest? _lastAsked;
    private SipResponse? _lastResponse;
    private SipCall? _call;
    private SipEnd? _end;
    private Hop _peer = Peer;
    private DateTimeOffset _now = Now;

    public static TheoryData<string> All => [.. Fixture.Flows("rfc3665")];

    [Fact]
    public void The_list_is_whole() => All.Select(row => row.Data.Split('-')[0]).Distinct().Should().BeEquivalentTo(
        ["2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11"]);

    [Theory, MemberData(nameof(All))]
    public void A_flow_goes_as_it_is_written(string name)
    {
        foreach (var (mark, title, body) in Fixture.Steps("rfc3665", name))
        {
            if (mark == '>') Receive(body);
            else if (mark == '<') Expect(title, body);
            else Act(title);
        }
        _sent.Should().BeEmpty("nothing else is sent");
    }

    private void Receive(string text)
    {
        var request = _lastRequest;
        var filled = text
            .Replace("{via}", _lastAsked is { } asked
                ? string.Concat(Lines(asked, HeaderNames.Via).Select(v => $"Via: {v}\r\n")) : "", StringComparison.Ordinal)
            .Replace("{from}", request?.From.ToString(), StringComparison.Ordinal)
                .Replace("{to}", request?.To.ToString(), StringComparison.Ordinal)
            .Replace("{call-id}", request?.CallId, StringComparison.Ordinal)
                .Replace("{cseq}", request?.Headers[HeaderNames.CSeq], StringComparison.Ordinal)
            .Replace("{to-tag}", _lastResponse?.To.Tag, StringComparison.Ordinal)
                .Replace("{contact}", ContactOf(_lastResponse), StringComparison.Ordinal)
            .Replace("{our contact}", ContactOf(_lastAsked), StringComparison.Ordinal);
        foreach (var (place, login) in new[] { ("{credentials}", Bob), ("{wrong credentials}", Bob with { Password = "wrong" }) })
        {
            if (!filled.Contains(place, StringComparison.Ordinal)) continue;
            SipParser.TryParse(Encoding.UTF8.GetBytes(filled.Replace(place, "Digest", StringComparison.Ordinal)), out var unsigned, out _)
                .Should().BeTrue();
            DigestChallenge.TryParse(_digest.Challenge(Now, isStale: false).Single().Text, out var challenge).Should().BeTrue();
            filled = filled.Replace(
                place, DigestClient.Answer((SipRequest)unsigned!, challenge!, login, "abc", 1).ToString(), StringComparison.Ordinal);
        }
        _endpoint.Receive(Encoding.UTF8.GetBytes(filled), _peer, _now);
        Drain();
    }

    private void Expect(string title, string body)
    {
        _sent.TryDequeue(out var message).Should().BeTrue("{0} should be sent", title);
        _last = message;
        var what = title.Split(' ').SkipWhile(w => w is ['F', >= '0' and <= '9', ..]).First();
        (message is SipResponse response ? $"{response.Status}" : ((SipRequest)message!).Method).Should().Be(what, message!.ToString());
        if (message is SipResponse given) _lastResponse = given;
        foreach (var line in body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var (header, value) = (
                line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (header == "Request") ((SipRequest)message).Uri.ToString().Should().Be(value);
            else string.Join(", ", Lines(message, header)).Should().Contain(value, message.ToString());
        }
    }

    private void Act(string deed)
    {
        switch (deed.Split(' '))
        {
            case ["ring"]: ((IncomingCall)_call!).Ring(180, _now); break;
            case ["answer"] or ["offer"]: ((IncomingCall)_call!).Answer(Phone.Answer, _now); break;
            case ["answer", "offer"]: _call!.AnswerOffer(Phone.Answer, _now); break;
            case ["refuse", var status]: ((IncomingCall)_call!).Refuse(int.Parse(status), _now); break;
            case ["hang", "up"]: _call!.HangUp(_now); break;
            case ["call"]: Call(Peer, []); break;
            // As a phone that was told an outbound proxy, over UDP.
            case ["call", "by", var proxy]:
                SipUri.TryParse($"sip:{proxy};lr", out var first).Should().BeTrue();
                Call(new Hop(SipTransport.Udp, proxy, 5060), [new NameAddr(first)]);
                break;
            case ["wait", var seconds]:
                _endpoint.Tick(_now += TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
                break;
            case ["talking"]: _call!.IsEstablished.Should().BeTrue(); break;
            case ["over"]: _endpoint.CallCount.Should().Be(0); break;
            case ["refused", var status]: _end!.Status.Should().Be(int.Parse(status)); break;
            case ["no", var header]: _last!.Headers.Has(header).Should().BeFalse(); break;
            default: throw new InvalidOperationException($"no such deed: {deed}");
        }
        Drain();
    }

    private void Call(Hop by, System.Collections.Immutable.ImmutableArray<NameAddr> routes)
    {
        _peer = by;
        var to = SipUri.Of("bob", "biloxi.example.com");
        _call = _endpoint.Call(new(to, new NameAddr("Alice", SipUri.Of("alice", "atlanta.example.com"), SipParameters.None), Phone.Offer)
        {
            To = new NameAddr("Bob", to, SipParameters.None),
            Hop = by,
            Routes = routes,
            Login = new("alice", "secret"),
        }, _now);
    }

    private void Drain()
    {
        while (_endpoint.TryTake(out var output))
        {
            switch (output)
            {
                case SipOutput.Send send:
                    SipParser.TryParse(send.Bytes, out var message, out _).Should().BeTrue();
                    if (message is SipResponse { Status: 100 }) break;
                    _sent.Enqueue(message!);
                    if (message is SipRequest request)
                    {
                        _lastRequest = request;
                        if (request.Method != SipMethods.Ack) _lastAsked = request;
                    }
                    break;
                case SipOutput.CallOffered offered: _call = offered.Call; break;
                case SipOutput.CallEnded ended: _end = ended.End; break;
                case SipOutput.RequestCame { Incoming: var incoming }: Register(incoming); break;
            }
        }
    }

    private void Register(IncomingRequest incoming)
    {
        if (_digest.Check(
            incoming.Request, user => user == Bob.Username
                ? DigestSecret.Of(user, _digest.Realm, Bob.Password) : null, Now, out _) != DigestVerdict.Right)
        {
            incoming.Respond(401, Now, _digest.Challenge(Now, isStale: false));
            return;
        }
        var answer = _registrar.Register(incoming.Request, Peer, Now);
        incoming.Respond(answer.Status, Now, answer.Headers);
    }

    private static IEnumerable<string> Lines(SipMessage message, string header) =>
        message.Headers.Lines.Where(h => h.Is(header)).Select(h => h.Text);

    private static string ContactOf(SipMessage? message) =>
        message is not null && message.Headers.TryGetAddresses(HeaderNames.Contact, out var contacts) && contacts.Length > 0
            ? contacts[0].Uri.ToString() : "";
}
