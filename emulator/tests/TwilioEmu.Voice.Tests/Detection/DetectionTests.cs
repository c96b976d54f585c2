using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using TwilioEmu.Rest.Pipeline;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Detection;

/// <summary>Source: twilio.com/docs/voice/answering-machine-detection, twilio.com/docs/voice/api/call-resource.</summary>
public sealed class DetectionTests
{
    [Theory]
    [InlineData("Enable", PickUp.Answers, "human")]
    [InlineData("Enable", PickUp.Machine, "machine_start")]
    [InlineData("Enable", PickUp.Fax, "fax")]
    [InlineData("DetectMessageEnd", PickUp.Answers, "human")]
    [InlineData("DetectMessageEnd", PickUp.Machine, "machine_end_beep")]
    [InlineData("DetectMessageEnd", PickUp.Fax, "fax")]
    public async Task The_document_waits_for_who_answered(string mode, PickUp phone, string answeredBy)
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { PickUp = phone });
        var sid = await house.CreateAsync(("MachineDetection", mode), ("StatusCallback", "http://app/status"));
        await house.AdvanceAsync(40);
        house.Asked("/voice", "AnsweredBy").Single().Should().EndWith(answeredBy);
        int.Parse(house.Requests.Single(r => r.Path == "/voice").Parameters["MachineDetectionDuration"]).Should().BeLessThan(10_000);
        (await house.CallAsync(sid)).AnsweredBy.Should().Be(answeredBy);
        house.Asked("/status", "AnsweredBy").Single().Should().EndWith(answeredBy);
    }

    [Fact]
    public async Task A_machine_without_a_beep_is_over_when_it_is_silent()
    {
        await using var house = await BuildAsync();
        house.Behave(
            Phone, new()
            {
                PickUp = PickUp.Machine,
                Greeting = "You have reached the mailbox of nobody in particular, speak now or for ever",
                Beeps = false
            });
        await house.CreateAsync(("MachineDetection", "DetectMessageEnd"));
        await house.AdvanceAsync(40);
        house.Asked("/voice", "AnsweredBy").Single().Should().EndWith("machine_end_silence");
    }

    [Fact]
    public async Task A_greeting_without_end_is_cut_by_the_timeout()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { PickUp = PickUp.Machine, Greeting = string.Join(' ', Enumerable.Repeat("blah", 100)) });
        await house.CreateAsync(("MachineDetection", "DetectMessageEnd"), ("MachineDetectionTimeout", "5"));
        await house.AdvanceAsync(40);
        house.Asked("/voice", "AnsweredBy").Single().Should().Be("7.2 machine_end_other");
    }

    [Fact]
    public async Task Whoever_says_nothing_is_unknown()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { Script = [Waits(60)] });
        await house.CreateAsync(("MachineDetection", "Enable"));
        await house.AdvanceAsync(40);
        house.Asked("/voice", "AnsweredBy").Single().Should().Be("7.2 unknown");
    }

    [Fact]
    public async Task An_asynchronous_detection_lets_the_document_begin_and_tells_its_callback_alone()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello there my friend</Say><Pause length='10'/>");
        var sid = await house.CreateAsync(
            ("MachineDetection", "Enable"), ("AsyncAmd", "true"), ("AsyncAmdStatusCallback", "http://app/amd"));
        await house.AdvanceAsync(40);
        house.Asked("/voice", "AnsweredBy").Should().Equal("2.2 -");
        var told = house.Requests.Single(r => r.Path == "/amd");
        told.Parameters.Keys.Should().BeEquivalentTo("CallSid", "AccountSid", "AnsweredBy", "MachineDetectionDuration");
        (told.Parameters["CallSid"], told.Parameters["AnsweredBy"]).Should().Be((sid, "human"));
        (await house.CallAsync(sid)).AnsweredBy.Should().Be("human");
    }

    [Fact]
    public async Task An_asynchronous_detection_that_tells_nobody_is_warned_of()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='10'/>");
        await house.CreateAsync(("MachineDetection", "Enable"), ("AsyncAmd", "true"));
        await house.AdvanceAsync(40);
        (await house.AlertsAsync()).Should().Equal("21262");
    }

    [Fact]
    public async Task A_message_is_left_after_the_beep()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { PickUp = PickUp.Machine });
        house.Twiml("/voice", "<Say>Your parcel has come</Say>");
        var sid = await house.CreateAsync(("MachineDetection", "DetectMessageEnd"));
        await house.AdvanceAsync(40);
        var story = await house.StoryAsync(sid);
        story.FindIndex(l => l.Contains("said beep"))
            .Should().BePositive().And.BeLessThan(story.FindIndex(l => l.Contains("heard Your parcel has come")));
    }

    [Theory]
    [InlineData("Enable", 3, true, "machine_start")]
    [InlineData("Enable", 1, true, "machine_start")]
    [InlineData("DetectMessageEnd", 3, true, "machine_end_beep")]
    [InlineData("DetectMessageEnd", 1, true, "machine_end_beep")]
    [InlineData("DetectMessageEnd", 3, false, "machine_end_silence")]
    [InlineData("DetectMessageEnd", 1, false, "human")]
    public async Task A_live_machine_is_known_by_its_greeting_and_by_the_beep_at_its_end(
        string mode, int seconds, bool beeps, string answeredBy)
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { Script = [Waits(60)] });
        var sid = await house.CreateAsync(("MachineDetection", mode));
        await house.AdvanceAsync(2.3);
        var input = new LiveInput(null);
        DateTimeOffset Now() => house.World.Clock.GetUtcNow();
        await house.Do(() =>
        {
            house.Voice.Services.Book.FindLive(sid)!.Media.FromParty.Put(new Cue(Now(), Lanes.Main, new Source.Live(input)));
            input.Speech.Began(Now(), TimeSpan.Zero);
        });
        await house.AdvanceAsync(seconds + 0.4);
        await house.Do(() =>
        {
            var beep = new int[4000];
            if (beeps) ToneGenerator.Add(new ToneName(ToneKind.MachineBeep), 0, beep, 1);
            short[] heard =
            [
                .. ToneVoice.Speak("You have reached the voice mail of somebody who is not at home", "", TimeSpan.FromSeconds(seconds)),
                .. beep.Select(s => (short)s), .. new short[3200],
            ];
            var frame = Grid.FrameAt(Now()) - (heard.Length / Grid.FrameSampleCount);
            foreach (var pcm in heard.Chunk(Grid.FrameSampleCount).Where(f => f.Length == Grid.FrameSampleCount)) input.Write(frame++, pcm);
            input.Speech.Ended(Now());
        });
        await house.AdvanceAsync(40);
        house.Asked("/voice", "AnsweredBy").Single().Should().EndWith(answeredBy);
    }

    [Fact]
    public async Task A_call_that_ends_before_the_result_has_none()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new() { Script = [Waits(1), HangsUp] });
        var sid = await house.CreateAsync(("MachineDetection", "Enable"));
        await house.AdvanceAsync(40);
        house.Asked("/voice").Should().BeEmpty();
        (await house.CallAsync(sid)).AnsweredBy.Should().BeNull();
    }

    [Fact]
    public async Task Keys_to_be_sent_leave_no_room_for_detection()
    {
        await using var house = await BuildAsync();
        await house.CreateAsync(("MachineDetection", "Enable"), ("SendDigits", "1"));
        await house.AdvanceAsync(40);
        house.Asked("/voice", "AnsweredBy").Single().Should().EndWith(" -");
    }

    [Fact]
    public async Task A_dialled_leg_is_detected_beside_the_bridge()
    {
        await using var house = await BuildAsync();
        house.Behave(Friend, new() { PickUp = PickUp.Machine });
        house.Twiml("/voice", $"<Dial><Number machineDetection='Enable' amdStatusCallback='/amd'>{Friend}</Number></Dial>");
        await house.DialAsync(Waits(30), HangsUp);
        await house.AdvanceAsync(60);
        house.Asked("/amd", "AnsweredBy").Single().Should().EndWith("machine_start");
    }

    [Theory]
    [InlineData("MachineDetection", "Maybe")]
    [InlineData("MachineDetectionTimeout", "2")]
    [InlineData("MachineDetectionTimeout", "61")]
    [InlineData("MachineDetectionSpeechThreshold", "999")]
    [InlineData("MachineDetectionSpeechThreshold", "6001")]
    [InlineData("MachineDetectionSpeechEndThreshold", "499")]
    [InlineData("MachineDetectionSpeechEndThreshold", "5001")]
    [InlineData("MachineDetectionSilenceTimeout", "1999")]
    [InlineData("MachineDetectionSilenceTimeout", "10001")]
    public async Task A_bad_value_is_refused(string name, string value)
    {
        await using var house = await BuildAsync();
        (string, string)[] mode = name == "MachineDetection" ? [] : [("MachineDetection", "Enable")];
        (await house.PostAsync("CreateCall", [("From", Number), ("To", Phone), ("Url", "http://app/voice"), .. mode, (name, value)]))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(21234);
    }
}
