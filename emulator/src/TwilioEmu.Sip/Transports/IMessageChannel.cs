namespace TwilioEmu.Sip.Transports;

/// <summary>Whole messages over a connection, after its handshakes.</summary>
internal interface IMessageChannel : IDisposable
{
    /// <summary>The next message, or null at the end. One reader at a time.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation);

    /// <summary>One writer at a time.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);
}
