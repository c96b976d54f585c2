using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Conferences;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Conferences;

/// <summary>Source: twilio.com/docs/voice/twiml/conference, twilio.com/docs/voice/api/conference-participant-resource.</summary>
public sealed class ConferenceTests
{
    private const string Other = "+14155550188";
    private const string Third = "+14155550177";

    [Fact]
    public async Task A_document_may_name_a_conference_that_goes_on_by_its_SID()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Dial><Conference>room</Conference></Dial>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(3);
        var sid = (await house.EntriesAsync(e => e.Kind == "conference.created")).Single().Subject;
        await house.CreateAsync(("Twiml", $"<Response><Dial><Conference>{sid}</Conference></Dial></Response>"));
        await house.AdvanceAsync(10);
        (await house.EntriesAsync(e => e.Kind == "conference.created")).Should().ContainSingle();
        (await house.EntriesAsync(e => e.Kind == "call.joined_conference"))
            .Should().HaveCount(2).And.OnlyContain(e => e.ToJson().Contains(sid));
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_first_waits_with_music_and_they_talk_when_the_second_comes()
    {
        await using var house = await RoomAsync("waitUrl='/wait' beep='false'");
        house.Twiml("/wait", "<Say>Please wait for the others</Say>");
        var first = await DialAsync(house, Phone, Hears("Please wait"), Hears("good morning"), Says("Hello to you"), Waits(3), HangsUp);
        await house.AdvanceAsync(10);
        (await StatusAsync(house)).Should().Be("init");
        await DialAsync(house, Other, Waits(1), Says("Good morning everybody"), Hears("Hello to you"), Waits(10), HangsUp);
        await house.AdvanceAsync(4);
        (await StatusAsync(house)).Should().Be("in-progress");
        await house.AdvanceAsync(30);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
        // Once through, then silence: it is not asked for again.
        house.Asked("/wait", "CallSid").Should().Equal($"0.0 {first}");
        (await StatusAsync(house)).Should().Be("completed");
    }

