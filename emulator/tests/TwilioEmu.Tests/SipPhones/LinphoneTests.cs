using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Verbs.Referring;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Another people's phone: Linphone registers, calls and is called, presses keys, holds and transfers.</summary>
[Trait("slow", "")]
public sealed class LinphoneTests
{
    private const string Callee = "sip:myuser2@" + SipDomainHouse.Domain;
    private const string DialsOn = "<Response><Dial referUrl=\"/refer\"><Sip>sip:myuser2@yourname.sip.twilio.com</Sip></Dial></Response>";

    [Fact]
    public async Task It_calls_a_phone_of_another_make_and_both_hear_each_other_hold_and_resume()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => DialsOn);
        using var callee = new Softphone(new PhoneSetup("myuser2", house.Port) { Hertz = 1000 });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = new Linphone(new PhoneSetup("myuser1", house.Port) { Registers = false, Hertz = 700 });
        caller.Tell($"call {Callee}");
        await caller.SeesAsync("Media streams established");
        caller.Talk();
        await caller.HearsAsync(1000);
        await callee.HearsAsync(700);
        caller.Tell("pause");
        await caller.SeesAsync("is now paused");
        caller.Tell("resume 1");
        await caller.SeesAsync("Media streams established");
        caller.Tell("terminate");
        (await house.ExpectAsync(CallEntries.Completed, 2)).Should().HaveCount(2);
        var of = (await house.ExpectAsync(SipEntries.Connected, 4))
            .Select(e => e.ToJson())
            .Where(e => e.Contains("myuser1", StringComparison.Ordinal));
        of.Select(e => e.Contains("\"is_held\":true", StringComparison.Ordinal)).Should().Equal(false, true, false);
    }

    [Fact]
    public async Task It_registers_and_is_called_by_the_app_and_its_keys_are_gathered()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await SipDomainHouse.StartAsync(request =>
        {
            if (!request.TryGetValue("Digits", out var digits)) return PhoneDeedTests.AsksForFourKeys;
            told.TrySetResult(digits);
            return "<Response><Hangup/></Response>";
        });
        using var phone = new Linphone(new PhoneSetup("myuser2", house.Port) { Answers = false });
        (await house.ExpectAsync(SipEntries.Registered)).Should().ContainSingle();
        var call = await house.PostAsync(
            "Calls.json", "To", "sip:myuser2@yourname.sip.twilio.com", "From", "service", "Url", "http://myapp.test/voice");
        await phone.SeesAsync("incoming call from");
        phone.Tell("answer");
        await phone.SeesAsync("Media streams established");
        await house.ExpectAsync(TranscriptEntries.Heard);
        phone.Tell("1*9#");
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().Be("1*9#");
        await phone.SeesAsync("ended");
        (await house.GetAsync($"Calls/{call}.json")).GetProperty("status").GetString().Should().Be("completed");
    }

    [Fact]
    public async Task It_transfers_its_caller_and_is_told_how_that_went()
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await SipDomainHouse.StartAsync(request =>
        {
            if (!request.TryGetValue("ReferTransferTarget", out var target)) return DialsOn;
            asked.TrySetResult(target);
            return "<Response><Say>You were sent on.</Say></Response>";
        });
        using var callee = new Linphone(new PhoneSetup("myuser2", house.Port) { Answers = false });
        await house.ExpectAsync(SipEntries.Registered);
        using var caller = new Softphone(new PhoneSetup("myuser1", house.Port) { Registers = false });
        await caller.DialAsync(Callee);
        await callee.SeesAsync("incoming call from");
        callee.Tell("answer");
        await callee.SeesAsync("Media streams established");
        callee.Tell("transfer sip:+14155550177@elsewhere.example");
        (await house.ExpectAsync(ReferEntries.Wished)).Should().ContainSingle();
        (await asked.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().Contain("sip:+14155550177@elsewhere.example");
        await callee.SeesAsync("has been transfered");
        await house.ExpectAsync(CallEntries.Completed, 2);
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var house = await SipDomainHouse.StartAsync(_ => DialsOn);
        using var phone = new Linphone(new PhoneSetup("myuser2", house.Port) { Password = "Wrong1Horse2Battery" });
        (await house.ExpectAsync(SipEntries.Refused))[0].ToJson().Should().Contain("403");
    }
}
