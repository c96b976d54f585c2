namespace TwilioEmu.Smpp.Transports;

/// <summary>Takes what wires bring; called on threads of their own.</summary>
public interface ISmppReceiver
{
    /// <summary>A connection stands: one that was accepted, or that was dialled.</summary>
    void Opened(ISmppWire wire);

    /// <summary>
    /// PDUs came, each whole. May wait until they are taken: the wire reads on afterwards, so that a peer is no faster than its receiver.
    /// </summary>
    void Received(ISmppWire wire, IReadOnlyList<ReadOnlyMemory<byte>> pdus);

    /// <summary>A length was wrong; the wire reads no more.</summary>
    void Lost(ISmppWire wire, uint sequence);

    /// <summary>The connection is over, or never came to be. Told once, last.</summary>
    /// <param name="wire">Which.</param>
    /// <param name="why">In words, for one that never came to be; null for the end of one.</param>
    void Closed(ISmppWire wire, string? why);
}

/// <summary>One connection.</summary>
public interface ISmppWire
{
    /// <summary>Address and port of the peer.</summary>
    string Peer { get; }

    bool IsSecure { get; }

    /// <summary>
    /// Sends a PDU, in order, by the next <see cref="Flush"/>; never waits, never throws. A peer that does not read is given up.
    /// </summary>
    void Send(ReadOnlyMemory<byte> octets);

    /// <summary>That was all for now: what was given to <see cref="Send"/> goes out, a window of answers in one write.</summary>
    void Flush();

    /// <summary>Closes once what was given to <see cref="Send"/> is out.</summary>
    void Close();
}
