using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Verbs.Dialling.Called;

namespace TwilioEmu.Voice.Tests.Verbs.Dialling;

public sealed class DialTests
{
    /// <summary>Source: twilio.com/docs/voice/twiml/dial#ringtone. How each country sounds: the table of tones.</summary>
    [Theory, InlineData("", "us"), InlineData("ringTone='de'", "de"), InlineData("ringTone='us-old'", "us-old")]
    public async Task The_caller_hears_the_ringback_of_the_country_that_is_asked_for(string attribute, string country)
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { After = TimeSpan.FromSeconds(10), Script = [HangsUp] });
        house.Twiml("/voice", $"<Dial {attribute}>{Friend}</Dial>");
        var sid = await house.DialAsync(Waits(30));
        await house.AdvanceAsync(5);
        var heard = await house.World.Loop.RunAsync(
            () =>
            {
                var track = house.Voice.Services.Book.FindLive(sid)!.Media.ToParty;
                return Enumerable.Range(0, track.Count).Select(i => track[i].Source).OfType<Source.Tone>().ToList();
            },
            default);
        heard.Should().ContainSingle().Which.Name.Should().Be(new ToneName(ToneKind.Ringback, country));
    }

    [Fact]
    public async Task Both_parties_hear_each_other_and_the_action_is_told()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Hears("are you there"), Says("yes"), Presses("7"), Waits(1), HangsUp));
        house.Twiml("/voice", $"<Dial action='/after'>{Friend}</Dial><Say>Never</Say>");
        var sid = await house.DialAsync(Waits(2), Says("are you there"), Hears("yes"));
        await house.AdvanceAsync(60);
        var child = await ChildAsync(house);
        (child.Direction, child.ParentCallSid, child.From, child.To, child.Status)
            .Should().Be((CallDirection.OutboundDial, sid, Phone, Friend, CallStatus.Completed));
        (await house.StoryAsync(child.Sid))
            .Should().Contain(s => s.EndsWith("heard are you there")).And.Contain(s => s.EndsWith("said yes"));
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard yes")).And.Contain(s => s.EndsWith("heard 7"));
        house.Asked("/after", "DialCallStatus", "DialCallSid", "DialBridged", "CallSid").Should().ContainSingle()
            .Which.Should().EndWith($"completed {child.Sid} true {sid}");
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
    }

    [Fact]
    public async Task Words_begun_at_the_instant_of_answer_are_heard_by_the_caller()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Says("pizza palace good evening"), Waits(5), HangsUp));
        house.Twiml("/voice", $"<Dial>{Friend}</Dial>");
        var sid = await house.DialAsync(Hears("pizza palace good evening"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard pizza palace good evening"));
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_words_that_sound_when_the_bridge_begins_the_rest_is_heard()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Waits(10), HangsUp));
        house.Twiml("/voice", $"<Dial>{Friend}</Dial>");
        // Begun when the app answers, well before the called party does.
        await house.DialAsync(Says("one two three four five six seven eight nine ten"));
        await house.AdvanceAsync(60);
        var heard = (await house.StoryAsync((await ChildAsync(house)).Sid)).Single(s => s.Contains(" heard "));
        heard.Should().StartWith("1.2 heard").And.EndWith("seven eight nine ten").And.NotContain("one two");
    }

    [Fact]
    public async Task Who_is_cut_off_by_a_hang_up_is_heard_until_then()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Says("one two three four five six seven eight nine ten"), Waits(10)));
        house.Twiml("/voice", $"<Dial timeLimit='1'>{Friend}</Dial>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().ContainInOrder(
            "1.2 heard one two three four five six seven eight nine ten", "2.2 cut_short one two three four five six seven eight nine ten",
            "2.2 parted");
    }

    [Fact]
    public async Task The_duration_counts_from_the_answer_of_the_called_party()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(3, Waits(10), HangsUp));
        house.Twiml("/voice", $"<Dial action='/after'>{Friend}</Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallDuration").Should().Equal("13.2 10");
    }

    [Theory]
    [InlineData(PickUp.Busy, "busy", "1.2")]
    [InlineData(PickUp.Rejects, "no-answer", "1.2")]
    [InlineData(PickUp.Unreachable, "failed", "0.2")]
    [InlineData(PickUp.NoAnswer, "no-answer", "15.0")]
    public async Task A_party_that_does_not_answer_is_told_to_the_action(PickUp pickUp, string status, string at)
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new HandsetBehaviour { PickUp = pickUp, After = TimeSpan.FromSeconds(1) });
        house.Twiml("/voice", $"<Dial action='/after' timeout='10'>{Friend}</Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialCallDuration", "DialBridged").Should().Equal($"{at} {status} - false");
    }

    [Fact]
    public async Task A_number_by_a_BYOC_trunk_that_is_not_there_fails_and_does_not_ring()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Waits(1), HangsUp));
        house.Twiml("/voice", $"<Dial><Number byoc='BY00000000000000000000000000000000'>{Friend}</Number></Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind == "alert")).Should().ContainSingle().Which.ToJson().Should().Contain("32400");
        (await ChildAsync(house)).Status.Should().Be(CallStatus.Failed);
    }

    [Fact]
    public async Task Without_an_action_the_next_verb_follows()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, HangsUp));
        house.Twiml("/voice", $"<Dial>{Friend}</Dial><Say>Welcome back</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain("1.2 heard Welcome back");
    }

    [Fact]
    public async Task A_caller_who_hangs_up_drops_the_called_party_and_the_action_still_hears_of_it()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial action='/after'>{Friend}</Dial><Say>Never</Say>");
        house.Twiml("/after", "<Redirect>/never</Redirect>");
        await house.DialAsync(Waits(5), Says("bye"), HangsUp);
        await house.AdvanceAsync(60);
        (await ChildAsync(house)).Status.Should().Be(CallStatus.Completed);
        house.Asked("/after", "DialCallStatus", "CallStatus").Should().Equal("5.3 completed completed");
        house.Asked("/never").Should().BeEmpty();
    }

    [Fact]
    public async Task A_caller_who_hangs_up_while_it_rings_cancels_the_called_leg_and_the_action_still_hears_of_it()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new HandsetBehaviour { PickUp = PickUp.NoAnswer });
        house.Twiml("/voice", $"<Dial action='/after'>{Friend}</Dial><Say>Never</Say>");
        await house.DialAsync(Presses("1"), HangsUp);
        await house.AdvanceAsync(60);
        var child = await ChildAsync(house);
        child.Status.Should().Be(CallStatus.Canceled);
        house.Asked("/after", "DialCallStatus", "DialCallSid", "DialCallDuration", "DialBridged", "CallStatus")
            .Should().ContainSingle().Which.Should().EndWith($"canceled {child.Sid} - false completed");
    }

    [Fact]
    public async Task The_first_to_answer_is_bridged_and_the_others_are_cancelled()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(5));
        house.Behave(Colleague, Answers(3, Waits(2), HangsUp));
        house.Twiml("/voice", $"<Dial action='/after'><Number>{Friend}</Number><Number>{Colleague}</Number></Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        var ends = await ChildrenAsync(house);
        ends.Select(c => (c.To, c.Status)).Should().BeEquivalentTo([(Friend, CallStatus.Canceled), (Colleague, CallStatus.Completed)]);
        house.Asked("/after", "DialCallStatus").Should().Equal("5.2 completed");
    }

    [Fact]
    public async Task In_turn_each_rings_for_the_timeout()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new HandsetBehaviour { PickUp = PickUp.NoAnswer });
        house.Behave(Colleague, Answers(1, Waits(1), HangsUp));
        house.Twiml(
            "/voice", $"<Dial sequential='true' timeout='5' action='/after'><Number>{Friend}</Number><Number>{Colleague}</Number></Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialBridged").Should().Equal("12.2 completed true");
    }

    [Fact]
    public async Task With_answerOnBridge_it_rings_until_the_called_party_answers()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(4, Waits(1), HangsUp));
        house.Twiml("/voice", $"<Dial answerOnBridge='true'>{Friend}</Dial>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Equal("0.0 ringing", "4.2 in-progress", "4.2 bridged", "5.2 parted", "5.2 completed");
    }

    [Fact]
    public async Task Without_it_the_caller_is_answered_and_hears_ringback()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(4, Waits(1), HangsUp));
        house.Twiml("/voice", $"<Dial>{Friend}</Dial>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Equal(
            "0.0 ringing", "0.0 in-progress", "0.0 heard ringback", "4.2 cut_short ringback", "4.2 bridged", "5.2 parted", "5.2 completed");
    }

    [Fact]
    public async Task A_caller_who_gives_up_on_the_second_is_not_told_of_the_first()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new HandsetBehaviour { PickUp = PickUp.Busy });
        house.Behave(Colleague, new HandsetBehaviour { PickUp = PickUp.NoAnswer });
        house.Twiml("/voice", $"<Dial sequential='true' action='/after'><Number>{Friend}</Number><Number>{Colleague}</Number></Dial>");
        await house.DialAsync(Hears("ringback"), Waits(5), Presses("1"), HangsUp);
        await house.AdvanceAsync(60);
        var second = (await ChildrenAsync(house)).Single(c => c.To == Colleague);
        house.Asked("/after", "DialCallStatus", "DialCallSid").Should().ContainSingle().Which.Should().EndWith($"canceled {second.Sid}");
    }

    /// <summary>
    /// Source: twilio.com/docs/voice/twiml/number (statusCallback parameters: RecordingUrl, RecordingSid, RecordingDuration).
    /// </summary>
    [Fact]
    public async Task The_called_legs_last_callback_tells_of_the_recording_of_its_Dial()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Says("good morning everybody"), Waits(7), HangsUp));
        house.Twiml(
            "/voice",
            "<Dial record='record-from-answer' action='/after'><Number statusCallback='/leg' statusCallbackEvent='answered "
                + $"completed'>{Friend}</Number></Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        var (told, action) = (
            house.Requests.Where(r => r.Path == "/leg").Select(r => r.Parameters).ToList(),
            house.Requests.Single(r => r.Path == "/after").Parameters);
        told[0].Should().NotContainKey("RecordingSid");
        foreach (var name in (string[])["RecordingSid", "RecordingUrl", "RecordingDuration"]) told[1][name].Should().Be(action[name]);
    }

    /// <summary>Source: twilio.com/docs/voice/twiml/dial (callReason).</summary>
    [Fact]
    public async Task The_called_phone_is_shown_why_it_is_called()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, HangsUp));
        house.Twiml("/voice", $"<Dial callReason='About your parcel'>{Friend}</Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(10);
        (await house.EntriesAsync(e => e.Kind == "handset.ringing"))
            .Should().ContainSingle().Which.ToJson().Should().Contain("\"call_reason\":\"About your parcel\"");
    }

    [Fact]
    public async Task The_time_limit_drops_the_called_party()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial timeLimit='30' action='/after'>{Friend}</Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialCallDuration").Should().Equal("31.2 completed 30");
    }

    [Fact]
    public async Task Keys_are_sent_to_the_called_party_before_the_bridge()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, Waits(3), HangsUp));
        house.Twiml("/voice", $"<Dial><Number sendDigits='w42'>{Friend}</Number></Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.StoryAsync((await ChildAsync(house)).Sid)).Should().ContainInOrder("1.2 heard w42", "2.1 bridged");
    }

    [Fact]
    public async Task The_called_leg_reports_the_events_asked_for()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, HangsUp));
        house.Twiml(
            "/voice",
            $"<Dial><Number statusCallback='/leg' statusCallbackEvent='initiated ringing answered completed'>{Friend}</Number></Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/leg", "CallStatus", "SequenceNumber")
            .Should().Equal("0.0 initiated 0", "0.2 ringing 1", "1.2 in-progress 2", "1.2 completed 3");
    }

    [Theory]
    [InlineData(Number, true, null)]
    [InlineData(Phone, true, null)]
    [InlineData("+14155550177", true, null)]
    [InlineData("+14155550166", false, "13247")]
    [InlineData("joe", false, "13214")]
    public async Task Only_own_verified_and_the_calls_own_numbers_may_be_shown(string callerId, bool isCalled, string? code)
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, HangsUp));
        house.Twiml("/voice", $"<Dial callerId='{callerId}' action='/after'>{Friend}</Dial>");
        await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus").Should().ContainSingle().Which.Should().EndWith(isCalled ? "completed" : "failed");
        if (isCalled) (await ChildAsync(house)).From.Should().Be(callerId);
        (await house.AlertsAsync()).Should().Equal(code is null ? [] : [code]);
    }

    [Theory]
    [InlineData("<Dial timeout='x'>+14155550188</Dial>", "13212")]
    [InlineData("<Dial timeLimit='0'>+14155550188</Dial>", "13216")]
    [InlineData("<Dial method='PUT'>+14155550188</Dial>", "13210")]
    [InlineData("<Dial hangupOnStar='x'>+14155550188</Dial>", "13213")]
    [InlineData("<Dial sequential='x'>+14155550188</Dial>", "13218")]
    [InlineData("<Dial answerOnBridge='x'>+14155550188</Dial>", "13219")]
    [InlineData("<Dial ringTone='loud'>+14155550188</Dial>", "13220")]
    [InlineData("<Dial><Say>Hi</Say></Dial>", "13215")]
    [InlineData("<Dial><Number sendDigits='x'>+14155550188</Number></Dial>", "13222")]
    [InlineData("<Dial><Number method='PUT'>+14155550188</Number></Dial>", "13221")]
    [InlineData("<Dial>12</Dial>", "13223")]
    [InlineData($"<Dial>{Barred}</Dial>", "13227")]
    [InlineData("<Dial record='record-from-hold'>+14155550188</Dial>", "13217")]
    public async Task A_bad_value_is_a_warning_and_the_call_goes_on(string verb, string code)
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1, HangsUp));
        house.Twiml("/voice", $"{verb}<Say>Bye</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Equal(code);
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard Bye"));
    }

    [Fact]
    public async Task A_number_of_the_emulator_may_be_dialled()
    {
        await using var house = await BuildAsync();
        await house.Do(() => house.Own(new(Account, "PN2", "+14155550101") { VoiceUrl = "http://app/other" }));
        house.Twiml("/other", "<Say>You have reached sales</Say>");
        house.Twiml("/voice", "<Dial action='/after'>+14155550101</Dial>");
        await house.DialAsync(Hears("reached sales"));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialBridged").Should().ContainSingle().Which.Should().EndWith("completed true");
        (await house.EntriesAsync(e => e.Kind is "handset.script_failed" or "fault")).Should().BeEmpty();
    }

    [Fact]
    public async Task Redirected_by_REST_the_action_is_asked_first_and_the_new_document_rules()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial action='/after'>{Friend}</Dial>");
        house.Twiml("/after", "<Say>Never</Say>");
        house.Twiml("/elsewhere", "<Say>Now here</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(5);
        await house.AskAsync("UpdateCall", sid, ("Url", "http://app/elsewhere"));
        await house.AdvanceAsync(60);
        (await ChildAsync(house)).Status.Should().Be(CallStatus.Completed);
        house.Requests.Select(r => r.Path).Where(p => p != "/number-status").Should().Equal("/voice", "/after", "/elsewhere");
        house.Asked("/after", "DialCallStatus", "CallStatus").Should().Equal("5.0 completed in-progress");
        (await house.StoryAsync(sid)).Should().Contain("5.0 heard Now here").And.NotContain(s => s.EndsWith("Never"));
    }

    [Fact]
    public async Task A_called_leg_redirected_by_REST_goes_on_by_itself()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, Answers(1));
        house.Twiml("/voice", $"<Dial action='/after'>{Friend}</Dial>");
        house.Twiml("/elsewhere", "<Say>You were transferred</Say><Pause length='9'/>");
        await house.DialAsync();
        await house.AdvanceAsync(5);
        var child = await ChildAsync(house);
        await house.AskAsync("UpdateCall", child.Sid, ("Url", "http://app/elsewhere"));
        await house.AdvanceAsync(60);
        house.Asked("/after", "DialCallStatus", "DialCallDuration").Should().Equal("5.0 completed -");
        (await house.StoryAsync(child.Sid)).Should().Contain("5.0 heard You were transferred");
    }
}
