using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Conferences;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Insights;

/// <summary>Source: twilio.com/docs/voice/voice-insights/api/conference (summary, participants).</summary>
public sealed class ConferenceInsightsTests
{
    [Fact]
    public async Task A_conference_is_summed_up_by_who_was_in_it_and_how_it_ended()
    {
        await using var house = await BuildAsync();
        var (sid, first, _) = await MeetAsync(house);
        var summary = await SummaryAsync(house, sid);
        Texts(summary, "conference_sid", "friendly_name", "status", "end_reason", "ended_by", "processing_state", "mixer_region")
            .Should().Equal(
                sid, "room", "completed", "last_participant_left", first, "in_progress", "us1");
        Texts(summary, "create_time", "start_time", "end_time")
            .Should().Equal("2026-01-05T09:00:00Z", "2026-01-05T09:00:10Z", "2026-01-05T09:00:40Z");
        Numbers(summary, "duration_seconds", "connect_duration_seconds", "max_participants", "max_concurrent_participants",
            "unique_participants").Should().Equal(40, 30, 250, 2, 2);
        summary.GetProperty("recording_enabled").GetBoolean().Should().BeTrue();
        summary.GetProperty("tags").GetArrayLength().Should().Be(0);
        await house.AdvanceAsync(1800);
        (await SummaryAsync(house, sid)).GetProperty("processing_state").GetString().Should().Be("complete");
    }

    [Fact]
    public async Task Each_participant_has_its_times_and_what_was_done_to_it()
    {
        await using var house = await BuildAsync();
        var (sid, first, second) = await MeetAsync(house);
        var participants = await ListAsync(house, "ListConferenceParticipant", At(sid));
        participants.Select(p => p.GetProperty("call_sid").GetString()).Should().Equal(second, first);
        var of = participants[1];
        Texts(of, "call_direction", "from", "to", "call_status", "country_code", "call_type", "join_time", "leave_time").Should().Equal(
            "inbound", Phone, Number, "completed", "US", "carrier", "2026-01-05T09:00:00Z", "2026-01-05T09:00:40Z");
        Numbers(of, "duration_seconds").Should().Equal(40);
        (of.GetProperty("is_moderator").GetBoolean(), of.GetProperty("is_coach").GetBoolean()).Should().Be((true, false));
        of.GetProperty("events").GetRawText().Should().Be("{\"mute\":[\"2026-01-05T09:00:15Z\"],\"unmute\":[\"2026-01-05T09:00:15Z\"]}");
        (await ListAsync(house, "ListConferenceParticipant", At(sid), ("Events", "hold"))).Should().BeEmpty();
        var name = of.GetProperty("participant_sid").GetString()!;
        name.Should().MatchRegex("^CP[0-9a-f]{32}$");
        ((Answer.Resource)await house.AskAtAsync("insights_v1/FetchConferenceParticipant", new(At(sid)) { ["ParticipantSid"] = name }))
            .Should().NotBeNull();
        (await house.AskAtAsync(
            "insights_v1/FetchConferenceParticipant", new(At(sid)) { ["ParticipantSid"] = "CP00000000000000000000000000000000" }))
                .Should().BeOfType<Answer.Refusal>();
    }

