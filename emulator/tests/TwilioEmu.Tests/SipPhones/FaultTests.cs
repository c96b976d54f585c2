using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>What goes wrong on real networks, and what strangers try: calls in progress are not touched by it.</summary>
[Trait("slow", "")]
public sealed class FaultTests
{
    private const string Waits = "<Response><Say>Hello</Say><Pause length=\"60\"/></Response>";

    private static SippScenario Call(int milliseconds) => new SippScenario("service", SipDomainHouse.Domain)
        .Send("INVITE", "sendrecv", isFirst: true)
            .Receive(100, isOptional: true).Receive(200).Send("ACK").Pause(milliseconds).Send("BYE").Receive(200);

    [Fact]
    public async Task Every_call_is_completed_over_a_wire_that_loses_and_reorders_one_datagram_in_twenty()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, callers: false, address: "127.0.0.1");
        await using var wire = new LossyRelay(house.Port, seed: 12);
        var (code, said) = await StrangerProgram.SippAsync(Call(1500).ToString(), $"127.0.0.1:{wire.Port}", "-m", "60", "-r", "20");
        code.Should().Be(0, said);
        wire.LostCount.Should().BePositive();
        wire.ReorderedCount.Should().BePositive();
        (await house.ExpectAsync(CallEntries.Completed, 60)).Should().HaveCount(60);
    }

    [Fact]
    public async Task A_phone_that_vanishes_is_hung_up_on_when_nothing_comes_from_it()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => Waits, listening: new SipListening { Port = 0, RtpPorts = OwnPorts.Range(), RtpTimeout = TimeSpan.FromSeconds(5) });
        using var phone = new Softphone(new PhoneSetup("myuser1", house.Port) { Registers = false });
        await phone.DialAsync($"sip:service@{SipDomainHouse.Domain}");
        await house.ExpectAsync(SipEntries.Connected);
        await house.SpendAsync(TimeSpan.FromSeconds(6));
        house.Host.CallCount.Should().Be(1, "a phone that talks is not gone");
        phone.Vanish();
        await house.ExpectAsync(CallEntries.Completed);
        (await house.ExpectAsync(Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain("32014");
    }

    [Fact]
    public async Task A_phone_that_does_not_refresh_its_session_is_hung_up_on()
    {
        // Eight seconds of the phone's are one of the test's; a call without sound is not taken for gone meanwhile.
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Say>Hello</Say><Pause length=\"300\"/></Response>", callers: false, address: "127.0.0.1",
            wall: new FastWall(8),
            listening: new SipListening { Port = 0, RtpPorts = OwnPorts.Range(), RtpTimeout = TimeSpan.FromHours(1) });
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send(
                "INVITE", "sendrecv", "Supported: timer\nSession-Expires: 90;refresher=uac\n", isFirst: true).Receive(100, isOptional: true)
            .Receive(200, "Session-Expires: 90;refresher=uac").Send("ACK").ReceiveRequest("BYE");
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        await house.ExpectAsync(CallEntries.Completed);
        house.Host.CallCount.Should().Be(0);
    }

    [Fact]
    public async Task Without_ports_for_the_sound_a_call_is_refused_with_503_and_the_next_one_is_taken()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => Waits, callers: false, address: "127.0.0.1", listening: new SipListening { Port = 0, RtpPorts = (42400, 42401) });
        var holding = StrangerProgram.SippAsync(
            Call(3000).ToString(), $"127.0.0.1:{house.Port}", "-m", "1", "-p", $"{OwnPorts.One()}");
        await house.ExpectAsync(SipEntries.Connected);
        var refused = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(503, "Retry-After")
            .Send("ACK", isFirst: true);
        var (code, said) = await StrangerProgram.SippAsync(
            refused.ToString(), $"127.0.0.1:{house.Port}", "-m", "1", "-p", $"{OwnPorts.One()}");
        code.Should().Be(0, said);
        (await house.ExpectAsync(WorldEntries.Warning))
            .Should().ContainSingle().Which.ToJson().Should().Contain("--rtp-ports").And.Contain("503");
        (await holding).Code.Should().Be(0);
        var (again, told) = await StrangerProgram.SippAsync(
            Call(100).ToString(), $"127.0.0.1:{house.Port}", "-m", "1", "-p", $"{OwnPorts.One()}");
        again.Should().Be(0, told);
    }

    [Theory, InlineData("INVITE"), InlineData("REGISTER")]
    public async Task A_scanner_cannot_tell_users_that_are_there_from_others(string method)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, handset: "+14155550199");
        var answers = new List<string>();
        foreach (var user in new[] { "+14155550199", "14155550199", "100", "admin" })
        {
            foreach (var host in new[] { "127.0.0.1", "yourname.sip.twilio.com", "nobody.sip.twilio.com" })
            {
                answers.Add($"{host} {await AskAsync(house.Port, method, user, host)}");
            }
        }
        answers.Distinct().Should().HaveCount(3, "the answer depends on the domain, and not on the user: {0}", string.Join("; ", answers));
    }

    [Theory, InlineData("REGISTER"), InlineData("INVITE")]
    public async Task Sipvicious_finds_nobody(string method)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, handset: "+14155550199");
        var (_, said) = await StrangerProgram.RunAsync(
            "svwar", "--force", "-m", method, "-p", $"{house.Port}", "-P", $"{OwnPorts.One()}", "-e",
            "4155550199,14155550199,100-103", "127.0.0.1");
        said.Should().Contain("found nothing").And.NotContain("| 4155550199");
    }

    [Fact]
    public async Task What_a_domain_refuses_is_in_its_accounts_debugger_and_what_nobody_has_is_in_none()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits, callers: false);
        (await AskAsync(house.Port, "INVITE", "100", "nobody.sip.twilio.com")).Should().Be("404");
        (await AskAsync(house.Port, "INVITE", "100", "yourname.sip.twilio.com")).Should().Be("403");
        (await house.ExpectAsync(Alert.Kind))
            .Should().ContainSingle().Which.ToJson().Should().Contain("32201").And.Contain(house.DomainSid);
        (await house.ExpectAsync(SipEntries.Refused, 2)).Select(e => e.Account).Should().Equal(AccountSid.None, AccountBook.DefaultSid);
    }

    [Fact]
    public async Task A_scanner_of_an_emulator_without_phones_learns_404_alone()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        foreach (var method in new[] { "INVITE", "REGISTER" }) (await AskAsync(house.Port, method, "100", "127.0.0.1")).Should().Be("404");
        foreach (var method in new[] { "SUBSCRIBE", "MESSAGE", "PUBLISH" })
        {
            (await AskAsync(house.Port, method, "100", "127.0.0.1")).Should().BeOneOf("405", "501");
        }
    }

    /// <summary>The status of the final answer.</summary>
    private static async Task<string> AskAsync(int port, string method, string user, string host)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var local = (IPEndPoint)socket.Client.LocalEndPoint!;
        var text = $"{method} sip:{(method == "REGISTER" ? "" : user + "@")}{host} SIP/2.0\r\nVia: SIP/2.0/UDP "
            + $"127.0.0.1:{local.Port};branch=z9hG4bK{local.Port}{user.GetHashCode(StringComparison.Ordinal):x}\r\nFrom: "
            + $"<sip:{user}@{host}>;tag=1\r\n"
            + $"To: <sip:{user}@{host}>\r\nCall-ID: {local.Port}\r\nCSeq: 1 {method}\r\nMax-Forwards: 70\r\nContact: "
            + $"<sip:{user}@127.0.0.1:{local.Port}>\r\nUser-Agent: friendly-scanner\r\nContent-Length: 0\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), new IPEndPoint(IPAddress.Loopback, port));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var status = Encoding.ASCII.GetString((await socket.ReceiveAsync(patience.Token)).Buffer).Split(' ')[1];
            if (status[0] != '1') return status;
        }
    }
}
