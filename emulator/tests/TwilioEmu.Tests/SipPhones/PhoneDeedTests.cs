using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>What people do with real phones in a call: keys, talking to a recorder, hold, secure sound.</summary>
[Trait("slow", "")]
public sealed class PhoneDeedTests
{
    /// <summary>
    /// It asks aloud, so that whoever waits for the question presses no key before it is gathered, however long the app takes.
    /// </summary>
    public const string AsksForFourKeys =
        "<Response><Gather numDigits=\"4\" finishOnKey=\"\" timeout=\"40\"><Say>Your code, please</Say></Gather></Response>";

    private const string Service = "sip:service@" + SipDomainHouse.Domain;

    [Theory, InlineData("udp"), InlineData("tcp")]
    public async Task Keys_of_a_phone_are_gathered(string transport)
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await SipDomainHouse.StartAsync(request =>
        {
            if (!request.TryGetValue("Digits", out var digits)) return AsksForFourKeys;
            told.TrySetResult(digits);
            return "<Response><Hangup/></Response>";
        });
        using var phone = new Softphone(new PhoneSetup("myuser1", house.Port) { Registers = false, Transport = transport });
        await phone.DialAsync(Service);
        await house.ExpectAsync(TranscriptEntries.Heard);
        foreach (var key in "1*9#")
        {
            await phone.CommandAsync("sndcode", key.ToString());
            await house.SpendAsync(TimeSpan.FromMilliseconds(300));
            await phone.CommandAsync("sndcode", "\u0004");
            await house.SpendAsync(TimeSpan.FromMilliseconds(200));
        }
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().Be("1*9#");
    }

    [Fact]
    public async Task What_a_phone_says_is_recorded_and_is_its_tone()
    {
        await using var house = await SipDomainHouse.StartAsync(request =>
            request.ContainsKey("RecordingUrl")
                ? "<Response><Hangup/></Response>"
                : "<Response><Record maxLength=\"5\" playBeep=\"false\" timeout=\"0\"/></Response>");
        using var phone = new Softphone(new PhoneSetup("myuser1", house.Port) { Registers = false, Hertz = 700 });
        await phone.DialAsync(Service);
        await house.ExpectAsync(RecordingEntries.Completed);
        var recording = (await house.GetAsync("Recordings.json")).GetProperty("recordings")[0].GetProperty("sid").GetString();
        var sound = await house.SoundAsync($"Recordings/{recording}.wav");
        // By the wall: a busy machine ends it a little late.
        sound.Length.Should().BeInRange((5 * 8000) - 1600, 6 * 8000);
        var frames = ToneFrames.Of(sound, 700);
        frames.Heard.Should().BeGreaterThan(ToneFrames.Enough);
        (frames.Sounding - frames.Heard).Should().BeLessThan(frames.Sounding / 4, "it is its tone and no other: {0}", frames);
    }

    [Fact]
    public async Task A_secure_domain_is_called_over_TLS_with_SRTP_both_ways()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Dial><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>", isSecure: true);
        using var callee = new Softphone(new PhoneSetup("myuser2", house.TlsPort) { Transport = "tls", IsSecure = true, Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = new Softphone(
            new PhoneSetup("myuser1", house.TlsPort) { Transport = "tls", IsSecure = true, Registers = false, Hertz = 700 });
        await caller.DialAsync(Service);
        foreach (var connected in await house.ExpectAsync(SipEntries.Connected, 2))
        {
            connected.ToJson().Should().Contain("\"is_secure\":true");
        }
        await caller.HearsAsync(1000);
        await callee.HearsAsync(700);
    }

    [Theory, InlineData("udp", false, "32209"), InlineData("tls", false, "32208")]
    public async Task A_secure_domain_refuses_what_is_in_the_clear(string transport, bool isSecure, string code)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", isSecure: true);
        using var phone = new Softphone(
            new PhoneSetup(
                "myuser1", transport == "tls"
                    ? house.TlsPort : house.Port)
            { Transport = transport, IsSecure = isSecure, Registers = false });
        await phone.DialAsync(Service);
        (await house.ExpectAsync(SipEntries.Refused)).Should().ContainSingle().Which.ToJson().Should().Contain(code);
    }

    [Fact]
    public async Task A_domain_that_is_not_secure_refuses_SRTP()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        using var phone = new Softphone(new PhoneSetup("myuser1", house.TlsPort) { Transport = "tls", IsSecure = true, Registers = false });
        await phone.DialAsync(Service);
        (await house.ExpectAsync(SipEntries.Refused)).Should().ContainSingle().Which.ToJson().Should().Contain("32207");
    }

    [Fact]
    public async Task A_browsers_offer_is_refused_with_488_that_names_DTLS()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true, profile: "UDP/TLS/RTP/SAVPF").Receive(100, isOptional: true)
                .Receive(488, "Warning: 302 twilio.com .DTLS-SRTP").Send("ACK", isFirst: true);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        (await house.ExpectAsync(WorldEntries.Warning)).Should().ContainSingle().Which.ToJson().Should().Contain("DTLS-SRTP");
        (await house.ExpectAsync(SipEntries.Refused)).Should().ContainSingle().Which.ToJson().Should().Contain("DTLS-SRTP");
    }

    [Theory, InlineData("", 404), InlineData(" reason=\"busy\"", 486)]
    public async Task Reject_is_a_status_for_a_caller_by_SIP(string reason, int status)
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => $"<Response><Reject{reason}/></Response>", callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(status).Send("ACK", isFirst: true);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
    }

    /// <summary>twilio.com/docs/voice/api/sip-twiml: the caller hears that it rings while the next document is asked for.</summary>
    [Theory]
    [InlineData("<Redirect>/voice?n=2</Redirect>", "<Reject reason=\"busy\"/>", 486)]
    [InlineData("<Pause length=\"1\"/><Say>Hello</Say>", "", 200)]
    public async Task A_caller_by_SIP_whose_call_is_not_answered_at_once_is_told_that_it_rings(string first, string second, int status)
    {
        var count = 0;
        await using var house = await SipDomainHouse.StartAsync(
            _ => $"<Response>{(count++ == 0 ? first : second)}</Response>", callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(180, "X-Twilio-CallSid: CA").Receive(status)
            .Send("ACK", isFirst: status >= 300);
        if (status == 200) scenario.Send("BYE").Receive(200);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
    }

    [Fact]
    public async Task An_answer_names_the_call_and_the_gateway()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Say>Hello</Say></Response>", callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true)
                .Receive(200, "X-Twilio-CallSid: CA[0-9a-f]+.*Server: Twilio.*s=Twilio Media Gateway").Send("ACK")
            .ReceiveRequest("BYE", "Reason: Q.850;cause=16.*X-Twilio-CallSid: CA[0-9a-f]+");
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
    }

    [Fact]
    public async Task A_call_that_is_held_gets_no_sound_until_it_is_resumed()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Say>Hello</Say><Pause length=\"30\"/></Response>", callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200, "a=sendrecv").Send("ACK")
            .Send("INVITE", "sendonly").Receive(100, isOptional: true).Receive(200, "a=recvonly").Send("ACK")
            .Send("INVITE", "inactive").Receive(100, isOptional: true).Receive(200, "a=inactive").Send("ACK")
            .Send("INVITE", "sendrecv").Receive(100, isOptional: true).Receive(200, "a=sendrecv").Send("ACK")
            .Send("BYE").Receive(200);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        var connected = await house.ExpectAsync(SipEntries.Connected, 4);
        connected.Select(e => e.ToJson().Contains("\"is_held\":true", StringComparison.Ordinal)).Should().Equal(false, true, true, false);
    }

    [Fact]
    public async Task A_caller_hears_that_the_dialled_phone_rings_and_may_give_up()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Dial answerOnBridge=\"true\"><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>", callers: false,
            address: "127.0.0.1");
        using var callee = new Softphone(new PhoneSetup("myuser2", house.Port) { Answers = false });
        await house.ExpectAsync(SipEntries.Registered);
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true)
                .Receive(100, isOptional: true).Receive(180)
                .Send("CANCEL").Receive(200).Receive(487).Send("ACK", isFirst: true);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        // The phone stops ringing, too: it got a CANCEL.
        await house.ExpectAsync(CallEntries.Canceled);
        await house.ExpectAsync(CallEntries.NoAnswer);
        await callee.CommandAsync("quit");
        string.Concat(await callee.Said).Should().Contain("Incoming call");
    }

    [Theory, InlineData(0.6, "human"), InlineData(30, "machine_start")]
    public async Task Whoever_answers_a_real_phone_is_told_from_a_machine_by_how_long_it_speaks(double seconds, string expected)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response><Pause length=\"1\"/></Response>");
        using var phone = new Softphone(new PhoneSetup("myuser2", house.Port) { SpeaksFor = TimeSpan.FromSeconds(seconds) });
        await house.ExpectAsync(SipEntries.Registered);
        var call = await house.PostAsync(
            "Calls.json", "To", "sip:myuser2@yourname.sip.twilio.com", "From", "service", "Url", "http://myapp.test/voice",
            "MachineDetection", "Enable");
        await house.ExpectAsync(CallEntries.Completed);
        (await house.GetAsync($"Calls/{call}.json")).GetProperty("answered_by").GetString().Should().Be(expected);
    }

    [Fact]
    public async Task A_hundred_calls_of_SIPp_are_answered_by_TwiML()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Say>Hello</Say><Pause length=\"30\"/></Response>", callers: false, address: "127.0.0.1");
        var scenario = new SippScenario("service", SipDomainHouse.Domain)
            .Send("INVITE", "sendrecv", isFirst: true)
                .Receive(100, isOptional: true).Receive(200).Send("ACK").Pause(300).Send("BYE").Receive(200);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "100", "-r", "40");
        code.Should().Be(0, said);
        (await house.ExpectAsync(CallEntries.Completed, 100)).Should().HaveCount(100);
    }

    [Theory, InlineData(SipDomainHouse.Password, true), InlineData("Wrong1Horse2Battery", false)]
    public async Task Sipsak_registers_as_a_number_by_its_password_alone(string password, bool isRegistered)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: "+14155550199");
        var (code, said) = await StrangerProgram.RunAsync(
            "sipsak", "-U", "-C", "sip:14155550199@127.0.0.1:9", "-x", "700", "-a", password, "-u", "14155550199", "-s",
            $"sip:14155550199@127.0.0.1:{house.Port}", "-vv");
        (code == 0).Should().Be(isRegistered, said);
        (await house.ExpectAsync(isRegistered ? SipEntries.Registered : SipEntries.Refused)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Sipsak_learns_that_somebody_is_there_and_no_more()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var (code, said) = await StrangerProgram.RunAsync("sipsak", "-vv", "-s", $"sip:anybody@127.0.0.1:{house.Port}");
        code.Should().Be(0, said);
        said.Should().Contain("200 OK");
    }
}
