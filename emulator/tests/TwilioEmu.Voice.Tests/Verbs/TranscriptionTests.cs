using System.Text.Json;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Transcribing;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs;

/// <summary>twilio.com/docs/voice/twiml/transcription, twilio.com/docs/voice/api/realtime-transcription-resource.</summary>
public sealed class TranscriptionTests
{
    private const string Callback = "statusCallbackUrl='http://app/told'";

    [Fact]
    public async Task Both_sides_are_told_sentence_by_sentence_from_its_start_to_the_end_of_the_call()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            $"<Start><Transcription {Callback} name='mine' inboundTrackLabel='caller' outboundTrackLabel='bot'/></Start><Say>How can I "
                + "help?</Say><Pause length='5'/>");
        var sid = await house.DialAsync(Hears("How can I help"), Says("I want a refund."), Waits(60));
        await house.AdvanceAsync(60);
        Told(house, "TranscriptionEvent", "Track", "SequenceId").Should().Equal(
            "transcription-started both_tracks 1", "transcription-content outbound_track 2", "transcription-content inbound_track 3",
            "transcription-stopped - 4");
        Transcripts(house).Should().Equal("How can I help?", "I want a refund.");
        var started = house.Requests.First(r => r.Path == "/told").Parameters;
        started.Keys.Should().Equal(
            "AccountSid", "CallSid", "TranscriptionSid", "Timestamp", "SequenceId", "TranscriptionEvent", "ProviderConfiguration",
            "TranscriptionEngine", "Name", "Track",
            "InboundTrackLabel", "OutboundTrackLabel", "PartialResults", "LanguageCode");
        (started["CallSid"], started["Name"], started["TranscriptionEngine"], started["LanguageCode"], started["PartialResults"],
            started["InboundTrackLabel"]).Should()
            .Be((sid, "mine", "google", "en-US", "false", "caller"));
        started["TranscriptionSid"].Should().StartWith("GT");
        started["ProviderConfiguration"]
            .Should().Be("""{"profanityFilter":"true","speechModel":"telephony","enableAutomaticPunctuation":"true"}""");
        var content = house.Requests.Where(r => r.Path == "/told").ElementAt(1).Parameters;
        content.Keys
            .Should().Equal("AccountSid", "CallSid", "TranscriptionSid", "Timestamp", "SequenceId", "TranscriptionEvent", "LanguageCode",
                "Track", "TranscriptionData", "Final");
        content["TranscriptionData"].Should().Be("""{"transcript":"How can I help?","confidence":0.95}""");
        content["Timestamp"].Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
    }

    [Theory]
    [InlineData("track='inbound_track'", "I want a refund.")]
    [InlineData("track='outbound_track'", "How can I help?")]
    [InlineData("track='inbound_track' enableAutomaticPunctuation='false'", "I want a refund")]
    public async Task One_side_alone_and_without_punctuation(string attributes, string words)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Start><Transcription {Callback} {attributes}/></Start><Say>How can I help?</Say><Pause length='5'/>");
        await house.DialAsync(Hears("How can I help"), Says("I want a refund."), Waits(60));
        await house.AdvanceAsync(60);
        Transcripts(house).Should().Equal(words);
    }

    [Theory]
    [InlineData("true", "s*** happens")]
    [InlineData("false", "shit happens")]
    public async Task Swear_words_are_masked_unless_told(string filter, string words)
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice", $"<Start><Transcription {Callback} track='inbound_track' profanityFilter='{filter}'/></Start><Pause length='9'/>");
        await house.DialAsync(Says("shit happens"), Waits(60));
        await house.AdvanceAsync(60);
        Transcripts(house).Should().Equal(words);
    }

    [Fact]
    public async Task Partial_results_come_each_second_and_the_final_one_holds_all()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            $"<Start><Transcription {Callback} track='inbound_track' partialResults='true' transcriptionEngine='deepgram' "
                + "enableProviderData='true'/></Start><Pause length='20'/>");
        await house.DialAsync(Says("one two three four five six seven eight nine ten eleven twelve"), Waits(60));
        await house.AdvanceAsync(60);
        var contents = house.Requests.Where(r => r.Path == "/told" && r.Parameters["TranscriptionEvent"] == "transcription-content")
            .Select(r => r.Parameters).ToList();
        contents.Count(c => c["Final"] == "false").Should().BeGreaterThan(1);
        contents.Where(c => c["Final"] == "false")
            .Should().OnlyContain(c => c["Stability"] == "0.9" && !c["TranscriptionData"].Contains("confidence"));
        contents[^1]["Final"].Should().Be("true");
        contents[^1].Should().ContainKey("TranscriptionProviderData").And.NotContainKey("Stability");
        Transcripts(house)[^1].Should().Be("one two three four five six seven eight nine ten eleven twelve");
    }

    [Fact]
    public async Task Stop_ends_it_by_its_name_and_what_is_said_later_is_not_told()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            $"<Start><Transcription {Callback} name='a'/></Start><Say>First</Say><Stop><Transcription name='a'/></Stop><Say>Second</Say>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        Transcripts(house).Should().Equal("First");
        Told(house, "TranscriptionEvent").Should().Equal("transcription-started", "transcription-content", "transcription-stopped");
    }

    [Fact]
    public async Task A_bridged_party_is_on_the_outbound_track()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { After = TimeSpan.FromSeconds(1), Script = [Says("pizza palace"), Waits(3), HangsUp] });
        house.Twiml("/voice", $"<Start><Transcription {Callback}/></Start><Dial>{Friend}</Dial>");
        await house.DialAsync(Hears("pizza palace"), Says("one please"), Waits(9));
        await house.AdvanceAsync(60);
        Told(house, "Track", "TranscriptionEvent").Where(t => t.EndsWith("content"))
            .Should().Equal("outbound_track transcription-content", "inbound_track transcription-content");
        Transcripts(house).Should().Equal("pizza palace", "one please");
    }

    [Theory]
    [InlineData("transcriptionEngine='whisper'", "32650")]
    [InlineData("track='left'", "32650")]
    public async Task What_cannot_begin_is_told_as_an_error(string attribute, string code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Start><Transcription {Callback} {attribute}/></Start><Say>On we go</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        Told(house, "TranscriptionEvent", "TranscriptionErrorCode").Should().Equal($"transcription-error {code}");
        (await house.AlertsAsync()).Should().Equal(code);
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard On we go"));
    }

    [Fact]
    public async Task A_relative_callback_tells_nobody_and_settings_of_engines_are_warned_of()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            "<Start><Transcription statusCallbackUrl='/told'><Config name='diarize' "
                + "value='true'/></Transcription></Start><Say>Hello</Say>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        house.Asked("/told").Should().BeEmpty();
        (await house.AlertsAsync()).Should().BeEquivalentTo("11200", "32652");
    }

    [Fact]
    public async Task REST_begins_and_ends_one()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>First</Say><Pause length='30'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(2);
        var path = new Dictionary<string, string> { ["CallSid"] = sid };
        var made = (RealtimeTranscription)((Answer.Resource)await house.AskAtAsync(
            "CreateRealtimeTranscription", path, ("Name", "mine"), ("StatusCallbackUrl", "http://app/told"),
            ("Track", "inbound_track"))).Face;
        (made.CallSid, made.Name, made.IsStopped).Should().Be((sid, "mine", false));
        var again = await house.AskAtAsync("CreateRealtimeTranscription", path, ("Name", "mine"));
        again.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(32650);
        var bad = await house.AskAtAsync(
            "UpdateRealtimeTranscription", new() { ["CallSid"] = sid, ["Sid"] = made.Sid }, ("Status", "paused"));
        bad.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(20001);
        var stopped = (RealtimeTranscription)(
            (Answer.Resource)await house.AskAtAsync(
                "UpdateRealtimeTranscription", new() { ["CallSid"] = sid, ["Sid"] = "mine" }, ("Status", "stopped"))).Face;
        stopped.IsStopped.Should().BeTrue();
        await house.AdvanceAsync(2);
        Told(house, "TranscriptionEvent").Should().Equal("transcription-started", "transcription-stopped");
    }

    [Theory]
    [InlineData("Track", "left", 20001)]
    [InlineData("TranscriptionEngine", "whisper", 20001)]
    [InlineData("PartialResults", "maybe", 20001)]
    [InlineData("StatusCallbackMethod", "PUT", 21209)]
    [InlineData("StatusCallbackUrl", "told", 21609)]
    public async Task REST_refuses_bad_values(string name, string value, int code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='30'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(2);
        var answer = await house.AskAtAsync("CreateRealtimeTranscription", new() { ["CallSid"] = sid }, (name, value));
        answer.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
    }

    [Fact]
    public async Task A_call_that_is_over_cannot_be_transcribed()
    {
        await using var house = await BuildAsync();
        var sid = await house.DialAsync(HangsUp);
        await house.AdvanceAsync(10);
        (await house.AskAtAsync("CreateRealtimeTranscription", new() { ["CallSid"] = sid }))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(21220);
    }

    private static List<string> Told(VoiceHouse house, params string[] parameters) =>
        [.. house.Asked("/told", parameters).Select(a => a[(a.IndexOf(' ') + 1)..])];

    private static List<string> Transcripts(VoiceHouse house) =>
    [
        .. house.Requests.Where(r => r.Path == "/told" && r.Parameters["TranscriptionEvent"] == "transcription-content")
            .Select(r => JsonDocument.Parse(r.Parameters["TranscriptionData"]).RootElement.GetProperty("transcript").GetString()!),
    ];
}
