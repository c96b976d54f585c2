using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Transports;

/// <summary>Messages over TCP or TLS, framed by Content-Length. RFC 3261 §18.3; pings RFC 5626 §3.5.1.</summary>
/// <param name="pong">Called for each ping, to send its answer.</param>
internal sealed class StreamChannel(Stream stream, Action pong) : IMessageChannel
{
    private readonly SipFraming _framing = new();
    private readonly byte[] _buffer = new byte[4096];

    public string? Fault => _framing.Error == SipParseError.None ? null : $"no SIP message ({_framing.Error.Why()})";

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var hasMessage = _framing.TryTake(out var message);
            for (var pings = _framing.Pings; pings > 0; pings--) pong();
            _framing.PingsAnswered();
            if (hasMessage) return message;
            if (_framing.Error != SipParseError.None) return null;
            var count = await stream.ReadAsync(_buffer, cancellation);
            if (count == 0) return null;
            _framing.Add(_buffer.AsSpan(0, count));
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        await stream.WriteAsync(message, cancellation);
        await stream.FlushAsync(cancellation);
    }

    public void Dispose() => stream.Dispose();
}
