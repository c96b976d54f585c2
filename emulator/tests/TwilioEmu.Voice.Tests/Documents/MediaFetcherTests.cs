using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Tests.Conferences;
using TwilioEmu.Webhooks.Delivery;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Documents;

/// <summary>What is fetched is decoded and truly heard; what cannot be had is silence, told of, and never the end of a call.</summary>
public sealed class MediaFetcherTests
{
    private const int Hertz = 700;

    [Fact]
    public async Task A_file_is_heard_as_it_sounds_and_for_as_long()
    {
        await using var house = await BuildAsync();
        house.Page("/tone.wav", _ => Tone());
        house.Twiml("/voice", "<Play>/tone.wav</Play><Say>after</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(1.5);
        Heard(await HeardAsync(house, sid)).Should().BeTrue();
        await house.AdvanceAsync(10);
        (await house.StoryAsync(sid)).Should().ContainInOrder("0.0 heard tone.wav", "2.0 heard after");
        (await house.EntriesAsync(e => e.Kind == "warning")).Should().BeEmpty();
    }

    [Fact]
    public async Task One_decoding_serves_all_who_play_the_file_and_an_unchanged_file_is_not_sent_again()
    {
        await using var house = await BuildAsync();
        var sent = 0;
        house.Page("/tone.wav", r =>
        {
            if (r.Headers.Any(h => h is { Key: "If-None-Match", Value: "\"7\"" })) return new AppAnswer(304, null, "");
            sent++;
            return Tone() with { Headers = [new("ETag", "\"7\"")] };
        });
        house.Twiml("/voice", "<Play loop='2'>/tone.wav</Play><Play>/tone.wav</Play>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(20);
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(20);
        sent.Should().Be(1);
        house.Asked("/tone.wav").Should().HaveCount(4, "each <Play> asks, and is told that nothing has changed");
    }

    [Fact]
    public async Task Within_its_lifetime_a_file_is_not_even_asked_for()
    {
        await using var house = await BuildAsync();
        house.Page("/tone.wav", _ => Tone() with { Headers = [new("Cache-Control", "public, max-age=3")] });
        house.Twiml("/voice", "<Play>/tone.wav</Play><Play>/tone.wav</Play><Play>/tone.wav</Play>");
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(20);
        house.Asked("/tone.wav").Should().Equal("0.0", "4.0");
        (await house.EntriesAsync(e => e.Kind == "webhook.cached")).Should().ContainSingle();
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("audio/wav")]
    [InlineData("audio/aiff")]
    public async Task A_file_that_cannot_be_read_is_silence_with_a_warning_and_the_call_goes_on(string type)
    {
        await using var house = await BuildAsync();
        house.Page("/broken", _ => new AppAnswer(200, type, "this is no sound at all, whatever they say"));
        house.Twiml("/voice", "<Play>/broken</Play><Say>Bye</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().ContainInOrder("0.0 stand_in_played", "0.0 heard broken", "5.0 heard Bye");
        (await house.EntriesAsync(e => e.Kind == "warning"))
            .Should().ContainSingle().Which.ToJson().Should().Contain($"broken cannot be read as {type}");
        (await house.AlertsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_above_the_bounds_is_silence_with_an_alert_and_the_call_goes_on()
    {
        await using var house = await BuildAsync();
        var large = new byte[39_000_000];
        house.Page("/large.ulaw", _ => new AppAnswer(200, "audio/basic", "") { Bytes = large });
        house.Page("/long.ulaw", _ => new AppAnswer(200, "audio/basic", "") { Bytes = large.AsMemory(0, 41 * 60 * 8000) });
        house.Twiml("/voice", "<Play>/large.ulaw</Play><Play>/long.ulaw</Play><Say>Bye</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().ContainInOrder("0.0 heard large.ulaw", "5.0 heard long.ulaw", "10.0 heard Bye");
        (await house.AlertsAsync()).Should().Equal("11750");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/music.mp3")]
    [InlineData("/broken")]
    public async Task Music_that_cannot_be_had_keeps_nobody_out_of_a_conference(string url)
    {
        await using var house = await ConferenceTests.RoomAsync($"waitUrl='{url}' waitMethod='GET' beep='false'");
        house.Page("/broken", _ => new AppAnswer(200, "audio/mpeg", "this is no sound"));
        var first = await house.DialAsync(Hears("good morning"), HangsUp);
        await house.AdvanceAsync(20);
        await ConferenceTests.DialAsync(house, Friend, Waits(1), Says("good morning"), HangsUp);
        await house.AdvanceAsync(20);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
        (await house.StoryAsync(first)).Should().ContainSingle(line => line.EndsWith("completed")).Which.Should().StartWith("21.");
    }

    [Fact]
    public async Task Music_that_cannot_be_had_keeps_nobody_out_of_a_queue()
    {
        await using var house = await BuildAsync(callsPerSecond: 10);
        house.Own(new Directory.VoiceNumber(Account, "PN2", "+14155550101") { VoiceUrl = "http://app/agent" });
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl='http://127.0.0.1:1/music.mp3'>q</Enqueue>");
        house.Twiml("/agent", "<Dial><Queue>q</Queue></Dial>");
        var sid = await house.DialAsync(Hears("good morning"), HangsUp);
        await house.AdvanceAsync(20);
        await house.World.Loop.RunAsync(
            () => house.Phones.Dial(Friend, "+14155550101", [Waits(1), Says("good morning"), HangsUp]), default);
        await house.AdvanceAsync(20);
        (await house.StoryAsync(sid)).Should().Contain(line => line.EndsWith("heard good morning"));
    }

    [Fact]
    public async Task A_party_on_hold_hears_the_music_that_was_fetched_and_nothing_else()
    {
        await using var house = await ConferenceTests.RoomAsync("waitUrl='' beep='false'");
        house.Page("/music.wav", _ => Tone(20));
        var held = await house.DialAsync(Waits(60));
        await ConferenceTests.DialAsync(house, Friend, Waits(4), Says("can anybody hear me out there in the wide world"), Waits(60));
        await house.AdvanceAsync(1);
        await house.AskAtAsync(
            "UpdateParticipant", await ConferenceTests.AtAsync(house, held), ("Hold", "true"), ("HoldUrl", "http://app/music.wav"),
            ("HoldMethod", "GET"));
        await house.AdvanceAsync(5);
        var pcm = await HeardAsync(house, held);
        Goertzel.Share(pcm, Hertz).Should().BeGreaterThan(0.98, "there is nothing else in it");
    }

    private static AppAnswer Tone(int seconds = 2)
    {
        short[] pcm = [
            .. Enumerable.Range(0, seconds * Grid.SampleRate)
                .Select(i => (short)(8000 * Math.Sin(2 * Math.PI * Hertz * i / Grid.SampleRate)))];
        return new AppAnswer(200, "audio/wav", "") { Bytes = Media.Audio.WavWriter.Mono(pcm) };
    }

    private static bool Heard(short[] pcm) => Goertzel.Energy(pcm) > 1 && Goertzel.Share(pcm, Hertz) > 0.9;

    /// <summary>The last second that a call has heard, rendered by the world's own studio.</summary>
    private static async Task<short[]> HeardAsync(VoiceHouse house, string callSid)
    {
        var (track, now) = await house.World.Loop.RunAsync(
            () => (house.Voice.Services.Book.FindLive(callSid)!.Media.ToParty, house.World.Clock.GetUtcNow()), default);
        return await house.Phones.Exchange.Studio.Recorder.PcmAsync(track, now - TimeSpan.FromSeconds(1), now, default);
    }
}
