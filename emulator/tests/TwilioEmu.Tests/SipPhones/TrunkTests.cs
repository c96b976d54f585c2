using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Composition;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Elastic SIP Trunks between the telephone network and a switch of the app's.</summary>
[Trait("slow", "")]
public sealed class TrunkTests
{
    private const string Phone = "+14155550177";
    private const string TwoSeconds = "[{\"says\":\"Good morning, switch, here I am.\"},{\"wait\":\"1s\"},{\"hangs_up\":true}]";

    [Fact]
    public async Task A_call_to_a_number_of_the_trunk_goes_to_the_switch_and_past_one_that_errs()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var trunk = await TrunkAsync(house);
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers", "PhoneNumberSid", await NumberAsync(house));
        await SetRecordingAsync(house, trunk);
        var (bad, good) = (OwnPorts.One(), OwnPorts.One());
        await OriginationAsync(house, trunk, bad, priority: 1);
        await OriginationAsync(house, trunk, good, priority: 2);
        var refusing = StrangerProgram.SippAsync(SippScenario.Switch(503), "-p", $"{bad}", "-m", "1");
        var answering = StrangerProgram.SippAsync(
            SippScenario.Switch(200, goodbye: "X-Twilio-RecordingSid: RE[0-9a-f]+.*X-Twilio-RecordingDuration: [0-9]+"), "-p", $"{good}",
            "-m", "1");
        await house.SpendAsync(TimeSpan.FromSeconds(1));
        await house.DialAsync(Phone, WorldSetup.DefaultNumber, TwoSeconds);
        (await refusing).Code.Should().Be(0);
        var (code, said) = await answering;
        code.Should().Be(0, said);
        await house.ExpectAsync(CallEntries.Completed);
        var call = (await house.GetAsync("Calls.json")).GetProperty("calls").EnumerateArray().Should().ContainSingle().Subject;
        call.GetProperty("direction").GetString().Should().Be("trunking-originating");
        call.GetProperty("trunk_sid").GetString().Should().Be(trunk);
        call.GetProperty("to").GetString().Should().StartWith($"sip:{WorldSetup.DefaultNumber}@127.0.0.1");
        (await house.ExpectAsync(RecordingEntries.Completed)).Should().ContainSingle();
        (await house.GetAsync("Recordings.json")).GetProperty("recordings")[0].GetProperty("source").GetString().Should().Be("Trunking");
    }

    [Fact]
    public async Task A_switch_sees_of_a_call_what_the_live_gateways_write()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var trunk = await TrunkAsync(house, "CnamLookupEnabled", "true");
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers", "PhoneNumberSid", await NumberAsync(house));
        var port = OwnPorts.One();
        await OriginationAsync(house, trunk, port, priority: 1);
        var (caller, called) = (Phone.TrimStart('+'), WorldSetup.DefaultNumber.TrimStart('+'));
        var answering = StrangerProgram.SippAsync(
            SippScenario.Switch(
                200,
                $"From: .[A-Za-z ,.-]+. .sip:.{caller}@myswitch.pstn.twilio.com.;.*Call-ID: [0-9a-f]+@0.0.0.0.*Allow: INVITE, ACK, CANCEL, "
                    + "OPTIONS, BYE, REFER, NOTIFY.*X-Twilio-AccountSid: AC[0-9a-f]+.*X-Twilio-CallSid: CA[0-9a-f]+.*"
                    + $"P-Asserted-Identity: .sip:.{caller}@127.0.0.1.*Diversion: "
                    + $".sip:.{called}@twilio.com.;reason=unconditional.*User-Agent: Twilio Gateway.*s=Twilio Media Gateway",
                "Reason: Q.850;cause=16;text=.Normal call clearing..*X-Twilio-CallSid: CA[0-9a-f]+"),
            "-p", $"{port}", "-m", "1");
        await house.SpendAsync(TimeSpan.FromSeconds(1));
        await house.DialAsync(Phone, WorldSetup.DefaultNumber, TwoSeconds);
        var (code, said) = await answering;
        code.Should().Be(0, said);
        var call = await OnlyCallAsync(house);
        call.GetProperty("caller_name").GetString().Should().NotBeNullOrEmpty("the trunk has names looked up");
    }

    [Fact]
    public async Task A_trunk_that_has_no_names_looked_up_shows_none()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var trunk = await TrunkAsync(house);
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers", "PhoneNumberSid", await NumberAsync(house));
        var port = OwnPorts.One();
        await OriginationAsync(house, trunk, port, priority: 1);
        var answering = StrangerProgram.SippAsync(
            SippScenario.Switch(200, $"From: .sip:.{Phone.TrimStart('+')}@myswitch.pstn.twilio.com"), "-p", $"{port}", "-m", "1");
        await house.SpendAsync(TimeSpan.FromSeconds(1));
        await house.DialAsync(Phone, WorldSetup.DefaultNumber, TwoSeconds);
        var (code, said) = await answering;
        code.Should().Be(0, said);
        (await OnlyCallAsync(house)).GetProperty("caller_name").GetString().Should().BeNullOrEmpty();
    }

    [Fact]
    public async Task A_number_put_on_a_trunk_names_it_and_one_that_names_it_is_on_it()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var (first, second, number) = (
            await TrunkAsync(house), await house.PostAsync("/trunking/v1/Trunks", "FriendlyName", "another"), await NumberAsync(house));
        await house.PostAsync($"/trunking/v1/Trunks/{first}/PhoneNumbers", "PhoneNumberSid", number);
        (await house.GetAsync($"IncomingPhoneNumbers/{number}.json")).GetProperty("trunk_sid").GetString().Should().Be(first);

        await house.PostAsync($"IncomingPhoneNumbers/{number}.json", "TrunkSid", second);
        (await Numbers(first)).Should().BeEmpty();
        (await Numbers(second)).Should().Equal(number);
        var shown = await house.GetAsync($"/trunking/v1/Trunks/{second}/PhoneNumbers/{number}");
        shown.GetProperty("url").GetString().Should().EndWith($"/v1/Trunks/{second}/PhoneNumbers/{number}");
        shown.GetProperty("links").GetProperty("phone_number").GetString().Should().EndWith($"/IncomingPhoneNumbers/{number}");

        async Task<IEnumerable<string?>> Numbers(string trunk) =>
            (await house.GetAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers")).GetProperty("phone_numbers").EnumerateArray()
                .Select(n => n.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task A_busy_switch_is_not_passed_by()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var trunk = await TrunkAsync(house, "DisasterRecoveryUrl", "http://myapp.test/disaster");
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers", "PhoneNumberSid", await NumberAsync(house));
        var port = OwnPorts.One();
        await OriginationAsync(house, trunk, port, priority: 1);
        var busy = StrangerProgram.SippAsync(SippScenario.Switch(486), "-p", $"{port}", "-m", "1");
        await house.SpendAsync(TimeSpan.FromSeconds(1));
        await house.DialAsync(Phone, WorldSetup.DefaultNumber, TwoSeconds);
        (await busy).Code.Should().Be(0);
        (await house.ExpectAsync(CallEntries.Busy)).Should().ContainSingle();
    }

    [Fact]
    public async Task With_no_origination_URL_the_disaster_recovery_document_takes_the_call()
    {
        Dictionary<string, string>? asked = null;
        await using var house = await SipDomainHouse.StartAsync(request =>
        {
            asked = request;
            return "<Response><Say>Our switch is down.</Say></Response>";
        });
        var trunk = await TrunkAsync(house, "DisasterRecoveryUrl", "http://myapp.test/disaster");
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers", "PhoneNumberSid", await NumberAsync(house));
        await house.DialAsync(Phone, WorldSetup.DefaultNumber, "[{\"hears\":\"switch is down\",\"within\":\"10s\"}]");
        await house.ExpectAsync(CallEntries.Completed);
        asked.Should().Contain("From", Phone);
        (await house.ExpectAsync(Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain("32010");
    }

    [Theory]
    [InlineData(WorldSetup.DefaultNumber, Phone, 200)]
    [InlineData("+14155550155", Phone, 403)]
    [InlineData(WorldSetup.DefaultNumber, "4155550177", 400)]
    public async Task A_switch_calls_the_telephone_network_under_a_number_of_the_accounts_alone(string caller, string called, int status)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", address: "127.0.0.1");
        var trunk = await TrunkAsync(house);
        var list = (await house.GetAsync("SIP/IpAccessControlLists.json")).GetProperty(
            "ip_access_control_lists")[0].GetProperty("sid").GetString()!;
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/IpAccessControlLists", "IpAccessControlListSid", list);
        (await house.GetAsync($"/trunking/v1/Trunks/{trunk}")).GetProperty("auth_type").GetString().Should().Be("IP_ACL");
        var scenario = new SippScenario(called, "myswitch.pstn.twilio.com", caller)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(180, isOptional: true)
            .Receive(status, status switch { 403 => "X-Twilio-Error: 32204 Invalid Caller ID", 400 => "X-Twilio-Error: 32101", _ => null });
        scenario = status == 200 ? scenario.Send("ACK").Pause(500).Send("BYE").Receive(200) : scenario.Send("ACK", isFirst: true);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        var call = (await house.GetAsync("Calls.json")).GetProperty("calls")[0];
        call.GetProperty("direction").GetString().Should().Be("trunking-terminating");
        call.GetProperty("to").GetString().Should().Be(called);
    }

    /// <summary>Source: twilio.com/docs/api/errors/32115.</summary>
    [Theory, InlineData("Your parcel is here", true), InlineData("More than fifty characters, which is what a display may show", false)]
    public async Task A_switch_says_why_it_calls_and_the_telephone_shows_it(string reason, bool isShown)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", address: "127.0.0.1");
        var trunk = await TrunkAsync(house);
        var list = (await house.GetAsync("SIP/IpAccessControlLists.json")).GetProperty(
            "ip_access_control_lists")[0].GetProperty("sid").GetString()!;
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/IpAccessControlLists", "IpAccessControlListSid", list);
        var scenario = new SippScenario(Phone, "myswitch.pstn.twilio.com", WorldSetup.DefaultNumber)
            .Send("INVITE", "sendrecv", $"X-Branded-CallReason: {reason}\n", isFirst: true)
                .Receive(100, isOptional: true).Receive(180, isOptional: true).Receive(200).Send("ACK").Pause(500).Send("BYE").Receive(200);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        var ringing = (await house.ExpectAsync(Carrier.Handsets.HandsetEntries.Ringing)).Should().ContainSingle().Subject.ToJson();
        if (isShown) ringing.Should().Contain(reason);
        else
        {
            ringing.Should().NotContain("call_reason");
            (await house.ExpectAsync(Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain("32115");
        }
    }

    [Fact]
    public async Task Nothing_comes_in_by_a_trunk_without_lists()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        await TrunkAsync(house);
        var scenario = new SippScenario(Phone, "myswitch.pstn.twilio.com", WorldSetup.DefaultNumber)
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(403, "32201").Send("ACK", isFirst: true);
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
    }

    [Theory, InlineData("DomainName", "myswitch.sip.twilio.com", 21245), InlineData("DomainName", "myswitch.pstn.twilio.com", 21248)]
    public async Task What_a_trunk_cannot_be_is_refused(string name, string value, int code)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        await TrunkAsync(house);
        (await house.RefusalOfAsync(HttpMethod.Post, "/trunking/v1/Trunks", name, value)).Should().Be(code);
    }

    [Fact]
    public async Task A_number_that_names_a_trunk_which_is_not_there_says_so_when_it_is_set_and_when_it_is_called()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var nowhere = "TK" + new string('0', 32);
        await house.PostAsync($"IncomingPhoneNumbers/{await NumberAsync(house)}.json", "TrunkSid", nowhere);
        (await house.ExpectAsync(WorldEntries.Warning))
            .Should().ContainSingle().Which.ToJson().Should().Contain(nowhere).And.Contain("TrunkSid");
        await house.DialAsync(Phone, WorldSetup.DefaultNumber, TwoSeconds);
        (await house.ExpectAsync(WorldEntries.Warning, 2))[1].ToJson().Should().Contain(nowhere).And.Contain("POST /v1/Trunks");
        (await house.ExpectAsync(CallEntries.Failed)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_secure_trunk_calls_over_TLS_with_SRTP_and_says_which_origination_URL_is_not()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var trunk = await TrunkAsync(house, "Secure", "true");
        await house.PostAsync($"/trunking/v1/Trunks/{trunk}/PhoneNumbers", "PhoneNumberSid", await NumberAsync(house));
        var plain = OwnPorts.One();
        await OriginationAsync(house, trunk, plain, priority: 1);
        var listens = OwnPorts.Pair();
        await house.PostAsync(
            $"/trunking/v1/Trunks/{trunk}/OriginationUrls", "FriendlyName", "pbx", "SipUrl", $"sip:127.0.0.1:{listens + 1};transport=tls",
            "Weight", "10", "Priority", "2", "Enabled", "true");
        using var certificate = new CertificateFile();
        using var pbx = new Softphone(new PhoneSetup(WorldSetup.DefaultNumber, house.TlsPort)
        {
            Domain = "127.0.0.1",
            Transport = "tls",
            IsSecure = true,
            Registers = false,
            ListensAt = listens,
            Certificate = certificate.Path,
        });
        await pbx.CommandAsync("reginfo");
        await house.DialAsync(Phone, WorldSetup.DefaultNumber, TwoSeconds);
        (await house.ExpectAsync(SipEntries.Connected)).Should().ContainSingle().Which.ToJson().Should().Contain("\"is_secure\":true");
        (await house.ExpectAsync(Alert.Kind))
            .Should().ContainSingle().Which.ToJson()
            .Should().Contain("32209")
            .And.Contain($"sip:{WorldSetup.DefaultNumber}@127.0.0.1:{plain}");
        await house.ExpectAsync(CallEntries.Completed);
    }

    private static async Task<System.Text.Json.JsonElement> OnlyCallAsync(SipDomainHouse house)
    {
        await house.ExpectAsync(CallEntries.Completed);
        return (await house.GetAsync("Calls.json")).GetProperty("calls").EnumerateArray().Should().ContainSingle().Subject;
    }

    private static Task<string> TrunkAsync(SipDomainHouse house, params string[] more) =>
        house.PostAsync("/trunking/v1/Trunks", ["FriendlyName", "switch", "DomainName", "myswitch.pstn.twilio.com", .. more]);

    private static Task OriginationAsync(SipDomainHouse house, string trunk, int port, int priority) => house.PostAsync(
        $"/trunking/v1/Trunks/{trunk}/OriginationUrls", "FriendlyName", "pbx", "SipUrl", $"sip:127.0.0.1:{port}", "Weight", "10",
        "Priority", $"{priority}", "Enabled", "true");

    private static async Task<string> NumberAsync(SipDomainHouse house) =>
        (await house.GetAsync("IncomingPhoneNumbers.json")).GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString()!;

    private static async Task SetRecordingAsync(SipDomainHouse house, string trunk) =>
        (await house.ChangeAsync($"/trunking/v1/Trunks/{trunk}/Recording", "Mode", "record-from-answer-dual"))
            .GetProperty("mode").GetString()
            .Should().Be("record-from-answer-dual");
}
