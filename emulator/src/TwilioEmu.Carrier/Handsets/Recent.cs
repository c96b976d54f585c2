namespace TwilioEmu.Carrier.Handsets;

/// <summary>The last so many of something, oldest first; while there is none it costs nothing, and one alone (most phones are texted once) no list.</summary>
internal struct Recent<T>
    where T : class
{
    // The only one, or a queue of all.
    private object? _items;

    public readonly IReadOnlyCollection<T> Items => _items switch
    {
        Queue<T> all => all,
        T one => [one],
        _ => [],
    };

    public void Add(T item, int max)
    {
        if (_items is null)
        {
            _items = item;
            return;
        }
        if (_items is not Queue<T> all)
        {
            all = new Queue<T>(2);
            all.Enqueue((T)_items);
            _items = all;
        }
        if (all.Count == max) all.Dequeue();
        all.Enqueue(item);
    }
}
