using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;
using TwilioEmu.Testing.Houses;
using static TwilioEmu.Testing.Houses.VoiceHouse;
using static TwilioEmu.Voice.Tests.Conferences.ConferenceTests;

namespace TwilioEmu.Voice.Tests.Conferences;

/// <summary>Each member sounds a frequency of its own; what each hears is rendered and searched for all of them (Goertzel).</summary>
public sealed class ConferenceSoundTests : IDisposable
{
    private static readonly int[] Hertz = [400, 700, 1000, 1300, 1600];

    private readonly ClipStore _clips = new(64 << 20);
    private readonly SpokenWords _words = new(new ToneVoice(), 1 << 20);

    public void Dispose() => _words.Dispose();

    [Fact]
    public async Task Each_of_five_hears_the_four_others_and_not_itself()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        var calls = await EnterAsync(house);
        await house.AdvanceAsync(3);
        for (var i = 0; i < calls.Count; i++) (await HeardAsync(house, calls[i])).Should().Equal(Hertz.Where(h => h != Hertz[i]));
    }

    [Fact]
    public async Task Who_is_muted_hears_all_and_is_heard_by_nobody()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        var calls = await EnterAsync(house);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[2]), ("Muted", "true"));
        await house.AdvanceAsync(3);
        (await HeardAsync(house, calls[2])).Should().Equal(400, 700, 1300, 1600);
        (await HeardAsync(house, calls[0])).Should().Equal(700, 1300, 1600);
    }

    [Fact]
    public async Task Who_is_on_hold_hears_its_music_and_nothing_else_and_comes_back()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        house.Twiml("/hold", "<Pause length='60'/>");
        var calls = await EnterAsync(house);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[3]), ("Hold", "true"), ("HoldUrl", "http://app/hold"));
        await house.AdvanceAsync(3);
        (await HeardAsync(house, calls[3])).Should().BeEmpty();
        (await HeardAsync(house, calls[0])).Should().Equal(700, 1000, 1600);
        house.Asked("/hold").Should().ContainSingle();
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[3]), ("Hold", "false"));
        await house.AdvanceAsync(3);
        (await HeardAsync(house, calls[3])).Should().Equal(400, 700, 1000, 1600);
    }

    [Fact]
    public async Task A_coach_hears_all_and_is_heard_by_the_coached_only_until_it_barges_in()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false'");
        var calls = await EnterAsync(house);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[4]), ("CallSidToCoach", calls[1]));
        await house.AdvanceAsync(3);
        (await HeardAsync(house, calls[1])).Should().Equal(400, 1000, 1300, 1600);
        (await HeardAsync(house, calls[0])).Should().Equal(700, 1000, 1300);
        (await HeardAsync(house, calls[4])).Should().Equal(400, 700, 1000, 1300);
        await house.AskAtAsync("UpdateParticipant", await AtAsync(house, calls[4]), ("Coaching", "false"));
        await house.AdvanceAsync(3);
        (await HeardAsync(house, calls[0])).Should().Equal(700, 1000, 1300, 1600);
    }

    [Fact]
    public async Task Who_waits_for_the_beginning_hears_nobody()
    {
        await using var house = await RoomAsync("waitUrl='' beep='false' startConferenceOnEnter='false'");
        var calls = await EnterAsync(house);
        await house.AdvanceAsync(3);
        foreach (var call in calls) (await HeardAsync(house, call)).Should().BeEmpty();
    }

    /// <summary>Five calls in the room, each with its tone for a minute.</summary>
    private async Task<List<string>> EnterAsync(VoiceHouse house)
    {
        var calls = new List<string>();
        for (var i = 0; i < Hertz.Length; i++) calls.Add(await DialAsync(house, $"+1415555018{i}", Waits(300)));
        await house.AdvanceAsync(1);
        await house.Do(() =>
        {
            for (var i = 0; i < Hertz.Length; i++)
            {
                var pcm = Sine(Hertz[i], 60 * Grid.SampleRate);
                var clip = new Source.Clip(_clips.Put(pcm), $"{Hertz[i]} Hz", TimeSpan.FromSeconds(60));
                house.Voice.Services.Book.FindLive(calls[i])!.Media.FromParty.Put(new Cue(house.World.Clock.GetUtcNow(), Lanes.Main, clip));
            }
        });
        return calls;
    }

    /// <summary>Which of the frequencies a call has heard in the last second.</summary>
    private async Task<List<int>> HeardAsync(VoiceHouse house, string callSid)
    {
        var (track, now) = await house.World.Loop.RunAsync(
            () => (house.Voice.Services.Book.FindLive(callSid)!.Media.ToParty, house.World.Clock.GetUtcNow()), default);
        var renderer = new Renderer(_words, _clips);
        var pcm = new short[50 * Grid.FrameSampleCount];
        var first = Grid.FrameAt(now) - 51;
        for (var i = 0; i < 50; i++) renderer.Render(track, first + i, pcm.AsSpan(i * Grid.FrameSampleCount, Grid.FrameSampleCount));
        return Goertzel.Energy(pcm) < 1 ? [] : [.. Hertz.Where(h => Goertzel.Share(pcm, h) > 0.05)];
    }

    private static short[] Sine(double hertz, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (short)(4000 * Math.Sin(2 * Math.PI * hertz * i / Grid.SampleRate)))];
}
