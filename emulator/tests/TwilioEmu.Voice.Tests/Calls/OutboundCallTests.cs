using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Calls;

public sealed class OutboundCallTests
{
    private static readonly (string, string)[] AllEvents =
    [
        ("StatusCallback", "http://app/status"), ("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "ringing"),
        ("StatusCallbackEvent", "answered"), ("StatusCallbackEvent", "completed"),
    ];

    [Fact]
    public async Task Its_progress_is_told_in_order_from_zero()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello there</Say>");
        var sid = await house.CreateAsync(AllEvents);
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Equal(
            "0.0 queued", "0.0 initiated", "0.2 ringing", "2.2 in-progress", "2.2 heard Hello there", "2.882 completed");
        house.Asked("/status", "CallStatus", "SequenceNumber", "CallDuration", "SipResponseCode", "CallbackSource").Should().Equal(
            "0.0 initiated 0 - - call-progress-events",
            "0.2 ringing 1 - - call-progress-events",
            "2.2 in-progress 2 - - call-progress-events",
            "2.882 completed 3 1 200 call-progress-events");
        house.Asked("/status", "Timestamp").First().Should().Be("0.0 Mon, 05 Jan 2026 09:00:00 +0000");
        house.Asked("/voice", "CallStatus", "Direction").Should().Equal("2.2 in-progress outbound-api");
    }

    [Fact]
    public async Task Only_the_end_is_told_unless_asked_for_more()
    {
        await using var house = await BuildAsync();
        await house.CreateAsync(("StatusCallback", "http://app/status"));
        await house.AdvanceAsync(60);
        house.Asked("/status", "CallStatus", "SequenceNumber").Should().Equal("2.2 completed 0");
    }

    [Theory]
    [InlineData(PickUp.Busy, "2.2", "busy", "486")]
    [InlineData(PickUp.Rejects, "2.2", "no-answer", "603")]
    [InlineData(PickUp.Unreachable, "0.2", "failed", "404")]
    [InlineData(PickUp.NoAnswer, "20.0", "no-answer", "487")]
    public async Task A_call_that_is_not_answered_ends_as_the_phone_would_have_it(PickUp pickUp, string at, string status, string sipCode)
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new HandsetBehaviour { PickUp = pickUp });
        await house.CreateAsync(("StatusCallback", "http://app/status"), ("Timeout", "20"));
        await house.AdvanceAsync(100);
        house.Asked("/status", "CallStatus", "SipResponseCode", "CallDuration", "Duration").Should().Equal($"{at} {status} {sipCode} 0 0");
        house.Asked("/voice").Should().BeEmpty();
    }

    [Fact]
    public async Task Calls_leave_one_a_second_in_order()
    {
        await using var house = await BuildAsync();
        var sids = new[] { await house.CreateAsync(), await house.CreateAsync(), await house.CreateAsync() };
        var waits = new List<double>();
        foreach (var sid in sids) waits.Add((await house.CallAsync(sid)).QueueTime.TotalMilliseconds);
        await house.AdvanceAsync(60);
        var initiated = await house.EntriesAsync(e => e.Kind == "call.initiated");
        initiated.Select(e => (e.Subject, (e.At - initiated[0].At).TotalSeconds)).Should().Equal((sids[0], 0), (sids[1], 1), (sids[2], 2));
        waits.Should().Equal(0, 1000, 2000);
    }

    [Fact]
    public async Task A_cancelled_call_gives_its_slot_to_the_next()
    {
        await using var house = await BuildAsync();
        await house.CreateAsync();
        var second = await house.CreateAsync(("StatusCallback", "http://app/status"));
        var third = await house.CreateAsync();
        await house.AskAsync("UpdateCall", second, ("Status", "canceled"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(second)).Should().Equal("0.0 queued", "0.0 canceled");
        (await house.StoryAsync(third))[1].Should().Be("1.0 initiated");
        house.Asked("/status").Should().BeEmpty("a call cancelled in the queue tells nobody");
    }

    [Fact]
    public async Task Keys_are_sent_when_the_callee_has_answered_and_before_the_document()
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync(("SendDigits", "12w#"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid))
            .Should().Equal("0.0 queued", "0.0 initiated", "0.2 ringing", "2.2 in-progress", "2.2 heard 12w#", "3.3 completed");
        house.Asked("/voice").Should().Equal("3.3");
    }

    [Fact]
    public async Task The_document_may_come_with_the_call()
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync(("Twiml", "<Response><Say>Hello</Say></Response>"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain("2.2 heard Hello");
        house.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_time_limit_hangs_up()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='60'/>");
        var sid = await house.CreateAsync(("TimeLimit", "10"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid))[^1].Should().Be("12.2 completed");
    }

    [Fact]
    public async Task A_call_between_two_numbers_of_the_emulator_is_two_calls()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new VoiceNumber(Account, "PN2", "+14155550101") { VoiceUrl = "http://app/other" }));
        house.Twiml("/voice", "<Say>Press one</Say><Pause length='5'/>");
        house.Twiml("/other", "<Gather input='speech' speechTimeout='1' action='/heard'/>");
        house.Twiml("/heard", "<Play digits='1'/>");
        var sid = await house.CreateAsync(("To", "+14155550101"));
        await house.AdvanceAsync(60);
        house.Asked("/heard", "SpeechResult", "Direction").Should().ContainSingle().Which.Should().EndWith("Press one inbound");
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("pressed 1"));
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
        (await house.World.Loop.RunAsync(() => house.Voice.Services.Book.LiveCount, default)).Should().Be(0);
    }

    [Fact]
    public async Task A_call_to_a_number_without_a_voice_url_fails()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new VoiceNumber(Account, "PN2", "+14155550101")));
        var sid = await house.CreateAsync(("To", "+14155550101"));
        await house.AdvanceAsync(60);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Failed);
    }

    [Fact]
    public async Task A_callback_that_is_refused_is_15003_and_changes_nothing()
    {
        await using var house = await BuildAsync();
        house.Page("/status", _ => new(500, "text/plain", "no"));
        var sid = await house.CreateAsync(AllEvents);
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().HaveCount(4).And.OnlyContain(c => c == "15003");
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Completed);
    }

    [Fact]
    public async Task A_SIP_address_while_nothing_listens_for_SIP_is_not_emulated_and_says_so()
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync(("To", "sip:joe@b.test"));
        await house.AdvanceAsync(5);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.Failed);
        (await house.EntriesAsync(e => e.Kind == "not_emulated")).Should().ContainSingle();
    }
}
