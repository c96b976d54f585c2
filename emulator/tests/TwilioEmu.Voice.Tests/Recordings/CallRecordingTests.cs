using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Tests.Verbs;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Recordings;

public sealed class CallRecordingTests
{
    private static readonly (ToneKind Kind, double Hertz) Caller = (ToneKind.FaxAnswering, 2100);
    private static readonly (ToneKind Kind, double Hertz) Callee = (ToneKind.MachineBeep, 1000);

    [Fact]
    public async Task Each_party_of_a_bridge_is_in_its_own_channel()
    {
        await using var house = await BuildAsync();
        await TalkAsync(house, "record-from-answer-dual");
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        (recording.Source, recording.Channels).Should().Be((RecordingSource.DialVerb, 2));
        var (left, right) = await ChannelsAsync(house, recording);
        // The caller sounds for a second from 1 s after the answer on, the callee a second later.
        Loudest(left, 1.5).Should().Be(Caller.Hertz);
        Loudest(right, 1.5).Should().Be(0);
        Loudest(left, 2.2).Should().Be(0);
        Loudest(right, 2.2).Should().Be(Callee.Hertz);
    }

    [Fact]
    public async Task In_one_channel_both_are_heard()
    {
        await using var house = await BuildAsync();
        await TalkAsync(house, "record-from-answer");
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        recording.Channels.Should().Be(1);
        var (mono, _) = await ChannelsAsync(house, recording);
        (Loudest(mono, 1.5), Loudest(mono, 2.2)).Should().Be((Caller.Hertz, Callee.Hertz));
    }

    [Theory]
    [InlineData("inbound", 2100, 0)]
    [InlineData("outbound", 0, 1000)]
    public async Task One_track_alone_has_one_party(string track, double first, double second)
    {
        await using var house = await BuildAsync();
        await TalkAsync(house, "record-from-answer-dual", $"recordingTrack='{track}'");
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        recording.Channels.Should().Be(1);
        var (mono, _) = await ChannelsAsync(house, recording);
        (Loudest(mono, 1.5), Loudest(mono, 2.2)).Should().Be((first, second));
    }

    [Fact]
    public async Task From_ringing_on_the_ringback_is_in_it()
    {
        await using var house = await BuildAsync();
        await TalkAsync(house, "record-from-ringing");
        (await RecordTests.RecordingsAsync(house)).Single().Length!.Value.TotalSeconds.Should().BeApproximately(1.2 + 4, 0.001);
        house.Asked("/after", "RecordingDuration", "DialCallStatus").Should().ContainSingle().Which.Should().EndWith("6 completed");
    }

    [Fact]
    public async Task The_same_world_gives_the_same_bytes()
    {
        var files = new List<byte[]>();
        for (var i = 0; i < 2; i++)
        {
            await using var house = await BuildAsync();
            await TalkAsync(house, "record-from-ringing-dual");
            files.Add(await FileAsync(house, (await RecordTests.RecordingsAsync(house)).Single()));
        }
        files[0].Should().Equal(files[1]);
    }

