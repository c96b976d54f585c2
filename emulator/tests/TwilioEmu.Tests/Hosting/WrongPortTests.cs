using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Strangers;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Tests.Tls;

namespace TwilioEmu.Tests.Hosting;

/// <summary>Every protocol at every port: who comes to the wrong one is told, on the console and where they can read it.</summary>
public sealed class WrongPortTests : IAsyncLifetime
{
    private static readonly (string Name, Spoken Speaks)[] Ports =
    [
        ("http", Spoken.Http), ("https", Spoken.Tls), ("sip", Spoken.Sip), ("sips", Spoken.Tls), ("sip-ws", Spoken.Http),
        ("smpp", Spoken.Smpp), ("smpps", Spoken.Tls),
    ];

    private OpenHouse _house = null!;

    public async ValueTask InitializeAsync() => _house = await OpenHouse.OpenAsync(e => e with
    {
        Sip = new SipListening { Port = 0, TlsPort = 0, WebSocketPort = 0 },
        Smpp = new SmppListening { Port = 0, TlsPort = 0 },
    });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    public static TheoryData<string, Spoken> Wrong() =>
        [.. from port in Ports
            from spoken in new[] { Spoken.Http, Spoken.Tls, Spoken.Sip, Spoken.Smpp }
            where spoken != port.Speaks && !(port.Name == "http" && spoken == Spoken.Tls)
            select new TheoryDataRow<string, Spoken>(port.Name, spoken)];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Who_speaks_another_protocol_is_told_once(string port, Spoken spoken)
    {
        var number = await PortAsync(port);
        for (var i = 0; i < 2; i++) await SayAsync(number, spoken);

        (await _house.JournalledAsync("port.misspoken"))
            .Should().Contain($"\"subject\":\"{number}\"")
            .And.Contain($"port {number} speaks ")
            .And.Contain($", and {spoken.Word()} came there: ");
        (await CountAsync()).Should().Be(1);
    }

    [Theory]
    [InlineData("https", "this port speaks TLS; use https://127.0.0.1:")]
    [InlineData("sip", "this port speaks SIP; the API and the web page are at the HTTP port")]
    [InlineData("sips", "this port speaks SIP over TLS; ")]
    [InlineData("smpp", "this port speaks SMPP; ")]
    [InlineData("smpps", "this port speaks SMPP over TLS; ")]
    public async Task Plain_http_at_a_port_of_something_else_is_answered_400_in_words(string port, string words)
    {
        (await SayAsync(await PortAsync(port), Spoken.Http)).Should().StartWith("HTTP/1.1 400 Bad Request\r\n").And.Contain(words);
    }

    [Fact]
    public async Task A_post_with_a_body_at_the_tls_port_has_its_answer_all_the_same()
    {
        using var client = await ConnectAsync(await PortAsync("https"));
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30000\r\n\r\n{new string('x', 30000)}");
        client.EndSending();
        (await client.ToEndAsync()).Should().StartWith("HTTP/1.1 400").And.Contain("use https://");
    }

    [Theory]
    [InlineData("sip", "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nCall-ID: 1\r\n\r\n", "no SIP message (without Content-Length on a stream)")]
    [InlineData("sip-ws", "\u0083\u0080\0\0\0\0", "no frame of RFC 6455 (")]
    public async Task Who_is_cut_off_for_what_he_says_is_told_of_once(string port, string words, string why)
    {
        var number = await PortAsync(port);
        for (var i = 0; i < 2; i++)
        {
            using var client = await ConnectAsync(number);
            if (port == "sip-ws") await UpgradeAsync(client);
            await client.Socket.SendAsync(Encoding.Latin1.GetBytes(words));
            client.EndSending();
            await client.ToEndAsync();
        }

        (await _house.JournalledAsync("port.misspoken"))
            .Should().Contain($"port {number} speaks SIP")
            .And.Contain($"and a connection was ended for what came over it: {why}");
        (await CountAsync()).Should().Be(1);
    }

