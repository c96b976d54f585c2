using TwilioEmu.Rest.Pipeline;
using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Conferences.ConferenceTests;

namespace TwilioEmu.Voice.Tests.Conferences;

/// <summary>Who is called into a conference by REST. Source: twilio.com/docs/voice/api/conference-participant-resource.</summary>
public sealed class ParticipantTests
{
    private const string Other = "+14155550188";

    [Fact]
    public async Task Somebody_is_called_into_the_conference_by_its_name()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        await DialAsync(house, Phone, Hears("I am here"), Waits(3));
        await house.AdvanceAsync(1);
        house.Behave(Other, new() { Script = [Waits(1), Says("I am here now"), Waits(30)] });
        var answer = await house.AskAtAsync(
            "CreateParticipant", new() { ["ConferenceSid"] = "room" }, ("From", Number), ("To", Other), ("Label", "bob"),
            ("Muted", "false"), ("Beep", "false"));
        answer.Should().BeOfType<Answer.Resource>();
        await house.AdvanceAsync(4);
        var room = await house.World.Loop.RunAsync(() => Room(house).Members.Select(m => m.Label).ToList(), default);
        room.Should().Equal(null, "bob");
        await house.AdvanceAsync(10);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
    }

    /// <summary>Reported: twilio-php 474, twilio-ruby 580 ("Method not allowed" where the conference's name stood for its SID).</summary>
    [Theory, InlineData("ListParticipant", "ConferenceSid"), InlineData("FetchConference", "Sid")]
    public async Task A_conference_that_is_asked_for_by_its_name_is_answered_405(string operation, string name)
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        await DialAsync(house, Phone, Waits(30));
        await house.AdvanceAsync(1);
        var refused = (await house.AskAtAsync(operation, new() { [name] = "room" })).Should().BeOfType<Answer.Refusal>().Which.Error;
        (refused.Status, refused.Code).Should().Be((405, 20004));
        var missing = (await house.AskAtAsync(operation, new() { [name] = $"CF{new string('0', 32)}" })).Should().BeOfType<Answer.Refusal>().Which.Error;
        (missing.Status, missing.Code).Should().Be((404, 20404));
    }

    /// <summary>Source: twilio.com/docs/voice/api/conference-participant-resource (To: custom parameters; CallReason).</summary>
    [Fact]
    public async Task An_apps_own_phone_is_called_in_with_its_parameters_and_is_shown_why()
    {
        await using var house = await BuildAsync();
        house.Behave("client:alice", new());
        await house.AskAtAsync(
            "CreateParticipant", new() { ["ConferenceSid"] = "room" }, ("From", Number), ("To", "client:alice?table=4&name=Ada%20L"),
            ("CallReason", "Your table is free"));
        await house.AdvanceAsync(5);
        (await house.EntriesAsync(e => e.Kind == "handset.ringing")).Should().ContainSingle().Which.ToJson().Should()
            .Contain("table").And.Contain("Ada L").And.Contain("\"call_reason\":\"Your table is free\"");
    }

    /// <summary>Source: twilio.com/docs/voice/api/conference-participant-resource (RecordingStatusCallbackEvent).</summary>
    [Fact]
    public async Task The_recording_of_a_participant_tells_of_its_pauses_and_its_stop()
    {
        await using var house = await BuildAsync();
        house.Behave(Other, new() { Script = [Says("good morning to everybody here"), Waits(20), HangsUp] });
        var answer = await house.AskAtAsync(
            "CreateParticipant", new() { ["ConferenceSid"] = "room" }, ("From", Number), ("To", Other), ("Record", "true"),
            ("RecordingStatusCallback", "http://app/rec"),
            ("RecordingStatusCallbackEvent", "started paused resumed stopped completed failed"));
        answer.Should().BeOfType<Answer.Resource>();
        await house.AdvanceAsync(5);
        var call = (await house.EntriesAsync(e => e.Kind == "call.joined_conference")).Single().Subject;
        foreach (var status in (string[])["paused", "in-progress"])
        {
            await house.AskAtAsync("UpdateCallRecording", new() { ["CallSid"] = call, ["Sid"] = "Twilio.CURRENT" }, ("Status", status));
        }
        await house.AdvanceAsync(60);
        house.Asked("/rec", "RecordingStatus").Select(l => l.Split(' ')[1])
            .Should().Equal("in-progress", "paused", "in-progress", "stopped", "completed");
    }

    [Theory]
    [InlineData("CF00000000000000000000000000000000", "To", "+14155550188", 20404)]
    [InlineData("room", "To", "", 21201)]
    [InlineData("room", "Label", "a/b", 16024)]
    [InlineData("room", "Label", "a%2fb", 16024)]
    [InlineData("room", "Label", "CA00000000000000000000000000000000", 16024)]
    [InlineData("room", "CallSidToCoach", "CA00000000000000000000000000000000", 16028)]
    [InlineData("room", "Coaching", "true", 20001)]
    [InlineData("room", "Timeout", "0", 21208)]
    [InlineData("room", "JitterBufferSize", "huge", 20001)]
    [InlineData("room", "CallReason", "012345678901234567890123456789012345678901234567890", 20001)]
    [InlineData("room", "SipAuthUsername", "ada", 21225)]
    [InlineData("room", "To", Number, 21211)]
    [InlineData("room", "Byoc", "mine", 21300)]
    [InlineData("room", "Record", "maybe", 20001)]
    [InlineData("room", "Beep", "loud", 20001)]
    [InlineData("room", "Region", "moon", 20001)]
    [InlineData("room", "MaxParticipants", "251", 20001)]
    [InlineData("room", "MaxParticipants", "many", 20001)]
    [InlineData("room", "EndConferenceOnExit", "maybe", 20001)]
    [InlineData("room", "WaitMethod", "PUT", 20001)]
    [InlineData("room", "ConferenceRecord", "loud", 20001)]
    [InlineData("room", "ConferenceTrim", "both", 20001)]
    [InlineData("room", "ConferenceRecordingStatusCallbackEvent", "in-progress later", 20001)]
    public async Task A_bad_participant_is_refused(string conference, string name, string value, int code)
    {
        await using var house = await BuildAsync();
        var form = new Dictionary<string, string> { ["From"] = Number, ["To"] = Other, [name] = value };
        (await house.AskAtAsync("CreateParticipant", new() { ["ConferenceSid"] = conference }, [.. form.Select(f => (f.Key, f.Value))]))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
    }

    /// <summary>As with calls: taken, told of, and missing later.</summary>
    [Theory]
    [InlineData("StatusCallbackEvent", "completed answered", "21626")]
    [InlineData("ConferenceStatusCallbackEvent", "start bogus", null)]
    public async Task An_event_that_there_is_none_of_is_told_of_when_somebody_is_added(string name, string value, string? code)
    {
        await using var house = await BuildAsync();
        (await house.AskAtAsync("CreateParticipant", new() { ["ConferenceSid"] = "room" }, ("From", Number), ("To", Other), (name, value)))
            .Should().BeOfType<Answer.Resource>();
        (await house.AlertsAsync()).Should().Equal(code is null ? [] : [code]);
        if (code is null)
        {
            (await house.EntriesAsync(e => e.Kind == "warning"))
                .Should().ContainSingle().Which.ToJson().Should().Contain("bogus").And.Contain(name);
        }
    }

    /// <summary>
    /// Source: twilio.com/docs/voice/api/conference-participant-resource: anything but true counts as false, of Muted alone.
    /// </summary>
    [Fact]
    public async Task What_is_neither_true_nor_false_unmutes_and_is_refused_of_the_rest()
    {
        await using var house = await RoomAsync("waitUrl='' muted='true'");
        var first = await DialAsync(house, Phone, Waits(30));
        await DialAsync(house, Other, Waits(30));
        await house.AdvanceAsync(1);
        var at = await AtAsync(house, first);
        foreach (var name in (string[])["Hold", "Coaching", "EndConferenceOnExit", "BeepOnExit"])
        {
            (await house.AskAtAsync("UpdateParticipant", at, (name, "maybe")))
                .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(20001);
        }
        (await house.World.Loop.RunAsync(() => Room(house).Find(first)!.IsMuted, default)).Should().BeTrue();
        (await house.AskAtAsync("UpdateParticipant", at, ("Muted", "maybe"))).Should().BeOfType<Answer.Resource>();
        (await house.World.Loop.RunAsync(() => Room(house).Find(first)!.IsMuted, default)).Should().BeFalse();
    }
}
