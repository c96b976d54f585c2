using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Sessions as other phones and switches change them in mid-call: without an offer, by the old hold, before the answer.</summary>
[Trait("slow", "")]
public sealed class StrangeSessionTests
{
    private const string Waits = "<Response><Say>Hello</Say><Pause length=\"60\"/></Response>";
    private const string Sdp = "Content-Type: application/sdp\n";

    [Fact]
    public async Task A_re_INVITE_without_an_offer_gets_one_that_keeps_the_places_of_its_media_and_its_ACK_answers()
    {
        await using var house = await StartAsync();
        await PassesAsync(house, new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv\nm=video [media_port] RTP/AVP 31", isFirst: true).Receive(100, isOptional: true)
            .Receive(200, "m=audio [1-9].*m=video 0").Send("ACK")
            .Send("INVITE").Receive(100, isOptional: true).Receive(200, "m=audio [1-9].*m=video 0")
            .Send("ACK", "sendonly\nm=video 0 RTP/AVP 31").Pause(200).Send("BYE").Receive(200));
        (await house.ExpectAsync(SipEntries.Connected, 2)).Select(e => e.ToJson().Contains("\"is_held\":true", StringComparison.Ordinal))
            .Should().Equal(false, true);
    }

    [Theory, InlineData("0.0.0.0", ""), InlineData("[media_ip]", "a=sendonly\n"), InlineData("[media_ip]", "a=inactive\n")]
    public async Task A_phone_that_holds_and_sends_nothing_for_long_is_not_hung_up_on(string address, string direction)
    {
        await using var house = await StartAsync(TimeSpan.FromSeconds(2));
        await PassesAsync(house, new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200).Send("ACK")
            .Say("INVITE", Sdp,
                $"v=0\no=u 1 2 IN IP4 [media_ip]\ns=-\nc=IN IP4 {address}\nt=0 0\nm=audio [media_port] RTP/AVP 0\n{direction}")
            .Receive(100, isOptional: true).Receive(200).Send("ACK").Pause(5000).Send("BYE").Receive(200));
        (await house.ExpectAsync(SipEntries.Connected, 2))[1].ToJson().Should().Contain("\"is_held\":true");
    }

    [Fact]
    public async Task A_session_is_refreshed_and_changed_by_UPDATE()
    {
        await using var house = await StartAsync();
        await PassesAsync(house, new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200).Send("ACK")
            .Send("UPDATE").Receive(200, "Contact")
            .Send("UPDATE", "sendonly").Receive(200, "a=recvonly")
            .Send("UPDATE", "sendrecv").Receive(200, "a=sendrecv")
            .Send("OPTIONS").Receive(200, "Allow").Send("BYE").Receive(200));
        await house.ExpectAsync(CallEntries.Completed);
    }

    [Fact]
    public async Task A_caller_that_requires_reliable_answers_gets_them_and_its_call()
    {
        await using var house = await StartAsync();
        await PassesAsync(house, new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", "Require: 100rel\nSupported: 100rel\n", isFirst: true).Receive(100, isOptional: true)
            .Receive(200).Send("ACK").Send("BYE").Receive(200));
        await house.ExpectAsync(CallEntries.Completed);
    }

    /// <summary>baresip 1.0 waits for checks (its module <c>ice</c>), where RFC 8839 §4.2.3 has it go on without.</summary>
    [Fact]
    public async Task A_phone_that_waits_for_ICE_is_told_of_with_the_cure()
    {
        await using var house = await StartAsync();
        using var phone = new Softphone(new PhoneSetup("myuser1", house.Port) { Account = ";medianat=ice", Registers = false });
        await phone.DialAsync($"sip:service@{SipDomainHouse.Domain}");
        (await house.ExpectAsync(WorldEntries.Warning)).Should().ContainSingle().Which.ToJson().Should().Contain("switch ICE off");
    }

    [Fact]
    public async Task Of_a_phone_that_offers_ICE_and_goes_on_without_nothing_is_said()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => Waits);
        await using var phone = new WirePhone(new PhoneSetup("myuser1", house.Port)
        {
            Describes = "a=ice-ufrag:F7gI\r\na=ice-pwd:x9cml/YzichV2+XlhiMu8g\r\na=candidate:1 1 UDP 2130706431 127.0.0.1 9 typ host\r\n",
        });
        await phone.CallAsync($"sip:service@{SipDomainHouse.Domain}");
        await house.ExpectAsync(CallEntries.Measured);
        await phone.HangUpAsync();
        await house.ExpectAsync(CallEntries.Completed);
        (await house.CountAsync(WorldEntries.Warning)).Should().Be(0);
    }

    [Theory]
    [InlineData("opus/48000/2,G722/16000/1,PCMU/8000/1,PCMA/8000/1", "")]
    [InlineData("PCMA/8000/1", "")]
    [InlineData("PCMU/8000/1", ";ptime=10")]
    [InlineData("PCMU/8000/1", ";ptime=30")]
    [InlineData("PCMU/8000/1", ";mediaenc=srtp")]
    public async Task A_phone_that_is_set_up_in_other_ways_is_heard_and_hears(string codecs, string account)
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Dial><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>");
        using var callee = new Softphone(new PhoneSetup("myuser2", house.Port) { Codecs = codecs, Account = account, Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = new Softphone(
            new PhoneSetup("myuser1", house.Port) { Codecs = codecs, Account = account, Hertz = 700, Registers = false });
        await caller.DialAsync($"sip:myuser2@{SipDomainHouse.Domain}");
        await caller.HearsAsync(1000);
        await callee.HearsAsync(700);
    }

    private static Task<SipDomainHouse> StartAsync(TimeSpan? timeout = null) => SipDomainHouse.StartAsync(
        _ => Waits, callers: false, address: "127.0.0.1",
        listening: new SipListening { Port = 0, RtpPorts = OwnPorts.Range(), RtpTimeout = timeout ?? TimeSpan.FromMinutes(1) });

    private static async Task PassesAsync(SipDomainHouse house, SippScenario scenario)
    {
        var (code, said) = await StrangerProgram.SippAsync(
            scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1", "-p", $"{OwnPorts.One()}");
        code.Should().Be(0, said);
    }
}
