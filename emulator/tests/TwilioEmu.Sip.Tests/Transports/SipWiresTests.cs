using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;
using TwilioEmu.Sip.Tests.Strangers;
using TwilioEmu.Sip.Tests.UserAgents;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.Transports;

/// <summary>Real sockets on loopback. Waits are for events and bounded.</summary>
public sealed class SipWiresTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly X509Certificate2 Certificate = Make();
    internal static readonly SipWireOptions Options = new()
    {
        Certificate = _ => Certificate,
        JudgeServer = (_, shown, _, _) =>
        shown?.GetCertHashString() == Certificate.GetCertHashString()
    };

    [Theory, InlineData(SipTransport.Udp), InlineData(SipTransport.Tcp), InlineData(SipTransport.Tls), InlineData(SipTransport.Ws),
        InlineData(SipTransport.Wss)]
    public async Task A_whole_call_goes_over(SipTransport transport)
    {
        await using var bob = new LivePhone(Options, transport);
        await using var alice = new LivePhone(Options, transport);
        bob.Does = (output, now) => (output as SipOutput.CallOffered)?.Call.Answer(Phone.Answer, now);
        var answered = new TaskCompletionSource<OutgoingCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<SipEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        alice.Does = (output, _) =>
        {
            if (output is SipOutput.CallAnswered news) answered.TrySetResult(news.Call);
            if (output is SipOutput.CallEnded end) ended.TrySetResult(end.End);
        };
        alice.Turn(now => alice.Endpoint.Call(new(bob.UriOf(transport), new NameAddr(alice.UriOf(transport, "alice")), Phone.Offer), now));
        var done = await Task.WhenAny(answered.Task, ended.Task).WaitAsync(Patience);
        done.Should().BeSameAs(answered.Task);
        alice.Turn(now => answered.Task.Result.HangUp(now));
        (await ended.Task.WaitAsync(Patience)).Kind.Should().Be(SipEndKind.HungUp);
    }

    /// <summary>
    /// A loop that listens is busy with a turn of its own: what comes meanwhile must come all the same, and not in its turns.
    /// </summary>
    [Theory, InlineData(SipTransport.Udp), InlineData(SipTransport.Tcp), InlineData(SipTransport.Tls), InlineData(SipTransport.Ws)]
    public async Task Wires_that_a_loop_opened_receive_off_it(SipTransport transport)
    {
        var loop = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var (near, far) = (new Witness(), new Witness());
        await using var ours = new SipWires(near, Options, TimeProvider.System);
        await using var theirs = new SipWires(far, Options, TimeProvider.System);
        using var free = new ManualResetEventSlim();
        var turn = Task.Factory.StartNew(
            () =>
            {
                var here = ours.Listen(transport, new(IPAddress.Loopback, 0));
                var there = theirs.Listen(transport, new(IPAddress.Loopback, 0));
                // Both sides dial within the turn: the way back is another way.
                ours.Send(Hop.Of(transport, there, 0), Ping);
                theirs.Send(Hop.Of(transport, here, 0), Ping);
                free.Wait(Patience);
            },
            CancellationToken.None, TaskCreationOptions.None, loop);
        (await near.Came.Task.WaitAsync(Patience)).Should().BeSameAs(TaskScheduler.Default);
        (await far.Came.Task.WaitAsync(Patience)).Should().BeSameAs(TaskScheduler.Default);
        turn.IsCompleted.Should().BeFalse("the loop was busy all the while");
        free.Set();
        await turn;
    }

    [Fact]
    public async Task Nobody_listening_ends_the_call_at_once()
    {
        await using var alice = new LivePhone(Options, SipTransport.Tcp);
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var ended = new TaskCompletionSource<SipEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        alice.Does = (output, _) => { if (output is SipOutput.CallEnded end) ended.TrySetResult(end.End); };
        SipUri.TryParse($"sip:x@127.0.0.1:{port};transport=tcp", out var nobody).Should().BeTrue();
        alice.Turn(now => alice.Endpoint.Call(new(nobody, new NameAddr(nobody), Phone.Offer), now));
        (await ended.Task.WaitAsync(Patience)).Kind.Should().Be(SipEndKind.Unreachable);
    }

    /// <summary>RFC 3263 §4.2; the name goes along where a certificate or a web server goes by it.</summary>
    [Theory]
    [InlineData(SipTransport.Udp, false)]
    [InlineData(SipTransport.Tcp, false)]
    [InlineData(SipTransport.Tls, true)]
    [InlineData(SipTransport.Wss, true)]
    public async Task A_name_has_as_many_ways_as_addresses_IPv4_first(SipTransport transport, bool isNamed)
    {
        await using var wires = new SipWires(new Witness(), Naming("::1", "127.0.0.2", "127.0.0.1", "127.0.0.2"), TimeProvider.System);
        (await wires.LocateAsync(new Hop(transport, "pbx", 5070), CancellationToken.None)).Should().Equal(
            ((string[])["127.0.0.2", "127.0.0.1", "::1"]).Select(h => new Hop(transport, h, 5070) { Name = isNamed ? "pbx" : null }));
        (await wires.LocateAsync(new Hop(transport, "192.0.2.1", 5070), CancellationToken.None)).Should().ContainSingle();
        await using var none = new SipWires(
            new Witness(), Options with { Lookup = (_, _) => Task.FromException<IPAddress[]>(new SocketException()) }, TimeProvider.System);
        (await none.LocateAsync(new Hop(transport, "nobody", 5070), CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_connection_to_a_name_goes_to_the_first_address_that_takes_one()
    {
        await using var bob = new LivePhone(Options, SipTransport.Tcp);
        await using var alice = new LivePhone(Naming("127.0.0.2", "127.0.0.1"), SipTransport.Tcp);
        bob.Does = (output, now) => (output as SipOutput.CallOffered)?.Call.Answer(Phone.Answer, now);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        alice.Does = (output, _) => { if (output is SipOutput.CallAnswered) answered.TrySetResult(); };
        var there = new SipUri("sip", "bob", null, "pbx", bob.PortOf(SipTransport.Tcp), SipParameters.None.With("transport", "tcp"));
        alice.Turn(now => alice.Endpoint.Call(new(there, new NameAddr(alice.UriOf(SipTransport.Tcp, "alice")), Phone.Offer), now));
        await answered.Task.WaitAsync(Patience);
    }

    private static SipWireOptions Naming(params string[] addresses) =>
        Options with { Lookup = (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()) };

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_and_one_over_the_limit_as_it_comes()
    {
        await using var bob = new LivePhone(Options with { HalfOpen = TimeSpan.FromMilliseconds(300), MaxConnectionsPerAddress = 3 },
            SipTransport.Tcp);
        var clients = new List<TcpClient>();
        for (var i = 0; i < 6; i++)
        {
            clients.Add(new TcpClient());
            await clients[i].ConnectAsync(IPAddress.Loopback, bob.PortOf(SipTransport.Tcp));
        }
        foreach (var client in clients)
        {
            (await EndOf(client.GetStream())).Should().Be(0);
            client.Dispose();
        }
        bob.Wires.ConnectionCount.Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_ping_is_answered_and_rubbish_ends_the_stream()
    {
        await using var bob = new LivePhone(Options, SipTransport.Tcp);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, bob.PortOf(SipTransport.Tcp));
        await client.GetStream().WriteAsync("\r\n\r\n"u8.ToArray());
        var pong = new byte[2];
        await client.GetStream().ReadExactlyAsync(pong).AsTask().WaitAsync(Patience);
        pong.Should().Equal("\r\n"u8.ToArray());
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        (await EndOf(client.GetStream())).Should().Be(0);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "426")]
    [InlineData(
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + "Sec-WebSocket-Version: 13\r\n\r\n", "400")]
    public async Task An_upgrade_to_something_else_is_refused(string request, string status)
    {
        await using var bob = new LivePhone(Options, SipTransport.Ws);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, bob.PortOf(SipTransport.Ws));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var answer = new byte[12];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Encoding.ASCII.GetString(answer).Should().Be($"HTTP/1.1 {status}");
    }

    [Theory]
    [InlineData("Origin: http://localhost:3000\r\n", "101")]
    [InlineData("Origin: https://evil.example\r\n", "403")]
    [InlineData("Origin: http://localhost:3000\r\nOrigin: https://evil.example\r\n", "403")]
    [InlineData("Origin:\r\n", "403")]
    [InlineData("", "101")]
    public async Task A_page_that_may_not_opens_no_WebSocket_and_a_program_that_names_none_does(string origin, string status)
    {
        var options = Options with { AdmitsPage = page => page == "http://localhost:3000" };
        await using var bob = new LivePhone(options, SipTransport.Ws);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, bob.PortOf(SipTransport.Ws));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n{origin}\r\n"));
        var answer = new byte[12];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Encoding.ASCII.GetString(answer).Should().Be($"HTTP/1.1 {status}");
    }

    [Theory]
    [InlineData(new byte[] { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8 }, "880203E8")]
    [InlineData(new byte[] { 0x88, 0x82, 0, 0, 0, 0, 0x0F, 0xA1 }, "88020FA1")]
    [InlineData(new byte[] { 0x88, 0x80, 0, 0, 0, 0 }, "880203E8")]
    [InlineData(new byte[] { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE7 }, "880203EA")]
    [InlineData(new byte[] { 0xC1, 0x81, 0, 0, 0, 0, 0x20 }, "880203EA")]
    [InlineData(new byte[] { 0x80, 0x81, 0, 0, 0, 0, 0x20 }, "880203EA")]
    public async Task Whoever_closes_a_WebSocket_or_breaks_its_rules_is_sent_a_Close_frame(byte[] frame, string answered)
    {
        await using var bob = new LivePhone(Options, SipTransport.Ws);
        using var client = await UpgradedAsync(bob);
        await client.GetStream().WriteAsync(frame);
        var answer = new byte[answered.Length / 2];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Convert.ToHexString(answer).Should().Be(answered);
        (await EndOf(client.GetStream())).Should().Be(0);
    }

    [Fact]
    public async Task A_WebSocket_message_that_is_larger_than_any_of_SIP_is_told_so()
    {
        await using var bob = new LivePhone(Options, SipTransport.Ws);
        using var client = await UpgradedAsync(bob);
        // The frame says one byte more than is taken; that one is not sent, so that none is left unread.
        await client.GetStream().WriteAsync(new byte[] { 0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0 });
        await client.GetStream().WriteAsync(new byte[SipLimits.MessageBytes]);
        var answer = new byte[4];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Convert.ToHexString(answer).Should().Be("880203F1");
    }

    private static async Task<TcpClient> UpgradedAsync(LivePhone bob)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, bob.PortOf(SipTransport.Ws));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n"));
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await client.GetStream().ReadExactlyAsync(one).AsTask().WaitAsync(Patience);
            head.Add(one[0]);
        }
        return client;
    }

    private static readonly byte[] Ping = Encoding.ASCII.GetBytes(
        "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:b@127.0.0.1>;tag=1\r\n"
            + "To: <sip:a@127.0.0.1>\r\n"
        + "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");

    /// <summary>On which scheduler the first message came.</summary>
    private sealed class Witness : ISipReceiver
    {
        public TaskCompletionSource<TaskScheduler> Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Received(ReadOnlyMemory<byte> bytes, Hop source) => Came.TrySetResult(TaskScheduler.Current);

        public void Broken(Hop hop)
        {
        }
    }

    private static async Task<int> EndOf(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
