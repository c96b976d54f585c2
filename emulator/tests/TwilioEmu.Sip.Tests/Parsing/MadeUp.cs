using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Tests.Parsing;

/// <summary>Random messages of the grammar, from a seed.</summary>
internal sealed class MadeUp(int seed)
{
    private const string Unreserved = "abcXYZ019-_.!~*'()";

    private readonly Random _random = new(seed);

    public SipMessage Message()
    {
        var method = Any(SipMethods.Invite, SipMethods.Register, SipMethods.Options, "X-" + Text("ABC.%", 1, 6));
        var headers = SipHeaders.Empty;
        for (var i = _random.Next(1, 4); i > 0; i--) headers = headers.With(HeaderNames.Via, Via().ToString());
        headers = headers.With(HeaderNames.From, Address().WithTag(Text("abc019", 1, 8)).ToString())
            .With(HeaderNames.To, Address().ToString())
            .With(HeaderNames.CallId, Text("abc@.<>:[]?", 1, 30)).With(HeaderNames.CSeq, new CSeq((uint)_random.Next(), method).ToString());
        for (var i = _random.Next(5); i > 0; i--) headers =
            headers.With("X-" + Text("aB-.", 1, 9), Text("a \té, ;<>\"=:%", 0, 40).Trim(' ', '\t'));
        if (Chance()) headers = headers.With(HeaderNames.Contact, string.Join(", ", Enumerable.Range(0, _random.Next(1, 4))
            .Select(_ => Address())));
        var body = new byte[_random.Next(3) * _random.Next(200)];
        _random.NextBytes(body);
        return Chance()
            ? new SipRequest(method, RequestUri(), headers, body)
            : new SipResponse(_random.Next(100, 700), Text("OK é", 0, 12).Trim(), headers, body);
    }

    public Via Via() => new(Any("UDP", "TCP", "TLS", "WS", "X1"), new(Host(), Chance() ? _random.Next(65536) : null), Parameters()
        .With("branch", "z9hG4bK" + Text("abc01", 1, 9)));

    public NameAddr Address() => new(Chance() ? Text("aB \"\\,<>;é", 0, 12) : null, Uri(), Parameters());

    public SipUri Uri()
    {
        var user = Chance() ? Text(Unreserved + "&=+$,;?/", 1, 12) : null;
        var password = user is not null && Chance() ? Text("ab&=", 1, 5) : null;
        int? port = Chance() ? _random.Next(65536) : null;
        var headers = Chance() ? $"X-{Text("ab", 1, 4)}={Any("a", "%41", "b%2f")}" : null;
        return new(Any("sip", "sips"), user, password, Host(), port, Parameters(quoted: false), headers);
    }

    public SipUri RequestUri() => Uri() with { Headers = null };

    private SipParameters Parameters(bool quoted = true)
    {
        var parameters = SipParameters.None;
        for (var i = _random.Next(3); i > 0; i--)
            parameters = parameters.With(Text("pqrs-", 1, 6), _random.Next(3) switch
            {
                0 => null,
                1 when quoted =>
                QuotedString.Quote(Text("a;,<>é\"\\", 0, 8)),
                _ => Text("ab1.-", 1, 8)
            });
        return parameters;
    }

    private string Host() => Any("example.com", "a-b.example", "192.0.2.1", "[2001:db8::1]", "[::ffff:192.0.2.10]");

    private bool Chance() => _random.Next(2) == 0;

    private T Any<T>(params T[] of) => of[_random.Next(of.Length)];

    private string Text(string of, int least, int most) => new([.. Enumerable.Range(0, _random.Next(least, most + 1))
        .Select(_ => of[_random.Next(of.Length)])]);
}