    [Fact]
    public async Task A_call_made_with_Record_is_recorded_from_its_answer_and_told_at_its_end()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new HandsetBehaviour { After = TimeSpan.FromSeconds(1), Script = [Waits(3), HangsUp] });
        house.Twiml("/voice", "<Say>good morning to you</Say><Pause length='60'/>");
        await house.CreateAsync(
            ("Record", "true"), ("Trim", "do-not-trim"), ("RecordingStatusCallback", "http://app/recorded"),
            ("StatusCallback", "http://app/status"));
        await house.AdvanceAsync(60);
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        (recording.Source, recording.Seconds).Should().Be((RecordingSource.OutboundApi, 3));
        house.Asked("/status", "CallStatus", "RecordingSid", "RecordingDuration").Should().Equal($"4.2 completed {recording.Sid} 3");
        house.Asked("/recorded", "RecordingStatus", "RecordingSource").Should().Equal("5.2 completed OutboundAPI");
    }

    [Fact]
    public async Task Start_records_both_channels_beside_the_call_until_stopped()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            "<Start><Recording name='mine' trim='do-not-trim' recordingStatusCallback='http://app/recorded'/></Start><Say>hello</Say>"
                + "<Pause length='2'/><Stop><Recording name='mine'/></Stop><Pause length='5'/>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        (recording.Channels, recording.Source).Should().Be((2, RecordingSource.StartCallRecordingTwiml));
        recording.Length!.Value.Should().Be(TimeSpan.FromSeconds(2) + Media.Prompts.SpeechPace.DurationOf("hello"));
        house.Asked("/recorded", "RecordingSource").Should().ContainSingle().Which.Should().EndWith("StartCallRecordingTwiML");
    }

    [Theory]
    [InlineData("skip", 4)]
    [InlineData("silence", 9)]
    public async Task A_pause_is_left_out_or_kept_as_silence(string behaviour, double seconds)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='1'/><Say>hello</Say><Pause length='60'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(2);
        var started = Face(await house.AskAtAsync("CreateCallRecording", new() { ["CallSid"] = sid }));
        started.Status.Should().Be(RecordingStatus.InProgress);
        await house.AdvanceAsync(3);
        Face(await UpdateAsync(house, sid, "Twilio.CURRENT", ("Status", "paused"), ("PauseBehavior", behaviour))).Status
            .Should().Be(RecordingStatus.Paused);
        await house.AdvanceAsync(5);
        Face(await UpdateAsync(house, sid, started.Sid, ("Status", "in-progress"))).Status.Should().Be(RecordingStatus.InProgress);
        await house.AdvanceAsync(1);
        Face(await UpdateAsync(house, sid, started.Sid, ("Status", "stopped"))).Status.Should().Be(RecordingStatus.Stopped);
        await house.AdvanceAsync(2);
        (await RecordTests.RecordingsAsync(house)).Single().Length.Should().Be(TimeSpan.FromSeconds(seconds));
        (await UpdateAsync(house, sid, started.Sid, ("Status", "paused")))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(16114);
    }

    [Fact]
    public async Task A_call_that_is_not_under_way_cannot_be_recorded()
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync();
        (await house.AskAtAsync("CreateCallRecording", new() { ["CallSid"] = sid }))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(21220);
        (await house.AskAtAsync("CreateCallRecording", new() { ["CallSid"] = "CA00000000000000000000000000000000" }))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Status.Should().Be(404);
    }

    [Fact]
    public async Task Of_several_that_go_on_none_is_the_current_one()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Start><Recording/></Start><Pause length='60'/>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(2);
        await house.AskAtAsync("CreateCallRecording", new() { ["CallSid"] = sid });
        (await UpdateAsync(house, sid, "Twilio.CURRENT", ("Status", "stopped")))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(16108);
    }

    [Fact]
    public async Task A_recording_of_one_channel_has_no_form_with_two()
    {
        await using var house = await BuildAsync();
        await TalkAsync(house, "record-from-answer");
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        (await house.AskAtAsync("FetchRecording", new() { ["Sid"] = recording.Sid }, ".wav", ("RequestedChannels", "2")))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(16113);
        (await house.AskAtAsync("FetchRecording", new() { ["Sid"] = recording.Sid }, ".wav", ("RequestedChannels", "1")))
            .Should().BeOfType<Answer.File>();
    }

    [Fact]
    public async Task A_deleted_recording_is_gone_but_for_what_is_known_of_it()
    {
        await using var house = await BuildAsync();
        await TalkAsync(house, "record-from-answer");
        var sid = (await RecordTests.RecordingsAsync(house)).Single().Sid;
        (await house.AskAtAsync("DeleteRecording", new() { ["Sid"] = sid })).Should().BeOfType<Answer.NoContent>();
        (await house.AskAtAsync("FetchRecording", new() { ["Sid"] = sid }))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Status.Should().Be(404);
        var left = (await RecordTests.RecordingsAsync(house)).Single();
        (left.Status, left.Sound.Length, left.Seconds).Should().Be((RecordingStatus.Deleted, 0, 4));
    }

    /// <summary>
    /// The caller sounds at 1 s after the bridge began, for a second; the callee at 2 s, for half of one; at 4 s they part.
    /// </summary>
    private static async Task TalkAsync(VoiceHouse house, string record, string more = "")
    {
        house.Behave(Friend, new HandsetBehaviour { After = TimeSpan.FromSeconds(1), Script = [Waits(4), HangsUp] });
        house.Twiml("/voice", $"<Dial action='/after' record='{record}' {more}>{Friend}</Dial>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(2.2);
        await house.Do(() => Sound(house, Phone, Caller.Kind, 1));
        await house.AdvanceAsync(1);
        await house.Do(() => Sound(house, Friend, Callee.Kind, 0.5));
        await house.AdvanceAsync(30);
    }

    private static void Sound(VoiceHouse house, string phone, ToneKind tone, double seconds) =>
        house.Phones.LegsAt(phone).Single().FromParty.Put(
            new Cue(house.World.Clock.GetUtcNow(), Lanes.Main, new Source.Tone(new ToneName(tone), TimeSpan.FromSeconds(seconds))));

    private static async Task<byte[]> FileAsync(VoiceHouse house, Recording recording)
    {
        var file = (await house.AskAtAsync("FetchRecording", new() { ["Sid"] = recording.Sid }, ".wav"))
            .Should().BeOfType<Answer.File>().Subject;
        file.ContentType.Should().Be("audio/x-wav");
        return (await file.MakeAsync(default)).Bytes.ToArray();
    }

    private static async Task<(short[] Left, short[] Right)> ChannelsAsync(VoiceHouse house, Recording recording)
    {
        var file = await FileAsync(house, recording);
        WavHeader.TryRead(file, out var header).Should().BeTrue();
        header!.ChannelCount.Should().Be(recording.Channels);
        var samples = new short[header.DataByteCount / 2];
        Buffer.BlockCopy(file, header.DataOffset, samples, 0, samples.Length * 2);
        return ([.. samples.Where((_, i) => i % header.ChannelCount == 0)],
            [.. samples.Where((_, i) => i % header.ChannelCount == header.ChannelCount - 1)]);
    }

    /// <summary>Which of the two tones sounds at a second of the recording; 0 for neither.</summary>
    private static double Loudest(short[] pcm, double at)
    {
        var piece = pcm.AsSpan((int)(at * Grid.SampleRate), 1600).ToArray();
        return new[] { Caller.Hertz, Callee.Hertz }.Where(f => Goertzel.Share(piece, f) > 0.2).Aggregate(0d, (sum, f) => sum + f);
    }

    private static Task<Answer> UpdateAsync(VoiceHouse house, string call, string recording, params (string, string)[] form) =>
        house.AskAtAsync("UpdateCallRecording", new() { ["CallSid"] = call, ["Sid"] = recording }, form);

    private static Recording Face(Answer answer) => (Recording)answer.Should().BeOfType<Answer.Resource>().Which.Face;
}
