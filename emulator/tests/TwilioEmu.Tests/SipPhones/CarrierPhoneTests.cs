using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Composition;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>A real softphone as a handset number of the carrier's: any E.164 with a password in the config.</summary>
[Trait("slow", "")]
public sealed class CarrierPhoneTests
{
    private const string Number = "+14155550199";

    private static PhoneSetup Phone(SipDomainHouse house) => new(Number, house.Port) { Domain = "127.0.0.1" };

    [Fact]
    public async Task It_receives_the_calls_that_the_app_places_to_its_number()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response><Pause length=\"30\"/></Response>", handset: Number);
        using var phone = new Softphone(Phone(house));
        (await house.ExpectAsync(SipEntries.Registered)).Should().ContainSingle().Which.ToJson().Should().Contain(Number);
        var call = await house.PostAsync("Calls.json", "To", Number, "From", WorldSetup.DefaultNumber, "Url", "http://myapp.test/voice");
        await house.ExpectAsync(SipEntries.Connected);
        await house.SpendAsync(TimeSpan.FromSeconds(1));
        await phone.CommandAsync("hangup");
        await house.ExpectAsync(CallEntries.Completed);
        (await house.GetAsync($"Calls/{call}.json")).GetProperty("status").GetString().Should().Be("completed");
        await phone.CommandAsync("quit");
        string.Concat(await phone.Said).Should().Contain(WorldSetup.DefaultNumber, "it shows who calls");
    }

    [Theory, InlineData(WorldSetup.DefaultNumber), InlineData("14155550100"), InlineData("4155550100")]
    public async Task It_dials_the_apps_number_however_people_write_it_and_is_shown_by_its_own(string dialled)
    {
        Dictionary<string, string>? asked = null;
        await using var house = await SipDomainHouse.StartAsync(
            request =>
            {
                asked = request;
                return "<Response><Hangup/></Response>";
            },
            handset: Number);
        using var phone = new Softphone(Phone(house) with { Registers = false });
        await phone.DialAsync($"sip:{dialled}@127.0.0.1");
        await house.ExpectAsync(CallEntries.Completed);
        asked.Should().Contain("From", Number).And.Contain("To", WorldSetup.DefaultNumber).And.Contain("Direction", "inbound")
            .And.NotContainKey("SipDomain", "a telephone network tells nothing of SIP");
    }

    [Fact]
    public async Task A_wrong_password_registers_nobody()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: Number);
        using var phone = new Softphone(Phone(house) with { Password = "Wrong1Horse2Battery" });
        (await house.ExpectAsync(SipEntries.Refused)).Should().ContainSingle().Which.ToJson().Should().Contain("403");
    }

    [Fact]
    public async Task A_number_whose_phone_is_not_registered_does_not_answer()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: Number);
        var call = await house.PostAsync("Calls.json", "To", Number, "From", WorldSetup.DefaultNumber, "Url", "http://myapp.test/voice");
        await house.ExpectAsync(CallEntries.NoAnswer);
        (await house.GetAsync($"Calls/{call}.json")).GetProperty("status").GetString().Should().Be("no-answer");
    }

    [Fact]
    public async Task One_number_calls_another_and_both_talk_until_one_hangs_up()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: $"{Number},+14155550198");
        using var callee = new Softphone(new PhoneSetup("+14155550198", house.Port) { Domain = "127.0.0.1", Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = new Softphone(Phone(house) with { Registers = false, Hertz = 700 });
        await caller.DialAsync("sip:4155550198@127.0.0.1");
        await house.ExpectAsync(SipEntries.Connected, 2);
        ToneFrames.Of(await caller.HearsAsync(1000), 700).Heard.Should().Be(0, "nobody hears himself");
        await callee.HearsAsync(700);
        await callee.CommandAsync("hangup");
        (await house.ExpectAsync(SipEntries.Sounded, 2)).Should().HaveCount(2, "the other one is hung up on");
        (await house.GetAsync("Calls.json")).GetProperty("calls").GetArrayLength().Should().Be(0, "it is no app's call");
    }

    [Theory, InlineData("+14155550198", "480"), InlineData("911", "404")]
    public async Task What_is_no_number_of_a_phones_or_whose_phone_is_off_is_refused(string called, string status)
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: $"{Number},+14155550198");
        using var caller = new Softphone(Phone(house) with { Registers = false });
        await caller.DialAsync($"sip:{called}@127.0.0.1");
        await house.ExpectAsync(SipEntries.Offered);
        await house.SpendAsync(TimeSpan.FromSeconds(1));
        await caller.CommandAsync("quit");
        string.Concat(await caller.Said).Should().Contain(status);
    }

    [Fact]
    public async Task It_calls_a_simulated_phone_which_hears_its_keys_and_hangs_up_and_the_other_way_round()
    {
        const string Simulated = "+14155550197";
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: Number);
        await house.BehaveAsync(
            Simulated, "{\"answers\":\"0s\",\"script\":[{\"says\":\"Good morning\"},{\"wait\":\"3s\"},{\"hangs_up\":true}]}");
        using var phone = new Softphone(Phone(house));
        await house.ExpectAsync(SipEntries.Registered);
        await phone.DialAsync($"sip:{Simulated}@127.0.0.1");
        (await house.ExpectAsync(HandsetEntries.Answered))
            .Should().ContainSingle().Which.ToJson().Should().Contain(Simulated).And.Contain(Number);
        await house.ExpectAsync(SipEntries.Connected);
        (await house.ExpectAsync(SipEntries.Sounded)).Should().ContainSingle("the simulated phone hung up");

        await house.DialAsync(Simulated, Number, "[{\"wait\":\"2s\"},{\"hangs_up\":true}]");
        (await house.ExpectAsync(SipEntries.Connected, 2)).Should().HaveCount(2);
        (await house.ExpectAsync(SipEntries.Sounded, 2)).Should().HaveCount(2);
        (await house.GetAsync("Calls.json")).GetProperty("calls").GetArrayLength().Should().Be(0, "they are no app's calls");
    }

    [Fact]
    public async Task It_is_told_in_a_warning_when_nobody_was_known_to_have_the_number()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => "<Response/>", handset: Number);
        using var phone = new Softphone(Phone(house) with { Registers = false });
        await phone.DialAsync("sip:+14155550196@127.0.0.1");
        (await house.ExpectAsync(WorldEntries.Warning)).Should().ContainSingle().Which.ToJson().Should().Contain("+14155550196");
        await house.ExpectAsync(SipEntries.Connected);
    }

    [Fact]
    public async Task It_transfers_blindly_and_the_two_others_talk_on_without_it()
    {
        const string Other = "+14155550198";
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Say>You are welcome.</Say><Pause length=\"60\"/></Response>", handset: $"{Number},{Other}");
        using var callee = new Softphone(new PhoneSetup(Other, house.Port) { Domain = "127.0.0.1", Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = new Softphone(Phone(house) with { Registers = false, Hertz = 700 });
        await caller.DialAsync($"sip:{Other}@127.0.0.1");
        await house.ExpectAsync(SipEntries.Connected, 2);
        await house.SpendAsync(TimeSpan.FromMilliseconds(500));
        await callee.CommandAsync("transfer", $"sip:{WorldSetup.DefaultNumber}@127.0.0.1");
        await house.ExpectAsync(CallEntries.InProgress);
        var call = (await house.GetAsync("Calls.json")).GetProperty("calls").EnumerateArray().Should().ContainSingle().Subject;
        call.GetProperty("from").GetString().Should().Be(Number, "the app sees whom it talks to");
        (await house.ExpectAsync(SipEntries.Sounded))
            .Should().ContainSingle("the phone that transferred has left").Which.ToJson().Should().Contain(Other);
        await caller.CommandAsync("hangup");
        await house.ExpectAsync(CallEntries.Completed);
    }

    [Fact]
    public async Task It_transfers_after_consultation_and_both_its_calls_become_one()
    {
        const string Other = "+14155550198";
        await using var house = await SipDomainHouse.StartAsync(
            _ => "<Response><Say>Welcome.</Say><Record maxLength=\"60\" timeout=\"60\" playBeep=\"false\"/></Response>",
            handset: $"{Number},{Other}");
        using var third = new Softphone(new PhoneSetup(Other, house.Port) { Domain = "127.0.0.1", Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var phone = new Linphone(new PhoneSetup(Number, house.Port) { Domain = "127.0.0.1", Registers = false });
        phone.Tell($"call sip:{WorldSetup.DefaultNumber}@127.0.0.1");
        await phone.SeesAsync("Media streams established");
        phone.Tell("pause");
        await phone.SeesAsync("is now paused");
        phone.Tell($"call sip:{Other}@127.0.0.1");
        await phone.SeesAsync("Media streams established");
        phone.Tell("transfer 1 --to-call 2");
        (await house.ExpectAsync(SipEntries.Joined)).Should().ContainSingle().Which.ToJson().Should().Contain(Number);
        await phone.SeesAsync("ended");
        house.Host.CallCount.Should().BeGreaterThan(0, "the third phone talks on");
        await house.SpendAsync(TimeSpan.FromSeconds(2));
        await third.CommandAsync("hangup");
        await house.ExpectAsync(CallEntries.Completed);
        (await house.ExpectAsync(RecordingEntries.Completed)).Should().ContainSingle();
        var recording = (await house.GetAsync("Recordings.json")).GetProperty("recordings")[0].GetProperty("sid").GetString();
        var heard = ToneFrames.Of(await house.SoundAsync($"Recordings/{recording}.wav"), 1000);
        heard.Heard.Should().BeGreaterThan(25, "the app's call records the third phone's tone");
    }

    [Fact]
    public async Task Two_phones_of_the_carriers_network_and_a_domain_hear_each_others_tone_and_not_their_own()
    {
        await using var house = await SipDomainHouse.StartAsync(
            _ => $"<Response><Dial><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>", handset: Number);
        using var callee = new Softphone(new PhoneSetup("myuser2", house.Port) { Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = new Softphone(Phone(house) with { Registers = false, Hertz = 700 });
        await caller.DialAsync($"sip:{WorldSetup.DefaultNumber}@127.0.0.1");
        await house.ExpectAsync(SipEntries.Connected, 2);
        ToneFrames.Of(await caller.HearsAsync(1000), 700).Heard.Should().Be(0, "nobody hears himself");
        ToneFrames.Of(await callee.HearsAsync(700), 1000).Heard.Should().Be(0, "nobody hears himself");
    }
}
