using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Calls;

/// <summary>Accounts on trial: error dictionary 21219, 13805.</summary>
public sealed class TrialTests
{
    [Fact]
    public async Task A_call_is_cut_after_ten_minutes()
    {
        await using var house = await BuildAsync();
        house.IsOnTrial = true;
        house.Twiml("/voice", "<Say>hello</Say><Pause length='3600'/>");
        var sid = await house.DialAsync(Waits(3600));
        await house.AdvanceAsync(599);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.InProgress);
        await house.AdvanceAsync(2);
        var call = await house.CallAsync(sid);
        (call.Status, call.DurationSeconds).Should().Be((CallStatus.Completed, 600));
        (await house.AlertsAsync()).Should().Equal("13805");
    }

    [Fact]
    public async Task A_shorter_limit_of_its_own_raises_nothing()
    {
        await using var house = await BuildAsync();
        house.IsOnTrial = true;
        house.Twiml("/voice", "<Pause length='3600'/>");
        await house.CreateAsync(("To", "+14155550177"), ("TimeLimit", "60"));
        await house.AdvanceAsync(120);
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_document_dials_verified_numbers_only()
    {
        await using var house = await BuildAsync();
        house.IsOnTrial = true;
        house.Twiml("/voice", $"<Dial action='/after'><Number>{Friend}</Number></Dial>");
        await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Equal("21219");
        house.Asked("/after", "DialCallStatus").Should().ContainSingle().Which.Should().EndWith("failed");
    }
}
