using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Tests.Verbs;
using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Conferences.ConferenceTests;

namespace TwilioEmu.Voice.Tests.Conferences;

/// <summary>A recorded conference holds each party's own tone, and nothing that is for one member alone.</summary>
public sealed class ConferenceRecordingTests
{
    private static readonly int[] Hertz = [400, 700, 1000, 1300, 1600];

    [Fact]
    public async Task All_five_are_in_it_from_the_beginning_to_the_end_of_the_conference()
    {
        await using var house = await RoomAsync(
            "waitUrl='/wait' beep='false' record='record-from-start' trim='do-not-trim' recordingStatusCallback='/recorded' "
                + "recordingStatusCallbackEvent='in-progress completed'");
        house.Twiml("/wait", "<Say>please wait for the others, they will be with you before long</Say>");
        var first = await DialAsync(house, "+14155550180", Waits(100));
        await house.AdvanceAsync(3);
        var calls = await EnterAsync(house, first);
        await house.AdvanceAsync(10);
        await EndAsync(house);
        var recording = (await RecordTests.RecordingsAsync(house)).Should().ContainSingle().Subject;
        (recording.Source, recording.Channels, recording.CallSid, recording.ConferenceSid is not null)
            .Should().Be((RecordingSource.Conference, 1, null, true));
        recording.Length.Should().Be(TimeSpan.FromSeconds(11), "it began when the second came in, 3 s after the first");
        InIt(await PcmAsync(house, recording), 5).Should().Equal(Hertz);
        house.Asked("/recorded", "RecordingStatus", "RecordingSource", "RecordingChannels", "CallSid")
            .Should().HaveCount(2).And.ContainMatch("3.0 in-progress Conference 1 -").And.ContainMatch("* completed Conference 1 -");
    }

