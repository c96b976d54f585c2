using System.Text;
using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Insights;

/// <summary>Source: twilio.com/docs/voice/voice-insights/api/call (summary, summaries, events, metrics).</summary>
public sealed class InsightsTests
{
    [Fact]
    public async Task A_call_is_summed_up_while_it_goes_on_and_for_good_half_an_hour_after_its_end()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>hello</Say><Pause length='60'/>");
        house.Behave(Phone, new() { After = TimeSpan.FromSeconds(3), Script = [Waits(10), HangsUp] });
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(5);
        (await house.AskAtAsync("insights_v1/FetchSummary", At(sid))).Should().BeOfType<Answer.Refusal>();
        (await SummaryAsync(house, sid, ("ProcessingState", "partial")))
            .Should().ContainAll("\"call_state\":\"answered\"", "\"processing_state\":\"partial\"", "\"end_time\":null");
        await house.AdvanceAsync(60);
        var partial = await SummaryAsync(house, sid, ("ProcessingState", "partial"));
        partial.Should().ContainAll(
            "\"call_type\":\"carrier\"", "\"call_state\":\"completed\"", "\"connect_duration\":10", "\"answered_by\":\"unknown\"",
            "\"direction\":\"outbound-api\"", "\"disconnected_by\":\"callee\"",
            "\"last_sip_response_num\":200", "\"caller\":\"+14155550100\"", "\"country_code\":\"US\"", "\"conference_participant\":false",
            "\"sip_edge\":null", "\"trust\":null");
        partial.Should().MatchRegex("\"duration\":1[34],");
        await house.AdvanceAsync(1800);
        (await SummaryAsync(house, sid)).Should().Contain("\"processing_state\":\"complete\"");
    }

    [Theory]
    [InlineData(PickUp.Busy, "busy", 486)]
    [InlineData(PickUp.Rejects, "noanswer", 603)]
    [InlineData(PickUp.Unreachable, "fail", 404)]
    public async Task What_was_not_answered_has_its_state_and_the_answer_that_told_it(PickUp pickUp, string state, int status)
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { PickUp = pickUp });
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(90);
        (await SummaryAsync(house, sid, ("ProcessingState", "partial")))
            .Should().ContainAll($"\"call_state\":\"{state}\"", "\"connect_duration\":0", $"\"last_sip_response_num\":{status}");
    }

    [Fact]
    public async Task A_call_that_never_went_out_was_answered_by_nobody()
    {
        await using var house = await BuildAsync();
        await house.CreateAsync();
        var second = await house.CreateAsync();
        await house.AskAsync("UpdateCall", second, ("Status", "canceled"));
        await house.AdvanceAsync(5);
        (await SummaryAsync(house, second, ("ProcessingState", "partial")))
            .Should().Contain("\"call_state\":\"canceled\"").And.NotContain("last_sip_response_num");
    }

    [Theory]
    [InlineData("TN-Validation-Passed-A", "true")]
    [InlineData("TN-Validation-Passed-C", "false")]
    [InlineData("TN-Validation-Failed", "false")]
    public async Task A_signed_caller_is_verified_by_the_highest_attestation_alone(string verstat, string verified)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>hello</Say>");
        var sid = (await house.World.Loop.RunAsync(
            () => house.Phones.Dial(Phone, Number, [], null, new CarrierMarks(StirVerstat: verstat)), default))!;
        await house.AdvanceAsync(30);
        (await SummaryAsync(house, sid, ("ProcessingState", "partial")))
            .Should().Contain($"\"trust\":{{\"verified_caller\":{{\"verified\":{verified}}}}}");
    }

    [Fact]
    public async Task Summaries_are_narrowed_by_time_state_direction_and_processing()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>hello</Say>");
        var inbound = await house.DialAsync();
        await house.AdvanceAsync(60);
        house.Behave(Friend, new() { PickUp = PickUp.Busy });
        var busy = await house.CreateAsync(("To", Friend));
        await house.AdvanceAsync(60);
        (await ListAsync(house)).Should().BeEmpty("none is complete yet");
        (await ListAsync(house, ("ProcessingState", "all"))).Should().Equal(busy, inbound);
        (await ListAsync(house, ("ProcessingState", "all"), ("SortBy", "end_time"))).Should().Equal(busy, inbound);
        await house.AdvanceAsync(1800);
        (await ListAsync(house, ("CallState", "busy"))).Should().Equal(busy);
        (await ListAsync(house, ("Direction", "inbound"))).Should().Equal(inbound);
        (await ListAsync(house, ("From", Phone))).Should().Equal(inbound);
        (await ListAsync(house, ("CallType", "sip"))).Should().BeEmpty();
        (await ListAsync(house, ("SpamAnnotation", "true"))).Should().BeEmpty();
        (await ListAsync(house, ("StartTime", "10m"))).Should().BeEmpty();
        (await ListAsync(house, ("StartTime", "2026-01-05T09:01:00Z"), ("EndTime", "2026-01-05T09:02:00Z"))).Should().Equal(busy);
        await house.AdvanceAsync(4 * 3600);
        (await ListAsync(house)).Should().BeEmpty("the last four hours are told unless asked");
        (await ListAsync(house, ("StartTime", "1d"))).Should().Equal(busy, inbound);
        (await house.AskAtAsync("insights_v1/ListCallSummaries", [], ("StartTime", "yesterday"))).Should().BeOfType<Answer.Refusal>();
    }

    [Fact]
    public async Task Its_events_are_the_statuses_it_had()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>hello</Say>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(30);
        var events = await FacesAsync(
            await house.AskAtAsync("insights_v1/ListEvent", At(sid)), "timestamp", "name", "group", "level", "edge");
        events.Select(e => e.GetProperty("name").GetString()).Should().Equal("queued", "initiated", "ringing", "in-progress", "completed");
        events.Should().AllSatisfy(
            e => (e.GetProperty("group").GetString(), e.GetProperty("level").GetString(), e.GetProperty("edge").GetString())
                .Should().Be(("call", "INFO", "carrier_edge")));
        (await FacesAsync(await house.AskAtAsync("insights_v1/ListEvent", At(sid), ("Edge", "sip_edge")), "name")).Should().BeEmpty();
    }

    [Fact]
    public async Task Metrics_are_none_and_the_journal_says_why()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>hello</Say>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(30);
        (await FacesAsync(await house.AskAtAsync("insights_v1/ListMetric", At(sid)), "edge")).Should().BeEmpty();
        (await house.EntriesAsync(e => e.Kind == "warning" && e.Subject == sid)).Should().ContainSingle();
        foreach (var operation in (string[])["FetchSummary", "ListEvent", "ListMetric"])
        {
            (await house.AskAtAsync($"insights_v1/{operation}", At("CA00000000000000000000000000000000"), ("ProcessingState", "partial")))
                .Should().BeOfType<Answer.Refusal>();
        }
    }

    private static Dictionary<string, string> At(string sid) => new() { ["CallSid"] = sid };

    private static async Task<string> SummaryAsync(VoiceHouse house, string sid, params (string, string)[] query) => Written(
        ((Answer.Resource)await house.AskAtAsync("insights_v1/FetchSummary", At(sid), query)).Face,
        "call_type", "call_state", "answered_by", "processing_state", "created_time", "start_time", "end_time", "duration",
        "connect_duration", "from", "to", "carrier_edge", "sip_edge", "tags", "properties", "attributes", "trust", "url");

    private static async Task<List<string>> ListAsync(VoiceHouse house, params (string, string)[] query) =>
        [.. (await FacesAsync(await house.AskAtAsync("insights_v1/ListCallSummaries", [], query), "call_sid"))
            .Select(s => s.GetProperty("call_sid").GetString()!)];

    private static Task<List<JsonElement>> FacesAsync(Answer answer, params string[] properties) =>
        Task.FromResult(((Answer.List)answer).Walk(null).Select(i => JsonDocument.Parse(Written(i.Face, properties)).RootElement).ToList());

    private static string Written(IFace face, params string[] properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
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
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
