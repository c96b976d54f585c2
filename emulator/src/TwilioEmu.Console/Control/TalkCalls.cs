using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using TwilioEmu.Carrier.BrowserPhones;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Control;

/// <summary>A person talks at a phone and hears its call: a WebSocket (RFC 6455) of sound.</summary>
/// <remarks>
/// Binary messages both ways, each one frame of 20 ms: 160 bytes, mu-law (G.711), 8 kHz, mono. Silence need not be sent. The
/// socket is closed, 1000, when the call is over. What is said is sound, not words: Gather knows that somebody speaks, not what.
/// </remarks>
internal static class TalkCalls
{
    /// <summary>Frames on their way to a listener who does not read: half a second, then the oldest are dropped.</summary>
    private const int MaxUnsent = 25;

    /// <summary><c>GET /calls/{sid}/talk?handset=</c>, upgraded to a WebSocket.</summary>
    public static async Task<ControlAnswer?> TalkAsync(ControlRequest request)
    {
        var sid = request.Value("sid");
        var number = request.Query("handset");
        if (number is not null && Words.PhoneNumber(number) is { } wrong) throw ControlRequest.Bad("handset", wrong);
        if (!request.Context.WebSockets.IsWebSocketRequest)
        {
            return ControlAnswer.Problem(426, "a call is talked in by a WebSocket: binary messages of 160 bytes, mu-law, 20 ms each");
        }
        var heard = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxUnsent)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        var (talk, forbidden) = await request.TurnAsync(() => Join(request, sid, number, heard.Writer));
        if (talk is null)
        {
            var isKnown = request.World.Journal.NewestFirst(new Selection(Subject: sid)).Any();
            return isKnown ? ControlAnswer.Problem(409, forbidden!) : ControlAnswer.Problem(404, $"the journal knows no call \"{sid}\"");
        }
        try
        {
            using var socket = await request.Context.WebSockets.AcceptWebSocketAsync();
            await Task.WhenAll(
                SpeakAsync(socket, talk, heard.Writer, request.Cancellation), HearAsync(socket, heard.Reader, request.Cancellation));
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The page was closed, or the world ended: there is nobody to tell.
        }
        finally
        {
            request.World.Loop.Post(talk.Dispose);
        }
        return null;
    }

    private static (PhoneTalk? Talk, string? Forbidden) Join(
        ControlRequest request, string sid, string? number, ChannelWriter<byte[]> heard)
    {
        var legs = request.House.Handsets.LegsOf(sid).Where(l => number is null || l.Number == number).ToList();
        if (legs.Count == 0)
        {
            return (
                null,
                number is null ? $"no handset takes part in the call {sid} now" : $"handset {number} takes no part in the call {sid} now");
        }
        if (legs.Count > 1)
        {
            return (null, $"{legs.Count} handsets take part in the call {sid}; say which: {string.Join(", ", legs.Select(l => l.Number))}");
        }
        if (legs[0].State == LegState.Ringing)
        {
            return (null, $"handset {legs[0].Number} is not connected: it is {PhoneActs.Word(legs[0].State)}");
        }
        var talk = request.House.Talks.TryJoin(legs[0], frame => heard.TryWrite(frame), () => heard.TryComplete());
        return talk is null ? (null, $"somebody talks at handset {legs[0].Number} already") : (talk, null);
    }

    /// <summary>What comes is said, until the page closes the socket.</summary>
    private static async Task SpeakAsync(WebSocket socket, PhoneTalk talk, ChannelWriter<byte[]> heard, CancellationToken cancellation)
    {
        // One more than a frame: what fills it is none.
        var buffer = ArrayPool<byte>.Shared.Rent(PhoneTalk.FrameByteCount + 1);
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(0, PhoneTalk.FrameByteCount + 1), cancellation);
                if (received.MessageType == WebSocketMessageType.Close) return;
                if (received is not { MessageType: WebSocketMessageType.Binary, EndOfMessage: true, Count: PhoneTalk.FrameByteCount })
                {
                    await socket.CloseOutputAsync(
                        WebSocketCloseStatus.InvalidMessageType, $"a message is a frame: binary, {PhoneTalk.FrameByteCount} bytes",
                        cancellation);
                    return;
                }
                talk.Say(buffer.AsSpan(0, received.Count));
            }
        }
        finally
        {
            heard.TryComplete();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What is heard is sent; the end of the call closes the socket.</summary>
    private static async Task HearAsync(WebSocket socket, ChannelReader<byte[]> heard, CancellationToken cancellation)
    {
        await foreach (var frame in heard.ReadAllAsync(cancellation))
        {
            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
            await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
        }
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the call is over", cancellation);
        }
    }
}
