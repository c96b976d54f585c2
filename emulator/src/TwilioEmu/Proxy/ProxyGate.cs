namespace TwilioEmu.Proxy;

/// <summary>Counts what is carried through, and lets no more in than there is room for.</summary>
internal sealed class ProxyGate(int capacity)
{
    private int _count;

    /// <summary>How many may be inside.</summary>
    public int Capacity => capacity;

    /// <summary>Tunnels and passed-on requests now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A place, to be disposed when done; null when there is none.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= capacity) return new Place(this);
        Interlocked.Decrement(ref _count);
        return null;
    }

    private sealed class Place(ProxyGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Interlocked.Decrement(ref gate._count);
        }
    }
}
