using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Score;
using TwilioEmu.Testing.Houses;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs.Gathering;

/// <summary>What a live party says has a beginning and an end by its level, and words only where somebody recognised them.</summary>
public sealed class LiveSpeechTests
{
    [Fact]
    public async Task Speech_that_nobody_understands_is_no_result_and_a_warning_that_names_the_option()
    {
        await using var house = await BuildAsync();
        var sid = await SpeakAsync(house, null, null);
        house.Asked("/after").Should().BeEmpty();
        (await house.StoryAsync(sid)).Should().Contain(line => line.EndsWith("heard nothing was said"));
        (await house.EntriesAsync(e => e.Kind == "warning"))
            .Should().ContainSingle().Which.ToJson().Should().Contain("--speech-recognizer");
    }

    [Theory]
    [InlineData(0.62, "0.62")]
    [InlineData(null, "0.95")]
    public async Task Words_that_were_recognised_are_the_result_with_the_recognisers_confidence(double? confidence, string told)
    {
        await using var house = await BuildAsync();
        await SpeakAsync(house, "two lamps please", confidence);
        house.Asked("/after", "SpeechResult", "Confidence")
            .Should().ContainSingle().Which.Should().Contain("two lamps please").And.EndWith(told);
        (await house.EntriesAsync(e => e.Kind == "warning")).Should().BeEmpty();
    }

    private static async Task<string> SpeakAsync(VoiceHouse house, string? words, double? confidence)
    {
        var input = new LiveInput(null);
        house.Twiml("/voice", "<Gather input='speech' action='/after' speechTimeout='auto'/><Say>nothing was said</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(1);
        DateTimeOffset Now() => house.World.Clock.GetUtcNow();
        await house.Do(() =>
        {
            house.Voice.Services.Book.FindLive(sid)!.Media.FromParty.Put(new Cue(Now(), Lanes.Main, new Source.Live(input)));
            input.Speech.Began(Now(), TimeSpan.Zero);
        });
        await house.AdvanceAsync(1);
        await house.Do(() =>
        {
            if (words is not null) input.Speech.Recognised(Now(), words, isFinal: true, confidence);
            input.Speech.Ended(Now());
        });
        await house.AdvanceAsync(20);
        return sid;
    }
}
