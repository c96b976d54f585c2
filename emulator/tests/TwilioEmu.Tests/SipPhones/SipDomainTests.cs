using System.Text.Json;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Composition;
using TwilioEmu.Sip.UserAgents;
using TwilioEmu.Tests.Strangers;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>The story of a command line Twilio client, with real softphones on loopback.</summary>
[Trait("slow", "")]
public sealed class SipDomainTests
{
    private static string Dial(Dictionary<string, string> request) =>
        $"<Response><Dial timeout=\"20\"><Sip>{request["To"]}</Sip></Dial></Response>";

    private static async Task<Softphone> CallAsync(SipDomainHouse house, string password = SipDomainHouse.Password)
    {
        var phone = new Softphone(new PhoneSetup("myuser1", house.Port) { Registers = false, Password = password, Hertz = 700 });
        await phone.DialAsync($"sip:myuser2@{SipDomainHouse.Domain}");
        return phone;
    }

    [Fact]
    public async Task One_phone_calls_another_that_registered_and_sound_goes_both_ways_through_the_emulator()
    {
        Dictionary<string, string>? asked = null;
        await using var house = await SipDomainHouse.StartAsync(request => Dial(asked = request));
        using var callee = new Softphone(new PhoneSetup("myuser2", house.Port) { Hertz = 1000 });
        (await house.ExpectAsync(SipEntries.Registered)).Should().ContainSingle();

        using var caller = await CallAsync(house);
        (await house.ExpectAsync(SipEntries.Connected, 2)).Should().HaveCount(2);
        await caller.HearsAsync(1000);
        await callee.HearsAsync(700);
        await caller.CommandAsync("hangup");
        (await house.ExpectAsync(CallEntries.Completed, 2)).Should().HaveCount(2);

        asked
            .Should().Contain("To", "sip:myuser2@yourname.sip.us1.twilio.com")
            .And.Contain("From", "sip:myuser1@yourname.sip.us1.twilio.com")
            .And.Contain("SipDomain", SipDomainHouse.Domain)
                .And.Contain("SipDomainSid", house.DomainSid)
                .And.Contain("SipUsername", "myuser1")
                .And.ContainKey("SipCallId")
                .And.Contain("SipSourceIp", "127.0.0.1");
        foreach (var sound in await house.ExpectAsync(SipEntries.Sounded, 2))
        {
            using var json = JsonDocument.Parse(sound.ToJson());
            var data = json.RootElement.GetProperty("data");
            data.GetProperty("sent").GetInt64().Should().BePositive(sound.ToJson());
            data.GetProperty("received").GetInt64().Should().BePositive(sound.ToJson());
            data.GetProperty("lost").GetInt64().Should().Be(0, sound.ToJson());
        }
        var calls = (await house.GetAsync("Calls.json")).GetProperty("calls").EnumerateArray()
            .Select(c => $"{c.GetProperty("direction")} {c.GetProperty("to")} {c.GetProperty("status")}");
        calls
            .Should().BeEquivalentTo(
                "outbound-dial sip:myuser2@yourname.sip.us1.twilio.com completed",
                "inbound sip:myuser2@yourname.sip.us1.twilio.com completed");
    }

