using System.Net;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Dtmf;

namespace TwilioEmu.Client.Tests.Calls;

/// <summary>Files played into calls, and what calls sound like, by the control API alone: each party has a frequency of its own.</summary>
public sealed class CallAudioTests : IAsyncLifetime
{
    private const string World = """
        numbers:
          - { number: "+14155550100", voice_url: "http://app/room" }
          - { number: "+14155550101", voice_url: "http://app/dial" }
          - { number: "+14155550102", voice_url: "http://app/gather" }
        handsets:
          - { number: "+12125550190", answers: 1s }
        calls_per_second: 100
        app:
          /room: "<Response><Dial><Conference waitUrl='' beep='false'>room</Conference></Dial></Response>"
          /dial: "<Response><Dial>+12125550190</Dial></Response>"
          /gather: "<Response><Say>hello</Say><Record timeout='2' maxLength='10' playBeep='false'/></Response>"
        """;

    private static readonly int[] Hertz = [400, 700, 1000, 1300, 1600];
    private TwilioEmuHost _host = null!;

    private EmulatorClient Client => _host.Control;

    public async ValueTask InitializeAsync() =>
        _host = await TwilioEmuHost.StartAsync(new TwilioEmuHostOptions { Port = null, Config = EmulatorConfig.FromYaml(World) });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Of_five_in_a_conference_each_hears_the_other_four_and_not_itself()
    {
        List<PhoneCall> calls = [];
        for (var i = 0; i < Hertz.Length; i++) calls.Add(await Client.Handset($"+1212555018{i}").DialAsync("+14155550100", []));
        await Client.AdvanceAsync(TimeSpan.FromSeconds(2));
        for (var i = 0; i < Hertz.Length; i++) await calls[i].PlayAsync(Tone(Hertz[i], 20));
        await Client.AdvanceAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < Hertz.Length; i++)
        {
            InIt(await calls[i].AudioAsync(), 5).Should().Equal(Hertz.Where(h => h != Hertz[i]));
            InIt(await calls[i].AudioAsync(side: CallSide.Said), 5).Should().Equal(Hertz[i]);
        }
    }

    [Fact]
    public async Task A_bridged_call_tells_of_both_parties_whole_or_in_part_and_after_its_end()
    {
        var call = await Client.Handset("+12125550185").DialAsync("+14155550101", []);
        await call.ShouldBecomeAsync("in-progress", within: TimeSpan.FromSeconds(10));
        await Client.AdvanceAsync(TimeSpan.FromSeconds(3));
        await call.PlayAsync(Tone(700, 2), handset: "+12125550185");
        await Client.AdvanceAsync(TimeSpan.FromSeconds(4));
        await call.HangUpAsync(handset: "+12125550185");
        await call.ShouldBecomeAsync("completed");

        var caller = await call.AudioAsync("+12125550185", CallSide.Both);
        WavHeader.TryRead(caller, out var header).Should().BeTrue();
        header!.ChannelCount.Should().Be(2);
        // The app answers when the friend does; the tone began 3 s later at the caller, and the friend heard it.
        var friend = await call.AudioAsync("+12125550190");
        var first = Seconds(friend).ToList().FindIndex(s => s.Contains(700));
        first.Should().BePositive();
        InIt(await call.AudioAsync("+12125550190", from: TimeSpan.FromSeconds(first), length: TimeSpan.FromSeconds(1)), 0)
            .Should().Equal(700);
        Lasts(await call.AudioAsync("+12125550190", from: TimeSpan.FromSeconds(first), length: TimeSpan.FromSeconds(1))).Should().Be(1);
        InIt(await call.AudioAsync("+12125550185"), first).Should().NotContain(700, "who speaks does not hear itself");
        var stranger = () => call.AudioAsync("+19995550100");
        (await stranger.Should().ThrowAsync<EmulatorException>()).Which.Message.Should().Contain("+12125550190");
    }

    [Fact]
    public async Task A_file_played_by_hand_is_what_a_recording_hears()
    {
        var call = await Client.Handset("+12125550186").DialAsync("+14155550102", []);
        await Client.AdvanceAsync(TimeSpan.FromSeconds(1));
        await call.PlayAsync(Tone(1000, 3));
        await Client.ExpectAsync(new EntryMatch { Kind = "recording.completed" }, within: TimeSpan.FromSeconds(30));
        (await call.TranscriptAsync()).Lines.Should().Contain(l => l.What == "said" && l.Kind == "audio" && l.Duration == 3);
    }

    [Fact]
    public async Task What_cannot_be_played_or_is_not_known_is_refused_with_the_reason()
    {
        var call = await Client.Handset("+12125550187").DialAsync("+14155550100", []);
        await Client.AdvanceAsync(TimeSpan.FromSeconds(1));
        foreach (var (act, status) in new (Func<Task> Act, HttpStatusCode Status)[]
        {
            (() => call.PlayAsync("no sound at all"u8.ToArray()), HttpStatusCode.UnsupportedMediaType),
            (() => call.PlayAsync("RIFF, and then nothing"u8.ToArray()), HttpStatusCode.UnsupportedMediaType),
            (() => call.PlayAsync(Tone(400, 1), handset: "+12125550188"), HttpStatusCode.Conflict),
            (() => Client.Call("CA00000000000000000000000000000000").PlayAsync(Tone(400, 1)), HttpStatusCode.NotFound),
            (() => Client.Call("CA00000000000000000000000000000000").AudioAsync(), HttpStatusCode.NotFound),
            (() => Client.SendAsync(HttpMethod.Get, $"/calls/{call.Sid}/audio.wav?side=left"), HttpStatusCode.BadRequest),
            (() => Client.SendAsync(HttpMethod.Get, $"/calls/{call.Sid}/audio.wav?from=soon"), HttpStatusCode.BadRequest),
        })
        {
            (await act.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(status);
        }
    }

    private static byte[] Tone(int hertz, int seconds) =>
        WavWriter.Mono([.. Enumerable.Range(0, seconds * 8000).Select(i => (short)(4000 * Math.Sin(2 * Math.PI * hertz * i / 8000)))]);

    private static short[] Pcm(byte[] wav)
    {
        WavHeader.TryRead(wav, out var header).Should().BeTrue();
        var pcm = new short[header!.DataByteCount / 2];
        Buffer.BlockCopy(wav, header.DataOffset, pcm, 0, pcm.Length * 2);
        return pcm;
    }

    private static double Lasts(byte[] wav) => Pcm(wav).Length / 8000.0;

    /// <summary>The tones in one second of it.</summary>
    private static List<int> InIt(byte[] wav, int second) => Seconds(wav).ElementAt(second);

    private static IEnumerable<List<int>> Seconds(byte[] wav) => Pcm(wav).Chunk(8000)
        .Select(piece => Goertzel.Energy(piece) < 1 ? [] : Hertz.Where(h => Goertzel.Share(piece, h) > 0.05).ToList());
}
