namespace TwilioEmu.Sip.Transports;

/// <summary>Whoever takes what comes over the wires. Called on any thread: a host hands on to its loop.</summary>
public interface ISipReceiver
{
    /// <summary>One datagram or one message of a connection; the bytes are the receiver's own.</summary>
    void Received(ReadOnlyMemory<byte> bytes, Hop source);

    /// <summary>What was sent to that hop may not have come there: no such host, nobody listens, the connection broke.</summary>
    void Broken(Hop hop);
}
