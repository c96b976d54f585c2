using System.Net.WebSockets;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Transports;

/// <summary>Messages over WebSocket, one in each of its own. RFC 7118 §5.</summary>
internal sealed class WebSocketChannel(WebSocket socket) : IMessageChannel
{
    private readonly byte[] _buffer = new byte[SipLimits.MessageBytes];

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (true)
        {
            if (count == _buffer.Length)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, null, cancellation);
                return null;
            }
            var got = await socket.ReceiveAsync(_buffer.AsMemory(count), cancellation);
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

    /// <summary>Text, as every browser client expects, unless the body is none (§5 lets both).</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => socket.SendAsync(message,
        System.Text.Unicode.Utf8.IsValid(message.Span) ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true,
            cancellation);

    public void Dispose() => socket.Dispose();
}
