using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.UserAgents;

/// <summary>Phones on a network in memory, and the time that moves them.</summary>
internal sealed class Net(Func<ReadOnlyMemory<byte>, TimeSpan?>? fate = null, SipTransport transport = SipTransport.Udp)
{
    private readonly MemoryFabric _fabric = new(TimeSpan.FromMilliseconds(10), fate);
    private readonly List<Phone> _phones = [];

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Start lines of all that was put on the wire, in order: <c>alice INVITE</c>, <c>bob 180</c>.</summary>
    public List<string> Wire { get; } = [];

    public Phone Add(string name, Func<SipEndpointOptions, SipEndpointOptions>? shape = null)
    {
        var host = $"192.0.2.{_phones.Count + 1}";
        var random = new Random(_phones.Count + 1);
        var options = new SipEndpointOptions { AddressOf = _ => new(host, 5060), Random = random.NextBytes };
        var phone = new Phone(name, host, transport, new SipEndpoint(shape?.Invoke(options) ?? options));
        _fabric.Attach(host, 5060, (bytes, hop, now) =>
        {
            if (!phone.IsGone) phone.Endpoint.Receive(bytes, hop, now);
            Drain(phone, now);
        });
        _phones.Add(phone);
        return phone;
    }

    /// <summary>Does something at a phone now, and takes what it puts out.</summary>
    public T Do<T>(Phone phone, Func<SipEndpoint, DateTimeOffset, T> act)
    {
        var result = act(phone.Endpoint, Now);
        Drain(phone, Now);
        return result;
    }

    public void Do(Phone phone, Action<DateTimeOffset> act) => Do(phone, (_, now) =>
    {
        act(now);
        return 0;
    });

    public void Inject(Phone to, Hop from, string message) =>
        Do(to, now => to.Endpoint.Receive(System.Text.Encoding.UTF8.GetBytes(message), from, now));

    /// <summary>Steps to each instant at which something falls due.</summary>
    public void Advance(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        for (var steps = 0; ; steps++)
        {
            var due = _phones.Select(p => p.IsGone ? null : p.Endpoint.NextDue).Append(_fabric.NextDue).Min();
            if (due is not { } at || at > end) break;
            steps.Should().BeLessThan(1_000_000);
            Now = at > Now ? at : Now;
            _fabric.Tick(Now);
            foreach (var phone in _phones.Where(p => !p.IsGone).ToArray())
            {
                phone.Endpoint.Tick(Now);
                Drain(phone, Now);
            }
        }
        Now = end;
    }

    private void Drain(Phone phone, DateTimeOffset now)
    {
        while (phone.Endpoint.TryTake(out var output))
        {
            if (output is SipOutput.Send send)
            {
                Wire.Add($"{phone.Name} {Short(send.Bytes)}");
                if (!_fabric.TrySend(phone.Host, 5060, send.Hop, send.Bytes, now)) phone.Endpoint.Unreachable(send.Hop, now);
                continue;
            }
            phone.News.Add(output);
            phone.Does?.Invoke(output, now);
        }
    }

    private static string Short(ReadOnlyMemory<byte> bytes)
    {
        var line = System.Text.Encoding.UTF8.GetString(bytes.Span).Split("\r\n")[0].Split(' ');
        return line[0] == "SIP/2.0" ? line[1] : line[0];
    }
}

/// <summary>One phone: its endpoint, what it was told, and what it does about it.</summary>
internal sealed class Phone(string name, string host, SipTransport transport, SipEndpoint endpoint)
{
    public string Name => name;

    public string Host => host;

    public SipEndpoint Endpoint => endpoint;

    public List<SipOutput> News { get; } = [];

    public Action<SipOutput, DateTimeOffset>? Does { get; set; }

    /// <summary>Unplugged: hears and says nothing any more.</summary>
    public bool IsGone { get; set; }

    public SipUri Uri => new("sip", name, null, host, 5060, transport == SipTransport.Udp ? SipParameters.None
        : SipParameters.None.With("transport", transport.ToParameter()));

    public IEnumerable<T> Told<T>() where T : SipOutput => News.OfType<T>();

    public OutgoingCallTerms Calling(Phone other) => new(other.Uri, new NameAddr(Uri), Offer);

    public static byte[] Offer { get; } =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"u8.ToArray();

    public static byte[] Answer { get; } =
        "v=0\r\no=- 2 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0\r\n"u8.ToArray();

    /// <summary>Rings at once and answers after so many seconds.</summary>
    public Phone Answers(double seconds = 0)
    {
        Does = (output, now) =>
        {
            if (output is not SipOutput.CallOffered offered) return;
            offered.Call.Ring(180, now);
            if (seconds == 0) offered.Call.Answer(Answer, now);
            else endpoint.At(now + TimeSpan.FromSeconds(seconds), at => offered.Call.Answer(Answer, at));
        };
        return this;
    }
}