    [Theory]
    [InlineData("hello, is anybody there", "no empty line ends its headers", "dropped")]
    [InlineData("\0\u0001\0\0\u0021\u0012\u00A4\u0042twelve bytes", "STUN", "dropped")]
    [InlineData(
        "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n",
        "From is missing, doubled or cannot be read", "refused")]
    public async Task A_datagram_that_is_no_message_of_SIP_is_told_of_once_and_by_its_sender(string words, string why, string done)
    {
        var number = await PortAsync("sip");
        using var phone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (var i = 0; i < 2; i++) await phone.SendAsync(Encoding.Latin1.GetBytes(words), new IPEndPoint(IPAddress.Loopback, number));

        (await _house.JournalledAsync("port.misspoken")).Should().Contain(
            $"port {number} speaks SIP, and 127.0.0.1:{((IPEndPoint)phone.Client.LocalEndPoint!).Port} sent there what is no SIP message ({why}): "
                + $"it was {done}");
        await AnsweredAsync(phone, number);
        (await CountAsync()).Should().Be(1);
    }

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("jaK")]
    public async Task What_keeps_a_phones_way_open_is_no_news(string words)
    {
        var number = await PortAsync("sip");
        using var phone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await phone.SendAsync(Encoding.Latin1.GetBytes(words), new IPEndPoint(IPAddress.Loopback, number));
        await AnsweredAsync(phone, number);
        (await CountAsync()).Should().Be(0);
    }

    /// <summary>What was sent before has been read: a good request is answered.</summary>
    private static async Task AnsweredAsync(UdpClient phone, int number)
    {
        await phone.SendAsync(
            Encoding.ASCII.GetBytes(
                "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK2\r\nFrom: <sip:b@127.0.0.1>;tag=1\r\n"
                    + "To: <sip:a@127.0.0.1>\r\nCall-ID: 2\r\nCSeq: 2 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"),
            new IPEndPoint(IPAddress.Loopback, number));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var answer = ""; !answer.Contains("CSeq: 2 OPTIONS", StringComparison.Ordinal);)
        {
            answer = Encoding.ASCII.GetString((await phone.ReceiveAsync(patience.Token)).Buffer);
        }
    }

    private static async Task UpgradeAsync(RawClient client)
    {
        await client.SendAsync(
            "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n");
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            (await client.Socket.ReceiveAsync(one)).Should().Be(1, "the upgrade is answered: {0}", head);
            head.Append((char)one[0]);
        }
        head.ToString().Should().StartWith("HTTP/1.1 101 ");
    }

    private async Task<int> PortAsync(string name) => name switch
    {
        "http" => _house.Http.Port,
        "https" => _house.Tls.Port,
        _ => await _house.Server.House.World.Loop.RunAsync(
            () => name switch
            {
                "sip" => _house.Server.House.Sip.Host.Port,
                "sips" => _house.Server.House.Sip.Host.TlsPort,
                "sip-ws" => _house.Server.House.Sip.Host.WebSocketPort,
                "smpp" => _house.Server.House.Smpp.Port,
                "smpps" => _house.Server.House.Smpp.TlsPort,
                _ => throw new ArgumentOutOfRangeException(nameof(name), name, "a port of this house"),
            },
            CancellationToken.None),
    };

    private static async Task<RawClient> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return new RawClient(socket);
    }

    /// <summary>Says the first words of a protocol, and gives what comes back until the peer ends.</summary>
    private static async Task<string> SayAsync(int port, Spoken spoken)
    {
        using var client = await ConnectAsync(port);
        await client.Socket.SendAsync(spoken switch
        {
            Spoken.Http => "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(),
            Spoken.Tls => await ClientHello.ForAsync("api.twilio.com"),
            Spoken.Sip => Encoding.ASCII.GetBytes(
                "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:b@127.0.0.1>;tag=1\r\nTo: "
                    + "<sip:a@127.0.0.1>\r\n"
                + "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"),
            Spoken.Smpp =>
                PduCodec.Write(Pdu.Request(CommandId.BindTransceiver, 1, new BindBody("gateway", "secret", "", 0x34, SmppAddress.None))),
            _ => throw new ArgumentOutOfRangeException(nameof(spoken), spoken, "a protocol with first words"),
        });
        client.EndSending();
        return await client.ToEndAsync();
    }

    private Task<int> CountAsync() =>
        _house.Server.House.World.Loop.RunAsync(
            () => _house.Server.House.World.Journal.After(0).Count(e => e.Kind == "port.misspoken"), CancellationToken.None);
}
