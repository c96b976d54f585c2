using System.Net.WebSockets;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Transports;

/// <summary>Messages over WebSocket, one in each of its own. RFC 7118 §5.</summary>
internal sealed class WebSocketChannel(WebSocket socket) : IMessageChannel
{
    private readonly byte[] _buffer = new byte[SipLimits.MessageBytes];

    public string? Fault { get; private set; }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (true)
        {
            if (count == _buffer.Length)
            {
                Fault = $"a message longer than {SipLimits.MessageBytes} bytes";
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, null, cancellation);
                return null;
            }
            if (await ReceiveAsync(_buffer.AsMemory(count), cancellation) is not { } got) return null;
            if (got.MessageType == WebSocketMessageType.Close)
            {
                // Whoever is sent a Close frame sends one, with the same word (RFC 6455 §5.5.1).
                if (socket.State == WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, null, cancellation);
                }
                return null;
            }
            count += got.Count;
            if (!got.EndOfMessage) continue;
            return _buffer.AsSpan(0, count).ToArray();
        }
    }

    /// <summary>None where the peer breaks the rules of RFC 6455: it has been sent a Close frame that says so (1002, 1007).</summary>
    private async ValueTask<ValueWebSocketReceiveResult?> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellation);
        }
        catch (WebSocketException e) when (e.WebSocketErrorCode == WebSocketError.Faulted)
        {
            Fault = $"no frame of RFC 6455 ({e.Message})";
            return null;
        }
    }

    /// <summary>Text, as every browser client expects, unless the body is none (§5 lets both).</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => socket.SendAsync(message,
        System.Text.Unicode.Utf8.IsValid(message.Span) ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true,
            cancellation);

    public void Dispose() => socket.Dispose();
}