    [Theory]
    [InlineData("", "large")]
    [InlineData("jitterBufferSize='small'", "small")]
    [InlineData("jitterBufferSize='off'", "off")]
    [InlineData("jitterBufferSize='huge'", "large")]
    public async Task A_participant_shows_the_jitter_buffer_it_was_given(string attribute, string size)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Dial><Conference waitUrl='' {attribute}>room</Conference></Dial>");
        await house.DialAsync(Waits(5), HangsUp);
        await house.AdvanceAsync(10);
        (await ListAsync(house, "ListConferenceParticipant", At(await SidAsync(house))))
            .Single().GetProperty("jitter_buffer_size").GetString().Should().Be(size);
    }

    [Fact]
    public async Task A_conference_that_nobody_joined_twice_at_a_time_never_was_one()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Dial><Conference waitUrl=''>lonely</Conference></Dial>");
        await house.DialAsync(Waits(5), HangsUp);
        await house.AdvanceAsync(10);
        var sid = await SidAsync(house);
        var summary = await SummaryAsync(house, sid);
        Texts(summary, "status", "start_time").Should().Equal("completed", null);
        summary.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).Should().Equal("no_concurrent_participants");
        summary.GetProperty("detected_issues").GetProperty("participant_behavior").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task One_number_twice_at_a_time_is_told_of()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Dial><Conference waitUrl=''>room</Conference></Dial>");
        await house.DialAsync(Waits(30), HangsUp);
        await house.DialAsync(Waits(20), HangsUp);
        await house.AdvanceAsync(60);
        var summary = await SummaryAsync(house, await SidAsync(house));
        summary.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).Should().Equal("duplicate_identity");
        Numbers(summary, "unique_participants").Should().Equal(1);
        summary.GetProperty("tag_info").GetProperty("duplicate_identity")[0].GetProperty("participant_identity").GetString()
            .Should().Be(Phone);
    }

    [Fact]
    public async Task Summaries_are_narrowed_by_time_name_status_end_and_tag()
    {
        await using var house = await BuildAsync();
        var (sid, _, _) = await MeetAsync(house);
        foreach (var (name, fits, fitsNot) in ((string, string, string)[])[
            ("ConferenceSid", sid, "CF00000000000000000000000000000000"), ("FriendlyName", "room", "hall"),
            ("Status", "completed", "in_progress"), ("MixerRegion", "us1", "ie1"),
            ("EndReason", "last_participant_left", "conference_ended_via_api"),
            ("CreatedAfter", "2026-01-05T08:00:00Z", "2026-01-05T10:00:00Z"),
            ("CreatedBefore", "2026-01-05T10:00:00Z", "2026-01-05T08:00:00Z")])
        {
            (await ListAsync(house, "ListConference", [], (name, fits))).Should().ContainSingle(name);
            (await ListAsync(house, "ListConference", [], (name, fitsNot))).Should().BeEmpty(name);
        }
        (await ListAsync(house, "ListConference", [], ("Tags", "duplicate_identity"))).Should().BeEmpty();
        (await ListAsync(house, "ListConference", [], ("DetectedIssues", "participant_behavior"))).Should().BeEmpty();
        (await house.AskAtAsync("insights_v1/ListConference", [], ("CreatedAfter", "yesterday"))).Should().BeOfType<Answer.Refusal>();
        (await house.AskAtAsync("insights_v1/FetchConference", At("CF00000000000000000000000000000000")))
            .Should().BeOfType<Answer.Refusal>();
    }

    [Fact]
    public async Task A_call_is_annotated_and_found_by_it()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>hello</Say>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(30);
        Dictionary<string, string> at = new() { ["CallSid"] = sid };
        async Task<JsonElement> FetchAsync() =>
            Parse(((Answer.Resource)await house.AskAtAsync("insights_v1/FetchAnnotation", at)).Face, "answered_by", "connectivity_issue",
                "quality_issues", "spam", "call_score", "comment", "incident", "url");
        (await FetchAsync()).GetRawText().Should().Be(
            "{\"answered_by\":\"unknown_answered_by\",\"connectivity_issue\":\"unknown_connectivity_issue\",\"quality_issues\":[],"
                + "\"spam\":null,\"call_score\":null,\"comment\":null,\"incident\":null,"
            + $"\"url\":\"http://emulator/insights/v1/Voice/{sid}/Annotation\"}}");
        await house.AskAtAsync(
            "insights_v1/UpdateAnnotation", at, ("AnsweredBy", "human"), ("QualityIssues", "echo, latency"), ("Spam", "true"),
            ("CallScore", "2"));
        await house.AskAtAsync("insights_v1/UpdateAnnotation", at, ("Comment", "the line was bad"));
        (await FetchAsync()).GetRawText().Should().StartWith(
            "{\"answered_by\":\"human\",\"connectivity_issue\":\"unknown_connectivity_issue\",\"quality_issues\":[\"echo\","
                + "\"latency\"],\"spam\":true,\"call_score\":2,\"comment\":\"the line was bad\",\"incident\":null,");
        foreach (var (name, fits, fitsNot) in ((string, string, string)[])[
            ("AnsweredByAnnotation", "human", "machine"), ("QualityIssueAnnotation", "echo", "dtmf"), ("SpamAnnotation", "true", "false"),
            ("CallScoreAnnotation", "2", "5"),
            ("ConnectivityIssueAnnotation", "unknown_connectivity_issue", "caller_id")])
        {
            (await ListAsync(house, "ListCallSummaries", [], ("ProcessingState", "all"), (name, fits))).Should().ContainSingle(name);
            (await ListAsync(house, "ListCallSummaries", [], ("ProcessingState", "all"), (name, fitsNot))).Should().BeEmpty(name);
        }
        foreach (var (name, wrong) in ((string, string)[])[("CallScore", "6"), ("CallScore", "0"), ("QualityIssues", "hum")])
        {
            (await house.AskAtAsync("insights_v1/UpdateAnnotation", at, (name, wrong))).Should().BeOfType<Answer.Refusal>();
        }
        (await house.AskAtAsync("insights_v1/UpdateAnnotation", new() { ["CallSid"] = "CA00000000000000000000000000000000" }))
            .Should().BeOfType<Answer.Refusal>();
    }

    /// <summary>The first is in from 0 to 40 s, the second from 10 to 30; the first is muted and unmuted at 15.</summary>
    private static async Task<(string Sid, string First, string Second)> MeetAsync(VoiceHouse house)
    {
        house.Twiml("/voice", "<Dial><Conference waitUrl='' record='record-from-start'>room</Conference></Dial>");
        var first = await house.DialAsync(Says("hello"), Waits(60));
        await house.AdvanceAsync(10);
        var second = (
            await house.World.Loop.RunAsync(() => house.Phones.Dial(Friend, Number, [Says("good morning"), Waits(60)]), default))!;
        await house.AdvanceAsync(5);
        var sid = await SidAsync(house);
        foreach (var muted in (string[])["true", "false"])
        {
            await house.AskAtAsync("UpdateParticipant", new() { ["ConferenceSid"] = sid, ["CallSid"] = first }, ("Muted", muted));
        }
        await house.AdvanceAsync(15);
        await house.AskAsync("UpdateCall", second, ("Status", "completed"));
        await house.AdvanceAsync(10);
        await house.AskAsync("UpdateCall", first, ("Status", "completed"));
        await house.AdvanceAsync(5);
        return (sid, first, second);
    }

    private static Task<string> SidAsync(VoiceHouse house) =>
        house.World.Loop.RunAsync(() => house.World.Store.Table(Conference.Table, Account).NewestFirst().First().Sid, default);

    private static Dictionary<string, string> At(string sid) => new() { ["ConferenceSid"] = sid };

    private static async Task<JsonElement> SummaryAsync(VoiceHouse house, string sid) => Parse(
        ((Answer.Resource)await house.AskAtAsync("insights_v1/FetchConference", At(sid))).Face,
        "conference_sid", "friendly_name", "create_time", "start_time", "end_time", "duration_seconds", "connect_duration_seconds",
        "status", "max_participants", "max_concurrent_participants",
        "unique_participants", "end_reason", "ended_by", "mixer_region", "recording_enabled", "detected_issues", "tags", "tag_info",
        "processing_state", "url", "links");

    private static async Task<List<JsonElement>> ListAsync(
        VoiceHouse house, string operation, Dictionary<string, string> at, params (string, string)[] query) =>
        [.. ((Answer.List)await house.AskAtAsync($"insights_v1/{operation}", at, query)).Walk(null).Select(i => Parse(
            i.Face, "participant_sid", "call_sid", "call_direction", "from", "to", "call_status", "country_code", "is_moderator",
            "join_time", "leave_time", "duration_seconds", "is_coach", "call_type", "jitter_buffer_size", "events"))];

    private static IEnumerable<string?> Texts(JsonElement face, params string[] properties) =>
        properties.Select(p => face.GetProperty(p).GetString());

    private static IEnumerable<int> Numbers(JsonElement face, params string[] properties) =>
        properties.Select(p => face.GetProperty(p).GetInt32());

    private static JsonElement Parse(IFace face, params string[] properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var to = new FaceWriter(json, usesRfc2822: false, "http://emulator/insights");
            json.WriteStartObject();
            foreach (var property in properties)
            {
                json.WritePropertyName(property);
                face.WriteProperty(property, to);
            }
            json.WriteEndObject();
        }
        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray())).RootElement;
    }
}
