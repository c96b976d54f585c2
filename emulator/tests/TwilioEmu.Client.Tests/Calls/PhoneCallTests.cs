using System.Net;

namespace TwilioEmu.Client.Tests.Calls;

public sealed class PhoneCallTests(EmulatorHouse house) : IClassFixture<EmulatorHouse>
{
    [Fact]
    public async Task A_caller_hears_presses_and_hears_on()
    {
        var call = await house.Client.Handset(EmulatorHouse.Phone).DialAsync(EmulatorHouse.Number, []);
        var heard = await call.ShouldHearAsync("press ONE", by: EmulatorHouse.Phone);
        heard["words"].Should().Be("Press one for sales.");
        await call.PressAsync("7");
        await call.ShouldGatherAsync(digits: "7");
        await call.ShouldHearAsync("/you pressed \\d/");
        await call.HangUpAsync();
        await call.ShouldBecomeAsync("completed");
        var transcript = await call.TranscriptAsync();
        transcript.CallSid.Should().Be(call.Sid);
        transcript.Lines.Select(l => l.What).Should().ContainInOrder("heard", "pressed", "gathered", "heard");
        transcript.Lines.First(l => l.What == "heard")
            .Should().Match<TranscriptLine>(l => l.Words == "Press one for sales." && l.Who == EmulatorHouse.Phone);
        transcript.ToString().Should().Contain("pressed 7");
    }

    [Fact]
    public async Task Words_that_were_not_heard_are_told_with_those_that_were()
    {
        var call = await house.Client.Handset("+12125550002").DialAsync(EmulatorHouse.Number, []);
        var wait = () => call.ShouldHearAsync("press two", within: TimeSpan.FromSeconds(2));
        (await wait.Should().ThrowAsync<ExpectationFailedException>()).Which.Message
            .Should().Contain("should hear \"press two\"")
            .And.Contain("Press one for sales.");
        await call.HangUpAsync();
    }

    [Fact]
    public async Task A_script_plays_the_callers_part()
    {
        var call = await house.Client.Handset("+12125550003").DialAsync(
            EmulatorHouse.Number,
            [ScriptStep.Hears("for sales"), ScriptStep.Presses("1"), ScriptStep.Hears("pressed 1"), ScriptStep.HangsUp()]);
        await call.ShouldBecomeAsync("completed", within: TimeSpan.FromMinutes(1));
        (await call.TranscriptAsync()).Lines.Should().Contain(l => l.Words == "You pressed 1.");
    }

    [Fact]
    public async Task A_phone_that_is_called_rings_and_is_answered_by_the_test()
    {
        var phone = house.Client.Handset("+12125550004");
        await phone.ConfigureAsync(new HandsetSettings { IsDrivenFromOutside = true });
        using var program = house.ProgramOf(house.Host.Account.Authorization);
        using var form = new FormUrlEncodedContent(
            [new("To", phone.Number), new("From", EmulatorHouse.Number), new("Twiml", "<Response><Say>Good day.</Say></Response>")]);
        using var answer = await program.PostAsync($"https://api.twilio.com/2010-04-01/Accounts/{house.Host.Account.Sid}/Calls.json", form);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        var call = await phone.ShouldRingAsync(from: EmulatorHouse.Number);
        await call.AnswerAsync();
        await call.ShouldHearAsync("good day");
        await call.ShouldBecomeAsync("completed");
    }

    [Fact]
    public async Task Nobody_acts_in_a_call_that_is_not()
    {
        var act = () => house.Client.Call("CA00000000000000000000000000000000").PressAsync("1");
        (await act.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(HttpStatusCode.NotFound);
    }
}
