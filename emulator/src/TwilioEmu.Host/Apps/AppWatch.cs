namespace TwilioEmu.Host.Apps;

/// <summary>What apps of this process are doing, all together. Safe from any thread.</summary>
internal sealed class AppWatch
{
    private const int Kept = 3;

    private readonly Queue<string> _faults = new();
    private int _requests;

    /// <summary>An app has a request in hand.</summary>
    public bool IsBusy => Volatile.Read(ref _requests) > 0;

    /// <summary>The latest exceptions, oldest first, as text.</summary>
    public IReadOnlyList<string> Faults
    {
        get { lock (_faults) return [.. _faults]; }
    }

    public void Enter() => Interlocked.Increment(ref _requests);

    public void Leave() => Interlocked.Decrement(ref _requests);

    public void Note(string fault)
    {
        lock (_faults)
        {
            _faults.Enqueue(fault);
            if (_faults.Count > Kept) _faults.Dequeue();
        }
    }

    public void Forget()
    {
        lock (_faults) _faults.Clear();
    }
}
