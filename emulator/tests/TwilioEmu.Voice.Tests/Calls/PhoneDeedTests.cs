using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Houses;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Calls;

/// <summary>
/// What the owner of a phone does in the midst of a call besides talking: hold, resume, transfer (RFC 3515;
/// twilio.com/docs/voice/twiml/dial#referurl).
/// </summary>
public sealed class PhoneDeedTests
{
    private const string Third = "+14155550177";

    private static readonly ScriptStep Holds = new ScriptStep.Holds();
    private static readonly ScriptStep Resumes = new ScriptStep.Resumes();

    [Fact]
    public async Task Whoever_holds_a_call_hears_nothing_and_is_not_heard_until_it_resumes()
    {
        await using var house = await BridgedAsync(
            [Waits(1), Holds, Says("nobody hears this"), Waits(4), Resumes, Says("here I am again"), Waits(20)], Waits(3),
            Says("are you still there"), Hears("here I am again"), Waits(3), Says("welcome back"), Waits(30));
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind is "handset.script_failed")).Should().BeEmpty();
        var heard = await house.World.Loop.RunAsync(() => house.Phones.Of(Phone).Heard.Select(s => s.Words).ToList(), default);
        heard.Should().Contain("here I am again").And.NotContain("nobody hears this");
        (await house.World.Loop.RunAsync(() => house.Phones.Of(Friend).Heard.Select(s => s.Words).ToList(), default))
            .Should().Contain("welcome back").And.NotContain("are you still there");
        (await house.EntriesAsync(e => e.Kind is "handset.held" or "handset.resumed" or "call.held" or "call.resumed"))
            .Select(e => e.Kind).Should()
            .Equal("handset.held", "call.held", "handset.resumed", "call.resumed");
    }

    [Fact]
    public async Task What_is_being_said_when_a_call_is_resumed_is_heard_from_there_on()
    {
        await using var house = await BridgedAsync([Waits(1), Holds, Waits(3), Resumes, Hears("delta echo", within: 10), Waits(20)],
            Waits(3), Says("alpha alpha alpha alpha alpha alpha alpha bravo charlie delta echo"), Waits(20));
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
    }

    [Fact]
    public async Task Words_of_the_time_on_hold_are_not_heard_afterwards()
    {
        await using var house = await BridgedAsync([Waits(1), Holds, Waits(4), Resumes, Hears("alpha", within: 5), Waits(20)], Waits(3),
            Says("alpha bravo charlie delta echo foxtrot golf hotel india juliet"), Waits(20));
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_dialled_party_that_transfers_the_call_has_the_app_asked_and_is_let_go()
    {
        await using var house = await BridgedAsync(
            [Waits(2), new ScriptStep.Transfers(Third), Says("never said")], Hears("third party speaking"), Waits(30));
        house.Twiml("/refer", $"<Dial>{Third}</Dial>");
        house.Behave(Third, new() { Script = [Says("third party speaking"), Waits(5), HangsUp] });
        await house.AdvanceAsync(60);
        house.Asked("/refer", "ReferTransferTarget").Single().Should().EndWith($"tel:{Third}");
        (await house.EntriesAsync(e => e.Kind is "handset.script_failed")).Should().BeEmpty();
        (await house.EntriesAsync(e => e.Kind is "handset.transferring" or "handset.transferred")).Select(e => e.ToJson())
            .Should().HaveCount(2).And.ContainMatch("*\"status\":200*");
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    /// <summary>Source: twilio.com/docs/voice/api/refer-to-twilio (answerOnBridge), twilio.com/docs/voice/twiml/dial#timelimit.</summary>
    [Fact]
    public async Task Joined_again_after_a_transfer_that_failed_they_have_the_rest_of_their_time()
    {
        await using var house = await BridgedAsync(
            [Waits(15), new ScriptStep.Transfers(Third), Waits(100)], "referUrl='/refer' timeLimit='30' action='/after'", Waits(200));
        house.Twiml("/refer", $"<Dial answerOnBridge='true'>{Third}</Dial>");
        house.Behave(Third, new() { PickUp = PickUp.Busy });
        await house.AdvanceAsync(100);
        (await house.EntriesAsync(e => e.Kind == "handset.transferred")).Single().ToJson().Should().Contain("\"status\":486");
        house.Requests.Single(r => r.Path == "/after").At.Should().BeInRange(30, 33);
    }

    [Fact]
    public async Task A_transfer_that_nobody_takes_is_refused_and_the_call_goes_on()
    {
        await using var house = await BridgedAsync(
            [Waits(2), new ScriptStep.Transfers("sip:bob@example.com"), Says("then I tell you myself"), Waits(20)], attributes: "",
            Hears("tell you myself"), Waits(30));
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind is "handset.script_failed")).Should().BeEmpty();
        (await house.EntriesAsync(e => e.Kind is "handset.transferred")).Single().ToJson().Should().Contain("\"status\":603");
        (await house.AlertsAsync()).Should().Equal("13802");
    }

    private static Task<VoiceHouse> BridgedAsync(ScriptStep[] friend, params ScriptStep[] caller) =>
        BridgedAsync(friend, "referUrl='/refer'", caller);

    private static async Task<VoiceHouse> BridgedAsync(ScriptStep[] friend, string attributes, params ScriptStep[] caller)
    {
        var house = await BuildAsync();
        house.Twiml("/voice", $"<Dial {attributes}>{Friend}</Dial>");
        house.Behave(Friend, new() { After = TimeSpan.FromSeconds(1), Script = friend });
        await house.DialAsync(caller);
        return house;
    }
}