    [Fact]
    public async Task Whom_a_coach_whispers_to_and_who_is_muted_or_held_are_as_the_room_hears_them()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false' record='record-from-start' trim='do-not-trim'");
        var calls = await EnterAsync(house, null);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[0]), ("Muted", "true"));
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[1]), ("Hold", "true"));
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[4]), ("CallSidToCoach", calls[2]));
        await house.AdvanceAsync(10);
        await EndAsync(house);
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        InIt(await PcmAsync(house, recording), 5)
            .Should().Equal([1000, 1300], "the muted, the held with its music, and the coach are not in the room");
    }

    [Fact]
    public async Task It_is_paused_and_resumed_by_rest_and_never_stopped_by_it()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false' record='record-from-start' trim='do-not-trim'");
        await EnterAsync(house, null);
        await house.AdvanceAsync(3);
        Dictionary<string, string> at = new()
        {
            ["ConferenceSid"] = await house.World.Loop.RunAsync(() => Record(house).Sid, default),
            ["Sid"] = "Twilio.CURRENT",
        };
        (await house.AskAtAsync("UpdateConferenceRecording", at, ("Status", "stopped"))).Should().BeOfType<Answer.Refusal>();
        (await house.AskAtAsync("UpdateConferenceRecording", at, ("Status", "paused"), ("PauseBehavior", "skip")))
            .Should().BeOfType<Answer.Resource>();
        await house.AdvanceAsync(5);
        (await house.AskAtAsync("UpdateConferenceRecording", at, ("Status", "in-progress"))).Should().BeOfType<Answer.Resource>();
        await house.AdvanceAsync(2);
        await EndAsync(house);
        (await RecordTests.RecordingsAsync(house)).Single().Length
            .Should().Be(TimeSpan.FromSeconds(6), "1 s, 3 s, and 2 s after the pause");
    }

    [Fact]
    public async Task A_conference_that_never_began_has_none()
    {
        await using var house = await RoomAsync("waitUrl='' record='record-from-start'");
        await DialAsync(house, Phone, Waits(3), HangsUp);
        await house.AdvanceAsync(30);
        (await RecordTests.RecordingsAsync(house)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_participant_that_rest_adds_has_conference_and_leg_recorded_as_it_says()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        await DialAsync(house, Phone, Waits(300));
        house.Behave(Friend, new() { After = TimeSpan.FromSeconds(1), Script = [Waits(10), HangsUp] });
        await house.AskAtAsync(
            "CreateParticipant", new() { ["ConferenceSid"] = "room" }, ("From", Number), ("To", Friend), ("Beep", "false"),
            ("Record", "true"), ("RecordingChannels", "dual"), ("Trim", "do-not-trim"),
            ("ConferenceRecord", "record-from-start"), ("ConferenceTrim", "do-not-trim"),
            ("ConferenceRecordingStatusCallback", "http://app/conference"), ("ConferenceRecordingStatusCallbackEvent", "in-progress"),
            ("ConferenceRecordingStatusCallbackEvent", "completed"), ("RecordingStatusCallback", "http://app/leg"));
        await house.AdvanceAsync(60);
        await EndAsync(house);
        var recordings = await RecordTests.RecordingsAsync(house);
        recordings.Select(r => (r.Source, r.Channels))
            .Should().BeEquivalentTo([(RecordingSource.Conference, 1), (RecordingSource.OutboundApi, 2)]);
        house.Asked("/conference", "RecordingStatus").Should().HaveCount(2);
        house.Asked("/leg", "RecordingStatus").Should().ContainSingle().Which.Should().EndWith("completed");
    }

    [Fact]
    public async Task A_dial_that_records_has_its_caller_in_one_channel_and_what_it_hears_in_the_other()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'", dial: "record='record-from-answer-dual' action='/after'");
        var calls = await EnterAsync(house, null);
        await house.AdvanceAsync(10);
        await EndAsync(house);
        var recording = (await RecordTests.RecordingsAsync(house)).Single(r => r.CallSid == calls[2]);
        (recording.Source, recording.Channels).Should().Be((RecordingSource.DialVerb, 2));
        var pcm = await PcmAsync(house, recording);
        InIt([.. pcm.Where((_, i) => i % 2 == 0)], 5).Should().Equal(1000);
        InIt([.. pcm.Where((_, i) => i % 2 == 1)], 5).Should().Equal(400, 700, 1300, 1600);
        house.Asked("/after", "RecordingSid").Should().Contain(r => r.EndsWith(recording.Sid));
    }

    [Fact]
    public async Task Asked_for_in_two_channels_it_has_the_first_member_in_one_and_all_others_in_the_other()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false' record='record-from-start' trim='do-not-trim'");
        await EnterAsync(house, null);
        await house.AdvanceAsync(10);
        await EndAsync(house);
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        recording.Channels.Should().Be(1);
        var pcm = await PcmAsync(house, recording, ("RequestedChannels", "2"));
        InIt([.. pcm.Where((_, i) => i % 2 == 0)], 5).Should().Equal(400);
        InIt([.. pcm.Where((_, i) => i % 2 == 1)], 5).Should().Equal(700, 1000, 1300, 1600);
    }

    [Fact]
    public async Task Its_end_is_told_in_the_old_way_where_nobody_is_told_in_the_new()
    {
        await using var house = await RoomAsync(
            "waitUrl='' beep='false' record='record-from-start' trim='do-not-trim' eventCallbackUrl='/event'");
        await EnterAsync(house, null);
        await house.AdvanceAsync(10);
        await EndAsync(house);
        var recording = (await RecordTests.RecordingsAsync(house)).Single();
        house.Asked("/event", "EventName", "Duration", "RecordingFileSize", "ConferenceSid")
            .Should().ContainSingle().Which.Should().EndWith($"conference-record-end 11 176044 {recording.ConferenceSid}");
        house.Requests.Single(r => r.Path == "/event").Parameters["RecordingUrl"].Should().EndWith(recording.Sid);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes()
    {
        List<short[]> files = [];
        for (var i = 0; i < 2; i++)
        {
            await using var house = await RoomAsync("waitUrl='' record='record-from-start' trim='do-not-trim'");
            await EnterAsync(house, null);
            await house.AdvanceAsync(5);
            await EndAsync(house);
            files.Add(await PcmAsync(house, (await RecordTests.RecordingsAsync(house)).Single()));
        }
        files[0].Should().Equal(files[1]).And.Contain(s => s != 0);
    }

    /// <summary>Five calls in the room, each with its tone for a minute from a second later on; the first may be there already.</summary>
    private static async Task<List<string>> EnterAsync(VoiceHouse house, string? first)
    {
        List<string> calls = first is null ? [] : [first];
        for (var i = calls.Count; i < Hertz.Length; i++) calls.Add(await DialAsync(house, $"+1415555018{i}", Waits(300)));
        await house.AdvanceAsync(1);
        await house.Do(() =>
        {
            for (var i = 0; i < Hertz.Length; i++)
            {
                short[] pcm = [
                    .. Enumerable.Range(0, 60 * Grid.SampleRate)
                        .Select(n => (short)(4000 * Math.Sin(2 * Math.PI * Hertz[i] * n / Grid.SampleRate)))];
                var clip = new Source.Clip(house.Phones.Exchange.Studio.Clips.Put(pcm), $"{Hertz[i]} Hz", TimeSpan.FromSeconds(60));
                house.Voice.Services.Book.FindLive(calls[i])!.Media.FromParty.Put(new Cue(house.World.Clock.GetUtcNow(), Lanes.Main, clip));
            }
        });
        return calls;
    }

    private static async Task EndAsync(VoiceHouse house)
    {
        await house.AskAtAsync(
            "UpdateConference", new() { ["Sid"] = await house.World.Loop.RunAsync(() => Record(house).Sid, default) },
            ("Status", "completed"));
        await house.AdvanceAsync(3);
    }

    private static async Task<short[]> PcmAsync(VoiceHouse house, Recording recording, params (string, string)[] query)
    {
        var answer = (await house.AskAtAsync("FetchRecording", new() { ["Sid"] = recording.Sid }, ".wav", query))
            .Should().BeOfType<Answer.File>().Subject;
        var file = (await answer.MakeAsync(default)).Bytes.ToArray();
        WavHeader.TryRead(file, out var header).Should().BeTrue();
        var pcm = new short[header!.DataByteCount / 2];
        Buffer.BlockCopy(file, header.DataOffset, pcm, 0, pcm.Length * 2);
        return pcm;
    }

    /// <summary>The tones that sound in a second of it.</summary>
    private static List<int> InIt(short[] pcm, double at)
    {
        var piece = pcm.AsSpan((int)(at * Grid.SampleRate), Grid.SampleRate).ToArray();
        return [.. Hertz.Where(h => Goertzel.Energy(piece) > 1 && Goertzel.Share(piece, h) > 0.05)];
    }
}
