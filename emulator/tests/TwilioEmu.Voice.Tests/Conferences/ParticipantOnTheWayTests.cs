using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Operations;
using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Conferences.ConferenceTests;

namespace TwilioEmu.Voice.Tests.Conferences;

/// <summary>
/// Source: twilio.com/docs/voice/api/conference-participant-resource: a participant "is either connecting to, or actively connected to" a
/// conference.
/// </summary>
public sealed class ParticipantOnTheWayTests
{
    private const string Guest = "+14155550188";

    [Fact]
    public async Task Who_is_added_is_a_participant_from_the_first_with_its_status()
    {
        await using var house = await GuestAsync(rings: 5);
        var sid = await AddAsync(house, ("Label", "guest"));
        var seen = new List<string>();
        for (var seconds = 0; seconds < 9; seconds++)
        {
            seen.Add((await FetchAsync(house, "guest")).Status);
            await house.AdvanceAsync(1);
        }
        seen.Distinct().Should().Equal("connecting", "ringing", "connected");
        (await FetchAsync(house, sid)).Label.Should().Be("guest");
        (await ListAsync(house)).Should().HaveCount(2).And.Contain(sid);
    }

    [Fact]
    public async Task Who_waits_for_a_slot_is_queued_and_who_is_called_in_vain_is_none_any_more()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        house.Behave(Guest, new() { PickUp = PickUp.Busy, After = TimeSpan.FromSeconds(2) });
        await DialAsync(house, Phone, Waits(60));
        await house.AdvanceAsync(1);
        var (first, second) = (FaceOf(await CreateAsync(house)).CallSid, FaceOf(await CreateAsync(house)).CallSid);
        await house.AdvanceAsync(0.05);
        ((await FetchAsync(house, first)).Status, (await FetchAsync(house, second)).Status).Should().Be(("connecting", "queued"));
        await house.AdvanceAsync(10);
        (await ListAsync(house)).Should().ContainSingle().And.NotContain(first);
        (await house.AskAtAsync("FetchParticipant", await AtAsync(house, first))).Should().BeOfType<Answer.Refusal>();
    }

    [Fact]
    public async Task Who_still_rings_is_called_off_by_a_removal()
    {
        await using var house = await GuestAsync(rings: 30);
        var sid = await AddAsync(house);
        await house.AdvanceAsync(5);
        (await house.AskAtAsync("DeleteParticipant", await AtAsync(house, sid))).Should().BeOfType<Answer.NoContent>();
        await house.AdvanceAsync(1);
        (await house.CallAsync(sid)).Status.Should().Be(Voice.Calls.CallStatus.Canceled);
        (await ListAsync(house)).Should().NotContain(sid);
        house.Asked("/events", "StatusCallbackEvent", "ReasonParticipantLeft", "ParticipantCallStatus")
            .Select(l => l[(l.IndexOf(' ') + 1)..])
            .Should().Equal("participant-leave participant_add_failed canceled");
    }

    [Fact]
    public async Task What_is_changed_meanwhile_is_so_when_it_comes_in()
    {
        await using var house = await GuestAsync(rings: 5, Says("Hello from the guest"), Waits(60));
        house.Twiml("/hold", "<Say>Please hold on</Say>");
        var sid = await AddAsync(house);
        await house.AdvanceAsync(2);
        var answer = await house.AskAtAsync(
            "UpdateParticipant", await AtAsync(house, sid), ("Muted", "true"), ("EndConferenceOnExit", "true"),
            ("AnnounceUrl", "http://app/hold"));
        FaceOf(answer).Should().Match<ParticipantFace>(f => f.IsMuted && f.EndsOnExit && f.Status == "ringing");
        await house.AdvanceAsync(10);
        (await FetchAsync(house, sid)).Should().Match<ParticipantFace>(f => f.IsMuted && f.EndsOnExit && f.Status == "connected");
        (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith("heard Please hold on"));
        (await house.EntriesAsync(e => e.Kind == "call.heard")).Should().NotContain(e => e.ToJson().Contains("Hello from the guest"));
    }

    [Fact]
    public async Task A_label_is_one_participants_be_it_on_its_way()
    {
        await using var house = await GuestAsync(rings: 30);
        await AddAsync(house, ("Label", "guest"));
        (await CreateAsync(house, ("Label", "guest"))).Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(16026);
        house.Twiml("/voice", "<Dial><Conference participantLabel='guest'>room</Conference></Dial>");
        await DialAsync(house, "+14155550177", Waits(5));
        await house.AdvanceAsync(5);
        (await house.AlertsAsync()).Should().Equal("16025");
    }

    /// <summary>Source: github.com/twilio-professional-services/flex-dialpad-addon-plugin#60, github.com/twilio/twilio-go#259.</summary>
    [Fact]
    public async Task Who_is_on_hold_keeps_how_it_leaves_unless_it_is_taken_off_hold_with_that()
    {
        await using var house = await GuestAsync(rings: 0);
        var sid = await AddAsync(house);
        await house.AdvanceAsync(3);
        var at = await AtAsync(house, sid);
        await house.AskAtAsync("UpdateParticipant", at, ("Hold", "true"), ("HoldUrl", "http://app/hold"));
        FaceOf(await house.AskAtAsync("UpdateParticipant", at, ("EndConferenceOnExit", "true"))).EndsOnExit
            .Should().BeTrue("the answer says so");
        (await FetchAsync(house, sid)).EndsOnExit.Should().BeFalse("and it is not");
        (await house.EntriesAsync(e => e.Kind == "warning")).Should().Contain(e => e.ToJson().Contains("Hold=false"));
        await house.AskAtAsync("UpdateParticipant", at, ("EndConferenceOnExit", "true"), ("Hold", "false"));
        (await FetchAsync(house, sid)).Should().Match<ParticipantFace>(f => f.EndsOnExit && !f.IsHeld);
    }

    /// <summary>A room with somebody in it, and a guest who picks up after so long.</summary>
    private static async Task<VoiceHouse> GuestAsync(double rings, params ScriptStep[] script)
    {
        var house = await RoomAsync("waitUrl='' beep='false' statusCallback='/events' statusCallbackEvent='leave'");
        house.Behave(Guest, new() { After = TimeSpan.FromSeconds(rings), Script = script.Length == 0 ? [Waits(60)] : script });
        await DialAsync(house, Phone, Waits(300));
        await house.AdvanceAsync(1);
        return house;
    }

    private static Task<Answer> CreateAsync(VoiceHouse house, params (string, string)[] more) =>
        house.AskAtAsync(
            "CreateParticipant", new() { ["ConferenceSid"] = "room" },
            [("From", Number), ("To", Guest), ("WaitUrl", ""), ("Beep", "false"), .. more]);

    private static async Task<string> AddAsync(VoiceHouse house, params (string, string)[] more)
    {
        var sid = FaceOf(await CreateAsync(house, more)).CallSid;
        await house.AdvanceAsync(0.05);
        return sid;
    }

    private static async Task<ParticipantFace> FetchAsync(VoiceHouse house, string which) =>
        FaceOf(await house.AskAtAsync("FetchParticipant", await AtAsync(house, which)));

    private static ParticipantFace FaceOf(Answer answer) => (ParticipantFace)answer.Should().BeOfType<Answer.Resource>().Which.Face;

    private static async Task<List<string>> ListAsync(VoiceHouse house)
    {
        var list = (await house.AskAtAsync("ListParticipant", await AtAsync(house, ""))).Should().BeOfType<Answer.List>().Which;
        return await house.World.Loop.RunAsync(() => list.Walk(null).Select(p => ((ParticipantFace)p.Face).CallSid).ToList(), default);
    }
}
