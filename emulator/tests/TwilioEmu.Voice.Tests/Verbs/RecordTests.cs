using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Recordings;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs;

public sealed class RecordTests
{
    [Fact]
    public async Task A_silence_ends_it_and_the_action_is_told()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Record action='/recorded' timeout='3'/>");
        await house.DialAsync(Waits(1), Says("please call me back"), Waits(60));
        await house.AdvanceAsync(60);
        var asked = house.Requests.Single(r => r.Path == "/recorded");
        // Beep 0.4 s, words from 1.0 s on, then three seconds of silence.
        var words = Media.Prompts.SpeechPace.DurationOf("please call me back").TotalSeconds;
        asked.At.Should().BeApproximately(1 + words + 3, 0.001);
        asked.Parameters["Digits"].Should().BeEmpty();
        asked.Parameters["RecordingDuration"].Should().Be(Math.Ceiling(0.6 + words + 3).ToString());
        var recording = (await RecordingsAsync(house)).Single();
        asked.Parameters["RecordingSid"].Should().Be(recording.Sid);
        asked.Parameters["RecordingUrl"].Should().EndWith($"/Recordings/{recording.Sid}");
        (recording.Source, recording.Channels, recording.Track, recording.Status)
            .Should().Be((RecordingSource.RecordVerb, 1, "inbound", RecordingStatus.Completed));
        // Trimmed to the words.
        recording.Length!.Value.TotalSeconds.Should().BeApproximately(words, 0.001);
    }

    /// <summary>Who waits for the beep hears it out: no word is lost to it.</summary>
    [Fact]
    public async Task Who_speaks_at_the_beep_is_recorded_from_the_first_word_on()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>After the beep</Say><Record timeout='2' transcribe='true' transcribeCallback='/transcribed'/>");
        await house.DialAsync(Hears("beep"), Hears("beep"), Says("This is Bob, please call me back tomorrow morning"), Waits(60));
        await house.AdvanceAsync(120);
        house.Requests.Single(r => r.Path == "/transcribed").Parameters["TranscriptionText"]
            .Should().Be("This is Bob, please call me back tomorrow morning");
    }

    [Theory]
    [InlineData("", "5", "5")]
    [InlineData("finishOnKey='#'", "7#", "#")]
    [InlineData("finishOnKey='*' timeout='2'", "1#", "")]
    [InlineData("finishOnKey='' timeout='2'", "1#", "")]
    public async Task A_finishing_key_ends_it(string attributes, string pressed, string digits)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Record action='/recorded' {attributes}/>");
        await house.DialAsync(Waits(1), Says("hello"), Presses(pressed), Waits(60));
        await house.AdvanceAsync(90);
        house.Requests.Single(r => r.Path == "/recorded").Parameters["Digits"].Should().Be(digits);
    }

    [Fact]
    public async Task The_longest_length_ends_it_in_mid_sentence()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Record action='/recorded' maxLength='2' playBeep='false'/>");
        await house.DialAsync(Says("one two three four five six seven eight nine ten eleven twelve"), Waits(60));
        await house.AdvanceAsync(60);
        house.Asked("/recorded", "RecordingDuration", "Digits").Should().Equal("2.0 2 ");
    }

    [Fact]
    public async Task A_hang_up_ends_it_and_the_action_is_asked_all_the_same()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Record action='/recorded'/>");
        await house.DialAsync(Waits(1), Says("goodbye then"), HangsUp);
        await house.AdvanceAsync(60);
        var asked = house.Requests.Single(r => r.Path == "/recorded");
        (asked.Parameters["Digits"], asked.Parameters["CallStatus"]).Should().Be(("hangup", "completed"));
        (await RecordingsAsync(house)).Single().Status.Should().Be(RecordingStatus.Completed);
    }

    [Fact]
    public async Task Nothing_but_silence_leads_to_the_next_verb_and_leaves_no_sound()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Record action='/recorded' timeout='2'/><Say>nothing heard</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        house.Asked("/recorded").Should().BeEmpty();
        (await house.StoryAsync(sid)).Should().Contain("2.4 heard nothing heard");
        (await RecordingsAsync(house)).Single().Status.Should().Be(RecordingStatus.Absent);
        (await house.AlertsAsync()).Should().Equal("16102");
    }

    [Fact]
    public async Task Without_a_beep_none_is_heard()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Record playBeep='false' timeout='1'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().NotContain(s => s.Contains("beep"));
    }

    [Fact]
    public async Task The_callback_tells_each_event_that_was_asked_for()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            "<Record action='/recorded' timeout='1' recordingStatusCallback='/status' recordingStatusCallbackEvent='in-progress "
                + "completed'/>");
        await house.DialAsync(Waits(1), Says("hello there"), Waits(60));
        await house.AdvanceAsync(60);
        house.Asked("/status", "RecordingStatus", "RecordingSource", "RecordingChannels", "RecordingTrack", "RecordingDuration",
            "ErrorCode").Select(a => a[(a.IndexOf(' ') + 1)..])
            .Should().Equal("in-progress RecordVerb 1 inbound - 0", "completed RecordVerb 1 inbound 1 0");
        house.Requests.First(r => r.Path == "/status").Parameters.Keys.Should().Equal(
            "AccountSid", "CallSid", "RecordingSid", "RecordingUrl", "RecordingStatus", "RecordingChannels", "RecordingStartTime",
            "RecordingSource", "RecordingTrack", "ErrorCode");
    }

    [Fact]
    public async Task What_was_said_is_written_down_from_the_words()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Record action='/recorded' timeout='2' transcribe='true' transcribeCallback='/transcribed'/>");
        await house.DialAsync(Waits(1), Says("this is Ann please call me back about the blue bicycle"), Waits(60));
        await house.AdvanceAsync(60);
        var told = house.Requests.Single(r => r.Path == "/transcribed").Parameters;
        (told["TranscriptionStatus"], told["TranscriptionText"], told["From"]).Should()
            .Be(("completed", "this is Ann please call me back about the blue bicycle", Phone));
        told["TranscriptionUrl"].Should().Be($"{told["RecordingUrl"]}/Transcriptions/{told["TranscriptionSid"]}");
    }

    [Fact]
    public async Task What_is_too_short_is_not_written_down()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Record timeout='1' transcribe='true' transcribeCallback='/transcribed'/>");
        await house.DialAsync(Waits(1), Says("hi"), Waits(60));
        await house.AdvanceAsync(20);
        house.Requests.First(r => r.Path == "/transcribed").Parameters["TranscriptionStatus"].Should().Be("failed");
        (await house.AlertsAsync()).Should().Contain("13617");
    }

    [Theory]
    [InlineData("timeout='soon'", "13611")]
    [InlineData("maxLength='1'", "13612")]
    [InlineData("finishOnKey='A'", "13613")]
    [InlineData("transcribe='maybe'", "13614")]
    [InlineData("transcribe='true' maxLength='121'", "13615")]
    [InlineData("playBeep='loud'", "13616")]
    [InlineData("method='PUT'", "13610")]
    [InlineData("trim='all'", "13699")]
    [InlineData("recordingStatusCallback='/status' recordingStatusCallbackEvent='started'", "13621")]
    [InlineData("volume='11'", "12200")]
    public async Task A_bad_attribute_is_warned_of_and_the_default_is_used(string attributes, string code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Record action='/recorded' {attributes}/>");
        await house.DialAsync(Waits(1), Says("hello there my friend"), Presses("1"), Waits(60));
        await house.AdvanceAsync(60);
        (await house.AlertsAsync()).Should().Contain(code);
        house.Asked("/recorded").Should().ContainSingle();
    }

    internal static Task<List<Recording>> RecordingsAsync(VoiceHouse house) =>
        house.World.Loop.RunAsync(() => house.World.Store.Table(Recording.Table, Account).OldestFirst().ToList(), default);
}
