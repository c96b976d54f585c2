using System.Net.WebSockets;
using TwilioEmu.Console.Control;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Console.Tests.Control;

public sealed class TalkTests : IAsyncLifetime
{
    private const string Phone = ControlHost.Phone;
    private const int FrameBytes = 160;
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static CancellationToken Limit => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_come_every_20_ms_and_what_is_sent_is_on_the_track_of_the_phone()
    {
        var call = await DialAsync();
        using var socket = await TalkAsync(call);
        var leg = (await _host.InsideAsync(() => _host.Inside.Handsets.LegsOf(call))).Single();
        var loud = Loud();
        var (read, pcm) = (false, new short[Grid.FrameSampleCount]);
        // As many as are heard: a frame a frame, so that the socket paces the test.
        for (var i = 0; i < 200 && !read; i++)
        {
            (await ReceiveAsync(socket)).Should().Be((WebSocketMessageType.Binary, FrameBytes));
            await socket.SendAsync(loud, WebSocketMessageType.Binary, true, Limit);
            var live = Enumerable.Range(0, leg.FromParty.Count).Select(n => leg.FromParty[n].Source).OfType<Source.Live>().Single();
            read = live.Input.TryRead(live.Input.Newest, pcm) && pcm[0] != 0;
        }
        read.Should().BeTrue();
        pcm.Should().AllBeEquivalentTo(G711.FromUlawByte(loud[0]));
    }

    [Fact]
    public async Task Time_is_pinned_while_somebody_talks_and_free_when_the_page_is_closed()
    {
        var call = await DialAsync();
        var socket = await TalkAsync(call);
        (await _host.AskAsync("GET", "clock")).Json.GetProperty("pinned_by")[0].GetString().Should().Be($"{Phone} talks");
        (await _host.AskAsync("POST", "clock/advance", """{"by":"1s"}""")).Status.Should().Be(409);
        socket.Abort();
        socket.Dispose();
        await _host.AskAsync("POST", "expect", """{"match":{"kind":"clock.released"},"within":"30s"}""");
        (await _host.AskAsync("POST", "clock/advance", """{"by":"1s"}""")).Status.Should().Be(200);
        (await _host.AskAsync("GET", $"handsets/{Phone}")).Json.GetProperty("calls").GetArrayLength().Should().Be(1, "the call goes on");
    }

    [Fact]
    public async Task The_end_of_the_call_closes_the_socket()
    {
        var call = await DialAsync();
        using var socket = await TalkAsync(call);
        (await _host.AskAsync("POST", $"calls/{call}/hangup", "{}")).Status.Should().Be(200);
        while ((await ReceiveAsync(socket)).Type != WebSocketMessageType.Close) { }
        socket.CloseStatus.Should().Be(WebSocketCloseStatus.NormalClosure);
    }

    [Theory, InlineData(159), InlineData(161), InlineData(0)]
    public async Task What_is_no_frame_closes_the_socket(int byteCount)
    {
        using var socket = await TalkAsync(await DialAsync());
        await socket.SendAsync(new byte[byteCount], WebSocketMessageType.Binary, true, Limit);
        while ((await ReceiveAsync(socket)).Type != WebSocketMessageType.Close) { }
        socket.CloseStatus.Should().Be(WebSocketCloseStatus.InvalidMessageType);
    }

    [Fact]
    public async Task A_phone_has_one_mouth_and_a_second_page_is_told_so()
    {
        var call = await DialAsync();
        using var first = await TalkAsync(call);
        var refused = async () => { using var second = await TalkAsync(call); };
        (await refused.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain("409");
        first.State.Should().Be(WebSocketState.Open);
    }

    [Theory]
    [InlineData("", 426)]
    [InlineData("?handset=nobody", 400)]
    [InlineData("?volume=11", 400)]
    public async Task Without_an_upgrade_and_with_what_is_unknown_it_refuses(string query, int status) =>
        (await _host.AskAsync("GET", $"calls/{await DialAsync()}/talk{query}")).Status.Should().Be(status);

    [Theory]
    [InlineData("CA00000000000000000000000000000009", "", "404")]
    [InlineData(null, "?handset=%2B14155550111", "409")]
    public async Task Nobody_talks_where_no_phone_takes_part(string? call, string query, string status)
    {
        var dialled = await DialAsync();
        var refused = async () => { using var socket = await TalkAsync(call ?? dialled, query); };
        (await refused.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain(status);
    }

    private async Task<string> DialAsync()
    {
        var (status, json) = await _host.AskAsync("POST", $"handsets/{Phone}/calls", $$"""{"to":"{{ControlHost.Number}}","script":[]}""");
        status.Should().Be(201);
        await _host.AskAsync("POST", "expect", """{"match":{"kind":"call.in-progress"},"within":"10s"}""");
        return json.GetProperty("call_sid").GetString()!;
    }

    private async Task<ClientWebSocket> TalkAsync(string call, string query = "")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new UriBuilder(_host.Url) { Scheme = "ws", Path = $"{ControlRoom.Prefix}/calls/{call}/talk", Query = query }.Uri, Limit);
        return socket;
    }

    private static async Task<(WebSocketMessageType Type, int Count)> ReceiveAsync(ClientWebSocket socket)
    {
        var received = await socket.ReceiveAsync(new byte[FrameBytes + 1].AsMemory(), Limit);
        return (received.MessageType, received.Count);
    }

    private static byte[] Loud()
    {
        var (pcm, coded) = (new short[Grid.FrameSampleCount], new byte[Grid.FrameSampleCount]);
        pcm.AsSpan().Fill(8000);
        G711.EncodeUlaw(pcm, coded);
        return coded;
    }
}
