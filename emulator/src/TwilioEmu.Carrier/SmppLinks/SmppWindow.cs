using TwilioEmu.Smpp.Transports;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>PDUs of one wire that are one turn of the loop, and whoever brought them, who waits until it is over.</summary>
internal sealed class SmppWindow(SmppHost host, ISmppWire wire, IReadOnlyList<ReadOnlyMemory<byte>> pdus, int from, int to) : IDisposable
{
    // A turn is longer than it is worth looking out for.
    private readonly ManualResetEventSlim _taken = new(initialState: false, spinCount: 0);

    /// <summary>The turn.</summary>
    public void Take()
    {
        try
        {
            host.ReceiveOutside(wire, pdus, from, to);
        }
        finally
        {
            _taken.Set();
        }
    }

    /// <summary>Waits for the turn, on a thread of the wire's own.</summary>
    /// <exception cref="OperationCanceledException">The world ends, and the turn may never come.</exception>
    public void Wait(CancellationToken ending) => _taken.Wait(ending);

    public void Dispose() => _taken.Dispose();
}
