namespace TwilioEmu.Sip.Transports;

/// <summary>Whole messages over a connection, after its handshakes.</summary>
internal interface IMessageChannel : IDisposable
{
    /// <summary>The next message, or null at the end. One reader at a time.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation);

    /// <summary>Why the end came, where what came over it was no frame or no message; null for any other end.</summary>
    string? Fault { get; }

    /// <summary>One writer at a time.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);
}
