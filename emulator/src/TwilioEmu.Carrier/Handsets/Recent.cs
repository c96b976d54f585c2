namespace TwilioEmu.Carrier.Handsets;

/// <summary>
/// The last so many of something, oldest first; while there is none it costs nothing, and one alone (most phones are texted once) no list.
/// </summary>
internal struct Recent<T>
    where T : class
{
    private T? _only;
    private Queue<T>? _all;

    public readonly IReadOnlyCollection<T> Items => _all ?? (_only is null ? (IReadOnlyCollection<T>)[] : [_only]);

    public void Add(T item, int max)
    {
        if (_all is null && _only is null)
        {
            _only = item;
            return;
        }
        if (_all is null)
        {
            _all = new Queue<T>(2);
            _all.Enqueue(_only!);
            _only = null;
        }
        if (_all.Count == max) _all.Dequeue();
        _all.Enqueue(item);
    }
}
