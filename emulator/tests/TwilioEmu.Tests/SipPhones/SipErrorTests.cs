using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Composition;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>For each error of SIP that the error dictionary has, what gives it: in the debugger of the account, and to the peer.</summary>
[Trait("slow", "")]
public sealed class SipErrorTests
{
    private const string Waits = "<Response><Say>Hello</Say><Pause length=\"60\"/></Response>";

    /// <summary>Whom REST calls, the code of the alert, and how the call ends.</summary>
    public static TheoryData<string, int, string> Unreachable => new()
    {
        { "sip:myuser2@yourname.sip.twilio.com", 32009, "no-answer" },
        { "sip:myuser2@yourname.sip.dublin.twilio.com", 32220, "failed" },
        { "sip:yourname.sip.twilio.com", 32223, "failed" },
        { "sip:myuser2@nobody.sip.twilio.com", 32002, "failed" },
        { "sip:ada@192.0.2.7", 13254, "failed" },
    };

    [Theory]
    [MemberData(nameof(Unreachable))]
    public async Task Who_cannot_be_called_is_told_of_by_the_reason(string to, int code, string status)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        (await CallAsync(house, to)).Should().Be((code, status));
    }

    [Theory]
    [InlineData(400, 13224, "failed")]
    [InlineData(404, 13224, "failed")]
    [InlineData(302, 32219, "failed")]
    [InlineData(403, 32011, "failed")]
    [InlineData(503, 32011, "failed")]
    public async Task What_the_far_end_answers_has_its_code(int answer, int code, string status)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        await using var peer = new AnsweringPeer(answer);
        (await CallAsync(house, peer.Uri)).Should().Be((code, status));
    }

    /// <summary>RFC 3263 §4.3: the first address is out of service, and what the second says counts.</summary>
    [Fact]
    public async Task A_name_with_two_addresses_is_called_by_the_second_when_the_first_is_out_of_service()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, listening: Naming("127.0.0.1", "127.0.0.2"));
        await using var first = new AnsweringPeer(503);
        await using var second = new AnsweringPeer(486, new IPEndPoint(IPAddress.Parse("127.0.0.2"), first.Port));
        var sid = await house.PostAsync(
            "Calls.json", "From", WorldSetup.DefaultNumber, "To", $"sip:ada@pbx:{first.Port}", "Url", "http://myapp.test/voice");
        await house.ExpectAsync(CallEntries.Busy);
        (await house.GetAsync($"Calls/{sid}.json")).GetProperty("status").GetString().Should().Be("busy");
        var told = (await house.ExpectAsync(SipEntries.Rerouted)).Should().ContainSingle().Which.ToJson();
        told
            .Should().Contain($"\"failed\":\"udp:127.0.0.1:{first.Port}\"").And.Contain($"\"next\":\"udp:127.0.0.2:{first.Port}\"")
            .And.Contain(sid);
    }

    [Fact]
    public async Task A_name_whose_addresses_are_all_out_in_the_Internet_is_not_called()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, listening: Naming("192.0.2.7"));
        (await CallAsync(house, "sip:ada@pbx")).Should().Be((13254, "failed"));
    }

    /// <summary>(inferred): apps that dial registered phones read the code there.</summary>
    [Fact]
    public async Task The_action_of_a_Dial_is_told_that_the_phone_is_not_registered()
    {
        Dictionary<string, string>? told = null;
        await using var house = await SipDomainHouse.StartAsync(
            r => r.ContainsKey("DialCallStatus")
                ? Ends(told = r) : "<Response><Dial action=\"/after\"><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>",
            callers: false, address: "127.0.0.1");
        (await AskAsync(house.Port, "INVITE", "Max-Forwards: 70", Offering("RTP/AVP 0"))).Should().StartWith("SIP/2.0 200 ");
        await house.ExpectAsync(CallEntries.Completed);
        told.Should().Contain("DialBridged", "false").And.Contain("ErrorCode", "32009").And.ContainKey("ErrorMessage");
    }

    /// <summary>
    /// Source: twilio.com/docs/voice/twiml/sip (DialSipCallId, DialSipResponseCode): of the attempt, whatever came of it.
    /// </summary>
    [Theory]
    [InlineData(486, "busy")]
    [InlineData(404, "failed")]
    public async Task The_action_of_a_Dial_is_told_which_INVITE_was_refused(int status, string outcome)
    {
        await using var peer = new AnsweringPeer(status);
        Dictionary<string, string>? told = null;
        await using var house = await SipDomainHouse.StartAsync(
            r => r.ContainsKey("DialCallStatus")
                ? Ends(told = r)
                : $"<Response><Dial action=\"/after\"><Sip>{peer.Uri}</Sip></Dial></Response>",
            callers: false, address: "127.0.0.1");
        (await AskAsync(house.Port, "INVITE", "Max-Forwards: 70", Offering("RTP/AVP 0"))).Should().StartWith("SIP/2.0 200 ");
        await house.ExpectAsync(CallEntries.Completed);
        told
            .Should().Contain("DialCallStatus", outcome).And.Contain("DialSipResponseCode", $"{status}")
            .And.Contain("DialSipCallId", peer.CallId!);
    }

    [Fact]
    public async Task Keys_by_INFO_are_lost_as_on_the_live_service_and_the_journal_says_so()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, callers: false, address: "127.0.0.1");
        const string Key = "Content-Type: application/dtmf-relay\n";
        var calling = new SippScenario("service", SipDomainHouse.Domain).Send(
            "INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200)
            .Send("ACK").Say("INFO", Key, "Signal=5\nDuration=160\n").Receive(200).Say("INFO", Key, "Signal=6\nDuration=160\n").Receive(200)
            .Send("BYE").Receive(200);
        var (code, said) = await StrangerProgram.SippAsync(calling.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        await house.ExpectAsync(CallEntries.Completed);
        (await house.ExpectAsync(WorldEntries.Warning)).Where(e => e.ToJson().Contains("SIP INFO", StringComparison.Ordinal))
            .Should().ContainSingle();
    }

    [Fact]
    public async Task Another_accounts_domain_is_13255()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        await house.ElsewhereAsync("theirs.sip.twilio.com");
        (await CallAsync(house, "sip:myuser2@theirs.sip.twilio.com")).Code.Should().Be(13255);
    }

    /// <summary>What is sent to the domain, the status it is refused with, and the code in <c>X-Twilio-Error</c>.</summary>
    public static TheoryData<string, string, string, int, int> Refused => new()
    {
        { "INVITE", "Max-Forwards: 0", "", 483, 32006 },
        { "INVITE", "Max-Forwards: 70", "v=0", 400, 32102 },
        { "INVITE", "Max-Forwards: 70", "RTP/AVP 9", 488, 32102 },
        { "INVITE", "Max-Forwards: 70", "RTP/SAVP 0", 488, 32207 },
        { "INVITE", "Max-Forwards: 70", "UDP/TLS/RTP/SAVP 0", 488, 32102 },
        { "INVITE", "Max-Forwards: 70", "UDP/TLS/RTP/SAVPF 0", 488, 32102 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_a_domain_cannot_take_is_refused_with_its_code(string method, string header, string media, int status, int code)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, callers: false, address: "127.0.0.1");
        var body = media is "" or "v=0" ? media : Offering(media);
        var answer = await AskAsync(house.Port, method, header, body);
        answer.Should().StartWith($"SIP/2.0 {status} ").And.Contain($"X-Twilio-Error: {code} ");
        (await house.ExpectAsync(Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain($"\"code\":{code}");
        if (!media.StartsWith("UDP/TLS", StringComparison.Ordinal)) return;
        answer.Should().Contain("Warning: 302 ").And.Contain("DTLS-SRTP");
        (await house.ExpectAsync(WorldEntries.Warning)).Should().Contain(e => e.ToJson().Contains("DTLS-SRTP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registrations_have_the_codes_of_what_is_wrong_with_them()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        (await RegisterAsync(house, new PhoneSetup("myuser1", house.Port) { Password = "Wrong1Horse2Battery" })).Should().Be(403);
        (await RegisterAsync(house, new PhoneSetup("myuser1", house.Port) { LoginUser = "myuser2" })).Should().Be(403);
        await house.ChangeAsync($"SIP/Domains/{house.DomainSid}.json", "SipRegistration", "false");
        (await RegisterAsync(house, new PhoneSetup("myuser1", house.Port))).Should().Be(403);
        (await CodesAsync(house, 3)).Should().Equal(32202, 32212, 32210);
    }

    [Fact]
    public async Task The_eleventh_phone_of_a_user_is_32007()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        var phones = Enumerable.Range(0, 11).Select(_ => new WirePhone(new PhoneSetup("myuser1", house.Port))).ToList();
        foreach (var phone in phones.Take(10)) (await phone.RegisterAsync()).Should().Be(200);
        (await phones[10].RegisterAsync()).Should().Be(403);
        (await CodesAsync(house, 1)).Should().Equal(32007);
        foreach (var phone in phones) await phone.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_that_does_not_acknowledge_the_answer_is_32022()
    {
        // 32 s of the transaction's are four of the test's.
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, callers: false, address: "127.0.0.1", wall: new FastWall(8));
        (await AskAsync(house.Port, "INVITE", "Max-Forwards: 70", Offering("RTP/AVP 0"))).Should().StartWith("SIP/2.0 200 ");
        (await CodesAsync(house, 1)).Should().Equal(32022);
        await house.ExpectAsync(CallEntries.Completed);
    }

    private static string Ends(Dictionary<string, string> _) => "<Response/>";

    private static SipListening Naming(params string[] addresses) => new()
    {
        Port = 0,
        RtpPorts = OwnPorts.Range(),
        Lookup = (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()),
    };

    private static string Offering(string media) =>
        $"v=0\r\no=u 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 {media}\r\n";

    private static async Task<int> RegisterAsync(SipDomainHouse house, PhoneSetup setup)
    {
        await using var phone = new WirePhone(setup);
        return await phone.RegisterAsync();
    }

    private static async Task<(int Code, string Status)> CallAsync(SipDomainHouse house, string to)
    {
        var sid = await house.PostAsync("Calls.json", "From", WorldSetup.DefaultNumber, "To", to, "Url", "http://myapp.test/voice");
        var codes = await CodesAsync(house, 1);
        return (codes.Should().ContainSingle().Subject, (await house.GetAsync($"Calls/{sid}.json")).GetProperty("status").GetString()!);
    }

    private static async Task<List<int>> CodesAsync(SipDomainHouse house, int count) =>
        [.. (await house.ExpectAsync(Alert.Kind, count)).Select(e => ((Alert)e.Data!).Code)];

    /// <summary>The final answer to a request of a stranger's, whole.</summary>
    private static async Task<string> AskAsync(int port, string method, string header, string body)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var local = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
        var type = body.Length > 0 ? "Content-Type: application/sdp\r\n" : "";
        var text = $"{method} sip:service@{SipDomainHouse.Domain} SIP/2.0\r\nVia: SIP/2.0/UDP "
            + $"127.0.0.1:{local};branch=z9hG4bK{local}\r\nFrom: <sip:ann@example.com>;tag=1\r\nTo: "
            + $"<sip:service@{SipDomainHouse.Domain}>\r\n"
            + $"Call-ID: {local}\r\nCSeq: 1 {method}\r\n{header}\r\nContact: <sip:ann@127.0.0.1:{local}>\r\n{type}Content-Length: "
            + $"{body.Length}\r\n\r\n{body}";
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), new IPEndPoint(IPAddress.Loopback, port));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var answer = Encoding.ASCII.GetString((await socket.ReceiveAsync(patience.Token)).Buffer);
            if (answer.Split(' ')[1][0] != '1') return answer;
        }
    }
}