    [Fact]
    public async Task Its_events_are_told_in_order_with_their_numbers()
    {
        await using var house = await RoomAsync("waitUrl='' statusCallback='/events' statusCallbackEvent='start end join leave mute hold'");
        var first = await DialAsync(house, Phone, Waits(60));
        await house.AdvanceAsync(1);
        await DialAsync(house, Other, Waits(3), HangsUp);
        await house.AdvanceAsync(5);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("Muted", "true"));
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("Muted", "false"));
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("Hold", "true"));
        await house.AdvanceAsync(1);
        await house.AskAsync("UpdateCall", first, ("Status", "completed"));
        await house.AdvanceAsync(1);
        var told = house.Requests.Where(r => r.Path == "/events").Select(r => r.Parameters).ToList();
        told.Select(p => $"{p["SequenceNumber"]} {p["StatusCallbackEvent"]}").Should().Equal(
            "1 participant-join", "2 participant-join", "3 conference-start", "4 participant-leave", "5 participant-mute",
            "6 participant-unmute",
            "7 participant-hold", "8 participant-leave", "9 conference-end");
        told[4]["Muted"].Should().Be("true");
        told[6]["Hold"].Should().Be("true");
        (told[3]["ReasonParticipantLeft"], told[3]["ParticipantCallStatus"]).Should().Be(("participant_hung_up", "completed"));
        (told[8]["ReasonConferenceEnded"], told[8]["CallSidEndingConference"]).Should().Be(("last-participant-left", first));
        told.Should().AllSatisfy(p => p.Should().ContainKeys("ConferenceSid", "FriendlyName", "AccountSid", "Timestamp"));
    }

    [Fact]
    public async Task Nobody_talks_until_a_moderator_comes_and_all_go_when_the_moderator_goes()
    {
        await using var house = await RoomAsync(
            "waitUrl='' beep='false' startConferenceOnEnter='false'", after: "<Say>The meeting is over</Say>");
        house.Twiml(
            "/moderator",
            "<Dial><Conference startConferenceOnEnter='true' endConferenceOnExit='true' beep='false'>room</Conference></Dial>");
        var first = await DialAsync(house, Phone, Waits(60));
        var second = await DialAsync(house, Other, Waits(60));
        await house.AdvanceAsync(5);
        (await StatusAsync(house)).Should().Be("init");
        house.Behave(Third, new() { Script = [Waits(5), HangsUp] });
        await house.CreateAsync(("To", Third), ("Url", "http://app/moderator"));
        await house.AdvanceAsync(5);
        (await StatusAsync(house)).Should().Be("in-progress");
        await house.AdvanceAsync(10);
        (await house.World.Loop.RunAsync(() => Record(house).Reason, default)).Should().Be("participant-with-end-conference-on-exit-left");
        foreach (var sid in (string[])[first, second])
        {
            (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith("heard The meeting is over"));
        }
    }

    [Fact]
    public async Task After_a_conference_the_action_knows_that_it_was_answered_and_no_more()
    {
        await using var house = await RoomAsync("waitUrl=''", dial: "action='/after' hangupOnStar='true'");
        await DialAsync(house, Phone, Waits(60));
        await DialAsync(house, Other, Waits(5), Presses("*"), Waits(60));
        await house.AdvanceAsync(10);
        var told = house.Requests.Single(r => r.Path == "/after").Parameters;
        told["DialCallStatus"].Should().Be("answered");
        told.Should().NotContainKeys("DialCallSid", "DialCallDuration");
    }

    [Theory]
    [InlineData("<Conference/>", "13237", "failed")]
    [InlineData("<Conference waitUrl='ftp://x'>room</Conference>", "13233", "failed")]
    [InlineData("<Conference coach='CA00000000000000000000000000000000'>room</Conference>", "13240", "failed")]
    [InlineData("<Conference participantLabel='a/b'>room</Conference>", "16023", null)]
    [InlineData("<Conference participantLabel='a%2Fb'>room</Conference>", "16023", null)]
    [InlineData("<Conference muted='x' waitUrl=''>room</Conference>", "13230", "answered")]
    [InlineData("<Conference endConferenceOnExit='x' waitUrl=''>room</Conference>", "13231", "answered")]
    [InlineData("<Conference startConferenceOnEnter='x' waitUrl=''>room</Conference>", "13232", "answered")]
    [InlineData("<Conference waitMethod='PUT' waitUrl=''>room</Conference>", "13234", "answered")]
    [InlineData("<Conference beep='x' waitUrl=''>room</Conference>", "13235", "answered")]
    [InlineData("<Conference trim='x' waitUrl=''>room</Conference>", "13239", "answered")]
    [InlineData("<Conference waitUrl=''>room</Conference><Number>+14155550188</Number>", "13000", "answered")]
    [InlineData("<Conference waitUrl='/dials'>room</Conference>", "13238", "failed")]
    public async Task Each_fault_has_its_code(string noun, string code, string? status)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Dial action='/after' timeLimit='5'>{noun}</Dial>");
        house.Twiml("/dials", "<Dial>+14155550188</Dial>");
        await DialAsync(house, Phone, Waits(60));
        await house.AdvanceAsync(20);
        (await house.AlertsAsync()).Should().Equal(code);
        house.Asked("/after", "DialCallStatus").Select(l => l.Split(' ')[1]).Should().Equal(status is null ? [] : [status]);
    }

    [Fact]
    public async Task A_full_conference_takes_nobody_and_a_label_is_given_once()
    {
        await using var house = await RoomAsync("waitUrl='' maxParticipants='1'", dial: "action='/after'");
        await DialAsync(house, Phone, Waits(60));
        await DialAsync(house, Other, Waits(60));
        await house.AdvanceAsync(5);
        (await house.AlertsAsync()).Should().Equal("16020");
        house.Asked("/after", "DialCallStatus").Single().Should().EndWith("failed");

        await using var labelled = await RoomAsync("waitUrl='' participantLabel='anna'", after: "<Say>Somebody has that name</Say>");
        await DialAsync(labelled, Phone, Waits(60));
        var second = await DialAsync(labelled, Other, Waits(60));
        await labelled.AdvanceAsync(5);
        (await labelled.AlertsAsync()).Should().Equal("16025");
        (await labelled.StoryAsync(second)).Should().Contain(l => l.EndsWith("heard Somebody has that name"));
    }

    [Fact]
    public async Task Who_is_kicked_goes_on_with_the_document_and_the_others_stay()
    {
        await using var house = await RoomAsync("waitUrl='' participantLabel='{{From}}'", after: "<Say>You were asked to leave</Say>");
        var first = await DialAsync(house, Phone, Waits(60));
        var second = await DialAsync(house, Other, Waits(60));
        await DialAsync(house, Third, Waits(60));
        await house.AdvanceAsync(5);
        (await house.AskAtAsync("DeleteParticipant", await AtAsync(house, second))).Should().BeOfType<Answer.NoContent>();
        await house.AdvanceAsync(2);
        (await house.StoryAsync(second)).Should().Contain(l => l.EndsWith("heard You were asked to leave"));
        (await StatusAsync(house)).Should().Be("in-progress");
        (await house.AskAtAsync("FetchParticipant", await AtAsync(house, second))).Should().BeOfType<Answer.Refusal>();
        (await house.AskAtAsync("FetchParticipant", await AtAsync(house, first))).Should().BeOfType<Answer.Resource>();
    }

    [Fact]
    public async Task Rest_ends_a_conference()
    {
        await using var house = await RoomAsync("waitUrl=''", after: "<Say>It was ended</Say>");
        var first = await DialAsync(house, Phone, Waits(60));
        await DialAsync(house, Other, Waits(60));
        await house.AdvanceAsync(5);
        var sid = await house.World.Loop.RunAsync(() => Record(house).Sid, default);
        await house.AskAsync("UpdateConference", sid, ("Status", "completed"));
        await house.AdvanceAsync(5);
        (await house.World.Loop.RunAsync(() => Record(house).Reason, default)).Should().Be("conference-ended-via-api");
        (await house.StoryAsync(first)).Should().Contain(l => l.EndsWith("heard It was ended"));
        // Another conference of the name is a new one.
        await DialAsync(house, Third, Waits(60));
        await house.AdvanceAsync(1);
        (await house.World.Loop.RunAsync(() => house.Voice.Services.Conferences.Records(Account).Count, default)).Should().Be(2);
    }

    /// <summary>
    /// Source: twilio.com/docs/voice/api/conference-resource#read-multiple-conference-resources: bare dates are their midnights.
    /// </summary>
    [Theory]
    [InlineData("FriendlyName", "room", 1)]
    [InlineData("FriendlyName", "other", 0)]
    [InlineData("Status", "in-progress", 1)]
    [InlineData("Status", "completed", 0)]
    [InlineData("DateCreated", "2026-01-05", 1)]
    [InlineData("DateCreated", "2026-01-06", 0)]
    [InlineData("DateCreated<", "2026-01-05", 0)]
    [InlineData("DateCreated<", "2026-01-06", 1)]
    [InlineData("DateCreated>", "2026-01-05", 1)]
    [InlineData("DateUpdated>", "2026-01-05T09:00:30Z", 0)]
    [InlineData("Status", "running", null)]
    [InlineData("DateCreated", "yesterday", null)]
    [InlineData("DateUpdated<", ">=2026-01-05", null)]
    public async Task Lists_are_narrowed_by_filters_and_a_bad_one_is_refused(string name, string value, int? count)
    {
        await using var house = await RoomAsync("waitUrl=''");
        await DialAsync(house, Phone, Waits(60));
        await DialAsync(house, Other, Waits(60));
        await house.AdvanceAsync(2);
        var answer = await house.AskAsync("ListConference", null, (name, value));
        (await CountAsync(house, answer)).Should().Be(count ?? -20001);
    }

    /// <summary>Source: twilio.com/docs/voice/api/conference-participant-resource#update-a-participant-resource (WaitUrl).</summary>
    [Fact]
    public async Task Who_waits_may_be_given_something_else_to_hear()
    {
        await using var house = await RoomAsync("waitUrl='/wait' statusCallback='/events' statusCallbackEvent='modify'");
        house.Twiml("/wait", "<Say loop='0'>All agents are busy</Say>");
        house.Twiml("/news", "<Say>You are the next one</Say>");
        var first = await DialAsync(house, Phone, Waits(60));
        await house.AdvanceAsync(5);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("WaitUrl", "http://app/news"), ("WaitMethod", "GET"));
        await house.AdvanceAsync(10);
        (await house.StoryAsync(first)).Should().Contain("5.0 heard You are the next one").And.EndWith("5.0 heard You are the next one");
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("WaitUrl", "http://app/wait"));
        await house.AdvanceAsync(1);
        (await house.StoryAsync(first)).Should().EndWith("15.0 heard All agents are busy");
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("WaitUrl", ""));
        await house.AdvanceAsync(20);
        (await house.StoryAsync(first)).Should().EndWith("16.0 cut_short All agents are busy");
        house.Asked("/events", "StatusCallbackEvent", "CallSid").Should().Equal(
            $"5.0 participant-modify {first}", $"15.0 participant-modify {first}", $"16.0 participant-modify {first}");
    }

    [Fact]
    public async Task Who_is_called_in_vain_is_told_to_have_failed_and_an_empty_conference_ends()
    {
        await using var house = await BuildAsync();
        house.Behave(Other, new() { PickUp = Carrier.Handsets.PickUp.Busy });
        await house.AskAtAsync(
            "CreateParticipant", new() { ["ConferenceSid"] = "room" }, ("From", Number), ("To", Other),
            ("ConferenceStatusCallback", "http://app/events"),
            ("ConferenceStatusCallbackEvent", "leave end"));
        await house.AdvanceAsync(10);
        house.Asked("/events", "StatusCallbackEvent", "ReasonParticipantLeft", "ParticipantCallStatus")
            .Select(l => l[(l.IndexOf(' ') + 1)..])
            .Should().Equal("participant-leave participant_add_failed busy", "conference-end - -");
        (await StatusAsync(house)).Should().Be("completed");
    }

    [Fact]
    public async Task Who_is_on_hold_cannot_be_coached()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        var first = await DialAsync(house, Phone, Waits(30));
        var second = await DialAsync(house, Other, Waits(30));
        await house.AdvanceAsync(1);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("Hold", "true"), ("HoldUrl", "http://app/hold"));
        (await house.AskAtAsync("UpdateParticipant", await AtAsync(house, second), ("CallSidToCoach", first)))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(16027);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("Hold", "false"));
        (await house.AskAtAsync("UpdateParticipant", await AtAsync(house, second), ("CallSidToCoach", first)))
            .Should().BeOfType<Answer.Resource>();
    }

    [Fact]
    public async Task An_announcement_is_heard_by_one_or_by_all_and_its_end_is_told()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false' statusCallback='/events' statusCallbackEvent='announcement'");
        house.Twiml("/one", "<Say>For your ears only</Say>");
        house.Twiml("/all", "<Say>For everybody in the room</Say>");
        var first = await DialAsync(house, Phone, Hears("For your ears only"), Hears("For everybody"), Waits(30));
        var second = await DialAsync(house, Other, Hears("For everybody"), Waits(30));
        await house.AdvanceAsync(1);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, first), ("AnnounceUrl", "http://app/one"));
        await house.AdvanceAsync(5);
        await house.AskAsync("UpdateConference", (await AtAsync(house, first))["ConferenceSid"], ("AnnounceUrl", "http://app/all"));
        await house.AdvanceAsync(5);
        house.Asked("/events", "StatusCallbackEvent", "AnnounceUrl", "CallSid").Select(l => l[(l.IndexOf(' ') + 1)..])
            .Should().Equal($"announcement-end http://app/one {first}", "announcement-end http://app/all -");
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
        (await house.StoryAsync(second)).Should().NotContain(l => l.Contains("For your ears only"));
    }

    [Fact]
    public async Task A_member_that_rest_sends_elsewhere_is_out_at_once()
    {
        await using var house = await RoomAsync("waitUrl='' statusCallback='/events' statusCallbackEvent='leave'");
        var first = await DialAsync(house, Phone, Waits(60));
        await DialAsync(house, Other, Waits(60));
        await house.AdvanceAsync(5);
        await house.AskAsync("UpdateCall", first, ("Twiml", "<Response><Say>Somewhere else</Say></Response>"));
        await house.AdvanceAsync(5);
        house.Asked("/events", "ReasonParticipantLeft").First().Should().EndWith("participant_updated_via_api");
        (await house.StoryAsync(first)).Should().Contain(l => l.EndsWith("heard Somewhere else"));
    }

    [Fact]
    public async Task Speech_is_told_to_who_wants_to_know()
    {
        await using var house = await RoomAsync("waitUrl='' statusCallback='/events' statusCallbackEvent='speaker'");
        await DialAsync(house, Phone, Waits(60));
        await DialAsync(house, Other, Waits(2), Says("Hello everybody"), Waits(5));
        await house.AdvanceAsync(6);
        house.Asked("/events", "StatusCallbackEvent").Select(l => l.Split(' ')[1])
            .Should().Equal("participant-speech-start", "participant-speech-stop");
    }

    internal static async Task<VoiceHouse> RoomAsync(string attributes, string dial = "", string after = "")
    {
        var house = await BuildAsync(callsPerSecond: 10);
        house.Page("/voice", r => new Webhooks.Delivery.AppAnswer(
            200, "text/xml",
            $"<Response><Dial {dial}><Conference {attributes.Replace("{{From}}", r.Parameters.First(p => p.Key == "From").Value)}>"
                + $"room</Conference></Dial>{after}</Response>"));
        return house;
    }

    internal static async Task<string> DialAsync(VoiceHouse house, string phone, params Carrier.Handsets.ScriptStep[] script) =>
        (await house.World.Loop.RunAsync(() => house.Phones.Dial(phone, Number, script), default))!;

    internal static Conference Record(VoiceHouse house) => house.Voice.Services.Conferences.Records(Account).NewestFirst().First();

    internal static ConferenceRoom Room(VoiceHouse house) => house.Voice.Services.Conferences.Find(Account, "room")!;

    internal static async Task<Dictionary<string, string>> AtAsync(VoiceHouse house, string callSid) =>
        new() { ["ConferenceSid"] = await house.World.Loop.RunAsync(() => Record(house).Sid, default), ["CallSid"] = callSid };

    /// <summary>How many a list has; below zero the code of a refusal.</summary>
    private static Task<int> CountAsync(VoiceHouse house, Answer answer) =>
        house.World.Loop.RunAsync(
            () => answer is Answer.List list ? list.Walk(null).Count() : -((Answer.Refusal)answer).Error.Code, default);

    private static Task<string> StatusAsync(VoiceHouse house) => house.World.Loop.RunAsync(() => Record(house).StatusWord, default);
}