    [Fact]
    public async Task Other_TwiML_leads_the_same_call_elsewhere()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response><Say>Nobody is here.</Say></Response>");
        using var caller = await CallAsync(house);
        (await house.ExpectAsync(CallEntries.Completed)).Should().ContainSingle();
        (await house.ExpectAsync(TranscriptEntries.Heard)).Should().ContainSingle().Which.ToJson().Should().Contain("Nobody is here.");
    }

    [Fact]
    public async Task All_phones_of_a_user_ring_and_the_others_are_told_that_one_answered()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Dial><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>");
        await using var slow = new WirePhone(new PhoneSetup("myuser2", house.Port) { Answers = false });
        await using var quick = new WirePhone(new PhoneSetup("myuser2", house.Port));
        (await slow.RegisterAsync(), await quick.RegisterAsync()).Should().Be((200, 200));
        await using var caller = new WirePhone(new PhoneSetup("myuser1", house.Port));
        await caller.CallAsync($"sip:service@{SipDomainHouse.Domain}");
        await quick.ConnectedAsync();
        var end = await slow.Ended;
        end.Kind.Should().Be(SipEndKind.Cancelled);
        end.Message!.Headers["Reason"].Should().Be("SIP;cause=200;text=\"Call completed elsewhere\"", "it shows no missed call");
    }

    [Fact]
    public async Task A_TwiML_Bin_connects_them_as_the_apps_document_does()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response/>", bin: "<Response><Dial timeout=\"20\"><Sip>{{To}}</Sip></Dial></Response>");
        using var callee = new Softphone(new PhoneSetup("myuser2", house.Port) { Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = await CallAsync(house);
        await caller.HearsAsync(1000);
        await callee.HearsAsync(700);
    }

    [Fact]
    public async Task A_conference_has_a_registered_phone_called_by_REST_and_its_members_hear_each_other()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response><Dial><Conference>room</Conference></Dial></Response>");
        await using var member = new WirePhone(new PhoneSetup("myuser2", house.Port) { Hertz = 1000 });
        (await member.RegisterAsync()).Should().Be(200);
        await using var caller = new WirePhone(new PhoneSetup("myuser1", house.Port) { Hertz = 700 });
        await caller.CallAsync($"sip:service@{SipDomainHouse.Domain}");
        await house.ExpectAsync(SipEntries.Connected);
        var participant = await house.ChangeAsync(
            "Conferences/room/Participants.json", "From", WorldSetup.DefaultNumber, "To", $"sip:myuser2@{SipDomainHouse.Domain}", "Label",
            "ann", "CallerDisplayName", "The office");
        participant.GetProperty("status").GetString().Should().Be("queued");
        await member.HearsAsync(700);
        await caller.HearsAsync(1000);
        var call = await house.GetAsync($"Calls/{participant.GetProperty("call_sid").GetString()}.json");
        (call.GetProperty("direction").GetString(), call.GetProperty("status").GetString(), call.GetProperty("to").GetString())
            .Should().Be(("outbound-api", "in-progress", $"sip:myuser2@{SipDomainHouse.Domain}"));
        (await house.GetAsync($"Conferences/{participant.GetProperty("conference_sid").GetString()}/Participants/ann.json"))
            .GetProperty("status").GetString()
            .Should().Be("connected");
    }

    [Fact]
    public async Task A_participant_who_is_not_registered_is_32009_and_does_not_come()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>");
        var participant = await house.ChangeAsync(
            "Conferences/room/Participants.json", "From", WorldSetup.DefaultNumber, "To", $"sip:myuser2@{SipDomainHouse.Domain}");
        (await house.ExpectAsync(Webhooks.Alerts.Alert.Kind)).Should().ContainSingle().Which.ToJson().Should().Contain("32009");
        (await house.GetAsync($"Calls/{participant.GetProperty("call_sid").GetString()}.json")).GetProperty("status").GetString()
            .Should().Be("no-answer");
    }

    [Fact]
    public async Task An_address_that_is_mapped_to_the_domain_need_not_name_it()
    {
        Dictionary<string, string>? asked = null;
        await using var house = await SipDomainHouse.StartAsync(
            request =>
            {
                asked = request;
                return "<Response><Say>Hello</Say></Response>";
            },
            callers: false, address: "127.0.0.1");
        var record = await house.PostAsync("/voice/v1/IpRecords", "IpAddress", "127.0.0.1", "FriendlyName", "carrier");
        await house.PostAsync("/voice/v1/SourceIpMappings", "IpRecordSid", record, "SipDomainSid", house.DomainSid);
        var scenario = new SippScenario("+14155550177", "sip.example.com")
            .Send("INVITE", "sendrecv", isFirst: true).Receive(100, isOptional: true).Receive(200).Send("ACK").ReceiveRequest("BYE");
        var (code, said) = await StrangerProgram.SippAsync(scenario.ToString(), $"127.0.0.1:{house.Port}", "-m", "1");
        code.Should().Be(0, said);
        asked.Should().Contain("SipDomainSid", house.DomainSid).And.Contain("To", "sip:+14155550177@sip.example.com");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_403()
    {
        await using var house = await SipDomainHouse.StartAsync(Dial);
        using var caller = await CallAsync(house, "Wrong1Horse2Battery");
        (await house.ExpectAsync(SipEntries.Refused)).Should().ContainSingle();
        await caller.CommandAsync("quit");
        string.Concat(await caller.Said).Should().Contain("403");
    }

    [Fact]
    public async Task An_address_outside_the_list_is_refused_with_403()
    {
        await using var house = await SipDomainHouse.StartAsync(Dial, address: "192.0.2.7");
        using var caller = await CallAsync(house);
        (await house.ExpectAsync(SipEntries.Refused)).Should().ContainSingle();
        await caller.CommandAsync("quit");
        string.Concat(await caller.Said).Should().Contain("403");
        (await house.GetAsync($"SIP/Domains/{house.DomainSid}.json")).GetProperty("auth_type").GetString()
            .Should().Be("CREDENTIAL_LIST,IP_ACL");
    }

    [Fact]
    public async Task Nothing_gets_in_where_no_list_is_mapped()
    {
        await using var house = await SipDomainHouse.StartAsync(Dial, callers: false);
        using var caller = await CallAsync(house);
        (await house.ExpectAsync(SipEntries.Refused)).Should().ContainSingle();
        (await house.GetAsync("Calls.json")).GetProperty("calls").GetArrayLength().Should().Be(0);
    }
}
